"""Marks over the map's cells: where Xavier's and He's standard deviations lie, and the frame of one cell."""

from math import isnan

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainterPath
from PySide6.QtWidgets import QGraphicsSimpleTextItem

from gui.plots.pens_and_paths import cosmetic
from gui.plots.plot import Plot
from gui.style.theme import Theme, font
from model.sweeps.grid import SweepGrid, marks

GAP_PIXELS = 4
LIGHT, SHADOW = QColor(255, 255, 255), QColor(0, 0, 0, 150)  # together they show on every colour
DASHES = (5.0, 4.0)


class MapMarks:
    """Lines named outside the plot; one unit of the plot is one cell."""

    def __init__(self, plot: Plot) -> None:
        self.plot = plot
        self.shadow, self.lines, self.outer, self.inner = (plot.path(z) for z in (4, 5, 6, 7))
        self.names: list[QGraphicsSimpleTextItem] = []
        self.ends: list[float] = []
        self.upright = True
        self.color = QColor()
        plot.box.sigResized.connect(self._place_names)

    def show_grid(self, grid: SweepGrid) -> None:
        """Draw the marks that this grid's axes allow."""
        self.upright = grid.across.name == "init_std"
        found, path = marks(grid), QPainterPath()
        self.ends = []
        for places in found.values():
            self.ends.append(places[-1])
            for other, place in enumerate(places):
                if isnan(place):
                    continue
                ends = ((place, other), (place, other + 1)) if self.upright else ((other, place), (other + 1, place))
                path.moveTo(*ends[0])
                path.lineTo(*ends[1])
        self.shadow.setPath(path)
        self.lines.setPath(path)
        while len(self.names) < len(found):
            name = QGraphicsSimpleTextItem(self.plot.box)
            name.setFont(font(11))
            name.setBrush(self.color)
            self.names.append(name)
        for name, text in zip(self.names, [*found, *[""] * len(self.names)], strict=False):
            name.setText(text)
        self._place_names()

    def _place_names(self, *_: object) -> None:
        """Place the first name before the end of its line and the second one after it, because the lines are close."""
        area, ((x0, x1), (y0, y1)) = self.plot.box.rect(), self.plot.ranges()
        for index, (name, end) in enumerate(zip(self.names, self.ends, strict=False)):
            name.setVisible(not isnan(end))
            size = name.boundingRect()
            if self.upright:
                x = (end - x0) / (x1 - x0) * area.width()
                name.setPos(
                    x - size.width() + GAP_PIXELS if index == 0 else x - GAP_PIXELS, -size.height() - GAP_PIXELS / 2
                )
            else:
                y = (y1 - end) / (y1 - y0) * area.height()
                name.setPos(area.width() + GAP_PIXELS, y if index == 0 else y - size.height())

    def frame(self, place: tuple[int, int] | None) -> None:
        """Frame a cell (column, row); None removes the frame."""
        path = QPainterPath()
        if place:
            path.addRect(QRectF(*place, 1, 1))
        self.outer.setPath(path)
        self.inner.setPath(path)

    def apply_theme(self, theme: Theme) -> None:
        """Set the theme's colours."""
        self.color = QColor(theme.muted)
        for name in self.names:
            name.setBrush(self.color)
        self.shadow.setPen(cosmetic(SHADOW, 3))
        self.lines.setPen(cosmetic(LIGHT, 1, DASHES))
        self.outer.setPen(cosmetic(SHADOW, 4))
        self.inner.setPen(cosmetic(LIGHT, 2))
