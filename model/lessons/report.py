"""Prints lessons, and what their check has found."""

from collections.abc import Iterator, Sequence

from model.base.arithmetic import Arithmetic
from model.base.errors import InputError
from model.lessons.check import LessonCheck
from model.lessons.formulas import texts_of
from model.lessons.lesson import Bet, BetKind, Lesson


def lesson_table(lessons: Sequence[Lesson]) -> str:
    """Format lessons as a table with a header."""
    head = ("name", "title", "steps", "bets", "minutes", "languages")
    rows = [
        (each.key, each.title, f"{len(each.steps)}", f"{len(each.bets)}", f"{each.minutes}", " ".join(each.languages))
        for each in lessons
    ]
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    right = (2, 3, 4)
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in (head, *rows)
    )


def check_report(check: LessonCheck, arithmetic: Arithmetic) -> str:
    """Format what a check measured for each bet with an arithmetic, and its warnings and complaints, last."""
    lines = []
    known: dict[str, Lesson] = {}
    for lesson in check.lessons:  # a lesson in two languages has the same bets
        known.setdefault(lesson.key, lesson)
    for lesson in known.values():
        lines.append(f"{lesson.key}: {lesson.title}")
        lines += [f"  {bet.key:<14}{text}" for bet in lesson.bets.values() for text in _measured(check, lesson, bet)]
    bets = sum(len(lesson.bets) for lesson in known.values())
    figures = sum(len(text.figures) for lesson in check.lessons for text in texts_of(lesson))
    counts = f"{_many(len(known), 'lesson')}, {_many(bets, 'bet')}, {_many(figures, 'figure')}, "
    counts += _many(len(check.plan), "run")
    faults, warnings = [str(each) for each in check.complaints], [f"Warning: {each}" for each in check.warnings]
    end = f"{_many(len(faults), 'fault')}" if faults else "All holds"
    end += f", with {_many(len(warnings), 'warning')}." if warnings else "."
    blocks = [*([""] if warnings else []), *warnings, *([""] if faults else []), *faults]
    return "\n".join([*lines, *blocks, "", f"Trained with {arithmetic}.", f"{counts}. {end}"])


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _measured(check: LessonCheck, lesson: Lesson, bet: Bet) -> Iterator[str]:
    """One line for each value that decides a bet, with those of all seeds."""
    if not bet.measures:
        yield "nothing is measured" if bet.kind is BetKind.WORDS else bet.right
        return
    named = [(option.key, option.measure) for option in bet.options]
    for name, measure in [(bet.right, bet.measure), *named]:
        if measure is None:
            continue
        try:
            values = [check.value(lesson, measure, seed) for seed in bet.seeds]
        except InputError as error:
            yield f"{name}: {error}"
            continue
        yield f"{name}: {', '.join(dict.fromkeys(measure.unit.write(value) for value in values))}"
