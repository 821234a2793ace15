"""The test images of one cell of the confusion matrix, as tiles."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPen
from PySide6.QtWidgets import QGraphicsPixmapItem, QGraphicsRectItem

from gui.plots.canvas import Canvas
from gui.plots.diverging_scale import layer_table, pixmap
from gui.plots.tiles import EDGE_PIXELS, GAP_PIXELS, TileGrid, best_grid, tiled
from gui.style.text_size import follow
from gui.style.theme import Theme
from gui.widgets.focus_frame import FocusFrame
from model.base.arrays import Bytes, Index
from model.base.language import tr

TOP_PIXELS = 36.0  # of the title and the line below it
INSET_PIXELS = 5  # at either side, for the frame of the focus


class CellImages(Canvas):
    """Tiles of a cell's images, page by page; `chosen` carries the index of one that was clicked or walked to."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(self.read)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        follow(self.setMinimumSize, 156, 40)
        self.setAccessibleName(tr("Images of the cell"))
        self.images: Bytes = np.empty((0, 1), np.uint8)
        self.shape = (1, 1)
        self.found: Index = np.empty(0, np.intp)
        self.number = 0
        self.grid: TileGrid | None = None
        self.theme: Theme | None = None
        self.title, self.caption, self.page = self.text(12, QFont.Weight.DemiBold), self.text(11), self.text(11)
        self.title.place(INSET_PIXELS, 9)
        self.caption.place(INSET_PIXELS, 26)
        self.item, self.frame = QGraphicsPixmapItem(), QGraphicsRectItem()
        self.item.setPos(INSET_PIXELS, TOP_PIXELS)
        for item in (self.item, self.frame):
            self.scene().addItem(item)
        self.resized.connect(self._draw)
        FocusFrame(self)

    def show_images(self, images: Bytes, shape: tuple[int, int]) -> None:
        """Show none yet of these test images, (images, inputs), of this shape (height, width)."""
        self.images, self.shape = images, shape
        self.show_cell("", "", np.empty(0, np.intp))

    def show_cell(self, title: str, caption: str, found: Index) -> None:
        """Show the images with these indices, below a title and a line about them."""
        self.found = found
        self.title.write(title)
        self.caption.write(caption)
        self.setAccessibleDescription(tr("{name}: {value}", name=title, value=caption) if title else "")
        self._draw()

    def select(self, number: int) -> None:
        """Frame the test image of this index, and turn to the page that it is on."""
        self.number = number
        self._draw()

    @property
    def at(self) -> int | None:
        """Position of the framed image among those of the cell; None if it is not one of them."""
        places = np.flatnonzero(self.found == self.number)
        return int(places[0]) if len(places) else None

    @property
    def first(self) -> int:
        """Position of the first image on the page that shows."""
        return (self.at or 0) // self.grid.tiles * self.grid.tiles if self.grid and self.grid.tiles else 0

    def _draw(self) -> None:
        room = self.room.toSize()
        self.set_extent(room.height())
        count, height = len(self.found), room.height() - int(TOP_PIXELS) - 2
        self.grid = best_grid(count, self.shape, height, room.width() - 2 * INSET_PIXELS) if count else None
        self.page.place(room.width() - INSET_PIXELS, 9, 1)
        self.page.write(self._pages() if self.grid else "")
        clear = self.title.item.boundingRect().right() < self.page.item.pos().x()
        self.page.setVisible(clear)
        self.item.setVisible(bool(self.grid and self.grid.tiles))
        self.frame.setVisible(self.at is not None and self.item.isVisible())
        if not self.grid or not self.grid.tiles or not self.theme:
            return
        ink = self.images[self.found[self.first : self.first + self.grid.tiles]].T / 255
        grid = self.grid._replace(tiles=ink.shape[1])
        self.item.setPixmap(pixmap(tiled(ink, self.shape, grid, 1.0), layer_table(self.theme, QColor(self.theme.text))))
        if self.at is not None:
            row, column = divmod(self.at - self.first, self.grid.columns)
            high, wide = self._tile
            corner = QPointF(INSET_PIXELS + column * wide, TOP_PIXELS + row * high)
            self.frame.setRect(QRectF(corner.x() + 0.5, corner.y() + 0.5, wide - GAP_PIXELS - 1, high - GAP_PIXELS - 1))
            self.frame.setPen(QPen(QColor(self.theme.accent), 2 if self.hasFocus() else 1))

    def _pages(self) -> str:
        """Which of the images show, counted from 1; '' where all of them do."""
        assert self.grid
        last = min(self.first + self.grid.tiles, len(self.found))
        return "" if self.grid.tiles >= len(self.found) else f"{self.first + 1}–{last}"

    @property
    def _tile(self) -> tuple[int, int]:
        """Height and width of a tile with the gap behind it."""
        assert self.grid
        high, wide = (-(-side // self.grid.every) * self.grid.scale + EDGE_PIXELS for side in self.shape)
        return high, wide

    def position_at(self, point: QPointF) -> int | None:
        """Position in the cell of the image under a point; None if there is none."""
        if not self.grid or not self.grid.tiles or point.y() < TOP_PIXELS or point.x() < INSET_PIXELS:
            return None
        high, wide = self._tile
        row, column = int((point.y() - TOP_PIXELS) // high), int((point.x() - INSET_PIXELS) // wide)
        place = row * self.grid.columns + column
        inside = column < self.grid.columns and place < self.grid.tiles and self.first + place < len(self.found)
        return self.first + place if inside else None

    def read(self, point: QPointF) -> str:
        """Readout: the number of the image under a point."""
        place = self.position_at(point)
        return "" if place is None else tr("test image {number}", number=self.found[place])

    def go(self, place: int) -> None:
        """Choose the image at this position, counted around the cell's images."""
        if len(self.found):
            self.chosen.emit(int(self.found[place % len(self.found)]))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        place = self.position_at(self.mapToScene(event.position().toPoint()))
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.go(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        columns = self.grid.columns if self.grid else 1
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -columns, Qt.Key.Key_Down: columns}
        move = moves.get(Qt.Key(event.key()))
        if move is None:
            super().keyPressEvent(event)
        else:
            self.go(0 if self.at is None else min(max(self.at + move, 0), len(self.found) - 1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._draw()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._draw()

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.theme = theme
        self.title.color(theme.text)
        for text in (self.caption, self.page):
            text.color(theme.muted)
        self._draw()
