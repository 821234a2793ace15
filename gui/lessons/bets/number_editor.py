"""A number that is typed."""

from unicodedata import normalize

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from gui.lessons.bets.bet_editor import BetEditor
from gui.lessons.bets.value_axis import ValueAxis
from gui.style.theme import Theme
from gui.widgets.wrapped_label import WrappedLabel
from model.base.errors import InputError
from model.base.language import tr
from model.lessons.judgement import Guess, Judgement
from model.lessons.lesson import Bet, Lesson
from model.lessons.text_syntax import number_in
from model.lessons.units import Unit

LONGEST = 30


class NumberEditor(BetEditor):
    """A field, and after the answer the guess and what was measured on one axis."""

    def __init__(self, lesson: Lesson, bet: Bet, theme: Theme) -> None:
        super().__init__(lesson, bet, theme)
        self.field = QLineEdit()
        self.field.setMaxLength(LONGEST)
        self.field.setAccessibleName(tr("Your number"))
        self.field.setPlaceholderText(tr("a share in %") if bet.unit is Unit.SHARE else tr("a number"))
        self.field.setToolTip(tr("A number, such as 0.25, 1/1340 or 12 %"))
        self.field.textChanged.connect(self._typed)
        self.complaint, self.axis = WrappedLabel("note"), ValueAxis(theme)
        for part in (self.field, self.complaint, self.axis):
            self.column.addWidget(part)

    @property
    def guess(self) -> Guess | None:
        return None if self._wrong() else self._number()

    def _number(self) -> float:
        """What is typed, which may be in the wide letters of a Japanese keyboard; raises InputError."""
        return number_in(normalize("NFKC", self.field.text()))

    def _wrong(self) -> str:
        """Why what is typed is no guess, '' where it is one."""
        try:
            value = self._number()
        except InputError:
            return tr("Write one number.")
        if not self.bet.low <= value <= self.bet.high:
            return tr("It lies between {low} and {high}.", low=f"{self.bet.low:g}", high=f"{self.bet.high:g}")
        return ""

    def _typed(self) -> None:
        self.complaint.say(self._wrong() if self.field.text().strip() else "")
        self.changed.emit()

    def show_guess(self, guess: Guess) -> None:
        if isinstance(guess, int | float):
            self.field.setText(f"{guess:g}")

    def tell(self, judgement: Judgement) -> None:
        if isinstance(judgement.guess, int | float) and isinstance(judgement.value, int | float):
            self.field.hide()  # the axis says it
            self.axis.compare(judgement.guess, judgement.value, judgement.said, judgement.found)

    def take_focus(self) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.axis.apply_theme(theme)
