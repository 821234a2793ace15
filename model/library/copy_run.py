"""Copies a stored run, row by row, from one library to another."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from model.base.errors import InputError
from model.history.run_summary import RunListing, new_run_id
from model.library.connection import FAILURES, connect, reason, transaction
from model.library.opening import fill
from model.library.reader import read_listing
from model.library.schema import PARTS
from model.library.weight_rows import pack_run

# The columns that two copies of one run share: not its label, colour or place in the list.
CONTENT = ("recipe", "digest", "verdicts", "changes", "iteration", "ended", "best_loss", "worst_loss", "quantities")


def row_of(connection: sqlite3.Connection, id_: str) -> sqlite3.Row | None:
    """The row of the run with this id, None if there is none."""
    row: sqlite3.Row | None = connection.execute("SELECT * FROM run WHERE id = ?", (id_,)).fetchone()
    return row


def copy_run(source: sqlite3.Connection, row: sqlite3.Row, target: sqlite3.Connection, id_: str) -> None:
    """Copy the run of `row` into `target` under the id `id_`, not deleted; `target` must have an open transaction.

    Weights as an earlier program stored them are compressed.
    """
    values = {**dict(row), "number": None, "id": id_, "deleted": None}
    number = _insert(target, "run", values)
    for table in PARTS:
        _copy_part(source, row, target, number, table)
    if not row["packed"]:
        pack_run(target, number)


def take_run(
    source: sqlite3.Connection, row: sqlite3.Row, listing: RunListing, target: sqlite3.Connection
) -> RunListing:
    """Import the run of `row`, whose listing is `listing`, and return its listing in `target`.

    A run that is there already is not duplicated, but gets back weights that it has been freed of; a different run
    with the same id gets a new id. `target` must have an open transaction.
    """
    mine = row_of(target, listing.id)
    if mine is None:
        copy_run(source, row, target, listing.id)
        return listing
    if not same(source, row, target, mine):
        listing = replace(listing, id=new_run_id())
        copy_run(source, row, target, listing.id)
        return listing
    target.execute("UPDATE run SET deleted = NULL WHERE number = ?", (mine["number"],))
    found = read_listing(mine)
    if not mine["freed"] or row["freed"]:
        return found
    _copy_part(source, row, target, mine["number"], "weights")
    pack_run(target, mine["number"])
    return replace(found, freed=False)


def _copy_part(
    source: sqlite3.Connection, row: sqlite3.Row, target: sqlite3.Connection, number: int, table: str
) -> None:
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
        raise InputError("{reason}", reason=reason(error)) from None
