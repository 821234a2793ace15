"""Votes of a class: the keys V and R, while a lesson is presented."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from gui.widgets.command import Menu, MenuCommand
from gui.widgets.side_tabs import TAUGHT, SideTabs
from gui.window.lesson_commands import LessonCommands
from gui.window.presenter import Presenter
from model.base.language import message, tr

if TYPE_CHECKING:  # lessons are imported when their tab is first looked at
    from gui.lessons.step_flow import StepFlow

NO_OPTIONS = message("A vote needs a question with options, which this step has not.")


class VoteCommands(QObject):
    """Opens a vote on the bet of the step that is presented, and reveals what was measured.

    `possible` says whether a step is presented now; `said` has a sentence for the user.
    """

    possible = Signal(bool)
    said = Signal(str)

    def __init__(self, presenter: Presenter, lessons: LessonCommands, side: SideTabs) -> None:
        super().__init__(presenter)
        self.presenter, self.lessons, self.side = presenter, lessons, side
        presenter.changed.connect(self._look)
        side.chosen.connect(self._look)
        lessons.step_changed.connect(self._look)

    @property
    def flow(self) -> "StepFlow | None":
        """The step that is presented."""
        panel = self.lessons.panel
        return panel.flow if panel and self.presenter.active and self.side.shown == TAUGHT else None

    @Slot()
    def _look(self) -> None:
        panel = self.lessons.panel
        if panel and panel.flow and self.flow is None:
            panel.flow.vote.close()  # nobody is there to reveal it
        self.possible.emit(self.flow is not None)

    def open_vote(self) -> None:
        """Hold back what was measured, and the bet if one was placed; a second time, open the vote after talking."""
        if self.flow and not self.flow.vote.possible:
            self.said.emit(tr(NO_OPTIONS))
        elif self.flow:
            self.flow.vote.open()

    def reveal(self) -> None:
        """Show it again, as far as it is there."""
        if self.flow:
            self.flow.vote.close()

    def commands(self) -> list[MenuCommand]:
        """The entries of the menu Lessons."""
        return [
            MenuCommand(Menu.LESSONS, "vote", tr("Vote, in presenter mode"), self.open_vote, "V", group=3,
                        tip=tr("Let the class choose, and type the counts; again after talking"),
                        possible=self.possible),
            MenuCommand(Menu.LESSONS, "reveal", tr("Reveal, in presenter mode"), self.reveal, "R", group=3,
                        tip=tr("Show the votes, the bet and what was measured"), possible=self.possible),
        ]  # fmt: skip
