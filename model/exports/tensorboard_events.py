"""Event files as TensorBoard reads them: protocol buffers in TFRecord frames.

Written here because the library that could, `tensorboard`, brings gRPC, protobuf and a web server into a program whose
user may never export; what it takes are these few messages, of fields that have not changed since 2015. The numbers
of fields are those of tensorboard/compat/proto/{event,summary,histogram,tensor}.proto.
"""

import struct
from collections.abc import Iterable
from math import copysign, inf

from model.base.arrays import Array

POLYNOMIAL = 0x82F63B78  # Castagnoli's, its bits reversed
ALL_BITS = 0xFFFFFFFF
VARINT, DOUBLE, BYTES, FLOAT = 0, 1, 2, 5  # wire types
STRING = 7  # the type of a tensor
FILE_VERSION = "brain.Event:2"


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
    """The CRC-32C of `data` (RFC 3720, appendix B.4), a byte at a time.

    Frames are many and short: a run of 100,000 recorded iterations has 200,000 checksums, of 60 bytes on average. This
    loop is two fifths of that export; joining neighbours in NumPy, which gains from some 2,000 bytes on, takes 15 times
    as long.
    """
    crc = ALL_BITS
    for byte in data:
        crc = crc >> 8 ^ TABLE[(crc ^ byte) & 0xFF]
    return crc ^ ALL_BITS


def _of_byte(crc: int) -> int:
    for _ in range(8):
        crc = crc >> 1 ^ (crc & 1) * POLYNOMIAL
    return crc


TABLE = [_of_byte(byte) for byte in range(256)]
