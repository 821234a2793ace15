"""pyqtgraph's ranges, ticks, zoom and layout around items that Qt paints itself.

Whoever paints in Python holds the interpreter lock and stops the trainer. So the view gives `paintEvent` back to Qt,
pyqtgraph's own items are told that they have nothing to paint, and curves, grid and tick labels are plain Qt items.
"""

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QResizeEvent, QTransform
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QGraphicsScene, QGraphicsView

from gui.plots.plot_walk import PlotWalk
from gui.style.text_size import factor, follow


class LiveView(pg.GraphicsLayoutWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """A pyqtgraph view painted by Qt alone; `prepare` does what pyqtgraph's paintEvent did before painting.

    A unit of its scene is a pixel at the normal text size; at others axes and texts are magnified alike.
    `left` and `right` are margins in pixels; the signal `left` is emitted when mouse or keyboard leave the view.
    """

    paintEvent = QGraphicsView.paintEvent  # noqa: N815  Qt's name
    left = Signal()

    def __init__(self, *, antialiased: bool, left: int, right: int) -> None:
        super().__init__()
        self.pixel_ratio = 1.0
        self.keys: PlotWalk | None = None
        self.setRenderHint(QPainter.RenderHint.Antialiasing, antialiased)
        # A handful of items that change at every frame: an index of them costs more than it saves.
        self.scene().setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)  # the background is one colour
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        # The background fills it all, so that Qt need not paint the card below first.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # no key does anything here
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)  # a cached background is a bitmap in SVG and PDF
        self.ci.layout.setContentsMargins(left, 8, right, 0)  # room for the halves of the outermost tick labels
        unpainted(self.ci)
        follow(self.magnify)

    def magnify(self) -> None:
        """Lay out the scene for the room that there is at the present text size."""
        self.setRange(QRectF(0, 0, self.room.width(), self.room.height()), padding=0, disableAutoPixel=False)

    @property
    def room(self) -> QSizeF:
        """Width and height of the view in units of the scene."""
        return QSizeF(self.size()) / factor(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if not self.closed:
            self.magnify()

    def updateMatrix(self, propagate: bool = True) -> None:
        self.setSceneRect(self.range)
        self.setTransform(QTransform.fromScale(factor(self), factor(self)))
        self.sigDeviceRangeChanged.emit(self, self.range)
        self.sigDeviceTransformChanged.emit(self)

    def fit_pens(self, pixel_ratio: float) -> None:
        """Scale cosmetic pens, which ignore the device pixel ratio, to a device with this ratio."""
        for item in self.scene().items():
            if isinstance(item, QGraphicsPathItem) and item.pen().isCosmetic():
                pen = item.pen()
                pen.setWidthF(pen.widthF() * pixel_ratio / self.pixel_ratio)
                item.setPen(pen)
        self.pixel_ratio = pixel_ratio

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (self.keys and self.keys.take(event)):
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.keys:
            self.keys.show()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.keys:
            self.keys.leave()
            self.left.emit()

    def prepare(self) -> None:
        """Update pyqtgraph's transforms after a change of range or size."""
        self.scene().prepareForPaint()


def unpainted(item: QGraphicsItem) -> None:
    """Mark an item of pyqtgraph as without contents, so that Qt does not call its Python `paint`."""
    item.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)
