"""The activation functions: one Enum, the only list of them there is."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from math import pi, sqrt

import numpy as np

from model.base.arrays import Array
from model.base.choices import Choice
from model.nn.normal_cdf import normal_cdf

LEAK = 0.01
SELU_SCALE = 1.0507009873554805  # Klambauer et al. 2017, equation 14
SELU_ALPHA = 1.6732632423543772
# An array spares NumPy a conversion at each call; 0.5 is the same in every type.
HALF = np.array(0.5, np.float32)


def sigmoid(z: Array, out: Array, scratch: Array) -> None:
    # Through tanh: no exponential that could overflow, and fewer passes than 1 / (1 + exp(-z)).
    np.multiply(z, HALF, out=out)
    np.tanh(out, out=out)
    out *= HALF
    out += HALF


def sigmoid_slope(z: Array, a: Array, out: Array, scratch: Array) -> None:
    np.multiply(a, a, out=out)
    np.subtract(a, out, out=out)


def tanh(z: Array, out: Array, scratch: Array) -> None:
    np.tanh(z, out=out)


def tanh_slope(z: Array, a: Array, out: Array, scratch: Array) -> None:
    np.multiply(a, a, out=out)
    np.subtract(1, out, out=out)


def relu(z: Array, out: Array, scratch: Array) -> None:
    # Filling an array and comparing with it takes half the time of comparing with a number.
    scratch.fill(0)
    np.maximum(z, scratch, out=out)


def relu_slope(z: Array, a: Array, out: Array, scratch: Array) -> None:
    np.greater(z, 0, out=out)


def leaky_relu(z: Array, out: Array, scratch: Array) -> None:
    np.multiply(z, LEAK, out=out)
    np.maximum(z, out, out=out)


def leaky_relu_slope(z: Array, a: Array, out: Array, scratch: Array) -> None:
    np.greater(z, 0, out=out)
    out *= 1 - LEAK
    out += LEAK


def elu(z: Array, out: Array, scratch: Array) -> None:
    np.minimum(z, 0, out=out)
    np.expm1(out, out=out)
    np.maximum(z, 0, out=scratch)
    out += scratch


def elu_slope(z: Array, a: Array, out: Array, scratch: Array) -> None:
    np.minimum(a, 0, out=out)
    out += 1


def selu(z: Array, out: Array, scratch: Array) -> None:
    np.minimum(z, 0, out=out)
    np.expm1(out, out=out)
    out *= SELU_ALPHA
    np.maximum(z, 0, out=scratch)
    out += scratch
    out *= SELU_SCALE


def selu_slope(z: Array, a: Array, out: Array, scratch: Array) -> None:
    np.greater(z, 0, out=scratch)
    scratch *= SELU_SCALE * (1 - SELU_ALPHA)
    np.minimum(a, 0, out=out)
    out += SELU_SCALE * SELU_ALPHA
    out += scratch


def gelu(z: Array, out: Array, scratch: Array) -> None:
    normal_cdf(z, out, scratch)
    out *= z


def gelu_slope(z: Array, a: Array, out: Array, scratch: Array) -> None:
    normal_cdf(z, out, scratch)
    np.multiply(z, z, out=scratch)
    scratch *= -0.5
    np.exp(scratch, out=scratch)
    scratch *= z
    scratch *= 1 / sqrt(2 * pi)
    out += scratch


def silu(z: Array, out: Array, scratch: Array) -> None:
    sigmoid(z, out, scratch)
    out *= z


def silu_slope(z: Array, a: Array, out: Array, scratch: Array) -> None:
    sigmoid(z, out, scratch)
    np.subtract(1, out, out=scratch)
    scratch *= a
    out += scratch


def softplus(z: Array, out: Array, scratch: Array) -> None:
    np.absolute(z, out=out)
    np.negative(out, out=out)
    np.exp(out, out=out)
    np.log1p(out, out=out)
    np.maximum(z, 0, out=scratch)
    out += scratch


def softplus_slope(z: Array, a: Array, out: Array, scratch: Array) -> None:
    sigmoid(z, out, scratch)


def softsign(z: Array, out: Array, scratch: Array) -> None:
    np.absolute(z, out=scratch)
    scratch += 1
    np.divide(z, scratch, out=out)


def softsign_slope(z: Array, a: Array, out: Array, scratch: Array) -> None:
    np.absolute(a, out=out)
    np.subtract(1, out, out=out)
    np.multiply(out, out, out=out)


def identity(z: Array, out: Array, scratch: Array) -> None:
    np.copyto(out, z)


def identity_slope(z: Array, a: Array, out: Array, scratch: Array) -> None:
    out.fill(1)


@dataclass(frozen=True)
class Function:
    """An activation a = f(z): `value` writes f(z), `slope` writes f'(z) from z and a; `low`, `high` bound a."""

    label: str
    formula: str
    value: Callable[[Array, Array, Array], None]
    slope: Callable[[Array, Array, Array, Array], None]
    low: float | None
    high: float | None
    help: str


class Activation(Choice):
    """Every activation function; `z`, `a`, `out` and `scratch` are arrays of one shape, none the same as another.

    GELU is the exact form z Phi(z), not the tanh approximation; see model.nn.normal_cdf for its error.
    """

    # fmt: off
    SIGMOID = Function("Sigmoid", "1 / (1 + e⁻ᶻ)", sigmoid, sigmoid_slope, 0.0, 1.0,
                       "Passes at most a quarter of the gradient, and less the further z is from 0.")
    TANH = Function("Tanh", "tanh z", tanh, tanh_slope, -1.0, 1.0,
                    "Passes the whole gradient at z = 0 and almost none beyond |z| = 3.")
    RELU = Function("ReLU", "max(0, z)", relu, relu_slope, 0.0, None,
                    "Passes the whole gradient where z > 0 and none elsewhere.")
    LEAKY_RELU = Function("Leaky ReLU", "max(0.01 z, z)", leaky_relu, leaky_relu_slope, None, None,
                          "Like ReLU, but passes 1 % of the gradient where z < 0, so that no unit can die.")
    ELU = Function("ELU", "z if z > 0 else eᶻ − 1", elu, elu_slope, -1.0, None,
                   "Passes the whole gradient where z > 0 and eᶻ of it elsewhere; outputs average near 0.")
    SELU = Function("SELU", "1.051 · (z if z > 0 else 1.673 (eᶻ − 1))", selu, selu_slope,
                    -SELU_SCALE * SELU_ALPHA, None,
                    "Scaled so that, with LeCun weights, signal and gradient keep their size from layer to layer.")
    GELU = Function("GELU", "z Φ(z)", gelu, gelu_slope, -0.17, None,
                    "A smooth ReLU: z weighted by the Gaussian's distribution function (exact erf form).")
    SILU = Function("SiLU", "z / (1 + e⁻ᶻ)", silu, silu_slope, -0.279, None,
                    "A smooth ReLU: z weighted by its own sigmoid; also called swish.")
    SOFTPLUS = Function("Softplus", "log(1 + eᶻ)", softplus, softplus_slope, 0.0, None,
                        "ReLU's smooth upper bound; its slope is the sigmoid.")
    SOFTSIGN = Function("Softsign", "z / (1 + |z|)", softsign, softsign_slope, -1.0, 1.0,
                        "Like tanh, but approaches ±1 slowly, so saturation comes later and is milder.")
    IDENTITY = Function("Identity", "z", identity, identity_slope, None, None,
                        "No non-linearity: however many layers, the network stays a linear classifier.")
    # fmt: on

    # cached_property, not functools.cache: members are made once and these read like data.
    @cached_property
    def max_slope(self) -> float:
        """max |f'(z)|, the reference that `saturated` is a share of."""
        return float(np.abs(self._slopes_on_a_grid).max())

    @cached_property
    def exact_zeros(self) -> bool:
        """Whether a whole range of z gives exactly 0, which histograms then show as a bar of its own."""
        z = np.array([-3.0, -1.0])
        a = np.empty_like(z)
        self.value.value(z, a, np.empty_like(z))
        return not a.any()

    @property
    def flat_word(self) -> str:
        """What to call a unit whose slope is nearly 0: a bounded function saturates, ReLU and its kin are off."""
        return "saturated" if self.value.low is not None and self.value.high is not None else "off"

    @cached_property
    def _slopes_on_a_grid(self) -> Array:
        z = np.linspace(-8, 8, 1601)
        a, slope, scratch = np.empty_like(z), np.empty_like(z), np.empty_like(z)
        self.value.value(z, a, scratch)
        self.value.slope(z, a, slope, scratch)
        return slope
