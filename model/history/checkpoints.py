"""The weights of a run at some of its iterations, in bounded memory."""

from bisect import bisect_right
from dataclasses import dataclass

from model.base.arrays import Array

BUDGET = 16 << 20  # bytes
FEWEST = 4  # networks so large that fewer would fit have none kept


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A network's `state` and the optimiser's `memory` after `iteration` updates."""

    iteration: int
    state: tuple[Array, ...]
    memory: tuple[Array, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of memory."""
        return sum(array.nbytes for array in (*self.state, *self.memory))


@dataclass(frozen=True, slots=True)
class StartingPoint:
    """Where a Trainer begins other than at initial weights: with a network's `state` after `iteration` updates.

    `memory` is what its optimiser remembers of the updates since iteration `since`, () for nothing.
    """

    iteration: int
    state: tuple[Array, ...]
    memory: tuple[Array, ...] = ()
    since: int = 0


class CheckpointStore:
    """Snapshots in order; whenever they outgrow the budget, every second of them goes."""

    def __init__(self) -> None:
        self.kept: list[Checkpoint] = []
        self.stride = 1
        self.offered = 0

    @property
    def newest(self) -> Checkpoint | None:
        """The last one, None if none is kept."""
        return self.kept[-1] if self.kept else None

    def fits(self, size: int) -> bool:
        """Whether the weights of a network of `size` bytes are kept at all."""
        return FEWEST * size <= BUDGET

    def offer(self, checkpoint: Checkpoint) -> None:
        """Keep a later checkpoint, or not."""
        self.offered += 1
        if not self.fits(checkpoint.size) or (self.offered - 1) % self.stride:
            return
        if (len(self.kept) + 1) * checkpoint.size > BUDGET:
            self.kept = self.kept[::2]
            self.stride *= 2
            if (self.offered - 1) % self.stride:
                return
        self.kept.append(checkpoint)

    def at(self, iteration: int) -> Checkpoint | None:
        """The last one up to `iteration`, None if none is kept."""
        place = bisect_right(self.kept, iteration, key=lambda checkpoint: checkpoint.iteration)
        return self.kept[place - 1] if place else None
