"""What a library takes on the disk, what it may take, and whose weights go first when that is more.

Records and curves never go. Weights that an earlier program has stored are compressed first, which loses nothing.
"""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Any

from model.base.errors import InputError
from model.config.recipe import Recipe
from model.library.run_json import read_recipe
from model.library.values import of_kind

USUAL_BUDGET = 2_000_000_000  # bytes
UNLIMITED = 0
FREED_TO = 0.95  # of the budget, so that not every saving frees again
PACKED_TO = 0.6  # of what an earlier program has stored: two thirds to two fifths


class Claim(IntEnum):
    """What speaks for keeping a run's weights; those with the lowest go first."""

    DELETED = 0
    NONE = 1
    BRANCHED_OFF = 2
    SHOWN = 3
    UNFINISHED = 4  # perhaps another window trains it now
    NAMED = 5
    OPEN = 6

    @property
    def yields(self) -> bool:
        """Whether weights go without being asked about."""
        return self <= Claim.NONE


@dataclass(frozen=True)
class StoredWeights:
    """The weights of the run in row `number`: their bytes, whether they are compressed, what speaks for them."""

    number: int
    bytes: int
    packed: bool
    claim: Claim


@dataclass(frozen=True)
class Freeing:
    """What is to be done for a budget: so many bytes by compressing, and the weights of so many runs.

    `claimed` counts those of them that something speaks for, `short` the bytes that are too many even then.
    """

    packed: int = 0
    runs: int = 0
    claimed: int = 0
    bytes: int = 0
    short: int = 0


@dataclass(frozen=True)
class LibrarySize:
    """What a library takes: bytes of the file, its runs, and their weights in the order in which they would go."""

    bytes: int
    runs: int
    deleted: int
    weights: tuple[StoredWeights, ...]
    budget: int

    @property
    def weight_bytes(self) -> int:
        """The bytes that all weights take."""
        return sum(each.bytes for each in self.weights)

    def over(self, budget: int) -> bool:
        """Whether it is larger than a budget."""
        return budget != UNLIMITED and self.bytes > budget

    def freeing(self, budget: int) -> Freeing:
        """What would be done to keep to a budget."""
        if not self.over(budget):
            return Freeing()
        left = self.bytes - goal_of(budget)
        raw = sum(each.bytes for each in self.weights if not each.packed)
        packed = min(int(raw * (1 - PACKED_TO)), left) if raw else 0
        left -= packed
        gone = []
        for each in self.weights:
            if left <= 0 or each.claim is Claim.OPEN:
                break
            gone.append(each)
            left -= each.bytes if each.packed else int(each.bytes * PACKED_TO)
        claimed = sum(not each.claim.yields for each in gone)
        return Freeing(packed, len(gone), claimed, self.bytes - goal_of(budget) - max(left, 0), max(left, 0))


def goal_of(budget: int) -> int:
    """The bytes that a library is brought down to when it is larger than its budget."""
    return int(FREED_TO * budget)


def read_budget(connection: sqlite3.Connection) -> int:
    """The bytes that a library may take; UNLIMITED for as many as it comes to."""
    row = connection.execute("SELECT bytes FROM budget").fetchone()
    found: Any = row[0] if row else USUAL_BUDGET
    return found if isinstance(found, int) and found >= 0 else USUAL_BUDGET


def write_budget(connection: sqlite3.Connection, budget: int) -> None:
    """Keep another budget; a transaction must be open."""
    connection.execute("DELETE FROM budget")
    connection.execute("INSERT INTO budget VALUES (?)", (budget,))


def used_bytes(connection: sqlite3.Connection) -> int:
    """The bytes of a library's file without the pages that are free in it."""
    pages, free, size = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * size


def measured(connection: sqlite3.Connection, open_ids: Collection[str]) -> LibrarySize:
    """Measure a library; `open_ids` are runs whose weights are in use."""
    runs, deleted = connection.execute("SELECT count(*), count(deleted) FROM run").fetchone()
    weights = tuple(in_order(connection, open_ids))
    return LibrarySize(used_bytes(connection), runs - deleted, deleted, weights, read_budget(connection))


def in_order(connection: sqlite3.Connection, open_ids: Collection[str]) -> Sequence[StoredWeights]:
    """All stored weights, those that go first at the beginning: with the lowest claim, of the oldest runs."""
    query = """SELECT number, id, label, shown, ended, deleted, weight_bytes, packed, recipe FROM run
        WHERE weight_bytes > 0 ORDER BY created, number"""
    parents = set(_parents(connection))
    found = [
        StoredWeights(
            row["number"], of_kind(int, row["weight_bytes"]), bool(row["packed"]), _claim(row, open_ids, parents)
        )
        for row in connection.execute(query)
    ]
    return sorted(found, key=lambda each: each.claim)


def _claim(row: sqlite3.Row, open_ids: Collection[str], parents: Collection[int]) -> Claim:
    if row["id"] in open_ids:
        return Claim.OPEN
    if row["deleted"] is not None:
        return Claim.DELETED
    if row["label"]:
        return Claim.NAMED
    if not row["ended"]:
        return Claim.UNFINISHED
    if row["shown"]:
        return Claim.SHOWN
    return Claim.BRANCHED_OFF if parents and _ancestry(row["recipe"])[0] in parents else Claim.NONE


def _parents(connection: sqlite3.Connection) -> Iterator[int]:
    """What the runs have in common with themselves that others branch off, by `_ancestry`."""
    query = "SELECT recipe FROM run WHERE deleted IS NULL AND instr(recipe, '\"branch\"') > 0"
    for (recipe,) in connection.execute(query):
        yield from _ancestry(recipe)[1:]


@lru_cache(1 << 14)
def _ancestry(text: str) -> tuple[int, ...]:
    """A number for a run without its live changes, then for each that it descends from; the same for the same run."""
    try:
        recipe: Recipe = read_recipe(text)
    except InputError:
        return (0,)
    line = [recipe]
    while branch := line[-1].branch:
        line.append(branch.parent)
    return tuple(hash((each.config, each.branch and (each.branch.iteration, each.branch.scales))) for each in line)
