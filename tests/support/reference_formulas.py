"""The mathematics of model/ once more, plainly and in float64, for the tests to compare with."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from model.network.network import Network
from model.nn.activations import Activation
from model.nn.batch_norm import BatchNorm
from model.nn.layer_norm import LayerNorm
from model.nn.layers import Activate, Affine
from model.nn.residual import ShortcutEnd, ShortcutStart

Floats = NDArray[np.float64]
Function = Callable[[Floats], Floats]

SELU_SCALE, SELU_ALPHA = 1.0507009873554804934, 1.6732632423543772848  # Klambauer et al. 2017, appendix


def density(z: Floats) -> Floats:
    """The standard normal density."""
    found: Floats = np.exp(-z * z / 2) / np.sqrt(2 * np.pi)
    return found


def either(z: Floats, positive: Floats | float, negative: Floats | float) -> Floats:
    """`positive` where z > 0, `negative` elsewhere."""
    return np.where(z > 0, positive, negative)


# f and f' of every activation by the name of its member. A new member needs a line here.
FORMULAS: dict[str, tuple[Function, Function]] = {
    "SIGMOID": (special.expit, lambda z: special.expit(z) * special.expit(-z)),
    "TANH": (np.tanh, lambda z: 1 / np.cosh(np.clip(z, -300, 300)) ** 2),
    "RELU": (lambda z: either(z, z, 0), lambda z: either(z, 1, 0)),
    "LEAKY_RELU": (lambda z: either(z, z, z / 100), lambda z: either(z, 1, 0.01)),
    "ELU": (lambda z: either(z, z, np.expm1(np.minimum(z, 0))), lambda z: either(z, 1, np.exp(np.minimum(z, 0)))),
    "SELU": (
        lambda z: SELU_SCALE * either(z, z, SELU_ALPHA * np.expm1(np.minimum(z, 0))),
        lambda z: SELU_SCALE * either(z, 1, SELU_ALPHA * np.exp(np.minimum(z, 0))),
    ),
    "GELU": (lambda z: z * special.ndtr(z), lambda z: special.ndtr(z) + z * density(z)),
    "SILU": (
        lambda z: z * special.expit(z),
        lambda z: special.expit(z) * (1 + z * special.expit(-z)),
    ),
    "SOFTPLUS": (lambda z: np.logaddexp(0, z), special.expit),
    "SOFTSIGN": (lambda z: z / (1 + np.abs(z)), lambda z: 1 / (1 + np.abs(z)) ** 2),
    "IDENTITY": (lambda z: z, np.ones_like),
}


def formulas(activation: Activation) -> tuple[Function, Function]:
    """f and f' of `activation`."""
    assert activation.name in FORMULAS, f"write the formulas of {activation.name} into {__file__}"
    return FORMULAS[activation.name]


def logits(network: Network, images: NDArray[np.uint8]) -> Floats:
    """What `network` answers to `images` in evaluation, batch norm by its running statistics."""
    x: Floats = network.scaling.factor * images.astype(np.float64) + network.scaling.shift
    for stage in network.to_logits:
        match stage:
            case Affine():
                x = x @ stage.weight.value.astype(float) + stage.bias.value
            case Activate():
                x = formulas(stage.activation)[0](x)
            case BatchNorm():
                x = (x - stage.running_mean) / np.sqrt(stage.running_variance + stage.epsilon)
                x = x * stage.gamma.value + stage.beta.value
            case LayerNorm():
                away = x - x.mean(axis=1, keepdims=True)
                x = away / np.sqrt((away**2).mean(axis=1, keepdims=True) + stage.epsilon)
                x = x * stage.gamma.value + stage.beta.value
            case ShortcutStart():
                around = x
            case ShortcutEnd():
                x = x + around
            case _:
                raise AssertionError(f"{__file__} does not know the stage {type(stage).__name__}")
    return x


def right(network: Network, images: NDArray[np.uint8], labels: NDArray[np.intp]) -> int:
    """How many of `images` the network's evaluation gets right."""
    return int((logits(network, images).argmax(axis=1) == labels).sum())


def contents(value: object) -> list[object]:
    """All numbers and names in a record, however nested, in order."""
    if is_dataclass(value) and not isinstance(value, type):
        return [part for field in fields(value) for part in contents(getattr(value, field.name))]
    if isinstance(value, tuple | list):
        return [part for item in value for part in contents(item)]
    if isinstance(value, np.ndarray):
        return value.ravel().tolist()
    return [value]
