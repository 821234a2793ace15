"""Unpacking of gzip files, told by their first bytes, within what so few packed bytes can honestly hold."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Protocol

from model.base.errors import InputError

GZIP = b"\x1f\x8b"
# What no other program's name tells: files of these kinds are refused with a word on what they are.
PACKED = {b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"\x28\xb5\x2f\xfd": "Zstandard", b"7z\xbc\xaf": "7-Zip", b"Rar!": "RAR"}
# Images of digits come to a tenth of their size, tables of them to a twentieth; zeros alone to a thousandth.
FREE_BYTES, HONEST_RATIO = 32 << 20, 250
LONGEST_READ = 16 << 20
FAULTS = (EOFError, zlib.error, gzip.BadGzipFile)


class SeekableStream(Protocol):
    """Stream of bytes that can be read from elsewhere too."""

    def read(self, size: int, /) -> bytes: ...
    def seek(self, offset: int, whence: int = 0, /) -> int: ...
    def tell(self) -> int: ...


class BoundedStream:
    """What comes out of `stream`, which was `packed` bytes long; raises InputError where that is too much to be true.

    `name` is what the sentence calls it.
    """

    def __init__(self, stream: SeekableStream, packed: int, name: str) -> None:
        self.stream, self.name = stream, name
        self.packed = packed
        self.most = most_unpacked(packed)

    def read(self, size: int = -1, /) -> bytes:
        """Read at most so many bytes; without a number all that is left of a small file."""
        if size < 0:
            size = LONGEST_READ
        if size > LONGEST_READ:  # a header of an archive that announces a text of gigabytes
            raise InputError(
                "{file} is damaged: it has a header that says it is {bytes} bytes long.",
                file=self.name,
                bytes=f"{size:,}",
            )
        if self.stream.tell() >= self.most:
            raise too_much(self.name, self.packed)
        return self.stream.read(size)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Move to an offset from the start, the present place or the end; what lies before it is unpacked."""
        if whence == 2:
            return self.stream.seek(offset, whence)
        target = offset if whence == 0 else self.stream.tell() + offset
        if target > self.most:
            raise too_much(self.name, self.packed)
        return self.stream.seek(target)

    def seekable(self) -> bool:
        """Whether it can be read from elsewhere, as archives ask."""
        return True

    def tell(self) -> int:
        """Offset from the start."""
        return self.stream.tell()


def most_unpacked(packed: int) -> int:
    """Most bytes that so many packed ones may become."""
    return FREE_BYTES + HONEST_RATIO * packed


def too_much(name: str, packed: int) -> InputError:
    """Say that a file unpacks to more than images or tables do."""
    return InputError(
        "{file} is not opened: its {packed} bytes unpack to more than {most}, as no images do.",
        file=name,
        packed=f"{packed:,}",
        most=f"{most_unpacked(packed):,}",
    )


@contextmanager
def unpacked(file: BinaryIO, size: int, name: str) -> Iterator[tuple[SeekableStream, bool]]:
    """The content of a file of `size` bytes, and whether it was packed with gzip; raises InputError for other packers.

    What is wrong with the gzip file when it is read is raised as InputError too.
    """
    first = file.read(8)
    file.seek(0)
    for magic, called in PACKED.items():
        if first.startswith(magic):
            raise InputError(
                "{file} is packed with {packer}; unpack it first, or pack it with gzip or zip.",
                file=name,
                packer=called,
            )
    if not first.startswith(GZIP):
        yield file, False
        return
    try:
        with gzip.GzipFile(fileobj=file) as content:
            bounded = BoundedStream(content, size, name)
            if bounded.read(2) == GZIP:
                raise InputError("{file} is packed twice; unpack it once.", file=name)
            bounded.seek(0)
            yield bounded, True
    except FAULTS as error:
        raise InputError("{file} is not a whole gzip file ({error}); fetch it again.", file=name, error=error) from None
