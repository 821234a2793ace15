"""The confusion matrix as cells: counts, and their shares of the true class on two scales."""

from functools import partial
from math import ceil

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPen
from PySide6.QtWidgets import QGraphicsPixmapItem, QGraphicsRectItem

from gui.plots.canvas import Canvas, ItemPool
from gui.plots.diverging_scale import GROUND, color_table, pixmap
from gui.style.text_size import follow
from gui.style.theme import Theme, font
from gui.views.digit.share_scales import ink_on, shades_of
from gui.views.digit.unit_cells import FRAME_PIXELS, UnitCells, block
from model.base import number_format
from model.base.language import message, tr
from model.measurement.confusion import Confusion

LEFT, HEAD = 64, 17  # pixels left of the cells and above them, for words and for the classes' names
WIDEST, TALLEST = 58, 30  # pixels of a cell
FONTS = (12, 11, 10)  # pixels of the counts, the largest that fits
AIR_PIXELS = 2  # beside a count
ACROSS, DOWN = message("answered →"), message("true ↓")
MOVES = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}

Place = tuple[int, int]


class ConfusionMatrix(Canvas):
    """Cells with a row per true class and a column per answer, all of one size.

    `moved` says that another cell is framed: by the arrow keys, or by a click, which like Enter emits `opened` too.
    Counts are written where they fit into the cells.
    """

    moved = Signal()
    opened = Signal()

    def __init__(self) -> None:
        super().__init__(self.read)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        follow(self.setMinimumSize, 160, 40)
        self.setAccessibleName(tr("Confusion matrix"))
        self.names: tuple[str, ...] = ()
        self.confusion: Confusion | None = None
        self.place: Place | None = None
        self.cells = UnitCells(1, 1, 1, 1)
        self.table: list[int] = []
        self.theme: Theme | None = None
        self.item = QGraphicsPixmapItem()
        self.item.setPos(LEFT, HEAD)
        self.frame, self.focus_frame = QGraphicsRectItem(), QGraphicsRectItem()
        self.frame.setZValue(4)
        for item in (self.item, self.frame, self.focus_frame):
            self.scene().addItem(item)
        self.across, self.down = self.text(10), self.text(10)
        self.across.write(tr(ACROSS))
        self.down.write(tr(DOWN))
        self.across.place(0, HEAD / 2)
        self.rows, self.columns = (ItemPool(partial(self.text, 11)) for _ in range(2))
        self.counts = ItemPool(partial(self.text, 11))
        self.resized.connect(self.lay_out)

    @property
    def classes(self) -> int:
        """Number of classes."""
        return len(self.names)

    @property
    def fitting(self) -> int:
        """Number of classes, from the first on, of which both row and column fit into the room."""
        room = self.viewport().size()
        across = int(room.width() - LEFT - FRAME_PIXELS) // self.cells.width
        down = int(room.height() - HEAD - FRAME_PIXELS) // self.cells.height
        return max(min(across, down, self.classes), 0)

    def show_classes(self, names: tuple[str, ...]) -> None:
        """Show empty cells for classes of these names."""
        self.names, self.confusion, self.place = names, None, None
        self.lay_out()

    def show_confusion(self, confusion: Confusion | None) -> None:
        """Show these counts; None shows empty cells."""
        self.confusion = confusion
        self._draw()
        self.refresh_readout()

    def point(self, place: Place | None) -> None:
        """Frame a cell, given as (true class, answer); None removes the frame."""
        self.place = place
        self._place_frame()

    def lay_out(self) -> None:
        """Place the cells and the names of the classes for the present size."""
        size, count = self.room.toSize(), max(self.classes, 1)
        width = min(max((size.width() - LEFT - 2 * FRAME_PIXELS) // count, 1), WIDEST)
        height = min(max((size.height() - HEAD - 2 * FRAME_PIXELS) // count, 1), TALLEST)
        self.cells = UnitCells(count**2, count, width, height)
        self.set_extent(size.height())
        metrics = QFontMetricsF(font(11))
        across = ceil((metrics.horizontalAdvance(max(self.names, key=len, default="0")) + AIR_PIXELS) / width)
        down = ceil((metrics.ascent() + 1) / height)
        for pool, step in ((self.rows, down), (self.columns, across)):
            for index, name in enumerate(pool.show(self.classes)):
                name.write(self.names[index] if index % step == 0 else "")
                x, y = self._middle(index, index)
                name.place(*((LEFT - 8, y, 1) if pool is self.rows else (x, HEAD / 2, 0.5)))
        self._color_names()
        self.down.place(0, self._middle(0, 0)[1])
        width, height = self.cells.size
        self.focus_frame.setRect(QRectF(LEFT, HEAD, width, height).adjusted(-1.5, -1.5, 1.5, 1.5))
        self._draw()

    def _middle(self, row: int, column: int) -> tuple[float, float]:
        x = LEFT + FRAME_PIXELS + (column + 0.5) * self.cells.width
        return x, HEAD + FRAME_PIXELS + (row + 0.5) * self.cells.height

    def _draw(self) -> None:
        self._place_frame()
        if not self.theme:
            return
        found = self.confusion
        shades = shades_of(found) if found else np.full(self.cells.units, GROUND, np.uint8)
        self.item.setPixmap(pixmap(block(shades, self.cells), self.table))
        values = found.counts.reshape(-1).tolist() if found else []
        pixels, texts = self._fitting(values)
        for index, (text, written) in enumerate(zip(self.counts.show(len(texts)), texts, strict=True)):
            text.item.setFont(font(pixels))
            text.write(written)
            text.place(*self._middle(*divmod(index, self.classes)), 0.5)
            text.color(ink_on(self.table[int(shades[index])]) if values[index] else self.theme.muted)

    def _fitting(self, values: list[int]) -> tuple[int, list[str]]:
        """The largest font in which all counts fit, in pixels, and their texts; without any where none does."""
        for pixels in FONTS:
            metrics = QFontMetricsF(font(pixels))
            if metrics.horizontalAdvance("0") + AIR_PIXELS > self.cells.width:  # not even one digit of a million
                continue
            for texts in ([number_format.count(value) for value in values], [str(value) for value in values]):
                longest = metrics.horizontalAdvance(max(texts, key=len, default=""))
                if longest + AIR_PIXELS <= self.cells.width and metrics.ascent() <= self.cells.height:
                    return pixels, texts
        return 0, []

    def _place_frame(self) -> None:
        self.frame.setVisible(self.place is not None)
        self.focus_frame.setVisible(self.hasFocus())
        if self.place:
            row, column = self.place
            x, y = LEFT + FRAME_PIXELS + column * self.cells.width, HEAD + FRAME_PIXELS + row * self.cells.height
            self.frame.setRect(QRectF(x - 0.5, y - 0.5, self.cells.width, self.cells.height))

    def place_at(self, point: QPointF) -> Place | None:
        """The cell at a point, as (true class, answer); None outside the cells."""
        unit = self.cells.at(point.x() - LEFT, point.y() - HEAD)
        return None if unit is None or not self.classes else divmod(unit, self.classes)

    def read(self, point: QPointF) -> str:
        """Readout: the cell under a point."""
        place = self.place_at(point)
        return "\n".join(cell_texts(self.confusion, place)) if place and self.confusion else ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        place = self.place_at(self.mapToScene(event.position().toPoint()))
        if place and event.button() == Qt.MouseButton.LeftButton:
            self._go(place)
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in MOVES and self.classes:
            (row, column), (down, across), last = self.place or (0, 0), MOVES[key], self.classes - 1
            self._go((min(max(row + down, 0), last), min(max(column + across, 0), last)))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.place:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def _go(self, place: Place) -> None:
        self.point(place)
        self.moved.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._place_frame()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._place_frame()

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.theme, self.table = theme, color_table(theme)
        self._color_names()
        self.frame.setPen(QPen(QColor(theme.text), 2))
        self.focus_frame.setPen(QPen(QColor(theme.accent), 1.5))
        self._draw()

    def _color_names(self) -> None:
        if self.theme:
            for text in (self.across, self.down, *self.rows.items, *self.columns.items):
                text.color(self.theme.muted)


def cell_texts(confusion: Confusion, place: Place) -> tuple[str, str]:
    """What a cell is and how many images it has: "true 4, answered 9", "31 of 982 images (3.2 %)"."""
    true, answer = place
    count, total = int(confusion.counts[place]), int(confusion.counts[true].sum())
    share = number_format.rounded_percent(float(confusion.shares[place]))
    told = tr(
        "{count} of {total} images ({share})",
        count=number_format.count(count),
        total=number_format.count(total),
        share=share,
    )
    return tr("true {true}, answered {answer}", true=confusion.name(true), answer=confusion.name(answer)), told
