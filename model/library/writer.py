"""Updates a stored run from its run log, writing only what is new."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.history.checkpoints import Checkpoint
from model.history.history import History
from model.history.run_log import RunLog
from model.history.run_summary import RunListing, summarise
from model.library.record_codec import RecordLayout, pack
from model.library.run_json import changes_text, digest_text, recipe_text, verdicts_text
from model.library.weight_rows import store_weights
from model.measurement.records import Record

WEIGHT_BYTES = 4 << 20  # of one run: a quarter of what memory holds, because a library has many runs
POINTS_PER_ROW = 1024  # of the curves; the last row is rewritten until it is full
Points = NDArray[np.void]


def points_type(quantities: Sequence[str]) -> "np.dtype[np.void]":
    """The structured type of a curve point: iteration (float64), then each of `quantities` (float32)."""
    return np.dtype([("iteration", "<f8"), *((name, "<f4") for name in quantities)])


@dataclass(frozen=True)
class Stored:
    """What the library holds of the run in row `number`.

    `points` counts curve points; `records` and `weights` are iterations; `said` maps columns of `run` to values.
    """

    number: int
    points: int = 0
    records: frozenset[int] = frozenset()
    weights: frozenset[int] = frozenset()
    layouts: dict[RecordLayout, int] = field(default_factory=dict)
    said: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Taken:
    """A snapshot of what a run log has to store: records and checkpoints by iteration, curve points from `first` on."""

    moments: dict[int, Record]
    weights: dict[int, Checkpoint]
    first: int
    points: Points
    said: dict[str, Any]

    def is_in(self, stored: Stored) -> bool:
        """Whether `stored` holds all of this already."""
        return (
            self.first + len(self.points) == stored.points
            and self.moments.keys() == stored.records
            and self.weights.keys() == stored.weights
            and self.said == stored.said
        )


def take(run_log: RunLog, stored: Stored | None) -> Taken:
    """Take a snapshot of a run log; holds its lock only while lists are copied."""
    first = stored.points // POINTS_PER_ROW * POINTS_PER_ROW if stored else 0
    with run_log.lock:
        history = run_log.history
        moments, weights = list(history.timeline.moments), list(history.weights.kept)
        points = _points(history, first)
        verdicts, changes = list(run_log.verdicts), list(run_log.changes)
        said: dict[str, Any] = {
            "iteration": run_log.iteration,
            "ended": run_log.ended,
            "best_loss": history.best_loss,
            "worst_loss": history.worst_loss,
            "freed": history.weights.freed,
        }
    said["verdicts"], said["changes"] = verdicts_text(verdicts), changes_text(changes)
    said["digest"] = digest_text(summarise(run_log))
    return Taken(
        {record.iteration: record for record in moments},
        {checkpoint.iteration: checkpoint for checkpoint in spread(weights)},
        first, points, said,
    )  # fmt: skip


def spread(weights: Sequence[Checkpoint]) -> list[Checkpoint]:
    """Choose evenly spaced checkpoints of at most WEIGHT_BYTES, always with the first and the last."""
    stride = 1
    while sum(checkpoint.size for checkpoint in weights[::stride]) > WEIGHT_BYTES and stride < len(weights):
        stride *= 2
    chosen = list(weights[::stride])
    return chosen if not weights or chosen[-1] is weights[-1] else [*chosen, weights[-1]]


def _points(history: History, first: int) -> Points:
    points = np.empty(len(history) - first, points_type(History.QUANTITIES))
    points["iteration"] = history.iterations.rows[first:, 0]
    for name, curve in history.curves.items():
        points[name] = curve.values.rows[first:, 0]
    return points


def insert(connection: sqlite3.Connection, listing: RunListing) -> None:
    """Insert a run without records; does nothing if its id exists already."""
    row = {
        "id": listing.id,
        "created": listing.created,
        "label": listing.label,
        "color": listing.color,
        "shown": listing.shown,
        "recipe": recipe_text(listing.recipe),
        "digest": digest_text(listing.summary),
        "verdicts": verdicts_text([]),
        "changes": changes_text([]),
        "iteration": 0,
        "ended": False,
        "best_loss": np.inf,
        "worst_loss": 0.0,
        "quantities": json.dumps(History.QUANTITIES),
    }
    names, places = ", ".join(row), ", ".join(f":{name}" for name in row)
    connection.execute(f"INSERT INTO run ({names}) VALUES ({places}) ON CONFLICT (id) DO NOTHING", row)


def store(connection: sqlite3.Connection, stored: Stored, taken: Taken) -> Stored:
    """Write what `stored` lacks of `taken` and return the new state; a transaction must be open."""
    number, layouts = stored.number, dict(stored.layouts)
    records = [_record_row(number, layouts, taken.moments[at]) for at in taken.moments.keys() - stored.records]
    new_layouts = [
        (number, place, layout.to_json()) for layout, place in layouts.items() if layout not in stored.layouts
    ]
    points = [
        (number, taken.first + start, taken.points[start : start + POINTS_PER_ROW].tobytes())
        for start in range(0, len(taken.points), POINTS_PER_ROW)
    ]
    gone = [(number, at) for at in stored.records - taken.moments.keys()]
    connection.executemany("DELETE FROM record WHERE run = ? AND iteration = ?", gone)
    connection.executemany("INSERT OR REPLACE INTO layout VALUES (?, ?, ?)", new_layouts)
    connection.executemany("INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?, ?)", records)
    connection.executemany("INSERT OR REPLACE INTO curve VALUES (?, ?, ?)", points)
    if taken.weights.keys() != stored.weights:
        store_weights(connection, number, taken.weights)
    values = ", ".join(f"{name} = :{name}" for name in taken.said)
    connection.execute(f"UPDATE run SET {values} WHERE number = :number", {**taken.said, "number": number})
    return Stored(
        number, taken.first + len(taken.points), frozenset(taken.moments), frozenset(taken.weights), layouts, taken.said
    )


def _record_row(number: int, layouts: dict[RecordLayout, int], record: Record) -> tuple[object, ...]:
    layout = layouts.setdefault(RecordLayout.of(record), len(layouts))
    return number, record.iteration, layout, *pack(record)
