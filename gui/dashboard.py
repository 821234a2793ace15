"""The dashboard: one run's pictures. It draws what it finds in a mailbox, at the pace it is told to."""

from collections import deque

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from gui.cards import Card, label
from gui.curves import CLASSES, AccuracyCard, CurveCard, LossCard
from gui.histograms import ActivationsCard
from gui.layer_list import shape_name
from gui.live_view import LiveView
from gui.theme import Theme
from gui.training import Mailbox
from model.config import Config
from model.datasets import Dataset

PLOTS_A_FRAME = 4


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
    """Accuracy, loss and every layer's activations."""

    menu_wanted = Signal(object, QPoint)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("dashboard")
        self.name = "dashboard"
        self.mailbox = Mailbox()
        self.version = -1
        self.turns: deque[CurveCard | int] = deque()
        self.accuracy = AccuracyCard(self.mailbox, 1)
        self.loss = LossCard(self.mailbox, 1)
        self.activations = ActivationsCard(theme)
        self.cards: list[Card] = [self.accuracy, self.loss, self.activations]
        self.curves: list[CurveCard] = [self.accuracy, self.loss]
        self.caption = label("", "muted")
        self.caption.setContentsMargins(4, 0, 4, 0)
        self.caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # the plots decide the width
        grid = QGridLayout()
        grid.setSpacing(8)
        grid.addWidget(self.accuracy, 0, 0)
        grid.addWidget(self.loss, 0, 1)
        grid.addWidget(self.activations, 1, 0, 1, 2)
        grid.setRowStretch(0, 9)
        grid.setRowStretch(1, 11)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.caption)
        column.addLayout(grid, 1)
        for card in self.cards:
            card.menu_wanted.connect(self.menu_wanted)
        self.apply_theme(theme)

    def show_run(self, config: Config, dataset: Dataset | None, mailbox: Mailbox) -> None:
        """Show another run from now on."""
        self.mailbox, self.version = mailbox, -1
        self.turns.clear()
        for card in self.curves:
            card.show_run(mailbox, config.iterations, dataset.classes if dataset else CLASSES)
        self.activations.show_run(config.activation, config.hidden)
        self.fit_pens()
        self.caption.setText(describe(config, dataset))

    def frame(self, plots: int = PLOTS_A_FRAME) -> None:
        """Draw what has come since the last frame; with many plots they take turns, so that no frame takes long."""
        with self.mailbox.lock:
            version, start, shown = self.mailbox.version, self.mailbox.start, self.mailbox.shown
        if version != self.version:
            self.version = version
            waiting = set(self.turns)
            self.turns.extend(turn for turn in self._all_plots() if turn not in waiting)
        for _ in range(min(plots, len(self.turns))):
            turn = self.turns.popleft()
            if isinstance(turn, CurveCard):
                turn.redraw()
            elif start is not None and shown is not None:
                self.activations.draw(turn, shown, start)

    def _all_plots(self) -> list[CurveCard | int]:
        """What takes turns: the curves, and the hidden layers by their number."""
        return [*self.curves, *range(self.activations.shown)]

    def update_text(self) -> None:
        """Show the newest figures; a few times a second at most."""
        self.accuracy.update_text()
        self.loss.update_text()
        self.activations.update_text()

    def show_automatic(self) -> None:
        """Undo all zooming."""
        for card in self.curves:
            card.plot.show_automatic()
        for layer in self.activations.layers:
            layer.plot.show_automatic()

    def apply_theme(self, theme: Theme) -> None:
        for card in (self.accuracy, self.loss, self.activations):
            card.apply_theme(theme)
        self.fit_pens()

    def fit_pens(self) -> None:
        """Make all lines as wide as they should be on the present screen."""
        for view in self.findChildren(LiveView):
            view.fit_pens(self.devicePixelRatio())
