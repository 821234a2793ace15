"""A run as an event file of TensorBoard: every figure as a scalar, the histograms of those records that have them.

Steps are iterations. A run stores no times, so the wall time is its creation time plus a millisecond per iteration.
NaN, such as the accuracy of an untested record, is left out. Counts of histograms are shares of all values, 0 to 1.
Values beyond the axis are in one more bin at that end; exact zeros are in their bin, and their share is a scalar too.
δ and ∂L/∂W are binned by log10 of their magnitude, so there exact zeros are in the scalar alone.
"""

from collections.abc import Iterator
from math import isnan
from typing import Any

import numpy as np

from model.exports.reproduce import as_command
from model.exports.run_extract import Extract, Point, figures
from model.exports.tensorboard_events import event, histogram, opening, scalar, text
from model.history.run_log import RunLog
from model.history.run_summary import RunListing
from model.measurement.histograms import Histogram
from model.measurement.records import BY_DECADE, Histograms, LayerRecord, Record

TAGS = {"train_accuracy": "accuracy/train", "test_accuracy": "accuracy/test"}
NOTE = (
    "Decades: log10 of the magnitude of each value. Exact zeros, which have none, are the scalar `{}`; so the counts "
    "here add up to 1 less their share."
)


def events_of(listing: RunListing, run_log: RunLog) -> bytes:
    """Encode a run as an event file."""
    noted: set[str] = set()
    extract = Extract.of(run_log)

    def time(iteration: int) -> float:
        return listing.created + iteration / 1000

    frames = [
        opening(listing.created),
        event(listing.created, 0, [text("recipe", f"    {as_command(listing.recipe)}"), *_arithmetic(extract)]),
    ]
    for row in extract.rows():
        values = [*_scalars(row, ""), *(_of_layers(row, noted) if isinstance(row, Record) else ())]
        frames.append(event(time(row.iteration), row.iteration, values))
    return b"".join(frames)


def _arithmetic(extract: Extract) -> list[bytes]:
    return [text("computed with", str(extract.arithmetic))] if extract.arithmetic else []


def file_name(listing: RunListing) -> str:
    """The name of a run's event file, as TensorBoard expects it and unique to the run."""
    return f"events.out.tfevents.{int(listing.created)}.layerscope.{listing.id[:8]}"


def _of_layers(record: Record, noted: set[str]) -> Iterator[bytes]:
    for layer in record.all_layers:
        place = layer.name.lower().replace(" ", "_")
        yield from _scalars(layer, f"/{place}")
        for kind in ("gain", "signal_gain"):
            for stage, factor in getattr(layer, kind):
                if not isnan(factor):
                    yield scalar(f"{kind}_{stage.replace(' ', '_')}/{place}", factor)
        for name in Histograms.__dataclass_fields__:
            found = getattr(layer.histograms, name)
            if found is not None:
                yield from _histogram(name, place, found, noted)


def _scalars(row: Record | Point | LayerRecord, suffix: str) -> Iterator[bytes]:
    kind: Any = type(row)
    for name in figures(kind):
        value = getattr(row, name)
        if name != "iteration" and not isinstance(value, str) and not isnan(value):
            yield scalar(TAGS.get(name, name) + suffix, value)


def _histogram(name: str, place: str, found: Histogram, noted: set[str]) -> Iterator[bytes]:
    zeros = f"{name}_zeros/{place}"
    yield scalar(zeros, found.zeros)
    edges, counts = np.linspace(found.low, found.high, len(found.shares) + 1), found.shares.astype(np.float64)
    if name in BY_DECADE:
        tag, note = f"{name}_log10/{place}", NOTE.format(zeros)
    else:
        tag, note = f"{name}/{place}", ""
        if found.zeros:
            counts[min(int(np.searchsorted(edges, 0.0, "right")) - 1, len(counts) - 1)] += found.zeros
    width = edges[1] - edges[0]
    if found.below:
        edges, counts = np.append(edges[0] - width, edges), np.append(found.below, counts)
    if found.above:
        edges, counts = np.append(edges, edges[-1] + width), np.append(counts, found.above)
    yield histogram(tag, edges, counts, "" if tag in noted else note)
    noted.add(tag)
