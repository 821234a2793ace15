"""What a worker pool is given to do: runs to train into run logs, functions to call."""

import pickle
import sys
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future
from itertools import count
from typing import Any

from model.config.recipe import Recipe
from model.history.run_log import RunLog
from model.workers.messages import CallFunction, PoolMessage, Raised, Returned, RunUpdate, StartRun, WorkerMessage

_numbers = count()


class Job:
    """One thing to do; `tries` counts the workers that began it, `alone` says that the next shall do nothing else."""

    def __init__(self) -> None:
        self.number = next(_numbers)
        self.tries = 0
        self.alone = False

    def message(self) -> PoolMessage:
        """What a worker is told."""
        raise NotImplementedError

    def receive(self, message: WorkerMessage) -> bool:
        """Take over what the worker tells; True when that was the last of it."""
        raise NotImplementedError

    def fail(self, error: Exception) -> None:
        """End it early."""
        raise NotImplementedError

    def abandon(self) -> None:
        """End it because the worker pool is closed."""
        raise NotImplementedError


class RunJob(Job):
    """A run that a worker pool trains into a run log of this process. `cancel` it at any time."""

    def __init__(
        self,
        recipe: Recipe,
        run_log: RunLog,
        done: Callable[[Exception | None], None] | None,
        cancel_job: Callable[["RunJob"], None],
    ) -> None:
        super().__init__()
        self.recipe, self.run_log = recipe, run_log
        self._done, self._remove = done, cancel_job
        run_log.ended = False
        newest, kept = run_log.history.timeline.newest, run_log.history.weights.kept
        self._record = newest.iteration if newest else -1
        self._snapshot = kept[-1].iteration if kept else -1

    def cancel(self) -> None:
        """Let the run end here; what came of it stays in the run log."""
        self._remove(self)

    def message(self) -> PoolMessage:
        return StartRun(self.number, self.recipe, self._record, self._snapshot, len(self.run_log.changes))

    def receive(self, message: WorkerMessage) -> bool:
        if isinstance(message, RunUpdate):
            self._unpack(message)
            return False
        self.finish(pickle.loads(message.error) if isinstance(message, Raised) else None)
        return True

    def _unpack(self, update: RunUpdate) -> None:
        run_log = self.run_log
        for checkpoint in update.checkpoints:
            run_log.keep(checkpoint)
            self._snapshot = checkpoint.iteration
        for change in update.changes:
            run_log.mark(change)
        for record in update.records:
            run_log.put(record)
            self._record = record.iteration
        for iteration, verdict in update.verdicts:
            run_log.judge(iteration, verdict)
        run_log.iteration = max(run_log.iteration, update.iteration)  # a run begun anew has some way to catch up

    def fail(self, error: Exception) -> None:
        self.finish(error)

    def abandon(self) -> None:
        self.run_log.end()

    def finish(self, error: Exception | None) -> None:
        """Tell that nothing more will come."""
        self.run_log.end()
        if self._done:
            try:
                self._done(error)
            except Exception as mistake:  # the worker pool has others to lead
                sys.excepthook(type(mistake), mistake, mistake.__traceback__)


class CallJob(Job):
    """A function to call for a future."""

    def __init__(self, function: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]) -> None:
        super().__init__()
        self.future: Future[Any] = Future()
        self.work = pickle.dumps((function, arguments, named))

    def message(self) -> PoolMessage:
        return CallFunction(self.number, self.work)

    def receive(self, message: WorkerMessage) -> bool:
        try:
            match message:
                case Returned():
                    self.future.set_result(pickle.loads(message.value))
                case Raised():
                    self.future.set_exception(pickle.loads(message.error))
        except Exception as error:  # of a value that pickles and does not unpickle
            self.future.set_exception(error)
        return True

    def start(self) -> bool:
        """Whether it is still wanted when its turn comes; from then on its future cannot be cancelled."""
        return self.future.running() or self.future.set_running_or_notify_cancel()

    def fail(self, error: Exception) -> None:
        if self.start():
            self.future.set_exception(error)

    def abandon(self) -> None:
        if self.future.cancel():
            self.future.set_running_or_notify_cancel()  # which wakes whoever waits for it
        elif self.future.running():
            self.future.set_exception(BrokenExecutor("The worker processes have been ended."))
