"""Ghosts on a plot: what somebody expects before it is drawn, pulled by the mouse, and later what was measured."""

from math import exp, isfinite, nan

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QMouseEvent, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsRectItem, QGraphicsSimpleTextItem

from gui.plots.pens_and_paths import cosmetic, line_path, translucent
from gui.plots.plot import Plot
from gui.style.theme import Theme, font

ABOVE = 6.0  # stacking order: before the curves
DASHES = (5.0, 4.0)
POINTS, BEND = 60, 5.0  # of the curve that leads to the end
KNOB_PIXELS = 6.0
FLAG_PIXELS = (34.0, 16.0)
TEXT_GAP = 4.0


class PlotTag:
    """A word on a plot that stays at its place in pixels beside a point of the data."""

    def __init__(self, plot: Plot) -> None:
        self.plot = plot
        self.ground = QGraphicsRectItem(plot.box)
        self.ground.setPen(QPen(Qt.PenStyle.NoPen))
        self.ground.setZValue(ABOVE)
        self.text = QGraphicsSimpleTextItem(self.ground)
        self.text.setFont(font(11))
        self.ground.hide()

    def say(self, text: str, x: float, y: float, taken: list[QRectF], *, above: bool) -> None:
        """Write a text left of the point (x, y), above or below it and clear of what is `taken`; '' hides it.

        Where it is put is added to `taken`.
        """
        self.ground.setVisible(bool(text))
        self.text.setText(text)
        (x0, x1), (y0, y1) = self.plot.ranges()
        area, size = self.plot.box.rect(), self.text.boundingRect()
        left = (x - x0) / (x1 - x0) * area.width() - size.width() - 2 * TEXT_GAP
        if left < 0:
            left = min((x - x0) / (x1 - x0) * area.width() + 2 * TEXT_GAP, area.width() - size.width())
        top = (y1 - y) / (y1 - y0) * area.height() + (-size.height() - TEXT_GAP if above else TEXT_GAP)
        place = QRectF(size)
        place.moveTo(max(left, 0.0), min(max(top, 0.0), area.height() - size.height()))
        place = _clear(place, taken)
        self.ground.setRect(QRectF(size))
        self.ground.setPos(place.topLeft())
        if text:
            taken.append(place)


def _clear(place: QRectF, taken: list[QRectF]) -> QRectF:
    """The same place, moved up until it is clear of others, or down where there is no room above."""
    moved = QRectF(place)
    for other in sorted(taken, key=QRectF.bottom, reverse=True):
        if moved.intersects(other):
            moved.moveBottom(other.top() - 1)
    if moved.top() >= 0:
        return moved
    for other in sorted(taken, key=QRectF.top):
        if place.intersects(other):
            place.moveTop(other.bottom() + 1)
    return place


class Ghost(QObject):
    """Base: a dashed path, a knob or flag of a size in pixels, a tag, and the same for what was measured.

    `pulled` carries what the mouse pulled it to, while it is `movable`.
    """

    pulled = Signal(float)

    def __init__(self, plot: Plot, theme: Theme) -> None:
        super().__init__(plot)
        self.plot = plot
        self.value, self.found = nan, nan
        self.said, self.found_said = "", ""
        self.movable, self.shown = False, False
        self.line, self.found_line = plot.path(ABOVE), plot.path(ABOVE)
        self.knob, self.found_knob = QGraphicsPathItem(plot.box), QGraphicsPathItem(plot.box)
        for knob in (self.knob, self.found_knob):
            knob.setZValue(ABOVE)
        self.tag, self.found_tag = PlotTag(plot), PlotTag(plot)
        self._pulling = False
        plot.view.viewport().installEventFilter(self)
        plot.box.sigRangeChanged.connect(self.draw)
        plot.box.sigResized.connect(self.draw)
        plot.guide_moved.connect(self.draw)
        self.apply_theme(theme)

    def show(self, value: float, said: str, *, movable: bool) -> None:
        """Show the ghost at a value, called `said`."""
        self.value, self.said, self.movable, self.shown = value, said, movable, True
        self.plot.view.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if movable else Qt.CursorShape.ArrowCursor
        )
        self.draw()

    def tell(self, value: float, said: str) -> None:
        """Show what was measured, called `said`."""
        self.found, self.found_said = value, said
        self.draw()

    def hide(self) -> None:
        """Show nothing."""
        self.shown, self.movable, self._pulling = False, False, False
        self.value, self.found, self.said, self.found_said = nan, nan, "", ""
        self.plot.view.viewport().unsetCursor()
        self.draw()

    def draw(self, *_: object) -> None:
        """Draw what is known."""
        taken = [self.plot.guide_area] if self.shown and self.plot.guide_ground.isVisible() else []
        for value, line, knob, tag, said in (
            (self.value, self.line, self.knob, self.tag, self.said),
            (self.found, self.found_line, self.found_knob, self.found_tag, self.found_said),
        ):
            if not self.shown or not isfinite(value):
                line.setPath(QPainterPath())
                knob.setPath(QPainterPath())
                tag.say("", 0, 0, taken, above=True)
                continue
            line.setPath(self.path(value, found=line is self.found_line))
            x, y = self.place(value)
            knob.setPath(self.handle(self.pixel(x, y)))
            tag.say(said, x, y, taken, above=self.is_above(value))

    def is_above(self, value: float) -> bool:
        """Whether the tag of a value lies above its point, so that both tags have room."""
        return value >= max((each for each in (self.value, self.found) if isfinite(each)), default=value)

    def path(self, value: float, *, found: bool) -> QPainterPath:
        """The line of a value, in data coordinates."""
        raise NotImplementedError

    def place(self, value: float) -> tuple[float, float]:
        """The point of a value, in data coordinates."""
        raise NotImplementedError

    def value_at(self, point: QPointF) -> float:
        """The value at a point in data coordinates."""
        raise NotImplementedError

    def handle(self, at: QPointF) -> QPainterPath:
        """What the mouse takes it by, in the box's pixels."""
        path = QPainterPath()
        path.addEllipse(at, KNOB_PIXELS, KNOB_PIXELS)
        return path

    def pixel(self, x: float, y: float) -> QPointF:
        """A point of the data in the box's pixels."""
        (x0, x1), (y0, y1) = self.plot.ranges()
        area = self.plot.box.rect()
        return QPointF((x - x0) / (x1 - x0) * area.width(), (y1 - y) / (y1 - y0) * area.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self.movable or not isinstance(event, QMouseEvent):
            return False
        scene_point = self.plot.view.mapToScene(event.position().toPoint())
        left = event.button() == Qt.MouseButton.LeftButton
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick) and left:
            self._pulling = self.plot.box.sceneBoundingRect().contains(scene_point)
        elif event.type() == QEvent.Type.MouseButtonRelease and left:
            was, self._pulling = self._pulling, False
            return was
        elif event.type() != QEvent.Type.MouseMove:
            return False
        if self._pulling:
            self.pulled.emit(self.value_at(self.plot.box.mapSceneToView(scene_point)))
        return self._pulling

    def apply_theme(self, theme: Theme) -> None:
        """Set the theme's colours."""
        ratio = self.plot.view.pixel_ratio
        for line, knob, tag, color in (
            (self.line, self.knob, self.tag, theme.text),
            (self.found_line, self.found_knob, self.found_tag, theme.accent),
        ):
            line.setPen(cosmetic(color, 1.6 * ratio, DASHES))
            knob.setPen(QPen(QColor(color), 1.6))
            knob.setBrush(QBrush(QColor(theme.card if line is self.line else color)))
            tag.ground.setBrush(translucent(theme.card, 0.85))
            tag.text.setBrush(QColor(color))


class EndGhost(Ghost):
    """A curve that ends at a value: y at the last x of the automatic range; it begins at the plot's guide."""

    def path(self, value: float, *, found: bool) -> QPainterPath:
        if found:  # the curve itself leads there
            return QPainterPath()
        (x0, x1), _ = self.plot.automatic
        start = self.plot.guide_at or 0.0
        share = np.linspace(0.0, 1.0, POINTS)
        risen = (1 - np.exp(-BEND * share)) / (1 - exp(-BEND))
        return line_path(x0 + share * (x1 - x0), start + risen * (value - start))

    def place(self, value: float) -> tuple[float, float]:
        return self.plot.automatic[0][1], value

    def value_at(self, point: QPointF) -> float:
        return float(point.y())


class FlagGhost(Ghost):
    """A flag on the x axis."""

    def path(self, value: float, *, found: bool) -> QPainterPath:
        _, (y0, y1) = self.plot.automatic
        path = QPainterPath(QPointF(value, y0))
        path.lineTo(value, y1)
        return path

    def place(self, value: float) -> tuple[float, float]:
        _, (y0, y1) = self.plot.automatic
        return value, y0 + (y1 - y0) * (0.9 if value == self.value else 0.6)

    def handle(self, at: QPointF) -> QPainterPath:
        wide, high = FLAG_PIXELS
        path = QPainterPath(at)
        path.lineTo(at.x() + wide / 2, at.y() + high / 2)
        path.lineTo(at.x(), at.y() + high)
        path.closeSubpath()
        return path

    def is_above(self, value: float) -> bool:
        return True

    def value_at(self, point: QPointF) -> float:
        return float(point.x())
