"""The weights of a run as rows of a library: a chain of differences, each from the moment kept before.

`base` is the iteration of the moment that a row is the difference from, its own for a key frame, and NULL for arrays as
the first version of the schema stored them. What is in the file decides, not what was written last: another window may
have packed or freed a run meanwhile.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from model.base.errors import InputError
from model.history.checkpoints import BUDGET_BYTES, Checkpoint
from model.library.checkpoint_codec import alike, pack_weights, unpack_plain, unpack_weights
from model.library.values import of_kind, whole

LONGEST_CHAIN = 32  # differences after a key frame: reading any moment decodes no more than these


def store_weights(connection: sqlite3.Connection, number: int, kept: Mapping[int, Checkpoint]) -> None:
    """Make `kept` the weights of the run in row `number`, writing only what is new; a transaction must be open."""
    query = "SELECT iteration, base FROM weights WHERE run = ?"
    there: dict[int, int | None] = dict(map(tuple, connection.execute(query, (number,))))
    bases = chain(list(kept.values()), there)
    gone = [(number, at) for at in there.keys() - kept.keys()]
    connection.executemany("DELETE FROM weights WHERE run = ? AND iteration = ?", gone)
    for at, base in bases.items():
        if there.get(at) != base:
            row = number, at, *pack_weights(kept[at], None if base == at else kept[base]), base
            connection.execute("INSERT OR REPLACE INTO weights VALUES (?, ?, ?, ?, ?)", row)
    sum_up(connection, number)


def chain(kept: Sequence[Checkpoint], there: Mapping[int, int | None]) -> dict[int, int]:
    """Choose the base of each moment, by iteration: the one it has in `there` as long as that is kept.

    Otherwise it is the moment before, or the moment itself where a chain would grow too long or arrays differ.
    """
    found: dict[int, int] = {}
    links: dict[int, int] = {}
    before: Checkpoint | None = None
    for checkpoint in kept:
        at = checkpoint.iteration
        base = there.get(at)
        if base is None or (base != at and links.get(base, LONGEST_CHAIN) >= LONGEST_CHAIN):
            base = before.iteration if before and alike(before, checkpoint) else at
            if links.get(base, 0) >= LONGEST_CHAIN:
                base = at
        found[at] = base
        links[at] = 0 if base == at else links[base] + 1
        before = checkpoint
    return found


def read_weights(connection: sqlite3.Connection, number: int) -> list[Checkpoint]:
    """Read the weights of the run in row `number`, in order; raises InputError, in bounded memory."""
    query = "SELECT iteration, arrays, data, base FROM weights WHERE run = ? ORDER BY iteration"
    kept: dict[int, Checkpoint] = {}
    left = BUDGET_BYTES
    for iteration, arrays, data, base in connection.execute(query, (number,)):
        at = whole(iteration)
        kept[at] = _unpacked(at, of_kind(str, arrays), of_kind(bytes, data), base, kept, left)
        left -= kept[at].size
        if left < 0:
            raise InputError("it has more weights than any run keeps")
    return list(kept.values())


def _unpacked(at: int, arrays: str, data: bytes, base: Any, kept: Mapping[int, Checkpoint], most: int) -> Checkpoint:
    if base is None:
        return unpack_plain(at, arrays, data)
    if base != at and base not in kept:
        raise InputError("its weights are differences from others that are not in it")
    return unpack_weights(at, arrays, data, kept.get(base), most=most)


def pack_run(connection: sqlite3.Connection, number: int) -> None:
    """Compress the weights of a run that an earlier program has stored; a transaction must be open.

    Weights that cannot be read stay as they are.
    """
    try:
        kept = read_weights(connection, number)
    except InputError:
        connection.execute("UPDATE run SET packed = 1 WHERE number = ?", (number,))
        return
    store_weights(connection, number, {checkpoint.iteration: checkpoint for checkpoint in kept})


def free_weights(connection: sqlite3.Connection, number: int) -> None:
    """Let go of the weights of a run, which is marked as `freed`; a transaction must be open."""
    connection.execute("DELETE FROM weights WHERE run = ?", (number,))
    sum_up(connection, number)
    connection.execute("UPDATE run SET freed = 1 WHERE number = ?", (number,))


def sum_up(connection: sqlite3.Connection, number: int) -> None:
    """Note how many bytes the weights of a run take."""
    size = "(SELECT coalesce(sum(length(data)), 0) FROM weights WHERE run = number)"
    connection.execute(f"UPDATE run SET weight_bytes = {size}, packed = 1, freed = 0 WHERE number = ?", (number,))
