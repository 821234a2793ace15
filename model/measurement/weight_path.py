"""The gradient of one weight for one image, by the chain rule: ∂L/∂w = a · δ, δ = f′ · Σ w δ of the next layer.

In float64, whatever the run's precision, so that a central difference of the loss has digits to show beside it. All
passes are those of evaluation, with batch norm's running statistics.
"""

from dataclasses import dataclass

import numpy as np

from model.base.arrays import Array, Bytes
from model.base.errors import InputError
from model.config.precision import Numbers
from model.network.network import Network
from model.nn.layers import Affine

NUDGE = 1e-5  # of the weight, for the central difference


@dataclass(frozen=True)
class PathLink:
    """One way on from a unit: to `unit` of the next layer over `weight`, whose δ is `delta`."""

    unit: int
    weight: float
    delta: float

    @property
    def product(self) -> float:
        """w · δ, its part of the sum."""
        return self.weight * self.delta


@dataclass(frozen=True)
class WeightPath:
    """The factors of ∂L/∂w of the weight from unit `source` of the layer before to `unit` of `layer`, from 1.

    `activation` is a, what came in; `slope` what lies between the unit's z and its output, f′(z) in a plain network;
    `links` lead on to the next layer, none from the output. `gradient` is their product, `difference` the central
    difference of the loss.
    """

    layer: int
    source: int
    unit: int
    activation: float
    slope: float
    links: tuple[PathLink, ...]
    delta: float
    gradient: float
    difference: float

    @property
    def strongest(self) -> PathLink | None:
        """The link with the largest part of the sum, None at the output."""
        return max(self.links, key=lambda link: abs(link.product), default=None)


def weight_path(network: Network, image: Bytes, label: int, layer: int, source: int, unit: int) -> WeightPath:
    """Follow the gradient of one weight for `image`, (inputs,); raises InputError for a weight that is not there.

    Layers are counted from 1, the output's last; units from 0.
    """
    passes = _Passes(network, image, label)
    affine = passes.affine(layer)
    if not (0 <= source < affine.n_in and 0 <= unit < affine.width):
        raise InputError(f"Layer {layer} has weights from units 0 to {affine.n_in - 1} to 0 to {affine.width - 1}.")
    delta = float(passes.deltas[layer - 1][unit])
    links: tuple[PathLink, ...] = ()
    slope = 1.0
    if layer < len(passes.deltas):
        weights, deltas = passes.affine(layer + 1).weight.value[unit], passes.deltas[layer]
        links = tuple(PathLink(k, float(weights[k]), float(deltas[k])) for k in range(len(deltas)))
        arriving = sum(link.product for link in links)
        slope = delta / arriving if arriving else 0.0
    activation = float(passes.entering[layer - 1][source])
    difference = passes.central_difference(affine, source, unit)
    return WeightPath(layer, source, unit, activation, slope, links, delta, activation * delta, difference)


def strongest_weight(network: Network, image: Bytes, label: int, layer: int) -> tuple[int, int]:
    """The weight of a layer with the largest gradient for an image: the unit that it comes from, and goes to."""
    passes = _Passes(network, image, label)
    passes.affine(layer)
    entering, delta = np.abs(passes.entering[layer - 1]), np.abs(passes.deltas[layer - 1])
    return int(entering.argmax()), int(delta.argmax())


class _Passes:
    """A copy of a network in float64 and its forward and backward pass for one image.

    `entering` has what each layer's weights are given, `deltas` ∂L/∂z behind them, of each layer (units,).
    """

    def __init__(self, network: Network, image: Bytes, label: int) -> None:
        config = network.config.replace(numbers=Numbers.FLOAT64)
        if any(layer.residual for layer in network.hidden):
            raise InputError("Around residual layers a gradient has more than one way; there is no path of a weight.")
        self.network = Network(config, network.inputs, network.classes, network.scaling)
        self.network.take(network.state)
        self.label = label
        self.input: Array = self.network.scaling.scaled(image[np.newaxis], self.network.dtype)
        outputs = self._forward()
        _, _, delta = config.loss.value.of_image(outputs[-1][0], label)
        gradient: Array = np.asarray(delta, self.network.dtype)[np.newaxis]
        affines = {id(affine): place for place, affine in enumerate(self.network.affines)}
        self.entering: list[Array] = [self.input[0]] * len(affines)
        self.deltas: list[Array] = [delta] * len(affines)
        for place in range(len(self.network.to_logits) - 1, -1, -1):
            stage = self.network.to_logits[place]
            if (layer := affines.get(id(stage))) is not None:
                self.entering[layer], self.deltas[layer] = outputs[place][0], gradient[0]
            gradient = stage.infer_backward(outputs[place], outputs[place + 1], gradient)

    def affine(self, layer: int) -> Affine:
        """The weights of a layer, from 1; raises InputError where there is none."""
        affines = self.network.affines
        if not 1 <= layer <= len(affines):
            raise InputError(f"There is no layer {layer}, only 1 to {len(affines)}.")
        return affines[layer - 1]

    def _forward(self) -> list[Array]:
        outputs = [self.input]
        for stage in self.network.to_logits:
            out, scratch = (np.empty((1, stage.width), self.network.dtype) for _ in range(2))
            stage.infer(outputs[-1], out, scratch)
            outputs.append(out)
        return outputs

    def _loss(self) -> float:
        _, loss, _ = self.network.config.loss.value.of_image(self._forward()[-1][0], self.label)
        return float(loss)

    def central_difference(self, affine: Affine, source: int, unit: int) -> float:
        """(L(w + h) - L(w - h)) / 2h for one weight."""
        weights = affine.weight.value
        middle = weights[source, unit]
        weights[source, unit] = middle + NUDGE
        above = self._loss()
        weights[source, unit] = middle - NUDGE
        below = self._loss()
        weights[source, unit] = middle
        return (above - below) / (2 * NUDGE)
