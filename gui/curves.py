"""The curves over iterations: accuracy of training batch and test set, and the loss."""

from dataclasses import dataclass
from math import log, log10

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QLabel, QToolButton

from gui import numbers
from gui.cards import Card, Sample, figure, label
from gui.live_view import LiveView
from gui.plot import Plot
from gui.run import Moment, Run
from gui.shapes import band_path, cosmetic, line_path, translucent
from gui.theme import Theme
from gui.training import Mailbox
from model.arrays import Array
from model.config import Config
from model.history import History, Thinned

BUCKETS = 400
CLASSES = 10  # until the data says otherwise
NOTHING = Run(Config(), None, Mailbox())
TEST_DASHES = (4.0, 2.0)
BEFORE_DASHES = (1.0, 1.5)
SMOOTHED_OVER = 40


@dataclass(frozen=True)
class Smoothed:
    """A noisy curve as a line within the band it came from."""

    x: Array
    line: Array
    low: Array
    high: Array


def smooth(curve: Thinned) -> Smoothed:
    """Mean, lowest and highest over windows of 1/40 of the points, narrower at the ends: the line stays in the band."""
    points = len(curve.x)
    half = points // (2 * SMOOTHED_OVER)
    if half == 0:
        return Smoothed(curve.x, curve.mean, curve.low, curve.high)
    padded = [
        np.concatenate((np.full(half, fill), values, np.full(half, fill)))
        for values, fill in ((curve.mean, 0.0), (curve.low, np.inf), (curve.high, -np.inf))
    ]
    mean, low, high = (np.lib.stride_tricks.sliding_window_view(values, 2 * half + 1) for values in padded)
    places = np.arange(points)
    inside = np.minimum(places, half) + np.minimum(points - 1 - places, half) + 1
    return Smoothed(curve.x, mean.sum(axis=1) / inside, low.min(axis=1), high.max(axis=1))


class NoisyCurve:
    """A training batch's quantity: a smoothed line over the band of what it was smoothed from."""

    def __init__(self, plot: Plot) -> None:
        self.band, self.line = plot.path(1), plot.path(2)
        self.band.setPen(QPen(Qt.PenStyle.NoPen))

    def draw(self, curve: Thinned) -> None:
        smoothed = smooth(curve)
        self.band.setPath(band_path(smoothed.x, smoothed.low, smoothed.high))
        self.line.setPath(line_path(smoothed.x, smoothed.line))

    def apply_theme(self, theme: Theme) -> None:
        self.band.setBrush(QBrush(translucent(theme.train, 0.18)))
        self.line.setPen(cosmetic(theme.train, 1.8))


class CurveCard(Card):
    """A plot over iterations, with marks where a live setting changed and a hint while it is empty."""

    plots = 1

    def __init__(self, name: str, subtitle: str) -> None:
        super().__init__(name, subtitle)
        self.view = LiveView(antialiased=True, left=6, right=16)
        self.view.setMinimumHeight(110)
        self.plot = Plot(self.view, self.read)
        self.plot.menu_wanted.connect(self.menu_from_plot)
        self.marks, self.time, self.ghost = self.plot.path(-5), self.plot.path(5), self.plot.path(0)
        self.before_sample, self.before_text = Sample(BEFORE_DASHES), label("run before", "muted")
        self.header.addWidget(self.before_sample)
        self.header.addWidget(self.before_text)
        self.marked = 0
        self.body.addWidget(self.view, 1)
        self.hint = QLabel("Press Train to draw this curve.", self.view)
        self.hint.setObjectName("muted")
        self.hint.move(64, 24)
        self.plot.box.sigXRangeChanged.connect(self.redraw)

    def show_run(self, run: Run) -> None:
        """Draw another run from now on."""
        self.mailbox, self.iterations = run.mailbox, max(run.config.iterations, 1)
        self.classes = run.dataset.classes if run.dataset else CLASSES
        self.before = run.before
        self.before_sample.setVisible(run.before is not None)
        self.before_text.setVisible(run.before is not None)
        self.clear()
        self.show_time(None)
        self.plot.at_automatic = True
        self.update_ranges()
        self.plot.show_automatic()
        self.plot.set_guide(self.guess(), "guessing")
        self.redraw()

    def show_time(self, iteration: int | None) -> None:
        """Mark the iteration that the other plots show; None is the newest."""
        path = QPainterPath()
        if iteration is not None:
            path.moveTo(iteration, -1e6)
            path.lineTo(iteration, 1e6)
        self.time.setPath(path)

    def draw_plot(self, index: int, moment: Moment | None) -> None:
        """Draw what the mailbox holds now."""
        self.redraw()

    def clear(self) -> None:
        """Show nothing of a run."""
        self.marks.setPath(QPainterPath())
        self.marked = 0
        self.hint.show()

    def thinned(self, name: str, history: History | None = None) -> Thinned:
        """The visible part of one of the run's curves, or of another run's."""
        (low, high), _ = self.plot.ranges()
        return (history or self.mailbox.history).curve(name, low, high, BUCKETS)

    def ghost_curve(self, before: History) -> Thinned:
        """What is shown of the run before."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw what the mailbox holds now."""
        with self.mailbox.lock:
            empty = not len(self.mailbox.history)
            if not empty:
                self.draw()
            changes = list(self.mailbox.changes)
        ghost = smooth(self.ghost_curve(self.before)) if self.before and len(self.before) else None
        self.ghost.setPath(line_path(ghost.x, ghost.line) if ghost else QPainterPath())
        self.hint.setVisible(empty)
        self.update_ranges()
        if len(changes) != self.marked:
            self.marked = len(changes)
            path = QPainterPath()
            for iteration, _, _ in changes:
                path.moveTo(iteration, -1e6)
                path.lineTo(iteration, 1e6)
            self.marks.setPath(path)

    def figures(self, moment: Moment | None) -> dict[str, float]:
        """The quantities to write: those gone back to, with the nearest test accuracy, or the newest; {} before any."""
        history = self.mailbox.history
        if moment is None or moment.live:
            newest = history.newest
            return {name: getattr(newest, name) for name in history.QUANTITIES} if newest else {}
        figures = moment.figures
        with self.mailbox.lock:
            near = history.at(figures.iteration)
        own = {name: getattr(figures, name) for name in history.QUANTITIES}
        return own if figures.tested or not near else {**own, "test_accuracy": near["test_accuracy"]}

    def draw(self) -> None:
        """Draw the curves; called with the mailbox locked and at least one record in it."""

    def guess(self) -> float:
        """Where the curve of a network lies that knows nothing, in the plot's coordinates."""
        return 0.0

    def update_ranges(self) -> None:
        """Set the plot's automatic ranges."""

    def read(self, x: float, y: float) -> str:
        """The readout at iteration x."""
        with self.mailbox.lock:
            values = self.mailbox.history.at(x)
            near = (self.plot.ranges()[0][1] - self.plot.ranges()[0][0]) / 100
            changes = [c for c in self.mailbox.changes if abs(c[0] - x) < near]
        if values is None:
            return ""
        lines = [f"iteration {numbers.count(values['iteration'])}", *self.values_read(values)]
        lines += [f"{name.replace('_', ' ')} → {numbers.significant(value)} at {numbers.count(at)}"
                  for at, name, value in changes]  # fmt: skip
        return "\n".join(lines)

    def values_read(self, values: dict[str, float]) -> list[str]:
        """The lines of the readout."""
        return []

    def apply_theme(self, theme: Theme) -> None:
        self.plot.apply_theme(theme)
        self.marks.setPen(cosmetic(theme.warning, 1, (2.0, 3.0)))
        self.time.setPen(cosmetic(theme.accent, 1.5))
        self.ghost.setPen(cosmetic(theme.muted, 1.4, BEFORE_DASHES))
        self.before_sample.color = QColor(theme.muted)


class AccuracyCard(CurveCard):
    """Accuracy of the training batch and of the whole test set."""

    def __init__(self) -> None:
        super().__init__("accuracy", "")
        self.train = NoisyCurve(self.plot)
        self.test: QGraphicsPathItem = self.plot.path(3)
        self.train_sample, self.test_sample = Sample(), Sample(TEST_DASHES)
        self.train_text, self.test_text = label("training batch", "muted"), label("test", "muted")
        self.test_value = figure(52)
        for widget in (self.train_sample, self.train_text, self.test_sample, self.test_text, self.test_value):
            self.header.addWidget(widget)
        self.plot.axes[1].fixed = [(k / 4, f"{25 * k}{numbers.THIN}%") for k in range(5)]
        self.show_run(NOTHING)

    def clear(self) -> None:
        super().clear()
        for item in (self.train.band, self.train.line, self.test):
            item.setPath(QPainterPath())
        self.test_value.setText("")

    def ghost_curve(self, before: History) -> Thinned:
        return self.thinned("test_accuracy", before)

    def draw(self) -> None:
        self.train.draw(self.thinned("train_accuracy"))
        test = self.thinned("test_accuracy")
        self.test.setPath(line_path(test.x, test.mean))

    def update_text(self, moment: Moment | None) -> None:
        """Show the moment's test accuracy in figures."""
        figures = self.figures(moment)
        self.test_value.setText(numbers.percent(figures["test_accuracy"]) if figures else "")

    def update_ranges(self) -> None:
        self.plot.set_automatic((0.0, float(self.iterations)), (0.0, 1.0))

    def guess(self) -> float:
        return 1 / self.classes

    def values_read(self, values: dict[str, float]) -> list[str]:
        return [f"training batch {numbers.percent(values['train_accuracy'])}",
                f"test {numbers.percent(values['test_accuracy'])}"]  # fmt: skip

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.train.apply_theme(theme)
        self.test.setPen(cosmetic(theme.test, 1.8, TEST_DASHES))
        self.train_sample.color, self.test_sample.color = QColor(theme.train), QColor(theme.test)


class LossCard(CurveCard):
    """The training batch's cross-entropy, on a linear or a logarithmic axis."""

    def __init__(self) -> None:
        super().__init__("loss", "cross-entropy")
        self.train = NoisyCurve(self.plot)
        self.value = figure(80)
        self.header.addWidget(self.value)
        self.log = QToolButton()
        self.log.setObjectName("flat")
        self.log.setText("log")
        self.log.setCheckable(True)
        self.log.setAccessibleName("Logarithmic loss axis")
        self.log.setToolTip(
            "Show the loss on a logarithmic axis, where a steady rate of learning is a straight line (Ctrl+L)"
        )
        self.log.toggled.connect(self.set_log)
        self.header.addWidget(self.log)
        self.show_run(NOTHING)

    def set_log(self, log: bool) -> None:
        """Switch the axis."""
        self.plot.axes[1].setLogMode(y=log)
        self.plot.at_automatic = True
        self.update_ranges()
        self.plot.show_automatic()
        self.redraw()
        self.plot.set_guide(self.guess(), "guessing")

    def clear(self) -> None:
        super().clear()
        for item in (self.train.band, self.train.line):
            item.setPath(QPainterPath())
        self.value.setText("")

    def ghost_curve(self, before: History) -> Thinned:
        return self._on_axis(self.thinned("loss", before))

    def draw(self) -> None:
        self.train.draw(self._on_axis(self.thinned("loss")))

    def _on_axis(self, curve: Thinned) -> Thinned:
        if not self.log.isChecked():
            return curve
        floor = np.float32(1e-9)
        return Thinned(curve.x, *(np.log10(np.maximum(part, floor)) for part in (curve.mean, curve.low, curve.high)))

    def update_text(self, moment: Moment | None) -> None:
        """Show the moment's loss in figures."""
        figures = self.figures(moment)
        self.value.setText(numbers.significant(figures["loss"]) if figures else "")

    def update_ranges(self) -> None:
        history = self.mailbox.history
        top = next((t for t in (2.5, 3, 5, 10, 20, 50, 100, 200, 500, 1e3, 1e4, 1e6) if t >= history.worst_loss), 1e9)
        bottom = 0.0
        if self.log.isChecked():
            lowest = max(min(history.best_loss, 0.1), 1e-9)
            bottom, top = float(np.floor(np.log10(lowest))), float(np.log10(top))
        self.plot.set_automatic((0.0, float(self.iterations)), (bottom, float(top)))

    def guess(self) -> float:
        loss = log(self.classes)
        return log10(loss) if self.log.isChecked() else loss

    def values_read(self, values: dict[str, float]) -> list[str]:
        return [f"loss {numbers.significant(values['loss'])}"]

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.train.apply_theme(theme)
