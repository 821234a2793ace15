"""Worker pools to test with: what a run leaves in a run log, and functions for the workers to call."""

import os
import signal
import time
from multiprocessing import active_children
from pathlib import Path
from threading import Event

from model.config.recipe import Recipe
from model.data.datasets import Dataset
from model.diagnosis.branch_diagnosis import diagnosis_of
from model.diagnosis.diagnosis import Diagnosis
from model.history.run_log import RunLog
from model.measurement.records import Record
from model.training.replay import train_recipe
from model.workers.abandonment import check_wanted
from model.workers.pool import WorkerPool
from tests.support.patience import PATIENCE
from tests.support.reference_formulas import contents


class Kept(RunLog):
    """A run log that also remembers each record as it came."""

    def __init__(self, diagnosis: Diagnosis | None = None) -> None:
        super().__init__(diagnosis)
        self.records: list[Record] = []

    def _put(self, record: Record) -> None:
        super()._put(record)
        self.records.append(record)

    @property
    def all(self) -> list[str]:
        """All that it says, as text, in which one NaN equals another."""
        kept = self.history.weights.kept
        weights = [(each.iteration, contents(each.state), contents(each.memory)) for each in kept]
        said = (self.verdicts, self.changes, self.iteration, self.ended, self.arithmetic)
        return [repr(part) for part in (contents(self.records), weights, *said)]


class Deadly(Kept):
    """The run log of a run that workers die of as soon as it goes on."""

    @property
    def iteration(self) -> int:
        return 0

    @iteration.setter
    def iteration(self, value: int) -> None:
        kill_all()


class Going:
    """A run that a worker pool trains, and how it ended."""

    def __init__(self, pool: WorkerPool, recipe: Recipe, run_log: Kept | None = None) -> None:
        self.run_log = run_log or Kept()
        self.ended = Event()
        self.error: Exception | None = None
        self.job = pool.train(recipe, self.run_log, self._end)

    def _end(self, error: Exception | None) -> None:
        assert not self.ended.is_set()
        self.error = error
        self.ended.set()

    def result(self) -> Exception | None:
        """Wait for its end; returns the error that ended it early."""
        assert self.ended.wait(PATIENCE)
        return self.error


def expected(recipe: Recipe, dataset: Dataset) -> Kept:
    """What the same run leaves in this process."""
    book = Kept(diagnosis_of(recipe, dataset))
    train_recipe(recipe, dataset, book)
    return book


def workers() -> list[int]:
    """The process ids of all workers there are."""
    return [process.pid for process in active_children() if process.pid]


def kill_all() -> None:
    """Kill every worker there is."""
    for pid in workers():
        os.kill(pid, signal.SIGKILL)


def wait_until(condition: object) -> None:
    """Wait until `condition()` holds."""
    assert callable(condition)
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def die() -> None:
    """End this process as a crash would."""
    os.kill(os.getpid(), signal.SIGKILL)


def refuse(word: str) -> None:
    """Raise an error."""
    raise KeyError(word)


def unspeakable() -> object:
    """Return what cannot be pickled."""
    return lambda: None


def linger(seconds: float) -> int:
    """Take some time; returns the process's id."""
    time.sleep(seconds)
    return os.getpid()


def wait_for_cancellation(path: str) -> None:
    """Say in a file that it has begun, and end only when nobody waits any more."""
    Path(path).touch()
    while True:
        check_wanted()
        time.sleep(0.01)
