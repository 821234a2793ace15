"""Records: figures and histograms of one iteration."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from model.measurement.gains import Gain
from model.measurement.histograms import Histogram


@dataclass(frozen=True, slots=True)
class Histograms:
    """Histograms of one layer, None if not measured; those of δ and ∂L/∂W are of log10 |value|.

    z is the input of the activation, after batch norm where that stands before it; the output layer has no a.
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
    """Figures of one layer. RMS is always per element; the output layer's activation is its logits.

    `signal_std` is the spread over images of the outputs, √(mean over units of the variance): the signal that depends
    on the input. δ = ∂L/∂z with z = x W + b; `update_ratio` is RMS(ΔW) / RMS(W). `saturated` and `dead` are
    shares, 0..1; `alike` says whether all units have equal outputs. `gain` leads from δ of the next layer to δ of this
    one, `signal_gain` from the signal of the layer before to this one's.
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
    """Figures of one iteration, all of the weights before its update; accuracies are shares, 0..1.

    `test_accuracy` is NaN where the test set was not evaluated. `answer` is the label of the most frequent answer to
    the batch, `answer_share` its share. `input_std` is the spread of the pixels over images, as a layer's `signal_std`.
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
        """Hidden layers and output layer, in this order."""
        return (*self.layers, self.output)

    @property
    def tested(self) -> bool:
        """Whether the test set was evaluated."""
        return self.test_accuracy == self.test_accuracy

    @property
    def pictured(self) -> bool:
        """Whether all histograms were measured."""
        return self.has(EVERY_HISTOGRAM)

    def has(self, histograms: AbstractSet[str]) -> bool:
        """Whether the named histograms were measured, of every layer that has them."""
        first = self.all_layers[0].histograms
        names = histograms if self.layers else histograms - {"a"}  # the output layer has no activation
        return all(getattr(first, name) is not None for name in names)

    def bare(self) -> "Record":
        """Copy the record without histograms."""
        layers = tuple(replace(layer, histograms=NOT_MEASURED) for layer in self.layers)
        return replace(self, layers=layers, output=replace(self.output, histograms=NOT_MEASURED))


def of_layer(record: Record, index: int) -> LayerRecord | None:
    """Find a layer by its index, the output's last; None beyond it."""
    layers = record.all_layers
    return layers[index] if index < len(layers) else None
