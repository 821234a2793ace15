"""What the run on the screen is doing, as one named state."""

from dataclasses import dataclass
from enum import Enum, auto

from model.config.recipe import Recipe
from model.history.run_log import RunLog


class RunState(Enum):
    """From the first data set to the window's end."""

    ABSENT = auto()  # its data set is still being read
    READY = auto()  # at its initial weights
    RUNNING = auto()
    PAUSED = auto()
    ENDED = auto()  # trained to its end, stopped, or opened from elsewhere
    CLOSED = auto()  # with its window

    @property
    def has_begun(self) -> bool:
        """Whether the run has been trained or stepped since Reset."""
        return self in (RunState.RUNNING, RunState.PAUSED, RunState.ENDED)

    @property
    def trainable(self) -> bool:
        """Whether the run can take steps."""
        return self in (RunState.READY, RunState.RUNNING, RunState.PAUSED)


@dataclass
class Pending:
    """A run that waits for its data set; `run_log` is what there is of it, None for a new one."""

    recipe: Recipe
    run_log: RunLog | None = None
    train: bool = False
