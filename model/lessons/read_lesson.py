"""Reads a lesson from its TOML and its Markdown."""

from pathlib import Path

from model.base.errors import InputError
from model.config.views import PageKind, ViewKind
from model.lessons.lesson import Bet, Experiment, Gadget, Lesson, Step
from model.lessons.lesson_table import PLACE_NAMES, LessonTable, at_line, read_tables
from model.lessons.measures import check_key
from model.lessons.places import Place
from model.lessons.read_bets import BetReader
from model.lessons.read_experiments import MOST_ITERATIONS, read_experiments
from model.lessons.text_file import RawLesson, RawStep, TextFile

MOST_STEPS = 40
MOST_MINUTES = 60


def parse_lesson(path: Path, toml: str, language: str, languages: tuple[str, ...], markdown: str) -> Lesson:
    """Parse a lesson from the text of its files, whose TOML is at `path`; raises InputError with file and line."""
    table = read_tables(path.name, toml)
    table.only("minutes", "experiment", "bet", "step")
    texts = f"{language}/{path.stem}.md"
    raw = TextFile(texts, markdown).found
    experiments = read_experiments(table)
    reader = BetReader(texts, frozenset(experiments))
    bets = _bets(table, raw, reader)
    steps = _steps(table, raw, reader, experiments, bets)
    _check_spare(texts, raw, bets, steps)
    return Lesson(
        path.stem, language, languages, raw.title.text, reader.text(raw.about, ""),
        table.whole("minutes", 1, MOST_MINUTES), experiments, bets, steps, path,
    )  # fmt: skip


def _bets(table: LessonTable, raw: RawLesson, reader: BetReader) -> dict[str, Bet]:
    found = {}
    for key, row in table.tables("bet").items():
        with at_line(row.file, row.line):
            check_key(key)
            if key not in raw.bets:
                raise InputError(
                    "{file} has no bet '{key}': '### Its question {{#{key}}}'.", file=reader.texts, key=key[:40]
                )
        found[key] = reader.bet(key, row, raw.bets[key])
    return found


def _steps(
    table: LessonTable, raw: RawLesson, reader: BetReader, experiments: dict[str, Experiment], bets: dict[str, Bet]
) -> tuple[Step, ...]:
    rows = table.rows("step")
    with at_line(table.file, table.line):
        if not 1 <= len(rows) <= MOST_STEPS:
            raise InputError(
                "A lesson has 1 to {most} steps, [[step]], not {number}.", most=MOST_STEPS, number=len(rows)
            )
    found: dict[str, Step] = {}
    for row in rows:
        row.only("id", "run", "bet", "page", "view", "mark", "only", "gadget", "at")
        key = row.text("id")
        with row.located("id"):
            check_key(key)
            if key in found:
                raise InputError("The step '{key}' is there twice.", key=key[:40])
            if key not in raw.steps:
                raise InputError(
                    "{file} has no step '{key}': '## Its title {{#{key}}}'.", file=reader.texts, key=key[:40]
                )
        found[key] = _step(row, raw.steps[key], reader, experiments, bets)
    return tuple(found.values())


def _step(
    row: LessonTable, raw: RawStep, reader: BetReader, experiments: dict[str, Experiment], bets: dict[str, Bet]
) -> Step:
    run, bet = row.text("run", ""), row.text("bet", "")
    with row.located("run"):
        if run and run not in experiments:
            raise InputError("There is no experiment '{key}'.", key=run[:40])
    with row.located("bet"):
        if bet and bet not in bets:
            raise InputError("There is no bet '{key}'.", key=bet[:40])
    return Step(
        row.text("id"), raw.title.text, reader.text(raw.text, run), experiments.get(run), bets.get(bet),
        row.member("page", PageKind) or PageKind.RUN, row.member("view", ViewKind), _places(row, "mark"),
        _places(row, "only"), row.member("gadget", Gadget), row.optional_whole("at", MOST_ITERATIONS), row.line,
    )  # fmt: skip


def _places(row: LessonTable, key: str) -> tuple[Place, ...]:
    names = row.items(key, str, PLACE_NAMES)
    with row.located(key):
        return tuple(Place.named(name) for name in names)


def _check_spare(texts: str, raw: RawLesson, bets: dict[str, Bet], steps: tuple[Step, ...]) -> None:
    """Raise InputError for texts that nothing uses, and bets that no step asks."""
    spare = [(key, step.title.line, "[[step]]") for key, step in raw.steps.items() if key not in {s.key for s in steps}]
    spare += [(key, bet.question.line, f"[bet.{key:.40}]") for key, bet in raw.bets.items() if key not in bets]
    for key, line, table in spare:
        with at_line(texts, line):
            raise InputError("The TOML file has no {table} for '{key}'.", table=table, key=key[:40])
    asked = [step.bet.key for step in steps if step.bet]
    for key, bet in bets.items():
        if asked.count(key) != 1:
            with at_line(f"{texts.partition('/')[2].removesuffix('.md')}.toml", bet.line):
                if key not in asked:
                    raise InputError("The bet '{key}' is asked in no steps; one is right.", key=key)
                number = asked.count(key)
                raise InputError("The bet '{key}' is asked in {number} steps; one is right.", key=key, number=number)
