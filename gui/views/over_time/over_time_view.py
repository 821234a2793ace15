"""Over-time view: figures as lines, histograms as images, against iterations."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QToolButton

from gui.plots.live_view import LiveView
from gui.plots.shared_axis import RUNS, beyond_text
from gui.style.text_size import factor
from gui.style.theme import Theme
from gui.views.moment import Moment, RunContext
from gui.views.over_time.histogram_images import HistogramImages
from gui.views.over_time.line_chart import LineChart
from gui.views.view import View
from gui.widgets.deferred_stack import DeferredStack
from model.config.views import ViewKind
from model.exports.plot_table import Tables
from model.exports.plot_tables import histograms, series
from model.history.timeline import SERIES


@dataclass(frozen=True)
class QuantityOverTime:
    """A quantity to show: `name` is a field of LayerRecord (drawn as lines) or of Histograms (drawn as images)."""

    name: str
    text: str
    key: str
    help: str

    @property
    def as_lines(self) -> bool:
        """Whether it is one figure per layer and iteration."""
        return self.name in SERIES


WAYS = (
    QuantityOverTime("delta_rms", "δ", "RMS of δ = ∂L/∂z per layer, log scale",
        "How large the gradient is in each layer: lines far apart are a gradient that vanishes on its way back"),
    QuantityOverTime("weight_gradient_rms", "∂L/∂W", "RMS of ∂L/∂W per layer, log scale",
        "How large the gradient of each layer's weights is: what the optimiser gets to work with"),
    QuantityOverTime("update_ratio", "ΔW / W", "RMS(ΔW) / RMS(W) per layer, log scale",
        "How far each update moves the weights: near 10⁻³ is usual, far below it a layer hardly learns"),
    QuantityOverTime("a", "activations", "stronger: more of the batch",
        "How each layer's activations spread over the run: a thin line is a layer that answers the same to all images"),
    QuantityOverTime("delta", "gradients", "|δ|, log scale  ·  stronger: more",
        "How the gradient's magnitudes in each layer spread over the run, by their decade"),
)  # fmt: skip


ZEROS_KEY = "  ·  strip: exactly 0"
OVERLAYS_KEY = "dashed: layer 1 of other runs"
SEPARATOR = "  ·  "


class OverTimeView(View):
    """Lines or images of one quantity at a time."""

    view = ViewKind.TIMELINE

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.moment: Moment | None = None
        self.lines = LineChart(theme)
        self.images: dict[str, HistogramImages] = {}
        self.page: LineChart | HistogramImages = self.lines
        self.stack = DeferredStack()
        self._add(self.lines)
        self.buttons: dict[str, QToolButton] = {}
        group = QButtonGroup(self)
        for way in WAYS:
            button = QToolButton()
            button.setObjectName("flat")
            button.setText(way.text)
            button.setAccessibleName(f"Show {way.text} over time")
            button.setToolTip(way.help)
            button.setCheckable(True)
            button.clicked.connect(lambda *_, way=way: self.choose(way))
            group.addButton(button)
            self.header.addWidget(button)
            self.buttons[way.name] = button
        self.body.addWidget(self.stack, 1)
        self.choose(WAYS[0])

    def _add(self, page: LineChart | HistogramImages) -> None:
        page.menu_wanted.connect(self.menu_wanted)
        page.layer_chosen.connect(self.layer_chosen)

    def _images(self, way: QuantityOverTime) -> HistogramImages:
        if way.name not in self.images:
            made = self.images[way.name] = HistogramImages(self.theme, way.name)
            self._add(made)
            if self.run:
                made.show_run(self.run)
            made.apply_theme(self.theme)
            made.choose_layer(self.chosen)
        return self.images[way.name]

    @property
    def pages(self) -> list[LineChart | HistogramImages]:
        """The lines, and the images that have been created so far."""
        return [self.lines, *self.images.values()]

    def choose(self, way: QuantityOverTime) -> None:
        """Switch to another quantity, which is then drawn in turns with the rest of the page."""
        self.way = way
        self.buttons[way.name].setChecked(True)
        if way.as_lines:
            self.page = self.lines
            self.lines.show_series(way.name, way.text)
        else:
            self.page = self._images(way)
        self.stack.bring(self.page)
        self.plots = self.page.plots
        self.update_text(self.moment)
        for view in self.page.findChildren(LiveView):
            view.fit_pens(self.devicePixelRatio() * factor(self))
        self.redraw_wanted.emit()

    def prepare_plot(self, index: int) -> bool:
        return not isinstance(self.page, HistogramImages) or self.page.prepare_plot(index)

    def show_run(self, run: RunContext) -> None:
        super().show_run(run)
        self.moment = None
        for page in self.pages:
            page.show_run(run)
        self.plots = self.page.plots

    def draw_plot(self, index: int, moment: Moment) -> None:
        self.moment = moment
        self.page.draw_plot(index, moment)

    def update_text(self, moment: Moment | None) -> None:
        page = self.page
        if isinstance(page, HistogramImages):
            self.key.setText(self.way.key + ZEROS_KEY * page.span.zeros)
        else:
            parts = self.way.key, OVERLAYS_KEY * bool(page.overlays.all), beyond_text(page.beyond, RUNS)
            self.key.setText(SEPARATOR.join(filter(None, parts)))
        self.key.setToolTip(self.key.text())  # a small window cuts it

    def tables(self) -> Tables:
        run, way = self.run, self.way
        if run is None:
            return {}
        called = f"{way.text} over time"
        if way.as_lines:
            return {called: partial(series, run.run_logs, way.name, run.config.layer_names)}
        return {called: partial(histograms, list(run.run_log.history.timeline.pictures), way.name)}

    def choose_layer(self, layer: int | None) -> None:
        super().choose_layer(layer)
        for page in self.pages:
            page.choose_layer(layer)

    @contextmanager
    def posing(self) -> Iterator[None]:
        with self.lines.posing():
            yield

    def show_automatic(self) -> None:
        for page in self.pages:
            page.show_automatic()

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        for page in self.pages:
            page.apply_theme(theme)
