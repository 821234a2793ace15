"""A plot: automatic ranges until the user zooms, grid, guide line, readout under the cursor, context menu."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainterPath, QPen, QTransform
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsRectItem,
    QGraphicsSimpleTextItem,
    QLabel,
)

from gui.plots.axis import PlotAxis
from gui.plots.free_place import EDGE_PIXELS, beside_line
from gui.plots.live_view import LiveView
from gui.plots.pens_and_paths import cosmetic, translucent
from gui.plots.plot_area import PlotArea
from gui.plots.plot_walk import PlotWalk
from gui.style.theme import Theme, font


class Plot(QObject):
    """A pyqtgraph plot in a LiveView, with our own ranges, grid and readout.

    `read` gives the readout's text at a point in data coordinates, '' hides it; `menu_wanted` has a screen position.
    """

    menu_wanted = Signal(QPointF)
    guide_moved = Signal()  # its name

    def __init__(self, view: LiveView, read: Callable[[float, float], str], *, left_axis: bool = True) -> None:
        super().__init__(view)
        self.view = view
        self.read = read
        self.axes = [PlotAxis("bottom"), PlotAxis("left")]
        area = PlotArea(self.axes)
        view.addItem(area)
        self.box = area.box
        self.show_left_axis(left_axis)
        self.clip = QGraphicsRectItem()
        self.clip.setPen(QPen(Qt.PenStyle.NoPen))
        self.clip.setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape)
        self.box.addItem(self.clip, ignoreBounds=True)
        self.automatic = ((0.0, 1.0), (0.0, 1.0))
        self.at_automatic = True
        self.grid, self.base, self.cursor, self.guide = self.path(-10), self.path(10), self.path(), self.path(-5)
        self.guide_at: float | None = None
        self.curves: Sequence[QGraphicsPathItem] = ()  # which the guide's name makes way for
        self.guide_lit = False
        # Where curves leave it no place, they shine through the ground of the guide's name, which is legible over them.
        self.guide_ground = QGraphicsRectItem(self.box)
        self.guide_ground.setPen(QPen(Qt.PenStyle.NoPen))
        self.guide_text = QGraphicsSimpleTextItem(self.guide_ground)
        self.guide_text.setFont(font(11))
        self.label = QLabel(view)
        self.label.setObjectName("readout")
        self.label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.label.hide()
        self.keys = view.keys = PlotWalk(self, view)
        self.box.sigRangeChanged.connect(self._range_changed)
        self.box.sigResized.connect(self._range_changed)
        self.box.sigRangeChangedManually.connect(self._leave_automatic)
        view.scene().sigMouseMoved.connect(self.hover)
        view.scene().sigMouseClicked.connect(self._click)
        view.left.connect(self.hide_readout)

    def show_left_axis(self, shown: bool) -> None:
        """Show the left axis, or give its room to the plot."""
        axis = self.axes[1]
        axis.show() if shown else axis.hide()

    def path(self, z: float = 0) -> QGraphicsPathItem:
        """Add an empty path item in data coordinates, clipped to the plot and ignored by the ranges."""
        item = QGraphicsPathItem(self.clip)
        item.setZValue(z)
        return item

    def set_automatic(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Set the ranges shown unless the user has zoomed; a double-click returns to them."""
        if (x, y) != self.automatic:
            self.automatic = (x, y)
            if self.at_automatic:
                self.show_automatic()

    def set_guide(self, y: float, text: str) -> None:
        """Draw a dotted horizontal line at y with a label at its right end."""
        self.guide_at = y
        self.guide_text.setText(text)
        self.refresh()

    def make_way(self, curves: Sequence[QGraphicsPathItem]) -> None:
        """Move the guide's name where none of these curves, as they are drawn now, runs through it."""
        self.curves = curves
        self._place_guide()

    @property
    def guide_area(self) -> QRectF:
        """Where the guide's label is, in the box's pixels."""
        return self.guide_ground.rect().translated(self.guide_ground.pos())

    def light_guide(self, theme: Theme, *, lit: bool) -> None:
        """Draw the guide and its label so that nobody overlooks them, or as usual."""
        self.guide_lit = lit
        color, width = (theme.accent, 2.0) if lit else (theme.muted, 1.0)
        self.guide.setPen(cosmetic(color, width * self.view.pixel_ratio, (1.0, 3.0)))
        self.guide_text.setBrush(QColor(color))

    def show_automatic(self) -> None:
        """Undo the user's zoom."""
        self.at_automatic = True
        (x0, x1), y = self.automatic
        # A hair wider: rounding would otherwise lose the last tick.
        self.box.setRange(xRange=(x0, x1 + 1e-6 * (x1 - x0)), yRange=y, padding=0)

    def ranges(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Visible ranges as ((x low, x high), (y low, y high))."""
        (x0, x1), (y0, y1) = self.box.viewRange()
        return (x0, x1), (y0, y1)

    def apply_theme(self, theme: Theme) -> None:
        self.view.setBackground(theme.card)
        self.view.pixel_ratio = 1.0  # all pens are about to be made anew
        for axis in self.axes:
            axis.set_color(theme.muted)
        self.grid.setPen(cosmetic(theme.line, 1))
        self.base.setPen(cosmetic(theme.edge, 1))
        self.cursor.setPen(cosmetic(theme.muted, 1))
        self.keys.apply_theme(theme)
        self.light_guide(theme, lit=self.guide_lit)
        self.guide_ground.setBrush(translucent(theme.card, 0.8))

    def _leave_automatic(self, _: object) -> None:
        self.at_automatic = False

    def refresh(self) -> None:
        """Update clip, grid, guide and tick labels after a change of range or size."""
        self.view.prepare()
        (x0, x1), (y0, y1) = self.ranges()
        self.clip.setRect(QRectF(x0, y0, x1 - x0, y1 - y0))
        base, grid = QPainterPath(QPointF(x0, y0)), QPainterPath()
        base.lineTo(x1, y0)
        for axis in self.axes:
            if axis.isVisible():
                axis.place_labels()
        if self.axes[1].isVisible():
            base.lineTo(x0, y0)
            base.lineTo(x0, y1)
            for y, _ in self.axes[1].ticks():
                grid.moveTo(x0, y)
                grid.lineTo(x1, y)
        self.base.setPath(base)
        self._place_guide()
        self.grid.setPath(grid)

    def _place_guide(self) -> None:
        (x0, x1), (y0, y1) = self.ranges()
        shown = self.guide_at is not None and y0 < self.guide_at < y1
        self.guide_ground.setVisible(shown)
        line = QPainterPath()
        if self.guide_at is not None and shown:
            line.moveTo(x0, self.guide_at)
            line.lineTo(x1, self.guide_at)
            size, area = self.guide_text.boundingRect(), self.box.rect()
            across, up = (x1 - x0) / max(area.width(), 1.0), (y1 - y0) / max(area.height(), 1.0)
            to_data = QTransform(across, 0, 0, -up, x0, y1)
            paths = [curve.path() for curve in self.curves]
            self.guide_ground.setRect(size.adjusted(0, 0, EDGE_PIXELS, 0))
            place = beside_line((y1 - self.guide_at) / up, size.size(), area, to_data, paths)
            if place != self.guide_ground.pos():
                self.guide_ground.setPos(place)
                self.guide_moved.emit()
        self.guide.setPath(line)

    def _range_changed(self, *_: object) -> None:
        self.refresh()

    def hover(self, position: QPointF) -> None:
        """Show cursor and readout for the mouse, or the keys, at a point of the scene."""
        if not self.box.sceneBoundingRect().contains(position):
            self.hide_readout()
            return
        point = self.box.mapSceneToView(position)
        text = self.read(point.x(), point.y())
        self.label.setText(text)
        self.label.setVisible(bool(text))
        if not text:
            self.cursor.setPath(QPainterPath())
            return
        _, (y0, y1) = self.ranges()
        line = QPainterPath(QPointF(point.x(), y0))
        line.lineTo(point.x(), y1)
        self.cursor.setPath(line)
        self.label.adjustSize()
        at = self.view.mapFromScene(position)
        x = at.x() + 12
        if x + self.label.width() > self.view.width():
            x = max(at.x() - 12 - self.label.width(), 0)
        self.label.move(x, max(at.y() - self.label.height() - 8, 0))

    def hide_readout(self) -> None:
        """Show neither."""
        if self.label.isVisible():
            self.label.hide()
            self.cursor.setPath(QPainterPath())

    def _click(self, event: Any) -> None:
        if event.double():
            self.show_automatic()
        elif event.button() == Qt.MouseButton.RightButton:
            self.menu_wanted.emit(event.screenPos())
