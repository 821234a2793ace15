"""One figure of every layer against iterations: lines on a logarithmic axis, named where they end."""

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsSimpleTextItem, QLabel, QVBoxLayout, QWidget

from gui import numbers
from gui.decades import Decades
from gui.live_view import LiveView
from gui.plot import Plot
from gui.run import Moment, Run
from gui.shapes import cosmetic, translucent
from gui.theme import Theme, font
from gui.thinning import Lines, apart, columns
from gui.ticks import decade_ticks

PIECE = 12  # lines drawn at a time
LABEL_HEIGHT = 13
LABEL_ROOM = 90  # pixels right of the last iteration
LABEL_OFFSET = 8
NEAR = 10.0  # pixels from a line within which a click means it
PALE = 0.3


class LinesOverTime(QWidget):
    """The page with the lines; `show_series` chooses the figure."""

    menu_wanted = Signal(QPointF)
    layer_chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.run: Run | None = None
        self.name = self.symbol = ""
        self.chosen: int | None = None
        self.names: list[str] = []
        self.view = LiveView(antialiased=True, left=6, right=LABEL_ROOM)
        self.plot = Plot(self.view, self.read)
        self.plot.axes[1].choose = decade_ticks
        self.plot.menu_wanted.connect(self.menu_wanted)
        self.time, self.leaders = self.plot.path(5), QGraphicsPathItem(self.plot.box)
        self.lines: list[QGraphicsPathItem] = []
        self.labels: list[QGraphicsSimpleTextItem] = []
        self.hint = QLabel("Press Train to draw a line for each layer.", self.view)
        self.hint.setObjectName("muted")
        self.hint.move(64, 16)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.plot.box.sigXRangeChanged.connect(self._redraw)
        self.plot.box.sigRangeChanged.connect(self.place_labels)
        self.plot.box.sigResized.connect(self.place_labels)
        self.view.scene().sigMouseClicked.connect(self._click)
        self._forget()

    @property
    def plots(self) -> int:
        """In how many pieces it is drawn."""
        return -(-len(self.names) // PIECE)

    def _forget(self) -> None:
        self.data = self.drawn = Lines(np.empty(0), np.empty((0, 0)))
        self.ended: dict[int, str] = {}  # lines that do not reach the last moment, and what is there instead
        self.scale = Decades()
        for line in self.lines:
            line.setPath(QPainterPath())
        self.place_labels()

    def show_run(self, run: Run) -> None:
        """Show another run from now on."""
        self.run = run
        self.names = run.config.layer_names
        while len(self.lines) < len(self.names):
            self.lines.append(self.plot.path(1))
            self.labels.append(QGraphicsSimpleTextItem(self.plot.box))
            self.labels[-1].setFont(font(11))
        self._forget()
        self.plot.at_automatic = True
        self.plot.set_automatic((0.0, float(max(run.config.iterations, 1))), (-6.0, 0.0))
        self.hint.show()
        self._dress()

    def show_series(self, name: str, symbol: str) -> None:
        """Draw another figure of the layers, which the readout calls by its symbol."""
        self.name, self.symbol = name, symbol
        self._forget()

    def draw_plot(self, index: int, moment: Moment) -> None:
        """Draw one piece; the first takes what is new."""
        if not self.run or index >= self.plots:
            return
        if index == 0:
            self._take(self.run)
            path = QPainterPath()
            if not moment.live:
                path.moveTo(moment.figures.iteration, -100.0)
                path.lineTo(moment.figures.iteration, 100.0)
            self.time.setPath(path)
        self._draw_lines(index)

    def _take(self, run: Run) -> None:
        with run.mailbox.lock:
            x, values = run.mailbox.history.timeline.series(self.name)
        self.hint.setVisible(not len(x))
        if not len(x):
            return
        y = np.full(values.shape, np.nan)
        np.log10(values, out=y, where=(values > 0) & np.isfinite(values))
        self.data = Lines(x, y)
        self.ended = {int(k): numbers.significant(float(values[-1, k])) for k in np.flatnonzero(np.isnan(y[-1]))}
        if not np.isnan(y).all():
            self.scale.cover((10.0 ** float(np.nanmin(y)), 10.0 ** float(np.nanmax(y))))
            low, high = self.scale.low, max(self.scale.high, self.scale.low + 1)
            self.plot.set_automatic(self.plot.automatic[0], (low, high))
        self.drawn = columns(self.data, *self.plot.ranges()[0])
        self.place_labels()

    def _draw_lines(self, piece: int) -> None:
        x = self.drawn.x
        for index in range(piece * PIECE, min((piece + 1) * PIECE, self.drawn.y.shape[1], len(self.lines))):
            self.lines[index].setPath(pg.arrayToQPath(x, self.drawn.y[:, index], connect="finite"))

    def _redraw(self) -> None:
        if len(self.data.x):
            self.drawn = columns(self.data, *self.plot.ranges()[0])
            for piece in range(self.plots):
                self._draw_lines(piece)

    def place_labels(self) -> None:
        """Write the names where the lines end now, moved apart and tied to them where they would overlap."""
        leaders, ends = QPainterPath(), self._ends()
        (x0, x1), (y0, y1) = self.plot.ranges()
        size = self.plot.box.rect()
        for index, label in enumerate(self.labels):
            label.setVisible(index in ends)
        if ends:
            left = min(max((float(self.data.x[-1]) - x0) / (x1 - x0), 0.0), 1.0) * size.width()
            wanted = np.array([(y1 - y) / (y1 - y0) * size.height() for y, _ in ends.values()])
            wanted = wanted.clip(0, size.height())
            middle = LABEL_HEIGHT / 2
            places = apart(wanted, LABEL_HEIGHT, middle - 6, max(size.height() - middle + 6, middle))
            for (index, (_, text)), own, place in zip(ends.items(), wanted, places, strict=True):
                label = self.labels[index]
                if label.text() != text:
                    label.setText(text)
                label.setPos(round(left + LABEL_OFFSET + 3), round(place - label.boundingRect().height() / 2))
                if abs(place - own) > 2 and index not in self.ended:
                    leaders.moveTo(left + 1, own)
                    leaders.lineTo(left + LABEL_OFFSET, place)
        self.leaders.setPath(leaders)

    def _ends(self) -> dict[int, tuple[float, str]]:
        """Where the lines to be named end, as log10, and what to write there; as many as there is room for."""
        y, room = self.data.y, max(int(self.plot.box.rect().height()) // LABEL_HEIGHT + 1, 2)
        count = min(y.shape[1], len(self.names))
        kept = {round(place) for place in np.linspace(0, count - 1, min(count, room))}
        if self.chosen is not None and self.chosen < count and self.chosen not in kept:
            nearest = min(kept, key=lambda index: abs(index - (self.chosen or 0)))
            kept = kept - {nearest} | {self.chosen}
        ends = {}
        for index in sorted(kept):
            if index in self.ended:
                ends[index] = -np.inf, f"{self.names[index]}: {self.ended[index]}"
            else:
                ends[index] = float(y[-1, index]), self.names[index]
        return ends

    def nearest(self, x: float, y: float) -> tuple[int, int] | None:
        """The moment and the layer whose point lies nearest to a place; None where there is none."""
        if not len(self.data.x):
            return None
        moment = int(np.abs(self.data.x - x).argmin())
        distance = np.abs(self.data.y[moment] - y)
        return None if np.isnan(distance).all() else (moment, int(np.nanargmin(distance)))

    def read(self, x: float, y: float) -> str:
        """The figure of the nearest line."""
        found = self.nearest(x, y)
        if found is None:
            return ""
        moment, layer = found
        value = numbers.significant(10.0 ** float(self.data.y[moment, layer]))
        return f"iteration {numbers.count(float(self.data.x[moment]))}\n{self.names[layer]}: {self.symbol} {value}"

    def _click(self, event: Any) -> None:
        if event.double() or event.button() != Qt.MouseButton.LeftButton:
            return
        position = event.scenePos()
        for index, label in enumerate(self.labels):
            if label.isVisible() and label.sceneBoundingRect().contains(position):
                self.layer_chosen.emit(index)
                return
        point = self.plot.box.mapSceneToView(position)
        found = self.nearest(point.x(), point.y())
        if found and self.plot.box.sceneBoundingRect().contains(position):
            near = self.plot.box.mapViewToScene(QPointF(point.x(), float(self.data.y[found])))
            if abs(near.y() - position.y()) <= NEAR:
                self.layer_chosen.emit(found[1])

    def choose_layer(self, layer: int | None) -> None:
        """Draw a layer's line thicker and the others paler."""
        self.chosen = layer
        self._dress()
        self.place_labels()

    def show_automatic(self) -> None:
        """Undo all zooming."""
        self.plot.show_automatic()

    def apply_theme(self, theme: Theme) -> None:
        """Dress everything."""
        self.theme = theme
        self.plot.apply_theme(theme)
        self._dress()

    def _dress(self) -> None:
        theme, ratio = self.theme, self.view.pixel_ratio
        self.time.setPen(cosmetic(theme.accent, 1.5 * ratio))
        self.leaders.setPen(cosmetic(theme.muted, ratio))
        colors = [*theme.layer_colors(len(self.names) - 1), QColor(theme.muted)]
        for index, color in enumerate(colors[: len(self.lines)]):
            pale = self.chosen is not None and index != self.chosen
            shown = translucent(color, PALE) if pale else color
            self.lines[index].setPen(cosmetic(shown, (3.0 if index == self.chosen else 1.8) * ratio))
            self.lines[index].setZValue(2 if index == self.chosen else 1)
            self.labels[index].setBrush(translucent(color, 0.6) if pale else color)
