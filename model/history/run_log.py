"""Log of a run, written by the thread that trains it and read by all others."""

from collections.abc import Set as AbstractSet
from threading import Lock
from typing import TYPE_CHECKING, Self

from model.base.arithmetic import Arithmetic
from model.base.errors import Diverged
from model.config.recipe import Change
from model.diagnosis.verdict import Verdict
from model.history.checkpoints import Checkpoint
from model.history.history import History
from model.measurement.records import Record

if TYPE_CHECKING:
    from model.diagnosis.diagnosis import Diagnosis


class RunLog:
    """Log of one run: history, verdicts and live changes, guarded by `lock`; `version` grows with each entry.

    `start` and `shown` are the first and the newest record with histograms, kept or not; `checkpoint` is the newest.
    Readers make two requests, served at the next iteration: `wanted` names the histograms of the next record,
    `wants_weights` requests a checkpoint. Without a `diagnosis` the verdicts come from another process or a file, by
    `judge`. `arithmetic` is None while no training has begun, and for a run of a program that did not keep it.
    """

    def __init__(self, diagnosis: "Diagnosis | None" = None) -> None:
        self.lock = Lock()
        self.history = History()
        self.diagnosis = diagnosis
        self.verdicts: list[tuple[int, Verdict]] = []
        self.changes: list[Change] = []
        self.arithmetic: Arithmetic | None = None
        self.iteration = 0
        self.ended = False
        self.version = 0
        self.start: Record | None = None
        self.shown: Record | None = None
        self.checkpoint: Checkpoint | None = None
        self.wanted: AbstractSet[str] | None = None
        self.wants_weights = False

    @classmethod
    def restored(
        cls,
        history: History,
        verdicts: list[tuple[int, Verdict]],
        changes: list[Change],
        iteration: int,
        arithmetic: Arithmetic | None = None,
    ) -> Self:
        """Create the log of a stored run, which has ended."""
        made = cls()
        made.history, made.verdicts, made.changes, made.iteration = history, verdicts, changes, iteration
        made.arithmetic, made.ended = arithmetic, True
        made._look_back()
        return made

    def take_over(self, other: "RunLog") -> None:
        """Replace the content by that of another log of the same run; `other` must no longer change."""
        with self.lock:
            self.history, self.verdicts, self.changes = other.history, other.verdicts, other.changes
            self.iteration, self.ended, self.arithmetic = other.iteration, other.ended, other.arithmetic
            self._look_back()

    def _look_back(self) -> None:
        timeline, kept = self.history.timeline, self.history.weights.kept
        self.start = timeline.pictures[0] if timeline.pictures else None
        self.shown = timeline.pictured_at(float("inf"))
        self.checkpoint = kept[-1] if kept else None
        self.version += 1

    def put(self, record: Record) -> None:
        """Add a record, later than all others, and judge it."""
        with self.lock:
            self._put(record)

    def _put(self, record: Record) -> None:
        self.history.append(record)
        if self.diagnosis:
            self._judge(record.iteration, self.diagnosis.read(record))
        if record.pictured:
            self._show(record)
        self.version += 1

    def show(self, record: Record) -> None:
        """Show a record with histograms, taken between two others, without keeping it."""
        with self.lock:
            self._show(record)
            self.version += 1

    def _show(self, record: Record) -> None:
        self.start = self.start or record
        # A record that waited for its test accuracy may be older than what is shown already.
        if self.shown is None or record.iteration >= self.shown.iteration:
            self.shown = record

    def diverged(self, error: Diverged) -> None:
        """Add the verdict on a run that diverged."""
        if self.diagnosis:
            self.judge(error.iteration, self.diagnosis.diverged(error))

    def judge(self, iteration: int, verdict: Verdict) -> None:
        """Add a verdict, valid from `iteration` on; one equal to the last is dropped."""
        with self.lock:
            self._judge(iteration, verdict)
            self.version += 1

    def _judge(self, iteration: int, verdict: Verdict) -> None:
        if not self.verdicts or self.verdicts[-1][1] != verdict:
            self.verdicts.append((iteration, verdict))

    def verdict(self, at: int | None = None) -> Verdict | None:
        """Look up the verdict at iteration `at`, by default the newest; None before the first record."""
        with self.lock:
            return next((said for since, said in reversed(self.verdicts) if at is None or since <= at), None)

    def keep(self, checkpoint: Checkpoint) -> None:
        """Add a checkpoint to the history."""
        with self.lock:
            self.history.weights.offer(checkpoint)
            self.checkpoint, self.wants_weights = checkpoint, False
            self.version += 1

    def show_weights(self, checkpoint: Checkpoint) -> None:
        """Show a checkpoint without keeping it in the history."""
        with self.lock:
            self.checkpoint, self.wants_weights = checkpoint, False
            self.version += 1

    def mark(self, change: Change) -> None:
        """Add a change of a live setting."""
        with self.lock:
            self.changes.append(change)
            self.version += 1

    def end(self) -> None:
        """Mark the log as complete."""
        with self.lock:
            self.ended = True
            self.version += 1
