"""Arrow keys on a plot: a cursor that goes over it, with the readout as the mouse would show it."""

from typing import Any, Protocol

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPen
from PySide6.QtWidgets import QGraphicsRectItem, QGraphicsView, QLabel

from gui.plots.walking_keys import ACROSS, DOWN, ENDS, ENTER, FINE, FRAME_PIXELS, KEYPAD, NEXT, PLAIN
from gui.style.theme import LIGHT, Theme
from model.base.sentences import in_parts

ACROSS_STEPS, DOWN_STEPS = 40, 20  # of the ranges that show

Range = tuple[float, float]


class WalkedPlot(Protocol):
    """What the keys need of a plot."""

    box: Any
    label: QLabel

    def ranges(self) -> tuple[Range, Range]:
        """Visible ranges."""

    def hover(self, position: QPointF) -> None:
        """Show cursor and readout at a point of the scene."""

    def hide_readout(self) -> None:
        """Show neither."""


class PlotWalk(QObject):
    """The keys of a plot: arrows move the cursor, with Shift by a pixel, Home and End to the ends.

    `entered` says where Enter was pressed, in data coordinates, and `turned` that Page up (-1) or down (1) was, which
    lead to the plot before or after this one.
    """

    entered = Signal(float, float)
    turned = Signal(int)

    def __init__(self, plot: WalkedPlot, view: QGraphicsView) -> None:
        super().__init__(view)
        self.plot, self.view = plot, view
        self.at = QPointF(0.5, 0.5)  # shares of the ranges
        self.figures = ""
        self.frame = QGraphicsRectItem(plot.box)
        self.frame.setZValue(20)
        self.frame.hide()
        self.view.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        plot.box.sigResized.connect(self._place_frame)
        self.apply_theme(LIGHT)

    @property
    def point(self) -> QPointF:
        """The cursor's place in data coordinates."""
        (x0, x1), (y0, y1) = self.plot.ranges()
        return QPointF(x0 + self.at.x() * (x1 - x0), y0 + self.at.y() * (y1 - y0))

    def take(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; False if it asks for nothing here."""
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~KEYPAD
        if modifiers not in (PLAIN, FINE):
            return False
        if key in ENTER:
            self.entered.emit(self.point.x(), self.point.y())
        elif key in NEXT:
            self.turned.emit(NEXT[key])
        elif key in (*ACROSS, *DOWN, *ENDS):
            self._move(key, fine=modifiers == FINE)
        else:
            return False
        return True

    def _move(self, key: Qt.Key, *, fine: bool) -> None:
        area = self.plot.box.rect()
        across = 1 / max(area.width(), 1) if fine else 1 / ACROSS_STEPS
        down = 1 / max(area.height(), 1) if fine else 1 / DOWN_STEPS
        x = self.at.x() + ACROSS.get(key, 0) * across
        if key in ENDS:
            x = 0.0 if key == Qt.Key.Key_Home else 1.0
        y = self.at.y() - DOWN.get(key, 0) * down
        self.at = QPointF(min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0))
        self.show()

    def show(self) -> None:
        """Frame the plot, and have readout and description say what is at the cursor."""
        self._place_frame()
        self.frame.show()
        self.plot.hover(self.plot.box.mapViewToScene(self.point))
        label = self.plot.label
        said = in_parts(label.text().split("\n")) if label.isVisible() else ""
        self.view.setAccessibleDescription(said or self.figures)

    def describe(self, name: str, figures: str) -> None:
        """Say what the plot is and shows; while keys move the cursor, what is there is said instead of the figures."""
        self.figures = figures
        self.view.setAccessibleName(name)
        if not self.frame.isVisible():  # a screen reader would speak at each change
            self.view.setAccessibleDescription(figures)

    def leave(self) -> None:
        """Frame nothing, and describe the whole plot again."""
        self.frame.hide()
        self.plot.hide_readout()
        self.view.setAccessibleDescription(self.figures)

    def _place_frame(self) -> None:
        half = FRAME_PIXELS / 2
        self.frame.setRect(QRectF(self.plot.box.rect()).adjusted(half, half, -half, -half))

    def apply_theme(self, theme: Theme) -> None:
        """Set the frame's colour."""
        self.frame.setPen(QPen(QColor(theme.accent), FRAME_PIXELS))
