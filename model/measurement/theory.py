"""Mean-field theory of a network before its first step, from the standard deviation of its initial weights alone.

A layer is a population of units. Each has a mean over images, which carries no information about them, and a spread
over images, the part of the signal that depends on the input. Both are followed stage by stage through random weights
and Gaussian z (Glorot & Bengio 2010; He et al. 2015; means: Poole et al. 2016, Schoenholz et al. 2017; batch norm:
Ioffe & Szegedy 2015; layer norm: Ba et al. 2016), and so are mean and spread of δ on the way back. Around a residual
layer both are added, since random weights tie neither way to the other (Yang & Schoenholz 2017; Hanin & Rolnick 2018:
with He weights and ReLU the signal's variance doubles at each such layer).

It fails in layers of few units, where networks differ; slightly at layer 1, where pixels are correlated; through many
layers of ReLU, where at last only the images' brightness is visible, which here all share; with batch norm, where units
differ more than they should and the statistics are the batch's (after ReLU or saturated units, the few that hardly vary
in a batch decide the RMS); where rounding drowns the spread; and once training has tied the weights to the data. With
batches of three images or fewer batch norm's 1 / variance has no mean, and so δ no expected size before it: it is NaN.
So is what a residual network of an unbounded activation, without normalisation, has let grow too far: all its units
follow an image's brightness, and then both ways tell the same. Measured at widths of 200 and 500, signals are a fifth
too small where they have grown by SIGNAL_GROWTH, and δ by DELTA_GROWTH.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import nan

import numpy as np

from model.base.language import Message
from model.config.config import Config
from model.data.datasets import Dataset
from model.data.pixel_scaling import Pixels
from model.measurement.gains import Gain, gains, residual_gains, rms
from model.measurement.theory_of_loss import delta_at_logits
from model.measurement.theory_stages import SMALLEST_BATCH, StagePassed, Units, through
from model.network.network import hidden_layer
from model.nn.layers import Affine, Stage
from model.nn.residual import Residual, ShortcutEnd, ShortcutStart

SAMPLED_PIXELS = 1_600_000  # about 2,000 images of MNIST
BATCH_GAP = Message("batches of {images} images or fewer tell too little of a variance", images=SMALLEST_BATCH)
RESIDUAL_GAP = Message("around so many layers the images' brightness decides, which theory takes to be equal")
SIGNAL_GROWTH, DELTA_GROWTH = 3.0, 14.0  # over the first hidden layer, over the last


@dataclass(frozen=True)
class Images:
    """Statistics of scaled images: RMS of their mean image, and RMS of the spread around it."""

    inputs: int
    classes: int
    mean: float
    std: float


@dataclass(frozen=True)
class Expected:
    """Theory of one layer: spread of its output over images (RMS over units), RMS of δ, gains in order of passage.

    `gain` begins where the next layer's ends and leads to this layer's δ = ∂L/∂z, of a residual layer to the gradient
    at its input; the output layer has one only with squared error.
    """

    name: str
    signal_std: float
    delta_rms: float
    gain: tuple[Gain, ...]
    signal_gain: tuple[Gain, ...]


@dataclass(frozen=True)
class Theory:
    """Theory of a whole network; `layers` are the hidden ones, `missing` says why some figures are NaN, if any are."""

    input_std: float
    layers: tuple[Expected, ...]
    output: Expected
    missing: Message | None = None

    @property
    def gap(self) -> str:
        """Why some figures are NaN, '' if none is."""
        return str(self.missing or "")


def images_of(dataset: Dataset, pixels: Pixels = Pixels.UNIT) -> Images:
    """Measure the statistics of about 1.6 million pixels of random training images, scaled as `pixels` says."""
    # Not every n-th of them: MNIST's come from two sources in turn, and the even ones have 15 % less ink.
    drawn = np.random.default_rng(0).integers(0, len(dataset.train_images), max(SAMPLED_PIXELS // dataset.inputs, 2))
    x = dataset.train_images[drawn]
    mean, scaling = x.mean(axis=0), pixels.value.of(dataset)
    spread = scaling.factor * rms(x - mean)
    return Images(dataset.inputs, dataset.classes, rms(scaling.factor * mean + scaling.shift), spread)


@dataclass(frozen=True)
class _Layer:
    """A layer that the signal has passed: its stages but those of a residual connection, and what it was given."""

    name: str
    steps: list[StagePassed]
    before: Units
    residual: bool

    @property
    def through(self) -> Units:
        """What came through the layer."""
        return self.steps[-1].after

    @property
    def after(self) -> Units:
        """What leaves the layer."""
        return self.before.plus(self.through) if self.residual else self.through

    @property
    def signal_gain(self) -> tuple[Gain, ...]:
        before, through, after = (units.rms(units.std) for units in (self.before, self.through, self.after))
        if self.residual:
            return residual_gains(before, through, after)
        stds = [before, *(step.after.rms(step.after.std) for step in self.steps)]
        return gains([step.name for step in self.steps], stds)

    def expected(self, delta: float, gain: tuple[Gain, ...]) -> Expected:
        after = self.after
        return Expected(self.name, after.rms(after.std), delta, gain, self.signal_gain)


def predict(config: Config, images: Images) -> Theory:
    """Predict signal, δ and gains of `config`'s network at its first iteration, for such images."""
    layers: list[_Layer] = []
    units = Units.of(images.mean, images.std)
    # The largest weights make squares that leave float64, which GELU and `rms` expect.
    with np.errstate(over="ignore", invalid="ignore"):
        for name, stages, residual in _stages(config, images.inputs, images.classes):
            layers.append(_Layer(name, _forward(stages, units, config), units, residual))
            units = layers[-1].after
        delta, gain = delta_at_logits(config, units, images.classes)
        output = layers[-1].expected(delta.size, gain)
        hidden: list[Expected] = []
        for layer, following in zip(layers[-2::-1], layers[:0:-1], strict=True):
            passed = _back_to(layer, following, delta, first=layer is layers[0])
            hidden.append(layer.expected(passed.delta, passed.gain))
            delta = passed.arriving
        found = Theory(images.std, tuple(reversed(hidden)), output)
    if config.averages and config.batch_size <= SMALLEST_BATCH:
        return replace(found, missing=BATCH_GAP)
    return _known(config, found)


def _known(config: Config, theory: Theory) -> Theory:
    """Leave out (NaN) the signals and δ of a residual network that brightness makes larger by more than a fifth."""
    unbounded = config.activation.value.high is None
    if config.residual is Residual.OFF or config.normalises or not unbounded or not config.hidden:
        return theory
    signal, delta = theory.layers[0].signal_std, theory.layers[-1].delta_rms

    def known(layer: Expected) -> Expected:
        grown = layer.signal_std > SIGNAL_GROWTH * signal, layer.delta_rms > DELTA_GROWTH * delta
        return replace(
            layer,
            signal_std=nan if grown[0] else layer.signal_std,
            delta_rms=nan if grown[1] else layer.delta_rms,
        )

    layers, output = tuple(map(known, theory.layers)), known(theory.output)
    return replace(theory, layers=layers, output=output, missing=None if layers == theory.layers else RESIDUAL_GAP)


def _stages(config: Config, inputs: int, classes: int) -> list[tuple[str, list[Stage], bool]]:
    """Name and stages of each layer of the network, and whether it is residual; without memory for parameters."""
    found, width = [], inputs
    for index, units in enumerate(config.hidden):
        layer = hidden_layer(config, index, width)
        inner: list[Stage] = [stage for stage in layer.stages if not isinstance(stage, ShortcutStart | ShortcutEnd)]
        found.append((layer.name, inner, layer.residual))
        width = units
    return [*found, (config.layer_names[-1], [Affine(width, classes, first=not config.hidden)], False)]


def _forward(stages: list[Stage], units: Units, config: Config) -> list[StagePassed]:
    steps: list[StagePassed] = []
    for stage in stages:
        steps.append(through(stage, units, config))
        units = steps[-1].after
    return steps


@dataclass(frozen=True)
class _WayBack:
    """A way back through a layer: its gains, RMS of its δ, and the gradient where its line of the ledger ends."""

    gain: tuple[Gain, ...]
    delta: float
    arriving: Units


def _back_to(layer: _Layer, following: _Layer, gradient: Units, *, first: bool) -> _WayBack:
    """The way from where the line of the next layer ends: at its δ, or if it is residual at this layer's output."""
    onward = [] if following.residual else [following.steps[0]]
    outer, gradient = _through_steps(onward, gradient.alike)
    inner, delta = _through_steps(layer.steps[:0:-1], gradient.over(layer.through.share))
    if not layer.residual or first:
        return _WayBack((*outer, *inner), delta.size, delta)
    weights = layer.steps[0].back(delta.alike)
    both = weights.beside(gradient)
    return _WayBack((*outer, *residual_gains(gradient.size, weights.size, both.size)), delta.size, both)


def _through_steps(steps: Sequence[StagePassed], gradient: Units) -> tuple[tuple[Gain, ...], Units]:
    strengths = [gradient.size]
    for step in steps:
        gradient = step.back(gradient)
        strengths.append(gradient.size)
    return gains([step.name for step in steps], strengths), gradient
