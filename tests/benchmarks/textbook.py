"""Whole runs of the classic lesson, on two cores, against the lesson's own way of computing them.

The program trains in one process and computes the test accuracies in another, which the first helps where it would wait
for it, as `train` does. The other side is what textbooks teach, and no worse: float64, a dictionary of layers that each
return new arrays, and the accuracy on all test images every ten iterations. The loss comes with the gradient, at no
extra forward pass.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from time import sleep
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from model.config.config import Config
from model.config.presets import PRESETS
from model.data.datasets import Dataset, load_dataset
from model.network.evaluation_process import EvaluationProcess
from model.nn.activations import Activation
from model.training.trainer import Trainer
from tests.benchmarks._figures import Figure, compare

Floats = NDArray[np.float64]
Labels = NDArray[np.intp]

TURNS = 3
TARGET = 8.0
LESSON = PRESETS[:6]


class Layer(Protocol):
    """A link of the chain."""

    def forward(self, x: Floats) -> Floats: ...

    def backward(self, dout: Floats) -> Floats: ...


class Affine:
    """x W + b."""

    def __init__(self, W: Floats, b: Floats) -> None:
        self.W, self.b = W, b

    def forward(self, x: Floats) -> Floats:
        self.x = x
        out: Floats = np.dot(x, self.W) + self.b
        return out

    def backward(self, dout: Floats) -> Floats:
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        dx: Floats = np.dot(dout, self.W.T)
        return dx


class Sigmoid:
    """1 / (1 + exp(-x))."""

    def forward(self, x: Floats) -> Floats:
        self.out: Floats = 1 / (1 + np.exp(-x))
        return self.out

    def backward(self, dout: Floats) -> Floats:
        return dout * (1.0 - self.out) * self.out


class Relu:
    """max(0, x)."""

    def forward(self, x: Floats) -> Floats:
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout: Floats) -> Floats:
        dout[self.mask] = 0
        return dout


class SoftmaxWithLoss:
    """Softmax, then the cross-entropy with the labels."""

    def forward(self, x: Floats, t: Labels) -> float:
        shifted = x - np.max(x, axis=1, keepdims=True)
        exp = np.exp(shifted)
        self.y: Floats = exp / np.sum(exp, axis=1, keepdims=True)
        self.t = t
        return float(-np.sum(np.log(self.y[np.arange(len(t)), t] + 1e-7)) / len(t))

    def backward(self) -> Floats:
        dx = self.y.copy()
        dx[np.arange(len(self.t)), self.t] -= 1
        return dx / len(self.t)


class MultiLayerNet:
    """Affine and activation in turn, by name, then softmax with loss."""

    def __init__(self, config: Config, inputs: int, classes: int) -> None:
        rng = np.random.default_rng(config.seed)
        sizes = [inputs, *config.hidden, classes]
        self.params: dict[str, Floats] = {}
        self.layers: dict[str, Layer] = {}
        for i, (n_in, n_out) in enumerate(pairwise(sizes), 1):
            self.params[f"W{i}"] = config.init.sample(rng, n_in, n_out, config.init_std).astype(np.float64)
            self.params[f"b{i}"] = np.zeros(n_out)
            self.layers[f"Affine{i}"] = Affine(self.params[f"W{i}"], self.params[f"b{i}"])
            if i <= len(config.hidden):
                self.layers[f"Activation{i}"] = Relu() if config.activation is Activation.RELU else Sigmoid()
        self.last = SoftmaxWithLoss()

    def predict(self, x: Floats) -> Floats:
        for layer in self.layers.values():
            x = layer.forward(x)
        return x

    def accuracy(self, x: Floats, t: Labels) -> float:
        return float(np.sum(np.argmax(self.predict(x), axis=1) == t)) / len(t)

    def gradient(self, x: Floats, t: Labels) -> tuple[float, dict[str, Floats]]:
        loss = self.last.forward(self.predict(x), t)
        dout = self.last.backward()
        for layer in reversed(self.layers.values()):
            dout = layer.backward(dout)
        grads: dict[str, Floats] = {}
        for name, layer in self.layers.items():
            if isinstance(layer, Affine):
                number = name.removeprefix("Affine")
                grads[f"W{number}"], grads[f"b{number}"] = layer.dW, layer.db
        return loss, grads


@dataclass(frozen=True)
class Images:
    """The data set as the lesson loads it: float64 from 0 to 1."""

    x_train: Floats
    t_train: Labels
    x_test: Floats
    t_test: Labels


def textbook_run(config: Config, images: Images, classes: int) -> list[tuple[float, float]]:
    """Loss and test accuracy every `record_every` iterations."""
    net = MultiLayerNet(config, images.x_train.shape[1], classes)
    records = []
    for i in range(config.iterations):
        mask = np.random.choice(len(images.x_train), config.batch_size)  # noqa: NPY002  as the lesson draws them
        loss, grads = net.gradient(images.x_train[mask], images.t_train[mask])
        for key in net.params:
            net.params[key] -= config.optimizer.learning_rate * grads[key]
        if i % config.record_every == 0:
            records.append((loss, net.accuracy(images.x_test, images.t_test)))
    return records


def our_run(config: Config, dataset: Dataset, evaluation: EvaluationProcess) -> int:
    """The same with Layerscope, its records complete with histograms; returns how many there were."""
    return len(list(Trainer(config, dataset, evaluation=evaluation)))


def started(evaluation: EvaluationProcess) -> None:
    """Wait until the process can evaluate, as that of a window that has been open for a second."""
    while not evaluation.ready:
        sleep(0.01)


def measure() -> Iterator[Figure]:
    """How many times as fast each preset of the lesson runs."""
    dataset = load_dataset()
    images = Images(
        dataset.train_images / 255.0, dataset.train_labels, dataset.test_images / 255.0, dataset.test_labels
    )
    with EvaluationProcess(helped=True) as evaluation:
        started(evaluation)
        for preset in LESSON:
            ours = partial(our_run, preset.config, dataset, evaluation)
            ours()
            found = compare(partial(textbook_run, preset.config, images, dataset.classes), ours, TURNS)
            yield Figure(
                f"textbook run / ours, {preset.label}, {preset.config.iterations:,} iterations",
                found.ratio,
                TARGET,
                unit="×",
                at_least=True,
                detail=f"{found.first:.2f} s / {found.second:.2f} s",
            )
