"""Pens, and painter paths made from arrays in data coordinates."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractGraphicsShapeItem

from model.base.arrays import Array

NO_FILL = Qt.BrushStyle.NoBrush
HIGH = 1e6


def cosmetic(color: str | QColor, width: float, dashes: Sequence[float] = ()) -> QPen:
    """Pen with a width in pixels at every zoom; `dashes` in line widths."""
    pen = QPen(QColor(color), width)
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dashes:
        pen.setDashPattern(list(dashes))
    return pen


def translucent(color: str | QColor, share: float) -> QColor:
    """The colour with opacity `share`, from 0 to 1."""
    made = QColor(color)
    made.setAlphaF(share)
    return made


def fill_pale(item: QAbstractGraphicsShapeItem, color: str | QColor, share: float) -> None:
    """Fill an item with the colour at opacity `share`, within an outline of the whole colour by which it is seen."""
    item.setBrush(translucent(color, share))
    item.setPen(cosmetic(color, 1))


def line_path(x: Array, y: Array) -> QPainterPath:
    """Polyline through the points (x, y), both of shape (points,) and finite."""
    if len(x) == 1:  # a single record shall be seen too
        x, y = np.repeat(x, 2), np.repeat(y, 2)
    path: QPainterPath = pg.arrayToQPath(x.astype(float), y.astype(float), connect="all", finiteCheck=False)
    return path


def upright_path(*places: float) -> QPainterPath:
    """Vertical lines at these x, longer than any plot is high."""
    path = QPainterPath()
    for x in places:
        path.moveTo(x, -HIGH)
        path.lineTo(x, HIGH)
    return path


def band_path(x: Array, low: Array, high: Array) -> QPainterPath:
    """Closed area between the curves `low` and `high` over x, all of shape (points,)."""
    return line_path(np.concatenate((x, x[::-1])), np.concatenate((low, high[::-1])))


class Bars:
    """Bars over equal bins from `base` upward; `gap` is the free share of each bin's width. `edges` is (bins + 1,).

    The path's arrays are kept, and only the tops change.
    """

    def __init__(self, edges: Array, gap: float, base: float = 0.0) -> None:
        width = edges[1] - edges[0]
        left, right = edges[:-1] + width * gap / 2, edges[1:] - width * gap / 2
        self._x = np.stack((left, left, right, right, left), axis=1).reshape(-1)
        self._y = np.full(len(self._x), base)
        self._connect = np.tile(np.array([1, 1, 1, 1, 0], np.int32), len(left))

    def path(self, tops: Array) -> QPainterPath:
        """Path of the bars up to `tops`, of shape (bins,); the next call reuses its arrays."""
        self._y[1::5] = self._y[2::5] = tops
        path: QPainterPath = pg.arrayToQPath(self._x, self._y, connect=self._connect, finiteCheck=False)
        return path


def steps_path(edges: Array, heights: Array) -> QPainterPath:
    """Outline of a histogram: `edges` of shape (bins + 1,), `heights` of shape (bins,)."""
    x = np.repeat(edges, 2)
    y = np.concatenate(((0.0,), np.repeat(heights, 2), (0.0,)))
    return line_path(x, y)
