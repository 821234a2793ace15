"""Drives searches for a cure in the window's worker processes."""

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from gui.runs.background_runner import BackgroundRunner
from model.config.config import Config

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from model.cures.search import CureSearch
    from model.cures.trial import Trial, TrialResult
    from model.workers.pool import WorkerPool


def _begin(index: int, trial: "Trial", executor: "Executor") -> "Future[Any]":
    from model.cures.trial import run_trial

    return executor.submit(run_trial, trial)


class CureFinder(QObject):
    """Runs one search at a time, as many trials at once as there are processes; remembers the results of all.

    Nothing is told of a single result: who shows them looks, and `version` grows with each. `failed` tells why a search
    ended early.
    """

    failed = Signal(str)

    def __init__(self, pool: "Callable[[], WorkerPool]", parent: QObject) -> None:
        super().__init__(parent)
        self.pool = pool
        self.search: CureSearch | None = None
        self.results: dict[Config, TrialResult] = {}
        self.version = 0
        self.runner = BackgroundRunner(self, _begin)
        self.runner.arrived.connect(self._take)
        self.runner.failed.connect(self._fail)
        self._begun, self._known = monotonic(), 0

    @property
    def busy(self) -> bool:
        """Whether trials are being made."""
        return bool(self.runner.pending)

    def find(self, config: Config, sick: "TrialResult | None") -> None:
        """Begin a search, in place of the one before; raises InputError for a run that is too short for one.

        `sick` is what the run itself came to, if that is known.
        """
        from model.cures.search import CureSearch

        search = CureSearch(config, sick)
        self.stop()
        self.search = search
        self.go_on()

    def go_on(self) -> None:
        """Go on with a search that was stopped, or with pairs where a single change cures."""
        if self.search and not self.busy:
            if self.search.finished:
                self.search.go_on()
            self._begun, self._known = monotonic(), len(self.search.results)
            self._fill()

    def stop(self) -> None:
        """Begin no more trials and forget those under way."""
        self.runner.stop()
        if self.search:
            self.search.take_back()
        self.version += 1

    def close(self) -> None:
        """Stop for good."""
        self.runner.close()

    def seconds_left(self) -> float | None:
        """How long the rest will take at the pace so far; None before the first result and while nothing goes on."""
        if not self.search or not self.busy or len(self.search.results) == self._known:
            return None
        done = len(self.search.results)
        return (monotonic() - self._begun) / (done - self._known) * (self.search.planned - done)

    def _fill(self) -> None:
        """Have as many trials made as there are processes."""
        if self.search:
            pool = self.pool()
            trials = self.search.next_trials(pool.size - len(self.runner.pending))
            self.runner.want([*self.runner.pending, *trials], pool.executor)
        self.version += 1

    @Slot(object, object)
    def _take(self, trial: "Trial", result: "TrialResult") -> None:
        self.results[trial.config] = result
        going = self.busy or bool(self.search and self.search.awaits(trial))
        if self.search:
            self.search.add(result)
        if going:
            self._fill()
        self.version += 1

    @Slot(str)
    def _fail(self, why: str) -> None:
        self.stop()
        self.failed.emit(why)
