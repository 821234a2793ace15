"""Checkpoints as bytes and back: the concatenated arrays, with their types and shapes as JSON."""

import json
from collections.abc import Sequence
from itertools import chain
from math import prod

import numpy as np

from model.base.arrays import Array
from model.base.errors import InputError
from model.history.checkpoints import Checkpoint

TYPES = {name: np.dtype(name) for name in ("<f4", "<f8")}
MOST_ARRAYS = 1_000
MOST_AXES = 4
LONGEST_AXIS = 1 << 31
LONGEST_HEADER = 1 << 16  # characters


def pack_weights(checkpoint: Checkpoint) -> tuple[str, bytes]:
    """Encode a checkpoint: a JSON header with each array's type and shape, and the arrays little-endian."""
    groups = {"state": checkpoint.state, "memory": checkpoint.memory}
    header = {name: [[_type(array), list(array.shape)] for array in arrays] for name, arrays in groups.items()}
    data = b"".join(array.astype(_type(array), copy=False).tobytes() for array in chain(*groups.values()))
    return json.dumps(header), data


def _type(array: Array) -> str:
    return array.dtype.newbyteorder("<").str


def unpack_weights(iteration: int, header: str, data: bytes) -> Checkpoint:
    """Decode what `pack_weights` returned into a checkpoint with read-only arrays; raises InputError."""
    try:
        if len(header) > LONGEST_HEADER:
            raise ValueError
        values = json.loads(header)
        groups = [[_form(*form) for form in values[name]] for name in ("state", "memory")]
    except (KeyError, TypeError, ValueError, RecursionError):
        raise InputError("the description of its weights cannot be read") from None
    forms = [form for group in groups for form in group]
    if len(forms) > MOST_ARRAYS or sum(dtype.itemsize * prod(shape) for dtype, shape in forms) != len(data):
        raise InputError("its weights are shorter or longer than their description says")
    arrays, start = [], 0
    for dtype, shape in forms:
        count = prod(shape)
        arrays.append(np.frombuffer(data, dtype, count, start).reshape(shape))
        start += count * dtype.itemsize
    return Checkpoint(iteration, tuple(arrays[: len(groups[0])]), tuple(arrays[len(groups[0]) :]))


def _form(name: str, shape: Sequence[int]) -> tuple["np.dtype[np.floating]", tuple[int, ...]]:
    if len(shape) > MOST_AXES or not all(type(length) is int and 0 < length < LONGEST_AXIS for length in shape):
        raise ValueError
    return TYPES[name], tuple(shape)
