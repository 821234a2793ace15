"""Ends of an axis that several runs share: none of them may decide it by lying far out of the range of the others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from math import ceil, floor, isfinite, isnan

from model.base.language import tr_count


@dataclass(frozen=True)
class SharedAxis:
    """Rule for how far an axis reaches to one side, given how far each run goes to it.

    An axis reaches as far as any run does, up to `usual`. Farther it follows a run only up to `times` the next smaller
    reach, and `more`, as beyond that all the others would be pressed flat; a run alone is always held.
    """

    usual: float
    times: float = 1.0
    more: float = 0.0

    def reach(self, reaches: Iterable[float]) -> float:
        """How far the axis reaches; 0 without any run. NaN is ignored, infinity held by no axis."""
        held: float | None = None
        for reach in sorted(each for each in reaches if isfinite(each)):
            if held is not None and reach > max(self.usual, self.times * held + self.more):
                break
            held = reach
        return held or 0.0

    def beyond(self, reaches: Iterable[float]) -> list[bool]:
        """Which runs go farther than the axis reaches."""
        found = list(reaches)
        end = self.reach(found)
        return [not isnan(each) and each > end for each in found]


# Activations: a network of usual weights stays within some tens, one that explodes does not.
ACTIVATIONS = SharedAxis(100.0, times=20.0)
# The loss of a guess is near 2, of a first iteration with large weights some tens.
LOSSES = SharedAxis(5.0, times=5.0)
# Decades of a gradient, above and below 1: a log axis has room for exploding ones, and for vanishing ones as far down
# as float32 goes.
DECADES_UP, DECADES_DOWN = SharedAxis(10.0, more=10.0), SharedAxis(45.0, more=12.0)


class Counted(Enum):
    """What is drawn along an axis or a colour scale, and may go beyond it."""

    RUNS = auto()
    SEEDS = auto()
    CELLS = auto()


RUNS, SEEDS, CELLS = Counted


def beyond_text(count: int, what: Counted) -> str:
    """Say how many of RUNS, SEEDS or CELLS are not all on an axis; '' if all are."""
    if not count:
        return ""
    if what is SEEDS:
        return tr_count("{n} seed goes beyond the axis", "{n} seeds go beyond the axis", count)
    if what is CELLS:
        return tr_count("{n} cell lies beyond the scale", "{n} cells lie beyond the scale", count)
    return tr_count("{n} run goes beyond the axis", "{n} runs go beyond the axis", count)


def decades_held(lows: Iterable[float], highs: Iterable[float]) -> tuple[float, float]:
    """The ends of a log axis, as log10, that suit runs with these lowest and highest log10 values."""
    return -DECADES_DOWN.reach(-each for each in lows), DECADES_UP.reach(highs)


def decades_beyond(lows: Iterable[float], highs: Iterable[float]) -> list[bool]:
    """Which of these runs go beyond either end."""
    down, up = DECADES_DOWN.beyond(-each for each in lows), DECADES_UP.beyond(highs)
    return [low or high for low, high in zip(down, up, strict=True)]


def decades_beside(
    own: tuple[float, float] | None, others: Sequence[tuple[float, float]]
) -> tuple[float, float, int] | None:
    """Ends of a log axis, whole decades, of a run and others beside it, and how many of these go beyond; log10 all.

    The axis holds all of the run itself, however far that is; None where there is nothing to show.
    """
    extents = [*([own] if own else []), *others]
    if not extents:
        return None
    low, high = decades_held(*zip(*extents, strict=True))
    if own:
        low, high = min(low, own[0]), max(high, own[1])
    beyond = sum(each[0] < low or each[1] > high for each in others)
    return float(floor(low)), float(max(ceil(high), floor(low) + 1)), beyond
