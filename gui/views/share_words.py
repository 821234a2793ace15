"""Words of the shares below a layer's plot, each with its figure; shorter ones where the plot is narrow."""

from model.base import number_format
from model.base.language import tr


def flat_text(word: str, share: str, *, short: bool = False) -> str:
    """The share of units whose slope is nearly 0, by what the activation function calls such a unit: saturated, off."""
    if word == "off":
        return tr("off {share}", share=share)
    return tr("sat. {share}", share=share) if short else tr("saturated {share}", share=share)


def exactly_zero(share: float) -> str:
    """The share (0..1) of values that are exactly 0, for a readout."""
    return tr("exactly 0: {share}", share=number_format.percent(share))


def beyond_texts(share: float, *, short: bool = False) -> list[str]:
    """The share (0..1) of values beyond the axis as a text of its own; none where there is no such value."""
    if not share:
        return []
    figure = number_format.percent(share)
    return [tr("out {share}", share=figure) if short else tr("beyond {share}", share=figure)]
