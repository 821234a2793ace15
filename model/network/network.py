"""Network of the stages that a Config asks for, over one flat vector of parameters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from model.base.arrays import Array, Float, Index
from model.config.config import Config
from model.data.datasets import Dataset
from model.data.pixel_scaling import PixelScaling
from model.nn.layers import NO_ARRAY, Activate, Affine, Stage
from model.nn.residual import ShortcutEnd, ShortcutStart


@dataclass(frozen=True)
class HiddenLayer:
    """Hidden layer: its weights, its activation, and all its stages in order; `residual` if it has a way around it."""

    name: str
    affine: Affine
    activate: Activate
    stages: tuple[Stage, ...]
    residual: bool


def hidden_layer(config: Config, index: int, n_in: int) -> HiddenLayer:
    """The hidden layer of this index, from 0, without memory for its parameters; `n_in` is the width before it."""
    units, first = config.hidden[index], index == 0
    affine, activate = Affine(n_in, units, first=first), Activate(units, config.activation)
    stages = [affine, *config.norm.value.stages(activate, config.bn_momentum, config.bn_epsilon)]
    residual = config.residual.connects(n_in, units)
    if residual:
        join = ShortcutEnd(units)
        stages = [ShortcutStart(join, first=first), *stages, join]
    return HiddenLayer(config.layer_names[index], affine, activate, tuple(stages), residual)


class Network:
    """Fully connected network, inputs -> hidden layers -> classes.

    `theta` and `gradient` are (parameters,); the first `decaying` of them are those that weight decay applies to.
    `to_logits` are the stages up to the logits, behind which `stages` may have those of the loss. Its inputs are pixels
    that `scaling` has scaled.
    """

    def __init__(self, config: Config, inputs: int, classes: int, scaling: PixelScaling) -> None:
        self.config = config
        self.inputs, self.classes, self.scaling = inputs, classes, scaling
        self.dtype: Float = np.dtype(config.numbers.value.dtype).type
        self.hidden: list[HiddenLayer] = []
        width = inputs
        for index, units in enumerate(config.hidden):
            self.hidden.append(hidden_layer(config, index, width))
            width = units
        self.output = Affine(width, classes, first=not self.hidden)
        self.to_logits: list[Stage] = [*(stage for layer in self.hidden for stage in layer.stages), self.output]
        self.stages = [*self.to_logits, *config.loss.value.stages(classes)]
        self._bind()

    @classmethod
    def of(cls, config: Config, dataset: Dataset) -> Self:
        """The network of this config for the images of a data set."""
        return cls(config, dataset.inputs, dataset.classes, config.pixels.value.of(dataset))

    def sibling(self) -> "Network":
        """Another network of the same kind, with weights of its own."""
        return Network(self.config, self.inputs, self.classes, self.scaling)

    def _bind(self) -> None:
        parameters = [parameter for stage in self.stages for parameter in stage.parameters]
        parameters.sort(key=lambda parameter: not parameter.decays)
        sizes = [int(np.prod(parameter.shape)) for parameter in parameters]
        self.theta, self.gradient = (np.zeros(sum(sizes), self.dtype) for _ in range(2))
        self.decaying = sum(size for size, parameter in zip(sizes, parameters, strict=True) if parameter.decays)
        start = 0
        for size, parameter in zip(sizes, parameters, strict=True):
            parameter.place = slice(start, start + size)
            parameter.value = self.theta[parameter.place].reshape(parameter.shape)
            parameter.gradient = self.gradient[parameter.place].reshape(parameter.shape)
            parameter.value.fill(parameter.fill)
            start += size

    @property
    def affines(self) -> list[Affine]:
        """Affine stages from the input side, the output's last."""
        return [*(layer.affine for layer in self.hidden), self.output]

    def initialise(self, rng: np.random.Generator) -> None:
        """Draw the initial weights and biases.

        Each layer has a stream of its own, so one layer's width moves no other's noise.
        """
        for affine, stream in zip(self.affines, rng.spawn(len(self.affines)), strict=True):
            affine.weight.value[...] = self.config.init.sample(stream, affine.n_in, affine.width, self.config.init_std)
            affine.bias.value[...] = self.config.init.sample_bias(stream, affine.n_in, affine.width)

    def allocate(self, images: int) -> None:
        """Allocate the arrays for training batches of `images`; called before `forward`."""
        for stage in self.stages:
            stage.allocate(images, self.dtype)
        self.loss = self.config.loss.value.function(images, self.classes, self.dtype)
        self.signals = [NO_ARRAY] * (len(self.stages) + 1)
        self.gradients = [NO_ARRAY] * (len(self.stages) + 1)

    def forward(self, x: Array, labels: Index) -> float:
        """Return the loss of a batch, `x` (images, inputs) and `labels` (images,).

        Leaves in `signals[k]` the input of stage k, (images, units), and what the loss is given in the last.
        """
        self.signals[0] = x
        for place, stage in enumerate(self.stages, 1):
            x = stage.forward(x)
            self.signals[place] = x
        return self.loss.forward(x, labels)

    def backward(self) -> None:
        """Fill `gradient` with ∂L/∂θ of the last forward pass, weight decay not included.

        Leaves in `gradients[k]` the gradient with respect to `signals[k]`, of the same shape; the input's is empty.
        """
        gradient = self.loss.backward()
        self.gradients[-1] = gradient
        for place in range(len(self.stages) - 1, -1, -1):
            gradient = self.stages[place].backward(gradient)
            self.gradients[place] = gradient

    @property
    def logits(self) -> Array:
        """The logits of the last forward pass, (images, classes)."""
        return self.output.z

    def advance(self) -> None:
        """Update the running statistics of batch norm from the last batch."""
        for stage in self.stages:
            stage.advance()

    @property
    def state(self) -> list[Array]:
        """Arrays that training changes: the parameters, and the running statistics; not copied."""
        return [self.theta, *(statistic for stage in self.stages for statistic in stage.statistics)]

    def take(self, state: Sequence[Array]) -> None:
        """Copy in the `state` of a network of the same Config."""
        for mine, theirs in zip(self.state, state, strict=True):
            np.copyto(mine, theirs)

    def bad_layer(self) -> str:
        """Name the first layer whose weights or outputs in the last forward pass are not all finite; '' if all are."""
        places: Iterable[tuple[str, tuple[Array, ...]]] = (
            *((layer.name, (layer.affine.weight.value, layer.affine.z, layer.activate.a)) for layer in self.hidden),
            ("the output layer", (self.output.weight.value, self.output.z)),
        )
        for name, arrays in places:
            if not all(np.isfinite(array).all() for array in arrays):
                return name
        return ""
