"""A network: the stages that a Config asks for, over one flat vector of parameters."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from model.arrays import Array, Float, Index
from model.config import Config
from model.layers import NO_ARRAY, Activate, Affine, Stage
from model.loss import SoftmaxCrossEntropy
from model.normalization import BatchNorm


@dataclass(frozen=True)
class HiddenLayer:
    """One hidden layer: its weights, its activation, and all its stages in order."""

    name: str
    affine: Affine
    activate: Activate
    stages: tuple[Stage, ...]


class Network:
    """inputs -> hidden layers -> classes, with every parameter in one vector: those that decay first."""

    def __init__(self, config: Config, inputs: int, classes: int) -> None:
        self.config = config
        self.classes = classes
        self.dtype: Float = np.dtype(config.numbers.value.dtype).type
        self.hidden: list[HiddenLayer] = []
        width = inputs
        for number, units in enumerate(config.hidden, 1):
            self.hidden.append(self._hidden_layer(f"Layer {number}", width, units))
            width = units
        self.output = Affine(width, classes, first=not self.hidden)
        self.stages: list[Stage] = [stage for layer in self.hidden for stage in layer.stages]
        self.stages.append(self.output)
        self._bind()

    def _hidden_layer(self, name: str, n_in: int, units: int) -> HiddenLayer:
        affine = Affine(n_in, units, first=not self.hidden)
        activate = Activate(units, self.config.activation)

        def norm() -> Stage:
            return BatchNorm(units, self.config.bn_momentum, self.config.bn_epsilon)

        stages = (affine, *self.config.batch_norm.value.stages(norm, activate))
        return HiddenLayer(name, affine, activate, stages)

    def _bind(self) -> None:
        parameters = [parameter for stage in self.stages for parameter in stage.parameters]
        parameters.sort(key=lambda parameter: not parameter.decays)
        sizes = [int(np.prod(parameter.shape)) for parameter in parameters]
        self.theta, self.gradient = (np.zeros(sum(sizes), self.dtype) for _ in range(2))
        self.decaying = sum(size for size, parameter in zip(sizes, parameters, strict=True) if parameter.decays)
        start = 0
        for size, parameter in zip(sizes, parameters, strict=True):
            parameter.value = self.theta[start : start + size].reshape(parameter.shape)
            parameter.gradient = self.gradient[start : start + size].reshape(parameter.shape)
            parameter.value.fill(parameter.fill)
            start += size

    @property
    def affines(self) -> list[Affine]:
        """The layers with weights, from the input side."""
        return [*(layer.affine for layer in self.hidden), self.output]

    def initialise(self, rng: np.random.Generator) -> None:
        """Draw the initial weights; each layer has a stream of its own, so one layer's width moves no other's noise."""
        for affine, stream in zip(self.affines, rng.spawn(len(self.affines)), strict=True):
            affine.weight.value[...] = self.config.init.sample(stream, affine.n_in, affine.width, self.config.init_std)

    def allocate(self, images: int) -> None:
        """Make the arrays for training batches of `images`."""
        for stage in self.stages:
            stage.allocate(images, self.dtype)
        self.loss = SoftmaxCrossEntropy(images, self.classes, self.dtype)
        self.logits = NO_ARRAY

    def forward(self, x: Array, labels: Index) -> float:
        """The loss of one training batch."""
        for stage in self.stages:
            x = stage.forward(x)
        self.logits = x
        return self.loss.forward(x, labels)

    def backward(self) -> None:
        """Fill `gradient` with ∂L/∂θ of the last forward pass, weight decay not included."""
        gradient = self.loss.backward()
        for stage in reversed(self.stages):
            gradient = stage.backward(gradient)

    def advance(self) -> None:
        """Take the last batch into the running statistics."""
        for stage in self.stages:
            stage.advance()

    def take(self, other: "Network") -> None:
        """Become a copy of `other`, which was made from the same Config."""
        np.copyto(self.theta, other.theta)
        for mine, theirs in zip(self.stages, other.stages, strict=True):
            for to, source in zip(mine.statistics, theirs.statistics, strict=True):
                np.copyto(to, source)

    def bad_layer(self) -> str:
        """The first place whose weights or outputs in the last forward pass are not all finite, '' if all are."""
        places: Iterable[tuple[str, tuple[Array, ...]]] = (
            *((layer.name, (layer.affine.weight.value, layer.affine.z, layer.activate.a)) for layer in self.hidden),
            ("the output layer", (self.output.weight.value, self.output.z)),
        )
        for name, arrays in places:
            if not all(np.isfinite(array).all() for array in arrays):
                return name
        return ""
