"""Scroll bars that stop only where nothing is cut off at the edge."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QScrollBar

ROUNDING = 1e-3


def whole_rows(room: float, count: int, lowest: float, tallest: float) -> tuple[float, float]:
    """Height of each of `count` rows, of which a whole number is in sight in `room` pixels, and what is left free."""
    fitting = min(max(int(room / lowest), 1), max(count, 1))
    height = float(int(max(min(room / fitting, tallest), lowest)))
    return height, max(room - fitting * height, 0.0) if fitting < count else 0.0


class WholeSteps(QObject):
    """Keeps a scroll bar at multiples of a step; a move between two of them ends at the one ahead."""

    def __init__(self, bar: QScrollBar) -> None:
        super().__init__(bar)
        self.bar, self.step = bar, 1.0
        self._last = 0
        bar.valueChanged.connect(self._settle)

    def set_step(self, pixels: float) -> None:
        """Stop at every multiple of so many pixels, with the same row at the edge as before."""
        steps = round(self.bar.value() / self.step)
        self.step = max(pixels, 1.0)
        self.bar.setSingleStep(max(round(pixels), 1))
        self._last = min(round(steps * self.step), self.bar.maximum())
        self.bar.setValue(self._last)

    @Slot(int)
    def _settle(self, value: int) -> None:
        steps = value / self.step
        whole = int(steps + 1 - ROUNDING) if value > self._last else int(steps + ROUNDING)
        wanted = min(round(whole * self.step), self.bar.maximum())
        self._last = wanted
        if wanted != value:
            self.bar.setValue(wanted)
