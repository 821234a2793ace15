"""One layer's row: name, activations and δ as cells, RMS δ."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QGraphicsPixmapItem

from gui.plots.canvas import Canvas
from gui.plots.diverging_scale import Indices, hatched, indices, layer_table, pixmap
from gui.style.theme import Theme
from gui.views.digit.color_key import Columns
from gui.views.digit.unit_cells import FRAME_PIXELS, UnitCells, block, fit_cells
from model.base.arrays import Array

SWATCH = 10


class LayerRow:
    """The items of a row, to be reused by an ItemPool."""

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
        """Reset the row for another layer, without cells."""
        self.name.write(name)
        self.figure.write("")
        for item in (self.activations, self.deltas):
            item.setVisible(False)

    def place(self, area: QRectF, units: int, columns: Columns, pad: float) -> None:
        """Move the items into `area`; `pad` pixels of its height stay free."""
        middle = area.center().y()
        self.ground.setRect(area)
        self.swatch.setRect(QRectF(2, round(middle) - SWATCH / 2, SWATCH, SWATCH))
        self.name.place(2 + SWATCH + 6, middle)
        self.figure.place(columns.figure, middle, 1)
        self.cells = fit_cells(units, columns.width, area.height() - pad)
        for item, left in zip((self.activations, self.deltas), columns[:2], strict=True):
            item.setPos(round(left), round(middle - self.cells.size[1] / 2))

    def draw_activations(self, values: Array, reach: float, table: list[int]) -> None:
        """Draw activations, of shape (units,), on a scale from -reach to reach."""
        self.activations.setPixmap(pixmap(hatched(block(indices(values, reach), self.cells)), table))
        self.activations.setVisible(True)

    def draw_deltas(self, shades: Indices, table: list[int]) -> None:
        """Draw δ, given as colour-table indices of shape (units,)."""
        self.deltas.setPixmap(pixmap(hatched(block(shades, self.cells)), table))
        self.deltas.setVisible(True)

    def unit_at(self, point: QPointF) -> int | None:
        """Index of the unit whose cell lies under a point, in either block; None outside the cells."""
        for item in (self.activations, self.deltas):
            within = point - item.pos()
            unit = self.cells.at(within.x(), within.y())
            if unit is not None and item.isVisible():
                return unit
        return None

    def areas(self, row: int) -> list[QRectF]:
        """Where the cells of a row of units are, in both blocks."""
        cells = self.cells
        units = range(min(cells.columns, cells.units - row * cells.columns))
        return [
            QRectF(item.x() + FRAME_PIXELS + unit * cells.width, item.y() + FRAME_PIXELS + row * cells.height,
                   cells.width, cells.height)
            for item in (self.activations, self.deltas) for unit in units
        ]  # fmt: skip

    def apply_theme(self, theme: Theme, color: QColor, *, chosen: bool) -> None:
        """Set the colours; a chosen layer is highlighted."""
        self.table = layer_table(theme, color)
        self.ground.setBrush(QColor(theme.window if chosen else theme.card))
        self.swatch.setBrush(color)
        self.name.color(theme.accent if chosen else theme.text)
        self.figure.color(theme.text)
