"""Places of the layers in a network: where a layer's signals and gradients lie, and the gains on its way."""

from dataclasses import dataclass

from model.measurement.gains import Gain, gains, residual_gains
from model.network.network import Network
from model.nn.layers import Activate, Affine


@dataclass(frozen=True, slots=True)
class LayerSlot:
    """Place of a layer in its network: its stages are `start` to `stop` - 1, its weights the one at `weights`.

    `z` and `a` index `Network.signals`. `squash` is its activation, of the output that of its loss if it has one.
    `last` is where its way back begins if no layer follows. The gradient has two ways back around a `residual` layer.
    """

    name: str
    affine: Affine
    squash: Activate | None
    hidden: bool
    residual: bool
    start: int
    weights: int
    stop: int
    last: int
    z: int
    a: int


def layer_slots(network: Network) -> list[LayerSlot]:
    """Find the place of every layer, the output last; its logits are its activation."""
    found, start = [], 0
    for layer in network.hidden:
        stop, z = start + len(layer.stages), start + layer.stages.index(layer.activate)
        weights = start + layer.stages.index(layer.affine)
        name, affine, activate, residual = layer.name, layer.affine, layer.activate, layer.residual
        found.append(LayerSlot(name, affine, activate, True, residual, start, weights, stop, stop, z, z + 1))
        start = stop
    stages, output = network.stages, network.output
    squash = next((stage for stage in stages[start + 1 :] if isinstance(stage, Activate)), None)
    name, stop = network.config.layer_names[-1], start + 1
    return [*found, LayerSlot(name, output, squash, False, False, start, start, stop, len(stages), stop, stop)]


def backward_gains(
    place: LayerSlot, following: LayerSlot | None, names: list[str], gradient: list[float]
) -> tuple[Gain, ...]:
    """Compute the gains from where the next layer's line of the ledger ends to where this one's ends.

    A line ends at δ, of a residual layer at its input, where both ways back meet; only the first one's ends at δ too.
    `names` are those of all stages, `gradient` the RMS of the gradients at `Network.signals`.
    """
    onward = following is not None and not following.residual
    begin = place.stop + 1 if onward else place.last
    if not place.residual:
        return _back(names, gradient, begin, place.weights + 1)
    outer = _back(names, gradient, begin, place.stop)
    if place.start == 0:
        return (*outer, *_back(names, gradient, place.stop - 1, place.weights + 1))
    return (*outer, *residual_gains(gradient[place.stop], gradient[place.weights], gradient[place.start]))


def _back(names: list[str], gradient: list[float], begin: int, end: int) -> tuple[Gain, ...]:
    return gains(names[end:begin][::-1], gradient[end : begin + 1][::-1])


def forward_gains(place: LayerSlot, names: list[str], signal: list[float]) -> tuple[Gain, ...]:
    """Compute the gains from the layer's input to its output; `signal` is the spread of `Network.signals`."""
    if place.residual:
        return residual_gains(signal[place.start], signal[place.stop - 1], signal[place.stop])
    return gains(names[place.start : place.stop], signal[place.start : place.stop + 1])
