"""Activation functions a = f(z) and their derivatives; the Enum `Activation` is the only list of them.

`NAME(z, out, scratch)` writes f(z) to `out`, `NAME_slope(z, a, out, scratch)` writes f'(z), where a = f(z). All arrays
have one shape, mostly (images, units), and are different arrays; the content of `scratch` is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from math import pi, sqrt

import numpy as np

from model.base.arrays import Array
from model.base.choices import Choice
from model.nn.normal_cdf import normal_cdf

LEAKY_SLOPE = 0.01
SELU_SCALE = 1.0507009873554805  # Klambauer et al. 2017, equation 14
SELU_ALPHA = 1.6732632423543772
# An array spares NumPy a conversion at each call; 0.5 is the same in every type.
HALF = np.array(0.5, np.float32)


def sigmoid(z: Array, out: Array, scratch: Array) -> None:
    """a = 1 / (1 + e⁻ᶻ)."""
    # Through tanh: no exponential that could overflow, and fewer passes than 1 / (1 + exp(-z)).
    np.multiply(z, HALF, out=out)
    np.tanh(out, out=out)
    out *= HALF
    out += HALF


def sigmoid_slope(z: Array, a: Array, out: Array, scratch: Array) -> None:
    """f'(z) = a (1 − a)."""
    np.multiply(a, a, out=out)
    np.subtract(a, out, out=out)


def tanh(z: Array, out: Array, scratch: Array) -> None:
    np.tanh(z, out=out)


def tanh_slope(z: Array, a: Array, out: Array, scratch: Array) -> None:
    """f'(z) = 1 − a²."""
    np.multiply(a, a, out=out)
    np.subtract(1, out, out=out)


def relu(z: Array, out: Array, scratch: Array) -> None:
    """a = max(0, z)."""
    # Filling an array and comparing with it takes half the time of comparing with a number.
    scratch.fill(0)
    np.maximum(z, scratch, out=out)


def relu_slope(z: Array, a: Array, out: Array, scratch: Array) -> None:
    """f'(z) = 1 where z > 0, else 0; 0 at the kink."""
    np.greater(z, 0, out=out)


def leaky_relu(z: Array, out: Array, scratch: Array) -> None:
    """a = max(0.01 z, z)."""
    np.multiply(z, LEAKY_SLOPE, out=out)
    np.maximum(z, out, out=out)


def leaky_relu_slope(z: Array, a: Array, out: Array, scratch: Array) -> None:
    """f'(z) = 1 where z > 0, else 0.01."""
    np.greater(z, 0, out=out)
    out *= 1 - LEAKY_SLOPE
    out += LEAKY_SLOPE


def elu(z: Array, out: Array, scratch: Array) -> None:
    """a = z where z > 0, else eᶻ − 1 (Clevert et al. 2016, with α = 1)."""
    np.minimum(z, 0, out=out)
    np.expm1(out, out=out)
    np.maximum(z, 0, out=scratch)
    out += scratch


def elu_slope(z: Array, a: Array, out: Array, scratch: Array) -> None:
    """f'(z) = 1 where z > 0, else a + 1."""
    np.minimum(a, 0, out=out)
    out += 1


def selu(z: Array, out: Array, scratch: Array) -> None:
    """a = λ z where z > 0, else λ α (eᶻ − 1) (Klambauer et al. 2017, equation 2)."""
    np.minimum(z, 0, out=out)
    np.expm1(out, out=out)
    out *= SELU_ALPHA
    np.maximum(z, 0, out=scratch)
    out += scratch
    out *= SELU_SCALE


def selu_slope(z: Array, a: Array, out: Array, scratch: Array) -> None:
    """f'(z) = λ where z > 0, else a + λ α."""
    np.greater(z, 0, out=scratch)
    scratch *= SELU_SCALE * (1 - SELU_ALPHA)
    np.minimum(a, 0, out=out)
    out += SELU_SCALE * SELU_ALPHA
    out += scratch


def gelu(z: Array, out: Array, scratch: Array) -> None:
    """a = z Φ(z) (Hendrycks & Gimpel 2016)."""
    normal_cdf(z, out, scratch)
    out *= z


def gelu_slope(z: Array, a: Array, out: Array, scratch: Array) -> None:
    """f'(z) = Φ(z) + z φ(z), φ being the standard normal density."""
    normal_cdf(z, out, scratch)
    np.multiply(z, z, out=scratch)
    scratch *= -0.5
    np.exp(scratch, out=scratch)
    scratch *= z
    scratch *= 1 / sqrt(2 * pi)
    out += scratch


def silu(z: Array, out: Array, scratch: Array) -> None:
    """a = z σ(z)."""
    sigmoid(z, out, scratch)
    out *= z


def silu_slope(z: Array, a: Array, out: Array, scratch: Array) -> None:
    """f'(z) = σ(z) + a (1 − σ(z))."""
    sigmoid(z, out, scratch)
    np.subtract(1, out, out=scratch)
    scratch *= a
    out += scratch


def softplus(z: Array, out: Array, scratch: Array) -> None:
    """a = log(1 + eᶻ), as max(z, 0) + log(1 + e^−|z|), which cannot overflow."""
    np.absolute(z, out=out)
    np.negative(out, out=out)
    np.exp(out, out=out)
    np.log1p(out, out=out)
    np.maximum(z, 0, out=scratch)
    out += scratch


def softplus_slope(z: Array, a: Array, out: Array, scratch: Array) -> None:
    """f'(z) = σ(z)."""
    sigmoid(z, out, scratch)


def softsign(z: Array, out: Array, scratch: Array) -> None:
    """a = z / (1 + |z|)."""
    np.absolute(z, out=scratch)
    scratch += 1
    np.divide(z, scratch, out=out)


def softsign_slope(z: Array, a: Array, out: Array, scratch: Array) -> None:
    """f'(z) = (1 − |a|)² = 1 / (1 + |z|)²."""
    np.absolute(a, out=out)
    np.subtract(1, out, out=out)
    np.multiply(out, out, out=out)


def identity(z: Array, out: Array, scratch: Array) -> None:
    np.copyto(out, z)


def identity_slope(z: Array, a: Array, out: Array, scratch: Array) -> None:
    out.fill(1)


@dataclass(frozen=True)
class Function:
    """Activation a = f(z): `value` writes f(z), `slope` f'(z) from z and a; `low`, `high` bound a (None: unbounded)."""

    label: str
    formula: str
    value: Callable[[Array, Array, Array], None]
    slope: Callable[[Array, Array, Array, Array], None]
    low: float | None
    high: float | None
    help: str


class Activation(Choice):
    """Activation functions that a network can use.

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
        """max |f'(z)|; a unit is saturated where its slope is below 5 % of this."""
        return float(np.abs(self._slopes_on_a_grid).max())

    @cached_property
    def exact_zeros(self) -> bool:
        """Whether f(z) is exactly 0 over a whole range of z; histograms then count zeros separately."""
        z = np.array([-3.0, -1.0])
        a = np.empty_like(z)
        self.value.value(z, a, np.empty_like(z))
        return not a.any()

    @property
    def flat_word(self) -> str:
        """Word for a unit whose slope is nearly 0: 'saturated' for bounded functions, 'off' for ReLU and its kin."""
        return "saturated" if self.value.low is not None and self.value.high is not None else "off"

    @cached_property
    def _slopes_on_a_grid(self) -> Array:
        z = np.linspace(-8, 8, 1601)
        a, slope, scratch = np.empty_like(z), np.empty_like(z), np.empty_like(z)
        self.value.value(z, a, scratch)
        self.value.slope(z, a, slope, scratch)
        return slope
