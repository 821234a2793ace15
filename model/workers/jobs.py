"""What a crew is given to do: runs to train into logbooks, functions to call."""

import pickle
import sys
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future
from itertools import count
from typing import Any

from model.config.recipe import Recipe
from model.history.run_log import Logbook
from model.workers.messages import Answer, Begin, Call, Failed, Order, Parcel, Report

_numbers = count()


class Task:
    """One thing to do; `tries` counts the workers that began it, `alone` says that the next shall do nothing else."""

    def __init__(self) -> None:
        self.number = next(_numbers)
        self.tries = 0
        self.alone = False

    def order(self) -> Order:
        """What a worker is told."""
        raise NotImplementedError

    def hear(self, report: Report) -> bool:
        """Take over what the worker tells; True when that was the last of it."""
        raise NotImplementedError

    def fail(self, error: Exception) -> None:
        """End it early."""
        raise NotImplementedError

    def abandon(self) -> None:
        """End it because the crew is closed."""
        raise NotImplementedError


class Job(Task):
    """A run that a crew trains into a logbook of this process. `cancel` it at any time."""

    def __init__(
        self,
        recipe: Recipe,
        logbook: Logbook,
        done: Callable[[Exception | None], None] | None,
        drop: Callable[["Job"], None],
    ) -> None:
        super().__init__()
        self.recipe, self.logbook = recipe, logbook
        self._done, self._drop = done, drop
        logbook.ended = False
        newest, kept = logbook.history.timeline.newest, logbook.history.weights.kept
        self._record = newest.iteration if newest else -1
        self._snapshot = kept[-1].iteration if kept else -1

    def cancel(self) -> None:
        """Let the run end here; what came of it stays in the logbook."""
        self._drop(self)

    def order(self) -> Order:
        return Begin(self.number, self.recipe, self._record, self._snapshot, len(self.logbook.changes))

    def hear(self, report: Report) -> bool:
        if isinstance(report, Parcel):
            self._unpack(report)
            return False
        self.finish(pickle.loads(report.error) if isinstance(report, Failed) else None)
        return True

    def _unpack(self, parcel: Parcel) -> None:
        logbook = self.logbook
        for snapshot in parcel.snapshots:
            logbook.keep(snapshot)
            self._snapshot = snapshot.iteration
        for change in parcel.changes:
            logbook.mark(change)
        for record in parcel.records:
            logbook.put(record)
            self._record = record.iteration
        for iteration, verdict in parcel.verdicts:
            logbook.judge(iteration, verdict)
        logbook.iteration = max(logbook.iteration, parcel.iteration)  # a run begun anew has some way to catch up

    def fail(self, error: Exception) -> None:
        self.finish(error)

    def abandon(self) -> None:
        self.logbook.end()

    def finish(self, error: Exception | None) -> None:
        """Tell that nothing more will come."""
        self.logbook.end()
        if self._done:
            try:
                self._done(error)
            except Exception as mistake:  # the crew has others to lead
                sys.excepthook(type(mistake), mistake, mistake.__traceback__)


class Errand(Task):
    """A function to call for a future."""

    def __init__(self, function: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]) -> None:
        super().__init__()
        self.future: Future[Any] = Future()
        self.work = pickle.dumps((function, arguments, named))

    def order(self) -> Order:
        return Call(self.number, self.work)

    def hear(self, report: Report) -> bool:
        try:
            match report:
                case Answer():
                    self.future.set_result(pickle.loads(report.value))
                case Failed():
                    self.future.set_exception(pickle.loads(report.error))
        except Exception as error:  # of a value that pickles and does not unpickle
            self.future.set_exception(error)
        return True

    def begin(self) -> bool:
        """Whether it is still wanted when its turn comes; from then on its future cannot be cancelled."""
        return self.future.running() or self.future.set_running_or_notify_cancel()

    def fail(self, error: Exception) -> None:
        if self.begin():
            self.future.set_exception(error)

    def abandon(self) -> None:
        if self.future.cancel():
            self.future.set_running_or_notify_cancel()  # which wakes whoever waits for it
        elif self.future.running():
            self.future.set_exception(BrokenExecutor("The worker processes have been ended."))
