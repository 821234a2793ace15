"""Residual connections (He et al. 2016): h + f(h), by a stage at either end of a layer.

A `ShortcutStart` before the layer's weights hands its input to the `ShortcutEnd` behind its last stage, which adds it.
On the way back the ShortcutEnd hands the gradient to the ShortcutStart, which adds it to what came back through the
layer. So signals and gradients of the way through the layer lie between the two like those of any other stages.
"""

import numpy as np

from model.base.arrays import Array, Float
from model.base.choices import Choice, Wording
from model.nn.layers import NO_ARRAY, Stage


class Residual(Choice):
    """Whether layers as wide as what they are given have a connection around them."""

    OFF = Wording("Off", "The signal and its gradient have one way only, through every layer.")
    ON = Wording("On", "Adds each layer's input to its output: the gradient has a way around the layer, by factor 1.")

    def connects(self, n_in: int, units: int) -> bool:
        """Whether a hidden layer of so many units that is given so many values has a connection around it."""
        return self is Residual.ON and n_in == units


class ShortcutEnd(Stage):
    """End of a residual layer: adds the layer's input to what came through the layer."""

    name = "shortcut end"

    def __init__(self, width: int) -> None:
        super().__init__(width)
        self.around = self.gradient = NO_ARRAY

    def allocate(self, images: int, dtype: Float) -> None:
        self.y = np.empty((images, self.width), dtype)

    def forward(self, x: Array) -> Array:
        np.add(x, self.around, out=self.y)
        return self.y

    def backward(self, gradient: Array) -> Array:
        self.gradient = gradient
        return gradient

    def infer(self, x: Array, out: Array, scratch: Array) -> None:
        np.add(x, self.around, out=out)

    def infer_backward(self, x: Array, y: Array, gradient: Array) -> Array:
        self.gradient = gradient
        return gradient


class ShortcutStart(Stage):
    """Beginning of the residual layer that ends with `join`; a network's first one computes no ∂L/∂x."""

    name = "shortcut start"

    def __init__(self, join: ShortcutEnd, *, first: bool) -> None:
        super().__init__(join.width)
        self.join = join
        self.first = first

    def allocate(self, images: int, dtype: Float) -> None:
        self.dx = NO_ARRAY if self.first else np.empty((images, self.width), dtype)

    def forward(self, x: Array) -> Array:
        self.join.around = x
        return x

    def backward(self, gradient: Array) -> Array:
        """∂L/∂x is the sum of the gradients of both ways."""
        if not self.first:
            np.add(gradient, self.join.gradient, out=self.dx)
        return self.dx

    def infer(self, x: Array, out: Array, scratch: Array) -> None:
        # A copy: whoever evaluates may use the memory of x again before the layer ends.
        self.join.around = x.copy("K")
        np.copyto(out, x)

    def infer_backward(self, x: Array, y: Array, gradient: Array) -> Array:
        total: Array = gradient + self.join.gradient
        return total
