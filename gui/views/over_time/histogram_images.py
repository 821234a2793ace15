"""Images of each layer's histograms over time: iterations to the right, values upward."""

import numpy as np
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainterPath, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsPixmapItem

from gui.plots.pens_and_paths import cosmetic, upright_path
from gui.plots.rebinning import histogram_of, resampled, shades
from gui.plots.ticks import Tick, count_ticks, decade_ticks, round_ticks
from gui.style.text_size import follow
from gui.style.theme import Theme, font
from gui.views.layer_plot import NARROW_PIXELS, LayerPlot
from gui.views.layers_view import LayersView
from gui.views.moment import Moment, RunContext
from gui.views.over_time.scale_plot import ScalePlot
from gui.views.over_time.value_span import NOTHING, ValueSpan
from gui.views.share_words import exactly_zero
from gui.views.spoken_layers import image_said, over_time
from model.base import number_format
from model.base.arrays import Array, Index
from model.base.language import tr
from model.config.views import ViewKind
from model.measurement.histograms import BINS
from model.measurement.records import Record

ROWS = BINS
FEWEST_COLUMNS, MOST_COLUMNS = 16, 400
CONTRAST = 0.6  # the power of a share's brightness: less than 1 lets small shares be seen
FILLED = 0.1  # of the tallest share, from which on a value is told to be common
MARGIN_SHARE = 0.12  # of the values' range, below it, for exact zeros
NARROWEST_PIXELS = 50  # of an image with its margins
MARGINS_PIXELS = 6


class ImagePlot(LayerPlot):
    """One layer's image; `name` is a field of Histograms, `decades` says that its values are log10."""

    def __init__(self, name: str, *, decades: bool) -> None:
        super().__init__()
        self.name, self.decades = name, decades
        follow(self.setMinimumWidth, NARROWEST_PIXELS)
        self.image, self.zero_strip = QGraphicsPixmapItem(self.plot.clip), QGraphicsPixmapItem(self.plot.clip)
        self.time = self.plot.path(5)
        self.view.ci.layout.setContentsMargins(MARGINS_PIXELS, 8, MARGINS_PIXELS, 0)
        self.plot.axes[0].overhang, self.plot.axes[0].choose = MARGINS_PIXELS, self.ticks
        self.colors: list[int] = []
        self.forget()

    def forget(self) -> None:
        super().forget()
        self.iterations: list[int] = []
        self.shares: list[Array] = []
        self.zeros: list[float] = []
        self.span = NOTHING
        self.built: tuple[object, ...] = ()
        for item in (self.image, self.zero_strip):
            item.setPixmap(QPixmap())
        self.time.setPath(QPainterPath())

    def show_iterations(self, last: int) -> None:
        """Set the last iteration of the axis."""
        self.plot.set_automatic((0.0, float(last)), (0.0, 1.0))

    def ticks(self, low: float, high: float, pixels: float) -> list[Tick]:
        """Ticks below the image; a narrow one has only both ends or its right end."""
        if (high - low) * pixels >= NARROW_PIXELS:
            return count_ticks(low, high, pixels)
        ends = [(end, number_format.count(end)) for end in (low, high)]
        width = sum(QFontMetricsF(font(11)).horizontalAdvance(text) + MARGINS_PIXELS for _, text in ends)
        return ends if width < (high - low) * pixels + 2 * MARGINS_PIXELS else ends[1:]

    def take(self, pictures: list[Record], index: int, span: tuple[float, float]) -> None:
        """Resample the layer's new histograms onto `span`; all of them if the span has changed."""
        if span != self.span:
            self.span = span
            self.iterations, self.shares, self.zeros = [], [], []
        edges = np.linspace(*span, ROWS + 1)
        for record in pictures[len(self.iterations) :]:
            histogram = histogram_of(record, index, self.name)
            self.iterations.append(record.iteration)
            self.shares.append(resampled(histogram, edges) if histogram else np.zeros(ROWS))
            self.zeros.append(histogram.zeros if histogram else 0.0)

    def build(self, *, zeros: bool) -> None:
        """Rebuild the image if its data, range, size or colours changed; `zeros` adds a strip of exact zeros below."""
        low, high = self.span
        self.plot.axes[0].least = 0.0
        self.plot.set_automatic(self.plot.automatic[0], (low - MARGIN_SHARE * (high - low) * zeros, high))
        (x0, x1), _ = self.plot.ranges()
        count = min(max(int(self.plot.box.width()), FEWEST_COLUMNS), MOST_COLUMNS)
        wanted = (len(self.iterations), self.span, x0, x1, count, tuple(self.colors[-1:]), self.colors[:1])
        if wanted == self.built or not self.iterations:
            return
        self.built = wanted
        lefts = x0 + (x1 - x0) * np.arange(count) / count
        shown = self.at(lefts + (x1 - x0) / count / 2)
        shares = np.stack(self.shares)
        tallest = shares.max(axis=1, keepdims=True)
        bright = np.divide(shares, tallest, out=np.zeros_like(shares), where=tallest > 0) ** CONTRAST
        past = (lefts <= self.iterations[-1]) & (lefts + (x1 - x0) / count > self.iterations[0])
        image = bright[shown].T[::-1] * past
        self._show(self.image, image, (x0, x1), (low, high))
        margin = MARGIN_SHARE * (high - low)
        strip = (np.array(self.zeros)[shown] * past)[np.newaxis]
        self._show(self.zero_strip, strip, (x0, x1), (low - 0.9 * margin, low - 0.3 * margin))

    def _show(self, item: QGraphicsPixmapItem, bright: Array, x: tuple[float, float], y: tuple[float, float]) -> None:
        pixels = np.ascontiguousarray(np.rint(255 * bright), np.uint8)
        rows, columns = pixels.shape
        image = QImage(pixels.data, columns, rows, columns, QImage.Format.Format_Indexed8)
        image.setColorTable(self.colors)
        item.setPixmap(QPixmap.fromImage(image))
        item.setTransform(QTransform((x[1] - x[0]) / columns, 0, 0, -(y[1] - y[0]) / rows, x[0], y[1]))

    def at(self, x: Array) -> Index:
        """Index of the last record up to each iteration."""
        found: Index = np.searchsorted(self.iterations, x, side="right") - 1
        return found.clip(0, len(self.iterations) - 1)

    def said(self) -> str:
        if not self.iterations:
            return ""
        filled = np.flatnonzero(self.shares[-1] >= FILLED * self.shares[-1].max())
        low, high = self.span
        ends = (low + end * (high - low) / ROWS for end in (filled[0], filled[-1] + 1))
        low_text, high_text = (number_format.significant(10.0**end if self.decades else end) for end in ends)
        return image_said(self.iterations, (low_text, high_text), self.zeros[-1])

    def show_time(self, iteration: int | None) -> None:
        """Mark an iteration of the past; None removes the mark."""
        self.time.setPath(upright_path(*(() if iteration is None else (iteration,))))

    def read(self, x: float, y: float) -> str:
        """Readout: iteration, range and share of the cell under the cursor."""
        if not self.iterations or not self.iterations[0] <= x <= self.iterations[-1]:
            return ""
        index = int(self.at(np.array([x]))[0])
        head = tr("iteration {iteration}", iteration=number_format.count(self.iterations[index]))
        low, high = self.span
        if y < low:
            return f"{head}\n{exactly_zero(self.zeros[index])}"
        height = (high - low) / ROWS
        row = min(int((y - low) / height), ROWS - 1)
        ends = (low + row * height, low + (row + 1) * height)
        first, last = (number_format.significant(10.0**end if self.decades else end) for end in ends)
        values = tr("{low} to {high}", low=first, high=last) if row else tr("up to {high}", high=last)
        share = number_format.percent(float(self.shares[index][row]))
        return f"{head}\n{tr('{name}: {value}', name=values, value=share)}"

    def apply_look(self, theme: Theme, color: QColor) -> None:
        super().apply_look(theme, color)
        self.colors = shades(QColor(theme.card), color)
        self.time.setPen(cosmetic(theme.accent, 1.5))
        if self.iterations:
            self.build(zeros=self.plot.automatic[1][0] < self.span[0])


class HistogramImages(LayersView[ImagePlot]):
    """Images of one quantity for all layers; the output has one of everything but activations."""

    view = ViewKind.TIMELINE

    def __init__(self, theme: Theme, name: str, called: str = "") -> None:
        super().__init__(theme)
        self.called = called or name
        self.name, self.outputs = name, name != "a"
        self.span = ValueSpan(name, decades=self.outputs)
        self.scale = ScalePlot()
        self.scale.menu_wanted.connect(self.menu_wanted)
        self.content.setSpacing(0)
        self.content.insertWidget(0, self.scale)
        self.scale.plot.axes[1].choose = decade_ticks if self.outputs else round_ticks
        self.area.horizontalScrollBar().rangeChanged.connect(self._make_room)
        self._forget()

    def make_plot(self) -> ImagePlot:
        return ImagePlot(self.name, decades=self.outputs)

    @property
    def quantity(self) -> str:
        return over_time(self.called)

    def _forget(self) -> None:
        self.pictures: list[Record] = []
        self.span.forget()

    def _make_room(self, _low: int, high: int) -> None:
        """Keep the axis as tall as the images when a scroll bar appears below them."""
        height = self.area.horizontalScrollBar().sizeHint().height() if high else 0
        self.scale.setContentsMargins(0, 0, 0, height)

    def show_run(self, run: RunContext) -> None:
        self._forget()
        super().show_run(run)
        for line in (self.key, self.when):
            line.hide()  # the page around it says what is seen
        self.scale.setVisible(self.shown > 0)

    def set_up(self, index: int) -> None:
        super().set_up(index)
        assert self.run
        self.layers[index].show_iterations(max(self.run.config.iterations, 1))

    def draw_plot(self, index: int, moment: Moment) -> None:
        if index >= self.shown or not self.run:
            return
        while not self._cover():
            pass
        plot = self.layer(index)
        if self.pictures:
            plot.take(self.pictures, index, self.span.ends)
            plot.build(zeros=self.span.zeros)
        plot.show_time(None if moment.live else moment.figures.iteration)

    def prepare_plot(self, index: int) -> bool:
        return super().prepare_plot(index) and (self.run is None or self._cover())

    def _cover(self) -> bool:
        """Grow the axis of values to hold the next of the new histograms; False while there are more."""
        assert self.run
        with self.run.run_log.lock:
            self.pictures += self.run.run_log.history.timeline.pictures[len(self.pictures) :]
        if self.span.covered == len(self.pictures):
            return True
        if not self.span.cover(self.pictures, self.shown):
            return False
        low, high = self.span.ends
        self.scale.plot.axes[1].least = low
        self.scale.plot.set_automatic((0.0, 1.0), (low - MARGIN_SHARE * (high - low) * self.span.zeros, high))
        return True

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.scale.apply_look(theme, QColor(theme.muted))
