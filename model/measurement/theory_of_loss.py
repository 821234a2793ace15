"""Rule of mean-field theory for outputs and loss: δ of random logits, whatever the labels are."""

from collections.abc import Callable
from math import sqrt

import numpy as np

from model.base.arrays import Array
from model.config.config import Config
from model.measurement.gains import Gain
from model.measurement.theory_stages import Units
from model.nn.loss import Loss, OutputSlope

DRAWN_LOGITS = 40_000


def delta_at_logits(config: Config, units: Units, classes: int) -> tuple[Units, tuple[Gain, ...]]:
    """Estimate δ at logits with the mean and spread of `units`, and its gain over the error of the outputs.

    Mean over images of δ is what two images have in common. Labels are as frequent as each other and independent of
    the logits. With softmax the error is δ, and there is no gain.
    """
    rng = np.random.default_rng(0)
    draws = DRAWN_LOGITS // classes
    logits = units.rms(units.std) * rng.standard_normal((2, draws, classes))
    logits += units.rms(units.mean) * rng.standard_normal((draws, classes))
    error, delta = RULES[config.loss](logits, config.batch_size)
    gain = (Gain(OutputSlope.name, delta.size / error.size),) if error is not delta else ()
    return delta, gain


def softmax(logits: Array, batch: int) -> tuple[Units, Units]:
    """δ = (p − one-hot) / batch, p = softmax of the logits.

    Over K classes its mean square is (1 − 1/K + Σ(p − 1/K)²) / K, and between two images Σ(p − 1/K)(p' − 1/K) / K.
    """
    _, draws, classes = logits.shape
    p = np.exp(logits - logits.max(axis=-1, keepdims=True))
    p = p / p.sum(axis=-1, keepdims=True) - 1 / classes
    square = 1 - 1 / classes + float((p * p).sum()) / (2 * draws)
    common = max(0.0, float((p[0] * p[1]).sum()) / draws)
    delta = _units(square / classes, common / classes, batch)
    return delta, delta


def squared_error(logits: Array, batch: int) -> tuple[Units, Units]:
    """Error (a − y) / batch of the outputs a = σ(logits), and δ = σ′ times it; y is 1 with probability 1/K.

    Not the error's RMS times that of σ′: what is surely wrong has a large error where the slope is small.
    """
    classes = logits.shape[-1]
    a = 0.5 + 0.5 * np.tanh(0.5 * logits)
    slope = a * (1 - a)
    square = (1 - 1 / classes) * a * a + (1 - a) ** 2 / classes
    common = a - 1 / classes
    error = _units(float(square.mean()), float((common[0] * common[1]).mean()), batch)
    both = slope * common
    return error, _units(float((slope * slope * square).mean()), float((both[0] * both[1]).mean()), batch)


def _units(square: float, common: float, batch: int) -> Units:
    common = max(common, 0.0)
    return Units.of(sqrt(common) / batch, sqrt(max(square - common, 0.0)) / batch)


Rule = Callable[[Array, int], tuple[Units, Units]]
RULES: dict[Loss, Rule] = {Loss.SOFTMAX: softmax, Loss.SQUARED: squared_error}
