"""What a screen reader is told of the run on the screen: its verdict when that is another, and its end."""

from PySide6.QtCore import QObject, Slot

from gui.controls.status_line import StatusLine
from gui.runs.run_state import RunState
from gui.runs.session import Session
from gui.widgets.announcing import announce
from model.base import number_format
from model.base.language import tr
from model.diagnosis.verdict import Condition


class Announcer(QObject):
    """Speaks through `status`, once for each condition that the run comes to, however often its figures change."""

    def __init__(self, session: Session, status: StatusLine) -> None:
        super().__init__(status)
        self.session, self.viewed, self.status = session, session.viewed, status
        self._condition: Condition | None = None
        self._going = False
        self.viewed.run_changed.connect(self._forget)
        session.state_changed.connect(self._follow)

    @Slot()
    def _forget(self) -> None:
        self._condition, self._going = None, False

    @Slot()
    def update_text(self) -> None:
        """Speak the verdict if its condition is another; called twice a second."""
        verdict = self.status.verdict
        if verdict is None or self.viewed.at is not None or verdict.condition is self._condition:
            return
        self._condition = verdict.condition
        said = tr("{condition}: {sentence}", condition=verdict.condition.label, sentence=verdict.sentence)
        announce(self.status.text, said)

    @Slot()
    def _follow(self) -> None:
        state, run_log = self.session.state, self.viewed.run_log
        ended, self._going = self._going and state is RunState.ENDED, state is RunState.RUNNING
        newest = run_log.history.newest if run_log else None
        if ended and newest:
            announce(
                self.status.text,
                tr(
                    "The run has ended at iteration {iteration}: test accuracy {accuracy}.",
                    iteration=number_format.count(newest.iteration),
                    accuracy=number_format.percent(newest.test_accuracy),
                ),
            )
