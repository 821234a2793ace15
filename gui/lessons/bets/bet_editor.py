"""Base of the editors of bets."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.style.theme import Theme
from model.lessons.judgement import Guess, Judgement
from model.lessons.lesson import Bet, Experiment, Lesson
from model.lessons.votes import Votes


class BetEditor(QWidget):
    """Asks for the guess of one bet; `changed` says that it has another one, or one at all.

    `counted` carries an option's id and how many of a class chose it.

    Keys that it does not use itself go on to the step: Enter, digits.
    """

    changed = Signal()
    counted = Signal(str, int)

    def __init__(self, lesson: Lesson, bet: Bet, theme: Theme) -> None:
        super().__init__()
        self.lesson, self.bet, self.theme = lesson, bet, theme
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)

    @property
    def guess(self) -> Guess | None:
        """What the learner says now; None for nothing yet."""
        raise NotImplementedError

    @property
    def experiment(self) -> Experiment | None:
        """The experiment whose run decides first."""
        return self.lesson.experiments[self.bet.runs[0]] if self.bet.runs else None

    def show_guess(self, guess: Guess) -> None:
        """Show a guess of an earlier visit."""
        raise NotImplementedError

    def choose_number(self, number: int) -> bool:
        """Choose the option with this number, from 1, where there are options to choose; whether there is one."""
        return False

    def lock(self) -> None:
        """Take no other guess: the bet is placed."""
        self.setEnabled(False)

    def tell(self, judgement: Judgement) -> None:
        """Show what was measured beside the guess."""

    def show_vote(self, number: int, votes: Votes, *, revealed: bool) -> None:
        """Ask for the counts of a round of a vote, or with 0 show what was counted, if that is `revealed`."""

    def take_focus(self) -> None:
        """Give the keyboard to where the guess is made."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def apply_theme(self, theme: Theme) -> None:
        """Take over other colours."""
        self.theme = theme
        self.update()
