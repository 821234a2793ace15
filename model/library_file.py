"""Library files: whether a file is one, connections to it, and what went wrong in words.

Nothing here writes to a file before it is known to be a library of ours, sound, and of no newer version.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from model.errors import InputError
from model.files import check_target
from model.library_schema import APPLICATION_ID, migrate, newest, sound, version
from model.weights import BUDGET

PATIENCE = 2.0  # seconds to wait for another window's transaction, which takes milliseconds
LARGEST_VALUE = 2 * BUDGET  # of what is stored, weights are the largest: at most a quarter of their budget
MOST_COPIED = 1 << 30  # bytes of a library that are taken into memory
HEADER = 100
MAGIC = b"SQLite format 3\0"
AT_VERSION, AT_APPLICATION = 60, 68

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


def check(path: Path) -> None:
    """Raise InputError unless the file at `path` is a sound library of ours, of this version or an earlier one.

    Changes nothing, not even what SQLite would tidy up.
    """
    _check_header(path)
    alone = not log_of(path).exists()
    try:
        with closing(reader(path)) as connection:
            check_contents(path, connection)
    except (InputError, *FAILURES) as error:
        if alone and log_of(path).exists():  # another window has just opened it, and writes
            return check(path)
        raise error if isinstance(error, InputError) else unreadable(path, reason(error)) from None


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """What is in a library, read as one of the newest version whatever its own is, without changing it."""
    check(path)
    try:
        with closing(reader(path)) as connection:
            if version(connection) == newest():
                yield connection
                return
            if path.stat().st_size > MOST_COPIED:
                raise unreadable(path, "it is of an earlier version and too large to be converted")
            with closing(connect(None)) as copy:
                connection.backup(copy)
                with transaction(copy):
                    migrate(copy)
                yield copy
    except FAILURES as error:
        raise unreadable(path, reason(error)) from None


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


def _check_header(path: Path) -> None:
    try:
        if path.is_dir():
            raise unreadable(path, "it is a folder")
        if path.exists() and not path.is_file():
            raise unreadable(path, "it is not an ordinary file")
        with path.open("rb") as file:
            header = file.read(HEADER)
    except FileNotFoundError:
        raise unreadable(path, "there is no such file") from None
    except PermissionError:
        raise unreadable(path, "there is no permission to do so") from None
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise unreadable(path, getattr(error, "strerror", None) or str(error)) from None
    if not header.startswith(MAGIC) or len(header) < HEADER:
        raise unreadable(path, "it is not a library of Layerscope nor a run saved by it")
    if _number(header, AT_APPLICATION) != APPLICATION_ID:
        raise unreadable(path, "it is a database of another program")
    _check_version(path, _number(header, AT_VERSION))


def _number(header: bytes, start: int) -> int:
    return int.from_bytes(header[start : start + 4], "big")


def _check_version(path: Path | None, found: int) -> None:
    if found > newest():
        raise unreadable(path, f"a newer Layerscope has written it (version {found}); this one knows {newest()}")


def check_contents(path: Path | None, connection: sqlite3.Connection) -> None:
    """Raise InputError unless what the connection reads is sound; it may also raise sqlite3.Error."""
    _check_version(path, version(connection))
    (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if said != "ok":
        raise unreadable(path, f"it is damaged ({said.splitlines()[-1]})")
    if not sound(connection):
        raise unreadable(path, "it is damaged (its tables are not those of a library)")


def create(path: Path) -> None:
    """Make an empty library where there is no file, whole or not at all; raises InputError."""
    temporary = path.with_name(f".layerscope-{os.getpid()}-{os.urandom(4).hex()}.tmp")
    try:
        with closing(connect(temporary)) as connection:
            fill(connection)
            connection.execute("PRAGMA journal_mode = WAL")
        with suppress(FileExistsError):  # another window has just made one
            _name(temporary, path)
    except FAILURES as error:
        raise InputError(f"'{path}' cannot be written: {reason(error)}.") from None
    except OSError as error:
        raise InputError(f"'{path}' cannot be written: {error.strerror}.") from None
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
    """Make an empty library of an empty file that nobody else writes to and that is thrown away if this fails."""
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    # So that the place of deleted runs goes back to the disk.
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    with transaction(connection):
        migrate(connection)


def open_library(path: Path) -> sqlite3.Connection:
    """A connection that writes to the library at `path`, which is made where there is none; raises InputError.

    The file is left as it was unless it is a library, sound, and can be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"'{path}' cannot be written: {error.strerror}.") from None
    check_target(path)
    if not path.exists():
        create(path)
    check(path)
    try:
        connection = connect(path, "mode=rw")
        try:
            _prepare(connection)
        except BaseException:
            connection.close()
            raise
    except FAILURES as error:
        raise InputError(f"'{path}' cannot be written: {reason(error)}.") from None
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    with transaction(connection):  # also where nothing is to be done, so that a locked library is known at once
        if version(connection) < newest():
            migrate(connection)
    connection.execute("PRAGMA journal_mode = WAL")
    # Killing the program loses nothing that is committed; only a power cut may lose the last seconds, never the rest.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA journal_size_limit = {BUDGET}")
