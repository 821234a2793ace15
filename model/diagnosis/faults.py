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
# What the usual rates are made for.
USUAL_BATCH, USUAL_MOMENTUM, USUAL_AVERAGE = 100, 0.9, 0.9
# Times the usual learning rate, above or below which it is far from it.
FAR_RATE_FACTOR = 9.0
# The same below it where layers are normalised: the smaller their weights, the longer their steps.
FAR_NORMALISED_FACTOR = 30.0
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
# Weight decay that is as large as the gradient; steps that do not depend on its size then follow the decay.
HARD_DECAY = 0.03
# Norm of the way that all weights can go in a whole run, at least at the usual rate.
SHORT_WAY, USUAL_WHOLE_RATE = 3.0, 0.1
SLOW_AVERAGE = 0.99
# So many unbounded layers take a tenth of the usual rate; those whose slope is below 1 for half of the units later.
DEEP_LAYERS, DEEP_RELUS = 8, 16
# Sum over the layers of 1 / units, with whose exponential gradients differ between networks of the same settings,
# however well their weights fit (Hanin 2018, theorem 1).
TOO_DEEP = 0.9
# Around so many unbounded layers the signal doubles until it overflows (Hanin & Rolnick 2018).
DEEP_RESIDUAL = 10
SLIGHT_SHARE, SLIGHTLY_FEW = 0.1, 16


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
    if not is_unbounded(config) or config.averages or is_adaptive(config.optimizer):
        return False
    return len(config.hidden) >= (DEEP_RELUS if config.activation in RELU_AND_KIN else DEEP_LAYERS)


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
    far = FAR_RATE_FACTOR if not config.normalises else FAR_NORMALISED_FACTOR
    return config.optimizer.learning_rate < usual_rate(config) / far


def _momentum(config: Config) -> bool:
    return getattr(config.optimizer, "momentum", 0.0) > LONG_MEMORY


def _few_images(config: Config) -> bool:
    if config.averages:
        return config.batch_size < FEW_COMPARED
    return config.batch_size <= FEW_IMAGES and not _rate_low(config)


def _decay(config: Config) -> bool:
    if is_adaptive(config.optimizer):
        return config.weight_decay >= HARD_DECAY
    return config.weight_decay * whole_rate(config) * config.iterations > MUCH_DECAY


def whole_rate(config: Config) -> float:
    """Learning rate with which a gradient ends up in the weights, all steps that remember it together."""
    return config.optimizer.learning_rate / (1 - getattr(config.optimizer, "momentum", 0.0))


def _clipping(config: Config) -> bool:
    if not config.clip_norm or is_adaptive(config.optimizer):
        return False
    return config.clip_norm * max(whole_rate(config), USUAL_WHOLE_RATE) * config.iterations < SHORT_WAY


def _narrow(config: Config) -> bool:
    return bool(config.hidden) and min(config.hidden) <= NARROW_UNITS


def _small(config: Config) -> bool:
    passed = config.normalises or config.residual is Residual.ON
    return not passed and weights_factor(config) < log(SMALL_FACTOR)


def _large(config: Config) -> bool:
    # What bounded activations make of large weights is saturation, which the records show.
    return not config.normalises and is_unbounded(config) and weights_factor(config) > log(LARGE_FACTOR)


def _doubles(config: Config) -> bool:
    residual = config.residual is Residual.ON and not config.normalises
    return residual and is_unbounded(config) and len(config.hidden) >= DEEP_RESIDUAL


def is_unbounded(config: Config) -> bool:
    """Whether nothing bounds what the activation puts out."""
    return config.activation.value.high is None


def _too_deep(config: Config) -> bool:
    # Normalised ReLUs still lose what tells images apart, layer by layer; bounded activations do not.
    bounded = config.normalises and not is_unbounded(config)
    helped = bounded or config.residual is Residual.ON or is_adaptive(config.optimizer)
    return not helped and sum(1 / units for units in config.hidden) >= TOO_DEEP


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
    Fault(Cause.HIGH_MOMENTUM, _momentum),
    Fault(Cause.LEARNING_RATE_HIGH, _rate_high),
    Fault(Cause.SMALL_BATCH, _few_images),
    Fault(Cause.LEARNING_RATE_LOW, _rate_low),
    Fault(Cause.CLIPPING, _clipping),
    Fault(Cause.NARROW_LAYER, _narrow),
    Fault(Cause.OUTPUT_SLOPE, _outputs),
    Fault(Cause.STALE_AVERAGES, _stale),
    Fault(Cause.TOO_DEEP, _too_deep),
    Fault(Cause.TOO_DEEP, _doubles),
)


@lru_cache(maxsize=256)
def faults(config: Config) -> tuple[Cause, ...]:
    """The causes of which a config has a fault, in the order in which they are looked for."""
    return tuple(fault.cause for fault in FAULTS if fault.applies(config))


# What ails a network only together with something else.
SLIGHT_FAULTS = (
    Fault(Cause.SLOPE, lambda config: slope_share(config) < SLIGHT_SHARE and not config.normalises),
    Fault(
        Cause.LARGE_WEIGHTS,
        lambda config: not config.normalises and is_unbounded(config) and weights_factor(config) > 1,
    ),
    Fault(Cause.SMALL_BATCH, lambda config: config.batch_size <= SLIGHTLY_FEW),
    Fault(Cause.TOO_DEEP, lambda config: len(config.hidden) >= DEEP_LAYERS),
)


def slight_faults(config: Config) -> tuple[Cause, ...]:
    """The causes of which a config has a slight fault, in the order in which they are looked for."""
    return tuple(fault.cause for fault in SLIGHT_FAULTS if fault.applies(config))
