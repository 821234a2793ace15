"""The stages of a network: each maps a batch forward and its gradient backward, in arrays made once.

Shapes: a batch is (images, units). `forward` and `backward` return arrays that the stage owns and overwrites at the
next call. `infer` is the forward pass of evaluation: any number of images, nothing kept; `infer_backward` goes back
through it, for the few images whose gradient is looked at one by one.
"""

from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np

from model.base.arrays import Array, Float
from model.nn.activations import Activation

NO_ARRAY: Array = np.empty(0)


class Parameter:
    """What training changes: `value` and `gradient` are views into the network's two flat vectors, at `place`."""

    def __init__(self, shape: tuple[int, ...], fill: float = 0.0, *, decays: bool = False) -> None:
        self.shape = shape
        self.fill = fill
        self.decays = decays
        self.place = slice(0)
        self.value = NO_ARRAY
        self.gradient = NO_ARRAY


class Stage(ABC):
    """One link of the chain from the input to the logits."""

    name: ClassVar[str]

    def __init__(self, width: int) -> None:
        self.width = width

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """What of it training changes."""
        return ()

    @property
    def statistics(self) -> tuple[Array, ...]:
        """What of it follows the data without a gradient."""
        return ()

    def advance(self) -> None:  # noqa: B027  most stages have no statistics to advance
        """Take the last forward pass into the statistics; called once per iteration, not per forward pass."""

    @abstractmethod
    def allocate(self, images: int, dtype: Float) -> None:
        """Make the arrays for batches of `images`."""

    @abstractmethod
    def forward(self, x: Array) -> Array:
        """The outputs for one training batch."""

    @abstractmethod
    def backward(self, gradient: Array) -> Array:
        """∂L/∂x from ∂L/∂output of the same batch; fills the parameters' gradients."""

    @abstractmethod
    def infer(self, x: Array, out: Array, scratch: Array) -> None:
        """The outputs in evaluation; `scratch` has the shape of `out`."""

    @abstractmethod
    def infer_backward(self, x: Array, y: Array, gradient: Array) -> Array:
        """∂L/∂x from ∂L/∂y where y = infer(x), in an array of its own; the parameters' gradients stay as they are."""


class Affine(Stage):
    """z = x W + b, with W of shape (n_in, n_out); the first of a network needs no gradient for its input."""

    name = "weights"

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
    """a = f(z), element by element; keeps f'(z) in `slope` after the backward pass."""

    name = "slope"

    def __init__(self, width: int, activation: Activation) -> None:
        super().__init__(width)
        self.activation = activation
        self.value = activation.value.value
        self.derivative = activation.value.slope

    def allocate(self, images: int, dtype: Float) -> None:
        self.a, self.slope, self.delta = (np.empty((images, self.width), dtype) for _ in range(3))

    def forward(self, x: Array) -> Array:
        self.z = x
        self.value(x, self.a, self.slope)
        return self.a

    def backward(self, gradient: Array) -> Array:
        self.derivative(self.z, self.a, self.slope, self.delta)
        np.multiply(gradient, self.slope, out=self.delta)
        return self.delta

    def infer(self, x: Array, out: Array, scratch: Array) -> None:
        self.value(x, out, scratch)

    def infer_backward(self, x: Array, y: Array, gradient: Array) -> Array:
        slope = np.empty_like(x)
        self.derivative(x, y, slope, np.empty_like(x))
        return np.multiply(gradient, slope, out=slope)
