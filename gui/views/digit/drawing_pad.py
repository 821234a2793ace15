"""The two pictures of a digit: the pad, which shows it or is drawn on, and the gradient over the digit."""

from collections.abc import Callable
from math import ceil

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsPixmapItem, QGraphicsRectItem

from gui.plots.walked_canvas import WalkedCanvas
from gui.style.text_size import follow, scaled
from gui.style.theme import Theme
from model.base.arrays import Bytes
from model.base.language import tr

TOP_PIXELS = 20.0  # of title and caption
ENOUGH_PIXELS = 4  # units of a pixel: larger ones are all of one size
BRUSH_SHARE = 1.1 / 28  # its radius, of the shorter side
RUBBER = 2.5  # times the brush
EDGE_PIXELS = 1.0  # over which a stroke fades


class DigitPicture(WalkedCanvas):
    """Title, caption and an image whose pixels are squares of `pixels` units of the scene.

    `read` gives the readout's text for a pixel's index in the flat image.
    """

    def __init__(self, title: str, read: Callable[[int], str]) -> None:
        super().__init__(self._read_at, lambda: self.shape[0], self._cells)
        self.read_pixel = read
        self.shape = (1, 1)
        self.pixels = 1.0
        self.title, self.caption = self.text(12, QFont.Weight.DemiBold), self.text(11)
        self.title.write(title)
        self.title.place(0, 9)
        self.item = QGraphicsPixmapItem()
        self.item.setPos(1, TOP_PIXELS + 1)
        self.item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self.frame = QGraphicsRectItem()
        self.scene().addItem(self.item)
        self.scene().addItem(self.frame)
        follow(self.setMinimumHeight, 60)
        self.setAccessibleName(title)

    @property
    def enlarged(self) -> int:
        """Integer factor by which a pixmap must enlarge the image; the item then scales it down smoothly."""
        return ceil(self.pixels)

    def best_scale(self, width: float) -> float:
        """Units per image pixel that fit the present height and `width`; whole unless they are small."""
        scale = max(min((self.room.height() - TOP_PIXELS - 2) / self.shape[0], width / self.shape[1]), 0.1)
        return float(int(scale)) if scale >= ENOUGH_PIXELS else scale

    def fit(self, scale: float, narrowest: float) -> None:
        """Set the scale for the next `show_pixmap`; `narrowest` is the least width of the widget in units."""
        self.pixels = scale
        height, width = (round(side * scale) for side in self.shape)
        self.item.setScale(scale / self.enlarged)
        self.frame.setRect(QRectF(0.5, TOP_PIXELS + 0.5, width + 1, height + 1))
        self.caption.place(self.title.item.boundingRect().width() + 8, 9)
        self.setFixedWidth(scaled(int(max(width + 2, narrowest)), self))
        self.set_extent(self.room.height())

    def say(self, *captions: str) -> None:
        """Show the first caption that fits, or the last one."""
        for text in captions:
            self.caption.write(text)
            if self.caption.x + self.caption.item.boundingRect().width() <= self.room.width():
                return

    def show_pixmap(self, pixmap: QPixmap) -> None:
        """Show an image that has been enlarged by `enlarged`."""
        self.item.setPixmap(pixmap)

    def pixel_at(self, point: QPointF) -> tuple[float, float]:
        """Convert a point of the scene to (row, column) in image pixels."""
        return (point.y() - TOP_PIXELS - 1) / self.pixels, (point.x() - 1) / self.pixels

    def _cells(self, row: int) -> list[QRectF]:
        side = self.pixels
        top = TOP_PIXELS + 1 + row * side
        return [QRectF(1 + column * side, top, side, side) for column in range(self.shape[1])]

    def _read_at(self, point: QPointF) -> str:
        row, column = (int(place // 1) for place in self.pixel_at(point))
        if not (0 <= row < self.shape[0] and 0 <= column < self.shape[1]):
            return ""
        said = self.read_pixel(row * self.shape[1] + column)
        return f"{tr('row {row}, column {column}', row=row + 1, column=column + 1)}\n{said}" if said else ""

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.title.color(theme.text)
        self.caption.color(theme.muted)
        self.frame.setPen(QPen(QColor(theme.edge), 1))


class DrawingPad(DigitPicture):
    """A picture to draw on while `draws` is set: the left button adds ink, and so does Enter; the right one erases."""

    drawn = Signal()

    def __init__(self, title: str, read: Callable[[int], str]) -> None:
        super().__init__(title, read)
        self.draws = False
        self.last: tuple[float, float] | None = None
        self.ink = np.zeros(self.shape)
        self.hint = self.text(11)
        self.hint.write(tr("draw here"))
        self.hint.setVisible(False)
        self.clicked.connect(self._dab)

    @property
    def image(self) -> Bytes:
        """The drawing as bytes, of shape (inputs,)."""
        found: Bytes = np.rint(self.ink).astype(np.uint8).reshape(-1)
        return found

    def take_shape(self, shape: tuple[int, int]) -> None:
        """Set the images' shape (height, width); another shape clears the drawing."""
        if shape != self.shape:
            self.shape = shape
            self.clear()

    def clear(self) -> None:
        """Erase the drawing."""
        self.ink = np.zeros(self.shape)
        self._show_hint()

    def set_draws(self, draws: bool) -> None:
        """Turn drawing on or off."""
        self.draws, self.last = draws, None
        self.viewport().setCursor(Qt.CursorShape.CrossCursor if draws else Qt.CursorShape.ArrowCursor)
        policy = Qt.ContextMenuPolicy
        self.setContextMenuPolicy(policy.PreventContextMenu if draws else policy.NoContextMenu)
        self._show_hint()

    def fit(self, scale: float, narrowest: float) -> None:
        super().fit(scale, narrowest)
        height, width = (side * scale for side in self.shape)
        self.hint.place(1 + width / 2, TOP_PIXELS + 1 + height / 2, 0.5)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.draws:
            super().mousePressEvent(event)
        elif event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            self.readout.hide()
            self.last = None
            self._stroke(event, rubs=event.button() == Qt.MouseButton.RightButton)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.draws and event.buttons() & (Qt.MouseButton.LeftButton | Qt.MouseButton.RightButton):
            self._stroke(event, rubs=bool(event.buttons() & Qt.MouseButton.RightButton))
        else:
            super().mouseMoveEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)  # the second of two quick strokes

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.last = None

    def _dab(self, point: QPointF) -> None:
        """Add ink where the keys have come to."""
        if self.draws:
            self.last = None
            self._lay(point, rubs=False)
            self.last = None

    def _stroke(self, event: QMouseEvent, *, rubs: bool) -> None:
        self._lay(self.mapToScene(event.position().toPoint()), rubs=rubs)

    def _lay(self, point: QPointF, *, rubs: bool) -> None:
        place = self.pixel_at(point)
        radius = max(BRUSH_SHARE * min(self.shape), EDGE_PIXELS / 2) * (RUBBER if rubs else 1.0)
        laid = stroke(self.shape, self.last or place, place, radius)
        self.ink = np.minimum(self.ink, 255 * (1 - laid)) if rubs else np.maximum(self.ink, 255 * laid)
        self.last = place
        self._show_hint()
        self.drawn.emit()

    def _show_hint(self) -> None:
        self.hint.setVisible(self.draws and not self.ink.any())

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.hint.color(theme.muted)


def stroke(
    shape: tuple[int, int], start: tuple[float, float], stop: tuple[float, float], radius: float
) -> NDArray[np.float64]:
    """Ink of a round brush along a line between two (row, column), as an array of `shape` from 0 to 1."""
    rows, columns = np.indices(shape) + 0.5
    step = np.subtract(stop, start)
    length = float(step @ step)
    along = ((rows - start[0]) * step[0] + (columns - start[1]) * step[1]) / length if length else np.zeros(shape)
    along = along.clip(0, 1)
    away = np.hypot(rows - start[0] - along * step[0], columns - start[1] - along * step[1])
    laid: NDArray[np.float64] = ((radius + EDGE_PIXELS / 2 - away) / EDGE_PIXELS).clip(0, 1)
    return laid
