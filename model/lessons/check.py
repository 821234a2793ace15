"""Checks lessons by training: every experiment on every seed, every bet, every figure in a text."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field
from pathlib import Path

from model.base.errors import InputError
from model.config.recipe import Recipe
from model.lessons.formulas import texts_of
from model.lessons.lesson import Bet, Lesson
from model.lessons.lesson_folder import languages_of, read_lesson
from model.lessons.margins import MARGIN_SHARE, check_found, narrow_margin
from model.lessons.measures import Measure, Term
from model.lessons.static_check import Complaint, check_written
from model.lessons.texts import StatedFigure
from model.lessons.trained_terms import Unmeasured, measure_run
from model.lessons.units import Value

PULSE_SECONDS = 0.1
ROOM_USED = 1 - MARGIN_SHARE  # of the room beside a figure in a text; beyond it another processor may be outside


@dataclass
class LessonCheck:
    """The check of some lessons: what is to be trained, what came of it, what is wrong.

    `plan` has the terms that each run must be measured for; `measured` gets their values. `complaints` are what is
    untrue or cannot be read, `warnings` what is true here by so little that another processor may find it otherwise.
    """

    lessons: list[Lesson] = field(default_factory=list)
    complaints: list[Complaint | str] = field(default_factory=list)
    warnings: list[Complaint] = field(default_factory=list)
    plan: dict[Recipe, list[Term]] = field(default_factory=dict)
    measured: dict[tuple[Recipe, Term], Value | Unmeasured] = field(default_factory=dict)

    @classmethod
    def of(cls, paths: Sequence[Path]) -> "LessonCheck":
        """Read the lessons with these TOML files in all their languages, and check what needs no training."""
        made = cls()
        for path in paths:
            try:
                made.lessons += [read_lesson(path, language) for language in languages_of(path) or ("",)]
            except InputError as error:
                made.complaints.append(str(error))
        for lesson in made.lessons:
            made.complaints += check_written(lesson)
            made._plan(lesson)
        return made

    def _plan(self, lesson: Lesson) -> None:
        for experiment in lesson.experiments.values():
            for seed in seeds_of(lesson, experiment.key):
                for recipe in experiment.recipes(seed):
                    self.plan.setdefault(recipe, [])
        for measure, seed in needs(lesson):
            for term in measure.terms:
                for recipe in _recipes(lesson, term, seed):
                    wanted = self.plan[recipe]
                    wanted += [] if anonymous(term) in wanted else [anonymous(term)]

    def take(self, recipe: Recipe, values: Sequence[Value | Unmeasured]) -> None:
        """Take what a run was measured for, in the order of its plan."""
        self.measured |= {(recipe, term): value for term, value in zip(self.plan[recipe], values, strict=True)}

    def judge(self) -> None:
        """Judge all bets and figures once everything has been measured."""
        for lesson in self.lessons:
            for bet in lesson.bets.values():
                self._judge_bet(lesson, bet)
            for text in texts_of(lesson):
                for figure in text.figures:
                    if figure.measure:
                        self._compare(lesson, figure, figure.measure)

    def _judge_bet(self, lesson: Lesson, bet: Bet) -> None:
        for seed in bet.seeds if bet.runs else (0,):
            where = f" (seed {seed})" if bet.runs else ""
            try:
                found = {measure: self.value(lesson, measure, seed) for measure in bet.measures}
                check_found(bet, found)
            except InputError as error:
                self.complaints.append(Complaint(lesson.path.name, bet.line, f"{error}{where}"))
                continue
            if bet.runs and (narrow := narrow_margin(bet, found)):  # what nothing is trained for is so everywhere
                self.warnings.append(Complaint(lesson.path.name, bet.line, f"{narrow}{where}"))

    def _compare(self, lesson: Lesson, figure: StatedFigure, measure: Measure) -> None:
        file = f"{lesson.language}/{lesson.key}.md"
        for seed in seeds_of_measure(lesson, measure):
            try:
                value = self.value(lesson, measure, seed)
            except InputError as error:
                self.complaints.append(Complaint(file, figure.line, f"{error} (seed {seed})"))
                continue
            says = f"The text says {figure.text}, measured is {measure.unit.write(value)} (seed {seed})"
            if figure.text and not figure.holds(value):
                self.complaints.append(Complaint(file, figure.line, f"{says}."))
            elif figure.text and measure.runs and not figure.holds(value, ROOM_USED):
                self.warnings.append(Complaint(file, figure.line, f"{says}: nearly all of the room that it leaves."))

    def value(self, lesson: Lesson, measure: Measure, seed: int) -> Value:
        """What a measure came to on a seed; raises InputError where it cannot be measured."""
        return measure.combine([self._values(lesson, term, seed) for term in measure.terms])

    def _values(self, lesson: Lesson, term: Term, seed: int) -> list[Value]:
        if not term.run:
            return [term.find(None)]
        found = [self.measured[recipe, anonymous(term)] for recipe in _recipes(lesson, term, seed)]
        for value in found:
            if isinstance(value, Unmeasured):
                raise InputError(value.why)
        return [value for value in found if not isinstance(value, Unmeasured)]


def anonymous(term: Term) -> Term:
    """The term without the name of its experiment, by which lessons that share a run share its values."""
    return Term("", term.quantity, term.arguments)


def _recipes(lesson: Lesson, term: Term, seed: int) -> tuple[Recipe, ...]:
    return lesson.experiments[term.run].recipes(seed) if term.run else ()


def seeds_of(lesson: Lesson, run: str) -> list[int]:
    """The seeds that an experiment is trained with: those of the bets about it, or else 0."""
    found = {seed for bet in lesson.bets.values() if run in bet.runs for seed in bet.seeds}
    return sorted(found) or [0]


def seeds_of_measure(lesson: Lesson, measure: Measure) -> list[int]:
    """The seeds that all its experiments are trained with."""
    seeds = [set(seeds_of(lesson, run)) for run in measure.runs] or [{0}]
    return sorted(set.intersection(*seeds)) or [0]


def needs(lesson: Lesson) -> Iterator[tuple[Measure, int]]:
    """Each measure of a lesson with each seed that it is needed for."""
    for bet in lesson.bets.values():
        yield from ((measure, seed) for measure in bet.measures for seed in bet.seeds)
    for text in texts_of(lesson):
        for figure in text.figures:
            if figure.measure:
                yield from ((figure.measure, seed) for seed in seeds_of_measure(lesson, figure.measure))


def train_all(check: LessonCheck, executor: Executor, pulse: Callable[[int], bool]) -> bool:
    """Train all that a check needs, longest runs first; whether it came to the end. Re-raises what a run raises.

    `pulse` is called about ten times a second with the number of runs that are done; if it returns True no more begin.
    """
    order = sorted(check.plan, key=lambda recipe: recipe.config.iterations * len(recipe.config.hidden), reverse=True)
    flying: dict[Future[list[Value | Unmeasured]], Recipe] = {
        executor.submit(measure_run, recipe, tuple(check.plan[recipe])): recipe for recipe in order
    }
    try:
        while flying:
            if pulse(len(order) - len(flying)):
                return False
            for future in wait(flying, PULSE_SECONDS, FIRST_COMPLETED).done:
                check.take(flying.pop(future), future.result())
        pulse(len(order))
        return True
    finally:
        for future in flying:
            future.cancel()
