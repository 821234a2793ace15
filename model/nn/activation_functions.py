"""Activation functions and their derivatives, accurate relative to themselves in float32 as in float64.

`NAME(z, out, scratch)` writes f(z) to `out`, `NAME_slope(z, a, kept, out, scratch)` writes f'(z), where a = f(z). All
arrays have one shape, mostly (images, units), and are different arrays; the content of `scratch` is lost. `kept` is
what NAME left in its `scratch`: an exponential that both need is computed once.

A gradient that vanishes is a product of small slopes, so none is a difference of numbers that are nearly equal.
"""

from math import pi, sqrt

import numpy as np

from model.base.arrays import Array
from model.nn.normal_cdf import normal_cdf

LEAKY_SLOPE = 0.01
SELU_SCALE = 1.0507009873554805  # Klambauer et al. 2017, equation 14
SELU_ALPHA = 1.6732632423543772
# Arrays spare NumPy a conversion at each call; these numbers are the same in every type.
HALF, ONE, TWO = (np.array(number, np.float32) for number in (0.5, 1, 2))
# Close below it an exponential leaves the type; 1 / (1 + eᶻ) then is as small as a number can be.
LARGEST_EXPONENT = {np.dtype(np.float32): 88.0, np.dtype(np.float64): 709.0}
# Where an exponential leaves the type its reciprocal is 0, which is right; this costs less than holding z in bounds.
lets_exp_overflow = np.errstate(over="ignore", divide="ignore")


def sigmoid(z: Array, out: Array, kept: Array) -> None:
    """a = eᶻ / (1 + eᶻ); keeps 1 − a = 1 / (1 + eᶻ), which has lost nothing where a is nearly 1."""
    kept.fill(LARGEST_EXPONENT[z.dtype])
    np.minimum(z, kept, out=out)
    np.exp(out, out=out)
    np.add(out, ONE, out=kept)
    np.divide(ONE, kept, out=kept)
    out *= kept


def sigmoid_slope(z: Array, a: Array, kept: Array, out: Array, scratch: Array) -> None:
    """f'(z) = a (1 − a)."""
    np.multiply(a, kept, out=out)


def tanh(z: Array, out: Array, scratch: Array) -> None:
    np.tanh(z, out=out)


@lets_exp_overflow
def tanh_slope(z: Array, a: Array, kept: Array, out: Array, scratch: Array) -> None:
    """f'(z) = (2 / (eᶻ + e⁻ᶻ))², which is 1 − a² without its cancellation."""
    np.exp(z, out=out)
    np.divide(ONE, out, out=scratch)
    out += scratch
    np.divide(TWO, out, out=out)
    np.multiply(out, out, out=out)


def relu(z: Array, out: Array, scratch: Array) -> None:
    """a = max(0, z)."""
    # Filling an array and comparing with it takes half the time of comparing with a number.
    scratch.fill(0)
    np.maximum(z, scratch, out=out)


def relu_slope(z: Array, a: Array, kept: Array, out: Array, scratch: Array) -> None:
    """f'(z) = 1 where z > 0, else 0; 0 at the kink."""
    np.greater(z, 0, out=out)


def leaky_relu(z: Array, out: Array, scratch: Array) -> None:
    """a = max(0.01 z, z)."""
    np.multiply(z, LEAKY_SLOPE, out=out)
    np.maximum(z, out, out=out)


def leaky_relu_slope(z: Array, a: Array, kept: Array, out: Array, scratch: Array) -> None:
    """f'(z) = 1 where z > 0, else 0.01."""
    np.greater(z, 0, out=out)
    out *= 1 - LEAKY_SLOPE
    out += LEAKY_SLOPE


def _expm1_below_zero(z: Array, out: Array, scratch: Array) -> None:
    """Write e^min(z, 0) − 1 as 2 t / (1 − t), t = tanh(min(z, 0) / 2): in float32 a third of np.expm1's time."""
    scratch.fill(0)
    np.minimum(z, scratch, out=out)
    out *= HALF
    np.tanh(out, out=out)
    np.subtract(ONE, out, out=scratch)
    out /= scratch
    out *= TWO


def elu(z: Array, out: Array, scratch: Array) -> None:
    """a = z where z > 0, else eᶻ − 1 (Clevert et al. 2016, with α = 1)."""
    _expm1_below_zero(z, out, scratch)
    np.maximum(z, out, out=out)


def elu_slope(z: Array, a: Array, kept: Array, out: Array, scratch: Array) -> None:
    """f'(z) = 1 where z > 0, else eᶻ."""
    scratch.fill(0)
    np.minimum(z, scratch, out=out)
    np.exp(out, out=out)


def selu(z: Array, out: Array, scratch: Array) -> None:
    """a = λ z where z > 0, else λ α (eᶻ − 1) (Klambauer et al. 2017, equation 2)."""
    _expm1_below_zero(z, out, scratch)
    out *= SELU_ALPHA
    scratch.fill(0)
    np.maximum(z, scratch, out=scratch)
    out += scratch
    out *= SELU_SCALE


def selu_slope(z: Array, a: Array, kept: Array, out: Array, scratch: Array) -> None:
    """f'(z) = λ where z > 0, else λ α eᶻ."""
    elu_slope(z, a, kept, out, scratch)
    out *= SELU_SCALE * SELU_ALPHA
    np.greater(z, 0, out=scratch)
    scratch *= SELU_SCALE * (1 - SELU_ALPHA)
    out += scratch


def gelu(z: Array, out: Array, scratch: Array) -> None:
    """a = z Φ(z) (Hendrycks & Gimpel 2016)."""
    normal_cdf(z, out, scratch)
    out *= z


@lets_exp_overflow
def gelu_slope(z: Array, a: Array, kept: Array, out: Array, scratch: Array) -> None:
    """f'(z) = Φ(z) + z φ(z), φ being the standard normal density."""
    normal_cdf(z, out, scratch)
    np.multiply(z, z, out=scratch)
    scratch *= -0.5
    np.exp(scratch, out=scratch)
    scratch *= z
    scratch *= 1 / sqrt(2 * pi)
    out += scratch


@lets_exp_overflow
def _rounded_sigmoid(z: Array, out: Array) -> None:
    """Write 1 / (1 + e⁻ᶻ), exactly 1 for large z: SiLU multiplies what is missing from 1 by z."""
    np.negative(z, out=out)
    np.exp(out, out=out)
    out += ONE
    np.divide(ONE, out, out=out)


def silu(z: Array, out: Array, scratch: Array) -> None:
    """a = z σ(z)."""
    _rounded_sigmoid(z, out)
    out *= z


def silu_slope(z: Array, a: Array, kept: Array, out: Array, scratch: Array) -> None:
    """f'(z) = σ(z) + a (1 − σ(z))."""
    _rounded_sigmoid(z, out)
    np.subtract(ONE, out, out=scratch)
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


def softplus_slope(z: Array, a: Array, kept: Array, out: Array, scratch: Array) -> None:
    """f'(z) = σ(z)."""
    _rounded_sigmoid(z, out)


def softsign(z: Array, out: Array, scratch: Array) -> None:
    """a = z / (1 + |z|)."""
    np.absolute(z, out=scratch)
    scratch += 1
    np.divide(z, scratch, out=out)


def softsign_slope(z: Array, a: Array, kept: Array, out: Array, scratch: Array) -> None:
    """f'(z) = 1 / (1 + |z|)², which is (1 − |a|)² without its cancellation."""
    np.absolute(z, out=out)
    out += ONE
    np.divide(ONE, out, out=out)
    np.multiply(out, out, out=out)


def identity(z: Array, out: Array, scratch: Array) -> None:
    np.copyto(out, z)


def identity_slope(z: Array, a: Array, kept: Array, out: Array, scratch: Array) -> None:
    out.fill(1)
