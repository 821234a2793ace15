"""Copies a stored run, row by row, from one library to another."""

import sqlite3
from contextlib import closing
from pathlib import Path

from model.base.errors import InputError
from model.library.connection import FAILURES, connect, reason, transaction
from model.library.opening import fill
from model.library.schema import PARTS

# The columns that two copies of one run share: not its label, colour or place in the list.
CONTENT = ("recipe", "digest", "verdicts", "changes", "iteration", "ended", "best_loss", "worst_loss", "quantities")


def copy_run(source: sqlite3.Connection, row: sqlite3.Row, target: sqlite3.Connection, id_: str) -> None:
    """Copy the run of `row` into `target` under the id `id_`, not deleted; `target` must have an open transaction."""
    values = {**dict(row), "number": None, "id": id_, "deleted": None}
    number = _insert(target, "run", values)
    for table in PARTS:
        for part in source.execute(f"SELECT * FROM {table} WHERE run = ?", (row["number"],)):
            _insert(target, table, {**dict(part), "run": number})


def _insert(target: sqlite3.Connection, table: str, values: dict[str, object]) -> int:
    places = ", ".join("?" * len(values))
    cursor = target.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})", tuple(values.values()))
    return int(cursor.lastrowid or 0)


def same(source: sqlite3.Connection, row: sqlite3.Row, target: sqlite3.Connection, other: sqlite3.Row) -> bool:
    """Whether two stored runs are equal.

    Compares the metadata in CONTENT and the curves; records and weights are determined by the recipe.
    """
    if any(row[name] != other[name] for name in CONTENT):
        return False
    query = "SELECT first, points FROM curve WHERE run = ? ORDER BY first"
    mine, theirs = (
        [tuple(part) for part in connection.execute(query, (run["number"],))]
        for connection, run in ((source, row), (target, other))
    )
    return mine == theirs


def saved_run(source: sqlite3.Connection, row: sqlite3.Row, path: Path) -> None:
    """Write a library that holds only this run into the empty file `path`; raises InputError."""
    try:
        with closing(connect(path)) as target:
            fill(target)
            with transaction(target):
                copy_run(source, row, target, row["id"])
    except FAILURES as error:
        raise InputError(reason(error)) from None
