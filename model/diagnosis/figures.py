"""Figures of a verdict: numbers by name, from which its sentence is made when it is shown.

They are kept as they were measured, unrounded, and shares as 0..1, so that JSON can hold them. `layer` is the index of
a layer from 0 at the input side, that of the output is `layers`, the number of hidden layers; `place` is such an index,
or LOSS. Short keys name choices, as files do. A number that is not known is left out, infinity is None.
"""

from collections.abc import Mapping
from math import inf, isfinite, isnan, nan
from typing import Any

from model.base.language import tr_in
from model.base.layer_names import LOSS_PLACE, OUTPUT_PLACE, layer_name

Figure = int | float | str | None
NamedFigures = Mapping[str, Figure]

# Before the name of a stage that is neither weights nor slope: its mean gain.
GAIN_OF = "gain_of_"
LOSS = "loss"
# All that is known of a run that diverged before its first record.
OF_PLACE = frozenset({"place", "layers"})


def known(found: Mapping[str, Any]) -> dict[str, Figure]:
    """Copy figures for keeping: NaN is left out, infinity becomes None, and numbers of NumPy those of Python."""
    return {name: _kept(value) for name, value in found.items() if not (isinstance(value, float) and isnan(value))}


def _kept(value: Any) -> Figure:
    if value is None or isinstance(value, int | str):
        return value
    return float(value) if isfinite(value) else None


def number(figures: NamedFigures, name: str) -> float:
    """Look up a number; NaN where it is not known, or is a text."""
    value = figures.get(name, nan)
    if value is None:
        return inf
    return nan if isinstance(value, str) else float(value)


def whole(figures: NamedFigures, name: str) -> int:
    """Look up a whole number; 0 where it is not known."""
    value = number(figures, name)
    return round(value) if isfinite(value) else 0


def layer_words(figures: NamedFigures) -> str:
    """Say which layer `layer` is, within a sentence: "layer 3", "output", "a layer" where it is not known."""
    if "layer" not in figures:
        return tr_in("within a sentence", "a layer")
    index = whole(figures, "layer")
    if index == figures.get("layers"):
        return tr_in("within a sentence", "output")
    return tr_in("within a sentence", "layer {number}", number=index + 1)


def place_figures(place: str, layers: int) -> dict[str, Figure]:
    """Make the figures of the place where a network of `layers` hidden layers diverged, from what `Diverged` calls it.

    They lack `place` where it is no place in this network.
    """
    names = [*(layer_name(number).lower() for number in range(1, layers + 1)), OUTPUT_PLACE]
    plain = place.lower()
    found: Figure = LOSS if plain == LOSS_PLACE else names.index(plain) if plain in names else nan
    return known({"place": found, "layers": layers})


def place_name(figures: NamedFigures) -> str:
    """Name the place of divergence as `Diverged` does: "Layer 3", "the output layer", "the loss"; '' if not known."""
    if "place" not in figures:
        return ""
    if figures["place"] == LOSS:
        return LOSS_PLACE
    index = whole(figures, "place")
    return OUTPUT_PLACE if index == figures.get("layers") else layer_name(index + 1)
