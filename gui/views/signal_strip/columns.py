"""Parts of the signal strip: a column per layer, and arrows between columns."""

from math import isnan, nan

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsLineItem

from gui.plots.canvas import Canvas, Text, dotted
from gui.plots.pens_and_paths import fill_pale
from gui.style.theme import Theme

UP, DOWN = -1, 1
OVERHANG_PIXELS = 4.0  # how far theory's mark is wider than the bar, in pixels
HEAD_PIXELS = 4.0
LEAST_PIXELS = 1.0  # of a bar that is not 0
PALER = 0.5


class ColumnHalf:
    """A bar growing from its base UP or DOWN, its value, and theory's mark; lengths are shares of `room`, 0 to 1."""

    def __init__(self, canvas: Canvas, direction: int) -> None:
        self.direction = direction
        self.bar = canvas.bar()
        self.mark = QGraphicsLineItem()
        self.mark.setZValue(2)
        canvas.scene().addItem(self.mark)
        self.value = canvas.text()
        self.left = self.width = self.base = self.room = 0.0
        self.share = self.expected = nan

    def place(self, left: float, width: float, base: float, room: float) -> None:
        """Move the bar, in pixels; a share of 1 is `room` long."""
        self.left, self.width, self.base, self.room = left, width, base, room
        self.draw(self.share)
        self.expect(self.expected)

    def draw(self, share: float) -> None:
        """Set the bar's length; NaN hides it."""
        self.share = share
        self.bar.setVisible(not isnan(share))
        if not isnan(share):
            length = self.direction * max(share * self.room, LEAST_PIXELS if share else 0.0)
            self.bar.setRect(QRectF(self.left, self.base, self.width, length).normalized())

    def expect(self, share: float) -> None:
        """Set theory's mark; NaN hides it."""
        self.expected = share
        self.mark.setVisible(not isnan(share))
        if not isnan(share):
            y = self.base + self.direction * share * self.room
            over = min(OVERHANG_PIXELS, self.width / 3)
            self.mark.setLine(QLineF(self.left - over, y, self.left + self.width + over, y))

    def hold_back(self, *, held: bool) -> None:
        """Show neither bar nor mark nor value, or show them again."""
        for item in (self.bar, self.mark, self.value.item):
            item.setOpacity(0.0 if held else 1.0)

    def apply_theme(self, theme: Theme, color: QColor) -> None:
        """Set the layer's colour, paler in the gradient's half."""
        fill_pale(self.bar, color, 1.0 if self.direction == UP else PALER)
        self.mark.setPen(dotted(theme.text))
        self.value.color(theme.muted)


class LayerColumn:
    """One layer: the signal's bar above its name, the gradient's bar below."""

    def __init__(self, canvas: Canvas) -> None:
        self.ground = canvas.bar(-2)
        self.name: Text = canvas.text(11, QFont.Weight.DemiBold)
        self.up, self.down = ColumnHalf(canvas, UP), ColumnHalf(canvas, DOWN)
        self.chosen = False

    def setVisible(self, visible: bool) -> None:
        for item in (self.ground, self.name, self.up.value, self.down.value):
            item.setVisible(visible)
        for half in (self.up, self.down):
            half.bar.setVisible(visible and not isnan(half.share))
            half.mark.setVisible(visible and not isnan(half.expected))

    def forget(self) -> None:
        """Clear bars, marks and values."""
        for half in (self.up, self.down):
            half.draw(nan)
            half.expect(nan)
            half.value.write("")

    def apply_theme(self, theme: Theme, color: QColor, *, chosen: bool) -> None:
        """Set the layer's colour; a chosen layer is highlighted."""
        self.ground.setBrush(QColor(theme.window if chosen else theme.card))
        self.name.color(theme.accent if chosen else theme.text)
        for half in (self.up, self.down):
            half.apply_theme(theme, color)


class Arrow:
    """An arrow with the gain from one layer to the next in its direction."""

    def __init__(self, canvas: Canvas, direction: int) -> None:
        self.direction = direction
        self.line = canvas.path()
        self.text = canvas.text()

    def setVisible(self, visible: bool) -> None:
        self.line.setVisible(visible)
        self.text.setVisible(visible)

    def place(self, x: float, length: float, y: float) -> None:
        """Centre the arrow at x; UP points right, DOWN points left, and the text stands on the bars' side."""
        tip, tail = x - self.direction * length / 2, x + self.direction * length / 2
        path = QPainterPath(QPointF(tail, y))
        path.lineTo(tip, y)
        path.moveTo(tip + self.direction * HEAD_PIXELS, y - HEAD_PIXELS)
        path.lineTo(tip, y)
        path.lineTo(tip + self.direction * HEAD_PIXELS, y + HEAD_PIXELS)
        self.line.setPath(path)
        self.text.place(x, y + self.direction * 11, 0.5)

    def apply_theme(self, theme: Theme) -> None:
        self.line.setPen(QPen(QColor(theme.muted), 1))
        self.text.color(theme.muted)
