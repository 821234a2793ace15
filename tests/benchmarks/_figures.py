"""A measured figure, and how it is measured: in turns, so that a busy machine slows both sides alike."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Figure:
    """One measured value with its target; `detail` says what it was made from."""

    what: str
    value: float
    target: float
    unit: str = ""
    at_least: bool = False
    detail: str = ""

    @property
    def met(self) -> bool:
        """Whether the target is reached."""
        return self.value >= self.target if self.at_least else self.value <= self.target


@dataclass(frozen=True)
class Comparison:
    """Two functions measured in turns: the median ratio of neighbours, and the median seconds of each."""

    ratio: float
    first: float
    second: float


def compare(first: Callable[[], object], second: Callable[[], object], turns: int, calls: int = 1) -> Comparison:
    """How much longer `first` takes than `second`; in each turn, each is called `calls` times."""
    pairs = [(_seconds(first, calls), _seconds(second, calls)) for _ in range(turns)]
    firsts, seconds = zip(*pairs, strict=True)
    return Comparison(median(a / b for a, b in pairs), median(firsts), median(seconds))


def _seconds(function: Callable[[], object], calls: int) -> float:
    collecting = gc.isenabled()
    gc.disable()
    try:
        start = perf_counter()
        for _ in range(calls):
            function()
        return (perf_counter() - start) / calls
    finally:
        if collecting:
            gc.enable()
