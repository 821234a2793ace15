"""Places of the window that a lesson lights up, or leaves alone where it dims all others."""

import re
from dataclasses import dataclass
from typing import Self

from model.base.choices import Choice, Wording
from model.base.errors import InputError
from model.config.views import CardKind, ViewKind


class WindowPart(Choice):
    """What a lesson can name beside the cards and views."""

    TRAIN = Wording("Train", "The button that starts and pauses the run.")
    PANEL = Wording("Panel", "The settings.")
    SLIDER = Wording("Timeline", "The slider that goes back in the run.")
    VERDICT = Wording("Verdict", "The sentence on what the run is doing.")
    RUNS = Wording("Runs", "The list of runs.")
    GUESSING = Wording("Guessing", "The dotted line of a network that guesses, on the curves.")


PLACES = {kind.key: kind.label for kinds in (CardKind, ViewKind, WindowPart) for kind in kinds}
LAYER = re.compile(r"(?:(?P<part>[a-z-]+) )?(?:layer (?P<layer>[0-9]{1,2})|(?P<output>output))")


@dataclass(frozen=True)
class Place:
    """A card, view or part of the window by its key, '' for all; of it one layer, from 1, 0 the output; None is all."""

    part: str
    layer: int | None = None

    @classmethod
    def named(cls, text: str) -> Self:
        """Read `ledger`, `layer 1`, `ledger layer 1` or `ledger output`; raises InputError."""
        found = LAYER.fullmatch(text)
        part = (found["part"] or "") if found else text
        if (part and part not in PLACES) or (not part and not found) or (found and found["layer"] == "0"):
            raise InputError(f"There is no place '{text:.40}'; there are {', '.join(PLACES)} and layer 1, 2, …")
        return cls(part, (int(found["layer"] or 0)) if found else None)

    @property
    def label(self) -> str:
        """What the window calls it."""
        layer = "" if self.layer is None else f"Layer {self.layer}" if self.layer else "Output"
        return ", ".join(filter(None, (PLACES.get(self.part, ""), layer)))

    def __str__(self) -> str:
        layer = "" if self.layer is None else f"layer {self.layer}" if self.layer else "output"
        return f"{self.part} {layer}".strip()
