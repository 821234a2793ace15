"""Reader of tables of numbers as text (CSV): an image a row, its label in the first, the last or a named column."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.base.errors import InputError
from model.data.reading.array_file import MAX_BYTES, MAX_ITEMS, MAX_SIDE_PIXELS, ByteStream, Numbers
from model.data.reading.table_columns import TableColumns, table_columns

PIECE_BYTES = 1 << 20
LONGEST_LINE = 1 << 20
MOST_COLUMNS = MAX_SIDE_PIXELS**2 + 8
SEPARATORS = (b",", b";", b"\t", b" ")
NEWLINE, ZERO = 0x0A, 0x30


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
        raise InputError(
            "{file} has {columns} columns; at most {most} can be opened.",
            file=name,
            columns=f"{len(cells):,}",
            most=f"{MOST_COLUMNS:,}",
        )
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
                "{file} has more than the {most} rows or {size} GiB that can be opened.",
                file=name,
                most=f"{MAX_ITEMS:,}",
                size=MAX_BYTES >> 30,
            )
        ends.append(values[:, [0, -1]].astype(np.float64))
        blocks.append(_narrow(values))
    if not rows:
        raise InputError("{file} has no rows.", file=name)
    outer = np.concatenate(ends)
    columns = TableColumns(list(range(len(cells))), None) if bare else table_columns(header, len(cells), outer, name)
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
        raise InputError("{file} is no table: it is not text.", file=name)
    first, _, rest = text.partition(b"\n")
    if not first.strip():
        raise InputError("{file} is empty.", file=name)
    return first.strip(), rest


def _check_line(text: bytes, name: str) -> None:
    if len(text) - text.rfind(b"\n") > LONGEST_LINE + PIECE_BYTES:
        raise InputError(
            "{file} is no table of images: it has a line of more than {most} bytes.",
            file=name,
            most=f"{LONGEST_LINE:,}",
        )


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
        raise InputError(
            "{file} has {values} values in line {line} and {columns} in the first.",
            file=name,
            values=f"{counts[at]:,}",
            line=f"{line + at:,}",
            columns=f"{columns:,}",
        )


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
            at_line = f"{line + at:,}"
            if not wrong:
                raise InputError(
                    "{file} has nothing in line {line} where a number is needed.", file=name, line=at_line
                ) from None
            raise InputError(
                "{file} has '{value}' in line {line} where a number is needed.",
                file=name,
                value=wrong[:20].decode("utf-8", "replace"),
                line=at_line,
            ) from None
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
