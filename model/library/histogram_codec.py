"""The histograms of a record as bytes and back.

Format: the number of bins of each histogram, layer by layer (int16, -1 if not measured); then, zlib-compressed float64,
the other numbers of each measured histogram, then the shares of all. The bin counts tell the length before anything is
decompressed.
"""

import zlib
from collections.abc import Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

import numpy as np

from model.base.arrays import Array
from model.base.errors import InputError
from model.library.inflation import OF_HISTOGRAMS, inflate
from model.measurement.histograms import Histogram
from model.measurement.records import Histograms

COUNT_TYPE, NUMBER_TYPE = np.dtype("<i2"), np.dtype("<f8")
ABSENT = -1
MOST_BINS = 1024
FASTEST = 1  # zlib level: most shares are 0, and higher levels compress the others no better
HISTOGRAM = tuple(field.name for field in fields(Histogram) if field.type is float)
HISTOGRAMS = tuple(field.name for field in fields(Histograms))
_SHARES = next(field.name for field in fields(Histogram) if field.type == Array)
_OF_HISTOGRAM = attrgetter(*HISTOGRAM)
_OF_LAYER = attrgetter(*HISTOGRAMS)


def pack_pictures(layers: Sequence[Histograms]) -> bytes | None:
    """Encode the histograms of all layers; None if no layer has any."""
    every: list[Histogram | None] = [histogram for layer in layers for histogram in _OF_LAYER(layer)]
    there = [histogram for histogram in every if histogram is not None]
    if not there:
        return None
    counts = np.array([ABSENT if each is None else len(each.shares) for each in every], COUNT_TYPE)
    numbers = np.array([_OF_HISTOGRAM(each) for each in there], NUMBER_TYPE)
    shares = np.concatenate([each.shares for each in there], dtype=NUMBER_TYPE)
    return counts.tobytes() + zlib.compress(numbers.tobytes() + shares.tobytes(), FASTEST)


def unpack_pictures(
    numbers_of: Sequence[str], histograms_of: Sequence[str], layers: int, data: bytes
) -> list[Histograms]:
    """Decode the histograms of `layers` layers; raises InputError.

    `numbers_of` and `histograms_of` name the numbers of a histogram and the histograms of a layer in the file's order;
    unknown ones are skipped.
    """
    per_layer = len(histograms_of)
    start = layers * per_layer * COUNT_TYPE.itemsize
    if len(data) < start:
        raise InputError("the histograms of a record are cut short")
    counts = np.frombuffer(data[:start], COUNT_TYPE)
    if counts.size and not (counts.min() >= ABSENT and counts.max() <= MOST_BINS):
        raise InputError("the histograms of a record have an impossible number of bins")
    bins = counts[counts >= 0].astype(np.intp)
    size = (bins.size * len(numbers_of) + int(bins.sum())) * NUMBER_TYPE.itemsize
    plain = inflate(data[start:], size, OF_HISTOGRAMS)
    values = np.frombuffer(plain, NUMBER_TYPE)
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
