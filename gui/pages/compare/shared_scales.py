"""The scales that all columns share; they hold for as long as the same runs are shown, and only grow."""

from collections.abc import Iterable, Sequence

from gui.pages.compare.run_moment import RunMoment
from gui.plots.log_scale import LogScale
from model.config.config import Config
from model.measurement.histograms import Histogram
from model.nn.activations import Activation

Bounds = tuple[float, float] | None
ZEROS, WIDEST_ZEROS = 0.12, 26.0  # of a plot's width, pixels
SPARE_DECADES = 0.15  # decades between the smallest δ and the scale's low end


def bounds_of(activation: Activation) -> Bounds:
    """The range of a bounded activation; None for all those that have none."""
    low, high = activation.value.low, activation.value.high
    return None if low is None or high is None else (low, high)


class Values:
    """The axis of activations, with room on the left for a bar of exact zeros where there are such."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.low, self.high = bounds or (0.0, 0.0)
        self.zeros = False

    def cover(self, histogram: Histogram) -> bool:
        """Make room; whether it took any."""
        if self.bounds or (self.low <= histogram.low and histogram.high <= self.high):
            return False
        self.low, self.high = min(self.low, histogram.low), max(self.high, histogram.high)
        return True

    def margin(self, width: float) -> float:
        """How many pixels of a plot's width are for the exact zeros."""
        return min(ZEROS * width, WIDEST_ZEROS) if self.zeros else 0.0

    @property
    def extent(self) -> float:
        """From one end to the other, without the room for zeros."""
        return self.high - self.low or 1.0


class SharedScales:
    """Iterations, layers, RMS of δ, and activations.

    All runs share one axis of each but of activations, where 0..1 and -1..1 would be a sliver of what is unbounded:
    there, those with the same bounds share one, and all those without.
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
        """The axis of this run's activations."""
        return self.values[bounds_of(config.activation)]

    def cover(self, config: Config, seen: RunMoment) -> bool:
        """Make room for what is to be drawn; whether anything that is drawn already must be drawn anew."""
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
