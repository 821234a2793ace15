"""Dashboard: the plots of one run, drawn from its run log at a limited pace."""

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import inf
from sys import maxsize
from time import perf_counter
from typing import Protocol

from PySide6.QtCore import Slot

from gui.pages.dashboard.arrangement import divided_rows, stacked
from gui.pages.dashboard.curve_card import CurveCard
from gui.pages.dashboard.curves import AccuracyCard, LossCard
from gui.pages.dashboard.view_tabs import ViewTabs
from gui.pages.page import Page
from gui.pages.timeline_bar import TimelineBar
from gui.plots.overlay_legend import OverlayLegend
from gui.plots.overlays import Overlay, Overlays
from gui.runs.viewed import HIDDEN, Viewed
from gui.style.theme import Theme
from gui.views.activations_view import ActivationsView
from gui.views.moment import Moment, RunContext
from gui.views.signal_strip.signal_card import SignalCard
from gui.widgets.card import Card
from model.base.language import tr
from model.config.config import Config
from model.config.run_names import describe
from model.config.views import ViewKind
from model.data.datasets import Dataset
from model.history.run_log import RunLog
from model.measurement.records import Record
from model.measurement.theory import Theory, images_of, predict

PLOTS_A_FRAME = 2
FRAME_SECONDS = 0.015  # after which a frame leaves its second plot to the next: one that is made first takes longer
# At 30 frames a second, ten pictures a second of each plot: more cost the training time that no eye has use for.
FRAMES_A_ROUND = 3


class Drawn(Protocol):
    """A card that is drawn in pieces."""

    @property
    def plots(self) -> int:
        """Number of pieces."""

    def show_run(self, run: RunContext) -> None:
        """Draw another run from now on."""

    def draw_plot(self, index: int, moment: Moment | None) -> bool | None:
        """Draw a piece, from 0 to `plots` - 1; `moment` is None before the first record. False: call it once more."""


class Dashboard(Page):
    """Accuracy, loss, signal strip and the detail area, live or at an iteration of the past."""

    name = "dashboard"

    def __init__(self, theme: Theme, viewed: Viewed) -> None:
        super().__init__()
        self.setObjectName("dashboard")
        self.viewed = viewed
        self.run_log = RunLog()
        self.version, self.waited, self.figures_due = -1, 0, False
        self.measured: tuple[object, object] = (None, None)
        self.overlays = Overlays()
        self.overlaid = self.overlays.stamp
        self.moment: Moment | None = None
        self.gone_to: Record | None = None  # kept here, where thinning does not reach
        self.turns: deque[tuple[Drawn, int]] = deque()
        self.accuracy, self.loss = AccuracyCard(), LossCard()
        self.signal, self.detail = SignalCard(theme), ViewTabs(theme)
        self.curves: list[CurveCard] = [self.accuracy, self.loss]
        self.cards: list[Card] = [*self.curves, self.signal, self.detail]
        self.drawn: list[Drawn] = [*self.curves, self.signal, self.detail]
        self.timeline, self.legend = TimelineBar(), OverlayLegend()
        rows = divided_rows(self.curves, self.signal, self.detail)
        self.column = stacked(self, (self.caption, self.legend), rows, self.timeline)
        for card in self.cards:
            card.menu_wanted.connect(self.menu_wanted)
            card.help_wanted.connect(self.help_wanted)
            card.fill_wanted.connect(self.fill_wanted)
        self.signal.layer_chosen.connect(self.choose_layer)
        self.detail.layer_chosen.connect(self.choose_layer)
        self.detail.view_changed.connect(self.redraw)
        self.timeline.moved.connect(self.go_to)
        self.timeline.live_wanted.connect(self.go_live)
        viewed.run_changed.connect(self.show_run)
        viewed.moment_changed.connect(self.show_moment)
        self.apply_theme(theme)
        self.show_run()

    @property
    def bar(self) -> TimelineBar:
        return self.timeline

    @property
    def activations(self) -> ActivationsView:
        """The first tab of the detail area."""
        view = self.detail.made[ViewKind.ACTIVATIONS]
        assert isinstance(view, ActivationsView)
        return view

    @Slot()
    def show_run(self) -> None:
        """Draw another run from now on; a branch has no theory, and a covered run none that would tell its settings."""
        config, dataset, run_log = self.viewed.config, self.viewed.dataset, self.viewed.run_log
        if run_log is None:
            return
        self.run_log, self.version, self.moment, self.gone_to = run_log, -1, None, None
        self.turns.clear()
        covered, theory = self.viewed.covered, self._theory(config, dataset)
        run = RunContext(config, dataset, run_log, theory, self.overlays, covered)
        for card in self.drawn:
            card.show_run(run)
        self.timeline.show_run(run)
        self.fit_pens()
        self.caption.tell(tr(HIDDEN) if covered else describe(config, dataset, self.viewed.branched))

    def _theory(self, config: Config, dataset: Dataset | None) -> Theory | None:
        if dataset is None or self.viewed.covered or self.viewed.branched is not None:
            return None
        if (now := (dataset, config.pixels)) != self.measured:
            self.measured, self.images = now, images_of(*now)
        return predict(config, self.images)

    def go_to(self, iteration: int | None) -> None:
        """Show an iteration of the past; None follows the newest."""
        self.viewed.go_to(iteration)

    @Slot()
    def show_moment(self) -> None:
        """Show the moment that is viewed from now on."""
        self.gone_to = None
        for curve in self.curves:
            curve.show_time(self.viewed.at)
        self.timeline.refresh(self.viewed.at)
        self.figures_due = True
        self.redraw()

    def go_live(self) -> None:
        """Follow the newest record."""
        self.viewed.go_to(None)

    def show_overlays(self, overlays: Sequence[Overlay]) -> None:
        """Draw these other runs' curves behind the run's own."""
        self.overlays.show(overlays)
        self.redraw()

    def redraw(self) -> None:
        """Queue everything to be drawn again."""
        self.version = -1
        self.run_log.wanted = self.detail.wanted

    def choose_layer(self, layer: int | None) -> None:
        """Highlight a layer in every plot; a second time removes the highlight."""
        layer = None if layer == self.detail.layer else layer
        self.signal.choose_layer(layer)
        self.detail.choose_layer(layer)
        self.redraw()

    def frame(self, plots: int = PLOTS_A_FRAME) -> bool:
        """Draw up to `plots` pieces of what is new; with many pieces they take turns, so that no frame takes long.

        A round begins when the last one is complete and FRAMES_A_ROUND frames have passed, or at once for more plots.
        """
        run_log = self.run_log
        self.waited += 1
        with run_log.lock:
            changed, stamp = run_log.version != self.version, self.overlays.stamp
            at_once = self.version < 0 or plots > PLOTS_A_FRAME
            due = at_once or (not self.turns and self.waited >= FRAMES_A_ROUND)
            if due and (changed or stamp != self.overlaid):
                self.version, self.overlaid, self.waited = run_log.version, stamp, 0
                self.moment = self._moment()
                cards = self.drawn if changed else self._with_overlays()
                self.turns = deque((card, index) for card in cards for index in range(card.plots))
        drawn, last = 0, perf_counter() + (FRAME_SECONDS if plots <= PLOTS_A_FRAME else inf)
        while self.turns and drawn < plots and (not drawn or perf_counter() < last):
            drawn, (card, index) = drawn + 1, self.turns.popleft()
            if card.draw_plot(index, self.moment) is False:
                self.turns.appendleft((card, index))
        if self.figures_due and not self.turns:
            self.figures_due = False
            self.update_text()
        if not self.turns and self.viewed.at is None:
            run_log.wanted, run_log.wants_weights = self.detail.wanted, self.detail.view.wants_weights
        return drawn > 0

    def _with_overlays(self) -> list[Drawn]:
        return [*self.curves, *([self.detail] if self.detail.view.view is ViewKind.TIMELINE else [])]

    def finish(self) -> None:
        self.frame(plots=maxsize)
        self.detail.finish()

    def _moment(self) -> Moment | None:
        """Moment to draw; called with the run log locked."""
        run_log, timeline = self.run_log, self.run_log.history.timeline
        if self.viewed.at is not None and not self.gone_to:
            self.gone_to = timeline.at(self.viewed.at)
        figures = run_log.shown if self.viewed.at is None else self.gone_to
        if figures is None or run_log.start is None:
            return None
        pictures: Record | None = figures
        if not figures.has(self.detail.view.wanted):
            pictures = timeline.pictured_at(inf if self.viewed.at is None else self.viewed.at)
        return Moment(figures, pictures or run_log.start, run_log.start, self.viewed.at is None)

    def update_text(self) -> None:
        """Write the newest figures; called a few times a second at most."""
        for card in (self.accuracy, self.loss, self.signal, self.detail):
            card.update_text(self.moment)
        self.timeline.refresh(self.viewed.at)

    @contextmanager
    def posing(self) -> Iterator[None]:
        with super().posing(), self.legend.posing(self.overlays.all):
            self.column.activate()
            yield
        self.column.activate()

    def show_automatic(self) -> None:
        """Undo the user's zoom."""
        for card in self.curves:
            card.plot.show_automatic()
        self.detail.show_automatic()

    def apply_theme(self, theme: Theme) -> None:
        for card in (self.accuracy, self.loss, self.signal, self.detail):
            card.apply_theme(theme)
        self.fit_pens()
