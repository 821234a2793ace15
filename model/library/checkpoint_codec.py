"""Checkpoints as bytes and back, to the bit: compressed, as differences from an earlier one where there is one.

From one checkpoint of a run to the next, most weights change by a small multiple of their last binary digit. Their bits
are subtracted as whole numbers, modulo 2^32 or 2^64, so that NaN and infinities come back as they were; the sign of the
difference moves into its last bit, and the high bytes of all numbers come before the low ones, so that zlib finds runs
of equal bytes there and leaves the low ones as the noise that they are; `run.py bench weights` compares other ways. The
first version of the schema stored arrays as they are.
"""

import json
import zlib
from collections.abc import Sequence
from itertools import chain
from math import prod

import numpy as np
from numpy.typing import NDArray

from model.base.arrays import Array
from model.base.errors import InputError
from model.history.checkpoints import Checkpoint
from model.library.inflation import OF_WEIGHTS, inflate

TYPES = {name: np.dtype(name) for name in ("<f4", "<f8")}
MOST_ARRAYS = 1_000
MOST_AXES = 4
LONGEST_AXIS = 1 << 31
LONGEST_HEADER = 1 << 16  # characters
LEVEL, MEMORY = 1, 9  # of zlib, which looks for nothing but runs: there are no other repetitions
Bits = NDArray[np.unsignedinteger]
Forms = list[tuple["np.dtype[np.floating]", tuple[int, ...]]]


def pack_weights(checkpoint: Checkpoint, base: Checkpoint | None = None) -> tuple[str, bytes]:
    """Encode a checkpoint: a JSON header with each array's type and shape, and the arrays, compressed.

    With a `base`, which must be `alike`, they are encoded as differences from it.
    """
    arrays = _arrays(checkpoint)
    before: Sequence[Array | None] = _arrays(base) if base else [None] * len(arrays)
    planes = b"".join(_planes(array, earlier) for array, earlier in zip(arrays, before, strict=True))
    machine = zlib.compressobj(LEVEL, zlib.DEFLATED, zlib.MAX_WBITS, MEMORY, zlib.Z_RLE)
    return json.dumps(_described(checkpoint)), machine.compress(planes) + machine.flush()


def alike(one: Checkpoint, other: Checkpoint) -> bool:
    """Whether two checkpoints have arrays of the same types and shapes, and can be subtracted."""
    return _described(one) == _described(other)


def unpack_weights(
    iteration: int, header: str, data: bytes, base: Checkpoint | None = None, *, most: int
) -> Checkpoint:
    """Decode what `pack_weights` returned, for the same `base`, into a checkpoint with read-only arrays.

    Raises InputError, also for more than `most` bytes of weights.
    """
    forms, states = _read_header(header)
    size = _size(forms)
    if size > most:
        raise InputError("it has more weights than any run keeps")
    if base and [(array.dtype.newbyteorder("<"), array.shape) for array in _arrays(base)] != forms:
        raise InputError("its weights are differences from those of another network")
    planes = inflate(data, size, OF_WEIGHTS)
    before: Sequence[Array | None] = _arrays(base) if base else [None] * len(forms)
    arrays, start = [], 0
    for (dtype, shape), earlier in zip(forms, before, strict=True):
        end = start + prod(shape) * dtype.itemsize
        arrays.append(_array(planes[start:end], dtype, shape, earlier))
        start = end
    return Checkpoint(iteration, tuple(arrays[:states]), tuple(arrays[states:]))


def unpack_plain(iteration: int, header: str, data: bytes) -> Checkpoint:
    """Decode a checkpoint as the first version of the schema stored it; raises InputError."""
    forms, states = _read_header(header)
    if _size(forms) != len(data):
        raise InputError("its weights are shorter or longer than their description says")
    arrays, start = [], 0
    for dtype, shape in forms:
        count = prod(shape)
        arrays.append(np.frombuffer(data, dtype, count, start).reshape(shape))
        start += count * dtype.itemsize
    return Checkpoint(iteration, tuple(arrays[:states]), tuple(arrays[states:]))


def _arrays(checkpoint: Checkpoint) -> list[Array]:
    return [*checkpoint.state, *checkpoint.memory]


def _described(checkpoint: Checkpoint) -> dict[str, list[list[object]]]:
    groups = {"state": checkpoint.state, "memory": checkpoint.memory}
    return {name: [[_type(array), list(array.shape)] for array in arrays] for name, arrays in groups.items()}


def _type(array: Array) -> str:
    return array.dtype.newbyteorder("<").str


def _bits(array: Array) -> Bits:
    """The values of an array as whole numbers with the same bits, (values,)."""
    kind = array.dtype.newbyteorder("<")
    return np.ascontiguousarray(array, kind).reshape(-1).view(f"<u{kind.itemsize}")


def _planes(array: Array, earlier: Array | None) -> bytes:
    bits = _bits(array)
    if earlier is not None:
        step = bits - _bits(earlier)
        bits = np.bitwise_xor(step << 1, -(step >> 8 * step.itemsize - 1))  # of +1, -1, +2 …: 2, 1, 4 …
    return bits.view(np.uint8).reshape(-1, bits.itemsize).T.tobytes()


def _array(planes: bytes, dtype: "np.dtype[np.floating]", shape: tuple[int, ...], earlier: Array | None) -> Array:
    rows = np.frombuffer(planes, np.uint8).reshape(dtype.itemsize, -1)
    bits: Bits = np.ascontiguousarray(rows.T).reshape(-1).view(np.dtype(f"<u{dtype.itemsize}"))
    if earlier is not None:
        bits = np.add(_bits(earlier), (bits >> 1) ^ -(bits & 1))
    found = bits.view(dtype).reshape(shape)
    found.flags.writeable = False
    return found


def _read_header(header: str) -> tuple[Forms, int]:
    """Types and shapes of all arrays, and how many of them are the network's state; raises InputError."""
    try:
        if len(header) > LONGEST_HEADER:
            raise ValueError
        values = json.loads(header)
        groups = [[_form(*form) for form in values[name]] for name in ("state", "memory")]
        forms = list(chain(*groups))
        if len(forms) > MOST_ARRAYS:
            raise ValueError
    except (KeyError, TypeError, ValueError, RecursionError):
        raise InputError("the description of its weights cannot be read") from None
    return forms, len(groups[0])


def _size(forms: Forms) -> int:
    return sum(dtype.itemsize * prod(shape) for dtype, shape in forms)


def _form(name: str, shape: Sequence[int]) -> tuple["np.dtype[np.floating]", tuple[int, ...]]:
    if len(shape) > MOST_AXES or not all(type(length) is int and 0 < length < LONGEST_AXIS for length in shape):
        raise ValueError
    return TYPES[name], tuple(shape)
