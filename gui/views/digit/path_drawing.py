"""Drawing of one weight's path: a row a × δ, a row that makes δ, and the largest terms of its sum."""

from functools import partial
from math import ceil

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPen

from gui.plots.canvas import Canvas, ItemPool
from gui.style.theme import Theme, font
from gui.views.digit.path_words import Factor, UnitNames, delta_row, product_row, term_lines
from model.measurement.weight_path import WeightPath

LOWEST, TALLEST, SHARE = 34, 56, 0.27  # height of a row: in pixels, and as a share of the whole
NARROWEST = 48  # pixels of a box
GAP_PIXELS, PAD_PIXELS = 6, 6  # between rows, and beside texts
OPERATOR = 20  # pixels of width
COLUMN_GAP = 20  # before the list of terms
LINE_PIXELS = 15
FEWEST_DOWN = 5  # terms in a column before there is another one
ROOMY = 44  # height of a row from which on numbers may be larger
SIZES = ((15, 6), (13, 6), (11, 6), (11, 2))  # pixels: of the numbers' font, and beside texts


class FactorBox:
    """The items of one box and of the operator before it."""

    def __init__(self, canvas: Canvas) -> None:
        self.ground = canvas.bar(-1)
        self.caption, self.operator, self.note = canvas.text(11), canvas.text(13), canvas.text(11)
        self.value = canvas.text(13, QFont.Weight.DemiBold)
        self.factor = Factor("", "")

    def setVisible(self, visible: bool) -> None:
        self.ground.setVisible(visible)
        for text in (self.caption, self.operator, self.value, self.note):
            text.setVisible(visible)

    def show(self, factor: Factor, area: QRectF, pixels: int) -> None:
        """Show a factor, its number in a font of so many pixels; its operator lies left of `area`."""
        self.factor = factor
        self.ground.setRect(area)
        self.value.item.setFont(font(pixels, QFont.Weight.DemiBold))
        for text, words in ((self.caption, factor.caption), (self.value, factor.value)):
            text.write(words)
        self.operator.write(factor.operator)
        self.note.write(factor.note)
        self.note.place(area.right() + PAD_PIXELS + 2, area.center().y())
        self.caption.place(area.center().x(), area.top() + 0.27 * area.height(), 0.5)
        self.value.place(area.center().x(), area.top() + 0.68 * area.height(), 0.5)
        self.operator.place(area.left() - OPERATOR / 2, area.center().y(), 0.5)

    def apply_theme(self, theme: Theme) -> None:
        """Set the colours; results have a frame."""
        self.ground.setBrush(QColor(theme.window))
        self.ground.setPen(QPen(QColor(theme.accent if self.factor.result else theme.window), 1))
        for text in (self.caption, self.note):
            text.color(theme.muted)
        self.operator.color(theme.text)
        self.value.color(theme.text)


class PathDrawing(Canvas):
    """Rows of boxes with a number each; empty without a path."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumSize(200, 60)
        self.setAccessibleName("Path of one weight")
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
        size, path = self.viewport().size(), self.shown
        self.set_extent(size.height())
        if path is None:
            self.boxes.show(0)
            self.lines.show(0)
            self.title.write("")
            return
        height = int(min(max(SHARE * size.height(), LOWEST), TALLEST))
        rows = [product_row(path, self.names), delta_row(path)]
        boxes = iter(self.boxes.show(sum(len(row) for row in rows)))
        end = 0.0
        for index, row in enumerate(rows):
            pixels, areas = self._areas(row, index * (height + GAP_PIXELS), height)
            for factor, area in zip(row, areas, strict=True):
                next(boxes).show(factor, area, pixels)
                end = area.right()
        self._list_terms(path, end, height + GAP_PIXELS)
        self._color()

    def _areas(self, row: list[Factor], top: int, height: int) -> tuple[int, list[QRectF]]:
        """Font of a row's numbers, the largest that fits, and the areas of its boxes, as wide as their texts need."""
        before = [OPERATOR if each.operator else 0 for each in row]
        room = self.viewport().width() - sum(before) - 2
        for pixels, pad in SIZES if height >= ROOMY else SIZES[1:]:
            widths = _widths(row, pixels, pad)
            if sum(widths) <= room:
                break
        share = min(room / sum(widths), 1.0)
        areas, left = [], 1.0
        for width, operator in zip(widths, before, strict=True):
            areas.append(QRectF(round(left + operator), top + 1, int(share * width), height))
            left = areas[-1].right()
        return pixels, areas

    def _list_terms(self, path: WeightPath, end: float, step: int) -> None:
        """List the terms beside the second row, which ends at `end`, or where that is too long below it."""
        metrics, count = QFontMetricsF(font(11)), len(path.terms)
        longest = max(map(metrics.horizontalAdvance, term_lines(path, self.names, count)), default=0)
        widest, size = longest + 2 * PAD_PIXELS, self.viewport().size()
        left, top = end + COLUMN_GAP, step
        if left + widest > size.width():
            left, top = 0.0, 2 * step
        room, columns = (size.height() - top) // LINE_PIXELS - 1, max(int((size.width() - left) // widest), 1)
        lines = term_lines(path, self.names, room * columns) if count and room > 0 else []
        down = min(room, max(ceil(len(lines) / columns), FEWEST_DOWN))
        self.title.write("terms of Σ w δ, largest first" if lines else "")
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


def _widths(row: list[Factor], pixels: int, pad: int) -> list[float]:
    """Pixels that each box needs for its texts."""
    small, large = QFontMetricsF(font(11)), QFontMetricsF(font(pixels, QFont.Weight.DemiBold))
    needed = (max(small.horizontalAdvance(each.caption), large.horizontalAdvance(each.value)) for each in row)
    return [max(width + 2 * pad, NARROWEST) for width in needed]
