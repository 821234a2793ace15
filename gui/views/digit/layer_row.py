"""One layer's line: its name, its activations and its δ as cells, and RMS δ."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QGraphicsPixmapItem

from gui.plots.canvas import Canvas
from gui.style.diverging_scale import Indices, indices, pixmap
from gui.style.theme import Theme
from gui.views.digit.color_key import Columns
from gui.views.digit.unit_cells import UnitCells, block, fit_cells, layer_table
from model.base.arrays import Array

SWATCH = 10


class LayerRow:
    """The items of a line, which a pool can hide."""

    def __init__(self, canvas: Canvas) -> None:
        self.ground, self.swatch = canvas.bar(-2), canvas.bar()
        self.name, self.figure = canvas.text(12, QFont.Weight.DemiBold), canvas.text(11)
        self.activations, self.deltas = QGraphicsPixmapItem(), QGraphicsPixmapItem()
        for item in (self.activations, self.deltas):
            canvas.scene().addItem(item)
        self.cells = UnitCells(1, 1, 1, 1)
        self.table: list[int] = []

    def setVisible(self, visible: bool) -> None:
        for item in (self.ground, self.swatch, self.activations, self.deltas):
            item.setVisible(visible)
        self.name.setVisible(visible)
        self.figure.setVisible(visible)

    def show(self, name: str) -> None:
        """Show another layer's line, still empty."""
        self.name.write(name)
        self.figure.write("")
        for item in (self.activations, self.deltas):
            item.setVisible(False)

    def place(self, area: QRectF, units: int, columns: Columns, pad: float) -> None:
        """Move it; `pad` pixels of the height stay free."""
        middle = area.center().y()
        self.ground.setRect(area)
        self.swatch.setRect(QRectF(2, round(middle) - SWATCH / 2, SWATCH, SWATCH))
        self.name.place(2 + SWATCH + 6, middle)
        self.figure.place(columns.figure, middle, 1)
        self.cells = fit_cells(units, columns.width, area.height() - pad)
        for item, left in zip((self.activations, self.deltas), columns[:2], strict=True):
            item.setPos(round(left), round(middle - self.cells.size[1] / 2))

    def draw_activations(self, values: Array, reach: float, table: list[int]) -> None:
        """Draw the activations on a scale to `reach`."""
        self.activations.setPixmap(pixmap(block(indices(values, reach), self.cells), table))
        self.activations.setVisible(True)

    def draw_deltas(self, shades: Indices, table: list[int]) -> None:
        """Draw δ, already on its scale."""
        self.deltas.setPixmap(pixmap(block(shades, self.cells), table))
        self.deltas.setVisible(True)

    def unit_at(self, point: QPointF) -> int | None:
        """Which unit's cell is under a point, in either block."""
        for item in (self.activations, self.deltas):
            within = point - item.pos()
            unit = self.cells.at(within.x(), within.y())
            if unit is not None and item.isVisible():
                return unit
        return None

    def apply_theme(self, theme: Theme, color: QColor, *, chosen: bool) -> None:
        """The layer's colour, and whether the user has chosen it."""
        self.table = layer_table(theme, color)
        self.ground.setBrush(QColor(theme.window if chosen else theme.card))
        self.swatch.setBrush(color)
        self.name.color(theme.accent if chosen else theme.text)
        self.figure.color(theme.text)
