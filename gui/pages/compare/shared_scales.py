"""Shared scales of the columns: they hold while the same runs are shown, and only grow."""

from collections.abc import Iterable, Sequence

from gui.pages.compare.run_moment import RunMoment
from gui.plots.log_scale import LogScale
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


class Values:
    """Axis of activations, with a margin on the left for a bar of exact zeros if `zeros` is set."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.low, self.high = bounds or (0.0, 0.0)
        self.zeros = False

    def cover(self, histogram: Histogram) -> bool:
        """Grow to hold a histogram; return whether that changed the axis."""
        if self.bounds or (self.low <= histogram.low and histogram.high <= self.high):
            return False
        self.low, self.high = min(self.low, histogram.low), max(self.high, histogram.high)
        return True

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
        self.values: dict[Bounds, Values] = {}
        for config in configs:
            bounds = bounds_of(config.activation)
            values = self.values.setdefault(bounds, Values(bounds))
            values.zeros |= config.activation.exact_zeros

    def of(self, config: Config) -> Values:
        """Axis of this run's activations."""
        return self.values[bounds_of(config.activation)]

    def cover(self, config: Config, seen: RunMoment) -> bool:
        """Grow to hold a run's records; return whether plots drawn before must be drawn again."""
        deltas = [layer.delta_rms for record in (seen.figures, seen.start) for layer in record.all_layers]
        grown = self.delta.cover(deltas)
        values = self.of(config)
        for histogram in _histograms(seen):
            grown |= values.cover(histogram)
        return grown


def _histograms(seen: RunMoment) -> Iterable[Histogram]:
    for record in (seen.pictures, seen.start):
        for layer in record.layers:
            if layer.histograms.a:
                yield layer.histograms.a
