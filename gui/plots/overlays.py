"""Overlays: other runs' curves behind those of the run on the screen, redrawn only when their data has changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem

from gui.plots.pens_and_paths import cosmetic
from gui.plots.plot import Plot
from model.base.arrays import Array
from model.history.run_log import RunLog

WIDTH, POINTED_WIDTH = 1.4, 2.8
NEAR_PIXELS = 24.0  # from a curve within which it is named
POINTED_PIXELS = 10.0  # pixels within which it is the one that is meant
MOST_NAMED = 3


@dataclass(frozen=True, eq=False)
class Overlay:
    """Another run's name, line style and run log; `dashes` in line widths. Tables have it by its `english` name."""

    name: str
    color: str
    dashes: tuple[float, ...]
    run_log: RunLog
    english: str = ""


@dataclass(eq=False)
class Overlays:
    """The overlays shown now; one object shared by all plots of a page."""

    all: tuple[Overlay, ...] = ()
    shows: int = 0  # how often others were chosen

    def show(self, overlays: Sequence[Overlay]) -> None:
        """Replace the overlays."""
        self.all, self.shows = tuple(overlays), self.shows + 1

    @property
    def stamp(self) -> tuple[int, ...]:
        """Version that changes whenever there is something new to draw."""
        return (self.shows, *(overlay.run_log.version for overlay in self.all))


# A run's curve within a stretch of iterations, x and y in the plot's coordinates; called with its run log locked.
CurveOf = Callable[[RunLog, float, float], tuple[Array, Array]]


@dataclass(eq=False)
class _Line:
    item: QGraphicsPathItem
    overlay: Overlay | None = None
    drawn: tuple[object, ...] = ()
    x: Array = field(default_factory=lambda: np.empty(0))
    y: Array = field(default_factory=lambda: np.empty(0))


class OverlayLines:
    """The overlays' curves in one plot; `mode` in `draw` is anything else that `curve` depends on."""

    def __init__(self, plot: Plot, curve: CurveOf) -> None:
        self.plot, self.curve = plot, curve
        self.overlays = Overlays()
        self.lines: list[_Line] = []
        self.pointed: Overlay | None = None
        self._shows = -1
        plot.view.left.connect(self.leave)

    def draw(self, overlays: Overlays, mode: object = None) -> None:
        """Redraw the curves whose run log, range or mode has changed."""
        if overlays is not self.overlays or overlays.shows != self._shows:
            self.overlays, self._shows = overlays, overlays.shows
            self._take()
        (low, high), _ = self.plot.ranges()
        for line in self._shown:
            assert line.overlay
            run_log = line.overlay.run_log
            wanted = (run_log.version, low, high, mode)
            if wanted == line.drawn:
                continue
            line.drawn = wanted
            with run_log.lock:
                line.x, line.y = self.curve(run_log, low, high)
            line.item.setPath(_path(line.x, line.y))

    @property
    def items(self) -> list[QGraphicsPathItem]:
        """The curves drawn now."""
        return [line.item for line in self._shown]

    @property
    def _shown(self) -> list[_Line]:
        return [line for line in self.lines if line.overlay]

    def _take(self) -> None:
        """Assign a line item to each overlay; a run shown before keeps its own."""
        before = {line.overlay.run_log: line for line in self._shown if line.overlay}
        kept = [before.pop(overlay.run_log, None) for overlay in self.overlays.all]
        spare = [line for line in self.lines if line not in kept]
        for index, overlay in enumerate(self.overlays.all):
            line = kept[index] or (spare.pop() if spare else _Line(self.plot.path(0)))
            if line is not kept[index]:
                line.drawn = ()
            kept[index], line.overlay = line, overlay
        for line in spare:
            line.overlay, line.drawn = None, ()
            line.item.setPath(QPainterPath())
        self.lines = [line for line in kept if line] + spare
        self.pointed = None
        self.set_pens()

    def set_pens(self) -> None:
        """Set the lines' pens, thicker for the one pointed at."""
        for line in self._shown:
            assert line.overlay
            pointed = line.overlay is self.pointed
            width = (POINTED_WIDTH if pointed else WIDTH) * self.plot.view.pixel_ratio
            line.item.setPen(cosmetic(line.overlay.color, width, line.overlay.dashes))
            line.item.setZValue(0.5 if pointed else 0)

    def leave(self) -> None:
        """Unmark the curve that was pointed at."""
        self._point(None)

    def _point(self, overlay: Overlay | None) -> None:
        if overlay is not self.pointed:
            self.pointed = overlay
            self.set_pens()

    def extents(self) -> list[tuple[float, float]]:
        """Lowest and highest y of each curve drawn now that has any."""
        values = [line.y[np.isfinite(line.y)] for line in self._shown]
        return [(float(each.min()), float(each.max())) for each in values if len(each)]

    def near(self, x: float, y: float) -> list[tuple[Overlay, float, float]]:
        """Find up to 3 curves within NEAR_PIXELS of a point, nearest first, each with its own data point (x, y).

        The nearest is drawn thicker if it is within POINTED_PIXELS.
        """
        (x0, x1), (y0, y1) = self.plot.ranges()
        size = self.plot.box.rect()
        across, up = size.width() / (x1 - x0), size.height() / (y1 - y0)
        found = []
        for line in self._shown:
            if not len(line.x) or not line.x[0] - NEAR_PIXELS / across <= x <= line.x[-1] + NEAR_PIXELS / across:
                continue
            here = float(np.interp(x, line.x, line.y))
            point = int(np.abs(line.x - x).argmin())
            distance = abs(here - y) * up
            if np.isfinite(distance) and distance <= NEAR_PIXELS:
                assert line.overlay
                found.append((distance, line.overlay, float(line.x[point]), float(line.y[point])))
        found.sort(key=lambda each: each[0])
        self._point(found[0][1] if found and found[0][0] <= POINTED_PIXELS else None)
        return [(overlay, own_x, own_y) for _, overlay, own_x, own_y in found[:MOST_NAMED]]


def _path(x: Array, y: Array) -> QPainterPath:
    if not len(x):
        return QPainterPath()
    if len(x) == 1:  # a single record shall be seen too
        x, y = np.repeat(x, 2), np.repeat(y, 2)
    path: QPainterPath = pg.arrayToQPath(x.astype(float), y.astype(float), connect="finite")
    return path
