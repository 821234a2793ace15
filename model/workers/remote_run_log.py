"""The worker's side of a run log: collects what is written into it for the run log in the window's process."""

from model.config.recipe import Change
from model.diagnosis.diagnosis import Diagnosis
from model.diagnosis.verdict import Verdict
from model.history.checkpoints import Checkpoint
from model.history.run_log import RunLog
from model.measurement.records import Record
from model.workers.messages import RunUpdate, StartRun

# Unpacking an update of about this size takes 2 ms, during which the window may have to wait.
RECORDS_PER_UPDATE = 16
BYTES_PER_UPDATE = 512 << 10  # of checkpoints


class RemoteRunLog(RunLog):
    """Run log that buffers what the other one lacks, according to `request`, until `pack` is called."""

    def __init__(self, request: StartRun, diagnosis: Diagnosis) -> None:
        super().__init__(diagnosis)
        self.request = request
        self._known_changes = request.changes
        self._update = self._empty()

    @property
    def full(self) -> bool:
        """Whether the buffered update is large enough to be sent."""
        return (
            len(self._update.records) >= RECORDS_PER_UPDATE
            or sum(each.size for each in self._update.checkpoints) >= BYTES_PER_UPDATE
        )

    def pack(self) -> RunUpdate:
        """Return what was buffered since the last call, and start an empty update."""
        update, self._update = self._update, self._empty()
        return update._replace(iteration=self.iteration, arithmetic=self.arithmetic)

    def _empty(self) -> RunUpdate:
        return RunUpdate(self.request.job, 0, None, [], [], [], [])

    def _put(self, record: Record) -> None:
        if record.iteration > self.request.record:
            self._update.records.append(record)
        if self.diagnosis:
            self._judge(record.iteration, self.diagnosis.read(record))

    def _judge(self, iteration: int, verdict: Verdict) -> None:
        if iteration > self.request.record and (not self.verdicts or self.verdicts[-1][1] != verdict):
            self._update.verdicts.append((iteration, verdict))
        super()._judge(iteration, verdict)

    def keep(self, checkpoint: Checkpoint) -> None:
        if checkpoint.iteration > self.request.checkpoint:
            self._update.checkpoints.append(checkpoint)

    def mark(self, change: Change) -> None:
        if self._known_changes:
            self._known_changes -= 1
        else:
            self._update.changes.append(change)
