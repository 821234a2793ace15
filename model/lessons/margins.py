"""Margins of bets: what is measured must decide them, and should not lie on an edge: another processor gives others."""

from collections.abc import Iterator, Sequence
from math import inf, isinf, isnan, log

from model.base.errors import InputError
from model.base.language import message
from model.lessons.judgement import Found, decide, measured_order, told_apart
from model.lessons.lesson import Bet, BetKind, Option
from model.lessons.units import Unit, Value

MARGIN_SHARE = 0.15  # of an option's width, on a log scale
MARGIN_RATIO = 1 + MARGIN_SHARE  # to an edge that has no other opposite, and between options' own values


IN_OTHER = message("The bet '{bet}' has '{right}' right, but {values} is in '{other}'.")
IN_NONE = message("The bet '{bet}' has '{right}' right, but {values} is in no option.")


def check_options(bet: Bet) -> None:
    """Check that no value lies in two options, and that a right one is possible; raises InputError."""
    bounded = [option for option in bet.options if option.bounded and not option.words]
    whole = bool(bet.unit and bet.unit.value.whole)
    for one, other in zip(sorted(bounded, key=_low), sorted(bounded, key=_low)[1:], strict=False):
        if one.high > other.low or (one.high == other.low and (whole or _low(one) == _low(other))):
            raise InputError(
                "The options '{one}' and '{other}' of the bet '{bet}' overlap.",
                one=one.key,
                other=other.key,
                bet=bet.key,
            )
    words = [word for option in bet.options for word in option.words]
    if len(set(words)) < len(words):
        raise InputError("Two options of the bet '{bet}' have the same word.", bet=bet.key)


def _low(option: Option) -> tuple[float, float]:
    return option.low, option.high


def check_found(bet: Bet, found: Found) -> None:
    """Check that measured values make the right option right, by however little; raises InputError."""
    if bet.kind is BetKind.WORDS:
        return
    if bet.kind is BetKind.RANK:
        _check_rank(bet, found)
        return
    option = decide(bet, found)
    if option is None or option.key != bet.right:
        template = IN_OTHER if option else IN_NONE
        name = option.key if option else ""
        raise InputError(template, bet=bet.key, right=bet.right, values=_values(bet, found), other=name)
    if bet.pick:
        for other in bet.options:
            _check_apart(bet, found, option, other)


def narrow_margin(bet: Bet, found: Found) -> str:
    """Which margin of a bet that is right is too narrow for other processors to be right too; '' where none is."""
    if bet.kind is BetKind.RANK:
        return next(_close_ranks(bet, found), "")
    option = decide(bet, found) if bet.kind is not BetKind.WORDS else None
    if option and bet.pick:
        value = _as_number(found, option)
        close = (o for o in bet.options if o is not option and too_close(value, _as_number(found, o)))
        return next((f"The bet '{bet.key}' is on an edge: '{o.key}' is too near to '{option.key}'." for o in close), "")
    if option and bet.measure and bet.unit:
        edge = near_edge(option, found[bet.measure], bet.unit)
        if edge is not None:
            return (
                f"The bet '{bet.key}' is on an edge: {_values(bet, found)} is too near {bet.unit.write(edge)}, "
                f"an end of '{option.key}'."
            )
    return ""


def near_edge(option: Option, value: Value, unit: Unit) -> float | None:
    """The end of an option that a value in it is too near to, None if it keeps its margin from both."""
    if isinstance(value, str) or unit.value.whole or option.low == option.high or isinf(value):
        return None
    low, high = max(option.low, unit.value.low), min(option.high, unit.value.high)
    # What lies beyond a limit cannot be measured: only the other end is an edge.
    edges = [edge for edge, limit in ((low, unit.value.low), (high, unit.value.high)) if edge != limit]
    if low < 0 or value <= 0:
        room = MARGIN_SHARE * (high - low) if high - low < inf else MARGIN_SHARE * max(map(abs, edges), default=0.0)
        return next((edge for edge in edges if abs(value - edge) < room), None)
    width = log(high / low) if low > 0 and high < inf else inf
    room = MARGIN_SHARE * width if width < inf else log(MARGIN_RATIO)
    return next((edge for edge in edges if edge > 0 and abs(log(value / edge)) < room), None)


def _check_apart(bet: Bet, found: Found, one: Option, other: Option) -> None:
    values = [_as_number(found, option) for option in (one, other)]
    if one is not other and (values[0] == values[1] or any(map(isnan, values))):
        raise InputError("The bet '{bet}' cannot be decided: {values}.", bet=bet.key, values=_values(bet, found))


def _check_rank(bet: Bet, found: Found) -> None:
    for first, second in _ranked_pairs(bet, found):
        if _group(bet, first) > _group(bet, second):
            raise InputError(
                "The bet '{bet}' has '{second}' before '{first}', but it is the other way round.",
                bet=bet.key,
                second=second,
                first=first,
            )
        _check_apart(bet, found, bet.option(first), bet.option(second))


def _close_ranks(bet: Bet, found: Found) -> Iterator[str]:
    for first, second in _ranked_pairs(bet, found):
        if rank_too_close([_as_number(found, bet.option(key)) for key in (first, second)], bet.unit):
            yield f"The bet '{bet.key}' is on an edge: '{first}' is too near to '{second}'."


def _ranked_pairs(bet: Bet, found: Found) -> Iterator[tuple[str, str]]:
    """The pairs that a rank tells apart, each with the option that has the larger measured value first."""
    order = measured_order(bet, found)
    for pair in told_apart(bet):
        first, second = sorted(pair, key=order.index)
        yield first, second


def _group(bet: Bet, key: str) -> int:
    return next(place for place, keys in enumerate(bet.order) if key in keys)


def too_close(one: float, other: float) -> bool:
    """Whether two values differ by less than the margin."""
    if isnan(one) or isnan(other) or one == other:
        return True
    if one <= 0 or other <= 0 or isinf(one) or isinf(other):
        return False
    return abs(log(one / other)) < log(MARGIN_RATIO)


def rank_too_close(values: Sequence[float], unit: Unit | None) -> bool:
    """Whether two values of a rank are too close: shares by their wrong answers too, which tell 90 % from 97 %."""
    one, other = values
    if unit is Unit.SHARE and not too_close(1 - one, 1 - other):
        return False
    return too_close(one, other)


def _as_number(found: Found, option: Option) -> float:
    assert option.measure
    value = found[option.measure]
    assert not isinstance(value, str)
    return value


def _values(bet: Bet, found: Found) -> str:
    if bet.measure and bet.unit:
        return bet.unit.write(found[bet.measure])
    return ", ".join(f"{option.key} {bet.unit.write(_as_number(found, option))}" for option in bet.options if bet.unit)
