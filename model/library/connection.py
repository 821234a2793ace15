"""SQLite connections to library files, transactions, and SQLite's errors as sentences."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from model.base.errors import InputError
from model.base.language import Message, message
from model.history.checkpoints import BUDGET_BYTES

LOCK_SECONDS = 2.0  # to wait for another window's transaction, which takes milliseconds
LARGEST_VALUE = 2 * BUDGET_BYTES  # bytes; a checkpoint, the largest value stored, has at most a quarter of the budget

REASONS = {
    sqlite3.SQLITE_BUSY: message("another program keeps it locked; try again when that has ended"),
    sqlite3.SQLITE_LOCKED: message("another program keeps it locked; try again when that has ended"),
    sqlite3.SQLITE_READONLY: message("it can only be read"),
    sqlite3.SQLITE_PERM: message("there is no permission to do so"),
    sqlite3.SQLITE_CANTOPEN: message("it cannot be opened"),
    sqlite3.SQLITE_FULL: message("the disk is full"),
    sqlite3.SQLITE_IOERR: message("the disk does not take it or does not give it back; it may be full"),
    sqlite3.SQLITE_CORRUPT: message("it is damaged"),
    sqlite3.SQLITE_NOTADB: message("it is damaged"),
    sqlite3.SQLITE_TOOBIG: message("something in it is larger than anything this program writes"),
}

# SQLite's messages may quote what is damaged, which Python then cannot decode.
FAILURES = (sqlite3.Error, UnicodeDecodeError)


class UnsavedError(InputError):
    """Raised when the library cannot be written now; a retry may succeed."""


def reason(error: sqlite3.Error | UnicodeDecodeError) -> Message:
    """Describe a database error in words that can follow a colon."""
    code = sqlite3.SQLITE_CORRUPT if isinstance(error, UnicodeDecodeError) else getattr(error, "sqlite_errorcode", 0)
    return Message(REASONS.get(code & 0xFF) or str(error) or type(error).__name__)


def unreadable(path: Path | None, why: object) -> InputError:
    """Make the error that the library or saved run at `path` (None: in memory) cannot be read: words, or an error."""
    return InputError("'{file}' cannot be read: {why}.", file=path or Message("memory"), why=why)


def unwritable(path: Path | None, why: object) -> UnsavedError:
    """Make the error that the library at `path` (None: in memory) cannot be written now: words, or an error."""
    return UnsavedError("'{file}' cannot be written: {why}.", file=path or Message("memory"), why=why)


def connect(path: Path | None, *options: str) -> sqlite3.Connection:
    """Connect to the library at `path`, or in memory for None; `options` are parameters of the SQLite URI.

    Values are limited to LARGEST_VALUE bytes, and functions that a hostile schema names are not trusted.
    """
    address = f"{path.absolute().as_uri()}?{'&'.join(options)}" if path else ":memory:"
    connection = sqlite3.connect(address, LOCK_SECONDS, isolation_level=None, check_same_thread=False, uri=bool(path))
    connection.row_factory = sqlite3.Row
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE)
    # Freed pages are not overwritten with zeros: that would write as much as was there, on a disk that may be full.
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "foreign_keys = ON", "secure_delete = OFF"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Context of one write transaction: commit at the end, roll back on any exception."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def reader(path: Path) -> sqlite3.Connection:
    """Connect read-only; only a rollback journal left by a killed program makes SQLite restore the file first.

    Without a write-ahead log beside it no other program has the file open, so it is read as immutable: that creates no
    log.
    """
    if _beside(path, "-journal").exists():
        return connect(path, "mode=rw")  # SQLite restores what was there before
    return connect(path, "mode=ro", *([] if log_of(path).exists() else ["immutable=1"]))


def log_of(path: Path) -> Path:
    """The path of SQLite's write-ahead log of the library at `path`."""
    return _beside(path, "-wal")


def _beside(path: Path, ending: str) -> Path:
    real = Path(os.path.realpath(path))
    return real.with_name(real.name + ending)
