"""Path of one weight: its gradient as the product of what came in and what comes back, factor by factor.

For z_j = Σ_i a_i w_ij + b_j the chain rule gives ∂L/∂w_ij = a_i δ_j with δ_j = ∂L/∂z_j, and δ_j = f'(z_j) Σ_k w_jk δ_k
with the weights w_jk and the δ_k of the next layer. Normalisation and connections around layers add links to that. All
is of one image, in float64, with the passes of evaluation.
"""

from dataclasses import dataclass

import numpy as np

from model.base.arrays import Array, Bytes
from model.base.errors import InputError
from model.base.layer_names import layer_message
from model.config.precision import Numbers
from model.measurement.saliency import gradients_of, signals_of
from model.network.network import Network
from model.nn.activations import Activation
from model.nn.layers import NO_ARRAY, Activate, Stage
from model.nn.residual import ShortcutEnd, ShortcutStart

# An error of h² L‴/6 and of 10⁻¹⁶ L/h: both far below what is shown of a gradient.
STEP = 1e-4
BESIDE_A_KINK = 1e-9
AROUND = "around"  # the link of a connection around the next layer


@dataclass(frozen=True)
class PathLink:
    """Link of a path: what arrives is multiplied by `factor`, then `added` comes from beside.

    What is added comes around the layer, or through units that a normalisation mixes with this one; mostly it is 0.
    """

    name: str
    factor: float
    added: float = 0.0


@dataclass(frozen=True, eq=False)
class WeightPath:
    """Path of the weight from unit `source` to unit `target` of a layer, all counted from 0.

    `incoming` is a_i. `following` are the weights w_jk and `deltas` the δ_k of the next layer, (units,) each, which sum
    to `arriving`, Σ w δ; the output layer has none, there the error arrives: what it answers less what is right.
    The `links` make `delta` of it, and `gradient` is incoming · delta. `difference` is (L(w + h) − L(w − h)) / 2h; it
    is no derivative where `bends` says that a unit's activation has a kink between the two.
    """

    layer: int
    source: int
    target: int
    weight: float
    incoming: float
    following: Array
    deltas: Array
    arriving: float
    links: tuple[PathLink, ...]
    delta: float
    gradient: float
    difference: float
    step: float
    bends: bool

    @property
    def terms(self) -> Array:
        """The terms w_jk δ_k of the sum that arrives, (units of the next layer,)."""
        products: Array = self.following * self.deltas
        return products

    @property
    def longer(self) -> bool:
        """Whether a normalisation or a connection around the layer adds links to a · δ and δ = Σ w δ · f'."""
        return len(self.links) > 1


class ImagePass:
    """Forward and backward pass of one image, (inputs,) of bytes, through a float64 copy of a network.

    Without a label the loss is that of the class that the network answers.
    """

    def __init__(self, network: Network, image: Bytes, label: int | None) -> None:
        config = network.config.replace(numbers=Numbers.FLOAT64)
        self.network = Network(config, network.inputs, network.classes, network.scaling)
        self.network.take(network.state)
        self.image = image
        # A network that has diverged has no path, but that shows in the numbers.
        with np.errstate(over="ignore", invalid="ignore"):
            self.signals = signals_of(self.network, image)
            logits = self.signals[-1][0]
            self.label = int(logits.argmax()) if label is None else label
            self.outputs, self.loss, delta = config.loss.value.of_image(logits, self.label)
            self.gradients = gradients_of(self.network, self.signals, delta[np.newaxis])
        self.places = [self.network.to_logits.index(affine) for affine in self.network.affines]

    def incoming(self, layer: int) -> Array:
        """What the weights of a layer multiply, (n_in,)."""
        found: Array = self.signals[self.places[layer]][0]
        return found

    def delta(self, layer: int) -> Array:
        """∂L/∂z of a layer, (units,)."""
        found: Array = self.gradients[self.places[layer] + 1][0]
        return found

    def largest(self, layer: int) -> tuple[int, int]:
        """The weight with the largest |∂L/∂w| of a layer, as (source, target)."""
        a, delta = np.abs(self.incoming(layer)), np.abs(self.delta(layer))
        return int(a.argmax()), int(delta.argmax())

    def path(self, layer: int, source: int, target: int) -> WeightPath:
        """Path of one weight; raises InputError where the network has no such weight."""
        affines = self.network.affines
        if not 0 <= layer < len(affines):
            raise InputError(
                "The network has {layers} layers with weights, none of them is {layer}.",
                layers=len(affines),
                layer=layer + 1,
            )
        n_in, n_out = affines[layer].weight.shape
        if not (0 <= source < n_in and 0 <= target < n_out):
            raise InputError(
                "{layer} has weights from {inputs} to {units} units, none of them leads from {source} to {target}.",
                layer=layer_message(self.network.config.layer_names[layer]),
                inputs=n_in,
                units=n_out,
                source=source + 1,
                target=target + 1,
            )
        with np.errstate(over="ignore", invalid="ignore"):
            return self._path(layer, source, target)

    def _path(self, layer: int, source: int, target: int) -> WeightPath:
        last = layer == len(self.places) - 1
        if last:
            following, deltas = NO_ARRAY, NO_ARRAY
            arriving, links = self._from_the_loss(target)
        else:
            following = self.network.affines[layer + 1].weight.value[target].copy()
            deltas = self.delta(layer + 1).copy()
            arriving, links = float(following @ deltas), self._links(layer, target)
        a, delta = float(self.incoming(layer)[source]), float(self.delta(layer)[target])
        weight = float(self.network.affines[layer].weight.value[source, target])
        difference, bends = self._difference(layer, source, target)
        return WeightPath(layer, source, target, weight, a, following, deltas, arriving, links, delta, a * delta,
                          difference, STEP, bends)  # fmt: skip

    def _links(self, layer: int, unit: int) -> tuple[PathLink, ...]:
        """Links from the sum over the next layer back to z of a unit, in that order."""
        stages, links = self.network.to_logits, []
        for place in range(self.places[layer + 1] - 1, self.places[layer], -1):
            stage = stages[place]
            if isinstance(stage, ShortcutStart):
                around = self.gradients[stages.index(stage.join) + 1]
                links.append(PathLink(AROUND, 1.0, float(around[0, unit])))
            elif not isinstance(stage, ShortcutEnd):  # that passes on what it gets
                links.append(self._link(stage, place, unit))
        return tuple(links)

    def _link(self, stage: Stage, place: int, unit: int) -> PathLink:
        x, y = self.signals[place], self.signals[place + 1]
        row = stage.infer_backward(x, y, _one(y.shape, unit))[0]
        own = float(row[unit])
        mixed = np.count_nonzero(row) > (own != 0)
        arrives, leaves = self.gradients[place + 1][0, unit], self.gradients[place][0, unit]
        return PathLink(stage.name, own, float(leaves - own * arrives) if mixed else 0.0)

    def _from_the_loss(self, unit: int) -> tuple[float, tuple[PathLink, ...]]:
        """The error of an output, and the links from it back to its z."""
        behind = self.network.stages[len(self.network.to_logits) :]
        if not behind:  # a · δ with δ the error itself, here without the rounding of 1 − p
            return float(self.delta(len(self.places) - 1)[unit]), ()
        logits, links = self.signals[-1], []
        for stage in behind:
            outputs = self.outputs[np.newaxis]
            slope = stage.infer_backward(logits, outputs, _one(outputs.shape, unit))
            links.append(PathLink(stage.name, float(slope[0, unit])))
        return float(self.outputs[unit] - (unit == self.label)), tuple(links)

    def _difference(self, layer: int, source: int, target: int) -> tuple[float, bool]:
        """Central difference of the loss by one weight, and whether there is a kink within it."""
        values, loss_of = self.network.affines[layer].weight.value, self.network.config.loss.value.of_image
        middle, losses, sides = float(values[source, target]), [], []
        for step in (STEP, -STEP):
            values[source, target] = middle + step
            signals = signals_of(self.network, self.image)
            losses.append(loss_of(signals[-1][0], self.label)[1])
            sides.append(self._sides(signals))
        values[source, target] = middle
        return (losses[0] - losses[1]) / (2 * STEP), sides[0] != sides[1]

    def _sides(self, signals: list[Array]) -> bytes:
        """On what side of its activation's kink every unit is."""
        pairs = zip(self.network.to_logits, signals, strict=False)
        return b"".join(
            (x > 0).tobytes() for stage, x in pairs if isinstance(stage, Activate) and has_kink(stage.activation)
        )


def has_kink(activation: Activation) -> bool:
    """Whether the slope of an activation jumps at z = 0."""
    _, slopes = activation.value.evaluate(np.array([-BESIDE_A_KINK, BESIDE_A_KINK]))
    return bool(abs(slopes[1] - slopes[0]) > 1e-6)


def _one(shape: tuple[int, ...], unit: int) -> Array:
    found = np.zeros(shape)
    found[0, unit] = 1
    return found
