"""Summary of a record's ledger over the network: mean gain of each kind of stage."""

from dataclasses import dataclass
from math import exp, isfinite, isnan, log

from model.measurement.ledger import total
from model.measurement.records import LayerRecord, Record

# Stands for a factor of 0, whose logarithm would be infinite.
SMALLEST_FACTOR = 1e-12


@dataclass(frozen=True)
class LedgerSummary:
    """Geometric means over the layers of the gains of weights, slope and batch norm (`norm`).

    `reach` is RMS(δ) of layer 1 over that of the output; `flattest` and `deadest` are the layers with the largest share
    of saturated and of dead units, None without hidden layers.
    """

    weights: float
    slope: float
    norm: float
    reach: float
    flattest: LayerRecord | None
    deadest: LayerRecord | None

    @property
    def per_layer(self) -> float:
        """Mean gain of a whole layer: weights · slope · norm."""
        return self.weights * self.slope * self.norm


def summarise_ledger(record: Record) -> LedgerSummary:
    """Summarise the ledger of `record`; the gain of a kind of stage that does not occur is 1."""
    layers, below = record.layers, record.output.delta_rms
    return LedgerSummary(
        _mean(layers, "weights"),
        _mean(layers, "slope"),
        _mean(layers, "batch norm"),
        (layers[0].delta_rms / below if below else 0.0) if layers else 1.0,
        max(layers, key=_saturated, default=None),
        max(layers, key=_dead, default=None),
    )


def signal_per_layer(record: Record) -> float:
    """Geometric mean of the layers' signal gains, the output's included; those that receive none are left out."""
    passed = [total(layer.signal_gain) for layer in record.all_layers]
    shares = [min(max(share, SMALLEST_FACTOR), 1 / SMALLEST_FACTOR) for share in passed if not isnan(share)]
    return exp(sum(log(share) for share in shares) / len(shares)) if shares else 1.0


def _mean(layers: tuple[LayerRecord, ...], stage: str) -> float:
    logs = [
        log(max(gain.factor, SMALLEST_FACTOR))
        for layer in layers
        for gain in layer.gain
        if gain.stage == stage and isfinite(gain.factor)
    ]
    return exp(sum(logs) / len(logs)) if logs else 1.0


def _saturated(layer: LayerRecord) -> float:
    return layer.saturated


def _dead(layer: LayerRecord) -> float:
    return layer.dead
