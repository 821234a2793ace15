"""Library files: whether a file is one, connections to it, and what went wrong in words.

Nothing here writes to a file before it is known to be a library of ours, sound, and of no newer version.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from model.base.errors import InputError
from model.history.checkpoints import BUDGET_BYTES

PATIENCE = 2.0  # seconds to wait for another window's transaction, which takes milliseconds
LARGEST_VALUE = 2 * BUDGET_BYTES  # of what is stored, weights are the largest: at most a quarter of their budget

REASONS = {
    sqlite3.SQLITE_BUSY: "another program keeps it locked; try again when that has ended",
    sqlite3.SQLITE_LOCKED: "another program keeps it locked; try again when that has ended",
    sqlite3.SQLITE_READONLY: "it can only be read",
    sqlite3.SQLITE_PERM: "there is no permission to do so",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_IOERR: "the disk does not take it or does not give it back; it may be full",
    sqlite3.SQLITE_CORRUPT: "it is damaged",
    sqlite3.SQLITE_NOTADB: "it is damaged",
    sqlite3.SQLITE_TOOBIG: "something in it is larger than anything this program writes",
}

# SQLite's messages may quote what is damaged, which Python then cannot decode.
FAILURES = (sqlite3.Error, UnicodeDecodeError)


class UnsavedError(InputError):
    """The library could not be written now; the same may succeed later."""


def reason(error: sqlite3.Error | UnicodeDecodeError) -> str:
    """What went wrong, to follow a colon."""
    code = sqlite3.SQLITE_CORRUPT if isinstance(error, UnicodeDecodeError) else getattr(error, "sqlite_errorcode", 0)
    return REASONS.get(code & 0xFF, str(error))


def unreadable(path: Path | None, why: str) -> InputError:
    """That the library or saved run at `path` cannot be read."""
    return InputError(f"'{path or 'memory'}' cannot be read: {why}.")


def connect(path: Path | None, *options: str) -> sqlite3.Connection:
    """A connection to a library, None being memory; what it reads is bounded and runs nothing that the file says."""
    address = f"{path.absolute().as_uri()}?{'&'.join(options)}" if path else ":memory:"
    connection = sqlite3.connect(address, PATIENCE, isolation_level=None, check_same_thread=False, uri=bool(path))
    connection.row_factory = sqlite3.Row
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE)
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is written within or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def reader(path: Path) -> sqlite3.Connection:
    """A connection that leaves the file as it is, unless a program that was killed has left it half written.

    Without a log beside it nobody has the file open, so that it can be read without making one.
    """
    if _beside(path, "-journal").exists():
        return connect(path, "mode=rw")  # SQLite restores what was there before
    return connect(path, "mode=ro", *([] if log_of(path).exists() else ["immutable=1"]))


def log_of(path: Path) -> Path:
    """Where SQLite writes what is not yet in the library itself."""
    return _beside(path, "-wal")


def _beside(path: Path, ending: str) -> Path:
    real = Path(os.path.realpath(path))
    return real.with_name(real.name + ending)
