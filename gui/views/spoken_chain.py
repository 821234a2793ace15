"""What the signal strip, the ledger and one digit show, as sentences for a screen reader."""

from collections.abc import Sequence

from gui.views.spoken_layers import each, named
from model.base import number_format
from model.base.language import tr
from model.base.sentences import in_parts
from model.measurement.gains import rms
from model.measurement.ledger import Chain, LedgerLine, strengths
from model.measurement.saliency import Saliency

MOST_CLASSES = 3


def strip_said(names: Sequence[str], measured: Chain | None, expected: Chain | None) -> str:
    """Signal and gradient of every layer, as measured or before that as theory expects them."""
    chain = measured or expected
    if chain is None:
        return ""
    found = strengths(chain)
    figures = {"signal": each(names, found.signal), "gradient": each(names, found.delta)}
    if measured:
        return tr("Signal, spread over images: {signal}. Gradient, RMS of δ: {gradient}.", **figures)
    return tr("Expected signal, spread over images: {signal}. Expected gradient, RMS of δ: {gradient}.", **figures)


def ledger_said(arrives: str, names: Sequence[str], ledger: Sequence[LedgerLine]) -> str:
    """What arrives at the end, and the product of each line that has one."""
    there = [(name, line.whole) for name, line in zip(names, ledger, strict=True) if line.whole is not None]
    lines = each([name for name, _ in there], [whole for _, whole in there])
    return tr("{arrives}. Passed on by each: {lines}.", arrives=arrives, lines=lines) if lines else arrives


def layers_said(explanation: Saliency) -> str:
    """RMS of δ of every layer for this digit."""
    names = [layer.name for layer in explanation.layers]
    deltas = each(names, [rms(layer.delta) for layer in explanation.layers])
    return tr("RMS of δ for this digit: {layers}.", layers=deltas)


def classes_said(names: Sequence[str], explanation: Saliency, true: int | None) -> str:
    """The likeliest classes, and the true one."""
    outputs = explanation.outputs
    order = sorted(range(len(names)), key=lambda place: -float(outputs[place]))[:MOST_CLASSES]
    likeliest = in_parts(named(names[place], number_format.percent(float(outputs[place]))) for place in order)
    if true is None:
        return tr("Likeliest: {classes}.", classes=likeliest)
    loss = number_format.significant(explanation.loss)
    return tr("Likeliest: {classes}. It is {true}; loss {loss}.", classes=likeliest, true=names[true], loss=loss)


def pixels_said(explanation: Saliency, columns: int) -> str:
    """Where the loss depends on a pixel most."""
    place = int(explanation.pixels.argmax())
    return tr(
        "The largest is {largest}, in row {row}, column {column}.",
        largest=number_format.significant(float(explanation.pixels[place]), 2),
        row=place // columns + 1,
        column=place % columns + 1,
    )
