"""What a crew and its worker processes tell each other through a pipe."""

import pickle
from typing import NamedTuple

from model.config.recipe import Change, Recipe
from model.diagnosis.verdict import Verdict
from model.history.checkpoints import Snapshot
from model.measurement.records import Record


class Begin(NamedTuple):
    """Train this run; of what the logbook has already, up to record and snapshot and so many changes, tell nothing."""

    task: int
    recipe: Recipe
    record: int
    snapshot: int
    changes: int


class Call(NamedTuple):
    """Call a function; `work` is the pickled tuple (function, arguments, named arguments)."""

    task: int
    work: bytes


class Drop(NamedTuple):
    """Nobody wants this run any more."""

    task: int


class Begun(NamedTuple):
    """A run or a call has its first turn."""

    task: int


class Parcel(NamedTuple):
    """What has come of a run since its last parcel, in the order of a logbook's methods."""

    task: int
    iteration: int
    snapshots: list[Snapshot]
    changes: list[Change]
    records: list[Record]
    verdicts: list[tuple[int, Verdict]]


class Ended(NamedTuple):
    """A run has come to its end."""

    task: int


class Answer(NamedTuple):
    """What a call returned, pickled."""

    task: int
    value: bytes


class Failed(NamedTuple):
    """The exception that ended a run or a call early, pickled."""

    task: int
    error: bytes


Order = Begin | Call | Drop
Report = Begun | Parcel | Ended | Answer | Failed


def pack_error(error: Exception) -> bytes:
    """An exception as bytes; one that cannot be pickled becomes a RuntimeError of the same words."""
    try:
        packed = pickle.dumps(error)
        pickle.loads(packed)
    except Exception:  # whatever another's class may raise
        return pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))
    return packed
