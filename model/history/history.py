"""History of a run: its curves, readable at any zoom in constant time, its timeline and its checkpoints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from model.base.arrays import Array, Float
from model.history.checkpoints import Checkpoint, CheckpointStore
from model.history.timeline import Timeline
from model.measurement.records import Record

LEVEL_FACTOR = 4
# Beyond any axis, and small enough that float32 holds the sum of all records: a loss of 1e200 is a number in float64.
LARGEST_VALUE = 1e30


class GrowingArray:
    """Array of rows, (size, columns), whose memory grows by doubling."""

    def __init__(self, columns: int = 1, dtype: Float = np.float32) -> None:
        self._room = np.empty((64, columns), dtype)
        self.size = 0

    @classmethod
    def of(cls, rows: Array) -> "GrowingArray":
        """Create an array of these rows, (size, columns); not copied."""
        made = cls(rows.shape[1], rows.dtype.type)
        if len(rows):
            made._room, made.size = rows, len(rows)
        return made

    @property
    def rows(self) -> Array:
        """Rows so far, (size, columns); a view that the next `append` may make stale."""
        return self._room[: self.size]

    def append(self, *row: float) -> None:
        """Add a row of `columns` values."""
        if self.size == len(self._room):
            self._room = np.concatenate((self._room, np.empty_like(self._room)))
        self._room[self.size] = row
        self.size += 1


@dataclass(frozen=True)
class ThinnedCurve:
    """Part of a curve in equal buckets of records, (buckets,) each: start, mean, lowest and highest value."""

    x: Array
    mean: Array
    low: Array
    high: Array


class CurvePyramid:
    """Curve of one value per record, with a pyramid: `levels[j]` has (low, high, sum) of each 4**(j + 1) values."""

    def __init__(self) -> None:
        self.values = GrowingArray()
        self.levels: list[GrowingArray] = []

    @classmethod
    def of(cls, values: Array) -> "CurvePyramid":
        """Create the curve of these float32 values, (size,), to the bit as by appending each, but level by level."""
        made = cls()
        made.values = GrowingArray.of(values[:, np.newaxis])
        low = high = total = values
        while count := len(low) // LEVEL_FACTOR:
            low, high, total = (
                each[: count * LEVEL_FACTOR].reshape(count, LEVEL_FACTOR) for each in (low, high, total)
            )
            # Column by column: the order in which `append` adds them up, to the last bit.
            low, high, total = low.min(axis=1), high.max(axis=1), sum(total.T[1:], start=total[:, 0])
            made.levels.append(GrowingArray.of(np.stack((low, high, total), axis=1)))
        return made

    def append(self, value: float) -> None:
        """Add the next record's value."""
        self.values.append(min(max(value, -LARGEST_VALUE), LARGEST_VALUE))
        below, count, level = self.values, self.values.size, 0
        while count % LEVEL_FACTOR == 0:
            if level == len(self.levels):
                self.levels.append(GrowingArray(3))
            last = below.rows[-LEVEL_FACTOR:]
            self.levels[level].append(last[:, 0].min(), last[:, min(1, last.shape[1] - 1)].max(), last[:, -1].sum())
            below, count, level = self.levels[level], count // LEVEL_FACTOR, level + 1

    def thinned(self, x: Array, first: int, last: int, buckets: int) -> ThinnedCurve:
        """Thin records first..last-1 to about `buckets` + 2 buckets at most; `x`, (records,), are the iterations."""
        level = 0
        while (last - first) > buckets * LEVEL_FACTOR**level and level < len(self.levels):
            level += 1
        if level == 0:
            values = self.values.rows[first:last, 0]
            return ThinnedCurve(x[first:last], values, values, values)
        width = LEVEL_FACTOR**level
        start, stop = first // width, min(-(-last // width), self.levels[level - 1].size)
        rows = self.levels[level - 1].rows[start:stop]
        low, high, mean = rows[:, 0], rows[:, 1], rows[:, 2] / width
        if stop * width < last:
            rest = self.values.rows[stop * width : last, 0]
            low, high, mean = (np.append(a, b) for a, b in ((low, rest.min()), (high, rest.max()), (mean, rest.mean())))
        return ThinnedCurve(x[start * width : start * width + len(mean) * width : width], mean, low, high)


class History:
    """Curves of one run, its first and newest tested record, its timeline and checkpoints."""

    QUANTITIES = ("loss", "train_accuracy", "test_accuracy")

    def __init__(self) -> None:
        self.iterations = GrowingArray(dtype=np.float64)
        self.curves = {name: CurvePyramid() for name in self.QUANTITIES}
        self.first: Record | None = None
        self.newest: Record | None = None
        self.timeline = Timeline()
        self.weights = CheckpointStore()
        self.best_loss = np.inf
        self.worst_loss = 0.0

    @classmethod
    def restored(
        cls,
        iterations: Array,
        curves: Mapping[str, Array],
        moments: Sequence[Record],
        weights: Sequence[Checkpoint],
        losses: tuple[float, float],
    ) -> Self:
        """Create a history from a file's content.

        `iterations` is float64, (records,); each of the `curves` float32, (records,); `losses` are the best and the
        worst.
        """
        made = cls()
        made.iterations = GrowingArray.of(iterations[:, np.newaxis])
        made.curves = {name: CurvePyramid.of(curves[name]) for name in cls.QUANTITIES}
        tested = [record for record in moments if record.tested]
        made.first, made.newest = (tested[0], tested[-1]) if tested else (None, None)
        made.timeline = Timeline.of(moments)
        made.weights.kept = list(weights)
        made.best_loss, made.worst_loss = losses
        return made

    def __len__(self) -> int:
        return self.iterations.size

    def append(self, record: Record) -> None:
        """Add a record; one without a test accuracy goes to the timeline alone."""
        self.timeline.append(record)
        if not record.tested:
            return
        self.iterations.append(record.iteration)
        for name, curve in self.curves.items():
            curve.append(getattr(record, name))
        self.first = self.first or record
        self.newest = record
        self.best_loss = min(self.best_loss, record.loss)
        self.worst_loss = max(self.worst_loss, record.loss)

    def curve(self, name: str, low: float, high: float, buckets: int) -> ThinnedCurve:
        """Thin the curve `name` between iterations `low` and `high`, and one record beyond on either side."""
        x = self.iterations.rows[:, 0]
        first = max(int(np.searchsorted(x, low)) - 1, 0)
        last = min(int(np.searchsorted(x, high, side="right")) + 1, len(x))
        return self.curves[name].thinned(x, first, max(last, first), buckets)

    def at(self, iteration: float) -> dict[str, float] | None:
        """Look up all quantities and the iteration of the record nearest to `iteration`; None without records."""
        x = self.iterations.rows[:, 0]
        if not len(x):
            return None
        right = int(np.searchsorted(x, iteration))
        nearest = min((max(right - 1, 0), min(right, len(x) - 1)), key=lambda index: abs(float(x[index]) - iteration))
        values = {name: float(curve.values.rows[nearest, 0]) for name, curve in self.curves.items()}
        return {"iteration": float(x[nearest]), **values}
