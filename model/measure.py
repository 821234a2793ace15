"""What is measured of a network at a record, from the arrays that the training step has just filled.

Activations are those of the current batch, not of a fixed probe: they are what this iteration's gradient was computed
from, and they cost no forward pass of their own.
"""

from dataclasses import dataclass
from math import floor, isfinite, log10, sqrt

import numpy as np

from model.activations import Activation
from model.arrays import Array
from model.network import HiddenLayer, Network

BINS = 50
FLAT = 0.05
STEPS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
REACH = 4.0
FURTHEST = 1e37  # no axis is longer than float32 can count along; what lies beyond is counted as that


@dataclass(frozen=True)
class Histogram:
    """How values spread over equal bins from `low` to `high`; all counts are shares of all values, 0..1."""

    low: float
    high: float
    shares: Array
    below: float
    above: float
    zeros: float


@dataclass(frozen=True)
class LayerRecord:
    """One hidden layer at a record: mean and standard deviation of a; shares of flat values and of dead units."""

    name: str
    activation_mean: float
    activation_std: float
    saturated: float
    dead: float
    histogram: Histogram


@dataclass(frozen=True)
class Record:
    """What is measured at one iteration, before its update: everything belongs to the same weights."""

    iteration: int
    loss: float
    train_accuracy: float
    test_accuracy: float
    layers: tuple[LayerRecord, ...]


class Axis:
    """The range of values that all hidden layers of a run are binned over.

    Bounded activations have their bounds. Others get a round number that covers every layer's values up to `REACH`
    standard deviations; it grows at once and shrinks only when less than 40 % of it is used, so pictures stand still.
    """

    def __init__(self, activation: Activation) -> None:
        self.bounds = activation.value.low, activation.value.high
        self.low = self.bounds[0] or 0.0
        self.high = self.bounds[1] or 0.0
        self.fixed = None not in self.bounds

    def cover(self, low: float, high: float) -> None:
        """Make the range fit for values from `low` to `high`."""
        if self.bounds[0] is None:
            self.low = -_reach(-self.low, min(max(-low, 0.0), FURTHEST))
        if self.bounds[1] is None:
            self.high = _reach(self.high, min(max(high, 0.0), FURTHEST))
        if self.high <= self.low:
            self.high = self.low + 1.0


def _reach(now: float, needed: float) -> float:
    if 0.4 * now <= needed <= now:
        return now
    if needed == 0:
        return 0.0
    magnitude = 10.0 ** floor(log10(needed))
    return next((step * magnitude for step in STEPS if step * magnitude >= needed), 10 * magnitude)


class Meter:
    """Measures one network's hidden layers; keeps the axis between records."""

    def __init__(self, network: Network) -> None:
        self.layers = network.hidden
        self.activation = network.config.activation
        self.axis = Axis(self.activation)
        largest = max((layer.activate.a.size for layer in self.layers), default=0)
        self.values = np.empty(largest, network.dtype)
        self.bins = np.empty(largest, np.intp)

    def measure(self) -> tuple[LayerRecord, ...]:
        """All hidden layers after a forward and a backward pass."""
        measured = [(layer, *self._moments(layer.activate.a)) for layer in self.layers]
        if measured and not self.axis.fixed:
            self.axis.cover(
                min(max(mean - REACH * std, float(layer.activate.a.min())) for layer, mean, std in measured),
                max(min(mean + REACH * std, float(layer.activate.a.max())) for layer, mean, std in measured),
            )
        return tuple(self._layer(layer, mean, std) for layer, mean, std in measured)

    def _moments(self, a: Array) -> tuple[float, float]:
        flat, away = a.reshape(-1), self.values[: a.size]
        mean = float(np.add.reduce(flat)) / a.size
        np.subtract(flat, mean, out=away)
        squares = float(np.dot(away, away))
        if isfinite(squares):
            return mean, sqrt(squares / a.size)
        # Just before a run diverges, sums and squares leave the range of floating point while the values are in it.
        largest = float(np.abs(flat).max())
        scaled = flat.astype(np.float64) / largest
        return largest * float(scaled.mean()), largest * float(scaled.std())

    def _layer(self, layer: HiddenLayer, mean: float, std: float) -> LayerRecord:
        a = layer.activate.a
        slope = self.values[: a.size]
        np.absolute(layer.activate.slope.reshape(-1), out=slope)
        flat = int(np.count_nonzero(slope < FLAT * self.activation.max_slope)) / a.size
        dead = 1 - int(np.count_nonzero(a.any(axis=0))) / layer.activate.width
        return LayerRecord(layer.name, mean, std, flat, dead, self._histogram(a))

    def _histogram(self, a: Array) -> Histogram:
        low, high = self.axis.low, self.axis.high
        values, bins = self.values[: a.size], self.bins[: a.size]
        # One extra bin on either side catches what lies beyond; the upper bound itself belongs to the last bin.
        np.subtract(a.reshape(-1), low, out=values)
        np.multiply(values, BINS / (high - low), out=values)
        values.clip(-1, BINS + 0.5, out=values)
        np.floor(values, out=values)
        values += 1
        np.copyto(bins, values, casting="unsafe")
        counts = np.bincount(bins, minlength=BINS + 2)
        above = np.count_nonzero(a > high)  # what only rounds to beyond the bound belongs to the last bin
        counts[BINS] += counts[BINS + 1] - above
        counts[BINS + 1] = above
        zeros = int(np.count_nonzero(a == 0)) if self.activation.exact_zeros else 0
        counts[1 + int(-low * BINS / (high - low))] -= zeros
        shares = counts / a.size
        shares.flags.writeable = False
        return Histogram(low, high, shares[1:-1], float(shares[0]), float(shares[-1]), zeros / a.size)
