"""Range of values that the images of all layers share, grown to hold a run's histograms a few at a time."""

from collections.abc import Sequence
from math import ceil, floor

from gui.plots.rebinning import foot
from model.measurement.histograms import Histogram
from model.measurement.records import Record

NOTHING = (0.0, 1.0)
HISTOGRAMS_AT_ONCE = 2_000  # takes 5 ms


class ValueSpan:
    """The ends of an axis that holds the histograms called `name` (a field of Histograms) of every record so far.

    With `decades` they are those of whole powers of ten, and the rare values below them are left out.
    """

    def __init__(self, name: str, *, decades: bool) -> None:
        self.name, self.decades = name, decades
        self.forget()

    def forget(self) -> None:
        """Begin anew, for another run."""
        self.covered = 0
        self.ends = NOTHING
        self.zeros = False  # whether any layer ever had values of exactly 0

    def cover(self, pictures: Sequence[Record], layers: int) -> bool:
        """Grow to hold the next of these records, of so many layers each; False while there are more."""
        end = min(self.covered + max(HISTOGRAMS_AT_ONCE // max(layers, 1), 1), len(pictures))
        found: list[Histogram] = [
            histogram
            for record in pictures[self.covered : end]
            for layer in record.all_layers[:layers]
            if (histogram := getattr(layer.histograms, self.name))
        ]
        self.covered = end
        if found:
            low = min(floor(foot(each)) if self.decades else each.low for each in found)
            high = max(ceil(each.high) if self.decades else each.high for each in found)
            begun = self.ends is not NOTHING
            self.ends = (min(low, self.ends[0]), max(high, self.ends[1])) if begun else (low, high)
            self.zeros = self.zeros or any(each.zeros for each in found)
        return end == len(pictures)
