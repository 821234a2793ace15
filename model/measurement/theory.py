"""Mean-field theory of a network before its first step, from the standard deviation of its initial weights alone.

A layer is a population of units. Each has a mean over images, which carries no information about them, and a spread
over images, the part of the signal that depends on the input. Both are followed stage by stage through random weights
and Gaussian z (Glorot & Bengio 2010; He et al. 2015; means: Poole et al. 2016, Schoenholz et al. 2017; batch norm:
Ioffe & Szegedy 2015), and so are mean and spread of δ on the way back.

It fails in layers of few units, where networks differ; slightly at layer 1, where pixels are correlated; through many
layers of ReLU, where at last only the images' brightness is visible, which here all share; with batch norm, where units
differ more than they should and the statistics are the batch's (after ReLU or saturated units, the few that hardly vary
in a batch decide the RMS); where rounding drowns the spread; and once training has tied the weights to the data.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial, singledispatch
from itertools import pairwise
from math import sqrt

import numpy as np

from model.base.arrays import Array
from model.config.config import Config
from model.data.datasets import Dataset
from model.measurement.gains import Gain, gains, rms
from model.nn.layers import Activate, Affine, Stage
from model.nn.normalization import BatchNorm

SAMPLED_PIXELS = 1_600_000  # about 2,000 images of MNIST
DRAWN_LOGITS = 40_000
QUADRATURE_POINTS = 96  # even, so that none lies on ReLU's kink
REACH_STDS = 8.5  # standard deviations; 2e-17 of a Gaussian lies beyond
FINEST_STDS = 1e-5  # of a standard deviation; no bounded activation has z more than 1e5 times as wide as its bend
LINEAR_SPREAD = 1e-4  # a spread so small beside the mean would drown in rounding, but f is straight there


@dataclass(frozen=True)
class Images:
    """Statistics of a data set: RMS of its mean image, and RMS of the spread around it, of pixels from 0 to 1."""

    inputs: int
    classes: int
    mean: float
    std: float


@dataclass(frozen=True)
class Expected:
    """Theory of one layer: spread of its output over images (RMS over units), RMS of δ, gains in order of passage.

    `gain` begins with the next layer's weights and ends at this layer's δ = ∂L/∂z; the output layer has none.
    """

    name: str
    signal_std: float
    delta_rms: float
    gain: tuple[Gain, ...]
    signal_gain: tuple[Gain, ...]


@dataclass(frozen=True)
class Theory:
    """Theory of a whole network; `layers` are the hidden ones."""

    input_std: float
    layers: tuple[Expected, ...]
    output: Expected


@dataclass(frozen=True)
class Units:
    """Units of a layer by kind, (kinds,) each: share of the units, mean and spread over images of output or δ."""

    share: Array
    mean: Array
    std: Array

    def rms(self, values: Array) -> float:
        """RMS over all units of `values`, (kinds,)."""
        return rms(values * np.sqrt(self.share * self.share.size))

    @property
    def size(self) -> float:
        """RMS over units and images."""
        return self.rms(np.hypot(self.mean, self.std))


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


def images_of(dataset: Dataset) -> Images:
    """Measure the statistics of about 1.6 million pixels of random training images."""
    # Not every n-th of them: MNIST's come from two sources in turn, and the even ones have 15 % less ink.
    drawn = np.random.default_rng(0).integers(0, len(dataset.train_images), max(SAMPLED_PIXELS // dataset.inputs, 2))
    x = dataset.train_images[drawn]
    mean = x.mean(axis=0)
    return Images(dataset.inputs, dataset.classes, rms(mean) / 255, rms(x - mean) / 255)


def predict(config: Config, images: Images) -> Theory:
    """Predict signal, δ and gains of `config`'s network at its first iteration, for such images."""
    layers: list[tuple[str, list[StagePassed]]] = []
    units = Units(np.ones(1), np.array([images.mean]), np.array([images.std]))
    # The largest weights make squares that leave float64, which GELU and `rms` expect.
    with np.errstate(over="ignore"):
        for name, stages in stages_of(config, images.inputs, images.classes):
            layers.append((name, _forward(stages, units, config)))
            units = layers[-1][1][-1].after
        delta = _delta_at_logits(units, images.classes, config.batch_size)
        output = _expected(*layers[-1], delta, ())
        hidden: list[Expected] = []
        for (name, steps), (_, following) in zip(layers[-2::-1], layers[:0:-1], strict=True):
            gain, delta = _backward(delta, (following[0], *steps[:0:-1]))
            hidden.append(_expected(name, steps, delta, gain))
    return Theory(images.std, tuple(reversed(hidden)), output)


def stages_of(config: Config, inputs: int, classes: int) -> Iterator[tuple[str, list[Stage]]]:
    """Yield name and stages of each layer of `config`'s Network, without its parameters, which cost memory and time."""
    widths = (inputs, *config.hidden)
    for name, (n_in, units) in zip(config.layer_names[:-1], pairwise(widths), strict=True):
        norm = partial(BatchNorm, units, config.bn_momentum, config.bn_epsilon)
        others = config.batch_norm.value.stages(norm, Activate(units, config.activation))
        yield name, [Affine(n_in, units, first=name == config.layer_names[0]), *others]
    yield config.layer_names[-1], [Affine(widths[-1], classes, first=not config.hidden)]


def _forward(stages: list[Stage], units: Units, config: Config) -> list[StagePassed]:
    steps: list[StagePassed] = []
    for stage in stages:
        steps.append(through(stage, units, config))
        units = steps[-1].after
    return steps


def _expected(name: str, steps: Sequence[StagePassed], delta: Units, gain: tuple[Gain, ...]) -> Expected:
    stds = [units.rms(units.std) for units in (steps[0].before, *(step.after for step in steps))]
    return Expected(name, stds[-1], delta.size, gain, gains([step.name for step in steps], stds))


def _backward(delta: Units, steps: Sequence[StagePassed]) -> tuple[tuple[Gain, ...], Units]:
    """Return the gains from the next layer's δ to this one's, and this one's; `steps` begin with the next weights."""
    share = steps[0].before.share
    strengths = [delta.size]
    delta = Units(share, *(np.full_like(share, delta.rms(part)) for part in (delta.mean, delta.std)))
    for step in steps:
        delta = step.back(delta)
        strengths.append(delta.size)
    return gains([step.name for step in steps], strengths), delta


def _delta_at_logits(units: Units, classes: int, batch: int) -> Units:
    """Estimate δ = (p − one-hot) / batch, p = softmax of random logits of two images, labels independent of them.

    Over K classes its mean square is (1 − 1/K + Σ(p − 1/K)²) / K, and between two images Σ(p − 1/K)(p' − 1/K) / K.
    """
    rng = np.random.default_rng(0)
    draws = DRAWN_LOGITS // classes
    logits = units.rms(units.std) * rng.standard_normal((2, draws, classes))
    logits += units.rms(units.mean) * rng.standard_normal((draws, classes))
    p = np.exp(logits - logits.max(axis=-1, keepdims=True))
    p = p / p.sum(axis=-1, keepdims=True) - 1 / classes
    square = 1 - 1 / classes + float((p * p).sum()) / (2 * draws)
    common = max(0.0, float((p[0] * p[1]).sum()) / draws)
    mean, std = (sqrt(part / classes) / batch for part in (common, square - common))
    return Units(np.ones(1), np.array([mean]), np.array([std]))


@singledispatch
def through(stage: Stage, units: Units, config: Config) -> StagePassed:
    """Pass `units` through `stage`; each kind of stage registers its rule, a kind without one raises TypeError."""
    raise TypeError(f"model/measurement/theory.py has no rule for the stage {type(stage).__name__}.")


@through.register
def through_weights(stage: Affine, units: Units, config: Config) -> StagePassed:
    """Weights: √n_in σ · RMS of the inputs, for means and spreads alike; backward √n_out σ."""
    sigma = config.init.value.std(stage.n_in, stage.width, config.init_std)
    mean, std = (sqrt(stage.n_in) * sigma * units.rms(part) for part in (units.mean, units.std))
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
    # Dense where z = 0, wherever that is in the Gaussian: there are the kinks and bends.
    centre = np.divide(-mean, std, out=np.zeros_like(mean), where=std > 0).clip(-REACH_STDS, REACH_STDS)
    points, share = _gaussian(centre, 1 / np.maximum(1, std))
    z = mean + std * points
    a, slope, scratch = (np.empty_like(z) for _ in range(3))
    stage.value(z, a, scratch)
    stage.derivative(z, a, slope, scratch)
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

    Of a batch's m directions δ loses two, its mean and its part along x̂; ε leaves ε/(v+ε) of the latter.
    """
    m = config.batch_size
    spread = units.std * sqrt(1 - 1 / m)
    total = np.hypot(spread, sqrt(stage.epsilon))
    out = spread / total
    own = np.sqrt(1 - 2 / m + (1 - out * out) ** 2 / m) / total
    nothing = np.zeros_like(out)
    return StagePassed(stage.name, units, Units(units.share, nothing, out), own, nothing, nothing)


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
