"""Normalisation of a hidden layer: which kind, and its place beside the activation."""

from collections.abc import Callable
from dataclasses import dataclass

from model.base.choices import Choice
from model.base.language import shown
from model.base.run_settings import FormerSetting
from model.nn.batch_norm import BatchNorm
from model.nn.layer_norm import LayerNorm
from model.nn.layers import Stage

Order = Callable[[Stage, Stage], list[Stage]]
Make = Callable[[int, float, float], Stage]


def before(norm: Stage, activate: Stage) -> list[Stage]:
    """Stages with the normalisation between weights and activation."""
    return [norm, activate]


def after(norm: Stage, activate: Stage) -> list[Stage]:
    """Stages with the normalisation behind the activation."""
    return [activate, norm]


def layer_norm(width: int, momentum: float, epsilon: float) -> Stage:
    """Layer norm, which has no running average."""
    return LayerNorm(width, epsilon)


@shown("label", "words", "change", "help")
@dataclass(frozen=True)
class Arrangement:
    """Normalisation of a hidden layer: `make(width, momentum, epsilon)` makes its stage, `order` puts it in its place.

    Without a `make` there is none. `words` are what names of runs call it, `change` what a change to it is called.
    """

    label: str
    words: str
    change: str
    make: Make | None
    order: Order
    help: str

    def stages(self, activate: Stage, momentum: float, epsilon: float) -> list[Stage]:
        """The stages of a hidden layer behind its weights, in order."""
        return self.order(self.make(activate.width, momentum, epsilon), activate) if self.make else [activate]


class Norm(Choice):
    """Normalisations that a network can use in its hidden layers."""

    # fmt: off
    NONE = Arrangement("None", "no normalisation", "No normalisation", None, before,
                       "Signal and gradient are as the weights make them.")
    BATCH_BEFORE = Arrangement("Batch, before", "batch norm", "Batch norm", BatchNorm, before,
                               "Every unit's z is brought to mean 0 and spread 1 over the batch: alive slopes.")
    BATCH_AFTER = Arrangement("Batch, after", "batch norm after", "Batch norm after", BatchNorm, after,
                              "Every unit's output is brought to mean 0 and spread 1 over the batch.")
    LAYER_BEFORE = Arrangement("Layer, before", "layer norm", "Layer norm", layer_norm, before,
                               "Every image's z is brought to mean 0 and spread 1 over the units of the layer.")
    LAYER_AFTER = Arrangement("Layer, after", "layer norm after", "Layer norm after", layer_norm, after,
                              "Every image's outputs are brought to mean 0 and spread 1 over the units of the layer.")
    # fmt: on

    @property
    def normalises(self) -> bool:
        """Whether the network is normalised at all."""
        return self is not Norm.NONE

    @property
    def over_batch(self) -> bool:
        """Whether units are normalised over the images of a batch, as batch norm does."""
        return self.value.make is BatchNorm

    @property
    def over_units(self) -> bool:
        """Whether images are normalised over the units of a layer, as layer norm does."""
        return self.value.make is layer_norm


# Before there was layer norm, the setting was this.
BATCH_NORM = FormerSetting(
    "batch_norm", {"none": Norm.NONE.key, "before": Norm.BATCH_BEFORE.key, "after": Norm.BATCH_AFTER.key}
)
