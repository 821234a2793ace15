"""What the panel says below a setting of the run that it belongs to."""

from itertools import pairwise
from typing import Protocol

from model.base.language import tr
from model.base.sentences import listed
from model.nn.residual import Residual

MNIST_PIXELS = 784


class HiddenWidths(Protocol):
    """What of a Config decides which layers have a connection around them."""

    @property
    def hidden(self) -> tuple[int, ...]: ...
    @property
    def residual(self) -> Residual: ...
    @property
    def data(self) -> str: ...


def residual_note(config: HiddenWidths) -> str:
    """Which hidden layers have no connection around them: "Layers 1 and 3 stay plain: their widths differ."

    Of layer 1 it says so only where the number of pixels is known, of MNIST.
    """
    if config.residual is Residual.OFF or not config.hidden:
        return ""
    first = config.hidden[0] if config.data else MNIST_PIXELS
    widths = pairwise((first, *config.hidden))
    plain = [str(number) for number, (n_in, units) in enumerate(widths, 1) if not config.residual.connects(n_in, units)]
    if len(plain) == len(config.hidden) > 1:
        return tr("All layers stay plain: each is of another width than what it is given.")
    if len(plain) > 1:
        return tr(
            "Layers {numbers} and {last} stay plain: their widths differ from their inputs'.",
            numbers=listed(*plain[:-1]),
            last=plain[-1],
        )
    return tr("Layer {number} stays plain: its width differs from its input's.", number=plain[0]) if plain else ""
