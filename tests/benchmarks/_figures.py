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

    def __str__(self) -> str:
        return f"{self.what}: {short(self.value)}{self.unit}"


@dataclass(frozen=True)
class Cost:
    """What one size costs: those with one `what`, the smallest size first, make a table.

    `work` is how many of `unit` take the `seconds`; `detail` says how they were measured.
    """

    what: str
    size: str
    seconds: float
    work: float
    unit: str
    detail: str = ""

    @property
    def of_unit(self) -> float:
        """Seconds of one unit of the work."""
        return self.seconds / self.work

    def __str__(self) -> str:
        return f"{self.what}, {self.size}: {duration(self.seconds)}, {duration(self.of_unit)} per {self.unit}"


def short(value: float) -> str:
    """A number with three digits, or all of those before the point."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def duration(seconds: float) -> str:
    """A time with three digits in the unit that suits it: '1.5 ms'."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{short(seconds / size)} {unit}"
    return f"{short(seconds / 1e-9)} ns"


@dataclass(frozen=True)
class Comparison:
    """Two functions measured in turns: medians of neighbours' ratio and difference, and of each one's seconds."""

    ratio: float
    difference: float
    first: float
    second: float


def compare(
    first: Callable[[], object],
    second: Callable[[], object],
    turns: int,
    calls: int = 1,
    clock: Callable[[], float] = perf_counter,
) -> Comparison:
    """How much longer `first` takes than `second`; in each turn, each is called `calls` times."""
    pairs = [(seconds_of(first, calls, clock), seconds_of(second, calls, clock)) for _ in range(turns)]
    firsts, seconds = zip(*pairs, strict=True)
    ratio, difference = median(a / b for a, b in pairs), median(a - b for a, b in pairs)
    return Comparison(ratio, difference, median(firsts), median(seconds))


def seconds_of(function: Callable[[], object], calls: int = 1, clock: Callable[[], float] = perf_counter) -> float:
    """How long one call takes, by `clock`, of `calls` in a row without garbage collection."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        start = clock()
        for _ in range(calls):
            function()
        return (clock() - start) / calls
    finally:
        if collecting:
            gc.enable()
