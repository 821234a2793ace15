"""The moments of a run that one can go back to, in bounded memory."""

from bisect import bisect_right

import numpy as np

from model.arrays import Array
from model.records import Record
from model.schedule import FULL_RATE

CAPACITY = 512
# What is drawn against iterations for every layer: fields of LayerRecord.
SERIES = ("delta_rms", "weight_gradient_rms", "update_ratio")


class Timeline:
    """Keeps the first 100 iterations whole and thins the rest: beyond 512 records, every second of them goes.

    Records with histograms are kept apart and all stay: the schedule makes them rarer by itself, 16 for each doubling
    of the iterations. The newest record is always there.
    """

    def __init__(self) -> None:
        self.early: list[Record] = []
        self.later: list[Record] = []
        self.pictures: list[Record] = []
        self.newest: Record | None = None
        self.stride = 1
        self.offered = 0
        self._cached: tuple[int, list[Record]] = (-1, [])
        self.version = 0

    def append(self, record: Record) -> None:
        """Remember one more record."""
        self.version += 1
        self.newest = record
        if record.pictured:
            self.pictures.append(record)
            record = record.bare()
        if record.iteration <= FULL_RATE:
            self.early.append(record)
            return
        if self.offered % self.stride == 0:
            if len(self.later) == CAPACITY:
                self.later = self.later[::2]
                self.stride *= 2
            if self.offered % self.stride == 0:
                self.later.append(record)
        self.offered += 1

    @property
    def moments(self) -> list[Record]:
        """Every record one can go to, in order; those with histograms have them here too."""
        if self._cached[0] != self.version:
            found = {record.iteration: record for record in (*self.early, *self.later, *self.pictures)}
            if self.newest:
                found.setdefault(self.newest.iteration, self.newest)
            self._cached = self.version, [found[iteration] for iteration in sorted(found)]
        return self._cached[1]

    def at(self, iteration: float) -> Record | None:
        """The last moment up to `iteration`; None before the first."""
        return _last(self.moments, iteration)

    def pictured_at(self, iteration: float) -> Record | None:
        """The last record with histograms up to `iteration`; None before the first."""
        return _last(self.pictures, iteration)

    def series(self, name: str) -> tuple[Array, Array]:
        """Iterations, and the figure called `name` of every layer at each: (moments,), (moments, layers)."""
        moments = self.moments
        iterations = np.array([record.iteration for record in moments], np.float64)
        rows = [[getattr(layer, name) for layer in record.all_layers] for record in moments]
        return iterations, np.array(rows, np.float64).reshape(len(moments), -1)


def _last(records: list[Record], iteration: float) -> Record | None:
    place = bisect_right(records, iteration, key=_iteration)
    return records[place - 1] if place else None


def _iteration(record: Record) -> int:
    return record.iteration
