"""Shared scales of the columns: they hold while the same runs are shown, and no run that explodes decides them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf, isfinite, log10

from gui.pages.compare.run_moment import RunMoment
from gui.plots.log_scale import LogScale
from gui.plots.shared_axis import ACTIVATIONS, decades_beyond, decades_held
from model.config.config import Config
from model.measurement.histograms import Histogram
from model.nn.activations import Activation

Bounds = tuple[float, float] | None
ZEROS, WIDEST_ZEROS = 0.12, 26.0  # of a plot's width, pixels
SPARE_DECADES = 0.15  # between the smallest δ and the scale's low end


def bounds_of(activation: Activation) -> Bounds:
    """Range of a bounded activation function; None if it is unbounded to either side."""
    low, high = activation.value.low, activation.value.high
    return None if low is None or high is None else (low, high)


@dataclass
class Extent:
    """What a run has shown so far: its lowest and highest activation and log10 RMS of δ; with infinite δ, infinity."""

    low: float = 0.0
    high: float = 0.0
    least: float = inf
    most: float = -inf

    def grow(self, seen: RunMoment) -> bool:
        """Take in a run's records; return whether that changed anything."""
        before = (self.low, self.high, self.least, self.most)
        for histogram in _histograms(seen):
            self.low, self.high = min(self.low, histogram.low), max(self.high, histogram.high)
        for record in (seen.figures, seen.start):
            logs = [log10(layer.delta_rms) for layer in record.all_layers if layer.delta_rms > 0]
            self.least = min([self.least, *(each for each in logs if isfinite(each))])
            self.most = max([self.most, *logs])
        return (self.low, self.high, self.least, self.most) != before


class Values:
    """Axis of activations, with a margin on the left for a bar of exact zeros if `zeros` is set."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.low, self.high = bounds or (0.0, 0.0)
        self.zeros = False

    def fit(self, extents: Mapping[str, "Extent"]) -> bool:
        """Fit the extents of these runs, where it is not bounded; return whether that changed the axis."""
        before = self.low, self.high
        if not self.bounds:
            # Whoever has nothing on one side says nothing about that side.
            self.low = -ACTIVATIONS.reach(-each.low for each in extents.values() if each.low)
            self.high = ACTIVATIONS.reach(each.high for each in extents.values() if each.high)
        return (self.low, self.high) != before

    def beyond(self, extents: Mapping[str, "Extent"]) -> set[str]:
        """The runs of which some activations lie beyond the axis."""
        return {run for run, each in extents.items() if each.low < self.low or each.high > self.high}

    def margin(self, width: float) -> float:
        """Pixels for the exact zeros, in a plot of this width."""
        return min(ZEROS * width, WIDEST_ZEROS) if self.zeros else 0.0

    @property
    def extent(self) -> float:
        """Length of the axis in values, without the margin."""
        return self.high - self.low or 1.0


class SharedScales:
    """Scales of iterations, layers, RMS of δ and activations.

    All runs share one axis of each but activations, where 0..1 and -1..1 would be a sliver on an unbounded axis:
    there, runs with the same bounds share one, and all unbounded ones another.
    """

    def __init__(self, configs: Sequence[Config]) -> None:
        self.iterations = max((config.iterations for config in configs), default=1) or 1
        self.layers = max((len(config.hidden) for config in configs), default=0)
        self.delta = LogScale(below=SPARE_DECADES)
        self.extents: dict[Bounds, dict[str, Extent]] = {}
        self.values: dict[Bounds, Values] = {}
        for config in configs:
            bounds = bounds_of(config.activation)
            values = self.values.setdefault(bounds, Values(bounds))
            values.zeros |= config.activation.exact_zeros

    def of(self, config: Config) -> Values:
        """Axis of this run's activations."""
        return self.values[bounds_of(config.activation)]

    def cover(self, run: str, config: Config, seen: RunMoment) -> bool:
        """Take in the records of the run with this id; return whether plots drawn before must be drawn again."""
        extents = self.extents.setdefault(bounds_of(config.activation), {})
        if not extents.setdefault(run, Extent()).grow(seen):
            return False
        changed = self.of(config).fit(extents)
        return self._fit_delta() or changed

    def _fit_delta(self) -> bool:
        found = [each for each in self._all.values() if isfinite(each.least)]
        scale = LogScale(below=SPARE_DECADES)
        if found:
            ends = decades_held([each.least for each in found], [each.most for each in found])
            scale.cover(10.0**end for end in ends)
        changed = (scale.low, scale.high) != (self.delta.low, self.delta.high)
        self.delta = scale
        return changed

    @property
    def _all(self) -> dict[str, Extent]:
        return {run: each for extents in self.extents.values() for run, each in extents.items()}

    @property
    def beyond(self) -> int:
        """Number of runs of which something lies beyond a shared axis."""
        found = {run: each for run, each in self._all.items() if isfinite(each.least)}
        far = decades_beyond([each.least for each in found.values()], [each.most for each in found.values()])
        runs = {run for run, is_far in zip(found, far, strict=True) if is_far}
        return len(runs.union(*(self.values[bounds].beyond(each) for bounds, each in self.extents.items())))


def _histograms(seen: RunMoment) -> Iterable[Histogram]:
    for record in (seen.pictures, seen.start):
        for layer in record.layers:
            if layer.histograms.a:
                yield layer.histograms.a
