"""Activation functions of a network; the Enum `Activation` is the only list of them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.base.arrays import Array
from model.base.choices import Choice
from model.base.language import shown
from model.nn import activation_functions as functions


@shown("label", "help")
@dataclass(frozen=True)
class Function:
    """Activation a = f(z): `value` writes f(z), `slope` f'(z) from z and a; `low`, `high` bound a (None: unbounded).

    With `keeps`, `slope` takes up what `value` left in its scratch array.
    """

    label: str
    formula: str
    value: Callable[[Array, Array, Array], None]
    slope: Callable[[Array, Array, Array, Array, Array], None]
    low: float | None
    high: float | None
    help: str
    keeps: bool = False

    def evaluate(self, z: Array) -> tuple[Array, Array]:
        """Return f(z) and f'(z), of the shape and type of z."""
        a, kept, slope, scratch = (np.empty_like(z) for _ in range(4))
        self.value(z, a, kept)
        self.slope(z, a, kept, slope, scratch)
        return a, slope


class Activation(Choice):
    """Activation functions that a network can use.

    GELU is the exact form z Phi(z), not the tanh approximation; see model.nn.normal_cdf for its error.
    """

    # fmt: off
    SIGMOID = Function("Sigmoid", "1 / (1 + e⁻ᶻ)", functions.sigmoid, functions.sigmoid_slope, 0.0, 1.0,
                       "Passes at most a quarter of the gradient, and less the further z is from 0.", keeps=True)
    TANH = Function("Tanh", "tanh z", functions.tanh, functions.tanh_slope, -1.0, 1.0,
                    "Passes the whole gradient at z = 0 and almost none beyond |z| = 3.")
    RELU = Function("ReLU", "max(0, z)", functions.relu, functions.relu_slope, 0.0, None,
                    "Passes the whole gradient where z > 0 and none elsewhere.")
    LEAKY_RELU = Function("Leaky ReLU", "max(0.01 z, z)", functions.leaky_relu, functions.leaky_relu_slope, None, None,
                          "Like ReLU, but passes 1 % of the gradient where z < 0, so that no unit can die.")
    ELU = Function("ELU", "z if z > 0 else eᶻ − 1", functions.elu, functions.elu_slope, -1.0, None,
                   "Passes the whole gradient where z > 0 and eᶻ of it elsewhere; outputs average near 0.")
    SELU = Function("SELU", "1.051 · (z if z > 0 else 1.673 (eᶻ − 1))", functions.selu, functions.selu_slope,
                    -functions.SELU_SCALE * functions.SELU_ALPHA, None,
                    "Scaled so that, with LeCun weights, signal and gradient keep their size from layer to layer.")
    GELU = Function("GELU", "z Φ(z)", functions.gelu, functions.gelu_slope, -0.17, None,
                    "A smooth ReLU: z weighted by the Gaussian's distribution function (exact erf form).")
    SILU = Function("SiLU", "z / (1 + e⁻ᶻ)", functions.silu, functions.silu_slope, -0.279, None,
                    "A smooth ReLU: z weighted by its own sigmoid; also called swish.")
    SOFTPLUS = Function("Softplus", "log(1 + eᶻ)", functions.softplus, functions.softplus_slope, 0.0, None,
                        "ReLU's smooth upper bound; its slope is the sigmoid.")
    SOFTSIGN = Function("Softsign", "z / (1 + |z|)", functions.softsign, functions.softsign_slope, -1.0, 1.0,
                        "Like tanh, but approaches ±1 slowly, so saturation comes later and is milder.")
    IDENTITY = Function("Identity", "z", functions.identity, functions.identity_slope, None, None,
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
        return not self.value.evaluate(np.array([-3.0, -1.0]))[0].any()

    @property
    def bounded(self) -> bool:
        """Whether its values have a lower and an upper bound, where units saturate."""
        return self.value.low is not None and self.value.high is not None

    @property
    def flat_word(self) -> str:
        """Key for a unit whose slope is nearly 0: 'saturated' for bounded functions, 'off' for ReLU and its kin."""
        return "saturated" if self.bounded else "off"

    @cached_property
    def _slopes_on_a_grid(self) -> Array:
        z = np.linspace(-8, 8, 1601)
        return self.value.evaluate(z)[1]
