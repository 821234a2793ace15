"""Checks that a file is a library of this program, and intact."""

import sqlite3
from contextlib import closing
from pathlib import Path

from model.base.errors import InputError
from model.base.language import Message
from model.base.system_reason import system_reason
from model.library.connection import FAILURES, log_of, reader, reason, unreadable
from model.library.schema import APPLICATION_ID, newest, sound, version

HEADER_BYTES = 100
MAGIC = b"SQLite format 3\0"
# Bytes into the header (sqlite.org/fileformat2.html, 1.3), and what says that changes go into a log.
AT_FORMAT, AT_VERSION, AT_APPLICATION = 18, 60, 68
LOGGED = 2


def check(path: Path, *, whole: bool = True) -> None:
    """Raise InputError unless `path` is a library of this version or an earlier one, and intact.

    The file is only read; without `whole` only its beginning, which takes no longer for many runs than for few.
    """
    _check_header(path)
    alone = not log_of(path).exists()
    try:
        with closing(reader(path)) as connection:
            _check_version(path, version(connection))
            if whole:
                check_pages(path, connection)
            if not sound(connection):
                raise unreadable(path, Message("it is damaged (its tables are not those of a library)"))
    except (InputError, *FAILURES) as error:
        if alone and log_of(path).exists():  # another window has just opened it, and writes
            return check(path, whole=whole)
        raise error if isinstance(error, InputError) else unreadable(path, reason(error)) from None


def _check_header(path: Path) -> None:
    try:
        if path.is_dir():
            raise unreadable(path, Message("it is a folder"))
        if path.exists() and not path.is_file():
            raise unreadable(path, Message("it is not an ordinary file"))
        with path.open("rb") as file:
            header = file.read(HEADER_BYTES)
    except FileNotFoundError:
        raise unreadable(path, Message("there is no such file")) from None
    except PermissionError:
        raise unreadable(path, Message("there is no permission to do so")) from None
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise unreadable(path, system_reason(error) if isinstance(error, OSError) else error) from None
    if not header.startswith(MAGIC) or len(header) < HEADER_BYTES:
        raise unreadable(path, Message("it is not a library of Layerscope nor a run saved by it"))
    if _number(header, AT_APPLICATION) != APPLICATION_ID:
        raise unreadable(path, Message("it is a database of another program"))
    _check_version(path, _number(header, AT_VERSION))


def written_otherwise(path: Path) -> bool:
    """Whether opening changes the file: it is of an earlier version, or another program has switched off its log.

    Raises OSError.
    """
    with path.open("rb") as file:
        header = file.read(HEADER_BYTES)
    return header[AT_FORMAT] != LOGGED or _number(header, AT_VERSION) < newest()


def _number(header: bytes, start: int) -> int:
    return int.from_bytes(header[start : start + 4], "big")


def _check_version(path: Path | None, found: int) -> None:
    if found > newest():
        raise unreadable(
            path,
            Message(
                "a newer Layerscope has written it (version {version}); this one knows {newest}",
                version=found,
                newest=newest(),
            ),
        )


def check_pages(path: Path | None, connection: sqlite3.Connection) -> None:
    """Read the whole file and raise InputError where it is damaged, and sqlite3.Error as it comes."""
    (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if said != "ok":
        raise unreadable(path, Message("it is damaged ({fault})", fault=said.splitlines()[-1]))
