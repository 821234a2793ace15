"""Softmax and cross-entropy combined, stable for any finite logits."""

import numpy as np

from model.base.arrays import Array, Float, Index


class SoftmaxCrossEntropy:
    """Loss L = mean over the batch of −log softmax(logits)[label]; ∂L/∂logits = (softmax − one-hot) / images."""

    def __init__(self, images: int, classes: int, dtype: Float) -> None:
        self.images = images
        # One row per class: maxima and sums over classes then take a quarter of the time.
        self.by_class = np.empty((classes, images), dtype)
        self.flat = self.by_class.reshape(-1)
        self.delta = self.by_class.T
        self.columns = np.arange(images, dtype=np.intp)
        self.positions = np.empty(images, np.intp)
        self.peak, self.picked, self.total = (np.empty(images, dtype) for _ in range(3))
        self.ones = np.ones(classes, dtype)

    def forward(self, logits: Array, labels: Index) -> float:
        """Return the loss for `logits` (images, classes) and `labels` (images,); NaN where a logit is not finite."""
        np.copyto(self.by_class, logits.T)
        np.maximum.reduce(self.by_class, axis=0, out=self.peak)
        np.subtract(self.by_class, self.peak, out=self.by_class)
        np.multiply(labels, self.images, out=self.positions)
        np.add(self.positions, self.columns, out=self.positions)
        self.flat.take(self.positions, out=self.picked, mode="clip")
        np.exp(self.by_class, out=self.by_class)
        np.dot(self.ones, self.by_class, out=self.total)
        np.log(self.total, out=self.peak)
        np.subtract(self.peak, self.picked, out=self.picked)
        return float(np.add.reduce(self.picked)) / self.images

    def backward(self) -> Array:
        """Return ∂L/∂logits, (images, classes), of the last forward pass; call it once per forward pass."""
        np.multiply(self.total, self.images, out=self.total)
        np.divide(self.by_class, self.total, out=self.by_class)
        self.flat[self.positions] -= 1 / self.images
        return self.delta
