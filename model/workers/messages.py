"""Messages between the worker pool and its processes, pickled through a pipe; `job` is Job.number."""

import pickle
from typing import NamedTuple

from model.base.arithmetic import Arithmetic
from model.config.recipe import Change, Recipe
from model.diagnosis.verdict import Verdict
from model.history.checkpoints import Checkpoint
from model.measurement.records import Record


class StartRun(NamedTuple):
    """Train this run from its start, and send only what the run log lacks.

    That is: records after iteration `record`, checkpoints after iteration `checkpoint` (-1 for all), and the changes
    after the first `changes`.
    """

    job: int
    recipe: Recipe
    record: int
    checkpoint: int
    changes: int


class CallFunction(NamedTuple):
    """Call a function; `work` is the pickled tuple (function, arguments, named arguments)."""

    job: int
    work: bytes


class CancelRun(NamedTuple):
    """Stop training this run, or making this call if it asks whether it is wanted."""

    job: int


class Started(NamedTuple):
    """The worker has started on a run or a call."""

    job: int


class RunUpdate(NamedTuple):
    """Everything new in a run since its last update; `iteration` is the number of updates made so far."""

    job: int
    iteration: int
    arithmetic: Arithmetic | None
    checkpoints: list[Checkpoint]
    changes: list[Change]
    records: list[Record]
    verdicts: list[tuple[int, Verdict]]


class RunEnded(NamedTuple):
    """A run has ended: finished or diverged."""

    job: int


class Returned(NamedTuple):
    """The return value of a call, pickled."""

    job: int
    value: bytes


class Raised(NamedTuple):
    """The exception that ended a run or a call, pickled."""

    job: int
    error: bytes


PoolMessage = StartRun | CallFunction | CancelRun
WorkerMessage = Started | RunUpdate | RunEnded | Returned | Raised


def pack_error(error: Exception) -> bytes:
    """Pickle an exception; one that cannot be pickled becomes a RuntimeError with the same message."""
    try:
        packed = pickle.dumps(error)
        pickle.loads(packed)
    except Exception:  # a foreign class may raise anything here
        return pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))
    return packed
