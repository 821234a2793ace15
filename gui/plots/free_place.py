"""Where the name of a level line can stand so that no curve runs through it."""

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainterPath, QTransform

GAP_PIXELS = 1.0  # between the line and its name
EDGE_PIXELS = 4.0  # between the name and the area's end, where a frame may be
STROKE_PIXELS = 1.0  # by which a curve is thicker than its path, to either side
FARTHEST = 2.0  # from the line, in heights of the name: beyond that nobody would see that it is the line's


def runs_through(area: QRectF, curves: Iterable[QPainterPath]) -> bool:
    """Whether any of these curves passes an area, both in the same coordinates."""
    return any(curve.intersects(area) for curve in _closed(curves, area))


def _closed(curves: Iterable[QPainterPath], area: QRectF) -> list[QPainterPath]:
    """The curves that come near an area, there and back: Qt takes an open one for what a straight line would close."""
    return [_there_and_back(curve) for curve in curves if not curve.isEmpty() and _meet(curve.boundingRect(), area)]


def _there_and_back(curve: QPainterPath) -> QPainterPath:
    path = QPainterPath(curve)
    path.connectPath(curve.toReversed())
    return path


def _meet(one: QRectF, other: QRectF) -> bool:
    """Whether two areas touch, also where one is a line, which Qt's own `intersects` takes for nothing."""
    across = one.left() <= other.right() and other.left() <= one.right()
    return across and one.top() <= other.bottom() and other.top() <= one.bottom()


def beside_line(
    line: float, size: QSizeF, area: QRectF, to_data: QTransform, curves: Sequence[QPainterPath]
) -> QPointF:
    """The place of a name of this size at the right end of a level line, `line` pixels below the area's top.

    It is directly above the line, below it, or as near as no curve runs through; where all of that is taken, above.
    `curves` are in the coordinates that `to_data` leads to from the area's pixels.
    """
    left = area.right() - size.width() - EDGE_PIXELS
    reach = (FARTHEST + 1) * size.height() + GAP_PIXELS + STROKE_PIXELS
    near = _closed(curves, to_data.mapRect(QRectF(left, line - reach, size.width(), 2 * reach)))
    for top in _tops(line, size.height()):
        there = QRectF(QPointF(left, top), size).adjusted(0, -STROKE_PIXELS, 0, STROKE_PIXELS)
        inside = area.top() <= top and top + size.height() <= area.bottom()
        if inside and not any(curve.intersects(to_data.mapRect(there)) for curve in near):
            return QPointF(left, top)
    return QPointF(left, max(line - size.height() - GAP_PIXELS, area.top()))


def _tops(line: float, height: float) -> Iterator[float]:
    steps = round(FARTHEST * height)
    for step in range(steps + 1):
        yield line - GAP_PIXELS - height - step
        yield line + GAP_PIXELS + step
