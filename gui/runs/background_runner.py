"""Runs in the background: who computes them, and how their results arrive in the window's thread."""

from collections.abc import Callable, Iterable
from functools import partial
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from gui.runs.run_entry import RunEntry
from gui.runs.run_registry import RunRegistry
from model.config.config import Config, SettingValue
from model.config.presets import LESSON
from model.config.recipe import Recipe
from model.history.run_log import RunLog

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from model.workers.pool import WorkerPool

Begin = Callable[[int, Any, "Executor"], "Future[Any]"]


def begin_cell(index: int, config: Config, executor: "Executor") -> "Future[Any]":
    """Have a run made whose result is that of a cell of a sweep."""
    from model.sweeps.sweep import SweepCell, submit

    return submit(SweepCell(index, config), executor)


class ResultQueue:
    """Where workers' threads put what is ready, until nobody reads it any more."""

    def __init__(self, runner: "BackgroundRunner") -> None:
        self.lock = Lock()
        self.runner: BackgroundRunner | None = runner

    def put(self, config: Any, future: "Future[Any]") -> None:
        """Tell the runner; called in any thread."""
        with self.lock:
            if self.runner:
                self.runner.landed.emit(config, future)

    def close(self) -> None:
        """Tell nobody from now on."""
        with self.lock:
            self.runner = None


class BackgroundRunner(QObject):
    """Has configs run by an executor: `arrived` brings each result, `failed` the reason why one could not be run.

    `begin` submits one; another may take something else that can be a key in place of configs.
    """

    landed = Signal(object, object)
    arrived = Signal(object, object)
    failed = Signal(str)

    def __init__(self, parent: QObject, begin: Begin = begin_cell) -> None:
        super().__init__(parent)
        self.begin = begin
        self.pending: dict[Any, Future[Any]] = {}
        self.begun, self.done = monotonic(), 0
        self.results = ResultQueue(self)
        self.landed.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def want(self, configs: Iterable[Any], executor: "Executor") -> None:
        """Have these run, and no others: what has not begun of the others never will."""
        wanted = list(configs)
        if not self.pending:
            self.begun, self.done = monotonic(), 0
        for config in [config for config in self.pending if config not in wanted]:
            if self.pending[config].cancel():
                del self.pending[config]
        for index, config in enumerate(wanted):
            if config not in self.pending:
                future = self.pending[config] = self.begin(index, config, executor)
                future.add_done_callback(partial(self.results.put, config))

    def stop(self) -> None:
        """Begin no more runs and forget those under way."""
        pending, self.pending = self.pending, {}
        for future in pending.values():
            future.cancel()

    def close(self) -> None:
        """Stop for good."""
        self.results.close()
        self.stop()

    def seconds_left(self) -> float | None:
        """How long the rest will take at the pace so far; None before the first result."""
        if not self.done:
            return None
        return (monotonic() - self.begun) / self.done * len(self.pending)

    @Slot(object, object)
    def _take(self, config: Any, future: "Future[Any]") -> None:
        awaited = self.pending.get(config) is future
        if awaited:
            del self.pending[config]
        if future.cancelled():
            return
        error = future.exception()
        if error is None:  # a result is welcome although nobody waits for it any more
            self.done += 1
            self.arrived.emit(config, future.result())
        elif awaited:
            self.stop()  # the others would fail for the same reason
            self.failed.emit(str(error))


def start_lesson(runs: RunRegistry, pool: "WorkerPool", **settings: SettingValue) -> list[RunEntry]:
    """Begin the lesson's six with these settings in common, and show only these; they are in the figure's order.

    `runs.said` tells why one cannot be trained.
    """
    recipes = [Recipe(preset.config.replace(**settings)) for preset in LESSON]
    entries = [begin_in_background(runs, pool, recipe) for recipe in recipes]
    runs.show(entries)
    return entries


def begin_in_background(runs: RunRegistry, pool: "WorkerPool", recipe: Recipe) -> RunEntry:
    """Begin a run that a worker process trains."""

    def tell(error: Exception | None) -> None:
        if error:
            runs.client.tell(str(error))

    run_log = RunLog()
    entry = runs.begin(recipe, run_log)
    pool.train(recipe, run_log, tell)
    return entry
