"""Ghosts of the signal strip's bars: heights that somebody expects, pulled by the mouse."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QLineF, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPen
from PySide6.QtWidgets import QGraphicsLineItem, QGraphicsRectItem

from gui.plots.canvas import ItemPool
from gui.plots.pens_and_paths import translucent
from gui.style.theme import Theme
from gui.views.signal_strip.columns import DOWN, UP
from gui.views.signal_strip.picture import StripPicture
from model.measurement.ledger import strengths

ABOVE = 4.0
KNOB = 3.0  # pixels


class GhostBars(QObject):
    """Dashed bars over those of some layers, counted from 0, the output's last; `pulled` carries a layer and a value.

    `backward` ones are δ as a share of the output's, the others are signals as they are. While they are movable the
    strip draws nothing else there.
    """

    pulled = Signal(int, float)

    def __init__(self, picture: StripPicture, theme: Theme) -> None:
        super().__init__(picture.canvas)
        self.picture, self.canvas = picture, picture.canvas
        self.values: dict[int, float] = {}
        self.backward, self.movable = True, False
        self._pulled: int | None = None
        self.pen, self.knob_pen, self.fill = QPen(), QPen(), QColor()
        self.bars, self.knobs = ItemPool(self._bar), ItemPool(self._knob)
        self.canvas.viewport().installEventFilter(self)
        self.canvas.resized.connect(self.draw)
        self.apply_theme(theme)

    def _bar(self) -> QGraphicsRectItem:
        bar = QGraphicsRectItem()
        bar.setZValue(ABOVE)
        bar.setPen(self.pen)
        bar.setBrush(self.fill)
        self.canvas.scene().addItem(bar)
        return bar

    def _knob(self) -> QGraphicsLineItem:
        knob = QGraphicsLineItem()
        knob.setZValue(ABOVE)
        knob.setPen(self.knob_pen)
        self.canvas.scene().addItem(knob)
        return knob

    def show(self, values: Mapping[int, float], *, backward: bool, movable: bool) -> None:
        """Show these heights by layer."""
        self.values, self.backward, self.movable = dict(values), backward, movable
        self.picture.hold_back((DOWN if backward else UP) if movable else None)  # it would tell
        self.draw()

    def hide(self) -> None:
        """Show none."""
        self.show({}, backward=True, movable=False)

    @property
    def unit(self) -> float:
        """What a value of 1 is on the strip's scale."""
        if not self.backward:
            return 1.0
        chain = self.picture.expected
        delta = strengths(chain).delta[-1] if chain else 1.0
        return delta if delta > 0 else 1.0

    def draw(self) -> None:
        """Place the bars for the present size and scales."""
        there = [layer for layer in self.values if layer + 1 < len(self.picture.columns)]
        scale = self.picture.scales.delta if self.backward else self.picture.scales.signal
        for layer, bar, knob in zip(there, self.bars.show(len(there)), self.knobs.show(len(there)), strict=True):
            column = self.picture.columns[layer + 1]
            half = column.down if self.backward else column.up
            length = half.direction * scale.share(self.values[layer] * self.unit) * half.room
            bar.setRect(QRectF(half.left, half.base, half.width, length).normalized())
            end = half.base + length
            knob.setLine(QLineF(half.left - KNOB, end, half.left + half.width + KNOB, end))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self.movable or not isinstance(event, QMouseEvent):
            return False
        point = self.canvas.mapToScene(event.position().toPoint())
        if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            column = self.picture.column_at(point.x())
            self._pulled = column - 1 if column and column - 1 in self.values else None
        elif event.type() == QEvent.Type.MouseButtonRelease:
            was, self._pulled = self._pulled, None
            return was is not None
        elif event.type() != QEvent.Type.MouseMove:
            return False
        if self._pulled is None:
            return False
        self.pulled.emit(self._pulled, self._value_at(self._pulled, point))
        return True

    def _value_at(self, layer: int, point: QPointF) -> float:
        scale = self.picture.scales.delta if self.backward else self.picture.scales.signal
        column = self.picture.columns[layer + 1]
        half = column.down if self.backward else column.up
        share = (point.y() - half.base) * half.direction / max(half.room, 1.0)
        return float(10 ** (scale.low + min(max(share, 0.0), 1.0) * scale.extent)) / self.unit

    def apply_theme(self, theme: Theme) -> None:
        """Set the theme's colours."""
        self.pen = QPen(QColor(theme.text), 1.2, Qt.PenStyle.DashLine)
        self.knob_pen, self.fill = QPen(QColor(theme.text), 2.5), translucent(theme.text, 0.06)
        for bar in self.bars.items:
            bar.setPen(self.pen)
            bar.setBrush(self.fill)
        for knob in self.knobs.items:
            knob.setPen(self.knob_pen)
