"""Jobs of the worker pool: runs to train into a run log of this process, and function calls."""

import pickle
import sys
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future
from functools import partial
from itertools import count
from typing import Any

from model.config.recipe import Recipe
from model.history.run_log import RunLog
from model.workers.messages import CallFunction, PoolMessage, Raised, Returned, RunUpdate, StartRun, WorkerMessage

_numbers = count()


class Job:
    """A job, used by the pool's manager thread.

    `tries` = workers that have started it so far; `alone` = run it on a worker of its own (after a crash).
    """

    def __init__(self) -> None:
        self.number = next(_numbers)
        self.tries = 0
        self.alone = False

    def message(self) -> PoolMessage:
        """Build the message that starts the job in a worker."""
        raise NotImplementedError

    def receive(self, message: WorkerMessage) -> bool:
        """Process a message from the worker; True when it was the job's last."""
        raise NotImplementedError

    def fail(self, error: Exception) -> None:
        """End the job with `error`."""
        raise NotImplementedError

    def abandon(self) -> None:
        """End the job because the pool is being closed."""
        raise NotImplementedError


class RunJob(Job):
    """A run that a worker trains and whose records arrive in `run_log` of this process.

    `done(error)` is called in the manager thread at the end; `cancel` may be called from any thread, at any time.
    """

    def __init__(
        self,
        recipe: Recipe,
        run_log: RunLog,
        done: Callable[[Exception | None], None] | None,
        cancel: Callable[["RunJob"], None],
    ) -> None:
        super().__init__()
        self.recipe, self.run_log = recipe, run_log
        self._done, self._cancel = done, cancel
        run_log.ended = False
        newest, kept = run_log.history.timeline.newest, run_log.history.weights.kept
        self._last_record = newest.iteration if newest else -1
        self._last_checkpoint = kept[-1].iteration if kept else -1

    def cancel(self) -> None:
        """End the run early; what it has recorded stays in the run log."""
        self._cancel(self)

    def message(self) -> PoolMessage:
        changes = len(self.run_log.changes)
        return StartRun(self.number, self.recipe, self._last_record, self._last_checkpoint, changes)

    def receive(self, message: WorkerMessage) -> bool:
        if isinstance(message, RunUpdate):
            self._apply(message)
            return False
        self.finish(pickle.loads(message.error) if isinstance(message, Raised) else None)
        return True

    def _apply(self, update: RunUpdate) -> None:
        run_log = self.run_log
        run_log.arithmetic = update.arithmetic
        for checkpoint in update.checkpoints:
            run_log.keep(checkpoint)
            self._last_checkpoint = checkpoint.iteration
        for change in update.changes:
            run_log.mark(change)
        for record in update.records:
            run_log.put(record)
            self._last_record = record.iteration
        for iteration, verdict in update.verdicts:
            run_log.judge(iteration, verdict)
        run_log.iteration = max(run_log.iteration, update.iteration)  # a restarted run is behind at first

    def fail(self, error: Exception) -> None:
        self.finish(error)

    def abandon(self) -> None:
        self.run_log.end()

    def finish(self, error: Exception | None) -> None:
        """Mark the run log as ended and call `done`; an exception of `done` goes to sys.excepthook."""
        self.run_log.end()
        if self._done:
            try:
                self._done(error)
            except Exception as mistake:  # the manager thread must survive it
                sys.excepthook(type(mistake), mistake, mistake.__traceback__)


class CallFuture(Future[Any]):
    """Future of a call; cancelling it while the function runs returns False, but calls `abandon`."""

    def __init__(self, abandon: Callable[[], None]) -> None:
        super().__init__()
        self._abandon = abandon

    def cancel(self) -> bool:
        cancelled = super().cancel()
        if self.running():
            self._abandon()
        return cancelled


class CallJob(Job):
    """A pickled function call and the future of its result; raises what pickling raises.

    `abandon` is called with the job, in any thread, when its running call is to be cancelled.
    """

    def __init__(
        self,
        function: Callable[..., Any],
        arguments: tuple[Any, ...],
        named: dict[str, Any],
        abandon: Callable[["CallJob"], None],
    ) -> None:
        super().__init__()
        self.future = CallFuture(partial(abandon, self))
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
        except Exception as error:  # a value that pickles but does not unpickle
            self.future.set_exception(error)
        return True

    def start(self) -> bool:
        """Mark the future as running, so that it can no longer be cancelled; False if it was cancelled before."""
        return self.future.running() or self.future.set_running_or_notify_cancel()

    def fail(self, error: Exception) -> None:
        if self.start():
            self.future.set_exception(error)

    def abandon(self) -> None:
        if self.future.cancel():
            self.future.set_running_or_notify_cancel()  # wakes threads that wait for the future
        elif self.future.running():
            self.future.set_exception(BrokenExecutor("The worker processes have been ended."))
