"""Reads the files of one data set: labels before images, headers before both."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.base.errors import InputError
from model.base.language import Message
from model.data.reading.archives import opened_archive
from model.data.reading.array_file import (
    ArrayHeader,
    Numbers,
    ends_early,
    is_array,
    read_header,
    read_payload,
)
from model.data.reading.csv_table import read_table
from model.data.reading.entries import Entry, unreadable
from model.data.reading.found_sets import FoundSet, is_table
from model.data.reading.gray_bytes import whole_labels
from model.data.reading.roles import IMAGES, LABELS, TEST, TRAINING, Role
from model.data.reading.unpacking import SeekableStream, most_unpacked, too_much, unpacked

FEW_SHADES = 16  # a table that has no larger value has these, not the darkest of 256


class Labelled(NamedTuple):
    """Images as they are stored, and their labels, (images,); `name` is the file's or the images'."""

    images: Numbers
    labels: NDArray[np.int64]
    name: str
    labels_name: str


class Contents(NamedTuple):
    """What a data set's files hold; `test` is None where the images are to be split, and `notes` say why."""

    training: Labelled
    test: Labelled | None
    notes: list[Message]


def read_contents(found: FoundSet) -> Contents:
    """Read all files of a data set; raises InputError that names a file and its fault."""
    return _read_tables(found.tables) if found.tables else _read_arrays(found.arrays)


def _read_arrays(arrays: Mapping[Role, Entry]) -> Contents:
    splits = [split for split in (TRAINING, TEST) if Role(split, IMAGES) in arrays] or [""]
    for split in splits:
        _check_headers(arrays[Role(split, IMAGES)], arrays[Role(split, LABELS)])
    found = []
    for split in splits:
        images, labels = arrays[Role(split, IMAGES)], arrays[Role(split, LABELS)]
        numbers = whole_labels(read_values(labels), labels.name)
        found.append(Labelled(read_values(images), numbers, images.name, labels.name))
        _check_counts(len(found[-1].images), images.name, len(numbers), labels.name)
    return Contents(found[0], found[1] if len(found) > 1 else None, [])


def _check_headers(images: Entry, labels: Entry) -> None:
    """Raise InputError for counts that differ, before either file is read."""
    sizes = []
    for entry in (images, labels):
        if is_table(entry.name):
            return
        with _opened_array(entry) as (_, header):
            sizes.append(header.shape[0])
    _check_counts(sizes[0], images.name, sizes[1], labels.name)


def _check_counts(images: int, _name: str, labels: int, labels_name: str) -> None:
    if images != labels:
        raise InputError(
            "{file} has {labels} labels for {images} images.",
            file=labels_name,
            labels=f"{labels:,}",
            images=f"{images:,}",
        )


def read_values(entry: Entry) -> Numbers:
    """Read the array of a file: IDX, NumPy or a table of values alone; raises InputError."""
    if is_table(entry.name):
        with _opened(entry) as (file, _):
            return _shades(read_table(file, entry.name, bare=True).pixels)
    with _opened_array(entry) as (file, header):
        return read_payload(file, entry.name, header).values


@contextmanager
def _opened(entry: Entry) -> Iterator[tuple[SeekableStream, bool]]:
    with ExitStack() as stack:
        try:
            file = stack.enter_context(entry.open())
            yield stack.enter_context(unpacked(file, entry.size, entry.name))
        except OSError as error:
            raise unreadable(entry.name, error) from None


@contextmanager
def _opened_array(entry: Entry) -> Iterator[tuple[SeekableStream, ArrayHeader]]:
    """An array's stream behind its header, also of the only one in an .npz file."""
    if not entry.name.lower().endswith(".npz"):
        with _opened(entry) as (file, packed):
            yield file, _checked_header(file, entry, packed=packed)
        return
    with opened_archive(entry) as members:
        if not members or len(members) > 1:
            raise InputError(
                "{file} holds {arrays} arrays where one is needed.", file=entry.name, arrays=len(members or [])
            )
        with _opened(members[0]) as (file, packed):
            yield file, _checked_header(file, members[0], packed=packed)


def _checked_header(file: SeekableStream, entry: Entry, *, packed: bool) -> ArrayHeader:
    """A header that announces no more than there is, or than packed bytes become."""
    first = file.read(8)
    file.seek(0)
    if not is_array(first):
        raise InputError("{file} is not an IDX file: it does not start with an IDX header.", file=entry.name)
    header = read_header(file, entry.name)
    if packed and header.payload_bytes > most_unpacked(entry.size):
        raise too_much(entry.name, entry.size)
    if not packed and entry.size < len(header.raw) + header.payload_bytes:
        raise ends_early(entry.name, entry.size - len(header.raw), header)
    return header


def _read_tables(tables: Mapping[str, Entry]) -> Contents:
    training = _labelled(tables.get(TRAINING) or tables[""])
    if training is None:
        name = (tables.get(TRAINING) or tables[""]).name
        raise InputError("{file} has no column of labels, which has to be the first or to be called label.", file=name)
    if TEST not in tables:
        return Contents(training, None, [])
    test = _labelled(tables[TEST])
    left_out = Message("{file} has no labels, as of a contest, and is left out.", file=tables[TEST].name)
    return Contents(training, test, [] if test else [left_out])


def _labelled(entry: Entry) -> Labelled | None:
    with _opened(entry) as (file, _):
        table = read_table(file, entry.name)
    if table.labels is None:
        return None
    return Labelled(_shades(table.pixels), whole_labels(table.labels, entry.name), entry.name, entry.name)


def _shades(pixels: Numbers) -> Numbers:
    """The pixels of a table, whose type says nothing of their range: few shades as numbers to be brought to 0..255."""
    if pixels.dtype == np.uint8 and int(pixels.max()) <= FEW_SHADES:
        return pixels.astype(np.int16)
    return pixels
