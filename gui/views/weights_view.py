"""Weights view: a histogram per layer, and the first layer's weights as pictures."""

from math import isfinite

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QResizeEvent

from gui.style.text_size import scaled
from gui.style.theme import Theme
from gui.views.activations_view import HistogramPlot
from gui.views.layers_view import LayersView
from gui.views.moment import Moment, RunContext
from gui.views.share_words import beyond_texts
from gui.views.spoken_layers import weights_said
from gui.views.weight_images import WeightImages
from model.base import number_format
from model.base.language import message, tr
from model.config.views import ViewKind
from model.exports.plot_table import Tables
from model.measurement.histograms import Histogram
from model.measurement.records import LayerRecord

LEAST_SHARE, MOST_SHARE = 0.3, 0.5  # of the width, for the pictures
PLOT_ROOM = 166  # pixels that each plot should keep
HELP = message(
    "Each update changes a healthy layer by about a thousandth of its weights: ΔW/W near 10⁻³. Where the gradient has "
    "vanished it is far smaller, and the bars stay on the outline."
)


class WeightsPlot(HistogramPlot):
    """One layer's weights, with their RMS and the update ratio."""

    def __init__(self) -> None:
        super().__init__("weight", message("{share} of weights"))

    def outline(self, start: LayerRecord, first: Histogram) -> QPainterPath:
        if start.weight_rms > 0:
            return super().outline(start, first)
        zero = QPainterPath(QPointF(0.0, 0.0))  # an axis for zeros alone has bins wider than any weight since
        zero.lineTo(0.0, 1.0)
        return zero

    def said(self) -> str:
        return weights_said(self.now, power_text(self.now.update_ratio)) if self.now else ""

    def lines(self) -> list[str]:
        """RMS(W), and RMS(ΔW)/RMS(W) of the last update as a power of ten."""
        now, histogram = self.now, self.histogram
        if now is None or histogram is None:
            return []
        ratio = power_text(now.update_ratio)
        rest = beyond_texts(histogram.below + histogram.above, short=self.narrow)
        if self.narrow:
            return [f"W {number_format.significant(now.weight_rms, 2)}", f"Δ {ratio}", *rest]
        return [f"RMS {number_format.significant(now.weight_rms)}   ΔW/W {ratio}", *rest]


def power_text(ratio: float) -> str:
    """Format an update ratio with its power of ten; "–" for NaN, where there were no weights to compare with."""
    if not isfinite(ratio):
        return number_format.significant(ratio)
    return number_format.with_power(ratio, 2) if ratio > 0 else "0"


class WeightsView(LayersView[WeightsPlot]):
    """All layers' weights on a shared axis, and the first layer's pictures beside them."""

    view = ViewKind.WEIGHTS
    wanted = frozenset({"weight"})
    wants_weights = True
    outputs = True

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.pictures = WeightImages()
        self.content.insertWidget(0, self.pictures)
        self.key.setText(
            tr("bars: now  ·  outline: at the start, to its own height  ·  ΔW/W: RMS of an update over RMS of W")
        )
        self.key.setToolTip(tr(HELP))

    @property
    def histogram(self) -> tuple[str, str]:
        return "weight", self.view.label

    def tables(self) -> Tables:
        return {**super().tables(), **self.pictures.tables()}

    def make_plot(self) -> WeightsPlot:
        return WeightsPlot()

    def show_run(self, run: RunContext) -> None:
        super().show_run(run)
        self.plots = self.shown + 1
        self.pictures.show_run(run)
        self._share_room()

    def draw_plot(self, index: int, moment: Moment) -> None:
        super().draw_plot(index, moment)
        if index == self.shown:
            self.pictures.draw(moment)

    def update_text(self, moment: Moment | None) -> None:
        super().update_text(moment)
        self.pictures.update_text(moment)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        width = self.width()
        self.pictures.make_room(
            round(min(max(width - scaled(PLOT_ROOM, self) * self.shown, LEAST_SHARE * width), MOST_SHARE * width))
        )

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.pictures.apply_theme(theme)
