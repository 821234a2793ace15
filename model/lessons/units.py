"""Units of what lessons measure: how a value is written, and between which limits it can lie."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from math import inf, isinf, isnan

from model.base import number_format
from model.base.choices import Choice
from model.base.language import tr, tr_in
from model.diagnosis.verdict import Cause, Condition

Value = float | str


def _share(value: float) -> str:
    return number_format.percent(value)


def _ratio(value: float) -> str:
    if 0 < value < 0.1 and value > number_format.SMALLEST_FRACTION:
        return f"1/{number_format.rounded(1 / value, 3)}"
    return number_format.rounded(value, 3)


def _iteration(value: float) -> str:
    return tr_in("iteration", "never") if isinf(value) else number_format.count(value)


def _count(value: float) -> str:
    return "–" if isnan(value) else number_format.count(value)


def _number(value: float) -> str:
    return number_format.rounded(value, 4)


def _points(value: float) -> str:
    return tr("{number}\u202fpoints", number=f"{100 * value:+.2f}")


@dataclass(frozen=True)
class UnitMeaning:
    """How a number is written, the limits it lies between, and whether it is a whole one that needs no margin.

    A value that is no number is the key of a member of `kind`.
    """

    write: Callable[[float], str]
    low: float = 0.0
    high: float = inf
    whole: bool = False
    kind: type[Choice] | None = None


class Unit(Enum):
    """The units."""

    SHARE = UnitMeaning(_share, 0.0, 1.0)
    RATIO = UnitMeaning(_ratio)
    ITERATION = UnitMeaning(_iteration)
    COUNT = UnitMeaning(_count, whole=True)
    NUMBER = UnitMeaning(_number, -inf)
    POINTS = UnitMeaning(_points, -inf)
    CONDITION = UnitMeaning(_number, kind=Condition)
    CAUSE = UnitMeaning(_number, kind=Cause)

    @property
    def words(self) -> tuple[str, ...]:
        """The keys that a value in this unit can be, () for a number."""
        return tuple(member.key for member in self.value.kind or ())

    def write(self, value: Value) -> str:
        """Format a value for the screen: 9.7 %, 1/1 340, 720, never, Dead."""
        if isinstance(value, str):
            assert self.value.kind, "a word of a unit that has none"
            return self.value.kind.named(value).label
        return self.value.write(value)
