"""Optimisers, in order of increasing complexity.

Each is a frozen dataclass of settings. It updates the network's whole parameter vector, block by block so that its
temporaries stay in the cache, and owns no memory: the caller keeps its `slots` running vectors in `state`.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

import numpy as np

from model.base.arrays import Array
from model.base.errors import InputError
from model.base.language import message, tr
from model.base.params import check_params
from model.base.run_settings import Section, run_setting

# A setting of an optimiser: it stands below it in the panel, and acts on steps alone.
step_setting = partial(run_setting, section=Section.TRAINING, shared_with_branch=False, on_map=True)


def rate(default: float) -> Any:
    """Declare the learning rate, whose good default differs between optimisers."""
    return step_setting(
        default, "Learning rate", "How far each step follows the gradient.",
        low=1e-8, high=1e3, log=True, live=True, told="rate {value}", lesson_subtitle="{value}",
    )  # fmt: skip


def floor() -> Any:
    """Declare ε, which is added to the root that a step is divided by."""
    return step_setting(
        1e-8, "Epsilon", "Keeps the division finite.",
        low=1e-12, high=1, log=True, section=Section.MORE, told="epsilon {value}",
    )  # fmt: skip


class _Words:
    def __init__(self, text: str) -> None:
        self.text = text

    def __get__(self, owner: object, kind: type) -> str:
        return tr(self.text)


def words(text: str) -> Any:
    """Declare words of a class, which are looked up when they are read."""
    return _Words(text)


@dataclass(frozen=True)
class Optimizer:
    """Base class of optimisers, with θ parameters, g = ∂L/∂θ and η the learning rate.

    Subclasses register themselves in `kinds` under `key`; `slots` is how many vectors of θ's size they remember.
    """

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
        """Find the optimiser class named `text`; raises InputError that lists the valid names."""
        try:
            return cls.kinds[text.strip().lower()]
        except KeyError:
            names = ", ".join(cls.kinds)
            raise InputError("--optimizer: '{text}' is not one of {names}.", text=text, names=names) from None

    @staticmethod
    def made(value: Any) -> "Optimizer":
        """Return `value` if it is an optimiser, else the one it names, with default settings; raises InputError."""
        return value if isinstance(value, Optimizer) else Optimizer.named(str(value))()

    def update(self, theta: Array, gradient: Array, state: list[Array], scratch: Array, step: int) -> None:
        """Update `theta` in place; all arrays are (parameters,) of one block.

        `state` has `slots` running vectors, zero before step 1, and is updated too; `step` counts from 1. `gradient`
        stays unchanged, the content of `scratch` is lost.
        """
        raise NotImplementedError(f"{type(self).__name__} has no update")


@dataclass(frozen=True)
class SGD(Optimizer):
    """Stochastic gradient descent (Robbins & Monro 1951)."""

    key = "sgd"
    label = words(message("SGD"))
    formula = "θ ← θ − η g"
    help = words(message("Plain gradient descent: what arrives as gradient is what moves the weights."))

    def update(self, theta: Array, gradient: Array, state: list[Array], scratch: Array, step: int) -> None:
        np.multiply(gradient, self.learning_rate, out=scratch)
        theta -= scratch


@dataclass(frozen=True)
class Momentum(Optimizer):
    """Gradient descent with momentum (Polyak 1964)."""

    key = "momentum"
    label = words(message("Momentum"))
    formula = "v ← β v − η g,  θ ← θ + v"
    help = words(message("Adds up past gradients, so a small but steady one moves the weights further."))
    slots = 1

    learning_rate: float = rate(0.01)
    momentum: float = step_setting(
        0.9, "Momentum", "The share of the last step that the next one keeps.",
        low=0, high=0.9999, live=True, told="momentum {value}",
    )  # fmt: skip

    def update(self, theta: Array, gradient: Array, state: list[Array], scratch: Array, step: int) -> None:
        (velocity,) = state
        np.multiply(gradient, self.learning_rate, out=scratch)
        velocity *= self.momentum
        velocity -= scratch
        theta += velocity


@dataclass(frozen=True)
class Nesterov(Momentum):
    """Nesterov's accelerated gradient (Sutskever et al. 2013, as rewritten by Bengio et al. 2013)."""

    key = "nesterov"
    label = words(message("Nesterov"))
    formula = "v ← β v − η g,  θ ← θ + β v − η g"
    help = words(
        message("Momentum that looks one step ahead (Sutskever et al. 2013, in the form of Bengio et al. 2013).")
    )

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
    """Update θ ← θ − η g / (√h + ε) in place, with `squares` h; the content of `scratch` is lost."""
    np.sqrt(squares, out=scratch)
    scratch += epsilon
    np.divide(gradient, scratch, out=scratch)
    scratch *= learning_rate
    theta -= scratch


@dataclass(frozen=True)
class AdaGrad(Optimizer):
    """AdaGrad (Duchi et al. 2011)."""

    key = "adagrad"
    label = words(message("AdaGrad"))
    formula = "h ← h + g²,  θ ← θ − η g / (√h + ε)"
    help = words(
        message("Divides each gradient by the size of all that came before, so weak layers move as far as strong ones.")
    )
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
    """RMSProp (Tieleman & Hinton 2012, lecture 6.5)."""

    key = "rmsprop"
    label = words(message("RMSProp"))
    formula = "h ← ρ h + (1 − ρ) g²,  θ ← θ − η g / (√h + ε)"
    help = words(message("Like AdaGrad, but forgets: each gradient is divided by its recent size."))
    slots = 1

    learning_rate: float = rate(0.001)
    decay: float = step_setting(
        0.99, "Decay", "How slowly past gradients are forgotten.", low=0, high=0.99999, told="decay {value}"
    )
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
    """Adam (Kingma & Ba 2015, algorithm 1)."""

    key = "adam"
    label = words(message("Adam"))
    formula = "θ ← θ − η m̂ / (√v̂ + ε)"
    help = words(message("Momentum over RMSProp, both corrected for their start (Kingma & Ba 2015, algorithm 1)."))
    slots = 2

    learning_rate: float = rate(0.001)
    beta1: float = step_setting(
        0.9, "Beta 1", "How slowly the mean of the gradient is forgotten.", low=0, high=0.99999, told="beta 1 {value}"
    )
    beta2: float = step_setting(
        0.999, "Beta 2", "How slowly its square is forgotten.", low=0, high=0.999999, told="beta 2 {value}"
    )
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
