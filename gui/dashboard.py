"""The dashboard: one run's pictures. It draws what it finds in a mailbox, at the pace it is told to."""

from collections import deque
from math import inf
from typing import Protocol

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from gui.cards import Card, label
from gui.curve_card import CurveCard
from gui.curves import AccuracyCard, LossCard
from gui.detail import DetailArea
from gui.histograms import ActivationsView
from gui.layer_list import shape_name
from gui.live_view import LiveView
from gui.run import Moment, Run
from gui.strip import SignalCard
from gui.theme import Theme
from gui.timeline_bar import TimelineBar
from gui.training import Mailbox
from model.config import Config
from model.datasets import Dataset
from model.history import History
from model.records import Record
from model.request import View
from model.theory import Theory, images_of, predict

PLOTS_A_FRAME = 2
# At 30 frames a second, ten pictures a second of each plot: more cost the training time that no eye has use for.
FRAMES_A_ROUND = 3


class Drawn(Protocol):
    """A card that is drawn in pieces."""

    @property
    def plots(self) -> int:
        """How many pieces."""

    def draw_plot(self, index: int, moment: Moment | None) -> None:
        """Draw one of them; None is before the first record."""


def describe(config: Config, dataset: Dataset | None) -> str:
    """A run in one line: 784 – 40-20 – 10 · ReLU · He · SGD 0.1 · batch 100 · seed 0."""
    hidden = shape_name(config.hidden) or "no hidden layer"
    ends = (f"{dataset.inputs} – ", f" – {dataset.classes}") if dataset else ("", "")
    init = f"{config.init.label} {config.init_std:g}" if config.takes_std else config.init.label
    parts = [f"{ends[0]}{hidden}{ends[1]}", config.activation.label, f"{init} weights"]
    if config.normalises:
        parts.append(f"batch norm {config.batch_norm.label.lower()} activation")
    parts += [f"{config.optimizer.label} {config.optimizer.learning_rate:g}", f"batch {config.batch_size}"]
    return "  ·  ".join([*parts, f"seed {config.seed}"])


class Dashboard(QWidget):
    """Accuracy, loss, and all layers in the detail area, live or at an iteration that is gone back to."""

    menu_wanted = Signal(object, QPoint)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("dashboard")
        self.name = "dashboard"
        self.mailbox = Mailbox()
        self.version, self.waited = -1, 0
        self.measured: Dataset | None = None
        self.kept: History | None = None
        self.at: int | None = None
        self.moment: Moment | None = None
        self.gone_to: Record | None = None  # kept here, where thinning does not reach
        self.figures_due = False
        self.turns: deque[tuple[Drawn, int]] = deque()
        self.accuracy, self.loss = AccuracyCard(), LossCard()
        self.signal, self.detail = SignalCard(theme), DetailArea(theme)
        self.cards: list[Card] = [self.accuracy, self.loss, self.signal, self.detail]
        self.drawn: list[Drawn] = [self.accuracy, self.loss, self.signal, self.detail]
        self.curves: list[CurveCard] = [self.accuracy, self.loss]
        self.timeline = TimelineBar()
        self.caption = label("", "muted")
        self.caption.setContentsMargins(4, 0, 4, 0)
        self.caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # the plots decide the width
        self._lay_out()
        for card in self.cards:
            card.menu_wanted.connect(self.menu_wanted)
        self.signal.layer_chosen.connect(self.choose_layer)
        self.detail.layer_chosen.connect(self.choose_layer)
        self.detail.view_changed.connect(self.redraw)
        self.timeline.moved.connect(self.go_to)
        self.timeline.live_wanted.connect(self.go_live)
        self.apply_theme(theme)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(8)
        grid.addWidget(self.accuracy, 0, 0)
        grid.addWidget(self.loss, 0, 1)
        grid.addWidget(self.signal, 1, 0, 1, 2)
        grid.addWidget(self.detail, 2, 0, 1, 2)
        grid.addWidget(self.timeline, 3, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for row, stretch in ((0, 7), (1, 4), (2, 10)):
            grid.setRowStretch(row, stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.caption)
        column.addLayout(grid, 1)

    @property
    def activations(self) -> ActivationsView:
        """The first tab."""
        view = self.detail.made[View.ACTIVATIONS]
        assert isinstance(view, ActivationsView)
        return view

    def show_run(self, config: Config, dataset: Dataset | None, mailbox: Mailbox) -> None:
        """Show another run from now on."""
        self.mailbox, self.version, self.at, self.moment, self.gone_to = mailbox, -1, None, None, None
        self.turns.clear()
        run = Run(config, dataset, mailbox, self._theory(config, dataset), self.kept)
        self.kept = None
        for curve in self.curves:
            curve.show_run(run)
        self.signal.show_run(run)
        self.detail.show_run(run)
        self.timeline.show_run(run)
        self.fit_pens()
        self.caption.setText(describe(config, dataset))
        self.caption.setToolTip(self.caption.text())  # a small window cuts it

    def _theory(self, config: Config, dataset: Dataset | None) -> Theory | None:
        if dataset is None:
            return None
        if dataset is not self.measured:
            self.measured, self.images = dataset, images_of(dataset)
        return predict(config, self.images)

    def go_to(self, iteration: int | None) -> None:
        """Show the moment of an iteration, or with None the newest from now on."""
        self.at, self.gone_to = iteration, None
        for curve in self.curves:
            curve.show_time(iteration)
        self.timeline.refresh(iteration)
        self.figures_due = True
        self.redraw()

    def go_live(self) -> None:
        """Show the newest moment from now on."""
        self.go_to(None)

    def keep_curves(self) -> None:
        """Let the next run be shown over the curves of this one."""
        self.kept = self.mailbox.history

    def redraw(self) -> None:
        """Draw everything anew in the next frames."""
        self.version = -1
        self.mailbox.wanted = self.detail.view.wanted

    def choose_layer(self, layer: int | None) -> None:
        """Mark a layer in every plot, or unmark it if it is marked."""
        layer = None if layer == self.detail.layer else layer
        self.signal.choose_layer(layer)
        self.detail.choose_layer(layer)
        self.redraw()

    def frame(self, plots: int = PLOTS_A_FRAME) -> None:
        """Draw what has come since the last frame; with many plots they take turns, so that no frame takes long.

        A round begins once all have had theirs, a while after the last one or, where more is asked for, at once.
        """
        mailbox = self.mailbox
        self.waited += 1
        with mailbox.lock:
            changed = mailbox.version != self.version
            at_once = self.version < 0 or plots > PLOTS_A_FRAME
            if changed and (at_once or (not self.turns and self.waited >= FRAMES_A_ROUND)):
                self.version, self.waited = mailbox.version, 0
                self.moment = self._moment()
                self.turns = deque((card, index) for card in self.drawn for index in range(card.plots))
        for _ in range(min(plots, len(self.turns))):
            card, index = self.turns.popleft()
            card.draw_plot(index, self.moment)
        if self.figures_due and not self.turns:
            self.figures_due = False
            self.update_text()
        if not self.turns and self.at is None:
            mailbox.wanted = self.detail.view.wanted
            mailbox.wants_weights = self.detail.view.wants_weights

    def _moment(self) -> Moment | None:
        """What to draw; called with the mailbox locked."""
        mailbox, timeline = self.mailbox, self.mailbox.history.timeline
        if self.at is not None and not self.gone_to:
            self.gone_to = timeline.at(self.at)
        figures = mailbox.shown if self.at is None else self.gone_to
        if figures is None or mailbox.start is None:
            return None
        pictures: Record | None = figures
        if not figures.has(self.detail.view.wanted):
            pictures = timeline.pictured_at(inf if self.at is None else self.at)
        return Moment(figures, pictures or mailbox.start, mailbox.start, self.at is None)

    def update_text(self) -> None:
        """Show the newest figures; a few times a second at most."""
        self.accuracy.update_text(self.moment)
        self.loss.update_text(self.moment)
        self.signal.update_text(self.moment)
        self.detail.update_text(self.moment)
        self.timeline.refresh(self.at)

    def show_automatic(self) -> None:
        """Undo all zooming."""
        for card in self.curves:
            card.plot.show_automatic()
        self.detail.show_automatic()

    def apply_theme(self, theme: Theme) -> None:
        for card in (self.accuracy, self.loss, self.signal, self.detail):
            card.apply_theme(theme)
        self.fit_pens()

    def fit_pens(self) -> None:
        """Make all lines as wide as they should be on the present screen."""
        for view in self.findChildren(LiveView):
            view.fit_pens(self.devicePixelRatio())
