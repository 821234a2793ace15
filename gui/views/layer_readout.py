"""What a layer is called where there is little room, and all that is read of it, with what theory expects."""

from collections.abc import Callable
from math import isnan, log10

from model.base import number_format
from model.measurement.gains import Gain
from model.measurement.ledger import Layer, layers_of, total
from model.measurement.records import LayerRecord, Record
from model.measurement.theory import Theory

SHORT = {"Input": "In", "Output": "Out"}


def short(name: str) -> str:
    """Short form of a layer's name: In, 7, Out."""
    return SHORT.get(name, name.rpartition(" ")[2])


def readout(column: int, record: Record | None, theory: Theory | None) -> list[str]:
    """Lines for a column of the strip: 0 is the input, the last one the output; [] before there is anything to say."""
    if column == 0:
        spread = beside(record.input_std if record else None, theory.input_std if theory else None)
        return [f"spread over images {spread}"]
    measured = layers_of(record)[column - 1] if record else None
    expected = layers_of(theory)[column - 1] if theory else None
    present = measured or expected
    if present is None:
        return []

    def both(read: Callable[[Layer], float]) -> str:
        return beside(read(measured) if measured else None, read(expected) if expected else None)

    lines = [
        f"spread over images {both(_spread)}",
        f"RMS of δ {both(_delta)}",
        f"forward × {both(_onward)}: {_stages(present.signal_gain)}",
    ]
    if present.gain:
        lines.append(f"backward × {both(_back)}: {_stages(present.gain)}")
    if theory and expected and isnan(expected.signal_std + expected.delta_rms):
        lines.append(f"no theory: {theory.gap}")
    if isinstance(measured, LayerRecord):
        ratio = number_format.significant(log10(measured.update_ratio)) if measured.update_ratio > 0 else "–"
        lines += [
            f"RMS of ∂L/∂W {number_format.significant(measured.weight_gradient_rms)}",
            f"log₁₀ update ratio {ratio}",
        ]
    return lines


def beside(measured: float | None, expected: float | None) -> str:
    """Format a measured value with the expected one: 0.0265 (theory 0.0278); – if there is neither."""
    said = [] if measured is None else [number_format.significant(measured)]
    said += [] if expected is None else [f"(theory {number_format.significant(expected)})"]
    return " ".join(said) or "–"


def _spread(layer: Layer) -> float:
    return layer.signal_std


def _delta(layer: Layer) -> float:
    return layer.delta_rms


def _onward(layer: Layer) -> float:
    return total(layer.signal_gain)


def _back(layer: Layer) -> float:
    return total(layer.gain)


def _stages(gains: tuple[Gain, ...]) -> str:
    factors, parts = (
        ", ".join(f"{gain.stage} {number_format.significant(gain.factor)}" for gain in gains if gain.part is part)
        for part in (False, True)
    )
    return f"{factors} ({parts})" if parts else factors
