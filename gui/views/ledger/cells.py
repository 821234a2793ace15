"""Parts of the ledger's table: columns with a scale, rows with a name, cells with number, bar and theory's tick."""

from math import isnan

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QGraphicsLineItem

from gui.plots.canvas import Canvas, ItemPool, Text, dotted
from gui.plots.log_scale import LogScale
from gui.plots.pens_and_paths import fill_pale
from gui.style.theme import Theme

JUT_DECADES = -0.02  # by which a bar may jut out before its column grows by a whole one
PALER = 0.55
SWATCH = 10
THICKEST_PIXELS = 18.0  # of a bar


class LedgerColumn:
    """A column of gains: `number` pixels for the number, then a log scale to either side of ×1."""

    def __init__(self, title: str, number: float) -> None:
        self.title, self.number = title, number
        self.scale = LogScale(0, below=JUT_DECADES, above=JUT_DECADES)
        self.scale.cover([0.1])  # a column without any room would not be seen to be one
        self.left = self.right = self.unit = self.per_decade = 0.0
        self.left_out = False  # for want of room

    def width(self, per_decade: float) -> float:
        """Width in pixels of number and scale, at this many pixels per decade."""
        return self.number + self.scale.extent * per_decade

    def x(self, factor: float) -> float:
        """Place of a factor on the scale, in pixels; 0 is at the low end."""
        return self.unit + self.scale.place(factor) * self.per_decade


class LedgerCell:
    """One gain: its number, a bar from ×1, and a tick at the value that theory expects."""

    def __init__(self, table: Canvas) -> None:
        self.number: Text = table.text(12)
        self.bar = table.bar()
        self.tick = QGraphicsLineItem()
        self.tick.setZValue(2)
        table.scene().addItem(self.tick)
        self.factor: float | None = None
        self.expected: float | None = None
        self.left_out = False

    @property
    def filled(self) -> bool:
        """Whether the layer has such a stage, measured or expected."""
        return self.factor is not None or self.expected is not None

    def setVisible(self, visible: bool) -> None:
        shown = visible and not self.left_out
        self.number.setVisible(shown)
        self.bar.setVisible(shown and drawable(self.factor))
        self.tick.setVisible(shown and drawable(self.expected))

    def place(self, column: LedgerColumn, top: float, height: float) -> None:
        """Move the cell into a column and redraw it on that column's scale."""
        self.column, self.top, self.height = column, top, height
        self.left_out = column.left_out
        self.number.setVisible(not self.left_out)
        self.number.place(column.left, top + height / 2)
        self.draw(self.factor)
        self.expect(self.expected)

    def draw(self, factor: float | None) -> None:
        """Set the bar's length; None (the layer has no such stage) and NaN (its input is 0) draw none."""
        self.factor = factor
        self.bar.setVisible(drawable(factor) and not self.left_out)
        if factor is not None and not isnan(factor):
            thickness = min(THICKEST_PIXELS, self.height - 6)
            x, unit = self.column.x(factor), self.column.unit
            self.bar.setRect(QRectF(unit, self.top + (self.height - thickness) / 2, x - unit, thickness).normalized())

    def expect(self, factor: float | None) -> None:
        """Set theory's tick; None and NaN draw none."""
        self.expected = factor
        self.tick.setVisible(drawable(factor) and not self.left_out)
        if factor is not None and not isnan(factor):
            x = self.column.x(factor)
            self.tick.setLine(QLineF(x, self.top + 1, x, self.top + self.height - 1))


def drawable(factor: float | None) -> bool:
    """Whether a factor is a number that a scale can show."""
    return factor is not None and not isnan(factor)


class LedgerRow:
    """A row of the table: a layer's name and its cells."""

    def __init__(self, table: Canvas) -> None:
        self.ground, self.swatch = table.bar(-2), table.bar()
        self.name = table.text(12, QFont.Weight.DemiBold)
        self.pool = ItemPool(lambda: LedgerCell(table))
        self.cells: list[LedgerCell] = []

    def setVisible(self, visible: bool) -> None:
        for item in (self.ground, self.swatch):
            item.setVisible(visible)
        self.name.setVisible(visible)
        for cell in self.cells:
            cell.setVisible(visible)

    def show(self, name: str, cells: int) -> None:
        """Reset the row for another layer, with empty cells."""
        self.name.write(name)
        self.cells = self.pool.show(cells)
        for cell in self.cells:
            cell.factor = cell.expected = None
            cell.number.write("")

    def place(self, columns: list[LedgerColumn], top: float, height: float, width: float) -> None:
        """Move the row, in pixels."""
        self.ground.setRect(QRectF(0, top, width, height))
        self.swatch.setRect(QRectF(2, top + (height - SWATCH) / 2, SWATCH, SWATCH))
        self.name.place(2 + SWATCH + 6, top + height / 2)
        for cell, column in zip(self.cells, columns, strict=True):
            cell.place(column, top, height)

    def apply_theme(self, theme: Theme, color: QColor, *, chosen: bool, products: int) -> None:
        """Set the colours: the bars of all but the last `products` cells are paler, a chosen layer is highlighted."""
        self.ground.setBrush(QColor(theme.window if chosen else theme.card))
        self.swatch.setBrush(color)
        self.name.color(theme.accent if chosen else theme.text)
        for index, cell in enumerate(self.cells):
            fill_pale(cell.bar, color, 1.0 if index >= len(self.cells) - products else PALER)
            cell.tick.setPen(dotted(theme.text))
            cell.number.color(theme.text)
