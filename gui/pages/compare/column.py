"""Column of the compare view: one run's head, curves, histograms and gradient, top to bottom."""

from functools import partial
from math import nan

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from gui.pages.compare.column_head import ColumnHead
from gui.pages.compare.layout import RATIO, TOP, CompareLayout
from gui.pages.compare.run_moment import RunMoment, run_moment
from gui.pages.compare.shared_scales import SharedScales
from gui.pages.compare.small_plots import SmallAccuracyPlot, SmallGradientPlot, SmallHistogramPlot
from gui.plots.canvas import Canvas, ItemPool
from gui.runs.run_entry import RunEntry
from gui.style.run_styles import look_of
from gui.style.theme import Theme
from model.base.language import message, tr
from model.history.run_log import RunLog

READING, WAITING = message("reading …"), message("waiting …")
RULED, RULED_AROUND_NOTE = (0.0, 0.5, 1.0), (0.0, 1.0)  # shares of the accuracy plot's height


class RunColumn:
    """The plots of one run, drawn in `pieces`: curves, gradient, then one per hidden layer."""

    def __init__(self, canvas: Canvas) -> None:
        self.head = ColumnHead(canvas)
        self.accuracy, self.gradient = SmallAccuracyPlot(canvas), SmallGradientPlot(canvas)
        self.layers = ItemPool(partial(SmallHistogramPlot, canvas))
        self.ratio, self.note = canvas.text(), canvas.text()
        self.entry: RunEntry | None = None
        self.hidden = 0
        self.seen: RunMoment | None = None
        self.drawn: tuple[RunLog | None, int] = None, -1

    def setVisible(self, visible: bool) -> None:
        for item in (self.head, self.accuracy, self.gradient, self.ratio, self.note):
            item.setVisible(visible)
        self.layers.show(self.hidden if visible else 0)

    def show(self, entry: RunEntry) -> None:
        """Draw another run from now on."""
        self.entry, self.seen, self.drawn = entry, None, (None, -1)
        self.hidden = len(entry.recipe.config.hidden)
        self.clear()

    def clear(self) -> None:
        """Clear all plots."""
        for cell in (self.accuracy, self.gradient, *self.layers.show(self.hidden)):
            cell.clear()
        self.write()

    @property
    def pieces(self) -> int:
        """Number of pieces to draw; 0 before the first record."""
        return 2 + self.hidden if self.seen else 0

    @property
    def stale(self) -> bool:
        """Whether the run log has changed since `look`."""
        run_log = self.entry.run_log if self.entry else None
        return run_log is not None and (run_log, run_log.version) != self.drawn

    def look(self, at: int | None) -> RunMoment | None:
        """Read the run at an iteration, None for the newest, for the following `draw`."""
        if self.entry and (run_log := self.entry.run_log):
            self.drawn = run_log, run_log.version
            self.seen = run_moment(run_log, at)
        return self.seen

    def place(self, layout: CompareLayout, column: int, name: str) -> None:
        """Move all items into a column of the layout; the plots must then be drawn again."""
        rect = layout.accuracy(column)
        head = QRectF(rect.left(), TOP, rect.width(), layout.head)
        self.head.place(head, name, layout.name_lines, roomy=layout.roomy)
        self.accuracy.place(rect)
        for index, cell in enumerate(self.layers.show(self.hidden)):
            cell.place(layout.layer(column, index))
        rect = layout.gradient(column)
        self.gradient.place(rect)
        self.ratio.place(rect.center().x(), rect.bottom() + RATIO / 2 + 2, 0.5)
        self.note.place(self.accuracy.rect.center().x(), self.accuracy.rect.center().y(), 0.5)

    def draw(self, piece: int, scales: SharedScales, *, live: bool) -> None:
        """Draw a piece on the shared scales."""
        if self.seen is None or self.entry is None:
            return
        if piece == 0:
            self.accuracy.draw(self.seen, scales.iterations, live=live)
        elif piece == 1:
            self.gradient.draw(self.seen, scales.delta, scales.layers + 1)
        elif found := self.seen.layer(piece - 2):
            self.layers.items[piece - 2].draw(*found, scales.of(self.entry.recipe.config))

    def write(self) -> None:
        """Write the figures of the record read last."""
        seen = self.seen
        self.head.write(seen.accuracy, seen.verdict) if seen else self.head.write(nan, None)
        self.ratio.write(seen.arriving if seen else "")
        waits = READING if self.entry and self.entry.run_log is None else WAITING
        self.note.write("" if seen else tr(waits))
        self.accuracy.rule(*(RULED if seen else RULED_AROUND_NOTE))

    def apply_theme(self, theme: Theme, colors: list[QColor]) -> None:
        """Set the run's colour and the layers' `colors`."""
        look = look_of(theme, self.entry.listing.color if self.entry else 0)
        self.head.apply_theme(theme, look)
        self.accuracy.apply_theme(theme, look)
        self.gradient.apply_theme(theme, look)
        for cell, color in zip(self.layers.items, colors, strict=False):
            cell.apply_theme(theme, color)
        self.ratio.color(theme.text)
        self.note.color(theme.muted)
