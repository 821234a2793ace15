"""Makes what a library has of a run equal to its run log, writing only what is new."""

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
from model.library.checkpoint_codec import pack_weights
from model.library.record_codec import RecordLayout, pack
from model.library.run_json import changes_text, digest_text, recipe_text, verdicts_text
from model.measurement.records import Record

WEIGHTS = 4 << 20  # bytes of a run's weights; in memory there are four times as many, and a library holds many runs
CHUNK = 1024  # points of the curves in one row; the last row is written anew until it is full
Points = NDArray[np.void]


def points_type(quantities: Sequence[str]) -> "np.dtype[np.void]":
    """A point of the curves: its iteration, then these quantities."""
    return np.dtype([("iteration", "<f8"), *((name, "<f4") for name in quantities)])


@dataclass(frozen=True)
class Stored:
    """What the library has of a run: so many points, records and weights of these iterations, what is said of it."""

    number: int
    points: int = 0
    records: frozenset[int] = frozenset()
    weights: frozenset[int] = frozenset()
    layouts: dict[RecordLayout, int] = field(default_factory=dict)
    said: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Taken:
    """What a run log had at one moment; `points` are those from `first` on."""

    moments: dict[int, Record]
    weights: dict[int, Checkpoint]
    first: int
    points: Points
    said: dict[str, Any]

    def is_in(self, stored: Stored) -> bool:
        """Whether nothing is left to be stored."""
        return (
            self.first + len(self.points) == stored.points
            and self.moments.keys() == stored.records
            and self.weights.keys() == stored.weights
            and self.said == stored.said
        )


def take(run_log: RunLog, stored: Stored | None) -> Taken:
    """What there is to store of a run log, holding its lock only for copying lists."""
    first = stored.points // CHUNK * CHUNK if stored else 0
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
        }
    said["verdicts"], said["changes"] = verdicts_text(verdicts), changes_text(changes)
    said["digest"] = digest_text(summarise(run_log))
    return Taken(
        {record.iteration: record for record in moments},
        {checkpoint.iteration: checkpoint for checkpoint in spread(weights)},
        first, points, said,
    )  # fmt: skip


def spread(weights: Sequence[Checkpoint]) -> list[Checkpoint]:
    """As many of these as there is room for, evenly chosen, the first and the last among them."""
    stride = 1
    while sum(checkpoint.size for checkpoint in weights[::stride]) > WEIGHTS and stride < len(weights):
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
    """Add a run of which nothing is known yet but its card; one that is there already stays as it is."""
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
    """Write what `stored` lacks of `taken`, within the transaction that is open; returns what is stored then."""
    number, layouts = stored.number, dict(stored.layouts)
    records = [_record_row(number, layouts, taken.moments[at]) for at in taken.moments.keys() - stored.records]
    weights = [
        (number, at, *pack_weights(taken.weights[at])) for at in taken.weights.keys() - stored.weights
    ]  # fmt: skip
    new_layouts = [
        (number, place, layout.to_json()) for layout, place in layouts.items() if layout not in stored.layouts
    ]
    points = [
        (number, taken.first + start, taken.points[start : start + CHUNK].tobytes())
        for start in range(0, len(taken.points), CHUNK)
    ]
    for table, gone in (
        ("record", stored.records - taken.moments.keys()),
        ("weights", stored.weights - taken.weights.keys()),
    ):
        connection.executemany(f"DELETE FROM {table} WHERE run = ? AND iteration = ?", [(number, at) for at in gone])
    connection.executemany("INSERT OR REPLACE INTO layout VALUES (?, ?, ?)", new_layouts)
    connection.executemany("INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?, ?)", records)
    connection.executemany("INSERT OR REPLACE INTO weights VALUES (?, ?, ?, ?)", weights)
    connection.executemany("INSERT OR REPLACE INTO curve VALUES (?, ?, ?)", points)
    values = ", ".join(f"{name} = :{name}" for name in taken.said)
    connection.execute(f"UPDATE run SET {values} WHERE number = :number", {**taken.said, "number": number})
    return Stored(
        number, taken.first + len(taken.points), frozenset(taken.moments), frozenset(taken.weights), layouts, taken.said
    )


def _record_row(number: int, layouts: dict[RecordLayout, int], record: Record) -> tuple[object, ...]:
    layout = layouts.setdefault(RecordLayout.of(record), len(layouts))
    return number, record.iteration, layout, *pack(record)
