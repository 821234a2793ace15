"""Curve cards: accuracy of training batch and test set, and loss."""

from math import log10

import numpy as np
from PySide6.QtGui import QColor, QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem, QToolButton

from gui.pages.dashboard.curve_card import NOTHING, CurveCard
from gui.pages.dashboard.spoken_curves import accuracy_said, loss_said
from gui.plots.pens_and_paths import cosmetic, line_path
from gui.plots.shared_axis import RUNS, beyond_text
from gui.plots.smoothing import NoisyCurve, smooth
from gui.style.theme import Theme
from gui.views.moment import Moment, RunContext
from gui.widgets.card import LineSample, figure, label
from gui.widgets.fitting_row import FittingRow
from model.base import number_format
from model.base.arrays import Array
from model.base.language import tr
from model.history.history import ThinnedCurve
from model.history.run_log import RunLog

TEST_DASHES = (4.0, 2.0)
OVERLAYS_REACH = 5.0  # no other run presses this one flat
LOSS_TOPS = (0.5, 0.6, 0.8, 1, 1.5, 2, 2.5, 3, 5, 10, 20, 50, 100, 200, 500, 1e3, 1e4, 1e6)
ABOVE_GUESSING = 1.05  # so that the line of a guess does not lie on the edge


class AccuracyCard(CurveCard):
    """Accuracy of the training batch and of the whole test set."""

    quantities = ("train_accuracy", "test_accuracy")

    def __init__(self) -> None:
        super().__init__("accuracy")
        self.train = NoisyCurve(self.plot)
        self.test: QGraphicsPathItem = self.plot.path(3)
        self.train_sample, self.test_sample = LineSample(), LineSample(TEST_DASHES)
        self.train_text, self.test_text = label(tr("training batch"), "muted"), label(tr("test"), "muted")
        self.test_value = figure(54)
        self.key = FittingRow()
        self.key.add(self.train_sample, self.train_text, rank=2, shorter=tr("batch"))
        self.key.add(self.test_sample, self.test_text, rank=1)
        self.key.add(self.test_value, rank=0)
        self.header.addWidget(self.key)
        self.plot.axes[1].fixed = [(k / 4, number_format.with_percent(f"{25 * k}")) for k in range(5)]
        self.show_run(NOTHING)

    @property
    def lines(self) -> list[QGraphicsPathItem]:
        return [self.train.line, self.test]

    def clear(self) -> None:
        super().clear()
        for item in (self.train.band, *self.lines):
            item.setPath(QPainterPath())
        self.test_value.setText("")

    def overlay_curve(self, run_log: RunLog, low: float, high: float) -> tuple[Array, Array]:
        test = self.thinned("test_accuracy", run_log.history)
        return test.x, test.mean

    def draw(self) -> None:
        self.train.draw(self.thinned("train_accuracy"))
        test = self.thinned("test_accuracy")
        self.test.setPath(line_path(test.x, test.mean))

    def update_text(self, moment: Moment | None) -> None:
        """Write the moment's test accuracy."""
        super().update_text(moment)
        figures = self.figures(moment)
        self.test_value.setText(number_format.percent(figures["test_accuracy"]) if figures else "")
        self.describe(tr("Curves of the accuracy"), moment)

    def said(self, iteration: int, figures: dict[str, float]) -> str:
        return accuracy_said(iteration, figures, self.guess())

    def update_ranges(self) -> None:
        self.plot.set_automatic((0.0, float(self.iterations)), (0.0, 1.0))

    def guess(self) -> float:
        """1 / classes."""
        return 1 / self.classes

    def values_read(self, values: dict[str, float]) -> list[str]:
        train, test = (number_format.percent(values[name]) for name in self.quantities)
        return [tr("training batch {accuracy}", accuracy=train), tr("test {accuracy}", accuracy=test)]

    def value_read(self, values: dict[str, float]) -> str:
        return number_format.percent(values["test_accuracy"])

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.train.apply_theme(theme)
        self.test.setPen(cosmetic(theme.test, 1.8, TEST_DASHES))
        self.train_sample.color, self.test_sample.color = QColor(theme.train), QColor(theme.test)


class LossCard(CurveCard):
    """The training batch's loss, on a linear or a logarithmic axis."""

    quantities = ("loss",)

    def __init__(self) -> None:
        super().__init__("loss", NOTHING.config.loss.value.words)
        self.words, self.beyond = "", 0  # number of other runs that go beyond the axis
        self.train = NoisyCurve(self.plot)
        self.value = figure(72)
        self.header.addWidget(self.value)
        self.log = QToolButton()
        self.log.setObjectName("flat")
        self.log.setText(tr("log"))
        self.log.setCheckable(True)
        self.log.setAccessibleName(tr("Logarithmic loss axis"))
        self.log.setToolTip(
            tr("Show the loss on a logarithmic axis, where a steady rate of learning is a straight line (Ctrl+L)")
        )
        self.log.toggled.connect(self.set_log)
        self.header.addWidget(self.log)
        self.show_run(NOTHING)

    def set_log(self, log: bool) -> None:
        """Switch between linear and logarithmic axis."""
        self.plot.axes[1].setLogMode(y=log)
        self.plot.at_automatic = True
        self.update_ranges()
        self.plot.show_automatic()
        self.redraw()
        self.plot.set_guide(self.guess(), tr("guessing"))

    def show_run(self, run: RunContext) -> None:
        super().show_run(run)
        self.words = "" if run.covered else run.config.loss.value.words
        self.update_text(None)

    @property
    def lines(self) -> list[QGraphicsPathItem]:
        return [self.train.line]

    def clear(self) -> None:
        super().clear()
        for item in (self.train.band, *self.lines):
            item.setPath(QPainterPath())
        self.value.setText("")

    def overlay_curve(self, run_log: RunLog, low: float, high: float) -> tuple[Array, Array]:
        loss = smooth(self._on_axis(self.thinned("loss", run_log.history)))
        return loss.x, loss.line

    @property
    def mode(self) -> object:
        return self.log.isChecked()

    def draw(self) -> None:
        self.train.draw(self._on_axis(self.thinned("loss")))

    def _on_axis(self, curve: ThinnedCurve) -> ThinnedCurve:
        if not self.log.isChecked():
            return curve
        floor = np.float32(1e-9)
        return ThinnedCurve(
            curve.x, *(np.log10(np.maximum(part, floor)) for part in (curve.mean, curve.low, curve.high))
        )

    def update_text(self, moment: Moment | None) -> None:
        """Write the moment's loss."""
        super().update_text(moment)
        figures = self.figures(moment)
        self.value.setText(number_format.significant(figures["loss"]) if figures else "")
        self.subtitle.setText("  ·  ".join(filter(None, (self.words, beyond_text(self.beyond, RUNS)))))
        self.describe(tr("Curve of the loss"), moment)

    def said(self, iteration: int, figures: dict[str, float]) -> str:
        return loss_said(iteration, figures, self._guessing())

    def update_ranges(self) -> None:
        history, others = self.run_log.history, [overlay.run_log.history for overlay in self.overlays.all]
        worst = max([history.worst_loss, *(min(other.worst_loss, OVERLAYS_REACH) for other in others)])
        worst = max(worst, ABOVE_GUESSING * self._guessing())
        top = next((t for t in LOSS_TOPS if t >= worst), 1e9)
        self.beyond = sum(other.worst_loss > top for other in others)
        bottom = 0.0
        if self.log.isChecked():
            lowest = max(min([0.1, history.best_loss, *(other.best_loss for other in others)]), 1e-9)
            bottom, top = float(np.floor(np.log10(lowest))), float(np.log10(top))
        self.plot.set_automatic((0.0, float(self.iterations)), (bottom, float(top)))

    def guess(self) -> float:
        """Loss of equal outputs for all classes (of cross-entropy ln(classes)), its log10 on the logarithmic axis."""
        loss = self._guessing()
        return log10(loss) if self.log.isChecked() else loss

    def _guessing(self) -> float:
        return self.config.loss.value.guessing((1 / self.classes,) * self.classes)

    def values_read(self, values: dict[str, float]) -> list[str]:
        return [tr("loss {loss}", loss=number_format.significant(values["loss"]))]

    def value_read(self, values: dict[str, float]) -> str:
        return number_format.significant(values["loss"])

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.train.apply_theme(theme)
