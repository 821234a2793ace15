"""Losses and the outputs that go with them; the Enum `Loss` is the only list of them.

A loss is given what leaves the network's last stage, (images, classes), and returns its gradient with respect to that.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from model.base.arrays import Array, Float, Index
from model.base.choices import Choice
from model.base.language import message, shown
from model.nn.activations import Activation
from model.nn.layers import Activate, Stage


class LossFunction(ABC):
    """Loss of batches of `images`, as the mean over them; NaN where an output is not finite."""

    def __init__(self, images: int, classes: int, dtype: Float) -> None:
        self.images = images
        self.columns = np.arange(images, dtype=np.intp)
        self.positions = np.empty(images, np.intp)

    @abstractmethod
    def forward(self, outputs: Array, labels: Index) -> float:
        """Return the loss for `outputs` (images, classes) and `labels` (images,)."""

    @abstractmethod
    def backward(self) -> Array:
        """Return ∂L/∂outputs, (images, classes), of the last forward pass; call it once per forward pass."""


class SoftmaxCrossEntropy(LossFunction):
    """Softmax and cross-entropy combined, stable for any finite logits.

    L = mean over the batch of −log softmax(logits)[label]; ∂L/∂logits = (softmax − one-hot) / images.
    """

    def __init__(self, images: int, classes: int, dtype: Float) -> None:
        super().__init__(images, classes, dtype)
        # One row per class: maxima and sums over classes then take a quarter of the time.
        self.by_class = np.empty((classes, images), dtype)
        self.flat = self.by_class.reshape(-1)
        self.delta = self.by_class.T
        self.peak, self.picked, self.total = (np.empty(images, dtype) for _ in range(3))
        self.ones = np.ones(classes, dtype)

    def forward(self, outputs: Array, labels: Index) -> float:
        np.copyto(self.by_class, outputs.T)
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
        np.multiply(self.total, self.images, out=self.total)
        np.divide(self.by_class, self.total, out=self.by_class)
        self.flat[self.positions] -= 1 / self.images
        return self.delta


class SquaredError(LossFunction):
    """Half the summed squared error: L = mean over the batch of ½ Σ (a − y)², y one-hot; ∂L/∂a = (a − y) / images.

    As in Nielsen, Neural Networks and Deep Learning (2015), equation 6.
    """

    def __init__(self, images: int, classes: int, dtype: Float) -> None:
        super().__init__(images, classes, dtype)
        self.error = np.empty((images, classes), dtype)
        self.flat = self.error.reshape(-1)
        np.multiply(self.columns, classes, out=self.columns)

    def forward(self, outputs: Array, labels: Index) -> float:
        np.copyto(self.error, outputs)
        np.add(self.columns, labels, out=self.positions)
        self.flat[self.positions] -= 1
        return float(np.dot(self.flat, self.flat)) / (2 * self.images)

    def backward(self) -> Array:
        np.multiply(self.error, 1 / self.images, out=self.error)
        return self.error


class OutputSlope(Activate):
    """The sigmoid of the outputs that the squared error needs; on the way back its slope σ′(z) scales the error."""

    name = message("output slope")

    def __init__(self, classes: int) -> None:
        super().__init__(classes, Activation.SIGMOID)


def no_stages(classes: int) -> list[Stage]:
    """None: softmax is part of its loss."""
    return []


def sigmoid_outputs(classes: int) -> list[Stage]:
    """Sigmoid outputs."""
    return [OutputSlope(classes)]


def softmax_of_image(logits: Array, label: int) -> tuple[Array, float, Array]:
    """Return p = softmax(logits), −log p[label], and ∂L/∂logits = p − one-hot, (classes,) each."""
    shifted = logits - logits.max()
    exponentials = np.exp(shifted)
    total = exponentials.sum()
    probabilities = exponentials / total
    delta = probabilities.copy()
    # p[label] − 1 as minus all the others: the gradient of a network that is sure is small, not 0.
    delta[label] = 0
    delta[label] -= delta.sum()
    return probabilities, float(np.log(total) - shifted[label]), delta


def squared_error_of_image(logits: Array, label: int) -> tuple[Array, float, Array]:
    """Return a = σ(logits), ½ Σ (a − y)², and ∂L/∂logits = (a − y) σ′, (classes,) each."""
    outputs, slope = Activation.SIGMOID.value.evaluate(logits)
    error = outputs.copy()
    error[label] -= 1
    return outputs, float(error @ error) / 2, error * slope


def entropy(shares: Sequence[float]) -> float:
    """Cross-entropy of an answer that is these shares of the classes: their entropy, in nats."""
    return -sum(share * log(share) for share in shares if share > 0)


def gini(shares: Sequence[float]) -> float:
    """Half the squared error of an answer that is these shares of the classes: ½ Σ p (1 − p)."""
    return sum(share * (1 - share) for share in shares) / 2


@shown("label", "words", "help")
@dataclass(frozen=True)
class OutputAndLoss:
    """Loss with its outputs: `stages(classes)` lie behind the logits, `guessing(shares)` is the loss of a guess.

    A network that learns nothing answers the shares of the classes. `of_image(logits, label)` returns the outputs of
    one image, its loss and ∂L/∂logits; `output_word` is what one of these outputs is, English until `tr` shows it.
    `words` are what names of runs and the axis of its curve call it.
    """

    label: str
    words: str
    function: type[LossFunction]
    stages: Callable[[int], list[Stage]]
    of_image: Callable[[Array, int], tuple[Array, float, Array]]
    output_word: str
    guessing: Callable[[Sequence[float]], float]
    help: str


class Loss(Choice):
    """Losses that a network can be trained with, each with its outputs."""

    # fmt: off
    SOFTMAX = OutputAndLoss("Cross-entropy", "cross-entropy", SoftmaxCrossEntropy, no_stages,
                            softmax_of_image, message("probability"), entropy,
                            "Softmax outputs: the gradient at their z is the error itself, however wrong they are.")
    SQUARED = OutputAndLoss("Squared error", "squared error", SquaredError,
                            sigmoid_outputs, squared_error_of_image, message("output"), gini,
                            "Sigmoid outputs, whose slopes the error has to pass: what is surely wrong learns slowly.")
    # fmt: on
