"""Faults of settings: what networks that learn do not have, by the setting alone, whatever a run's records show.

The limits were read off drawn networks that were trained with one setting changed at a time (tests/interventions).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log

import numpy as np

from model.config.config import Config
from model.data.pixel_scaling import Pixels
from model.diagnosis.verdict import Cause
from model.nn.activations import Activation
from model.nn.initializers import Initializer
from model.nn.loss import Loss
from model.nn.normalization import Norm
from model.nn.optimizers import AdaGrad, Adam, Optimizer, RMSProp
from model.nn.residual import Residual

RELU_AND_KIN = (Activation.RELU, Activation.LEAKY_RELU, Activation.ELU, Activation.GELU, Activation.SILU)
# Optimisers whose steps do not depend on the size of the gradient.
ADAPTIVE = (AdaGrad, RMSProp, Adam)
# Times the usual learning rate, above or below which it is far from it.
FAR_RATE_FACTOR = 9.0
# Images of which mean and variance tell too little, and of which a gradient is mostly noise at the usual rate.
FEW_COMPARED, FEW_IMAGES = 8, 4
# Units through which ten classes do not pass.
NARROW_UNITS = 3
# A velocity that remembers more than twenty steps overshoots at the usual rate.
LONG_MEMORY = 0.95
# Weights that all layers together make so many times too small or too large for the activation.
SMALL_FACTOR, LARGE_FACTOR = 1 / 300, 30.0
# Share of the gradient that slopes must leave: three sigmoids leave 1/64.
ENOUGH_SHARE = 0.01
# Weight decay with which the weights lose so much of the logarithm of their size over the run.
MUCH_DECAY = 1.0
SHORT_GRADIENT = 0.05
SLOW_AVERAGE = 0.99
DEEP_LAYERS = 8


@dataclass(frozen=True)
class Fault:
    """A setting that ails a network, as its cause calls it; `applies` says whether a config has it."""

    cause: Cause
    applies: Callable[[Config], bool]


def fitting(activation: Activation) -> Initializer:
    """Initialiser that suits an activation: He for ReLU and its kin, Xavier for the others."""
    return Initializer.HE if activation in RELU_AND_KIN else Initializer.XAVIER


def usual_rate(config: Config) -> float:
    """Learning rate that its optimiser usually takes, a tenth of it where many unbounded layers make it explode."""
    usual = type(config.optimizer)().learning_rate
    return float(f"{usual / 10:.3g}") if grows(config) else usual


def grows(config: Config) -> bool:
    """Whether the signal of so many layers grows with every step of each, as nothing bounds it or brings it back."""
    bounded = config.activation.value.high is not None or config.averages
    return len(config.hidden) >= DEEP_LAYERS and not bounded and not is_adaptive(config.optimizer)


def is_adaptive(optimizer: Optimizer) -> bool:
    """Whether the size of the gradient does not matter to the steps of an optimiser."""
    return isinstance(optimizer, ADAPTIVE)


def weights_factor(config: Config) -> float:
    """How many times too large all layers together make the signal for the activation, in powers of e; 0 is right."""
    fit = fitting(config.activation)
    total = 0.0
    for n_in, n_out in pairwise(config.hidden):
        std = config.init.value.std(n_in, n_out, config.init_std)
        total += log(std / fit.value.std(n_in, n_out, 0.0)) if std else -10.0
    return total


def _symmetric(config: Config) -> bool:
    return config.init is Initializer.ZEROS and bool(config.hidden)


def _pixels(config: Config) -> bool:
    return config.pixels is Pixels.RAW and not config.normalises


def _rate_high(config: Config) -> bool:
    return config.optimizer.learning_rate > FAR_RATE_FACTOR * usual_rate(config)


def _rate_low(config: Config) -> bool:
    return config.optimizer.learning_rate < usual_rate(config) / FAR_RATE_FACTOR


def _momentum(config: Config) -> bool:
    return getattr(config.optimizer, "momentum", 0.0) > LONG_MEMORY


def _few_images(config: Config) -> bool:
    few = FEW_COMPARED if config.averages else FEW_IMAGES
    return config.batch_size < few or (config.batch_size == few and not config.averages)


def _decay(config: Config) -> bool:
    rate = config.optimizer.learning_rate / (1 - getattr(config.optimizer, "momentum", 0.0))
    if is_adaptive(config.optimizer):
        return config.weight_decay >= 0.03
    return config.weight_decay * rate * config.iterations > MUCH_DECAY


def _clipping(config: Config) -> bool:
    return 0 < config.clip_norm < SHORT_GRADIENT and not is_adaptive(config.optimizer)


def _narrow(config: Config) -> bool:
    return bool(config.hidden) and min(config.hidden) <= NARROW_UNITS


def _small(config: Config) -> bool:
    passed = config.normalises or config.residual is Residual.ON
    return not passed and weights_factor(config) < log(SMALL_FACTOR)


def _large(config: Config) -> bool:
    return not config.normalises and weights_factor(config) > log(LARGE_FACTOR)


def _slope(config: Config) -> bool:
    if config.averages or config.norm is Norm.LAYER_AFTER or config.residual is Residual.ON:
        return False
    return slope_share(config) < ENOUGH_SHARE


def slope_share(config: Config) -> float:
    """Share of the gradient that the slopes of all layers leave where weights fit the activation and z is near 0."""
    if config.activation in RELU_AND_KIN:  # He weights make up for it
        return 1.0
    return float(config.activation.value.evaluate(np.zeros(1))[1][0]) ** len(config.hidden)


def _outputs(config: Config) -> bool:
    return config.loss is Loss.SQUARED and not is_adaptive(config.optimizer)


def _stale(config: Config) -> bool:
    return config.averages and config.bn_momentum > SLOW_AVERAGE


# The order in which they are looked for: what makes the others not matter comes first.
FAULTS = (
    Fault(Cause.SYMMETRIC, _symmetric),
    Fault(Cause.PIXELS, _pixels),
    Fault(Cause.LARGE_WEIGHTS, _large),
    Fault(Cause.SLOPE, _slope),
    Fault(Cause.SMALL_WEIGHTS, _small),
    Fault(Cause.WEIGHT_DECAY, _decay),
    Fault(Cause.CLIPPING, _clipping),
    Fault(Cause.LEARNING_RATE_HIGH, _rate_high),
    Fault(Cause.HIGH_MOMENTUM, _momentum),
    Fault(Cause.SMALL_BATCH, _few_images),
    Fault(Cause.NARROW_LAYER, _narrow),
    Fault(Cause.LEARNING_RATE_LOW, _rate_low),
    Fault(Cause.OUTPUT_SLOPE, _outputs),
    Fault(Cause.STALE_AVERAGES, _stale),
)


@lru_cache(maxsize=256)
def faults(config: Config) -> tuple[Cause, ...]:
    """The causes of which a config has a fault, in the order in which they are looked for."""
    return tuple(fault.cause for fault in FAULTS if fault.applies(config))
