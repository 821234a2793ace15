"""Event files as TensorBoard reads them: protocol buffers in TFRecord frames.

Written here because the library that could, `tensorboard`, brings gRPC, protobuf and a web server into a program whose
user may never export; what it takes are these few messages, of fields that have not changed since 2015. The numbers
of fields are those of tensorboard/compat/proto/{event,summary,histogram,tensor}.proto.
"""

import struct
from collections.abc import Iterable
from functools import cache
from math import copysign, inf

import numpy as np
from numpy.typing import NDArray

from model.base.arrays import Array

POLYNOMIAL = 0x82F63B78  # Castagnoli's, its bits reversed
ALL_BITS = 0xFFFFFFFF
VARINT, DOUBLE, BYTES, FLOAT = 0, 1, 2, 5  # wire types
STRING = 7  # the type of a tensor
FILE_VERSION = "brain.Event:2"

Words = NDArray[np.uint32]


def opening(wall_time: float) -> bytes:
    """Encode the first frame of an event file, its version; `wall_time` in seconds since 1970."""
    return _frame(_double(1, wall_time) + _bytes(3, FILE_VERSION.encode()))


def event(wall_time: float, step: int, values: Iterable[bytes]) -> bytes:
    """Encode a frame with the `values` (from `scalar`, `histogram`, `text`) of one step."""
    return _frame(_double(1, wall_time) + _number(2, step) + _bytes(5, b"".join(_bytes(1, value) for value in values)))


def scalar(tag: str, value: float) -> bytes:
    """Encode a number as float32; beyond its range as ±infinity."""
    try:
        number = struct.pack("<f", value)
    except OverflowError:
        number = struct.pack("<f", copysign(inf, value))
    return _tag(tag) + _key(2, FLOAT) + number


def histogram(tag: str, edges: Array, counts: Array, note: str = "") -> bytes:
    """Encode a histogram of `counts` (bins,) between `edges` (bins + 1,).

    Its sum and sum of squares take each value to lie in the middle of its bin. `note` is Markdown.
    """
    middle = (edges[1:] + edges[:-1]) / 2
    numbers = (edges[0], edges[-1], counts.sum(), counts @ middle, counts @ middle**2)
    told = b"".join(_double(field, float(number)) for field, number in enumerate(numbers, 1))
    packed = (_bytes(field, values.astype("<f8").tobytes()) for field, values in ((6, edges[1:]), (7, counts)))
    metadata = _bytes(9, _bytes(1, _bytes(1, b"histograms")) + _bytes(3, note.encode())) if note else b""
    return _tag(tag) + metadata + _bytes(5, told + b"".join(packed))


def text(tag: str, markdown: str) -> bytes:
    """Encode a text that TensorBoard shows as Markdown."""
    tensor = _number(1, STRING) + _bytes(2, b"") + _bytes(8, markdown.encode())
    return _tag(tag) + _bytes(9, _bytes(1, _bytes(1, b"text"))) + _bytes(8, tensor)


def _tag(tag: str) -> bytes:
    return _bytes(1, tag.encode())


def _key(field: int, wire: int) -> bytes:
    return _varint(field << 3 | wire)


def _varint(value: int) -> bytes:
    """Encode an integer as a protobuf varint: 7 bits a byte, lowest first, bit 8 set in all but the last."""
    found = b""
    while value > 0x7F:
        found += bytes((value & 0x7F | 0x80,))
        value >>= 7
    return found + bytes((value,))


def _number(field: int, value: int) -> bytes:
    return _key(field, VARINT) + _varint(value)


def _double(field: int, value: float) -> bytes:
    return _key(field, DOUBLE) + struct.pack("<d", value)


def _bytes(field: int, value: bytes) -> bytes:
    return _key(field, BYTES) + _varint(len(value)) + value


def _frame(data: bytes) -> bytes:
    """Wrap data as a TFRecord: length, masked CRC of length, data, masked CRC of data."""
    length = struct.pack("<Q", len(data))
    return length + _masked(length) + data + _masked(data)


def _masked(data: bytes) -> bytes:
    crc = crc32c(data)
    return struct.pack("<I", ((crc >> 15 | crc << 17) + 0xA282EAD8) & ALL_BITS)


def crc32c(data: bytes) -> int:
    """The CRC-32C of `data`, vectorised: a loop over bytes is many times slower.

    Starts with the CRC of each byte and joins neighbours, halving their number each time: CRC(a b) is CRC(a), advanced
    over len(b) zero bytes, XOR CRC(b).
    """
    states = _of_bytes()[np.frombuffer(data, np.uint8)]
    doubled = 0
    while states.size > 1:
        if states.size % 2:
            states = np.concatenate((states[:1] & 0, states))  # zeros in front change nothing
        states = _carried(states[0::2], doubled) ^ states[1::2]
        doubled += 1
    start = np.array([ALL_BITS], "<u4")
    for power in range(len(data).bit_length()):
        if len(data) >> power & 1:
            start = _carried(start, power)
    return int(start[0] ^ (states[0] if states.size else 0)) ^ ALL_BITS


@cache
def _of_bytes() -> Words:
    states = np.arange(256, dtype="<u4")
    for _ in range(8):
        states = states >> 1 ^ (states & 1) * np.uint32(POLYNOMIAL)
    return states


def _carried(states: Words, power: int) -> Words:
    """Advance checksums over 2**power zero bytes."""
    tables = _carrying(power)
    parts = np.ascontiguousarray(states).view(np.uint8).reshape(-1, 4)
    found: Words = tables[0][parts[:, 0]]
    for table, part in zip(tables[1:], parts.T[1:], strict=True):
        found = found ^ table[part]
    return found


@cache
def _carrying(power: int) -> Words:
    """Table (4, 256) for `_carried`: the advanced checksum of each value of each of the 4 bytes."""
    if power:
        return np.stack([_carried(table, power - 1) for table in _carrying(power - 1)])
    states = np.arange(256, dtype="<u4") << np.arange(0, 32, 8, dtype="<u4")[:, None]
    found: Words = states >> 8 ^ _of_bytes()[states & 0xFF]
    return found
