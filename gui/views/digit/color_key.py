"""Heads of the layer rows: column titles and colour scales."""

from typing import NamedTuple

from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QGraphicsPixmapItem

from gui.plots.canvas import Canvas
from gui.plots.diverging_scale import STEPS, hatched, pixmap
from gui.plots.tiles import scale_bar
from gui.style.text_size import follow
from gui.style.theme import Theme, font
from model.base import number_format
from model.base.language import message, tr

HEIGHT = 20
MIDDLE = 9.0
BAR = (40, 8)
SPACE_PIXELS, AIR_PIXELS = 6.0, 2.0
LONG = 1e5
END_PIXELS = 44.0  # for the widest number at an end
ACTIVATIONS = (message("activation a"), "a")
DELTAS = (message("δ = ∂L/∂z, log scale"), message("δ, log scale"), "δ")


class Columns(NamedTuple):
    """Left edges of the two blocks of cells, their common width, and the right edge of RMS δ, in pixels."""

    activations: float
    deltas: float
    width: float
    figure: float


class ColorKey(Canvas):
    """Column titles, each with a colour scale or, in a narrow view, the scale's ends in words."""

    def __init__(self) -> None:
        super().__init__()
        follow(self.setFixedHeight, HEIGHT)
        self.setAccessibleName(tr("Scales of activations and gradients"))
        self.columns = Columns(0, 0, 0, 0)
        self.titles = [self.text(11) for _ in range(3)]
        self.lows, self.highs = ([self.text(11) for _ in range(2)] for _ in range(2))
        self.bars = [QGraphicsPixmapItem() for _ in range(2)]
        for bar in self.bars:
            self.scene().addItem(bar)
        self.scales = ["", "", "", ""]

    @property
    def with_bars(self) -> bool:
        """Whether the colour scales fit."""
        return self.columns.width >= 2 * END_PIXELS + BAR[0] + 3 * SPACE_PIXELS

    def place(self, columns: Columns) -> None:
        """Move titles and scales to the columns."""
        self.columns = columns
        self.set_extent(HEIGHT)
        metrics = QFontMetricsF(font(11))
        room = columns.width - 2 * END_PIXELS - (BAR[0] + 2 * SPACE_PIXELS if self.with_bars else 0)
        for title, names, left in zip(self.titles, (ACTIVATIONS, DELTAS), columns[:2], strict=False):
            wordings = [tr(name) for name in names]
            title.write(next((each for each in wordings if metrics.horizontalAdvance(each) <= room), wordings[-1]))
            title.place(left, MIDDLE)
        self.titles[2].write("RMS δ")
        self.titles[2].place(columns.figure, MIDDLE, 1)
        for bar, low, high, left in zip(self.bars, self.lows, self.highs, columns[:2], strict=True):
            right = left + columns.width
            bar.setPos(round(right - END_PIXELS - SPACE_PIXELS - BAR[0]), MIDDLE - BAR[1] / 2)
            low.place(right - END_PIXELS - 2 * SPACE_PIXELS - BAR[0], MIDDLE, 1)
            high.place(right - END_PIXELS if self.with_bars else right, MIDDLE, 0 if self.with_bars else 1)
        self._write()

    def tell(self, activation: float, delta: float, *, signed: bool) -> None:
        """Write the scales' ends: the largest |a| and |δ|; 0 hides a scale. `signed` has negative activations too."""
        reach = f"{activation:g}" if activation < LONG else number_format.significant(activation, 2)
        largest = number_format.significant(delta, 2)
        self.scales = [f"−{reach}" if signed else "0", reach, f"−{largest}", largest]
        if not activation:
            self.scales[:2] = "", ""
        if not delta:
            self.scales[2:] = "", ""
        self._write()

    def _write(self) -> None:
        for place, (bar, low, high) in enumerate(zip(self.bars, self.lows, self.highs, strict=True)):
            first, last = self.scales[2 * place : 2 * place + 2]
            bar.setVisible(self.with_bars and bool(last))
            low.write(first if self.with_bars else "")
            high.write(last if self.with_bars else self._in_words(first, last, self.titles[place].text))

    def _in_words(self, low: str, high: str, title: str) -> str:
        """The scale's ends as one text, '' where there is no room for it beside the title."""
        words, metrics = f"±{high}" if low.startswith("−") else f"{low}–{high}" if high else "", QFontMetricsF(font(11))
        needed = metrics.horizontalAdvance(title) + AIR_PIXELS + metrics.horizontalAdvance(words)
        return words if needed <= self.columns.width else ""

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        for text in (*self.titles, *self.lows, *self.highs):
            text.color(theme.muted)

    def color_scales(self, diverging: list[int], activations: list[int], *, signed: bool) -> None:
        """Paint both scales from their colour tables; that of activations is one-sided unless `signed`."""
        whole = hatched(scale_bar(*BAR))
        upper = (STEPS + scale_bar(*BAR) // 2).astype(whole.dtype)
        self.bars[0].setPixmap(pixmap(whole if signed else upper, diverging if signed else activations))
        self.bars[1].setPixmap(pixmap(whole, diverging))
