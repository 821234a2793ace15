"""Stages of a network: each maps a batch forward and its gradient backward, in arrays allocated once.

Shapes: a batch is (images, units). `forward` and `backward` return arrays that the stage owns and overwrites at the
next call. `infer` is the forward pass of evaluation, for any number of images, which keeps nothing; `infer_backward` is
its backward pass, for the saliency of single images.
"""

from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np

from model.base.arrays import Array, Float
from model.base.language import message
from model.nn.activations import Activation

NO_ARRAY: Array = np.empty(0)


class Parameter:
    """Trainable array of `shape`: `value` and `gradient` are views into the network's two flat vectors, at `place`.

    `fill` is its initial value; `decays` says whether weight decay applies.
    """

    def __init__(self, shape: tuple[int, ...], fill: float = 0.0, *, decays: bool = False) -> None:
        self.shape = shape
        self.fill = fill
        self.decays = decays
        self.place = slice(0)
        self.value = NO_ARRAY
        self.gradient = NO_ARRAY


class Stage(ABC):
    """Base class of stages: maps (images, units of the stage before) to (images, `width`)."""

    name: ClassVar[str]

    def __init__(self, width: int) -> None:
        self.width = width

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Arrays that training changes by their gradient."""
        return ()

    @property
    def statistics(self) -> tuple[Array, ...]:
        """Arrays that follow the data without a gradient, such as batch norm's running mean."""
        return ()

    def advance(self) -> None:  # noqa: B027  most stages have no statistics to advance
        """Update the statistics from the last forward pass; called once per iteration, not per forward pass."""

    @abstractmethod
    def allocate(self, images: int, dtype: Float) -> None:
        """Allocate the arrays for training batches of `images`."""

    @abstractmethod
    def forward(self, x: Array) -> Array:
        """Return the outputs (images, width) for one training batch."""

    @abstractmethod
    def backward(self, gradient: Array) -> Array:
        """Return ∂L/∂x from ∂L/∂output, (images, width), of the same batch; fills the parameters' gradients."""

    @abstractmethod
    def infer(self, x: Array, out: Array, scratch: Array) -> None:
        """Write the outputs in evaluation to `out`, (images, width); `scratch` has the same shape and is lost."""

    @abstractmethod
    def infer_backward(self, x: Array, y: Array, gradient: Array) -> Array:
        """Return ∂L/∂x in a new array, from ∂L/∂y where y = infer(x); the parameters' gradients stay unchanged."""


class Affine(Stage):
    """Affine map z = x W + b, with W (n_in, n_out) and b (n_out,); a network's first one computes no ∂L/∂x."""

    name = message("weights")

    def __init__(self, n_in: int, n_out: int, *, first: bool) -> None:
        super().__init__(n_out)
        self.n_in = n_in
        self.first = first
        self.weight = Parameter((n_in, n_out), decays=True)
        self.bias = Parameter((n_out,))

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return self.weight, self.bias

    def allocate(self, images: int, dtype: Float) -> None:
        self.z = np.empty((images, self.width), dtype)
        self.dx = NO_ARRAY if self.first else np.empty((images, self.n_in), dtype)
        self.ones = np.ones(images, dtype)

    def forward(self, x: Array) -> Array:
        self.x = x
        np.matmul(x, self.weight.value, out=self.z)
        np.add(self.z, self.bias.value, out=self.z)
        return self.z

    def backward(self, gradient: Array) -> Array:
        """∂L/∂W = xᵀ δ, ∂L/∂b = Σ δ over images, ∂L/∂x = δ Wᵀ (empty for the first stage), with δ = ∂L/∂z."""
        # A product with ones takes 0.05 to 0.5 of the time of np.sum.
        np.matmul(self.x.T, gradient, out=self.weight.gradient)
        np.dot(self.ones, gradient, out=self.bias.gradient)
        if not self.first:
            np.matmul(gradient, self.weight.value.T, out=self.dx)
        return self.dx

    def infer(self, x: Array, out: Array, scratch: Array) -> None:
        np.matmul(x, self.weight.value, out=out)
        np.add(out, self.bias.value, out=out)

    def infer_backward(self, x: Array, y: Array, gradient: Array) -> Array:
        dx: Array = gradient @ self.weight.value.T
        return dx


class Activate(Stage):
    """Activation a = f(z), element by element; keeps f'(z) in `slope` after the backward pass."""

    name = message("slope")

    def __init__(self, width: int, activation: Activation) -> None:
        super().__init__(width)
        self.activation = activation
        self.value = activation.value.value
        self.derivative = activation.value.slope

    def allocate(self, images: int, dtype: Float) -> None:
        self.a, self.slope, self.delta = (np.empty((images, self.width), dtype) for _ in range(3))
        self.kept = np.empty_like(self.a) if self.activation.value.keeps else self.slope

    def forward(self, x: Array) -> Array:
        self.z = x
        self.value(x, self.a, self.kept)
        return self.a

    def backward(self, gradient: Array) -> Array:
        """∂L/∂z = ∂L/∂a · f'(z), element by element."""
        self.derivative(self.z, self.a, self.kept, self.slope, self.delta)
        np.multiply(gradient, self.slope, out=self.delta)
        return self.delta

    def infer(self, x: Array, out: Array, scratch: Array) -> None:
        self.value(x, out, scratch)

    def infer_backward(self, x: Array, y: Array, gradient: Array) -> Array:
        _, slope = self.activation.value.evaluate(x)
        return np.multiply(gradient, slope, out=slope)
