"""How a gradient becomes a step, in order of increasing complexity.

Each optimiser is a frozen dataclass of settings. It works on the network's whole parameter vector at once, block by
block so that its temporaries stay in the cache, and owns no memory: `state` holds its `slots` running vectors.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

import numpy as np

from model.base.arrays import Array
from model.base.errors import InputError
from model.base.number_format import rounded
from model.base.params import check_params
from model.base.run_settings import Section, run_setting

# A setting of an optimiser: it stands below it in the panel, and acts on steps alone.
step_setting = partial(run_setting, section=Section.TRAINING, shared_with_branch=False, on_map=True)


def rate_words(rate: float) -> str:
    """Rate 0.01, as names of runs write it."""
    return f"rate {rounded(rate)}"


def rate(default: float) -> Any:
    """Every optimiser's learning rate; a good default for one is a bad one for another."""
    return step_setting(
        default, "Learning rate", "How far each step follows the gradient.",
        low=1e-8, high=1e3, log=True, live=True, short=rate_words, lesson_subtitle="",
    )  # fmt: skip


def floor() -> Any:
    """What keeps the division by a root finite."""
    return step_setting(1e-8, "Epsilon", "Keeps the division finite.", low=1e-12, high=1, log=True)


@dataclass(frozen=True)
class Optimizer:
    """θ ← θ − step(∂L/∂θ). Subclasses register themselves under `key`."""

    key: ClassVar[str]
    label: ClassVar[str]
    formula: ClassVar[str]
    help: ClassVar[str]
    slots: ClassVar[int] = 0
    kinds: ClassVar[dict[str, type["Optimizer"]]] = {}

    learning_rate: float = rate(0.1)

    def __init_subclass__(cls) -> None:
        Optimizer.kinds[cls.key] = cls

    def __post_init__(self) -> None:
        check_params(self)

    @classmethod
    def named(cls, text: str) -> type["Optimizer"]:
        """The optimiser called `text`; raises InputError that lists the names there are."""
        try:
            return cls.kinds[text.strip().lower()]
        except KeyError:
            raise InputError(f"--optimizer: '{text}' is not one of {', '.join(cls.kinds)}.") from None

    @staticmethod
    def made(value: Any) -> "Optimizer":
        """`value` itself, or the optimiser it names with its default settings; raises InputError."""
        return value if isinstance(value, Optimizer) else Optimizer.named(str(value))()

    def update(self, theta: Array, gradient: Array, state: list[Array], scratch: Array, step: int) -> None:
        """One step on `theta` in place; `step` counts from 1; `gradient` is left as it is."""
        raise NotImplementedError(f"{type(self).__name__} has no update")


@dataclass(frozen=True)
class SGD(Optimizer):
    key = "sgd"
    label = "SGD"
    formula = "θ ← θ − η g"
    help = "Plain gradient descent: what arrives as gradient is what moves the weights."

    def update(self, theta: Array, gradient: Array, state: list[Array], scratch: Array, step: int) -> None:
        np.multiply(gradient, self.learning_rate, out=scratch)
        theta -= scratch


@dataclass(frozen=True)
class Momentum(Optimizer):
    key = "momentum"
    label = "Momentum"
    formula = "v ← β v − η g,  θ ← θ + v"
    help = "Adds up past gradients, so a small but steady one moves the weights further."
    slots = 1

    learning_rate: float = rate(0.01)
    momentum: float = step_setting(
        0.9, "Momentum", "The share of the last step that the next one keeps.", low=0, high=0.9999, live=True
    )

    def update(self, theta: Array, gradient: Array, state: list[Array], scratch: Array, step: int) -> None:
        (velocity,) = state
        np.multiply(gradient, self.learning_rate, out=scratch)
        velocity *= self.momentum
        velocity -= scratch
        theta += velocity


@dataclass(frozen=True)
class Nesterov(Momentum):
    key = "nesterov"
    label = "Nesterov"
    formula = "v ← β v − η g,  θ ← θ + β v − η g"
    help = "Momentum that looks one step ahead (Sutskever et al. 2013, in the form of Bengio et al. 2013)."

    def update(self, theta: Array, gradient: Array, state: list[Array], scratch: Array, step: int) -> None:
        (velocity,) = state
        np.multiply(gradient, self.learning_rate, out=scratch)
        velocity *= self.momentum
        velocity -= scratch
        theta -= scratch
        np.multiply(velocity, self.momentum, out=scratch)
        theta += scratch


def step_by_root(
    theta: Array, gradient: Array, squares: Array, scratch: Array, learning_rate: float, epsilon: float
) -> None:
    """θ ← θ − η g / (√h + ε)."""
    np.sqrt(squares, out=scratch)
    scratch += epsilon
    np.divide(gradient, scratch, out=scratch)
    scratch *= learning_rate
    theta -= scratch


@dataclass(frozen=True)
class AdaGrad(Optimizer):
    key = "adagrad"
    label = "AdaGrad"
    formula = "h ← h + g²,  θ ← θ − η g / (√h + ε)"
    help = "Divides each gradient by the size of all that came before, so weak layers move as far as strong ones."
    slots = 1

    learning_rate: float = rate(0.01)
    epsilon: float = floor()

    def update(self, theta: Array, gradient: Array, state: list[Array], scratch: Array, step: int) -> None:
        (squares,) = state
        np.multiply(gradient, gradient, out=scratch)
        squares += scratch
        step_by_root(theta, gradient, squares, scratch, self.learning_rate, self.epsilon)


@dataclass(frozen=True)
class RMSProp(Optimizer):
    key = "rmsprop"
    label = "RMSProp"
    formula = "h ← ρ h + (1 − ρ) g²,  θ ← θ − η g / (√h + ε)"
    help = "Like AdaGrad, but forgets: each gradient is divided by its recent size."
    slots = 1

    learning_rate: float = rate(0.001)
    decay: float = step_setting(0.99, "Decay", "How slowly past gradients are forgotten.", low=0, high=0.99999)
    epsilon: float = floor()

    def update(self, theta: Array, gradient: Array, state: list[Array], scratch: Array, step: int) -> None:
        (squares,) = state
        np.multiply(gradient, gradient, out=scratch)
        scratch *= 1 - self.decay
        squares *= self.decay
        squares += scratch
        step_by_root(theta, gradient, squares, scratch, self.learning_rate, self.epsilon)


@dataclass(frozen=True)
class Adam(Optimizer):
    key = "adam"
    label = "Adam"
    formula = "θ ← θ − η m̂ / (√v̂ + ε)"
    help = "Momentum over RMSProp, both corrected for their start (Kingma & Ba 2015, algorithm 1)."
    slots = 2

    learning_rate: float = rate(0.001)
    beta1: float = step_setting(0.9, "Beta 1", "How slowly the mean of the gradient is forgotten.", low=0, high=0.99999)
    beta2: float = step_setting(0.999, "Beta 2", "How slowly its square is forgotten.", low=0, high=0.999999)
    epsilon: float = floor()

    def update(self, theta: Array, gradient: Array, state: list[Array], scratch: Array, step: int) -> None:
        mean, square = state
        np.multiply(gradient, 1 - self.beta1, out=scratch)
        mean *= self.beta1
        mean += scratch
        np.multiply(gradient, gradient, out=scratch)
        scratch *= 1 - self.beta2
        square *= self.beta2
        square += scratch
        np.sqrt(square, out=scratch)
        scratch *= 1 / (1 - self.beta2**step) ** 0.5
        scratch += self.epsilon
        np.divide(mean, scratch, out=scratch)
        scratch *= self.learning_rate / (1 - self.beta1**step)
        theta -= scratch
