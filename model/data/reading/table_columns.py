"""Columns of a table of images as text: which one is the label, told by the header or by the values."""

import re
from dataclasses import dataclass
from math import isqrt

from model.base.errors import InputError
from model.data.reading.array_file import MAX_SIDE_PIXELS, Numbers

LABEL_NAMES = {"label", "labels", "class", "classes", "target", "targets", "y", "digit", "letter", "character"}
COUNTER_NAMES = {"", "id", "index", "unnamed: 0", "imageid"}
PIXEL_NAME = re.compile(r"[a-z_. ]*\d+(x\d+)?")


@dataclass(frozen=True)
class TableColumns:
    """What the columns of a table are: indices of the pixels, and of the label, None without one."""

    pixels: list[int]
    label: int | None


def table_columns(header: list[str] | None, count: int, outer: Numbers, name: str) -> TableColumns:
    """What the columns are by their names or, without a header, by the `outer` ones, (rows, 2); raises InputError."""
    if header is None:
        return _unnamed_columns(count, outer, name)
    label = next((at for at, each in enumerate(header) if each in LABEL_NAMES), None)
    pixels = [at for at, each in enumerate(header) if at != label and each not in COUNTER_NAMES]
    if label is None and not PIXEL_NAME.fullmatch(header[pixels[0]] if pixels else ""):
        label, pixels = pixels[0] if pixels else None, pixels[1:]
    if not pixels:
        raise InputError("{file} has no columns of pixels.", file=name)
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
    raise InputError(
        "{file} has {columns} columns, which are neither a label and a square image nor an image.",
        file=name,
        columns=f"{count:,}",
    )


def square_side(pixels: int, name: str) -> int:
    """Side of a square image of so many pixels; raises InputError where it is not square."""
    side = isqrt(pixels)
    if side * side != pixels or side > MAX_SIDE_PIXELS:
        raise InputError(
            "{file} has rows of {values} values, which are no square image of at most {side} x {side} pixels.",
            file=name,
            values=f"{pixels:,}",
            side=MAX_SIDE_PIXELS,
        )
    return side
