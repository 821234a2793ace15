"""What a layer is called where there is little room, and all that is read of it, with what theory expects."""

from collections.abc import Callable
from math import isnan, log10

from model.base import number_format
from model.base.language import tr, tr_in
from model.base.layer_names import INPUT, OUTPUT, shown_layer, shown_stage
from model.base.sentences import listed
from model.measurement.gains import Gain
from model.measurement.ledger import Layer, layers_of, total
from model.measurement.records import LayerRecord, Record
from model.measurement.theory import Theory


def short(name: str) -> str:
    """What the layer of this name is called where there is little room: In, 7, Out."""
    if name == INPUT:
        return tr_in("layer", "In")
    return tr_in("layer", "Out") if name == OUTPUT else name.rpartition(" ")[2]


def wordings(name: str) -> tuple[str, str]:
    """What the layer of this name is called, and where there is little room."""
    return shown_layer(name), short(name)


def readout(column: int, record: Record | None, theory: Theory | None) -> list[str]:
    """Lines for a column of the strip: 0 is the input, the last one the output; [] before there is anything to say."""
    if column == 0:
        spread = beside(record.input_std if record else None, theory.input_std if theory else None)
        return [tr("spread over images {spread}", spread=spread)]
    measured = layers_of(record)[column - 1] if record else None
    expected = layers_of(theory)[column - 1] if theory else None
    present = measured or expected
    if present is None:
        return []

    def both(read: Callable[[Layer], float]) -> str:
        return beside(read(measured) if measured else None, read(expected) if expected else None)

    lines = [
        tr("spread over images {spread}", spread=both(_spread)),
        tr("RMS of δ {rms}", rms=both(_delta)),
        tr("forward × {factor}: {stages}", factor=both(_onward), stages=_stages(present.signal_gain)),
    ]
    if present.gain:
        lines.append(tr("backward × {factor}: {stages}", factor=both(_back), stages=_stages(present.gain)))
    if theory and expected and isnan(expected.signal_std + expected.delta_rms):
        lines.append(tr("no theory: {reason}", reason=theory.gap))
    if isinstance(measured, LayerRecord):
        ratio = number_format.significant(log10(measured.update_ratio)) if measured.update_ratio > 0 else "–"
        lines += [
            tr("RMS of ∂L/∂W {rms}", rms=number_format.significant(measured.weight_gradient_rms)),
            tr("log₁₀ update ratio {ratio}", ratio=ratio),
        ]
    return lines


def beside(measured: float | None, expected: float | None) -> str:
    """Format a measured value with the expected one: 0.0265 (theory 0.0278); – if there is neither."""
    if expected is None:
        return "–" if measured is None else number_format.significant(measured)
    theory = number_format.significant(expected)
    if measured is None:
        return tr("(theory {expected})", expected=theory)
    return tr("{measured} (theory {expected})", measured=number_format.significant(measured), expected=theory)


def _spread(layer: Layer) -> float:
    return layer.signal_std


def _delta(layer: Layer) -> float:
    return layer.delta_rms


def _onward(layer: Layer) -> float:
    return total(layer.signal_gain)


def _back(layer: Layer) -> float:
    return total(layer.gain)


def _stages(gains: tuple[Gain, ...]) -> str:
    factors, parts = ([_factor(gain) for gain in gains if gain.part is part] for part in (False, True))
    said = listed(*factors) if factors else ""
    return tr("{factors} ({parts})", factors=said, parts=listed(*parts)) if parts else said


def _factor(gain: Gain) -> str:
    return tr("{name} {value}", name=shown_stage(gain.stage), value=number_format.significant(gain.factor))
