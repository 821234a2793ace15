"""The two logarithmic scales of the signal strip: of the signal, upward, and of δ, downward."""

from gui.plots.log_scale import LogScale
from model.measurement.ledger import Chain, Strengths, strengths

SPARE_DECADES = 0.2  # between the smallest value and the scale's low end


class StripScales:
    """Hold for the whole run and only ever grow."""

    def __init__(self) -> None:
        self.signal, self.delta = LogScale(below=SPARE_DECADES), LogScale(below=SPARE_DECADES)

    def cover(self, chain: Chain) -> bool:
        """Grow to all that is measured or expected of `chain`; whether that changed anything."""
        found = strengths(chain)
        grown = [self.signal.cover(found.signal), self.delta.cover(found.delta)]
        return any(grown)

    def shares(self, found: Strengths) -> list[tuple[float, float]]:
        """How much of the room the bars of signal and δ take, 0 to 1, for the input and each layer."""
        return [
            (self.signal.share(signal), self.delta.share(delta))
            for signal, delta in zip(found.signal, found.delta, strict=True)
        ]

    @property
    def ends(self) -> tuple[int, int, int, int]:
        """The powers of ten at the ends, from top to bottom."""
        return self.signal.high, self.signal.low, self.delta.low, self.delta.high
