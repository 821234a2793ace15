"""A vote of the class on the bet of a step: which of the two rounds is open, and how many chose each option."""

from PySide6.QtCore import QObject, Signal

from gui.lessons.progress_file import ProgressFile
from model.lessons.lesson import Bet, BetKind, Lesson
from model.lessons.votes import ROUNDS, Votes


class ClassVote(QObject):
    """Votes on `bet`, kept with the learner's progress. `changed` says that `round` is another.

    `round` is 1 before the class has talked, 2 after that, 0 while no vote is open. `revealed` says that one has been
    open, so that counts may be shown: those that another class has left would tell this one what to choose.
    """

    changed = Signal()

    def __init__(self, lesson: Lesson, bet: Bet | None, file: ProgressFile, parent: QObject) -> None:
        super().__init__(parent)
        self.lesson, self.bet, self.file = lesson, bet, file
        self.round, self.revealed = 0, False
        self._anew = False

    @property
    def possible(self) -> bool:
        """Whether there is something to vote on: options."""
        return self.bet is not None and self.bet.kind is BetKind.CHOICE

    @property
    def votes(self) -> Votes:
        """What was counted; nothing of an earlier vote once another has been opened."""
        return Votes() if self._anew or not self.bet else self.file.of(self.lesson).votes.get(self.bet.key, Votes())

    def open(self) -> None:
        """Open the first round, or after it the second."""
        if self.possible and self.round < ROUNDS:
            self._anew = self._anew or self.round == 0
            self.round += 1
            self.changed.emit()

    def close(self) -> None:
        """End it: counts and answer may be shown."""
        if self.round:
            self.round, self.revealed = 0, True
            self.changed.emit()

    def count(self, option: str, count: int) -> None:
        """Note how many chose an option in the round that is open."""
        if self.bet and self.round:
            votes = self.votes.with_count(self.round, option, count)
            self._anew = False
            self.file.keep(self.lesson, self.file.of(self.lesson).with_votes(self.bet.key, votes))
