"""Rules of mean-field theory for single stages: what each does to a population of units, forward and backward."""

from dataclasses import dataclass
from functools import singledispatch
from math import hypot, nan, sqrt
from typing import Self

import numpy as np

from model.base.arrays import Array
from model.config.config import Config
from model.measurement.gains import rms
from model.nn.batch_norm import BatchNorm
from model.nn.layer_norm import LayerNorm
from model.nn.layers import Activate, Affine, Stage

QUADRATURE_POINTS = 96  # even, so that none lies on ReLU's kink
REACH_STDS = 8.5  # standard deviations; 2e-17 of a Gaussian lies beyond
FAR_STDS = 4.0  # standard deviations from the mean at which a bend matters no more: 3e-5 of a Gaussian lie beyond
FINEST_STDS = 1e-5  # of a standard deviation; no bounded activation has z more than 1e5 times as wide as its bend
SMALLEST_BATCH = 3  # images, of which 1 / variance has no mean over batches
LINEAR_SPREAD = 1e-4  # a spread so small beside the mean would drown in rounding, but f is straight there


@dataclass(frozen=True)
class Units:
    """Units of a layer by kind, (kinds,) each: share of the units, mean and spread over images of output or δ."""

    share: Array
    mean: Array
    std: Array

    def rms(self, values: Array) -> float:
        """RMS over all units of `values`, (kinds,)."""
        return rms(values * np.sqrt(self.share * self.share.size))

    @classmethod
    def of(cls, mean: float, std: float) -> Self:
        """Units of one kind."""
        return cls(np.ones(1), np.array([mean]), np.array([std]))

    @property
    def size(self) -> float:
        """RMS over units and images."""
        return self.rms(np.hypot(self.mean, self.std))

    @property
    def alike(self) -> "Units":
        """Units of one kind with the RMS of these, as behind random weights."""
        return Units.of(self.rms(self.mean), self.rms(self.std))

    def over(self, share: Array) -> "Units":
        """These, which are of one kind, as units of the kinds that `share` counts."""
        return Units(share, np.full_like(share, self.mean[0]), np.full_like(share, self.std[0]))

    def beside(self, other: "Units") -> "Units":
        """The sum of two gradients that random weights have made independent: of one kind, with the RMS of the sum."""
        both = (self, other)
        return Units.of(hypot(*(each.rms(each.mean) for each in both)), hypot(*(each.rms(each.std) for each in both)))

    def plus(self, other: "Units") -> "Units":
        """The sum of two signals that random weights have made independent, unit by unit; means have signs.

        Two kinds, whose means have the average and the RMS of the sum.
        """
        averages = [float(np.vecdot(each.share, each.mean)) for each in (self, other)]
        average = sum(averages)
        apart = hypot(
            *(
                sqrt(max(each.rms(each.mean) ** 2 - mean**2, 0.0))
                for each, mean in zip((self, other), averages, strict=True)
            )
        )
        std = hypot(*(each.rms(each.std) for each in (self, other)))
        return Units(np.full(2, 0.5), np.array([average - apart, average + apart]), np.full(2, std))


@dataclass(frozen=True)
class StagePassed:
    """Passage through a stage: the units before and after it, and its factors for δ on the way back.

    mean_out = keep · mean and std_out² = (own · std)² + (scatter · mean)², over images, kind by kind.
    """

    name: str
    before: Units
    after: Units
    own: Array
    keep: Array
    scatter: Array

    def back(self, delta: Units) -> Units:
        """Propagate δ from the stage's output to its input."""
        return Units(delta.share, self.keep * delta.mean, np.hypot(self.own * delta.std, self.scatter * delta.mean))


@singledispatch
def through(stage: Stage, units: Units, config: Config) -> StagePassed:
    """Pass `units` through `stage`; each kind of stage registers its rule, a kind without one raises TypeError."""
    raise TypeError(f"model/measurement/theory_stages.py has no rule for the stage {type(stage).__name__}.")


@through.register
def through_weights(stage: Affine, units: Units, config: Config) -> StagePassed:
    """Weights: √n_in σ · RMS of the inputs, for means and spreads alike; biases add to means; backward √n_out σ."""
    sigma = config.init.value.std(stage.n_in, stage.width, config.init_std)
    mean, std = (sqrt(stage.n_in) * sigma * units.rms(part) for part in (units.mean, units.std))
    mean = hypot(mean, config.init.value.bias_std(stage.n_in))
    # Among the means f changes within 1, or within the spread.
    narrow = max(1.0, std)
    points, share = _gaussian(np.array(0.0), np.array(narrow / mean if mean > narrow else 1.0))
    back = np.array(sqrt(stage.width) * sigma)
    out = Units(share, mean * points, np.full_like(share, std))
    return StagePassed(stage.name, units, out, back, back, np.zeros(1))


@through.register
def through_slope(stage: Activate, units: Units, config: Config) -> StagePassed:
    """Activation: mean and spread of f(z), z ~ N(mean, spread²), by kind; backward √E[f'(z)²], of means E[f'(z)]."""
    mean, std = units.mean[:, None], units.std[:, None]
    # Dense where z = 0, wherever that is in the Gaussian: there are the kinks and bends. Far from it f is straight, and
    # the Gaussian itself would be left with too few points.
    centre = np.divide(-mean, std, out=np.zeros_like(mean), where=std > 0)
    near = np.abs(centre) <= FAR_STDS
    points, share = _gaussian(np.where(near, centre, 0), np.where(near, 1 / np.maximum(1, std), 1))
    z = mean + std * points
    a, slope = stage.activation.value.evaluate(z)
    largest = float(np.abs(a).max()) or 1.0
    a /= largest
    mean_a, mean_slope = np.vecdot(share, a), np.vecdot(share, slope)
    std_a = largest * np.sqrt(np.vecdot(share, (a - mean_a[:, None]) ** 2))
    straight = units.std <= LINEAR_SPREAD * np.minimum(np.abs(units.mean), 1)
    out = Units(units.share, largest * mean_a, np.where(straight, np.abs(mean_slope) * units.std, std_a))
    scatter = np.sqrt(np.vecdot(share, (slope - mean_slope[:, None]) ** 2))
    return StagePassed(stage.name, units, out, np.hypot(mean_slope, scatter), mean_slope, scatter)


@through.register
def through_batch_norm(stage: BatchNorm, units: Units, config: Config) -> StagePassed:
    """Batch norm: mean 0, spread √(v/(v+ε)), v = (1 − 1/m) spread²; backward √(1 − 2/m + (ε/(v+ε))²/m) / √(v+ε).

    Of a batch's m directions δ loses two, its mean and its part along x̂; ε leaves ε/(v+ε) of the latter. On the way
    back v is (m − 3)/(m − 1) of itself: the mean over batches of 1 / variance is (m − 1)/(m − 3) times 1 / its mean
    (inverse χ²); up to m = 3 there is none.
    """
    m = config.batch_size
    spread = units.std * sqrt(1 - 1 / m)
    total = np.hypot(spread, sqrt(stage.epsilon))
    out = spread / total
    typical = sqrt((m - 3) / (m - 1)) if m > SMALLEST_BATCH else nan
    own = np.sqrt(1 - 2 / m + (1 - out * out) ** 2 / m) / np.hypot(typical * spread, sqrt(stage.epsilon))
    nothing = np.zeros_like(out)
    return StagePassed(stage.name, units, Units(units.share, nothing, out), own, nothing, nothing)


@through.register
def through_layer_norm(stage: LayerNorm, units: Units, config: Config) -> StagePassed:
    """Layer norm: divides by √(v+ε), v the variance among units, of means and spreads; backward √(1 − 2/n) / √(v+ε).

    Of an image's n directions δ loses two, its mean and its part along x̂.
    """
    n = stage.width
    mean = float(np.vecdot(units.share, units.mean))
    away = units.mean - mean
    total = hypot(units.rms(np.hypot(away, units.std)) * sqrt(1 - 1 / n), sqrt(stage.epsilon))
    back = np.array(sqrt(1 - 2 / n) / total)
    return StagePassed(stage.name, units, Units(units.share, away / total, units.std / total), back, back, np.zeros(1))


def _gaussian(centre: Array, width: Array) -> tuple[Array, Array]:
    """Quadrature points of a standard normal and their weights, densest (spacing about `width`) around `centre`.

    Midpoint rule in u for s = centre + width · sinh u, between points so that the centre is an edge.
    """
    width = np.maximum(width, FINEST_STDS)
    furthest = np.arcsinh((REACH_STDS + np.abs(centre)) / width)
    u = (np.arange(QUADRATURE_POINTS) - (QUADRATURE_POINTS - 1) / 2) * (2 / QUADRATURE_POINTS) * furthest
    points = centre + width * np.sinh(u)
    share = np.exp(-0.5 * points * points) * np.cosh(u)
    return points, share / share.sum(axis=-1, keepdims=True)
