"""Brings a library down to a size, one bounded step after the other, and gives what is free back to the disk."""

import sqlite3
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass

from model.library.budget import Claim, StoredWeights, in_order, used_bytes
from model.library.weight_rows import free_weights, pack_run

STEP_BYTES = 8 << 20  # of weights in one transaction, which takes some 50 ms
STEP_PAGES = 4096  # given back after it


@dataclass(frozen=True)
class RoomMade:
    """What one step has done: bytes that are free now, runs whose weights went, and runs whose weights were packed.

    `done` says that no further step can do more.
    """

    freed: int = 0
    runs: int = 0
    packed: int = 0
    done: bool = True


def make_room(connection: sqlite3.Connection, goal: int, open_ids: Collection[str], *, claimed: bool) -> RoomMade:
    """Take one step towards a library of `goal` bytes; a transaction must be open.

    With `claimed` the weights of runs that something speaks for go too, after all others; those of `open_ids` never.
    """
    before = used_bytes(connection)
    if before <= goal:
        return RoomMade()
    taken = _next(in_order(connection, open_ids), before - goal, claimed=claimed)
    to_pack = [each for each in taken if _to_pack(each)]
    for each in taken:
        change = pack_run if _to_pack(each) else free_weights
        change(connection, each.number)
    left = used_bytes(connection)
    return RoomMade(before - left, len(taken) - len(to_pack), len(to_pack), not taken or left <= goal)


def _to_pack(weights: StoredWeights) -> bool:
    return not weights.packed and weights.claim is not Claim.DELETED


def _next(weights: Collection[StoredWeights], left: int, *, claimed: bool) -> list[StoredWeights]:
    """What comes next: all that can be compressed is, before any weights go that are not of a deleted run."""
    deleted = [each for each in weights if each.claim is Claim.DELETED]
    packable = [each for each in weights if _to_pack(each)]
    goes = [each for each in weights if each.claim.yields or (claimed and each.claim is not Claim.OPEN)]
    taken: list[StoredWeights] = []
    for each in deleted or packable or goes:
        if taken and sum(one.bytes for one in taken) + each.bytes > min(STEP_BYTES, left):
            break
        taken.append(each)
    return taken


def give_back(connection: sqlite3.Connection, most: int = 0) -> None:
    """Shrink the file by its free pages, by `most` of them unless that is 0, outside a transaction.

    Pages that stay, also because the disk does not take the change, are used again later.
    """
    with suppress(sqlite3.Error):
        connection.executescript(f"PRAGMA incremental_vacuum({most})")  # execute() would give back one page only
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
