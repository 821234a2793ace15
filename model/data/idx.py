"""Reader of MNIST's IDX format that does not trust the header: memory is allocated only for bytes that are there.

Header (http://yann.lecun.com/exdb/mnist): two zero bytes, the type (8 = unsigned byte), the number of dimensions,
then each dimension as a big-endian 32-bit number; the payload follows, last dimension fastest.
"""

import gzip
import zlib
from dataclasses import dataclass
from hashlib import sha256
from math import prod
from pathlib import Path
from typing import Protocol

import numpy as np

from model.base.arrays import Bytes
from model.base.errors import InputError

UNSIGNED_BYTE = 8
MAX_ITEMS = 1_000_000
MAX_SIDE_PIXELS = 256
MAX_BYTES = 1 << 30
PIECE_BYTES = (1 << 20, 8 << 20)  # at least and at most


class Source(Protocol):
    """Stream of bytes, unpacked or not."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class Idx:
    """Content of an IDX file: its array and the SHA-256 of its unpacked bytes."""

    values: Bytes
    digest: str


def read_idx(path: Path, dimensions: int) -> Idx:
    """Read an IDX file of so many dimensions, gzipped if its name ends in .gz.

    Raises InputError that names the file and its fault; the limits are MAX_ITEMS, MAX_SIDE_PIXELS and MAX_BYTES.
    """
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
            return _read(file, path.name, dimensions)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"{path.name} is not a whole gzip file ({error}); fetch it again.") from None
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {error.strerror or error}.") from None


def _read(file: Source, name: str, dimensions: int) -> Idx:
    header = file.read(4 + 4 * dimensions)
    if len(header) < 4 + 4 * dimensions or header[:2] != b"\0\0":
        raise InputError(f"{name} is not an IDX file: it does not start with an IDX header.")
    if header[2] != UNSIGNED_BYTE:
        raise InputError(f"{name} holds values of type 0x{header[2]:02x}; only unsigned bytes (0x08) can be opened.")
    if header[3] != dimensions:
        raise InputError(f"{name} has {header[3]} dimensions instead of {dimensions}.")
    shape = tuple(int.from_bytes(header[at : at + 4], "big") for at in range(4, len(header), 4))
    caps = (MAX_ITEMS, *[MAX_SIDE_PIXELS] * (dimensions - 1))
    if not all(1 <= size <= cap for size, cap in zip(shape, caps, strict=True)) or prod(shape) > MAX_BYTES:
        sizes, limits = (" x ".join(f"{n:,}" for n in group) for group in (shape, caps))
        raise InputError(f"{name} says its size is {sizes}; 1 to {limits} and {MAX_BYTES >> 30} GiB can be opened.")
    return _read_payload(file, name, header, shape)


def _read_payload(file: Source, name: str, header: bytes, shape: tuple[int, ...]) -> Idx:
    # Grown piece by piece with what really comes, so that a header cannot make us reserve what the file lacks. A piece
    # doubles that: after each, a thread beside a busy window waits for the interpreter lock, up to 5 ms.
    payload, digest, expected = bytearray(), sha256(header), prod(shape)
    least, most = PIECE_BYTES
    while piece := file.read(min(max(least, len(payload)), most, expected + 1 - len(payload))):
        payload += piece
        digest.update(piece)
        if len(payload) > expected:
            raise InputError(f"{name} is longer than the {expected:,} bytes its header announces.")
    if len(payload) < expected:
        raise InputError(f"{name} ends after {len(payload):,} of the {expected:,} bytes its header announces.")
    return Idx(np.frombuffer(payload, np.uint8).reshape(shape), digest.hexdigest())
