"""A run in a thread of its own: the worker, the flags it reads, and the mailbox the window pulls from."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from threading import Condition, Lock
from time import monotonic

from PySide6.QtCore import QThread, Signal

from model.config import Config
from model.datasets import Dataset
from model.diagnosis import Diagnosis
from model.errors import Diverged
from model.history import History
from model.records import Record
from model.schedule import pictured
from model.trainer import Trainer
from model.verdict import Verdict
from model.weights import Snapshot

# At this pace or slower every iteration is shown, recorded or not.
SHOW_EACH_BELOW = 31.0


class Mailbox:
    """What the worker leaves for the window: the history, the first and the newest picture and how far the run is.

    The other way go two wishes, granted at the next iteration: `wanted` names the histograms that the next picture
    shall have, `wants_weights` asks for a copy of the weights.
    """

    def __init__(self, diagnosis: Diagnosis | None = None) -> None:
        self.lock = Lock()
        self.history = History()
        self.diagnosis = diagnosis
        self.verdicts: list[tuple[int, Verdict]] = []
        self.start: Record | None = None
        self.shown: Record | None = None
        self.weights: Snapshot | None = None
        self.iteration = 0
        self.version = 0
        self.changes: list[tuple[int, str, float]] = []
        self.wanted: AbstractSet[str] | None = None
        self.wants_weights = False

    def put(self, record: Record) -> None:
        """Keep a record, and show it if it has histograms."""
        with self.lock:
            self.history.append(record)
            if self.diagnosis:
                self._judge(record.iteration, self.diagnosis.read(record))
            if record.pictured:
                self._show(record)
            self.version += 1

    def diverged(self, error: Diverged) -> None:
        """Give the verdict on a run that has ended so."""
        if self.diagnosis:
            with self.lock:
                self._judge(error.iteration, self.diagnosis.diverged(error))

    def _judge(self, iteration: int, verdict: Verdict) -> None:
        if not self.verdicts or self.verdicts[-1][1] != verdict:
            self.verdicts.append((iteration, verdict))

    def verdict(self, at: int | None) -> Verdict | None:
        """What was said of the run at an iteration, None for now; None before the first record."""
        with self.lock:
            return next((said for since, said in reversed(self.verdicts) if at is None or since <= at), None)

    def show(self, record: Record) -> None:
        """Show a picture between two records without keeping it."""
        with self.lock:
            self._show(record)

    def _show(self, record: Record) -> None:
        self.start = self.start or record
        # A record that waited for its test accuracy may be older than what is shown already.
        if self.shown is None or record.iteration >= self.shown.iteration:
            self.shown = record
        self.version += 1

    def keep(self, snapshot: Snapshot) -> None:
        """Keep the weights of this moment for going back to it."""
        with self.lock:
            self.history.weights.offer(snapshot)
            self.weights = snapshot

    def show_weights(self, snapshot: Snapshot) -> None:
        """Show the weights of this moment without keeping them."""
        with self.lock:
            self.weights, self.wants_weights = snapshot, False
            self.version += 1

    def mark(self, change: tuple[int, str, float]) -> None:
        """Note that a live setting changed: (iteration, name, value)."""
        with self.lock:
            self.changes.append(change)
            self.version += 1


class Pace:
    """The flags the worker reads before each iteration: paused, how many steps to take, how fast, what changed."""

    def __init__(self) -> None:
        self._wake = Condition()
        self._paused = True
        self._steps = 0
        self._stopped = False
        self._per_second = 0.0
        self._next = 0.0
        self._changes: dict[str, float] = {}

    @property
    def paused(self) -> bool:
        return self._paused

    @property
    def shows_each(self) -> bool:
        """Whether each iteration is slow enough, or asked for singly, to be seen."""
        return self._paused or 0 < self._per_second < SHOW_EACH_BELOW

    def set_paused(self, paused: bool) -> None:
        with self._wake:
            self._paused, self._steps = paused, 0
            self._wake.notify()

    def allow(self, steps: int) -> None:
        """Let a paused run take some steps."""
        with self._wake:
            self._steps += steps
            self._wake.notify()

    def set_speed(self, per_second: float) -> None:
        """Iterations per second; 0 is as fast as possible."""
        with self._wake:
            self._per_second, self._next = per_second, monotonic()
            self._wake.notify()

    def change(self, name: str, value: float) -> None:
        """Give a live setting another value from the next iteration on."""
        with self._wake:
            self._changes[name] = value

    def stop(self) -> None:
        with self._wake:
            self._stopped = True
            self._wake.notify()

    def take_changes(self) -> dict[str, float]:
        """The live settings changed since the last call."""
        if not self._changes:
            return {}
        with self._wake:
            changes, self._changes = self._changes, {}
        return changes

    def proceed(self, idle: Callable[[], None]) -> bool:
        """Wait until the next iteration may run; False when the run is to end. Calls `idle` before it waits paused."""
        if not (self._paused or self._per_second or self._stopped):
            return True
        if self._paused and not self._steps and not self._stopped:
            idle()
        with self._wake:
            while not self._stopped:
                if self._paused and self._steps:
                    self._steps -= 1
                    return True
                late = monotonic() - self._next
                if not self._paused and (not self._per_second or late >= 0):
                    interval = 1 / self._per_second if self._per_second else 0.0
                    self._next = max(self._next + interval, monotonic() - interval)
                    return True
                self._wake.wait(None if self._paused else -late)
        return False


class TrainingThread(QThread):
    """Runs one Trainer. `failed` carries what ended the run early; otherwise only QThread's own `finished` comes up."""

    failed = Signal(object)

    def __init__(self, config: Config, dataset: Dataset) -> None:
        super().__init__()
        self.config = config
        self.dataset = dataset
        self.mailbox = Mailbox(Diagnosis(config, dataset.class_shares))
        self.pace = Pace()

    def run(self) -> None:
        try:
            with Trainer(self.config, self.dataset) as trainer:
                self._train(trainer)
        except Exception as error:  # one that leaves run() would be printed and lost
            self.failed.emit(error)

    def _train(self, trainer: Trainer) -> None:
        mailbox, pace = self.mailbox, self.pace
        keeps_weights = mailbox.history.weights.fits(trainer.network.theta.nbytes)

        def deliver(*, wait: bool) -> None:
            for record in trainer.collect(wait=wait):
                mailbox.put(record)

        def idle() -> None:
            deliver(wait=True)
            if not trainer.done:
                mailbox.show(trainer.peek())
                if keeps_weights:
                    mailbox.show_weights(trainer.snapshot())

        try:
            while not trainer.done and pace.proceed(idle):
                for name, value in pace.take_changes().items():
                    trainer.change(**{name: value})
                    mailbox.mark((trainer.iteration, name, value))
                if keeps_weights and (mailbox.wants_weights or pictured(self.config, trainer.iteration)):
                    self._leave_weights(trainer)
                wanted, mailbox.wanted = mailbox.wanted, None
                picture = trainer.step(wanted)
                mailbox.iteration = trainer.updates
                deliver(wait=False)
                if picture:
                    mailbox.show(picture)
                if pace.shows_each and not trainer.done:
                    idle()
        except Diverged as error:
            deliver(wait=True)
            mailbox.diverged(error)
            raise
        idle()

    def _leave_weights(self, trainer: Trainer) -> None:
        # Before the step, so that they belong to the record that it makes.
        snapshot = trainer.snapshot()
        if pictured(self.config, trainer.iteration):
            self.mailbox.keep(snapshot)
        if self.mailbox.wants_weights:
            self.mailbox.show_weights(snapshot)

    def halt(self) -> None:
        """End the run, whatever it is doing, and wait until it has."""
        self.pace.stop()
        self.wait()
