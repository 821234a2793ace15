"""Reads runs from a library. Any content, even hostile, gives a run or an InputError, in bounded memory."""

import json
import sqlite3
from collections.abc import Iterable
from itertools import pairwise
from math import isfinite
from typing import Any

import numpy as np

from model.base.errors import InputError
from model.config.recipe import Recipe
from model.history.history import History
from model.history.run_log import RunLog
from model.history.run_summary import RunListing
from model.library.histogram_codec import HISTOGRAMS
from model.library.record_codec import RecordLayout, unpack
from model.library.run_json import read_changes, read_digest, read_recipe, read_verdicts
from model.library.values import MOST_ITERATIONS, of_kind, text, whole
from model.library.weight_rows import read_weights
from model.library.writer import Points, points_type
from model.measurement.records import Record

MOST_RECORDS = 1 << 13  # a timeline keeps some 1,100 of the longest run
MOST_LAYOUTS = 16
MOST_BYTES = 1 << 28  # of one run's records, decompressed: several times what the deepest network has
LONGEST_ID = 64
LONGEST_LABEL = 1_000
MOST_COLOR = 1 << 20


def read_listing(row: sqlite3.Row) -> RunListing:
    """Decode a row of the table `run`; live changes are included in the recipe. Raises InputError."""
    recipe = read_recipe(row["recipe"])
    made = [change for change in read_changes(row["changes"]) if change not in recipe.changes]
    created = of_kind(float, row["created"])
    if not isfinite(created):
        raise InputError("a number in it is out of range")
    return RunListing(
        recipe.changed(sorted([*recipe.changes, *made], key=lambda change: change.iteration)) if made else recipe,
        whole(row["color"], MOST_COLOR),
        text(row["label"], LONGEST_LABEL),
        bool(whole(row["shown"], 1)),
        read_digest(row["digest"]),
        text(row["id"], LONGEST_ID),
        created,
        bool(whole(row["freed"], 1)),
    )


def read_run_log(connection: sqlite3.Connection, row: sqlite3.Row) -> RunLog:
    """Read curves, records, weights, verdicts and changes of a run into an ended run log; raises InputError."""
    recipe, number = read_recipe(row["recipe"]), row["number"]
    points = _read_points(connection, number, row["quantities"])
    history = History.restored(
        points["iteration"].copy(),
        {name: _curve(points, name) for name in History.QUANTITIES},
        _read_records(connection, number, recipe),
        read_weights(connection, number),
        (of_kind(float, row["best_loss"]), of_kind(float, row["worst_loss"])),
    )
    history.weights.freed = bool(whole(row["freed"], 1))
    verdicts, changes = read_verdicts(row["verdicts"], recipe), read_changes(row["changes"])
    arithmetic = read_digest(row["digest"]).arithmetic
    return RunLog.restored(history, verdicts, changes, whole(row["iteration"]), arithmetic)


def _curve(points: Points, name: str) -> Any:
    known = points.dtype.names and name in points.dtype.names
    return points[name].copy() if known else np.full(len(points), np.nan, np.float32)


def _read_points(connection: sqlite3.Connection, number: int, quantities: Any) -> Points:
    try:
        kind = points_type([text(name, LONGEST_ID) for name in json.loads(text(quantities, LONGEST_LABEL))])
    except (ValueError, TypeError, RecursionError):
        raise InputError("what its curves are of cannot be read") from None
    parts, size = [], 0
    for first, data in connection.execute("SELECT first, points FROM curve WHERE run = ? ORDER BY first", (number,)):
        count, rest = divmod(len(of_kind(bytes, data)), kind.itemsize)
        if rest or first != size:
            raise InputError("its curves have a gap")
        size += count
        if size > MOST_ITERATIONS + 1:
            raise InputError("its curves are longer than any run")
        parts.append(np.frombuffer(data, kind))
    points = np.concatenate(parts) if parts else np.empty(0, kind)
    at = points["iteration"]
    if size and not (at[0] >= 0 and at[-1] <= MOST_ITERATIONS and (np.diff(at) > 0).all()):
        raise InputError("its curves are out of order")
    return points


def _in_order(iterations: Iterable[int]) -> None:
    if not all(earlier < later for earlier, later in pairwise(iterations)):
        raise InputError("its records are out of order")


def _read_records(connection: sqlite3.Connection, number: int, recipe: Recipe) -> list[Record]:
    layouts: dict[int, RecordLayout] = {}
    for place, described in connection.execute("SELECT number, text FROM layout WHERE run = ?", (number,)):
        layouts[place] = RecordLayout.from_json(of_kind(str, described))
        if len(layouts) > MOST_LAYOUTS:
            raise InputError("its records have too many layouts")
    query = "SELECT iteration, layout, figures, pictures FROM record WHERE run = ? ORDER BY iteration"
    records: list[Record] = []
    layers, left = len(recipe.config.layer_names), MOST_BYTES
    for iteration, place, figures, pictures in connection.execute(query, (number,)):
        layout = layouts.get(place)
        if layout is None or len(layout.layers) != layers:
            raise InputError("a record has no layout, or that of another network")
        record = unpack(layout, of_kind(bytes, figures), pictures if pictures is None else of_kind(bytes, pictures))
        if record.iteration != whole(iteration):
            raise InputError("a record lies at another iteration than it says")
        left -= len(figures) + _size_of_pictures(record)
        records.append(record)
        if len(records) > MOST_RECORDS or left < 0:
            raise InputError("it has more records than any run keeps")
    _in_order(record.iteration for record in records)
    return records


def _size_of_pictures(record: Record) -> int:
    histograms = (getattr(layer.histograms, name) for layer in record.all_layers for name in HISTOGRAMS)
    return sum(histogram.shares.nbytes for histogram in histograms if histogram)
