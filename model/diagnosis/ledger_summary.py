"""Summary of a record's ledger over the network: mean gain of each kind of stage."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, isnan, log, prod

from model.measurement.gains import Gain
from model.measurement.ledger import total
from model.measurement.records import LayerRecord, Record
from model.nn.layers import Activate, Affine

WEIGHTS, SLOPE = Affine.name, Activate.name
# Stands for a factor of 0, whose logarithm would be infinite.
SMALLEST_FACTOR = 1e-12


@dataclass(frozen=True)
class LedgerSummary:
    """Geometric means over the layers of their gains: of the weights, of the slope, and of each stage of another kind.

    `others` are those of normalisation and of residual layers, if there are any; `per_layer` is that of whole layers.
    `reach` is RMS(δ) of layer 1 over that of the output; `flattest` and `deadest` are the layers with the largest share
    of saturated and of dead units, None without hidden layers.
    """

    weights: float
    slope: float
    others: tuple[Gain, ...]
    per_layer: float
    reach: float
    flattest: LayerRecord | None
    deadest: LayerRecord | None

    @property
    def but_slope(self) -> float:
        """Mean gain of all that is no slope: the weights' and those of the other kinds."""
        return self.weights * prod(gain.factor for gain in self.others)


def summarise_ledger(record: Record) -> LedgerSummary:
    """Summarise the ledger of `record`; the gain of a kind of stage that does not occur is 1."""
    layers, below = record.layers, record.output.delta_rms
    kinds = dict.fromkeys(gain.stage for layer in layers for gain in layer.gain if not gain.part)
    others = [kind for kind in kinds if kind not in (WEIGHTS, SLOPE)]
    return LedgerSummary(
        _mean_of(layers, WEIGHTS),
        _mean_of(layers, SLOPE),
        tuple(Gain(kind, _mean_of(layers, kind)) for kind in others),
        _mean(total(layer.gain) for layer in layers),
        (layers[0].delta_rms / below if below else 0.0) if layers else 1.0,
        max(layers, key=_saturated, default=None),
        max(layers, key=_dead, default=None),
    )


def signal_per_layer(record: Record) -> float:
    """Geometric mean of the layers' signal gains, the output's included; those that receive none are left out."""
    return _mean(total(layer.signal_gain) for layer in record.all_layers)


def output_gain(record: Record) -> float:
    """Gain of the outputs' own stages, 1 where the error is the gradient at their z, as with softmax."""
    return total(record.output.gain) if record.output.gain else 1.0


def _mean_of(layers: tuple[LayerRecord, ...], stage: str) -> float:
    return _mean(gain.factor for layer in layers for gain in layer.gain if gain.stage == stage)


def _mean(factors: Iterable[float]) -> float:
    logs = [log(min(max(factor, SMALLEST_FACTOR), 1 / SMALLEST_FACTOR)) for factor in factors if not isnan(factor)]
    return exp(sum(logs) / len(logs)) if logs else 1.0


def _saturated(layer: LayerRecord) -> float:
    return layer.saturated


def _dead(layer: LayerRecord) -> float:
    return layer.dead
