"""What exports read of a run, taken from its run log at one moment so that the run may go on meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from typing import Self, get_type_hints

import numpy as np

from model.base.arrays import Array
from model.diagnosis.verdict import Verdict
from model.history.run_log import RunLog
from model.measurement.records import Record

SCALARS = (bool, int, float, str)


@dataclass(frozen=True)
class Point:
    """A tested record of which only the curves are left, as float32 keeps them."""

    iteration: int
    loss: float
    train_accuracy: float
    test_accuracy: float


@dataclass(frozen=True)
class Extract:
    """The moments of the timeline, the curves as (tested records, 4) of `Point`'s fields, and what came of the run."""

    moments: tuple[Record, ...]
    curves: Array
    verdict: Verdict | None
    iteration: int

    @classmethod
    def of(cls, run_log: RunLog) -> Self:
        """What is in the run log now."""
        with run_log.lock:
            history = run_log.history
            columns = [history.iterations, *(history.curves[name].values for name in history.QUANTITIES)]
            return cls(
                tuple(history.timeline.moments),
                np.hstack([column.rows for column in columns]),
                run_log.verdicts[-1][1] if run_log.verdicts else None,
                run_log.iteration,
            )

    def rows(self) -> Iterator[Record | Point]:
        """All iterations in order: its record, or of one that the timeline has let go the point of the curves."""
        kept = {record.iteration for record in self.moments}
        points = [Point(int(row[0]), *map(float, row[1:])) for row in self.curves if int(row[0]) not in kept]
        rows: list[Record | Point] = [*self.moments, *points]
        yield from sorted(rows, key=lambda row: row.iteration)


@cache
def figures(cls: type) -> tuple[str, ...]:
    """The fields of a dataclass that are numbers or names, in order."""
    hints = get_type_hints(cls)
    return tuple(field.name for field in fields(cls) if hints[field.name] in SCALARS)
