"""The histograms of a record as bytes and back.

First how many bins each has, layer by layer, -1 for one that was not measured; then, compressed, the other numbers of
all that were, and after them all their shares. So the length is known before anything is decompressed.
"""

import zlib
from collections.abc import Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

import numpy as np

from model.base.arrays import Array
from model.base.errors import InputError
from model.measurement.histograms import Histogram
from model.measurement.records import Histograms

COUNT, NUMBER = np.dtype("<i2"), np.dtype("<f8")
NONE = -1
MOST_BINS = 1024
FASTEST = 1  # of zlib's levels; most shares are 0, and the others are as random to a higher one
HISTOGRAM = tuple(field.name for field in fields(Histogram) if field.type is float)
HISTOGRAMS = tuple(field.name for field in fields(Histograms))
_SHARES = next(field.name for field in fields(Histogram) if field.type == Array)
_OF_HISTOGRAM = attrgetter(*HISTOGRAM)
_OF_LAYER = attrgetter(*HISTOGRAMS)


def pack_pictures(layers: Sequence[Histograms]) -> bytes | None:
    """The histograms of all layers; None where there are none at all."""
    every: list[Histogram | None] = [histogram for layer in layers for histogram in _OF_LAYER(layer)]
    there = [histogram for histogram in every if histogram is not None]
    if not there:
        return None
    counts = np.array([NONE if each is None else len(each.shares) for each in every], COUNT)
    numbers = np.array([_OF_HISTOGRAM(each) for each in there], NUMBER)
    shares = np.concatenate([each.shares for each in there], dtype=NUMBER)
    return counts.tobytes() + zlib.compress(numbers.tobytes() + shares.tobytes(), FASTEST)


def unpack_pictures(
    numbers_of: Sequence[str], histograms_of: Sequence[str], layers: int, data: bytes
) -> list[Histograms]:
    """What `pack_pictures` has written where a histogram had these numbers and a layer these; raises InputError."""
    per_layer = len(histograms_of)
    start = layers * per_layer * COUNT.itemsize
    if len(data) < start:
        raise InputError("the histograms of a record are cut short")
    counts = np.frombuffer(data[:start], COUNT)
    if counts.size and not (counts.min() >= NONE and counts.max() <= MOST_BINS):
        raise InputError("the histograms of a record have an impossible number of bins")
    bins = counts[counts >= 0].astype(np.intp)
    plain = _inflate(data[start:], (bins.size * len(numbers_of) + int(bins.sum())) * NUMBER.itemsize)
    values = np.frombuffer(plain, NUMBER)
    if not np.isfinite(values).all():
        raise InputError("the histograms of a record are not finite")
    numbers = values[: bins.size * len(numbers_of)].reshape(bins.size, -1)
    ends = bins.size * len(numbers_of) + np.cumsum(bins)
    found: list[dict[str, Histogram]] = [{} for _ in range(layers)]
    known = [(name, numbers_of.index(name)) for name in HISTOGRAM if name in numbers_of]
    missing = dict.fromkeys(HISTOGRAM, 0.0)
    for order, place in enumerate(np.flatnonzero(counts >= 0).tolist()):
        name = histograms_of[place % per_layer]
        if name in HISTOGRAMS:
            shares = values[ends[order] - bins[order] : ends[order]]
            row = numbers[order].tolist()
            figures: dict[str, Any] = {each: row[column] for each, column in known}
            found[place // per_layer][name] = Histogram(**{**missing, **figures, _SHARES: shares})
    return [Histograms(**each) for each in found]


def _inflate(data: bytes, size: int) -> bytes:
    """Exactly `size` bytes, and never more memory than that; raises InputError."""
    machine = zlib.decompressobj()
    try:
        plain = machine.decompress(data, size) if size else machine.decompress(data, 1)
        if len(plain) != size or machine.decompress(machine.unconsumed_tail, 1) or not machine.eof:
            raise InputError("the histograms of a record have another length than their bins say")
    except zlib.error:
        raise InputError("the histograms of a record cannot be decompressed") from None
    return plain
