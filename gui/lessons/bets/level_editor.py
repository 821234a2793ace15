"""A value pulled on a plot, or moved here by keys: the end of the accuracy, or an iteration."""

from math import inf, isinf

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSlider

from gui.lessons.bets.bet_editor import BetEditor
from gui.lessons.plain_text import plain
from gui.style.theme import Theme
from gui.widgets.card import label
from gui.widgets.wrapped_label import WrappedLabel
from model.base.language import message, tr
from model.lessons.judgement import Guess, option_of
from model.lessons.lesson import Bet, BetKind, Lesson

STEPS, PAGE = 100, 10
NAMES = {BetKind.CURVE: message("Where the accuracy ends"), BetKind.MARK: message("Iteration of the flag")}
HOW = {
    BetKind.CURVE: message("Pull the dashed line on the plot, or press an arrow key."),
    BetKind.MARK: message("Pull the flag on the plot, or press an arrow key."),
}


class LevelEditor(BetEditor):
    """A slider that the ghost on the plot follows, and leads; a box says never where that is an answer."""

    def __init__(self, lesson: Lesson, bet: Bet, theme: Theme) -> None:
        super().__init__(lesson, bet, theme)
        experiment = self.experiment
        length = float(experiment.config.iterations) if experiment else 1.0
        self.low, self.high = (0.0, length) if bet.kind is BetKind.MARK else (bet.low, min(bet.high, 1.0))
        self._value: float | None = None
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("timeline")
        self.slider.setRange(0, STEPS)
        self.slider.setPageStep(PAGE)
        self.slider.setValue(STEPS // 2)
        self.slider.setAccessibleName(tr(NAMES[bet.kind]))
        self.slider.setToolTip(tr(HOW[bet.kind]))
        self.slider.valueChanged.connect(self._moved)
        self.value_text = label("", "title")
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.slider, 1)
        row.addWidget(self.value_text)
        self.column.addLayout(row)
        self.never = QPushButton(tr("Never"))
        self.never.setObjectName("never")
        self.never.setCheckable(True)
        self.never.setToolTip(tr("It never leaves guessing"))
        self.never.toggled.connect(self._set_never)
        self.column.addWidget(self.never, 0, Qt.AlignmentFlag.AlignLeft)
        self.never.setVisible(any(isinf(option.low) and option.low > 0 for option in bet.options))
        self.told = WrappedLabel("muted")
        self.column.addWidget(self.told)
        self.told.say(tr(HOW[bet.kind]))

    @property
    def level(self) -> float:
        """Where the ghost is, also before it is a guess; infinite for never."""
        middle = (self.low + self.high) / 2
        return middle if self._value is None else self._value

    @property
    def guess(self) -> Guess | None:
        return self._value

    def show_guess(self, guess: Guess) -> None:
        if isinstance(guess, int | float):
            self.pull(float(guess))

    def pull(self, value: float) -> None:
        """Take a value that the mouse pulled the ghost to."""
        self._value = value if isinf(value) else min(max(value, self.low), self.high)
        self.never.blockSignals(True)
        self.never.setChecked(isinf(self._value))
        self.never.blockSignals(False)
        if not isinf(self._value):
            self.slider.blockSignals(True)
            self.slider.setValue(round((self._value - self.low) / (self.high - self.low) * STEPS))
            self.slider.blockSignals(False)
        self._say()

    def _moved(self, step: int) -> None:
        self.pull(self.low + step / STEPS * (self.high - self.low))

    def _set_never(self, never: bool) -> None:
        if never:
            self.pull(inf)
        else:
            self._moved(self.slider.value())

    def _say(self) -> None:
        assert self._value is not None
        assert self.bet.unit
        option = option_of(self.bet, self._value)
        self.value_text.setText(self.bet.unit.write(self._value))
        self.told.say(plain(option.text) if option else tr("Between two answers: move it a little."))
        self.changed.emit()

    def lock(self) -> None:
        super().lock()
        self.told.say("")  # the answer says it

    def take_focus(self) -> None:
        self.slider.setFocus(Qt.FocusReason.OtherFocusReason)

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.slider.update()
