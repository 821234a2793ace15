"""Files of a data set, wherever they lie: in a folder, two levels deep, or in an archive."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from model.base.errors import InputError

DEPTH = 2  # folders below the one that is opened
MOST_FILES = 10_000


@dataclass(frozen=True)
class Entry:
    """A file: `parts` is its path below what was opened, `size` its bytes as they lie there, `name` what it is called.

    `open` opens it as a stream that can be sought in.
    """

    parts: tuple[str, ...]
    size: int
    open: Callable[[], AbstractContextManager[BinaryIO]]

    @property
    def name(self) -> str:
        """Its own name."""
        return self.parts[-1]

    @property
    def path(self) -> str:
        """Its path below what was opened."""
        return "/".join(self.parts)


def files_in(folder: Path, depth: int = DEPTH) -> list[Entry]:
    """The files in a folder and so many levels below, in order of their paths; raises InputError."""
    found: list[Entry] = []
    for entry in _walk(folder, (), depth):
        found.append(entry)
        if len(found) > MOST_FILES:
            raise InputError(f"There are more than {MOST_FILES:,} files in '{folder}'; open the data set's own folder.")
    return sorted(found, key=lambda entry: (len(entry.parts), entry.parts))


def entry_of(path: Path) -> Entry:
    """A file by itself; raises InputError."""
    try:
        found = path.stat()
    except OSError as error:
        raise unreadable(path.name, error) from None
    if stat.S_ISDIR(found.st_mode):
        raise InputError(f"{path.name} cannot be read: it is a folder.")
    if not stat.S_ISREG(found.st_mode):  # a pipe would keep us waiting
        raise InputError(f"{path.name} is no file that can be read twice, but a pipe or a device.")
    return Entry((path.name,), found.st_size, partial(_open, path))


def _open(path: Path) -> BinaryIO:
    return path.open("rb")


def _walk(folder: Path, above: tuple[str, ...], depth: int) -> Iterator[Entry]:
    below: list[str] = []
    with os.scandir(folder) as items:
        for item in items:
            if item.name.startswith((".", "__MACOSX")):  # a Mac's archives have a hidden twin of each file
                continue
            if item.is_file():
                path = Path(item.path)
                yield Entry((*above, item.name), item.stat().st_size, partial(_open, path))
            elif depth and item.is_dir():
                below.append(item.name)
    for name in below:
        try:
            yield from _walk(folder / name, (*above, name), depth - 1)
        except OSError:  # one that may not be read
            continue


def unreadable(name: str, error: OSError) -> InputError:
    """Say that a file cannot be read, and why."""
    return InputError(f"{name} cannot be read: {error.strerror or error}.")
