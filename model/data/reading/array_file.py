"""Reader of arrays, IDX or NumPy's, that does not trust the header: memory is taken only for bytes that are there.

IDX (http://yann.lecun.com/exdb/mnist): two zero bytes, the type, the number of dimensions, then each dimension as a
big-endian 32-bit number; the payload follows, last dimension fastest, big-endian. NPY: numpy.lib.format, without
pickles.
"""

import ast
import os
from dataclasses import dataclass
from hashlib import sha256
from io import BufferedReader, FileIO
from math import prod
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from model.base.errors import InputError

if TYPE_CHECKING:
    from hashlib import _Hash

IDX_TYPES = {0x08: "u1", 0x09: "i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
NPY_MAGIC = b"\x93NUMPY"
NPY_HEADER_BYTES = 4096  # that of a plain array has some hundred
MAX_ITEMS = 1_000_000
MAX_SIDE_PIXELS = 256
MAX_BYTES = 1 << 30
MAX_DIMENSIONS = 4
PIECE_BYTES = (1 << 20, 8 << 20)  # at least and at most

Numbers = NDArray[Any]


class ByteStream(Protocol):
    """Stream of bytes, unpacked or not."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class ArrayHeader:
    """What a file says of its array; `raw` are the bytes that say so, `fortran` that the first dimension is fastest."""

    shape: tuple[int, ...]
    dtype: "np.dtype[Any]"
    raw: bytes
    fortran: bool = False

    @property
    def payload_bytes(self) -> int:
        """Number of bytes that follow the header."""
        return prod(self.shape) * self.dtype.itemsize


@dataclass(frozen=True)
class ReadArray:
    """Content of a file: its array and, where asked for, the SHA-256 of its unpacked bytes."""

    values: Numbers
    digest: str = ""


def is_array(first: bytes) -> bool:
    """Whether a file that begins with these eight bytes may be IDX or NPY."""
    return first.startswith(NPY_MAGIC) or (len(first) >= 4 and first[:2] == b"\0\0" and 1 <= first[3] <= MAX_DIMENSIONS)


def read_header(file: ByteStream, name: str) -> ArrayHeader:
    """Read the header of an IDX or NPY file called `name`; raises InputError that names the file and its fault."""
    first = file.read(4)
    if first == NPY_MAGIC[:4]:
        header = _npy_header(file, name, first)
    elif len(first) == 4 and first[:2] == b"\0\0":
        header = _idx_header(file, name, first)
    else:
        raise InputError("{file} is neither an IDX nor a NumPy file: it does not start with an IDX header.", file=name)
    caps = (MAX_ITEMS, *_side_caps(len(header.shape)))
    fits = all(1 <= size <= cap for size, cap in zip(header.shape, caps, strict=True))
    if not fits or header.payload_bytes > MAX_BYTES:
        sizes, limits = (" x ".join(f"{n:,}" for n in group) for group in (header.shape, caps))
        raise InputError(
            "{file} says its size is {sizes}; 1 to {limits} and {size} GiB can be opened.",
            file=name,
            sizes=sizes,
            limits=limits,
            size=MAX_BYTES >> 30,
        )
    return header


def _side_caps(dimensions: int) -> tuple[int, ...]:
    return (MAX_SIDE_PIXELS**2,) if dimensions == 2 else (MAX_SIDE_PIXELS,) * (dimensions - 1)


def _idx_header(file: ByteStream, name: str, first: bytes) -> ArrayHeader:
    kind, dimensions = first[2], first[3]
    if kind not in IDX_TYPES:
        known = ", ".join(f"0x{code:02x}" for code in IDX_TYPES)
        raise InputError(
            "{file} holds values of type 0x{code}; IDX files have one of {known}.",
            file=name,
            code=f"{kind:02x}",
            known=known,
        )
    if not 1 <= dimensions <= MAX_DIMENSIONS:
        raise InputError(
            "{file} has {dimensions} dimensions; 1 to {most} can be opened.",
            file=name,
            dimensions=dimensions,
            most=MAX_DIMENSIONS,
        )
    sizes = file.read(4 * dimensions)
    if len(sizes) < 4 * dimensions:
        raise InputError("{file} is not an IDX file: it does not start with an IDX header.", file=name)
    shape = tuple(int.from_bytes(sizes[at : at + 4], "big") for at in range(0, len(sizes), 4))
    return ArrayHeader(shape, np.dtype(IDX_TYPES[kind]), first + sizes)


def _npy_header(file: ByteStream, name: str, first: bytes) -> ArrayHeader:
    raw = first + file.read(4)
    long = raw[6:7] != b"\1"  # versions 2 and 3 have four bytes for the length
    raw += file.read(4 if long else 2)
    size = int.from_bytes(raw[8:], "little")
    if len(raw) != (12 if long else 10) or not raw.startswith(NPY_MAGIC) or not 0 < size <= NPY_HEADER_BYTES:
        raise InputError("{file} is not a NumPy file: its header is damaged.", file=name)
    text = file.read(size)
    try:
        said = ast.literal_eval(text.decode("latin1"))
        dtype, shape, fortran = np.dtype(said["descr"]), tuple(said["shape"]), bool(said["fortran_order"])
        if not all(isinstance(n, int) and not isinstance(n, bool) and n >= 0 for n in shape):
            raise ValueError(shape)
    except (ValueError, TypeError, SyntaxError, KeyError, RecursionError, MemoryError, AttributeError):
        raise InputError("{file} is not a NumPy file: its header is damaged.", file=name) from None
    if dtype.kind not in "buif" or dtype.itemsize > 8:
        raise InputError("{file} holds values of type {dtype}, not plain numbers.", file=name, dtype=dtype)
    if not 1 <= len(shape) <= MAX_DIMENSIONS:
        raise InputError(
            "{file} has {dimensions} dimensions; 1 to {most} can be opened.",
            file=name,
            dimensions=len(shape),
            most=MAX_DIMENSIONS,
        )
    return ArrayHeader(shape, dtype, raw + text, fortran)


def ends_early(name: str, there: int, header: ArrayHeader) -> InputError:
    """Say that so few bytes are there behind a header."""
    return InputError(
        "{file} ends after {there} of the {bytes} bytes its header announces.",
        file=name,
        there=f"{there:,}",
        bytes=f"{header.payload_bytes:,}",
    )


def read_payload(file: ByteStream, name: str, header: ArrayHeader, *, digested: bool = False) -> ReadArray:
    """Read the array that follows its header; raises InputError if there are more or fewer bytes than announced."""
    digest = sha256(header.raw) if digested else None
    payload = (_filled if _is_all(file, header) else _grown)(file, name, header, digest)
    values = np.frombuffer(payload, header.dtype).reshape(header.shape, order="F" if header.fortran else "C")
    return ReadArray(values, digest.hexdigest() if digest else "")


def _is_all(file: ByteStream, header: ArrayHeader) -> bool:
    """Whether a file of the disk, and not one within an archive, has just the bytes that its header announces."""
    if not isinstance(file, BufferedReader) or not isinstance(file.raw, FileIO):
        return False
    return os.fstat(file.fileno()).st_size - file.tell() == header.payload_bytes


def _filled(file: Any, name: str, header: ArrayHeader, digest: "_Hash | None") -> Numbers:
    # The file has as many bytes as its header announces, so there is room for them at once, and what takes the time is
    # done without the interpreter lock: beside a window that is still being made.
    payload = np.empty(header.payload_bytes, np.uint8)
    room, done, most = payload.data, 0, PIECE_BYTES[1]
    while done < len(room) and (more := file.readinto(room[done : done + most])):
        if digest:
            digest.update(room[done : done + more])
        done += more
    if done < len(room):
        raise ends_early(name, done, header)
    return payload


def _grown(file: ByteStream, name: str, header: ArrayHeader, digest: "_Hash | None") -> bytearray:
    # Grown piece by piece with what really comes, so that a header cannot make us reserve what the file lacks. A piece
    # doubles that: after each, a thread beside a busy window waits for the interpreter lock, up to 5 ms.
    payload, expected = bytearray(), header.payload_bytes
    least, most = PIECE_BYTES
    while piece := file.read(min(max(least, len(payload)), most, expected + 1 - len(payload))):
        payload += piece
        if digest:
            digest.update(piece)
        if len(payload) > expected:
            raise InputError(
                "{file} is longer than the {bytes} bytes its header announces.", file=name, bytes=f"{expected:,}"
            )
    if len(payload) < expected:
        raise ends_early(name, len(payload), header)
    return payload
