"""The map: a grid of two settings' values and the config of each cell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product
from math import log, nan

from model.base.choices import Choice
from model.base.errors import InputError
from model.base.params import Param, params
from model.config.config import Config
from model.nn.initializers import Initializer
from model.sweeps.axes import ORDER, Shape, SweepAxis, apply, choices_for, setting_named

COUNT = 10
MOST = 24  # values on one axis
FAR = 20.0  # times as large: from here on equal ratios show more than equal steps
SMALL = 1e-2  # the middle of a logarithmic setting that is switched off
POINTS = 10  # of each run's curve
MARKED = (Initializer.XAVIER, Initializer.HE)


@dataclass(frozen=True)
class Span:
    """From `low` to `high` in `count` values."""

    low: float
    high: float
    count: int


def offered(base: Config) -> list[Param]:
    """The settings that a map of `base` can vary, numbers and those with named values."""
    return [*params(Shape), *(setting for setting in base.settings() if setting.on_map)]


def usual_span(setting: Param, base: Config) -> Span | None:
    """A range worth looking at around the value that `base` has; None where all values are named."""
    if choices_for(setting.name):
        return None
    assert setting.low is not None, f"{setting.name} is a number without a range"
    assert setting.high is not None, f"{setting.name} is a number without a range"
    if setting.usual:
        low, high = setting.usual
    elif setting.log:
        middle = base.number(setting.name) or SMALL
        low, high = middle / 100, middle * 100
    elif setting.type is int:
        low, high = base.number(setting.name) / 20, base.number(setting.name) * 20
    else:
        low, high = setting.low, setting.high
    low, high = max(low, setting.low), min(high, setting.high)
    if setting.type is int:
        low, high = max(round(low), 1), round(high)
        return Span(low, high, min(COUNT, round(high - low) + 1))
    return Span(float(f"{low:.2g}"), min(float(f"{high:.2g}"), setting.high), COUNT)


def axis_of(setting: Param, span: Span | None) -> SweepAxis:
    """Make an axis from all named values (`span` None) or from a span, rounded to two digits.

    Spacing is by equal ratios if the setting is logarithmic or high / low is at least FAR, else by equal steps. Raises
    InputError for a span that does not grow, or leaves the setting's range.
    """
    if span is None:
        return SweepAxis(setting.name, choices_for(setting.name))
    if not span.low < span.high or not 2 <= span.count <= MOST:
        raise InputError(f"{setting.label} must grow from left to right, in 2 to {MOST} values.")
    shares = [step / (span.count - 1) for step in range(span.count)]
    if span.low > 0 and (setting.log or span.high / span.low >= FAR):
        values = [span.low * (span.high / span.low) ** share for share in shares]
    else:
        values = [span.low + (span.high - span.low) * share for share in shares]
    inner = [round(value) if setting.type is int else float(f"{value:.2g}") for value in values[1:-1]]
    ends = (int(span.low), int(span.high)) if setting.type is int else (span.low, span.high)
    kept = [value for value in inner if ends[0] < value < ends[1]]
    return SweepAxis(setting.name, tuple(dict.fromkeys([ends[0], *kept, ends[1]])))


@dataclass(frozen=True)
class SweepGrid:
    """A column for each value of `across`, a row for each of `upward`, runs of so many iterations.

    Raises InputError for pairs that cannot be run.
    """

    base: Config
    across: SweepAxis
    upward: SweepAxis
    iterations: int

    def __post_init__(self) -> None:
        if self.across.name == self.upward.name:
            raise InputError("A map needs two different settings.")
        _ = self.configs

    @property
    def columns(self) -> int:
        return len(self.across.values)

    @property
    def rows(self) -> int:
        return len(self.upward.values)

    @cached_property
    def configs(self) -> dict[tuple[int, int], Config]:
        """The run of every (column, row), those first that give a coarse picture."""
        base = _with_use(self.base, (self.across.name, self.upward.name))
        every = max(self.iterations // POINTS, 1)
        base = base.replace(iterations=self.iterations, record_every=every)
        first, second = sorted((self.across, self.upward), key=lambda axis: ORDER.get(axis.name, 1))
        begun = [apply(base, first.name, value) for value in first.values]
        turned = first is self.upward
        found = {}
        for column, row in coarse_first(self.columns, self.rows):
            outer, inner = (row, column) if turned else (column, row)
            found[column, row] = apply(begun[outer], second.name, second.values[inner])
        return found

    @cached_property
    def distinct(self) -> tuple[Config, ...]:
        """Each run once, in the order of `configs`."""
        return tuple(dict.fromkeys(self.configs.values()))


def coarse_first(columns: int, rows: int) -> Iterator[tuple[int, int]]:
    """Every (column, row) once: those of a coarse grid first, then those in the middle between, and so on."""
    step = 1 << (max(columns, rows) - 1).bit_length()
    yield 0, 0
    while step > 1:
        half = step // 2
        for column, row in ((half, half), (0, half), (half, 0)):
            yield from product(range(column, columns, step), range(row, rows, step))
        step = half


def _with_use(base: Config, names: Sequence[str]) -> Config:
    """Change `base` so that the settings called `names` take effect."""
    if not base.hidden and not {"width", "depth"}.isdisjoint(names):
        base = base.replace(hidden=[Shape().width])
    for when in [setting_named(name).when for name in names]:
        if when and not getattr(base, when):
            base = next(changed for changed in _choices(base) if getattr(changed, when))
    return base


def _choices(base: Config) -> Iterator[Config]:
    for setting in params(base):
        if isinstance(setting.type, type) and issubclass(setting.type, Choice):
            for value in setting.type:
                yield base.replace(**{setting.name: value.key})


def marks(grid: SweepGrid) -> dict[str, list[float]]:
    """Where the σ of Xavier and He initialisation lie on an axis `init_std`, if there is one.

    By the initialiser's label: for each value of the other axis a position in cells from the low end, NaN if outside.
    Assumes layers as wide as the first.
    """
    axes = (grid.across, grid.upward)
    axis = next((axis for axis in axes if axis.name == "init_std"), None)
    if axis is None:
        return {}
    upright = axis is grid.across
    found = {}
    for init in MARKED:
        places = []
        for other in range(grid.rows if upright else grid.columns):
            width = grid.configs[(0, other) if upright else (other, 0)].hidden[:1] or (1,)
            places.append(_place(axis.values, init.value.std(width[0], width[0], 0.0)))
        found[init.label] = places
    return found


def _place(values: Sequence[float], value: float) -> float:
    for index, (low, high) in enumerate(pairwise(values)):
        if low <= value <= high:
            return index + 0.5 + log(value / low) / log(high / low)
    return nan
