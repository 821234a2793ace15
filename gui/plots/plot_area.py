"""Area of a plot: the shown range between a left and a bottom axis."""

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtWidgets import QGraphicsGridLayout, QGraphicsItem

from gui.plots.axis import PlotAxis
from gui.plots.live_view import unpainted

MARGIN = 1  # pixel around box and axes


class PlotArea(pg.GraphicsWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """A ViewBox, `box`, with its axes beside it; the range shown changes only when it is told to, or by the mouse.

    pyqtgraph's PlotItem lays out the same, but first makes the forms of a dozen menus, which nobody can open here and
    which take most of the time that a plot takes to make.
    """

    def __init__(self, axes: Sequence[PlotAxis]) -> None:
        super().__init__()
        self.box = pg.ViewBox(enableMenu=False, defaultPadding=0)
        self.box.disableAutoRange()
        # pyqtgraph clips in Python; a plain rectangle of the shown range does it in Plot.
        self.box.setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape, False)
        grid = QGraphicsGridLayout(self)
        grid.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        grid.setSpacing(0)
        grid.addItem(self.box, 0, 1)
        for axis in axes:
            below = axis.orientation == "bottom"
            grid.addItem(axis, 1 if below else 0, 1 if below else 0)
            axis.linkToView(self.box)
            axis.setZValue(0.5)
        for item in (self, self.box, self.box.childGroup, self.box.background):
            unpainted(item)
