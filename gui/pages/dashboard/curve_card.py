"""Base of the cards with curves over iterations."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem

from gui.pages.dashboard.spoken_curves import beside, nothing_drawn
from gui.plots.live_view import LiveView
from gui.plots.overlay_legend import OverlayLegend
from gui.plots.overlays import OverlayLines
from gui.plots.pens_and_paths import cosmetic, upright_path
from gui.plots.plot import Plot
from gui.plots.plot_note import PlotNote
from gui.style.text_size import follow
from gui.style.theme import Theme
from gui.views.moment import Moment, RunContext
from gui.widgets.card import Card
from model.base import number_format
from model.base.arrays import Array
from model.base.language import tr
from model.config.config import Config
from model.config.every_setting import every_setting
from model.exports.plot_table import Tables
from model.exports.plot_tables import curves
from model.history.history import History, ThinnedCurve
from model.history.run_log import RunLog

BUCKETS = 400
LOWEST_PIXELS = 79  # of the plot with its axis
CLASSES = 10  # until the data says otherwise
NOTHING = RunContext(Config(), None, RunLog())


def changed(iteration: int, name: str, value: float) -> str:
    """A setting that was changed while training ran, in words: Learning rate → 0.05 at 400."""
    labels = {each.name: each.label for each in every_setting()}
    return tr(
        "{setting} → {value} at {iteration}",
        setting=labels[name],
        value=number_format.significant(value),
        iteration=number_format.count(iteration),
    )


class CurveCard(Card):
    """A plot over iterations, with marks where a live setting changed and a hint while it is empty."""

    plots = 1
    quantities: tuple[str, ...] = ()  # of the run that it draws, as History names them

    def __init__(self, name: str, subtitle: str = "") -> None:
        super().__init__(name, subtitle)
        self.view = LiveView(antialiased=True, left=6, right=16)
        follow(self.view.setMinimumHeight, LOWEST_PIXELS)
        self.plot = Plot(self.view, self.read)
        self.plot.axes[0].counts = True
        self.plot.menu_wanted.connect(self.menu_from_plot)
        self.marks, self.time = self.plot.path(-5), self.plot.path(5)
        self.marked = 0
        self.others = OverlayLines(self.plot, self.overlay_curve)
        self.legend = OverlayLegend()
        self.body.addWidget(self.legend)
        self.body.addWidget(self.view, 1)
        self.hint = PlotNote(self.plot, tr("Press Train to draw this curve."))
        self.hinted = True  # else something else is drawn there
        self.plot.box.sigXRangeChanged.connect(self.redraw)

    def show_run(self, run: RunContext) -> None:
        """Draw another run from now on."""
        self.config, self.run_log, self.iterations = run.config, run.run_log, max(run.config.iterations, 1)
        self.classes = run.dataset.classes if run.dataset else CLASSES
        self.overlays, self.run = run.overlays, run
        self.clear()
        self.show_time(None)
        self.plot.at_automatic = True
        self.update_ranges()
        self.plot.show_automatic()
        self.plot.set_guide(self.guess(), tr("guessing"))
        self.redraw()

    def show_time(self, iteration: int | None) -> None:
        """Mark the iteration that the other plots show; None, the newest, removes the mark."""
        self.time.setPath(upright_path(*(() if iteration is None else (iteration,))))

    def draw_plot(self, index: int, moment: Moment | None) -> None:
        """Draw the newest state of the run log."""
        self.redraw()

    def clear(self) -> None:
        """Clear the plot."""
        self.marks.setPath(QPainterPath())
        self.marked = 0
        self.hint.tell(shown=True)

    def thinned(self, name: str, history: History | None = None) -> ThinnedCurve:
        """Visible part of the run's curve called `name`, or of another history's, in at most BUCKETS points."""
        (low, high), _ = self.plot.ranges()
        history = self.run_log.history if history is None else history  # one without records is false
        return history.curve(name, low, high, BUCKETS)

    def overlay_curve(self, run_log: RunLog, low: float, high: float) -> tuple[Array, Array]:
        """Another run's curve between two iterations: x and y in plot coordinates. Called with its log locked."""
        raise NotImplementedError

    @property
    def lines(self) -> list[QGraphicsPathItem]:
        """The run's own curves."""
        return []

    @property
    def mode(self) -> object:
        """Anything but the run log and the range that `overlay_curve` depends on."""
        return None

    def redraw(self) -> None:
        """Draw the newest state of the run log and of the overlays."""
        with self.run_log.lock:
            empty = not len(self.run_log.history)
            if not empty:
                self.draw()
            changes = list(self.run_log.changes)
        self.others.draw(self.overlays, self.mode)
        self.hint.tell(shown=empty and self.hinted and not self.overlays.all)
        self.update_ranges()
        if len(changes) != self.marked:
            self.marked = len(changes)
            self.marks.setPath(upright_path(*(iteration for iteration, _, _ in changes)))

    def update_text(self, moment: Moment | None) -> None:
        """Move the guide's name out of the way of the curves: as often as texts change, as it must not tremble."""
        self.plot.make_way([*self.lines, *self.others.items])

    def figures(self, moment: Moment | None) -> dict[str, float]:
        """Quantities of a past moment, with the nearest test accuracy if it had none, or the newest; {} before any."""
        history = self.run_log.history
        if moment is None or moment.live:
            newest = history.newest
            return {name: getattr(newest, name) for name in history.QUANTITIES} if newest else {}
        figures = moment.figures
        with self.run_log.lock:
            near = history.at(figures.iteration)
        own = {name: getattr(figures, name) for name in history.QUANTITIES}
        return own if figures.tested or not near else {**own, "test_accuracy": near["test_accuracy"]}

    def draw(self) -> None:
        """Draw the curves; called with the run log locked and at least one record in it."""

    def guess(self) -> float:
        """Value of a network that guesses, in the plot's coordinates."""
        return 0.0

    def update_ranges(self) -> None:
        """Set the plot's automatic ranges."""

    def read(self, x: float, y: float) -> str:
        """Readout at iteration x: the run's values, live changes nearby, and the overlays near (x, y)."""
        with self.run_log.lock:
            values = self.run_log.history.at(x)
            near = (self.plot.ranges()[0][1] - self.plot.ranges()[0][0]) / 100
            changes = [c for c in self.run_log.changes if abs(c[0] - x) < near]
        if values is None:
            return ""
        iteration = tr("iteration {iteration}", iteration=number_format.count(values["iteration"]))
        lines = [iteration, *self.values_read(values), *(changed(*change) for change in changes)]
        for overlay, _, _ in self.others.near(x, y):
            with overlay.run_log.lock:
                of_other = overlay.run_log.history.at(x)
            if of_other:
                lines.append(tr("{name}: {value}", name=overlay.name, value=self.value_read(of_other)))
        return "\n".join(lines)

    def describe(self, name: str, moment: Moment | None) -> None:
        """Say the figures of a moment, or the newest, to a screen reader, and the last ones of other runs."""
        figures, newest = self.figures(moment), self.run_log.history.newest
        if moment is not None and not moment.live:
            newest = moment.figures
        own = self.said(newest.iteration, figures) if newest and figures else nothing_drawn()
        self.plot.keys.describe(name, beside(own, [*self._others_said()]))

    def _others_said(self) -> Iterator[tuple[str, str]]:
        for overlay in self.overlays.all:
            if last := overlay.run_log.history.newest:
                yield overlay.name, self.value_read({name: getattr(last, name) for name in History.QUANTITIES})

    def said(self, iteration: int, figures: dict[str, float]) -> str:
        """The sentence on the figures of an iteration."""
        raise NotImplementedError

    def values_read(self, values: dict[str, float]) -> list[str]:
        """Lines of the readout for these values."""
        return []

    def value_read(self, values: dict[str, float]) -> str:
        """Text of the readout for another run."""
        raise NotImplementedError

    @contextmanager
    def posing(self) -> Iterator[None]:
        with self.legend.posing(self.overlays.all):
            self.body.activate()
            yield
        self.body.activate()

    def tables(self) -> Tables:
        return {self.accessibleName(): partial(curves, self.run.run_logs, self.quantities)}

    def apply_theme(self, theme: Theme) -> None:
        self.plot.apply_theme(theme)
        self.marks.setPen(cosmetic(theme.warning, 1, (2.0, 3.0)))
        self.time.setPen(cosmetic(theme.accent, 1.5))
        self.others.set_pens()
