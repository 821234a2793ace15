"""Line chart: one figure of every layer against iterations, on a log axis, with names at the lines' ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem, QVBoxLayout, QWidget

from gui.plots.downsampling import Lines, columns
from gui.plots.line_labels import LABEL_ROOM, LineLabels
from gui.plots.live_view import LiveView
from gui.plots.log_scale import LogScale, logarithms
from gui.plots.overlay_legend import OverlayLegend
from gui.plots.overlays import OverlayLines, Overlays
from gui.plots.pens_and_paths import cosmetic, upright_path
from gui.plots.plot import Plot
from gui.plots.plot_note import PlotNote
from gui.plots.shared_axis import decades_beside
from gui.plots.ticks import decade_ticks
from gui.style.theme import Theme
from gui.views.layer_readout import wordings
from gui.views.moment import Moment, RunContext
from model.base import number_format
from model.base.arrays import Array
from model.base.language import tr
from model.history.run_log import RunLog

PIECE_LINES = 12  # lines drawn at a time
NEAR_PIXELS = 10.0  # from a line within which a click means it
FEW_LINES = 4  # of more, each is one pixel wide: Qt paints a wider line forty times as long
WIDE, CHOSEN, HAIRLINE = 1.8, 3.0, 0.0  # pixels; 0 stands for one, on every screen


class LineChart(QWidget):
    """One line per layer; `show_series` selects the figure."""

    menu_wanted = Signal(QPointF)
    layer_chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.run: RunContext | None = None
        self.name = self.symbol = ""
        self.chosen: int | None = None
        self.names: list[str] = []
        self.view = LiveView(antialiased=True, left=6, right=LABEL_ROOM)
        self.plot = Plot(self.view, self.read)
        self.plot.axes[0].counts = True
        self.plot.axes[1].choose = decade_ticks
        self.plot.menu_wanted.connect(self.menu_wanted)
        self.time, self.names_at = self.plot.path(5), LineLabels(self.plot)
        self.labels, self.leaders = self.names_at.items, self.names_at.leaders
        self.overlays, self.legend = Overlays(), OverlayLegend()
        self.others = OverlayLines(self.plot, self._overlay_curve)
        self.lines: list[QGraphicsPathItem] = []
        self.hint = PlotNote(self.plot, tr("Press Train to draw a line for each layer."))
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.legend)
        column.addWidget(self.view, 1)
        self.plot.box.sigXRangeChanged.connect(self._redraw)
        self.plot.box.sigRangeChanged.connect(self.place_labels)
        self.plot.box.sigResized.connect(self.place_labels)
        self.view.scene().sigMouseClicked.connect(self._click)
        self._forget()

    @property
    def plots(self) -> int:
        """Number of pieces, PIECE_LINES lines each, that `draw_plot` draws in turn."""
        return -(-len(self.names) // PIECE_LINES)

    def _forget(self) -> None:
        self.data = self.drawn = Lines(np.empty(0), np.empty((0, 0)))
        self.ended: dict[int, str] = {}  # lines that do not reach the last moment, and what is there instead
        self.scale, self.beyond = LogScale(), 0  # number of other runs that go beyond it
        for line in self.lines:
            line.setPath(QPainterPath())
        self.place_labels()

    def show_run(self, run: RunContext) -> None:
        """Draw another run from now on."""
        self.run, self.overlays = run, run.overlays
        self.names = run.config.layer_names
        while len(self.lines) < len(self.names):
            self.lines.append(self.plot.path(1))
        self.names_at.make(len(self.names))
        self._forget()
        self.plot.at_automatic = True
        self.plot.set_automatic((0.0, float(max(run.config.iterations, 1))), (-6.0, 0.0))
        self.hint.tell(shown=True)
        self._apply_colors()

    def show_series(self, name: str, symbol: str) -> None:
        """Select a figure by its field in LayerRecord; `symbol` names it in the readout."""
        self.name, self.symbol = name, symbol
        self._forget()

    def draw_plot(self, index: int, moment: Moment) -> None:
        """Draw a piece; piece 0 also reads new records."""
        if not self.run or index >= self.plots:
            return
        if index == 0:
            self._take(self.run)
            self.others.draw(self.overlays, self.name)
            self._fit()
            self.time.setPath(upright_path(*(() if moment.live else (moment.figures.iteration,))))
        self._draw_lines(index)

    def _take(self, run: RunContext) -> None:
        with run.run_log.lock:
            x, values = run.run_log.history.timeline.series(self.name)
        self.hint.tell(shown=not len(x) and not self.overlays.all)
        if not len(x):
            return
        self.data = Lines(x, y := logarithms(values))
        self.ended = {int(k): number_format.significant(float(values[-1, k])) for k in np.flatnonzero(np.isnan(y[-1]))}
        if (positive := values[np.isfinite(y)]).size:
            self.scale.cover((float(positive.min()), float(positive.max())))
        self.drawn = columns(self.data, *self.plot.ranges()[0])
        self.place_labels()

    def _fit(self) -> None:
        """Fit the automatic range to all lines, including other runs' that do not lie too far beyond."""
        own = None if self.scale.empty else (self.scale.low, self.scale.high)
        if found := decades_beside(own, self.others.extents()):
            low, high, self.beyond = found
            self.plot.set_automatic(self.plot.automatic[0], (low, high))

    def _overlay_curve(self, run_log: RunLog, low: float, high: float) -> tuple[Array, Array]:
        """Another run's figure at layer 1, where a vanishing gradient is smallest, as iterations and log10 values."""
        if not run_log.history.timeline.moments:
            return np.empty(0), np.empty(0)
        x, values = run_log.history.timeline.series(self.name)
        first = columns(Lines(x, logarithms(values[:, :1])), low, high)
        return first.x, first.y[:, 0]

    def _draw_lines(self, piece: int) -> None:
        for index in range(piece * PIECE_LINES, min((piece + 1) * PIECE_LINES, self.drawn.y.shape[1], len(self.lines))):
            self.lines[index].setPath(pg.arrayToQPath(self.drawn.x, self.drawn.y[:, index], connect="finite"))

    def _redraw(self) -> None:
        self.others.draw(self.overlays, self.name)
        if len(self.data.x):
            self.drawn = columns(self.data, *self.plot.ranges()[0])
            for piece in range(self.plots):
                self._draw_lines(piece)

    def place_labels(self) -> None:
        """Move the names to the lines' present ends."""
        ends = self._ends()
        self.names_at.place(float(self.data.x[-1]) if ends else 0.0, ends, self.ended)

    def _ends(self) -> dict[int, tuple[float, tuple[str, ...]]]:
        """Ends of the lines to be named, as (log10, wordings) by layer; as many as fit, the chosen layer included."""
        y, count = self.data.y, min(self.data.y.shape[1], len(self.names))
        kept = {round(place) for place in np.linspace(0, count - 1, min(count, self.names_at.room))}
        if self.chosen is not None and self.chosen < count and self.chosen not in kept:
            nearest = min(kept, key=lambda index: abs(index - (self.chosen or 0)))
            kept = kept - {nearest} | {self.chosen}
        ends: dict[int, tuple[float, tuple[str, ...]]] = {}
        for index in sorted(kept):
            both = wordings(self.names[index])
            if index in self.ended:
                words = [tr("{name}: {value}", name=each, value=self.ended[index]) for each in both]
                ends[index] = -np.inf, (*words, both[0])
            else:
                ends[index] = float(y[-1, index]), both
        return ends

    def nearest(self, x: float, y: float) -> tuple[int, int] | None:
        """Indices (moment, layer) of the data point nearest to a place; None without any."""
        if not len(self.data.x):
            return None
        moment = int(np.abs(self.data.x - x).argmin())
        distance = np.abs(self.data.y[moment] - y)
        return None if np.isnan(distance).all() else (moment, int(np.nanargmin(distance)))

    def read(self, x: float, y: float) -> str:
        """Readout: the figure of the nearest line, and of other runs' lines close by."""
        found, lines = self.nearest(x, y), []
        if found:
            iteration, layer = number_format.count(float(self.data.x[found[0]])), wordings(self.names[found[1]])[0]
            figure = self._figure(float(self.data.y[found]))
            lines = [tr("iteration {iteration}", iteration=iteration), tr("{name}: {value}", name=layer, value=figure)]
        near = self.others.near(x, y)
        others = (tr("{run}, layer 1: {value}", run=other.name, value=self._figure(own)) for other, _, own in near)
        return "\n".join([*lines, *others])

    def _figure(self, logarithm: float) -> str:
        return f"{self.symbol} {number_format.significant(10.0**logarithm)}"

    def _click(self, event: Any) -> None:
        if event.double() or event.button() != Qt.MouseButton.LeftButton:
            return
        position = event.scenePos()
        for index, label in enumerate(self.labels):
            if label.isVisible() and label.sceneBoundingRect().contains(position):
                self.layer_chosen.emit(index)
                return
        point = self.plot.box.mapSceneToView(position)
        if (found := self.nearest(point.x(), point.y())) and self.plot.box.sceneBoundingRect().contains(position):
            near = self.plot.box.mapViewToScene(QPointF(point.x(), float(self.data.y[found])))
            if abs(near.y() - position.y()) <= NEAR_PIXELS:
                self.layer_chosen.emit(found[1])

    def choose_layer(self, layer: int | None) -> None:
        """Draw the chosen layer's line thicker and the others paler."""
        self.chosen = layer
        self._apply_colors()
        self.place_labels()

    @contextmanager
    def posing(self) -> Iterator[None]:
        """Context in which a legend of the other runs is visible and all lines are wide, for pictures."""
        self._apply_colors(posed=True)
        with self.legend.posing(self.overlays.all):
            self.column.activate()
            yield
        self.column.activate()
        self._apply_colors()

    def show_automatic(self) -> None:
        """Undo the user's zoom."""
        self.plot.show_automatic()

    def apply_theme(self, theme: Theme) -> None:
        """Set the theme's colours."""
        self.theme = theme
        self.plot.apply_theme(theme)
        self._apply_colors()

    def _apply_colors(self, *, posed: bool = False) -> None:
        self.others.set_pens()
        theme, ratio = self.theme, self.view.pixel_ratio
        self.time.setPen(cosmetic(theme.accent, 1.5 * ratio))
        self.leaders.setPen(cosmetic(theme.muted, ratio))
        colors = [*theme.layer_colors(len(self.names) - 1), QColor(theme.muted)]
        for index, color in enumerate(colors[: len(self.lines)]):
            pale = self.chosen is not None and index != self.chosen
            shown = QColor(theme.pale(color)) if pale else color
            thin = pale or not (posed or len(colors) <= FEW_LINES)
            width = CHOSEN if index == self.chosen else HAIRLINE if thin else WIDE
            self.lines[index].setPen(cosmetic(shown, width * ratio))
            self.lines[index].setZValue(2 if index == self.chosen else 1)
            self.labels[index].setBrush(QColor(theme.as_text(color)))
