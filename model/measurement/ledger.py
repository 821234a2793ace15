"""Ledger of gains and strengths per layer, computed alike from a record and from theory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import nan
from typing import Protocol

from model.measurement.gains import Gain


class Layer(Protocol):
    """Protocol of LayerRecord (measured) and Expected (theory)."""

    @property
    def name(self) -> str: ...
    @property
    def signal_std(self) -> float: ...
    @property
    def delta_rms(self) -> float: ...
    @property
    def gain(self) -> tuple[Gain, ...]: ...
    @property
    def signal_gain(self) -> tuple[Gain, ...]: ...


class Chain(Protocol):
    """Protocol of Record and Theory."""

    @property
    def input_std(self) -> float: ...
    @property
    def layers(self) -> Sequence[Layer]: ...
    @property
    def output(self) -> Layer: ...


@dataclass(frozen=True)
class Strengths:
    """Spread over images and RMS of δ of input, hidden layers and output, in this order; the input's δ is NaN."""

    signal: tuple[float, ...]
    delta: tuple[float, ...]


@dataclass(frozen=True)
class LedgerLine:
    """Line of the ledger: a layer's number (-1 for the input) and the gain of each of its stages by name.

    `whole` is their product, None where the chain begins; `running` is the product of all lines so far. Of a residual
    layer `factors` has the two parts of its gain too.
    """

    layer: int
    factors: dict[str, float]
    whole: float | None
    running: float


def layers_of(chain: Chain) -> list[Layer]:
    """Layers of a chain, the output last."""
    return [*chain.layers, chain.output]


def strengths(chain: Chain) -> Strengths:
    """Collect signal and δ of all layers of a record or a theory."""
    layers = layers_of(chain)
    signal = (chain.input_std, *(layer.signal_std for layer in layers))
    return Strengths(signal, (nan, *(layer.delta_rms for layer in layers)))


def product(factors: Iterable[float]) -> float:
    """Multiply gains; 0 as soon as one is 0, because those behind it are NaN."""
    passed = 1.0
    for factor in factors:
        if factor == 0:
            return 0.0
        passed *= factor
    return passed


def total(gains: Iterable[Gain]) -> float:
    """Multiply gains, the parts of a residual layer's left out."""
    return product(gain.factor for gain in gains if not gain.part)


def backward(chain: Chain) -> list[LedgerLine]:
    """Compute the ledger of the gradient, from the output (with squared error: from the loss) to layer 1."""
    layers = layers_of(chain)
    start = LedgerLine(len(layers), {}, None, 1.0)
    lines = _lines(start, [(index, layers[index].gain) for index in range(len(layers) - 1, -1, -1)])
    # Where nothing lies between the loss and the output's δ the chain begins there.
    return lines[1:] if layers[-1].gain else [replace(start, layer=len(layers) - 1), *lines[2:]]


def forward(chain: Chain) -> list[LedgerLine]:
    """Compute the ledger of the signal, from the input to the output."""
    return _lines(LedgerLine(-1, {}, None, 1.0), [(k, layer.signal_gain) for k, layer in enumerate(layers_of(chain))])


def _lines(start: LedgerLine, passages: Iterable[tuple[int, tuple[Gain, ...]]]) -> list[LedgerLine]:
    lines = [start]
    for layer, gains in passages:
        factors: dict[str, float] = {}
        for stage, factor in gains:  # a stage that a layer has twice is one factor
            factors[stage] = factors.get(stage, 1.0) * factor
        whole = total(gains)
        lines.append(LedgerLine(layer, factors, whole, product((lines[-1].running, whole))))
    return lines


def stages_in(*ledgers: list[LedgerLine]) -> list[str]:
    """List the names of all stages in these ledgers, in order of first appearance."""
    return list(dict.fromkeys(stage for ledger in ledgers for line in ledger for stage in line.factors))
