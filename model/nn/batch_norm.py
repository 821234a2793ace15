"""Batch normalisation (Ioffe & Szegedy 2015, algorithm 1)."""

import numpy as np

from model.base.arrays import Array, Float
from model.base.language import message
from model.nn.layers import Parameter, Stage


class BatchNorm(Stage):
    """Batch norm y = γ x̂ + β with x̂ = (x − mean) / √(var + ε), mean and (biased) variance over the batch, unit by unit.

    Evaluation uses the running mean and variance, (width,) in float64, which start at 0 and 1:
    running ← m running + (1 − m) batch.
    """

    name = message("batch norm")

    def __init__(self, width: int, momentum: float, epsilon: float) -> None:
        super().__init__(width)
        self.momentum = momentum
        self.epsilon = epsilon
        self.gamma = Parameter((width,), fill=1.0)
        self.beta = Parameter((width,))
        self.running_mean = np.zeros(width)
        self.running_variance = np.ones(width)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return self.gamma, self.beta

    @property
    def statistics(self) -> tuple[Array, ...]:
        return self.running_mean, self.running_variance

    def allocate(self, images: int, dtype: Float) -> None:
        self.share = np.full(images, 1 / images, dtype)
        self.ones = np.ones(images, dtype)
        self.mean, self.variance, self.inverse, self.factor = (np.empty(self.width, dtype) for _ in range(4))
        self.normalised, self.y, self.dx = (np.empty((images, self.width), dtype) for _ in range(3))

    def forward(self, x: Array) -> Array:
        np.dot(self.share, x, out=self.mean)
        np.subtract(x, self.mean, out=self.normalised)
        np.multiply(self.normalised, self.normalised, out=self.y)
        np.dot(self.share, self.y, out=self.variance)
        np.add(self.variance, self.epsilon, out=self.inverse)
        np.sqrt(self.inverse, out=self.inverse)
        np.reciprocal(self.inverse, out=self.inverse)
        np.multiply(self.normalised, self.inverse, out=self.normalised)
        np.multiply(self.normalised, self.gamma.value, out=self.y)
        np.add(self.y, self.beta.value, out=self.y)
        return self.y

    def backward(self, gradient: Array) -> Array:
        """∂L/∂γ = Σ g x̂, ∂L/∂β = Σ g, ∂L/∂x = γ / √(var + ε) · (g − mean(g) − x̂ mean(g x̂)).

        Sums and means are over the batch, g = ∂L/∂y.
        """
        np.multiply(gradient, self.normalised, out=self.dx)
        np.dot(self.ones, self.dx, out=self.gamma.gradient)
        np.dot(self.ones, gradient, out=self.beta.gradient)
        np.multiply(self.normalised, self.gamma.gradient, out=self.dx)
        np.add(self.dx, self.beta.gradient, out=self.dx)
        np.multiply(self.dx, self.share[0], out=self.dx)
        np.subtract(gradient, self.dx, out=self.dx)
        np.multiply(self.gamma.value, self.inverse, out=self.factor)
        np.multiply(self.dx, self.factor, out=self.dx)
        return self.dx

    def advance(self) -> None:
        self._follow(self.running_mean, self.mean)
        self._follow(self.running_variance, self.variance)

    def _follow(self, running: Array, batch: Array) -> None:
        running *= self.momentum
        running += (1 - self.momentum) * batch

    def infer(self, x: Array, out: Array, scratch: Array) -> None:
        np.subtract(x, self.running_mean.astype(out.dtype), out=out)
        np.multiply(out, self._running_factor(out.dtype.type), out=out)
        np.add(out, self.beta.value, out=out)

    def infer_backward(self, x: Array, y: Array, gradient: Array) -> Array:
        return np.multiply(gradient, self._running_factor(gradient.dtype.type))

    def _running_factor(self, dtype: Float) -> Array:
        factor: Array = self.gamma.value / np.sqrt(self.running_variance + self.epsilon).astype(dtype)
        return factor
