"""The flags by which the window leads the training thread."""

from collections.abc import Callable
from threading import Condition
from time import monotonic

# At this pace or slower every iteration is shown, recorded or not.
SHOW_EACH_BELOW = 31.0


class Pace:
    """The flags the worker reads before each iteration: paused, how many steps to take, how fast, what changed."""

    def __init__(self) -> None:
        self._wake = Condition()
        self._paused = True
        self._steps = 0
        self._stopped = False
        self._per_second = 0.0
        self._next = 0.0
        self._changes: dict[str, float] = {}

    @property
    def paused(self) -> bool:
        return self._paused

    @property
    def shows_each(self) -> bool:
        """Whether each iteration is slow enough, or asked for singly, to be seen."""
        return self._paused or 0 < self._per_second < SHOW_EACH_BELOW

    def set_paused(self, paused: bool) -> None:
        with self._wake:
            self._paused, self._steps = paused, 0
            self._wake.notify()

    def allow(self, steps: int) -> None:
        """Let a paused run take some steps."""
        with self._wake:
            self._steps += steps
            self._wake.notify()

    def set_speed(self, per_second: float) -> None:
        """Iterations per second; 0 is as fast as possible."""
        with self._wake:
            self._per_second, self._next = per_second, monotonic()
            self._wake.notify()

    def change(self, name: str, value: float) -> None:
        """Give a live setting another value from the next iteration on."""
        with self._wake:
            self._changes[name] = value

    @property
    def stopped(self) -> bool:
        """Whether the run is to end."""
        return self._stopped

    def stop(self) -> None:
        with self._wake:
            self._stopped = True
            self._wake.notify()

    def take_changes(self) -> dict[str, float]:
        """The live settings changed since the last call."""
        if not self._changes:
            return {}
        with self._wake:
            changes, self._changes = self._changes, {}
        return changes

    def proceed(self, idle: Callable[[], None]) -> bool:
        """Wait until the next iteration may run; False when the run is to end. Calls `idle` before it waits paused."""
        if not (self._paused or self._per_second or self._stopped):
            return True
        if self._paused and not self._steps and not self._stopped:
            idle()
        with self._wake:
            while not self._stopped:
                if self._paused and self._steps:
                    self._steps -= 1
                    return True
                late = monotonic() - self._next
                if not self._paused and (not self._per_second or late >= 0):
                    interval = 1 / self._per_second if self._per_second else 0.0
                    self._next = max(self._next + interval, monotonic() - interval)
                    return True
                self._wake.wait(None if self._paused else -late)
        return False
