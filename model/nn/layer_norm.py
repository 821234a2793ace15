"""Layer normalisation (Ba, Kiros & Hinton 2016, equations 3 and 4)."""

import numpy as np

from model.base.arrays import Array, Float
from model.base.language import message
from model.nn.layers import Parameter, Stage


class LayerNorm(Stage):
    """Layer norm y = γ x̂ + β with x̂ = (x − mean) / √(var + ε), mean and (biased) variance over the units of an image.

    Every image is normalised by itself, so a batch of one will do, and evaluation computes what training does.
    """

    name = message("layer norm")

    def __init__(self, width: int, epsilon: float) -> None:
        super().__init__(width)
        self.epsilon = epsilon
        self.gamma = Parameter((width,), fill=1.0)
        self.beta = Parameter((width,))

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return self.gamma, self.beta

    def allocate(self, images: int, dtype: Float) -> None:
        self.share = np.full(self.width, 1 / self.width, dtype)
        self.ones = np.ones(images, dtype)
        self.inverse, self.common = (np.empty((images, 1), dtype) for _ in range(2))
        self.normalised, self.y, self.dx, self.scratch = (np.empty((images, self.width), dtype) for _ in range(4))

    def forward(self, x: Array) -> Array:
        self._normalise(x, self.share, self.normalised, self.y, self.inverse)
        np.multiply(self.normalised, self.gamma.value, out=self.y)
        np.add(self.y, self.beta.value, out=self.y)
        return self.y

    def backward(self, gradient: Array) -> Array:
        """∂L/∂γ = Σ g x̂, ∂L/∂β = Σ g, ∂L/∂x = (γ g − mean(γ g) − x̂ mean(γ g x̂)) / √(var + ε).

        Sums are over the batch, means over the units of an image, g = ∂L/∂y.
        """
        np.multiply(gradient, self.normalised, out=self.dx)
        np.dot(self.ones, self.dx, out=self.gamma.gradient)
        np.dot(self.ones, gradient, out=self.beta.gradient)
        self._back(gradient, self.share, self.normalised, self.inverse, self.common, self.scratch, self.dx)
        return self.dx

    def infer(self, x: Array, out: Array, scratch: Array) -> None:
        self._normalise(x, self._shares(x), out, scratch, np.empty((len(x), 1), x.dtype))
        np.multiply(out, self.gamma.value, out=out)
        np.add(out, self.beta.value, out=out)

    def infer_backward(self, x: Array, y: Array, gradient: Array) -> Array:
        share = self._shares(x)
        normalised, scratch, dx = (np.empty_like(x) for _ in range(3))
        inverse, common = (np.empty((len(x), 1), x.dtype) for _ in range(2))
        self._normalise(x, share, normalised, scratch, inverse)
        self._back(gradient, share, normalised, inverse, common, scratch, dx)
        return dx

    def _shares(self, x: Array) -> Array:
        return np.full(self.width, 1 / self.width, x.dtype)

    def _normalise(self, x: Array, share: Array, out: Array, scratch: Array, inverse: Array) -> None:
        """Write x̂ to `out` and 1 / √(var + ε), (images, 1), to `inverse`."""
        column = inverse[:, 0]
        np.dot(x, share, out=column)
        np.subtract(x, inverse, out=out)
        np.multiply(out, out, out=scratch)
        np.dot(scratch, share, out=column)
        np.add(inverse, self.epsilon, out=inverse)
        np.sqrt(inverse, out=inverse)
        np.reciprocal(inverse, out=inverse)
        np.multiply(out, inverse, out=out)

    def _back(
        self,
        gradient: Array,
        share: Array,
        normalised: Array,
        inverse: Array,
        common: Array,
        scratch: Array,
        dx: Array,
    ) -> None:
        np.multiply(gradient, self.gamma.value, out=dx)
        np.multiply(dx, normalised, out=scratch)
        np.dot(scratch, share, out=common[:, 0])
        np.multiply(normalised, common, out=scratch)
        np.dot(dx, share, out=common[:, 0])
        np.subtract(dx, common, out=dx)
        np.subtract(dx, scratch, out=dx)
        np.multiply(dx, inverse, out=dx)
