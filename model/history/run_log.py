"""What a run leaves behind, written by the thread that trains it and read by all others."""

from threading import Lock

from model.base.errors import Diverged
from model.config.recipe import Change
from model.diagnosis.diagnosis import Diagnosis
from model.diagnosis.verdict import Verdict
from model.history.checkpoints import Snapshot
from model.history.history import History
from model.measurement.records import Record


class Logbook:
    """History, verdicts and live changes of one run, under `lock`; `version` grows with each entry.

    Without a `diagnosis` the verdicts come from elsewhere: another process, or a file.
    """

    def __init__(self, diagnosis: Diagnosis | None = None) -> None:
        self.lock = Lock()
        self.history = History()
        self.diagnosis = diagnosis
        self.verdicts: list[tuple[int, Verdict]] = []
        self.changes: list[Change] = []
        self.iteration = 0
        self.ended = False
        self.version = 0

    def put(self, record: Record) -> None:
        """Keep a record, which is later than all others."""
        with self.lock:
            self._put(record)

    def _put(self, record: Record) -> None:
        self.history.append(record)
        if self.diagnosis:
            self._judge(record.iteration, self.diagnosis.read(record))
        self.version += 1

    def diverged(self, error: Diverged) -> None:
        """Give the verdict on a run that has ended so."""
        if self.diagnosis:
            self.judge(error.iteration, self.diagnosis.diverged(error))

    def judge(self, iteration: int, verdict: Verdict) -> None:
        """Keep what is said of the run from this iteration on."""
        with self.lock:
            self._judge(iteration, verdict)
            self.version += 1

    def _judge(self, iteration: int, verdict: Verdict) -> None:
        if not self.verdicts or self.verdicts[-1][1] != verdict:
            self.verdicts.append((iteration, verdict))

    def verdict(self, at: int | None = None) -> Verdict | None:
        """What was said of the run at an iteration, None for now; None before the first record."""
        with self.lock:
            return next((said for since, said in reversed(self.verdicts) if at is None or since <= at), None)

    def keep(self, snapshot: Snapshot) -> None:
        """Keep the weights of this moment for going back to it."""
        with self.lock:
            self.history.weights.offer(snapshot)
            self.version += 1

    def mark(self, change: Change) -> None:
        """Note that a live setting changed."""
        with self.lock:
            self.changes.append(change)
            self.version += 1

    def end(self) -> None:
        """Nothing more will come."""
        with self.lock:
            self.ended = True
            self.version += 1
