"""Base of the views with a plot per layer, input side left, output side right."""

from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.plots.plot_stops import PlotStops
from gui.plots.whole_steps import WholeSteps
from gui.style.text_size import factor, follow, scaled
from gui.style.theme import Theme, widget_font
from gui.views.layer_plot import NARROWEST_PIXELS, LayerPlot
from gui.views.layer_readout import short
from gui.views.moment import Moment, RunContext
from gui.views.plot_strip import PlotStrip
from gui.views.spoken_layers import plot_name
from gui.views.view import View
from gui.widgets.card import label
from model.base import number_format
from model.base.language import tr, tr_count
from model.base.layer_names import shown_layer
from model.exports.plot_table import Tables
from model.exports.plot_tables import histograms
from model.measurement.records import of_layer

CROWDED = 8
AIR_PIXELS = 2  # beside the longest title
PICTURE_HEIGHT = 108  # pixels of title, axis and a plot that can still be read; figures get what is left
LEAST_HEIGHT = 80  # pixels of the same where there is so little room that it goes before all figures but one
LINE_HEIGHT = 14

AnyPlot = TypeVar("AnyPlot", bound=LayerPlot)


class LayersView(View, Generic[AnyPlot]):
    """A view with a plot per hidden layer and, if `outputs` is set, one for the output; `shown` are in use.

    A plot is made when it is first drawn: fifty at once would keep the window waiting. Until then its place is empty.
    """

    outputs = False

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.layers: list[AnyPlot] = []
        self.stops = PlotStops(lambda number: self.area.ensureWidgetVisible(self.places[number]))
        self.places: list[QWidget] = []
        self.columns: list[QVBoxLayout] = []  # of the places
        self.shown = 0
        self.seen: Moment | None = None  # drawn last
        self.texts: list[tuple[str, str]] = []  # each layer's name, as records have it, and its size in words
        self.colors: list[QColor] = []
        self.when = label("", "muted")
        self.header.addWidget(self.when)
        self.strip = QWidget()
        self.strip.setObjectName("strip")
        self.row = QHBoxLayout(self.strip)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.area = PlotStrip(self.strip)
        self.area.resized.connect(lambda: self.fit_places(scaled(NARROWEST_PIXELS, self)))
        self.content = QHBoxLayout()
        self.content.setSpacing(16)
        self.content.addWidget(self.area, 1)
        self.body.addLayout(self.content, 1)
        self.whole = WholeSteps(self.area.horizontalScrollBar())
        self.hint = label(tr("There is no hidden layer: the images go straight to the output."), "muted")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.row.addWidget(self.hint)
        follow(self.fit_places, NARROWEST_PIXELS)

    def fit_places(self, narrowest: int) -> None:
        """Have a whole number of plots in sight, each at least so many pixels wide: none is cut off at an edge."""
        width, gap, count = self.area.whole, self.row.spacing(), max(self.shown, 1)
        fitting = min(max((width + gap) // (narrowest + gap), 1), count)
        each = max((width - gap * (fitting - 1)) // fitting, narrowest)
        for place in self.places:
            place.setMinimumWidth(each if fitting < count else narrowest)
        spare = max(width - fitting * each - gap * (fitting - 1), 0) if fitting < count else 0
        self.area.leave(spare)
        self.whole.set_step(each + gap)
        self._name_layers(each)

    def _name_layers(self, room: int) -> None:
        """Shorten the titles to numbers where "Layer 7" does not fit into so many pixels."""
        metrics = QFontMetricsF(widget_font(13, QFont.Weight.DemiBold, self))
        wide = {name: metrics.horizontalAdvance(shown_layer(name)) + AIR_PIXELS for name, _ in self.texts}
        brief = max(wide.values(), default=0.0) > room
        for index, (plot, (name, _)) in enumerate(zip(self.layers[: self.shown], self.texts, strict=False)):
            numbered = brief and index and index < self.shown - self.outputs
            plot.title.setText(short(name) if numbered or wide[name] - AIR_PIXELS > room else shown_layer(name))

    def make_plot(self) -> AnyPlot:
        """Create the plot of another layer of the run."""
        raise NotImplementedError

    def set_up(self, index: int) -> None:
        """Tell a plot what it needs to know of the run; once it is made, and for each run."""
        name, units = self.texts[index]
        self.layers[index].show_texts(shown_layer(name), units)

    def layer(self, index: int) -> AnyPlot:
        """The plot of a layer that is shown; made, with those before it, if it is not there yet."""
        while len(self.layers) <= index:
            number, plot = len(self.layers), self.make_plot()
            plot.menu_wanted.connect(self.menu_wanted)
            plot.chosen.connect(partial(self.layer_chosen.emit, number))
            self.stops.add(plot.plot.keys)
            self.layers.append(plot)
            self.set_up(number)
            self._dress(number)
            plot.view.fit_pens(self.devicePixelRatio() * factor(self))
            self.columns[number].addWidget(plot)
            self.fit_places(scaled(NARROWEST_PIXELS, self))
            plot.show()  # by itself it would only be in the next turn of the event loop
        return self.layers[index]

    def show_run(self, run: RunContext) -> None:
        super().show_run(run)
        self.seen = None
        hidden = run.config.hidden
        units = [tr_count("{n} unit", "{n} units", width) for width in hidden]
        names = run.config.layer_names if self.outputs else run.config.layer_names[:-1]
        if self.outputs:
            units.append(tr_count("{n} unit", "{n} units", run.dataset.classes) if run.dataset else "")
        self.plots = self.shown = len(names)
        self.stops.begin(len(names))
        self.texts = list(zip(names, units, strict=True))
        self.row.setSpacing(4 if len(names) >= CROWDED else 16)
        self.hint.setVisible(not names)
        self.key.setVisible(bool(names))
        while len(self.places) < len(names):
            self._add_place()
        for index, place in enumerate(self.places):
            place.setVisible(index < len(names))
        for index in range(min(len(self.layers), self.shown)):
            self.set_up(index)
        for plot in self.layers:
            plot.forget()
        self.fit_places(scaled(NARROWEST_PIXELS, self))
        self.apply_theme(self.theme)

    def _add_place(self) -> None:
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        self.places.append(place)
        self.columns.append(column)
        self.row.addWidget(place, 1)

    def prepare_plot(self, index: int) -> bool:
        if index < self.shown:
            self.layer(index)
        return True

    @property
    def histogram(self) -> tuple[str, str]:
        """Name of the histogram that is drawn, a field of Histograms, and what it is called; '' for none."""
        return "", ""

    @property
    def quantity(self) -> str:
        """What its plots are of, for a screen reader."""
        return self.histogram[1] or self.view.label

    def tables(self) -> Tables:
        (name, called), seen = self.histogram, self.seen
        if not name or seen is None:
            return {}
        return {called: partial(histograms, [seen.start, seen.pictures], name)}

    def draw_plot(self, index: int, moment: Moment) -> None:
        self.seen = moment
        now, start = of_layer(moment.pictures, index), of_layer(moment.start, index)
        if now and start and index < self.shown:
            self.layer(index).show_layer(now, start)

    def update_text(self, moment: Moment | None) -> None:
        plots = self.layers[: self.shown]
        figures = [plot.lines() for plot in plots]
        height, line = self.area.viewport().height(), scaled(LINE_HEIGHT, self)
        room = max((height - scaled(PICTURE_HEIGHT, self)) // line, int(height >= scaled(LEAST_HEIGHT, self) + line))
        lines = min(max(map(len, figures), default=0), room)
        for plot, own in zip(plots, figures, strict=True):
            plot.figures.set_lines((own + [""] * lines)[:lines])  # one baseline for all layers
            plot.figures.setToolTip("\n".join(own))
        for plot, (name, _) in zip(plots, self.texts, strict=False):
            plot.plot.keys.describe(plot_name(self.quantity, name), plot.said())
        late = moment is not None and moment.pictures.iteration != moment.figures.iteration and not moment.live
        when = ""
        if late and moment:
            when = tr("of iteration {iteration}", iteration=number_format.count(moment.pictures.iteration))
        if when != self.when.text():
            self.when.setText(when)

    def choose_layer(self, layer: int | None) -> None:
        super().choose_layer(layer)
        for index, plot in enumerate(self.layers):
            plot.mark(chosen=index == layer, theme=self.theme)
        if layer is not None and layer < self.shown:
            self.area.ensureWidgetVisible(self.places[layer])

    def show_automatic(self) -> None:
        for plot in self.layers:
            plot.plot.show_automatic()

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.colors = theme.layer_colors(self.shown - self.outputs)
        self.colors += [QColor(theme.muted)] * self.outputs
        for index in range(min(len(self.layers), self.shown)):
            self._dress(index)

    def _dress(self, index: int) -> None:
        self.layers[index].apply_look(self.theme, self.colors[index])
        self.layers[index].mark(chosen=index == self.chosen, theme=self.theme)
