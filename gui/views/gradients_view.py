"""Gradients view: a histogram per layer over the decades of magnitude, now as bars and at the start as an outline."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log10

from PySide6.QtGui import QColor, QPainterPath
from PySide6.QtWidgets import QButtonGroup, QToolButton

from gui.plots.pens_and_paths import cosmetic
from gui.plots.ticks import decade_ticks
from gui.style.theme import Theme
from gui.views.activations_view import HEADROOM, HistogramPlot
from gui.views.gradient_scale import GradientScale
from gui.views.layers_view import LayersView
from gui.views.moment import Moment, RunContext
from model.base import number_format
from model.config.views import ViewKind
from model.measurement.histograms import SAMPLE_VALUES, Histogram
from model.measurement.records import LayerRecord, Record


@dataclass(frozen=True)
class Gradient:
    """A kind of gradient: field names in Histograms and LayerRecord, symbol, noun for its values, tooltip."""

    histogram: str
    rms: str
    symbol: str
    noun: str
    help: str
    note: str = ""


GRADIENTS = (
    Gradient("delta", "delta_rms", "δ", "values of δ",
             "The gradient that arrives at each unit, δ = ∂L/∂z: what vanishes on its way back through the layers."),
    Gradient("weight_gradient", "weight_gradient_rms", "∂L/∂W", "weights",
             "The gradient of each weight: what its update is made from. Where it has vanished, nothing is learnt. "
             f"Layers of {number_format.count(2 * SAMPLE_VALUES)} weights or more show a fixed sample of theirs.",
             note="  ·  large layers: a fixed sample"),
)  # fmt: skip


KEY = "bars: now  ·  outline: at the start  ·  dashed: RMS  ·  pale: exactly 0"


class GradientPlot(HistogramPlot):
    """One layer's gradient histogram, with a line at its RMS."""

    def __init__(self, gradient: Gradient, scales: Mapping[Gradient, GradientScale]) -> None:
        self.gradient, self.scales = gradient, scales
        super().__init__(gradient.histogram, gradient.noun)
        self.plot.axes[0].choose = decade_ticks
        self.mark_rms = self.plot.path(4)

    @property
    def scale(self) -> GradientScale:
        """The axis shared by all layers for this kind of gradient."""
        return self.scales[self.gradient]

    def show_gradient(self, gradient: Gradient) -> None:
        """Switch to the other kind of gradient."""
        self.gradient, self.name, self.noun = gradient, gradient.histogram, gradient.noun
        self.forget()
        self.mark_rms.setPath(QPainterPath())

    def shown_of(self, layer: LayerRecord) -> Histogram | None:
        found = super().shown_of(layer)
        return self.scale.trim(found) if found else None

    def extent(self, now: Histogram) -> tuple[float, float]:
        return self.scale.low, self.scale.high

    def has_zeros(self, now: Histogram, first: Histogram) -> bool:
        return self.scale.zeros

    def draw(self, now: LayerRecord, start: LayerRecord) -> None:
        super().draw(now, start)
        rms, path = self.rms(now), QPainterPath()
        if rms > 0:
            path.moveTo(log10(rms), 0.0)
            path.lineTo(log10(rms), HEADROOM)
        self.mark_rms.setPath(path)

    def rms(self, layer: LayerRecord) -> float:
        """RMS of this gradient in a layer."""
        return float(getattr(layer, self.gradient.rms))

    def value_text(self, value: float) -> str:
        return number_format.significant(10.0**value, 2)

    def lines(self) -> list[str]:
        """RMS, share of zeros, and share below the axis; one per line in a narrow plot."""
        now, histogram = self.now, self.histogram
        if now is None or histogram is None:
            return []
        zeros, below, lowest = histogram.zeros, histogram.below, number_format.decade(self.scale.low)
        if self.narrow:
            lines = [number_format.significant(self.rms(now), 2)]
            lines += [f"zero {number_format.percent(zeros)}"] if self.scale.zeros else []
            return lines + ([f"<{lowest} {100 * below:.0f}{number_format.THIN}%"] if self.scale.beyond else [])
        shares = [f"zero {number_format.percent(zeros)}"] if self.scale.zeros else []
        shares += [f"<{lowest} {number_format.percent(below)}"] if self.scale.beyond else []
        return [f"RMS {number_format.significant(self.rms(now))}", "   ".join(shares)]

    def apply_look(self, theme: Theme, color: QColor) -> None:
        super().apply_look(theme, color)
        self.mark_rms.setPen(cosmetic(theme.accent, 1.5, (3.0, 3.0)))


class GradientsView(LayersView[GradientPlot]):
    """δ or ∂L/∂W of all layers on a shared axis of decades."""

    view = ViewKind.GRADIENTS
    wanted = frozenset(gradient.histogram for gradient in GRADIENTS)
    outputs = True

    def __init__(self, theme: Theme) -> None:
        self.gradient = GRADIENTS[0]
        self.scales: dict[Gradient, GradientScale] = {}
        self.moment: Moment | None = None
        super().__init__(theme)
        group = QButtonGroup(self)
        self.buttons: dict[Gradient, QToolButton] = {}
        for gradient in GRADIENTS:
            button = QToolButton()
            button.setObjectName("flat")
            button.setText(gradient.symbol)
            button.setToolTip(gradient.help)
            button.setAccessibleName(f"Show {gradient.symbol}")
            button.setCheckable(True)
            button.setFixedHeight(self.key.sizeHint().height())
            button.clicked.connect(lambda *_, gradient=gradient: self.show_gradient(gradient))
            group.addButton(button)
            self.header.addWidget(button)
            self.buttons[gradient] = button
        self.buttons[self.gradient].setChecked(True)

    @property
    def histogram(self) -> tuple[str, str]:
        return self.gradient.histogram, self.gradient.symbol

    def make_plot(self) -> GradientPlot:
        return GradientPlot(self.gradient, self.scales)

    def show_run(self, run: RunContext) -> None:
        self.moment = None
        self.scales.update((gradient, GradientScale()) for gradient in GRADIENTS)
        super().show_run(run)
        self.show_gradient(self.gradient)

    def show_gradient(self, gradient: Gradient) -> None:
        """Switch all plots to δ or ∂L/∂W."""
        self.gradient, moment = gradient, self.moment
        self.buttons[gradient].setChecked(True)
        self.key.setText(f"|{gradient.symbol}|, log scale  ·  {KEY}{gradient.note}")
        self.key.setToolTip(gradient.help)
        for plot in self.layers:
            plot.show_gradient(gradient)
        for index in range(self.shown):
            if moment:
                self.draw_plot(index, moment)
        self.update_text(moment)

    def _cover(self, record: Record) -> None:
        for gradient, scale in self.scales.items():
            found = (getattr(layer.histograms, gradient.histogram) for layer in record.all_layers)
            scale.cover(each for each in found if each)

    def draw_plot(self, index: int, moment: Moment) -> None:
        if moment is not self.moment:
            if self.moment is None:
                self._cover(moment.start)
            self.moment = moment
            self._cover(moment.pictures)
        super().draw_plot(index, moment)
