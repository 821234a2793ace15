"""Horizontal axes of the accuracy strip: value to pixels, with round ticks."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QFontMetricsF, QPainterPath

from gui.plots.canvas import Canvas, ItemPool
from gui.plots.pens_and_paths import cosmetic
from gui.plots.ticks import round_ticks
from gui.style.theme import Theme, font

AIR_SHARE = 0.06  # of the range, on either side
TICK_PIXELS = 4


@dataclass(frozen=True)
class PixelScale:
    """Linear scale from values `low`..`high` to pixels `left`..`right`."""

    low: float
    high: float
    left: float
    right: float

    @classmethod
    def around(cls, figures: Iterable[float], least: float, left: float, right: float) -> "PixelScale":
        """Scale that holds all figures with a margin and spans at least `least`."""
        found = sorted(figures)
        low, high = (found[0], found[-1]) if found else (0.0, 0.0)
        spare = max(AIR_SHARE * (high - low), (least - (high - low)) / 2)
        return cls(low - spare, high + spare, left, max(right, left + 1))

    def x(self, figure: float) -> float:
        """Place of a figure in pixels."""
        return self.left + (figure - self.low) / (self.high - self.low) * (self.right - self.left)


class StripAxis:
    """An axis line with ticks and labels below."""

    def __init__(self, canvas: Canvas) -> None:
        self.line = canvas.path(-1)
        self.labels = ItemPool(partial(canvas.text, 11))
        self.theme: Theme | None = None

    def draw(self, scale: PixelScale | None, y: float, unit: str) -> None:
        """Draw the axis at a height in pixels, `unit` behind its last label; a scale of None hides it."""
        path, ticks = QPainterPath(), []
        if scale:
            pixels = (scale.right - scale.left) / (scale.high - scale.low)
            ticks = round_ticks(scale.low, scale.high, pixels)
            path.moveTo(scale.left, y)
            path.lineTo(scale.right, y)
        for label, (value, text) in zip(self.labels.show(len(ticks)), ticks, strict=True):
            x = scale.x(value) if scale else 0.0
            path.moveTo(x, y)
            path.lineTo(x, y + TICK_PIXELS)
            # The unit stands once, right of the last number, which stays below its tick.
            own = unit if value == ticks[-1][0] else ""
            label.write(text.replace("-", "\u2212") + own)
            label.place(x + QFontMetricsF(font(11)).horizontalAdvance(own) / 2, y + TICK_PIXELS + 9, 0.5)
        self.line.setPath(path)
        self._apply_colors()

    def apply_theme(self, theme: Theme) -> None:
        self.theme = theme
        self._apply_colors()

    def _apply_colors(self) -> None:
        if self.theme:
            self.line.setPen(cosmetic(self.theme.line, 1))
            for label in self.labels.items:
                label.color(self.theme.muted)
