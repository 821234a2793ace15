"""Slope view: the place of each hidden layer's z on the activation's slope."""

from functools import partial

from gui.views.layers_view import LayersView
from gui.views.moment import Moment, RunContext
from gui.views.slope_curve import SlopeCurve, curve_table, slope_curve
from gui.views.slope_plot import SlopePlot
from model.base.language import message, tr
from model.base.sentences import sentences
from model.config.views import ViewKind
from model.exports.plot_table import Tables

KEY = message(
    "curve: f′(z), what the gradient is multiplied by  ·  thin: f(z), to its own scale  ·  bars: this layer's z now"
)
# By what a unit on the shaded slope is called.
HELP = {
    "saturated": message(
        "Bars: z of all units for all images of the current batch, as the activation takes it. Where they stand under "
        "a high f′ the gradient passes; dashed is the mean of |f′| over them. Shaded: f′ below 5 % of its maximum, "
        "units there are saturated."
    ),
    "off": message(
        "Bars: z of all units for all images of the current batch, as the activation takes it. Where they stand under "
        "a high f′ the gradient passes; dashed is the mean of |f′| over them. Shaded: f′ below 5 % of its maximum, "
        "units there are off."
    ),
}
LEAST_Z = 6.0  # the axis goes at least from -6 to 6, where every activation bends


class SlopeView(LayersView[SlopePlot]):
    """All hidden layers on a shared axis of z."""

    view = ViewKind.SLOPE
    wanted = frozenset({"z"})
    curve: SlopeCurve | None = None

    @property
    def histogram(self) -> tuple[str, str]:
        return "z", "z"

    def tables(self) -> Tables:
        curve = self.curve
        return {**super().tables(), **({tr("Activation and slope"): partial(curve_table, curve)} if curve else {})}

    def make_plot(self) -> SlopePlot:
        return SlopePlot()

    def show_run(self, run: RunContext) -> None:
        super().show_run(run)
        self.curve = None
        self.key.setText(tr(KEY))
        activation = run.config.activation
        named = [] if run.covered else [tr("f = {activation}.", activation=activation.label)]
        self.key.setToolTip(sentences(*named, tr(HELP[activation.flat_word])))

    def draw_plot(self, index: int, moment: Moment) -> None:
        z = moment.pictures.layers[0].histograms.z if moment.pictures.layers else None
        if z and self.run and index < self.shown:
            # The meter's axis stands still by itself: it grows at once and shrinks late.
            extent = min(z.low, -LEAST_Z), max(z.high, LEAST_Z)
            if self.curve is None or (self.curve.low, self.curve.high) != extent:
                self.curve = slope_curve(self.run.config.activation, *extent)
            self.layer(index).show_curve(self.curve)
        super().draw_plot(index, moment)
