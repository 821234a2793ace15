"""A logbook in a worker process: what is written into it is sent to the one in the window's process."""

from model.config.recipe import Change
from model.diagnosis.diagnosis import Diagnosis
from model.diagnosis.verdict import Verdict
from model.history.checkpoints import Snapshot
from model.history.run_log import Logbook
from model.measurement.records import Record
from model.workers.messages import Begin, Parcel

# In one parcel, about: unpacking so much takes 2 ms, during which the window may have to wait.
RECORDS, WEIGHTS = 16, 512 << 10  # bytes


class Outbox(Logbook):
    """Holds what has come since the last parcel, without that which the other logbook has already."""

    def __init__(self, begin: Begin, diagnosis: Diagnosis) -> None:
        super().__init__(diagnosis)
        self.begin = begin
        self._known_changes = begin.changes
        self._parcel = self._empty()

    @property
    def full(self) -> bool:
        """Whether more would take the window's process too long at a time."""
        return len(self._parcel.records) >= RECORDS or sum(each.size for each in self._parcel.snapshots) >= WEIGHTS

    def pack(self) -> Parcel:
        """All that has come since the last call."""
        parcel, self._parcel = self._parcel._replace(iteration=self.iteration), self._empty()
        return parcel

    def _empty(self) -> Parcel:
        return Parcel(self.begin.task, 0, [], [], [], [])

    def _put(self, record: Record) -> None:
        if record.iteration > self.begin.record:
            self._parcel.records.append(record)
        if self.diagnosis:
            self._judge(record.iteration, self.diagnosis.read(record))

    def _judge(self, iteration: int, verdict: Verdict) -> None:
        if iteration > self.begin.record and (not self.verdicts or self.verdicts[-1][1] != verdict):
            self._parcel.verdicts.append((iteration, verdict))
        super()._judge(iteration, verdict)

    def keep(self, snapshot: Snapshot) -> None:
        if snapshot.iteration > self.begin.snapshot:
            self._parcel.snapshots.append(snapshot)

    def mark(self, change: Change) -> None:
        if self._known_changes:
            self._known_changes -= 1
        else:
            self._parcel.changes.append(change)
