"""Checkpoints: weights of a run at some of its iterations, in bounded memory."""

from bisect import bisect_right
from dataclasses import dataclass

from model.base.arrays import Array

BUDGET_BYTES = 16 << 20
FEWEST_CHECKPOINTS = 4  # networks so large that fewer would fit have none kept


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Checkpoint after `iteration` updates: a network's `state` and the optimiser's running vectors, `memory`."""

    iteration: int
    state: tuple[Array, ...]
    memory: tuple[Array, ...] = ()

    @property
    def size(self) -> int:
        """Size in bytes."""
        return sum(array.nbytes for array in (*self.state, *self.memory))


@dataclass(frozen=True, slots=True)
class StartingPoint:
    """Starting point of a Trainer other than initial weights: a network's `state` after `iteration` updates.

    `memory` are the optimiser's running vectors of the updates since iteration `since`, () for none.
    """

    iteration: int
    state: tuple[Array, ...]
    memory: tuple[Array, ...] = ()
    since: int = 0


class CheckpointStore:
    """Checkpoints in order; whenever they outgrow the budget of 16 MB, every second of them is dropped.

    `freed` says that there were some, which the library has let go of to make room.
    """

    def __init__(self) -> None:
        self.kept: list[Checkpoint] = []
        self.stride = 1
        self.offered = 0
        self.freed = False

    @property
    def newest(self) -> Checkpoint | None:
        """Last checkpoint, None if none is kept."""
        return self.kept[-1] if self.kept else None

    def fits(self, size: int) -> bool:
        """Whether checkpoints of `size` bytes are kept: at least four must fit the budget."""
        return FEWEST_CHECKPOINTS * size <= BUDGET_BYTES

    def offer(self, checkpoint: Checkpoint) -> None:
        """Add a checkpoint later than all others; kept only if it fits and its turn has come."""
        self.offered += 1
        if not self.fits(checkpoint.size) or (self.offered - 1) % self.stride:
            return
        if (len(self.kept) + 1) * checkpoint.size > BUDGET_BYTES:
            self.kept = self.kept[::2]
            self.stride *= 2
            if (self.offered - 1) % self.stride:
                return
        self.kept.append(checkpoint)

    def at(self, iteration: int) -> Checkpoint | None:
        """Last checkpoint up to `iteration`, None if none is kept."""
        place = bisect_right(self.kept, iteration, key=lambda checkpoint: checkpoint.iteration)
        return self.kept[place - 1] if place else None
