"""Deleted runs of a library: off the list at once, gone for good when they can no longer be brought back."""

import sqlite3
from collections.abc import Iterable
from time import time

KEPT_DELETED_SECONDS = 86_400.0


def mark_deleted(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Take runs off the list; they can be brought back for `KEPT_DELETED_SECONDS`."""
    _mark(connection, ids, time())


def bring_back(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Put deleted runs on the list again."""
    _mark(connection, ids, None)


def remove_expired(connection: sqlite3.Connection) -> bool:
    """Remove what was deleted too long ago to be brought back; whether there was any."""
    expired = time() - KEPT_DELETED_SECONDS
    return connection.execute("DELETE FROM run WHERE deleted < ?", (expired,)).rowcount > 0


def _mark(connection: sqlite3.Connection, ids: Iterable[str], deleted: float | None) -> None:
    connection.executemany("UPDATE run SET deleted = ? WHERE id = ?", [(deleted, id_) for id_ in ids])
