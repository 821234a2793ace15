"""A snapshot of a run log for exports, so that training can go on meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from typing import Self, get_type_hints

import numpy as np

from model.base.arithmetic import Arithmetic
from model.base.arrays import Array
from model.diagnosis.verdict import Verdict
from model.history.run_log import RunLog
from model.measurement.records import Record

SCALARS = (bool, int, float, str)


@dataclass(frozen=True)
class Point:
    """A tested record of which only the curves are kept, in the precision of float32."""

    iteration: int
    loss: float
    train_accuracy: float
    test_accuracy: float


@dataclass(frozen=True)
class Extract:
    """A snapshot of a run; `moments` are the timeline's records, `curves` (tested records, 4) the fields of Point."""

    moments: tuple[Record, ...]
    curves: Array
    verdict: Verdict | None
    iteration: int
    arithmetic: Arithmetic | None

    @classmethod
    def of(cls, run_log: RunLog) -> Self:
        """Take a snapshot; holds the run log's lock while copying."""
        with run_log.lock:
            history = run_log.history
            columns = [history.iterations, *(history.curves[name].values for name in history.QUANTITIES)]
            return cls(
                tuple(history.timeline.moments),
                np.hstack([column.rows for column in columns]),
                run_log.verdicts[-1][1] if run_log.verdicts else None,
                run_log.iteration,
                run_log.arithmetic,
            )

    def rows(self) -> Iterator[Record | Point]:
        """Yield a Record for each iteration that the timeline keeps, a Point for the others, in order."""
        kept = {record.iteration for record in self.moments}
        points = [Point(int(row[0]), *map(float, row[1:])) for row in self.curves if int(row[0]) not in kept]
        rows: list[Record | Point] = [*self.moments, *points]
        yield from sorted(rows, key=lambda row: row.iteration)


@cache
def figures(cls: type) -> tuple[str, ...]:
    """The names of a dataclass's fields that are bool, int, float or str, in order."""
    hints = get_type_hints(cls)
    return tuple(field.name for field in fields(cls) if hints[field.name] in SCALARS)
