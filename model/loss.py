"""Softmax and cross-entropy in one, stable for any finite logits."""

import numpy as np

from model.arrays import Array, Index


class SoftmaxCrossEntropy:
    """L = mean over the batch of −log softmax(logits)[label]; ∂L/∂logits = (softmax − one-hot) / images."""

    def __init__(self, images: int, classes: int, dtype: type) -> None:
        self.images = images
        self.delta = np.empty((images, classes), dtype)
        self.flat = self.delta.reshape(-1)
        self.starts = np.arange(images, dtype=np.intp) * classes
        self.positions = np.empty(images, np.intp)
        self.peak, self.total = (np.empty((images, 1), dtype) for _ in range(2))
        self.picked = np.empty(images, dtype)
        self.scale = np.asarray(1 / images, dtype)

    def forward(self, logits: Array, labels: Index) -> float:
        """The loss; NaN where a logit is not finite."""
        np.maximum.reduce(logits, axis=1, out=self.peak, keepdims=True)
        np.subtract(logits, self.peak, out=self.delta)
        np.add(self.starts, labels, out=self.positions)
        np.take(self.flat, self.positions, out=self.picked, mode="clip")
        np.exp(self.delta, out=self.delta)
        np.add.reduce(self.delta, axis=1, out=self.total, keepdims=True)
        np.divide(self.delta, self.total, out=self.delta)
        np.log(self.total, out=self.total)
        return (float(np.add.reduce(self.total, axis=None)) - float(np.add.reduce(self.picked))) / self.images

    def backward(self) -> Array:
        """∂L/∂logits of the last forward pass; call it once per forward pass."""
        self.flat[self.positions] -= 1
        np.multiply(self.delta, self.scale, out=self.delta)
        return self.delta
