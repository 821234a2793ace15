"""Judges bets: what was said beside what was measured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import isnan

from model.base.errors import InputError
from model.base.sentences import listed
from model.lessons.lesson import Bet, BetKind, Option, Pick
from model.lessons.measures import Measure, Runs
from model.lessons.units import Value

# An option's id of a choice, a number (curve, mark, number), ids in order of a rank, a height for each of the bars'
# layers, or the learner's own words.
Guess = str | float | tuple[str, ...] | tuple[float, ...]
Found = Mapping[Measure, Value]


@dataclass(frozen=True)
class Judgement:
    """What came of a bet. `right` is None where nothing is judged.

    `chosen` is the option that the guess is or lies in, `measured` the one that the measured value lies in; `value` is
    that value, None where nothing was measured or each option has its own. `values` are those of the bars' layers, or
    of the options in their order. `pairs` counts those of a rank in the right order, and how many there are.
    """

    bet: Bet
    guess: Guess
    right: bool | None
    chosen: Option | None = None
    measured: Option | None = None
    value: Value | None = None
    values: tuple[Value, ...] = ()
    pairs: tuple[int, int] = (0, 0)

    @property
    def said(self) -> str:
        """The guess in words or figures: the text of an option, 84.0 %, or several of them."""
        return _written(self.bet, self.guess)

    @property
    def found(self) -> str:
        """What was measured, in figures; '' where nothing was."""
        return self.bet.unit.write(self.value) if self.bet.unit and self.value is not None else ""


def measured_values(bet: Bet, runs: Runs) -> dict[Measure, Value]:
    """Measure all that a bet asks for; raises InputError where a run is missing or lacks a figure."""
    return {measure: measure.of(runs) for measure in bet.measures}


def judge(bet: Bet, guess: Guess, found: Found) -> Judgement:
    """Judge a guess by measured values; raises InputError for a guess that is none for this kind of bet."""
    check_guess(bet, guess)
    if bet.kind is BetKind.WORDS:
        return Judgement(bet, guess, right=None)
    if bet.kind is BetKind.RANK:
        return _judge_rank(bet, guess, found)
    decided = decide(bet, found)
    value = found[bet.measure] if bet.measure else None
    chosen = _chosen(bet, guess)
    values = tuple(found[measure] for measure in _in_order(bet))
    return Judgement(bet, guess, chosen is not None and chosen is decided, chosen, decided, value, values)


def decide(bet: Bet, found: Found) -> Option | None:
    """The option that measured values make right; that of the author where nothing is measured. None in a gap."""
    if bet.pick:
        numbers = [(_number(found[option.measure]), option) for option in bet.options if option.measure]
        known = [pair for pair in numbers if not isnan(pair[0])]
        best = min if bet.pick is Pick.SMALLEST else max
        return best(known, key=lambda pair: pair[0])[1] if known else None
    if not bet.measure:
        return bet.option(bet.right)
    return option_of(bet, found[bet.measure])


def option_of(bet: Bet, value: Value) -> Option | None:
    """The option that a value lies in, None in a gap between them."""
    whole = bool(bet.unit and bet.unit.value.whole)
    return next((option for option in bet.options if option.takes(value, whole=whole)), None)


def measured_order(bet: Bet, found: Found) -> list[str]:
    """The options' ids of a rank, the largest value first."""
    values = {option.key: _number(found[option.measure]) for option in bet.options if option.measure}
    return sorted(values, key=lambda key: (isnan(values[key]), -values[key]))


def told_apart(bet: Bet) -> list[frozenset[str]]:
    """The pairs of a rank's options that its right order tells apart."""
    group = {key: place for place, keys in enumerate(bet.order) for key in keys}
    return [frozenset(pair) for pair in combinations(group, 2) if group[pair[0]] != group[pair[1]]]


def check_guess(bet: Bet, guess: object) -> None:
    """Check that a guess is of the bet's kind; raises InputError."""
    keys = [option.key for option in bet.options]
    match bet.kind:
        case BetKind.CHOICE:
            fits = isinstance(guess, str) and guess in keys
        case BetKind.WORDS:
            fits = isinstance(guess, str)
        case BetKind.RANK:
            fits = isinstance(guess, tuple) and sorted(map(str, guess)) == sorted(keys)
        case BetKind.BARS:
            fits = isinstance(guess, tuple) and len(guess) == len(bet.layers) and all(map(_is_number, guess))
        case _:
            fits = _is_number(guess)
    if not fits:
        raise InputError("'{guess}' is no answer to the bet '{bet}'.", guess=str(guess)[:40], bet=bet.key)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and not isnan(value)


def _judge_rank(bet: Bet, guess: Guess, found: Found) -> Judgement:
    assert isinstance(guess, tuple)
    order = measured_order(bet, found)
    pairs = told_apart(bet)
    right = sum(_first(guess, pair) == _first(order, pair) for pair in pairs)
    values = tuple(found[option.measure] for option in bet.options if option.measure)
    return Judgement(bet, guess, right == len(pairs), values=values, pairs=(right, len(pairs)))


def _first(order: Sequence[object], pair: frozenset[str]) -> object:
    return next(key for key in order if key in pair)


def _chosen(bet: Bet, guess: Guess) -> Option | None:
    if bet.kind is BetKind.CHOICE:
        return bet.option(str(guess))
    if bet.kind is BetKind.BARS:
        assert isinstance(guess, tuple)
        assert bet.measure
        place = [bet.measure.of_layer(layer) for layer in bet.layers].index(bet.measure.of_layer(judged_layer(bet)))
        guess = float(guess[place])
    assert isinstance(guess, int | float)
    return option_of(bet, float(guess))


def judged_layer(bet: Bet) -> int:
    """The layer of a bet with bars whose value decides."""
    assert bet.measure
    term = bet.measure.left
    default = term.quantity.parameters["layer"].default
    return int(dict(term.arguments).get("layer", default))


def _in_order(bet: Bet) -> list[Measure]:
    if bet.measure:
        return [bet.measure.of_layer(layer) for layer in bet.layers]
    return [option.measure for option in bet.options if option.measure]


def _number(value: Value) -> float:
    if isinstance(value, str):
        raise InputError("'{value}' is no number.", value=value)
    return value


def _written(bet: Bet, guess: Guess) -> str:
    unit = bet.unit
    options = {option.key: option for option in bet.options}
    if bet.kind is not BetKind.WORDS and isinstance(guess, str) and guess in options:
        return options[guess].text.plain
    if isinstance(guess, tuple):
        return listed(*(_written(bet, part) for part in guess))
    if isinstance(guess, str) or not unit:
        return str(guess)
    return unit.write(float(guess))
