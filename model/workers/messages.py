"""What a worker pool and its worker processes tell each other through a pipe."""

import pickle
from typing import NamedTuple

from model.config.recipe import Change, Recipe
from model.diagnosis.verdict import Verdict
from model.history.checkpoints import Checkpoint
from model.measurement.records import Record


class StartRun(NamedTuple):
    """Train this run and send only what the run log lacks: after `record`, `checkpoint` and so many `changes`."""

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
    """Nobody wants this run any more."""

    job: int


class Started(NamedTuple):
    """A run or a call has its first turn."""

    job: int


class RunUpdate(NamedTuple):
    """What has come of a run since its last update, in the order of a run log's methods."""

    job: int
    iteration: int
    checkpoints: list[Checkpoint]
    changes: list[Change]
    records: list[Record]
    verdicts: list[tuple[int, Verdict]]


class RunEnded(NamedTuple):
    """A run has come to its end."""

    job: int


class Returned(NamedTuple):
    """What a call returned, pickled."""

    job: int
    value: bytes


class Raised(NamedTuple):
    """The exception that ended a run or a call early, pickled."""

    job: int
    error: bytes


PoolMessage = StartRun | CallFunction | CancelRun
WorkerMessage = Started | RunUpdate | RunEnded | Returned | Raised


def pack_error(error: Exception) -> bytes:
    """An exception as bytes; one that cannot be pickled becomes a RuntimeError of the same words."""
    try:
        packed = pickle.dumps(error)
        pickle.loads(packed)
    except Exception:  # whatever another's class may raise
        return pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))
    return packed
