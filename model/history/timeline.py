"""Timeline of a run: the records that a user can go back to, in bounded memory."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Self

import numpy as np

from model.base.arrays import Array
from model.config.schedule import FULL_RATE
from model.measurement.records import Record

CAPACITY_RECORDS = 512
ANCHORED = -1  # turn of a record that is never thinned
# Fields of LayerRecord that are drawn against iterations for every layer.
SERIES = ("delta_rms", "weight_gradient_rms", "update_ratio")


class Timeline:
    """Timeline that keeps all of the first 100 iterations and thins later ones: beyond 512, every second is dropped.

    Records with histograms, `pictures`, all stay: the schedule has only 16 for each doubling of the iterations. The
    newest record always stays. `moments` are the records kept, in order.
    """

    def __init__(self) -> None:
        self.moments: list[Record] = []
        self.pictures: list[Record] = []
        self.stride = 1
        self._turns: list[int] = []  # of each moment: its number among those that may be thinned
        self._next_turn = 0
        self._loose = 0
        self._table = np.empty((0, 1))

    @classmethod
    def of(cls, records: Sequence[Record]) -> Self:
        """Create a timeline of these records; all stay."""
        made = cls()
        for record in records:
            made._put(record, ANCHORED)
        made.pictures = [record for record in records if record.pictured]
        return made

    @property
    def newest(self) -> Record | None:
        """Last record; None before the first."""
        return self.moments[-1] if self.moments else None

    def append(self, record: Record) -> None:
        """Add a record, later than all others."""
        if self.moments and not self._stays(self._turns[-1]):
            self.moments.pop()  # it was there only as the newest
            self._turns.pop()
        turn = ANCHORED
        if record.pictured:
            self.pictures.append(record)
        elif record.iteration > FULL_RATE:
            turn = self._next_turn
            self._next_turn += 1
            if self._stays(turn):
                if self._loose == CAPACITY_RECORDS:
                    self._thin()
                self._loose += self._stays(turn)
        self._put(record, turn)

    def _stays(self, turn: int) -> bool:
        return turn == ANCHORED or turn % self.stride == 0

    def _thin(self) -> None:
        self.stride *= 2
        kept = [place for place, turn in enumerate(self._turns) if self._stays(turn)]
        self._table[: len(kept)] = self._table[kept]
        self.moments = [self.moments[place] for place in kept]
        self._turns = [self._turns[place] for place in kept]
        self._loose = sum(turn != ANCHORED for turn in self._turns)

    def _put(self, record: Record, turn: int) -> None:
        place, layers = len(self.moments), record.all_layers
        row = [record.iteration, *(getattr(layer, name) for name in SERIES for layer in layers)]
        if place == len(self._table):
            rows = np.empty((max(2 * place, 64), len(row)))
            rows[:place] = self._table[:place] if place else 0.0
            self._table = rows
        self._table[place] = row
        self.moments.append(record)
        self._turns.append(turn)

    def at(self, iteration: float) -> Record | None:
        """Last record up to `iteration`; None before the first."""
        return _last(self.moments, iteration)

    def pictured_at(self, iteration: float) -> Record | None:
        """Last record with histograms up to `iteration`; None before the first."""
        return _last(self.pictures, iteration)

    def iterations(self) -> list[int]:
        """Iterations of all records kept."""
        return [record.iteration for record in self.moments]

    def series(self, name: str) -> tuple[Array, Array]:
        """Return iterations, (moments,), and the figure `name`, one of SERIES, of every layer, (moments, layers)."""
        rows = self._table[: len(self.moments)].copy()  # the last row may be written anew
        layers = (rows.shape[1] - 1) // len(SERIES)
        first = 1 + SERIES.index(name) * layers
        return rows[:, 0], rows[:, first : first + layers]


def thinned(iterations: list[int], most: int) -> list[int]:
    """Choose at most `most` indices of `iterations` for playback: denser in the first 100, the last always included."""
    last = len(iterations) - 1
    early = bisect_right(iterations, FULL_RATE)
    stride = max(-(-early // (most // 2)), 1)
    places = list(range(0, early, stride))
    left = max(most - len(places) - 1, 1)
    places += range(early, last, max(-(-(last - early) // left), 1))
    return places if places and places[-1] == last else [*places, last]


def _last(records: list[Record], iteration: float) -> Record | None:
    place = bisect_right(records, iteration, key=_iteration)
    return records[place - 1] if place else None


def _iteration(record: Record) -> int:
    return record.iteration
