"""Initialisers; the Enum `Initializer` is the only list of them. Only PyTorch's default draws biases, others are 0."""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

import numpy as np

from model.base.arrays import Array
from model.base.choices import Choice
from model.base.language import shown
from model.nn.normal_cdf import normal_cdf


def zero(n_in: int, n_out: int, std: float) -> float:
    """σ = 0."""
    return 0.0


def chosen(n_in: int, n_out: int, std: float) -> float:
    """σ = `std`, the user's own."""
    return std


def fan_in(n_in: int, n_out: int, std: float) -> float:
    """σ = √(1 / n_in) (LeCun et al. 1998)."""
    return sqrt(1 / n_in)


def fan_mean(n_in: int, n_out: int, std: float) -> float:
    """σ = √(2 / (n_in + n_out)) (Glorot & Bengio 2010, equation 12)."""
    return sqrt(2 / (n_in + n_out))


def twice_fan_in(n_in: int, n_out: int, std: float) -> float:
    """σ = √(2 / n_in) (He et al. 2015, equation 10)."""
    return sqrt(2 / n_in)


def third_of_fan_in(n_in: int, n_out: int, std: float) -> float:
    """σ = √(1 / (3 n_in)), of uniform draws on ±1/√n_in: what kaiming_uniform_ makes of a = √5, √(6 / ((1 + a²) n_in)).

    Source: https://pytorch.org/docs/stable/generated/torch.nn.Linear.html, which draws biases alike.
    """
    return sqrt(1 / (3 * n_in))


def no_bias(n_in: int) -> float:
    """Bound 0: biases start at 0."""
    return 0.0


def root_fan_in(n_in: int) -> float:
    """Bound 1 / √n_in of torch.nn.Linear's biases, uniform on both sides of 0."""
    return 1 / sqrt(n_in)


def normal(noise: Array) -> Array:
    """Return the standard-normal draws unchanged."""
    return noise


def uniform(noise: Array) -> Array:
    """Map standard-normal draws to uniform ones on ±√3 (standard deviation 1), in the same rank order."""
    spread = np.empty_like(noise)
    normal_cdf(noise, spread, np.empty_like(noise))
    spread -= 0.5
    spread *= 2 * sqrt(3)
    return spread


def orthogonal(noise: Array) -> Array:
    """Orthonormalise draws (n_in, n_out) by a QR decomposition, scaled to RMS 1 (Saxe et al. 2014)."""
    tall = noise if noise.shape[0] >= noise.shape[1] else noise.T
    q, r = np.linalg.qr(tall)
    q = q * np.sign(np.diag(r))  # makes the decomposition, and so the distribution, unique
    return sqrt(max(noise.shape)) * (q if tall is noise else q.T)


@shown("label", "help")
@dataclass(frozen=True)
class WeightRule:
    """Rule for weights: `std(n_in, n_out, chosen)` is σ, `shape` maps standard-normal draws to the distribution.

    Biases are drawn uniformly on ±`bias_bound(n_in)`.
    """

    label: str
    formula: str
    std: Callable[[int, int, float], float]
    shape: Callable[[Array], Array]
    help: str
    bias_bound: Callable[[int], float] = no_bias

    def bias_std(self, n_in: int) -> float:
        """Standard deviation of the initial biases of a layer with `n_in` inputs."""
        return self.bias_bound(n_in) / sqrt(3)


def orthogonal_std(n_in: int, n_out: int, std: float) -> float:
    """σ = √(1 / max(n_in, n_out)), the RMS of a matrix with orthonormal rows or columns."""
    return sqrt(1 / max(n_in, n_out))


class Initializer(Choice):
    """Initialisers that a network can use.

    All of them scale the same standard-normal draws, so two runs of one seed differ in the scale, not in the noise.
    """

    # fmt: off
    ZEROS = WeightRule("Zeros", "0", zero, normal,
                   "All units of a layer start equal and get equal gradients; at most rounding ever parts them.")
    GAUSS = WeightRule("Gaussian", "N(0, σ)", chosen, normal,
                   "One standard deviation for all layers; the classic mistakes are 0.01 and 1.")
    XAVIER = WeightRule("Xavier", "√(1/n)", fan_in, normal,
                    "Keeps the signal's variance where the slope is 1, as tanh's near 0; sigmoids want more.")
    GLOROT_NORMAL = WeightRule("Glorot normal", "√(2/(n+m))", fan_mean, normal,
                           "A compromise that keeps signal and gradient alike (Glorot & Bengio 2010, equation 12).")
    GLOROT_UNIFORM = WeightRule("Glorot uniform", "√(2/(n+m)), uniform", fan_mean, uniform,
                            "The same standard deviation, drawn uniformly (Glorot & Bengio 2010, equation 16).")
    HE = WeightRule("He", "√(2/n)", twice_fan_in, normal,
                "Doubles the variance for the half of the signal that ReLU cuts off (He et al. 2015, equation 10).")
    HE_UNIFORM = WeightRule("He uniform", "√(2/n), uniform", twice_fan_in, uniform,
                        "He's standard deviation, drawn uniformly.")
    LECUN = WeightRule("LeCun", "√(1/n), = Xavier", fan_in, normal,
                   "The same numbers as Xavier in its first form: LeCun et al. 1998 had it twelve years earlier.")
    ORTHOGONAL = WeightRule("Orthogonal", "QᵀQ = 1", orthogonal_std, orthogonal,
                        "Turns the signal without stretching it in any direction (Saxe et al. 2014).")
    PYTORCH = WeightRule("PyTorch default", "±1/√n, biases too", third_of_fan_in, uniform,
                     "What torch.nn.Linear starts with: a sixth of He's variance, so signals shrink with depth.",
                     root_fan_in)
    # fmt: on

    @property
    def takes_std(self) -> bool:
        """Whether the user sets the standard deviation."""
        return self.value.std is chosen

    def sample(self, rng: "np.random.Generator", n_in: int, n_out: int, std: float) -> Array:
        """Draw initial weights, (n_in, n_out) in float64; `std` counts only where `takes_std`."""
        noise = rng.standard_normal((n_in, n_out))
        scale = self.value.std(n_in, n_out, std)
        weights: Array = self.value.shape(noise) * scale if scale else np.zeros_like(noise)
        return weights

    def sample_bias(self, rng: "np.random.Generator", n_in: int, n_out: int) -> Array:
        """Draw initial biases, (n_out,) in float64; none are drawn from `rng` where they start at 0."""
        bound = self.value.bias_bound(n_in)
        return rng.uniform(-bound, bound, n_out) if bound else np.zeros(n_out)
