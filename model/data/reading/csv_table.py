"""Reader of tables of numbers as text (CSV): an image a row, its label in the first, the last or a named column."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import isqrt

import numpy as np
from numpy.typing import NDArray

from model.base.errors import InputError
from model.data.reading.array_file import MAX_BYTES, MAX_ITEMS, MAX_SIDE_PIXELS, ByteStream, Numbers

PIECE_BYTES = 1 << 20
LONGEST_LINE = 1 << 20
MOST_COLUMNS = MAX_SIDE_PIXELS**2 + 8
SEPARATORS = (b",", b";", b"\t", b" ")
LABEL_NAMES = {"label", "labels", "class", "classes", "target", "targets", "y", "digit", "letter", "character"}
COUNTER_NAMES = {"", "id", "index", "unnamed: 0", "imageid"}
PIXEL_NAME = re.compile(r"[a-z_. ]*\d+(x\d+)?")
NEWLINE, ZERO = 0x0A, 0x30


@dataclass(frozen=True)
class TableColumns:
    """What the columns of a table are: indices of the pixels, and of the label, None without one."""

    pixels: list[int]
    label: int | None


@dataclass(frozen=True)
class NumberTable:
    """Content of a table: `pixels` (rows, pixels), and `labels` (rows,), None without a column of them."""

    pixels: Numbers
    labels: Numbers | None


def read_table(file: ByteStream, name: str, *, bare: bool = False) -> NumberTable:
    """Read a table called `name`; raises InputError that names its fault and the line.

    A `bare` one has no column of labels: all its columns are values.
    """
    first, rest = _first_line(file, name)
    separator = next((each for each in SEPARATORS if each in first), SEPARATORS[0])
    cells = [cell.strip(b" \t\"'") for cell in (first.split() if separator == b" " else first.split(separator))]
    header = None if all(map(_is_number, cells)) else [cell.decode("utf-8", "replace").lower() for cell in cells]
    if len(cells) > MOST_COLUMNS:
        raise InputError(f"{name} has {len(cells):,} columns; at most {MOST_COLUMNS:,} can be opened.")
    blocks: list[Numbers] = []
    ends: list[Numbers] = []
    rows = 0
    headed = header is not None or _is_repaired_row(cells)
    text = b"" if headed else first + b"\n"
    for piece in _whole_lines(file, text + rest, name):
        values = _parsed(piece, separator, len(cells), name, rows + 1 + headed)
        rows += len(values)
        if rows > MAX_ITEMS or rows * len(cells) > MAX_BYTES:
            raise InputError(
                f"{name} has more than the {MAX_ITEMS:,} rows or {MAX_BYTES >> 30} GiB that can be opened."
            )
        ends.append(values[:, [0, -1]].astype(np.float64))
        blocks.append(_narrow(values))
    if not rows:
        raise InputError(f"{name} has no rows.")
    outer = np.concatenate(ends)
    columns = TableColumns(list(range(len(cells))), None) if bare else _columns(header, len(cells), outer, name)
    whole = _joined(blocks)
    blocks.clear()
    labels = None
    if columns.label is not None:
        at = {0: 0, len(cells) - 1: 1}.get(columns.label)
        labels = whole[:, columns.label].astype(np.float64) if at is None else outer[:, at]
    if len(columns.pixels) < len(cells):
        start, stop = columns.pixels[0], columns.pixels[-1] + 1
        whole = whole[:, start:stop] if stop - start == len(columns.pixels) else whole[:, columns.pixels]
    return NumberTable(whole, labels)


def _is_repaired_row(cells: list[bytes]) -> bool:
    """Whether a line is a row of bytes that pandas took for a header and made unique, as 0, 0.1, 0.2.

    More than 256 bytes are never all different.
    """
    return len(cells) > 257 and len({*cells}) == len(cells) and cells[0] + b".1" in cells


def _first_line(file: ByteStream, name: str) -> tuple[bytes, bytes]:
    text = b""
    while b"\n" not in text.lstrip() and (piece := file.read(PIECE_BYTES)):
        text += piece
        _check_line(text, name)
    text = text.removeprefix(b"\xef\xbb\xbf").lstrip()
    if b"\0" in text[:1000]:
        raise InputError(f"{name} is no table: it is not text.")
    first, _, rest = text.partition(b"\n")
    if not first.strip():
        raise InputError(f"{name} is empty.")
    return first.strip(), rest


def _check_line(text: bytes, name: str) -> None:
    if len(text) - text.rfind(b"\n") > LONGEST_LINE + PIECE_BYTES:
        raise InputError(f"{name} is no table of images: it has a line of more than {LONGEST_LINE:,} bytes.")


def _whole_lines(file: ByteStream, begun: bytes, name: str) -> Iterator[bytes]:
    left = begun
    while piece := file.read(PIECE_BYTES):
        left += piece
        _check_line(left, name)
        whole, end, left = left.rpartition(b"\n")
        if whole.strip():
            yield whole + end
    if left.strip():
        yield left if left.endswith(b"\n") else left + b"\n"


def _parsed(piece: bytes, separator: bytes, columns: int, name: str, line: int) -> Numbers:
    """Values of whole lines, (rows, columns); `line` is the number of the first of them."""
    text = piece.translate(None, b"\r\"' " if separator != b" " else b"\r\"'")
    if separator == b" ":
        text = b"\n".join(b" ".join(each.split()) for each in text.split(b"\n"))
    while b"\n\n" in text:
        text = text.replace(b"\n\n", b"\n")
    text = text.lstrip(b"\n")
    found = _whole_numbers(text, separator, columns, name, line)
    return _any_numbers(text, separator, columns, name, line) if found is None else found


def _whole_numbers(text: bytes, separator: bytes, columns: int, name: str, line: int) -> Numbers | None:
    """Values of lines that have whole numbers of up to three digits alone; None where others are among them."""
    found = np.frombuffer(text, np.uint8)
    digits = found - ZERO
    breaks = np.flatnonzero(digits > 9)
    ends = found[breaks]
    if not bool(((ends == separator[0]) | (ends == NEWLINE)).all()):
        return None
    lengths = np.diff(breaks, prepend=-1) - 1
    _check_rows(ends == NEWLINE, columns, name, line)
    if int(lengths.min()) < 1 or int(lengths.max()) > 3:
        return None
    values = digits[breaks - 1].astype(np.uint16)
    for place, factor in ((2, 10), (3, 100)):
        longer = lengths >= place
        values[longer] += digits[breaks[longer] - place] * np.uint16(factor)
    return values.reshape(-1, columns)


def _check_rows(ends_line: NDArray[np.bool_], columns: int, name: str, line: int) -> None:
    """Raise InputError for the first line that has more or fewer values than the first one of all."""
    counts = np.diff(np.flatnonzero(ends_line), prepend=-1)
    wrong = np.flatnonzero(counts != columns)
    if len(wrong):
        at = int(wrong[0])
        raise InputError(f"{name} has {counts[at]:,} values in line {line + at:,} and {columns:,} in the first.")


def _any_numbers(text: bytes, separator: bytes, columns: int, name: str, line: int) -> Numbers:
    found = np.frombuffer(text, np.uint8)
    ends = found[(found == separator[0]) | (found == NEWLINE)]
    _check_rows(ends == NEWLINE, columns, name, line)
    rows = np.empty((int(np.count_nonzero(ends == NEWLINE)), columns))
    for at, each in enumerate(text.split(b"\n")[:-1]):
        try:
            rows[at] = each.split(separator)
        except ValueError:
            wrong = next((cell for cell in each.split(separator) if not _is_number(cell)), b"")
            told = f"'{wrong[:20].decode('utf-8', 'replace')}'" if wrong else "nothing"
            raise InputError(f"{name} has {told} in line {line + at:,} where a number is needed.") from None
    return rows


def _is_number(cell: bytes) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return b"_" not in cell


def _narrow(values: Numbers) -> Numbers:
    """The same values in a byte each if they are whole numbers from 0 to 255, else as float32."""
    if values.dtype == np.uint16 and int(values.max()) <= 255:
        return values.astype(np.uint8)
    if values.dtype != np.uint16:
        return values.astype(np.float32)
    return values


def _joined(blocks: list[Numbers]) -> Numbers:
    return np.concatenate(blocks)


def _columns(header: list[str] | None, count: int, outer: Numbers, name: str) -> TableColumns:
    if header is None:
        return _unnamed_columns(count, outer, name)
    label = next((at for at, each in enumerate(header) if each in LABEL_NAMES), None)
    pixels = [at for at, each in enumerate(header) if at != label and each not in COUNTER_NAMES]
    if label is None and not PIXEL_NAME.fullmatch(header[pixels[0]] if pixels else ""):
        label, pixels = pixels[0] if pixels else None, pixels[1:]
    if not pixels:
        raise InputError(f"{name} has no columns of pixels.")
    return TableColumns(pixels, label)


def _unnamed_columns(count: int, outer: Numbers, name: str) -> TableColumns:
    every = list(range(count))
    if isqrt(count - 1) ** 2 == count - 1 and count > 1:
        first, last = outer.T
        # A label that is the same everywhere is a corner that is always dark, and the label stands at the end.
        at_end = bool((first == first[0]).all()) and not bool((last == last[0]).all())
        return TableColumns(every[:-1], count - 1) if at_end else TableColumns(every[1:], 0)
    if isqrt(count) ** 2 == count:
        return TableColumns(every, None)
    raise InputError(f"{name} has {count:,} columns, which are neither a label and a square image nor an image.")


def square_side(pixels: int, name: str) -> int:
    """Side of a square image of so many pixels; raises InputError where it is not square."""
    side = isqrt(pixels)
    if side * side != pixels or side > MAX_SIDE_PIXELS:
        raise InputError(
            f"{name} has rows of {pixels:,} values, which are no square image of at most {MAX_SIDE_PIXELS} x "
            f"{MAX_SIDE_PIXELS} pixels."
        )
    return side
