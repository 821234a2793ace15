"""A run in a thread of its own: the worker, the flags it reads, and the mailbox the window pulls from."""

from collections.abc import Set as AbstractSet

from PySide6.QtCore import QThread, Signal

from gui.runs.pace import Pace
from model.base.errors import Diverged
from model.config.config import Config
from model.config.recipe import Recipe
from model.data.datasets import Dataset
from model.diagnosis.branch_diagnosis import diagnosis_of
from model.diagnosis.diagnosis import Diagnosis
from model.history.checkpoints import Snapshot
from model.history.run_log import Logbook
from model.measurement.records import Record
from model.training.replay import Interrupted, trainer_of
from model.training.training_loop import Driver


class Mailbox(Logbook):
    """The logbook of a run on the screen, with the first and the newest picture.

    The other way go two wishes, granted at the next iteration: `wanted` names the histograms that the next picture
    shall have, `wants_weights` asks for a copy of the weights.
    """

    def __init__(self, diagnosis: Diagnosis | None = None) -> None:
        super().__init__(diagnosis)
        self.start: Record | None = None
        self.shown: Record | None = None
        self.weights: Snapshot | None = None
        self.wanted: AbstractSet[str] | None = None
        self.wants_weights = False

    def _put(self, record: Record) -> None:
        super()._put(record)
        if record.pictured:
            self._show(record)

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
        super().keep(snapshot)
        self.weights, self.wants_weights = snapshot, False

    def show_weights(self, snapshot: Snapshot) -> None:
        """Show the weights of this moment without keeping them."""
        with self.lock:
            self.weights, self.wants_weights = snapshot, False
            self.version += 1


class TrainingThread(QThread):
    """Trains one run. `failed` carries what ended it early; otherwise only QThread's own `finished` comes up.

    A branch begins with its parent's `snapshot`; without one, its parent is trained again up to there first.
    """

    failed = Signal(object)

    def __init__(self, recipe: Recipe, dataset: Dataset, snapshot: Snapshot | None = None) -> None:
        super().__init__()
        self.recipe = recipe
        self.dataset = dataset
        self.mailbox = Mailbox(diagnosis_of(recipe, dataset))
        self.mailbox.iteration = recipe.start
        self.pace = Pace()
        self._snapshot = snapshot

    @property
    def config(self) -> Config:
        return self.recipe.config

    def run(self) -> None:
        try:
            with trainer_of(self.recipe, self.dataset, self._snapshot, lambda: not self.pace.stopped) as trainer:
                self._snapshot = None
                self._train(Driver(trainer, self.mailbox))
        except Interrupted:
            pass  # before its first iteration
        except Exception as error:  # one that leaves run() would be printed and lost
            self.failed.emit(error)
        finally:
            self.mailbox.end()

    def _train(self, driver: Driver) -> None:
        trainer, mailbox, pace = driver.trainer, self.mailbox, self.pace

        def idle() -> None:
            driver.deliver(wait=True)
            if not trainer.done:
                mailbox.show(trainer.peek())
                if driver.keeps_weights:
                    mailbox.show_weights(driver.snapshot())

        try:
            while not trainer.done and pace.proceed(idle):
                driver.make_changes()  # those planned come before those of now
                for name, value in pace.take_changes().items():
                    driver.change(name, value)
                if driver.keeps_weights and mailbox.wants_weights and not trainer.pictured:
                    mailbox.show_weights(driver.snapshot())
                wanted, mailbox.wanted = mailbox.wanted, None
                picture = driver.step(wanted)
                if picture:
                    mailbox.show(picture)
                if pace.shows_each and not trainer.done:
                    idle()
        except Diverged as error:
            driver.deliver(wait=True)
            mailbox.diverged(error)
            raise
        idle()

    def halt(self) -> None:
        """End the run, whatever it is doing, and wait until it has."""
        self.pace.stop()
        self.wait()
