"""Network of the stages that a Config asks for, over one flat vector of parameters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from model.base.arrays import Array, Float, Index
from model.config.config import Config
from model.nn.layers import NO_ARRAY, Activate, Affine, Stage
from model.nn.loss import SoftmaxCrossEntropy
from model.nn.normalization import BatchNorm


@dataclass(frozen=True)
class HiddenLayer:
    """Hidden layer: its weights, its activation, and all its stages in order."""

    name: str
    affine: Affine
    activate: Activate
    stages: tuple[Stage, ...]


class Network:
    """Fully connected network, inputs -> hidden layers -> classes.

    `theta` and `gradient` are (parameters,); the first `decaying` of them are those that weight decay applies to.
    """

    def __init__(self, config: Config, inputs: int, classes: int) -> None:
        self.config = config
        self.classes = classes
        self.dtype: Float = np.dtype(config.numbers.value.dtype).type
        self.hidden: list[HiddenLayer] = []
        width = inputs
        for name, units in zip(config.layer_names, config.hidden, strict=False):  # the output is no hidden layer
            self.hidden.append(self._hidden_layer(name, width, units))
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
        """Draw the initial weights; each layer has a stream of its own, so one layer's width moves no other's noise."""
        for affine, stream in zip(self.affines, rng.spawn(len(self.affines)), strict=True):
            affine.weight.value[...] = self.config.init.sample(stream, affine.n_in, affine.width, self.config.init_std)

    def allocate(self, images: int) -> None:
        """Allocate the arrays for training batches of `images`; called before `forward`."""
        for stage in self.stages:
            stage.allocate(images, self.dtype)
        self.loss = SoftmaxCrossEntropy(images, self.classes, self.dtype)
        self.logits = NO_ARRAY
        self.signals = [NO_ARRAY] * (len(self.stages) + 1)
        self.gradients = [NO_ARRAY] * (len(self.stages) + 1)

    def forward(self, x: Array, labels: Index) -> float:
        """Return the loss of a batch, `x` (images, inputs) and `labels` (images,).

        Leaves in `signals[k]` the input of stage k, (images, units), and the logits in the last.
        """
        self.signals[0] = x
        for place, stage in enumerate(self.stages, 1):
            x = stage.forward(x)
            self.signals[place] = x
        self.logits = x
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
