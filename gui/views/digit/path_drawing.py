"""Drawing of one weight's path: a row a × δ, a row that makes δ, and the largest terms of its sum."""

from dataclasses import replace
from functools import partial
from math import ceil

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from gui.plots.canvas import Canvas, ItemPool
from gui.plots.factor_row import PAD_PIXELS, FactorBox, fitted, least_width
from gui.style.text_size import follow
from gui.style.theme import Theme, font
from gui.views.digit.path_words import UnitNames, delta_row, product_row, term_lines
from model.base.language import tr
from model.measurement.weight_path import WeightPath

LOWEST, TALLEST, SHARE = 34, 56, 0.27  # height of a row: in pixels, and as a share of the whole
GAP_PIXELS = 6  # between rows
COLUMN_GAP = 20  # before the list of terms
LINE_PIXELS = 15
NARROWEST_PIXELS = 372  # a row in the smallest font
FEWEST_DOWN = 5  # terms in a column before there is another one


class PathDrawing(Canvas):
    """Rows of boxes with a number each; empty without a path."""

    def __init__(self) -> None:
        super().__init__()
        follow(self.setMinimumSize, NARROWEST_PIXELS, LOWEST + 2)
        self.setAccessibleName(tr("Path of one weight"))
        self.shown: WeightPath | None = None
        self.names = UnitNames((1, 1), 1)
        self.theme: Theme | None = None
        self.boxes = ItemPool(partial(FactorBox, self))
        self.title = self.text(11)
        self.lines = ItemPool(partial(self.text, 11))
        self.resized.connect(self._draw)

    def show_path(self, path: WeightPath | None, names: UnitNames) -> None:
        """Draw a path; `names` are those of the units."""
        self.shown, self.names = path, names
        self._draw()

    def _draw(self) -> None:
        size, path = self.room, self.shown
        self.set_extent(size.height())
        if path is None:
            self.boxes.show(0)
            self.lines.show(0)
            self.title.write("")
            return
        height = int(min(max(SHARE * size.height(), LOWEST), TALLEST))
        fitting = max(int((size.height() + GAP_PIXELS) // (height + GAP_PIXELS)), 1)  # no row is cut off below
        rows = [product_row(path, self.names), delta_row(path)][:fitting]
        boxes = iter(self.boxes.show(sum(len(row) for row in rows)))
        end = 0.0
        for index, row in enumerate(rows):
            note = max((QFontMetricsF(font(11)).horizontalAdvance(each.note) for each in row), default=0.0)
            beside = note + PAD_PIXELS + 2 if note else 0.0
            if least_width(row) + beside > size.width() - 2:  # a note says less than the boxes
                row, beside = [replace(each, note="") for each in row], 0.0  # noqa: PLW2901  the row that is drawn
            room = QRectF(1, index * (height + GAP_PIXELS) + 1, size.width() - 2 - beside, height)
            pixels, areas = fitted(row, room)
            for factor, area in zip(row, areas, strict=True):
                next(boxes).show(factor, area, pixels)
                end = area.right()
        self._list_terms(path, end, height + GAP_PIXELS)
        self._color()

    def _list_terms(self, path: WeightPath, end: float, step: int) -> None:
        """List the terms beside the second row, which ends at `end`, or where that is too long below it."""
        metrics, count = QFontMetricsF(font(11)), len(path.terms)
        longest = max(map(metrics.horizontalAdvance, term_lines(path, self.names, count)), default=0)
        widest, size = longest + 2 * PAD_PIXELS, self.room
        left, top = end + COLUMN_GAP, step
        if left + widest > size.width():
            left, top = 0.0, 2 * step
        room, columns = int((size.height() - top) // LINE_PIXELS) - 1, max(int((size.width() - left) // widest), 1)
        lines = term_lines(path, self.names, room * columns) if count and room > 0 else []
        down = min(room, max(ceil(len(lines) / columns), FEWEST_DOWN))
        self.title.write(tr("terms of Σ w δ, largest first") if lines else "")
        self.title.place(left, top + LINE_PIXELS / 2)
        for index, (item, text) in enumerate(zip(self.lines.show(len(lines)), lines, strict=True)):
            column, row = divmod(index, down)
            item.write(text)
            item.place(left + column * widest, top + (row + 1.5) * LINE_PIXELS)

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.theme = theme
        self._color()

    def _color(self) -> None:
        if self.theme:
            for box in self.boxes.items:
                box.apply_theme(self.theme)
            for text in self.lines.items:
                text.color(self.theme.text)
            self.title.color(self.theme.muted)
