"""The library: all saved runs in one SQLite file, or one run in a file of its own."""

import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Self
from weakref import WeakKeyDictionary

from model.base.errors import InputError
from model.base.files import build_whole
from model.base.language import Message, tr
from model.history.run_log import RunLog
from model.history.run_summary import RunListing
from model.library.budget import UNLIMITED, LibrarySize, goal_of, measured, read_budget, used_bytes, write_budget
from model.library.connection import FAILURES, connect, reason, transaction, unreadable, unwritable
from model.library.copy_run import row_of, saved_run, take_run
from model.library.deleted_run_retention import bring_back, mark_deleted, remove_expired
from model.library.file_check import check_pages
from model.library.making_room import STEP_PAGES, RoomMade, give_back, make_room
from model.library.opening import open_library, opened
from model.library.reader import read_listing, read_run_log
from model.library.schema import PARTS, migrate, newest, version
from model.library.writer import Stored, insert, store, take

VERIFIED_AT_ONCE_BYTES = 64 << 20  # takes a quarter of a second


class Library:
    """A collection of saved runs; thread-safe.

    Every method raises InputError if the file cannot be read, and UnsavedError if it cannot be written: then the
    library is unchanged, and a retry may succeed. Nothing is written before the whole file is `verified`: whatever
    writes first verifies it. `notes` collects sentences about runs that `runs` could not read.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self.path = path
        self.verified = path is None
        # Whether to verify it soon, also where nothing is to be written.
        self.doubtful = path is not None and path.stat().st_size < VERIFIED_AT_ONCE_BYTES
        self.notes: list[str] = []
        self._lock = Lock()
        self._connection = connection
        self._stored: WeakKeyDictionary[RunLog, Stored] = WeakKeyDictionary()
        self._seen = self._data_version()
        self._replaces = False

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Self:
        """Open the library at `path`, or create it, as quickly with many runs as with few.

        Raises InputError, without changing the file, if it is no library, of a newer version, locked, read-only, or
        damaged where that shows at once.
        """
        return cls(open_library(Path(path)), Path(path))

    def verify(self) -> None:
        """Read the whole file once, then remove runs that were deleted more than a day ago.

        Raises InputError, without changing the file, if it is damaged.
        """
        with self._reading() as connection:
            if self.verified:
                return
            check_pages(self.path, connection)
            self.verified = True
        self._purge()

    @classmethod
    def in_memory(cls, *, instead: bool = False) -> Self:
        """Create a library in memory, which is lost when closed; `instead` of another one it counts as changed."""
        connection = connect(None)
        with transaction(connection):
            migrate(connection)
        made = cls(connection, None)
        made._replaces = instead
        return made

    def close(self) -> None:
        """Close the connection; no other method may be called afterwards."""
        with self._lock:
            self._connection.close()

    def runs(self) -> list[RunListing]:
        """List the runs that are not deleted, in order of creation; unreadable ones are skipped with a note."""
        listings = []
        with self._reading() as connection:
            for row in connection.execute("SELECT * FROM run WHERE deleted IS NULL ORDER BY created, number"):
                try:
                    listings.append(read_listing(row))
                except InputError as error:
                    self.notes.append(tr("A run in '{file}' cannot be shown: {error}.", file=self._name, error=error))
        return listings

    def add(self, listing: RunListing) -> None:
        """Add a run without records; does nothing if its id exists already."""
        with self._writing() as connection:
            insert(connection, listing)

    def save(self, id_: str, run_log: RunLog) -> None:
        """Write what is new in the run log since it was last saved; does nothing for a run that is no longer here."""
        with self._lock:
            stored = self._stored.get(run_log)
        taken = take(run_log, stored)
        if stored and taken.is_in(stored):
            return
        with self._writing() as connection:
            if (row := row_of(connection, id_)) is None:
                return
            if stored is None or stored.number != row["number"]:
                for table in PARTS:
                    connection.execute(f"DELETE FROM {table} WHERE run = ?", (row["number"],))
                stored, taken = Stored(row["number"]), take(run_log, None)
            if row["freed"] and not run_log.history.weights.freed:  # by another window, while it went on in this one
                stored = replace(stored, weights=frozenset())
            stored = store(connection, stored, taken)
        with self._lock:
            self._stored[run_log] = stored

    def load(self, id_: str) -> RunLog:
        """Read a run, records and weights included; its run log counts as ended, even if the program was killed."""
        with self._reading() as connection:
            if (row := row_of(connection, id_)) is None:
                raise unreadable(self.path, Message("the run is no longer in it"))
            try:
                return read_run_log(connection, row)
            except InputError as error:
                raise unreadable(self.path, error) from None

    def change(
        self, id_: str, *, label: str | None = None, color: int | None = None, shown: bool | None = None
    ) -> None:
        """Rename, recolour, show or hide a run; None leaves a value unchanged."""
        with self._writing() as connection:
            for name, value in (("label", label), ("color", color), ("shown", shown)):
                if value is not None:
                    connection.execute(f"UPDATE run SET {name} = ? WHERE id = ?", (value, id_))

    def set_shown(self, ids: Iterable[str], *, shown: bool) -> None:
        """Show or hide several runs."""
        with self._writing() as connection:
            connection.executemany("UPDATE run SET shown = ? WHERE id = ?", [(shown, id_) for id_ in ids])

    def delete(self, ids: Iterable[str]) -> None:
        """Mark runs as deleted; `restore` can bring them back for a day."""
        with self._writing() as connection:
            mark_deleted(connection, ids)

    def restore(self, ids: Iterable[str]) -> None:
        """Unmark deleted runs."""
        with self._writing() as connection:
            bring_back(connection, ids)

    def write(self, id_: str, path: str | os.PathLike[str]) -> None:
        """Write a run to a file of its own, whole or not at all."""
        with self._reading() as connection:
            if (row := row_of(connection, id_)) is None:
                raise unreadable(self.path, Message("the run is no longer in it"))
            build_whole(Path(path), lambda temporary: saved_run(connection, row, temporary))

    def take(self, path: str | os.PathLike[str]) -> list[RunListing]:
        """Import the runs of another library file and return their listings.

        A run that is here already is not duplicated; a different run with the same id gets a new id.
        """
        with opened(Path(path)) as source:
            rows = source.execute("SELECT * FROM run WHERE deleted IS NULL ORDER BY number").fetchall()
            try:
                listings = [read_listing(row) for row in rows]
                for row in rows:
                    read_run_log(source, row)
            except InputError as error:
                raise unreadable(Path(path), error) from None
            with self._writing() as connection:
                return [take_run(source, *each, connection) for each in zip(rows, listings, strict=True)]

    def size(self, open_ids: Collection[str] = ()) -> LibrarySize:
        """Measure what the library takes, and in which order weights would go; never those of `open_ids`."""
        with self._reading() as connection:
            return measured(connection, open_ids)

    def set_budget(self, budget: int) -> None:
        """Keep another budget, in bytes, with the library."""
        with self._writing() as connection:
            write_budget(connection, budget)

    def too_large(self) -> bool:
        """Whether it is larger than its budget; takes no time."""
        with self._reading() as connection:
            budget = read_budget(connection)
            return budget != UNLIMITED and used_bytes(connection) > budget

    def make_room(self, goal: int | None = None, open_ids: Collection[str] = (), *, claimed: bool = False) -> RoomMade:
        """Take one step of `making_room.make_room` towards `goal` bytes, by default to what its budget asks for."""
        with self._writing() as connection:
            goal = goal_of(read_budget(connection)) if goal is None else goal
            made = make_room(connection, goal, open_ids, claimed=claimed)
        self._replaces = self._replaces or made.runs > 0  # whoever has listed the runs has to know
        give_back(self._connection, STEP_PAGES)
        return made

    def runs_if_changed(self) -> list[RunListing] | None:
        """The runs if another connection has written to the library since the last look, None otherwise."""
        return self.runs() if self.changed_elsewhere() else None

    def changed_elsewhere(self) -> bool:
        """Whether another connection has written to the library since the last call."""
        with self._reading():
            before, self._seen = self._seen, self._data_version()
            changed, self._replaces = self._replaces or self._seen != before, False
            return changed

    def _data_version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def _purge(self) -> None:
        with self._writing() as connection:
            removed = remove_expired(connection)
        if removed:
            give_back(self._connection)

    @property
    def _name(self) -> str:
        return str(self.path or "memory")

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                yield self._connection
            except FAILURES as error:
                raise unreadable(self.path, reason(error)) from None

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        self.verify()
        with self._lock:
            try:
                with transaction(self._connection):
                    if version(self._connection) != newest():
                        raise unwritable(self.path, Message("a newer Layerscope has taken it over"))
                    yield self._connection
            except FAILURES as error:
                raise unwritable(self.path, reason(error)) from None
