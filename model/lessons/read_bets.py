"""Reads the bets of a lesson from its two files."""

from math import inf
from typing import Any

from model.base.errors import InputError
from model.lessons.lesson import Bet, BetKind, Option, Pick
from model.lessons.lesson_table import WHOLE_NUMBERS, LessonTable, at_line
from model.lessons.measures import Measure, check_key, parse_measure
from model.lessons.quantities import MeasuredQuantity
from model.lessons.text_file import RawBet, RawText
from model.lessons.text_syntax import parse_text
from model.lessons.texts import LessonText

MOST_SEEDS, LARGEST_SEED = 20, 1_000_000
MOST_LAYERS = 99
MOST_OPTIONS = 12
UNJUDGED = (BetKind.WORDS,)
DRAWN = {BetKind.CURVE: MeasuredQuantity.ACCURACY, BetKind.MARK: MeasuredQuantity.ESCAPE}


class BetReader:
    """Reads bets; `texts` is the name of the Markdown file, `experiments` the keys of those that there are."""

    def __init__(self, texts: str, experiments: "frozenset[str]") -> None:
        self.texts, self.experiments = texts, experiments

    def text(self, raw: RawText, run: str) -> LessonText:
        """Parse a text of the Markdown file; raises InputError with file and line."""
        with at_line(self.texts, raw.line):
            text = parse_text(raw.text, run, raw.line)
            for figure in text.figures:
                if figure.measure:
                    self._check_runs(figure.measure)
            return text

    def bet(self, key: str, row: LessonTable, raw: RawBet) -> Bet:
        """Read one bet; raises InputError with file and line."""
        row.only("kind", "run", "measure", "options", "right", "seeds", "pick", "layers", "low", "high")
        run = row.text("run", "")
        with row.located("run"):
            if run and run not in self.experiments:
                raise InputError("There is no experiment '{key}'.", key=run[:40])
        kind = row.member("kind", BetKind) or BetKind.CHOICE
        options = tuple(self._option(option, raw, run) for option in row.rows("options"))
        self._check_ids(row, raw, options)
        seeds = row.items("seeds", int, WHOLE_NUMBERS) or (0,)
        with row.located("seeds"):
            if len(seeds) > MOST_SEEDS or not all(0 <= seed <= LARGEST_SEED for seed in seeds):
                raise InputError(
                    "'seeds' are at most {most} whole numbers up to {largest}.",
                    most=MOST_SEEDS,
                    largest=f"{LARGEST_SEED:,}",
                )
        layers = row.items("layers", int, WHOLE_NUMBERS)
        with row.located("layers"):
            if len(layers) > MOST_LAYERS or not all(0 <= layer <= MOST_LAYERS for layer in layers):
                raise InputError("'layers' are numbers from 1 to {most}, 0 for the output.", most=MOST_LAYERS)
        right, order = self._right(row, kind, [option.key for option in options])
        bet = Bet(
            key, kind, self._question(raw, run), options, self.text(raw.after, run), self._measure(row, run),
            row.member("pick", Pick), right, order, layers, row.number("low", 0.0),
            row.number("high", 1.0 if kind is BetKind.CURVE else inf), seeds, row.line,
        )  # fmt: skip
        with at_line(row.file, row.line):
            check_bet(bet)
        return bet

    def _question(self, raw: RawBet, run: str) -> LessonText:
        return self.text(raw.question, run)

    def _option(self, row: LessonTable, raw: RawBet, run: str) -> Option:
        row.only("id", "from", "to", "is", "measure")
        key = row.text("id")
        with row.located("id"):
            check_key(key)
        words: Any = row.values.get("is", [])
        words = (words,) if isinstance(words, str) else tuple(words) if isinstance(words, list) else None
        with row.located("is"):
            if words is None or not all(isinstance(word, str) for word in words):
                raise InputError("'is' is a word or a list of words.")
        low, high = row.number("from", -inf), row.number("to", inf)
        with row.located("to"):
            if low > high:
                raise InputError(
                    "The option '{key}' goes from {low} to {high}, which is less.",
                    key=key,
                    low=f"{low:g}",
                    high=f"{high:g}",
                )
        if key not in raw.options:
            with at_line(self.texts, raw.question.line):
                raise InputError("The bet's option '{key}' is missing: '- Its text {{#{key}}}'.", key=key)
        texts = raw.options[key]
        return Option(
            key, self.text(texts.text, run), self.text(texts.why, run), low, high, words, self._measure(row, run),
            row.line,
        )  # fmt: skip

    def _check_ids(self, row: LessonTable, raw: RawBet, options: tuple[Option, ...]) -> None:
        keys = [option.key for option in options]
        with row.located("options"):
            if len(keys) > MOST_OPTIONS:
                raise InputError(
                    "A bet has at most {most} options, not {number}.", most=MOST_OPTIONS, number=f"{len(keys):,}"
                )
            if len(set(keys)) < len(keys):
                raise InputError("Two options have one id.")
        for key, texts in raw.options.items():
            if key not in keys:
                with at_line(self.texts, texts.text.line):
                    raise InputError("{file} has no option '{key}' in this bet.", file=row.file, key=key[:40])

    def _right(self, row: LessonTable, kind: BetKind, keys: list[str]) -> tuple[str, tuple[tuple[str, ...], ...]]:
        """The right option, or the right order in groups."""
        if kind in UNJUDGED:
            return "", ()
        if kind is not BetKind.RANK:
            right = row.text("right")
            with row.located("right"):
                if not keys:
                    raise InputError("There is no option '{key}'; there are none.", key=right[:40])
                if right not in keys:
                    raise InputError(
                        "There is no option '{key}'; there are {keys}.", key=right[:40], keys=", ".join(keys)
                    )
            return right, ()
        groups = row.values.get("right")
        with row.located("right"):
            order = tuple(tuple(group) if isinstance(group, list) else (group,) for group in groups or ())
            if not isinstance(groups, list) or sorted(map(str, sum(order, ()))) != sorted(keys):
                raise InputError("'right' of a rank is the list of all its options, in groups where some are equal.")
        return "", order

    def _measure(self, row: LessonTable, run: str) -> Measure | None:
        if "measure" not in row.values:
            return None
        with row.located("measure"):
            measure = parse_measure(row.text("measure"), run)
            self._check_runs(measure)
        return measure

    def _check_runs(self, measure: Measure) -> None:
        for run in measure.runs:
            if run not in self.experiments:
                raise InputError("There is no experiment '{key}'.", key=run[:40])


def check_bet(bet: Bet) -> None:
    """Check that a bet has what its kind needs; raises InputError."""
    if bet.kind in UNJUDGED:
        return
    if bet.kind in DRAWN and not (bet.measure and bet.measure.left.quantity is DRAWN[bet.kind]):
        raise InputError(
            "A bet of the kind {kind} measures {quantity}.", kind=bet.kind.key, quantity=DRAWN[bet.kind].key
        )
    of_layers = bet.measure and bet.layers and "layer" in bet.measure.left.quantity.parameters
    if bet.kind is BetKind.BARS and not of_layers:
        raise InputError("A bet of the kind bars has 'layers', and measures something of a layer.")
    own = [option.measure for option in bet.options]
    if bet.kind is BetKind.RANK or bet.pick:
        if not all(own) or bet.measure or len({measure.unit for measure in own if measure}) > 1:
            raise InputError("Each option has a measure of its own here, all in one unit.")
        return
    if any(own):
        raise InputError("Options with measures of their own need 'pick', or the kind rank.")
    if bool(bet.measure) != any(option.bounded for option in bet.options):
        raise InputError("A measure and options with 'from', 'to' or 'is' go together.")
    if not bet.measure:
        if bet.kind is not BetKind.CHOICE:
            raise InputError("A bet of the kind {kind} has a measure.", kind=bet.kind.key)
        return
    words = bet.measure.unit.words
    for option in bet.options:
        if bool(words) != bool(option.words) or not set(option.words) <= set(words):
            if not words:
                raise InputError("The option '{key}' has 'from' or 'to'.", key=option.key)
            raise InputError("The option '{key}' has 'is', one of {words}.", key=option.key, words=", ".join(words))
