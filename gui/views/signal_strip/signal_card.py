"""Signal card: the spread of the signal and the RMS of δ in every layer."""

from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt, Signal

from gui.plots.walked_canvas import WalkedCanvas
from gui.style.text_size import follow
from gui.style.theme import Theme
from gui.views.layer_readout import readout
from gui.views.moment import Moment, RunContext
from gui.views.signal_strip.picture import StripPicture
from gui.views.spoken_chain import strip_said
from gui.widgets.card import Card
from model.base.language import message, tr
from model.base.layer_names import INPUT, shown_layer
from model.exports.plot_table import Tables
from model.exports.plot_tables import layer_figures
from model.measurement.records import Record

LOWEST_PIXELS = 120
KEY = message("forward: spread over images  ·  backward: RMS of δ  ·  log scales")
THEORY = message("dotted: theory")
BEFORE = message("dotted: what theory expects  ·  press Train to measure it")
NO_DATA = message("waiting for the images")
FIGURES = ("signal_std", "delta_rms")  # of a layer, as records call them


class SignalCard(Card):
    """Input, layers and output as columns: signal above, gradient below, theory dotted."""

    plots = 1
    layer_chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__("signal")
        self.theme = theme
        self.run: RunContext | None = None
        self.record: Record | None = None
        self.chosen: int | None = None
        self.subtitle.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.canvas = WalkedCanvas(self.read, lambda: int(bool(self.picture.columns)), self._cells)
        self.canvas.setAccessibleName(tr("Signal and gradient of every layer"))
        self.canvas.setCursor(Qt.CursorShape.PointingHandCursor)
        self.picture = StripPicture(self.canvas)
        self.canvas.resized.connect(self._lay_out)
        self.canvas.clicked.connect(self._click)
        self.body.addWidget(self.canvas, 1)
        follow(self.setMinimumHeight, LOWEST_PIXELS)
        self.apply_theme(theme)

    def show_run(self, run: RunContext) -> None:
        """Draw another run from now on, with theory's expectations."""
        self.run, self.record = run, None
        self.picture.show_layers([INPUT, *run.config.layer_names], run.theory)
        self.subtitle.setText(tr(BEFORE if run.theory else NO_DATA))
        self.apply_theme(self.theme)

    def draw_plot(self, index: int, moment: Moment | None) -> None:
        """Draw the bars of a moment."""
        if moment and len(moment.figures.all_layers) + 1 == len(self.picture.columns):
            if self.record is None:
                theory = [tr(THEORY)] if self.run and self.run.theory else []
                self.subtitle.setText("  ·  ".join([tr(KEY), *theory]))
            self.record = moment.figures
            self.picture.draw(self.record)

    def update_text(self, moment: Moment | None) -> None:
        """Write the figures of the record drawn last; called a few times a second at most."""
        if self.record:
            self.picture.write(self.record)
        self.canvas.refresh_readout()
        self._describe()

    def choose_layer(self, layer: int | None) -> None:
        """Highlight a layer by its index from 0, the output's last; None is none."""
        self.chosen = layer
        self.apply_theme(self.theme)

    def tables(self) -> Tables:
        if self.run is None or self.picture.held is not None:  # it would tell what is still to be bet on
            return {}
        return {self.accessibleName(): partial(layer_figures, self.record, self.run.theory, FIGURES)}

    def apply_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.picture.apply_theme(theme, None if self.chosen is None else self.chosen + 1)

    def _lay_out(self) -> None:
        self.picture.lay_out()
        self.apply_theme(self.theme)
        if self.record:
            self.picture.write(self.record)

    def _describe(self) -> None:
        told = self.picture.held is None  # else it would tell what is to be bet on
        theory = self.run.theory if self.run else None
        self.canvas.describe(strip_said(self.picture.names, self.record, theory) if told else "")

    def _cells(self, row: int) -> list[QRectF]:
        return [column.ground.rect() for column in self.picture.columns]

    def _click(self, place: QPointF) -> None:
        column = self.picture.column_at(place.x())
        if column:  # the input is no layer
            self.layer_chosen.emit(column - 1)

    def read(self, place: QPointF) -> str:
        """Readout: all figures of the layer under the cursor, with theory's."""
        column = self.picture.column_at(place.x())
        if column is None or self.run is None or self.picture.held is not None:
            return ""
        lines = readout(column, self.record, self.run.theory)
        return "\n".join([shown_layer(self.picture.names[column]), *lines]) if lines else ""
