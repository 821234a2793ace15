"""Opens library files for reading or writing, and creates them."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from model.base.errors import InputError
from model.base.files import check_target
from model.base.language import Message
from model.base.system_reason import system_reason
from model.history.checkpoints import BUDGET_BYTES
from model.library.connection import FAILURES, connect, log_of, reader, reason, transaction, unreadable
from model.library.file_check import check, written_otherwise
from model.library.schema import migrate, newest, version

MOST_COPIED_BYTES = 1 << 30  # of a library that is converted in memory


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Context with a read-only connection to the library at `path`; raises InputError.

    A library of an earlier version is migrated in a copy in memory; the file itself is not changed.
    """
    check(path)
    try:
        with closing(reader(path)) as connection:
            if version(connection) == newest():
                yield connection
                return
            if path.stat().st_size > MOST_COPIED_BYTES:
                raise unreadable(path, Message("it is of an earlier version and too large to be converted"))
            with closing(connect(None)) as copy:
                connection.backup(copy)
                with transaction(copy):
                    migrate(copy)
                yield copy
    except FAILURES as error:
        raise unreadable(path, reason(error)) from None


def create(path: Path) -> None:
    """Create an empty library at `path`, whole or not at all, unless one appears meanwhile; raises InputError."""
    temporary = path.with_name(f".layerscope-{os.getpid()}-{os.urandom(4).hex()}.tmp")
    try:
        with closing(connect(temporary)) as connection:
            fill(connection)
            connection.execute("PRAGMA journal_mode = WAL")
        with suppress(FileExistsError):  # another window has just made one
            _name(temporary, path)
    except FAILURES as error:
        raise InputError("'{file}' cannot be written: {why}.", file=path, why=reason(error)) from None
    except OSError as error:
        raise InputError("'{file}' cannot be written: {why}.", file=path, why=system_reason(error)) from None
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _name(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # no links on this disk
        if not path.exists():
            temporary.rename(path)


def fill(connection: sqlite3.Connection) -> None:
    """Create the tables in an empty database, without journal: the caller discards the file if this fails."""
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    # So that the space of deleted runs goes back to the disk.
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    with transaction(connection):
        migrate(connection)


def open_library(path: Path) -> sqlite3.Connection:
    """Connect to the library at `path` for writing; creates or migrates it first if necessary.

    Raises InputError, without changing the file, if it is no library or cannot be written. Whether all of the file is
    intact is checked here only where it has to be changed at once, or where a program was killed that had it open.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError("'{file}' cannot be written: {why}.", file=path, why=system_reason(error)) from None
    check_target(path)
    if not path.exists():
        create(path)
    check(path, whole=log_of(path).exists())  # closing it takes the log of a program that was killed into the file
    if written_otherwise(path):
        check(path)
    try:
        connection = connect(path, "mode=rw")
        try:
            _prepare(connection)
        except BaseException:
            connection.close()
            raise
    except FAILURES as error:
        raise InputError("'{file}' cannot be written: {why}.", file=path, why=reason(error)) from None
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    with transaction(connection):  # even without a migration, so that a locked library is noticed at once
        if version(connection) < newest():
            migrate(connection)
    connection.execute("PRAGMA journal_mode = WAL")
    # Killing the program loses nothing that is committed; only a power cut may lose the last seconds, never the rest.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA journal_size_limit = {BUDGET_BYTES}")
