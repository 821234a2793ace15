"""A canvas whose cells the arrow keys walk through, and that says to a screen reader what the picture shows."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPen
from PySide6.QtWidgets import QGraphicsRectItem

from gui.plots.canvas import Canvas
from gui.plots.walking_keys import ACROSS, DOWN, ENDS, ENTER, FRAME_PIXELS, KEYPAD, PLAIN
from gui.style.theme import LIGHT, Theme
from model.base.sentences import in_parts

STACKED = 6.0  # above all else
SMALL = 12.0  # units of a cell that the frame lies around, not within

CellAreas = Callable[[int], Sequence[QRectF]]


class CanvasWalk:
    """The walk through the cells of a canvas: `count()` rows, of which `areas(row)` tells where the cells are.

    Left and right go along a row, up and down to the nearest cell of the next one, Home and End to a row's ends; Enter
    does what a click does. The Tab key leads to the canvas; where there is no cell, all of it is framed.
    """

    def __init__(self, canvas: "WalkedCanvas", count: Callable[[], int], areas: CellAreas) -> None:
        self.canvas, self.count, self.areas = canvas, count, areas
        self.place: tuple[int, int] | None = None
        self.frame = QGraphicsRectItem()
        self.frame.setZValue(STACKED)
        self.frame.hide()
        canvas.scene().addItem(self.frame)
        canvas.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus at Train
        self.apply_theme(LIGHT)

    @property
    def area(self) -> QRectF | None:
        """Where the cell is that the walk has come to; None where there is none, or no more."""
        if self.place is None or self.place[0] >= self.count():
            return None
        cells = self.areas(self.place[0])
        return cells[self.place[1]] if self.place[1] < len(cells) else None

    @property
    def walking(self) -> bool:
        """Whether the keys are at a cell."""
        return self.canvas.hasFocus() and self.area is not None

    def take(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; False if it asks for nothing here."""
        key, area = Qt.Key(event.key()), self.area
        if event.modifiers() & ~KEYPAD != PLAIN:
            return False
        if key in ENTER:
            if area is not None:
                self.canvas.clicked.emit(area.center())
            return area is not None
        if not self.count() or key not in (*ACROSS, *DOWN, *ENDS):
            return False
        if area is None or self.place is None:
            self.place = self._first()
        else:
            self.place = self._next(key, *self.place, area)
        self.show()
        return True

    def _first(self) -> tuple[int, int] | None:
        return next(((row, 0) for row in range(self.count()) if self.areas(row)), None)

    def _next(self, key: Qt.Key, row: int, column: int, area: QRectF) -> tuple[int, int]:
        last = len(self.areas(row)) - 1
        if key in ACROSS:
            return row, min(max(column + ACROSS[key], 0), last)
        if key in ENDS:
            return row, 0 if key == Qt.Key.Key_Home else last
        start, row, x = row, row + DOWN[key], area.center().x()
        while 0 <= row < self.count():
            if cells := self.areas(row):
                return row, min(range(len(cells)), key=lambda each: abs(cells[each].center().x() - x))
            row += DOWN[key]
        return start, column

    def show(self) -> None:
        """Frame the cell and have its readout and its description say what is there."""
        self._place_frame()
        self.frame.show()
        if (area := self.area) is not None:
            self.canvas.ensureVisible(area, 0, 0)
            self.canvas.point(area.center())

    def enter(self) -> None:
        """Go to the cell that the walk was at, or to the first one."""
        if self.area is None:
            self.place = self._first()
        self.show()

    def follow(self) -> None:
        """Keep the frame around its cell after the picture has changed; where that is no more, go to the first one."""
        if not self.frame.isVisible():
            return
        if self.area is None and self.count():
            self.enter()
        else:
            self._place_frame()

    def leave(self) -> None:
        """Frame nothing, and describe the whole picture again."""
        self.frame.hide()
        self.canvas.readout.hide()
        self.canvas.setAccessibleDescription(self.canvas.figures)

    def _place_frame(self) -> None:
        half, area = FRAME_PIXELS / 2, self.area
        whole = QRectF(self.canvas.mapToScene(0, 0), self.canvas.room) if area is None else area
        out = half if min(whole.width(), whole.height()) < SMALL else -half
        self.frame.setRect(whole.adjusted(-out, -out, out, out))

    def apply_theme(self, theme: Theme) -> None:
        """Set the frame's colour."""
        self.frame.setPen(QPen(QColor(theme.accent), FRAME_PIXELS))


class WalkedCanvas(Canvas):
    """A canvas with `count()` rows of cells, of which `areas(row)` tells where they are, in units of the scene.

    Its readout follows the keys as it follows the mouse, and the description for a screen reader says the same.
    """

    def __init__(
        self,
        read: Callable[[QPointF], str],
        count: Callable[[], int],
        areas: CellAreas,
        *,
        scrolls: bool = False,
    ) -> None:
        super().__init__(read, scrolls=scrolls)
        self.figures = ""
        self.keys = CanvasWalk(self, count, areas)
        self.resized.connect(self.keys.follow)

    def describe(self, figures: str) -> None:
        """Say what the picture shows; while keys walk in it, the cell that they have come to is said instead."""
        self.figures = figures
        if not self.keys.walking:  # a screen reader would speak at each change
            self.setAccessibleDescription(figures)

    def point(self, place: QPointF) -> None:
        """Show and describe what is read at a place in the scene, as if the mouse were there."""
        self.pointed = QPointF(self.mapFromScene(place))
        self._show_readout()
        said = in_parts(self.readout.text().split("\n")) if self.readout.isVisible() else ""
        self.setAccessibleDescription(said or self.figures)

    def refresh_readout(self) -> None:
        super().refresh_readout()
        self.keys.follow()

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.keys.apply_theme(theme)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.keys.take(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.keys.enter()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.keys.leave()
