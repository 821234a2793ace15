"""What a record is: the figures and histograms of one iteration."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from model.measurement.gains import Gain
from model.measurement.histograms import Histogram


@dataclass(frozen=True, slots=True)
class Histograms:
    """Histograms of one layer; δ and ∂L/∂W by the decade of their magnitude. None is one that was not measured.

    z is what the activation takes, after batch norm where that stands before it; the output layer has no a.
    """

    z: Histogram | None = None
    a: Histogram | None = None
    delta: Histogram | None = None
    weight_gradient: Histogram | None = None
    weight: Histogram | None = None


EVERY_HISTOGRAM = frozenset(Histograms.__dataclass_fields__)
BY_DECADE = frozenset({"delta", "weight_gradient"})  # their bins are of log10 |value|
NOT_MEASURED = Histograms()


@dataclass(frozen=True, slots=True)
class LayerRecord:
    """One layer at a record. RMS is always per element; the output layer's activation is its logits.

    `signal_std` is the spread over the images of each unit's output, √(mean over units of its variance): what of the
    input is still visible. δ = ∂L/∂z with z = x W + b; `update_ratio` is RMS(ΔW) / RMS(W). `saturated` and `dead` are
    shares; `alike` says whether all units answer the same. `gain` leads from δ of the next layer to δ of this one,
    `signal_gain` from the signal of the layer before to this one's.
    """

    name: str
    activation_mean: float
    activation_std: float
    activation_rms: float
    signal_std: float
    mean_slope: float
    saturated: float
    dead: float
    alike: bool
    delta_rms: float
    activation_gradient_rms: float
    weight_gradient_rms: float
    bias_gradient_rms: float
    weight_rms: float
    update_ratio: float
    gain: tuple[Gain, ...]
    signal_gain: tuple[Gain, ...]
    histograms: Histograms = NOT_MEASURED


@dataclass(frozen=True, slots=True)
class Record:
    """What is measured at one iteration, before its update: everything belongs to the same weights.

    `test_accuracy` is NaN where the test set was not evaluated. `answer` is the class that the batch is given most
    often, `answer_share` to how much of it. `input_std` is the signal of the input.
    """

    iteration: int
    loss: float
    train_accuracy: float
    test_accuracy: float
    layers: tuple[LayerRecord, ...]
    output: LayerRecord
    input_std: float
    answer: int
    answer_share: float

    @property
    def all_layers(self) -> tuple[LayerRecord, ...]:
        """Hidden layers and output."""
        return (*self.layers, self.output)

    @property
    def tested(self) -> bool:
        """Whether the test set was evaluated."""
        return self.test_accuracy == self.test_accuracy

    @property
    def pictured(self) -> bool:
        """Whether there are histograms of every quantity."""
        return self.has(EVERY_HISTOGRAM)

    def has(self, histograms: AbstractSet[str]) -> bool:
        """Whether these were measured, of every layer that has them."""
        first = self.all_layers[0].histograms
        names = histograms if self.layers else histograms - {"a"}  # the output layer has no activation
        return all(getattr(first, name) is not None for name in names)

    def bare(self) -> "Record":
        """The same figures without any histogram."""
        layers = tuple(replace(layer, histograms=NOT_MEASURED) for layer in self.layers)
        return replace(self, layers=layers, output=replace(self.output, histograms=NOT_MEASURED))


def of_layer(record: Record, index: int) -> LayerRecord | None:
    """A layer of a record by its number, the output's last."""
    layers = record.all_layers
    return layers[index] if index < len(layers) else None
