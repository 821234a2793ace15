"""Archives: their members, checked before any of them is read, and nothing of them is written to the disk."""

import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from model.base.errors import InputError
from model.data.reading.entries import MOST_FILES, Entry, unreadable
from model.data.reading.unpacking import BoundedStream, SeekableStream, most_unpacked, too_much, unpacked

ZIP, TAR, TAR_AT = b"PK\x03\x04", b"ustar", 257
END_OF_ZIP, END_BYTES, LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
# Of a zip archive's list of members; that of 10,000 with names of usual length has a third of this.
MOST_LIST_BYTES = 3 << 20
READ_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 1
FAULTS = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, struct.error, NotImplementedError, RuntimeError,
          ValueError, LookupError, OverflowError)  # fmt: skip


@contextmanager
def opened_archive(entry: Entry) -> Iterator[list[Entry] | None]:
    """The members of an archive while it is open, None if `entry` is none; raises InputError.

    Whatever is wrong with it is raised so, also while a member is read.
    """
    with ExitStack() as stack:
        try:
            file = stack.enter_context(entry.open())
            first = file.read(len(ZIP))
            file.seek(0)
            if first == ZIP:
                yield _zip_members(file, entry, stack)
                return
            content, _ = stack.enter_context(unpacked(file, entry.size, entry.name))
            content.seek(TAR_AT)
            ends = content.read(len(TAR))
            content.seek(0)
            yield _tar_members(content, entry, stack) if ends == TAR else None
        except InputError:
            raise
        except OSError as error:
            raise unreadable(entry.name, error) from None
        except FAULTS as error:
            raise InputError(
                "{file} is a damaged archive ({fault}); fetch it again.", file=entry.name, fault=_told(error)
            ) from None


def _told(error: BaseException) -> str:
    return str(error).splitlines()[0].rstrip(".")[:100] if str(error) else type(error).__name__


def _zip_members(file: BinaryIO, entry: Entry, stack: ExitStack) -> list[Entry]:
    _check_list(file, entry)
    archive = stack.enter_context(zipfile.ZipFile(file))
    members = []
    for info in archive.infolist():
        if info.is_dir():
            continue
        if info.flag_bits & ENCRYPTED:
            raise InputError(
                "{file} needs a password, for {member}; unpack it first.", file=entry.name, member=info.filename[:100]
            )
        if info.compress_type not in READ_METHODS:
            raise InputError("{file} is packed in an unusual way; unpack it, or pack it with deflate.", file=entry.name)
        packed = min(info.compress_size, entry.size)
        if parts := _parts(info.filename, entry):
            opens = cast("Callable[[], AbstractContextManager[BinaryIO]]", partial(archive.open, info))
            members.append(
                Entry(parts, info.file_size, partial(_bounded, opens, info.file_size, packed, info.filename))
            )
    return sorted(members, key=lambda member: (len(member.parts), member.parts))


@contextmanager
def _bounded(
    opens: Callable[[], AbstractContextManager[BinaryIO]], size: int, packed: int, name: str
) -> Iterator[BinaryIO]:
    if size > most_unpacked(packed):
        raise too_much(name, packed)
    with opens() as file:
        yield cast("BinaryIO", BoundedStream(file, packed, name))


def _check_list(file: BinaryIO, entry: Entry) -> None:
    """Raise InputError for a list of members that is larger than that of any data set, before it is read."""
    reach = min(entry.size, END_BYTES + LONGEST_COMMENT)
    file.seek(entry.size - reach)
    tail = file.read(reach)
    file.seek(0)
    at = tail.rfind(END_OF_ZIP)
    if at < 0 or len(tail) - at < END_BYTES:
        raise InputError("{file} is no whole zip archive; fetch it again.", file=entry.name)
    count, size = struct.unpack_from("<HL", tail, at + 10)
    if count > MOST_FILES or size > MOST_LIST_BYTES:
        raise _too_many(entry)


def _too_many(entry: Entry) -> InputError:
    return InputError(
        "{file} has more than {most} members; a data set has a few files.", file=entry.name, most=f"{MOST_FILES:,}"
    )


def _tar_members(content: SeekableStream, entry: Entry, stack: ExitStack) -> list[Entry]:
    # Not by tarfile.open, whose own unpacking would not be bounded.
    archive = stack.enter_context(tarfile.TarFile(fileobj=cast("BinaryIO", content)))
    members = []
    for count, info in enumerate(archive):
        if count >= MOST_FILES:
            raise _too_many(entry)
        if not info.isreg() or info.issparse():
            continue  # folders, links, devices: nothing that is read
        if parts := _parts(info.name, entry):
            members.append(Entry(parts, info.size, partial(_tar_file, archive, info)))
    return sorted(members, key=lambda member: (len(member.parts), member.parts))


def _tar_file(archive: tarfile.TarFile, info: tarfile.TarInfo) -> AbstractContextManager[BinaryIO]:
    found = archive.extractfile(info)
    assert found is not None  # as it is a regular file
    return cast("AbstractContextManager[BinaryIO]", found)


def _parts(name: str, entry: Entry) -> tuple[str, ...]:
    """The parts of a member's path, none for one to be passed over; raises InputError for one that leads outside."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or ".." in parts or parts[0].startswith("/") or ":" in parts[0]:
        raise InputError(
            "{file} is not opened: its member '{member}' leads out of the archive.", file=entry.name, member=name[:100]
        )
    hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
    return () if hidden else parts
