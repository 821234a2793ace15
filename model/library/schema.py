"""The tables of a library, and the migrations from each version of the schema to the next.

The columns `figures` and `pictures` (histograms) of a record are encoded by record_codec, weights by checkpoint_codec;
what `base` says is in weight_rows. `weight_bytes`, `packed` and `freed` of a run say what its weights take, whether
they are compressed, and whether they went to make room.
A migration that has been released is never edited: changes are further migrations.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing

# In the header of every library, to tell it from the databases of other programs: "LScp".
APPLICATION_ID = 0x4C536370

Migration = Sequence[str]

# Migration n leads from version n to n + 1; the first turns an empty file into a library.
MIGRATIONS: tuple[Migration, ...] = (
    (
        """CREATE TABLE run (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            created REAL NOT NULL,
            deleted REAL,
            label TEXT NOT NULL,
            color INTEGER NOT NULL,
            shown INTEGER NOT NULL,
            recipe TEXT NOT NULL,
            digest TEXT NOT NULL,
            verdicts TEXT NOT NULL,
            changes TEXT NOT NULL,
            iteration INTEGER NOT NULL,
            ended INTEGER NOT NULL,
            best_loss REAL NOT NULL,
            worst_loss REAL NOT NULL,
            quantities TEXT NOT NULL
        )""",
        """CREATE TABLE curve (
            run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
            first INTEGER NOT NULL,
            points BLOB NOT NULL,
            PRIMARY KEY (run, first)
        )""",
        """CREATE TABLE layout (
            run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            text TEXT NOT NULL,
            PRIMARY KEY (run, number)
        )""",
        """CREATE TABLE record (
            run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
            iteration INTEGER NOT NULL,
            layout INTEGER NOT NULL,
            figures BLOB NOT NULL,
            pictures BLOB,
            PRIMARY KEY (run, iteration)
        )""",
        """CREATE TABLE weights (
            run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
            iteration INTEGER NOT NULL,
            arrays TEXT NOT NULL,
            data BLOB NOT NULL,
            PRIMARY KEY (run, iteration)
        )""",
    ),
    (
        "ALTER TABLE weights ADD COLUMN base INTEGER",
        "ALTER TABLE run ADD COLUMN weight_bytes INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE run ADD COLUMN packed INTEGER NOT NULL DEFAULT 1",
        "ALTER TABLE run ADD COLUMN freed INTEGER NOT NULL DEFAULT 0",
        "UPDATE run SET weight_bytes = (SELECT coalesce(sum(length(data)), 0) FROM weights WHERE run = number)",
        "UPDATE run SET packed = 0 WHERE weight_bytes > 0",
        "CREATE TABLE budget (bytes INTEGER NOT NULL)",
    ),
)
PARTS = ("curve", "layout", "record", "weights")  # the tables with a row for each piece of a run


def newest() -> int:
    """The version of the schema that this program writes."""
    return len(MIGRATIONS)


def version(connection: sqlite3.Connection) -> int:
    """The version of a library's schema; 0 for an empty file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, to: int | None = None) -> None:
    """Migrate a library to version `to`, by default the newest; a transaction must be open."""
    target = newest() if to is None else to
    for statements in MIGRATIONS[version(connection) : target]:
        for statement in statements:
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {target}")


def sound(connection: sqlite3.Connection) -> bool:
    """Whether the schema is exactly that of its version: no extra view or trigger that reading would run."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        migrate(fresh, version(connection))
        return _entries(connection) == _entries(fresh)


def _entries(connection: sqlite3.Connection) -> set[tuple[object, ...]]:
    # What ANALYZE leaves behind is no part of a schema.
    query = """SELECT type, name, tbl_name, sql FROM sqlite_master
        WHERE NOT (type = 'table' AND name IN ('sqlite_stat1', 'sqlite_stat4'))"""
    return set(map(tuple, connection.execute(query)))
