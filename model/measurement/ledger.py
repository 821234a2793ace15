"""A network as the chain that the strip and the ledger show, read alike from a record and from theory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import nan
from typing import Protocol

from model.measurement.gains import Gain


class Layer(Protocol):
    """What a record measures of a layer and theory expects of it."""

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
    """A Record or a Theory."""

    @property
    def input_std(self) -> float: ...
    @property
    def layers(self) -> Sequence[Layer]: ...
    @property
    def output(self) -> Layer: ...


@dataclass(frozen=True)
class Strengths:
    """Spread over images and RMS of δ of input, layers and output; the input has no δ."""

    signal: tuple[float, ...]
    delta: tuple[float, ...]


@dataclass(frozen=True)
class LedgerLine:
    """One line of the ledger: a layer's number, its stages' factors, their product, the product of all lines so far.

    The layer is -1 for the input; `whole` is None where the chain begins.
    """

    layer: int
    factors: dict[str, float]
    whole: float | None
    running: float


def layers_of(chain: Chain) -> list[Layer]:
    """The hidden layers and the output."""
    return [*chain.layers, chain.output]


def strengths(chain: Chain) -> Strengths:
    """What the strip shows of a record or of theory."""
    layers = layers_of(chain)
    signal = (chain.input_std, *(layer.signal_std for layer in layers))
    return Strengths(signal, (nan, *(layer.delta_rms for layer in layers)))


def product(factors: Iterable[float]) -> float:
    """What stages pass one after another: nothing if one of them passes nothing, where those behind it have no gain."""
    passed = 1.0
    for factor in factors:
        if factor == 0:
            return 0.0
        passed *= factor
    return passed


def backward(chain: Chain) -> list[LedgerLine]:
    """The ledger of the gradient, from the output to layer 1."""
    layers = layers_of(chain)
    start = LedgerLine(len(layers) - 1, {}, None, 1.0)
    return _lines(start, [(index, layers[index].gain) for index in range(len(layers) - 2, -1, -1)])


def forward(chain: Chain) -> list[LedgerLine]:
    """The ledger of the signal, from the input to the output."""
    return _lines(LedgerLine(-1, {}, None, 1.0), [(k, layer.signal_gain) for k, layer in enumerate(layers_of(chain))])


def _lines(start: LedgerLine, passages: Iterable[tuple[int, tuple[Gain, ...]]]) -> list[LedgerLine]:
    lines = [start]
    for layer, gains in passages:
        factors: dict[str, float] = {}
        for stage, factor in gains:  # a stage that a layer has twice is one factor
            factors[stage] = factors.get(stage, 1.0) * factor
        whole = product(factor for _, factor in gains)
        lines.append(LedgerLine(layer, factors, whole, product((lines[-1].running, whole))))
    return lines


def stages_in(*ledgers: list[LedgerLine]) -> list[str]:
    """The name of every stage in these ledgers, in the order of its first appearance."""
    return list(dict.fromkeys(stage for ledger in ledgers for line in ledger for stage in line.factors))
