"""Images of any type of number, grey or in colour, as bytes from 0 to 255; and a note on what was done to them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.base.arrays import Bytes
from model.base.errors import InputError
from model.base.language import Later, Message, message
from model.base.number_format import rounded
from model.data.reading.array_file import MAX_SIDE_PIXELS, Numbers
from model.data.reading.table_columns import square_side

CHANNELS = (1, 3, 4)
LUMA = np.array([0.299, 0.587, 0.114], np.float32)  # Rec. 601: how bright an eye finds red, green and blue
AT_ONCE = 2_000  # images; arithmetic takes four or eight bytes for each value
IN_COLOR = message("Its images are in colour, and became grey.")
SCALED = message("Its values, which go from {low} to {high}, were brought to 0 to 255.")


class ValueRange(NamedTuple):
    """The values that become black and white."""

    low: float
    high: float

    def holds(self, low: float, high: float) -> bool:
        """Whether these are within."""
        return self.low <= low and high <= self.high


BYTES = ValueRange(0, 255)
# Ranges that programs write images in; the first one that holds all values is taken, else their own.
OF_WHOLE_NUMBERS = (ValueRange(0, 1), ValueRange(0, 15), ValueRange(0, 16), BYTES, ValueRange(-128, 127))
OF_FRACTIONS = (ValueRange(0, 1), ValueRange(-1, 1), BYTES)


class GrayImages(NamedTuple):
    """Images as bytes, each (images, height, width), and notes on what was done to them."""

    images: list[Bytes]
    notes: list[Message]


def gray_bytes(given: Sequence[Numbers], names: Sequence[str]) -> GrayImages:
    """Bring sets of images, each called by a name, to bytes by one range of all; raises InputError.

    Each is (images, height, width), (images, pixels), or has 1, 3 or 4 channels last or second.
    """
    stacks = [_stack(values, name) for values, name in zip(given, names, strict=True)]
    notes = [Message(IN_COLOR)] if any(stack.ndim == 4 for stack in stacks) else []
    if all(stack.dtype == np.uint8 for stack in stacks):
        return GrayImages([_gray(stack) if stack.ndim == 4 else stack for stack in stacks], notes)
    for stack, name in zip(stacks, names, strict=True):
        _check_finite(stack, name)
    span = _span(stacks)
    if span != BYTES:
        notes.append(Message(SCALED, low=Later(_figure, span.low), high=Later(_figure, span.high)))
    return GrayImages([_scaled(stack, span) for stack in stacks], notes)


def _figure(value: float) -> str:
    return rounded(value, 5)


def _stack(values: Numbers, name: str) -> Numbers:
    """As (images, height, width), or (images, height, width, 3) in colour."""
    if values.ndim == 2:
        side = square_side(values.shape[1], name)
        return values.reshape(-1, side, side)
    if values.ndim == 4:
        if values.shape[3] not in CHANNELS and values.shape[1] in CHANNELS:
            values = np.moveaxis(values, 1, 3)
        if values.shape[3] not in CHANNELS:
            raise InputError(
                "{file} has images of {channels} channels; 1, 3 or 4 can be opened.",
                file=name,
                channels=values.shape[3],
            )
        values = values[..., 0] if values.shape[3] == 1 else values[..., :3]
    if values.ndim < 3:
        raise InputError("{file} has one number where an image is needed.", file=name)
    if max(values.shape[1:3]) > MAX_SIDE_PIXELS:
        raise InputError("{file} has images above {side} x {side} pixels.", file=name, side=MAX_SIDE_PIXELS)
    return values


def _check_finite(stack: Numbers, name: str) -> None:
    if stack.dtype.kind == "f" and not all(bool(np.isfinite(part).all()) for part in _parts(stack)):
        raise InputError("{file} has values that are no numbers (NaN or infinity).", file=name)


def _parts(stack: Numbers) -> list[Numbers]:
    return [stack[start : start + AT_ONCE] for start in range(0, len(stack), AT_ONCE)]


def _span(stacks: Sequence[Numbers]) -> ValueRange:
    """The range that all values are in."""
    low = min(float(stack.min()) for stack in stacks)
    high = max(float(stack.max()) for stack in stacks)
    whole = all(stack.dtype.kind in "bui" or _are_whole(stack) for stack in stacks)
    usual = OF_WHOLE_NUMBERS if whole else OF_FRACTIONS
    return next((span for span in usual if span.holds(low, high)), ValueRange(low, high))


def _are_whole(stack: Numbers) -> bool:
    return all(bool((part == np.rint(part)).all()) for part in _parts(stack))


def _scaled(stack: Numbers, span: ValueRange) -> Bytes:
    """Gray bytes of values of this range, black at its lowest."""
    made = np.empty(stack.shape[:3], np.uint8)
    extent = span.high - span.low
    factor = 255 / extent if 0 < extent < np.inf else 0.0
    for start in range(0, len(stack), AT_ONCE):
        part = stack[start : start + AT_ONCE].astype(np.float64)
        part = part @ LUMA if part.ndim == 4 else part
        made[start : start + AT_ONCE] = np.rint((part - span.low) * factor).clip(0, 255)
    return made


def _gray(stack: Bytes) -> Bytes:
    made = np.empty(stack.shape[:3], np.uint8)
    for start in range(0, len(stack), AT_ONCE):
        made[start : start + AT_ONCE] = np.rint(stack[start : start + AT_ONCE].astype(np.float32) @ LUMA)
    return made


def exchanged(images: Bytes) -> Bytes:
    """Images, (images, height, width), with rows and columns exchanged."""
    return np.ascontiguousarray(images.transpose(0, 2, 1))


def whole_labels(values: Numbers, name: str) -> "NDArray[np.int64]":
    """Labels, (images,), of values that are (images,), (images, columns) with the label first, or one-hot.

    Raises InputError for labels that are not whole numbers.
    """
    if values.ndim > 2:
        raise InputError(
            "{file} has {dimensions} dimensions, which labels do not have.", file=name, dimensions=values.ndim
        )
    if values.ndim == 2:
        values = values.argmax(axis=1) if _one_hot(values) else values[:, 0]
    if values.dtype.kind == "f":
        if not bool(np.isfinite(values).all()) or not bool((values == np.rint(values)).all()):
            raise InputError("{file} has labels that are not whole numbers.", file=name)
        if float(np.abs(values).max()) > 2**53:
            raise InputError("{file} has labels beyond all reason.", file=name)
    if values.dtype == np.uint64 and int(values.max()) > 2**53:
        raise InputError("{file} has labels beyond all reason.", file=name)
    return values.astype(np.int64)


def _one_hot(values: Numbers) -> bool:
    """Whether each row has a single 1 among zeros."""
    if values.shape[1] < 2:
        return False
    return bool(((values == 0) | (values == 1)).all()) and bool((values.sum(axis=1) == 1).all())
