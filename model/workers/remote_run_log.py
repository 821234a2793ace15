"""A run log in a worker process: what is written into it is sent to the one in the window's process."""

from model.config.recipe import Change
from model.diagnosis.diagnosis import Diagnosis
from model.diagnosis.verdict import Verdict
from model.history.checkpoints import Checkpoint
from model.history.run_log import RunLog
from model.measurement.records import Record
from model.workers.messages import RunUpdate, StartRun

# In one update, about: unpacking so much takes 2 ms, during which the window may have to wait.
RECORDS, WEIGHTS = 16, 512 << 10  # bytes


class RemoteRunLog(RunLog):
    """Holds what has come since the last update, without that which the other run log has already."""

    def __init__(self, asked: StartRun, diagnosis: Diagnosis) -> None:
        super().__init__(diagnosis)
        self.asked = asked
        self._known_changes = asked.changes
        self._update = self._empty()

    @property
    def full(self) -> bool:
        """Whether more would take the window's process too long at a time."""
        return len(self._update.records) >= RECORDS or sum(each.size for each in self._update.checkpoints) >= WEIGHTS

    def pack(self) -> RunUpdate:
        """All that has come since the last call."""
        update, self._update = self._update._replace(iteration=self.iteration), self._empty()
        return update

    def _empty(self) -> RunUpdate:
        return RunUpdate(self.asked.job, 0, [], [], [], [])

    def _put(self, record: Record) -> None:
        if record.iteration > self.asked.record:
            self._update.records.append(record)
        if self.diagnosis:
            self._judge(record.iteration, self.diagnosis.read(record))

    def _judge(self, iteration: int, verdict: Verdict) -> None:
        if iteration > self.asked.record and (not self.verdicts or self.verdicts[-1][1] != verdict):
            self._update.verdicts.append((iteration, verdict))
        super()._judge(iteration, verdict)

    def keep(self, checkpoint: Checkpoint) -> None:
        if checkpoint.iteration > self.asked.checkpoint:
            self._update.checkpoints.append(checkpoint)

    def mark(self, change: Change) -> None:
        if self._known_changes:
            self._known_changes -= 1
        else:
            self._update.changes.append(change)
