"""The main function of a worker process: trains several runs in turn, or calls one function at a time."""

import os
import pickle
from collections.abc import Callable
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread
from time import monotonic

from model.base.errors import Diverged
from model.base.owned_process import leave_ending_to_owner
from model.data.datasets import kept_dataset
from model.diagnosis.branch_diagnosis import diagnosis_of
from model.training.replay import ReplayCancelled, trainer_of
from model.training.training_loop import TrainingLoop
from model.workers.abandonment import abandoned_unless
from model.workers.messages import (
    CallFunction,
    CancelRun,
    PoolMessage,
    Raised,
    Returned,
    RunEnded,
    Started,
    StartRun,
    WorkerMessage,
    pack_error,
)
from model.workers.remote_run_log import RemoteRunLog

NICENESS = 10
TURN_SECONDS = 0.05  # of one run, before the next one has its turn
UPDATE_SECONDS = 0.25  # between two updates of a run


def work(connection: Connection) -> None:
    """Serve the pool's messages until the pipe is closed, which also happens when the pool's process dies."""
    leave_ending_to_owner()
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    worker = _Worker(connection)
    Thread(target=worker.listen, name="messages", daemon=True).start()
    worker.work()


class _Worker:
    """Receives messages in one thread and works in another, so that a closed pipe ends the process at once."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.inbox: SimpleQueue[PoolMessage] = SimpleQueue()
        self.cancelled: set[int] = set()
        self.runs: dict[int, _Run] = {}

    def listen(self) -> None:
        while True:
            try:
                message = self.connection.recv()
            except Exception:  # closed or garbled: a worker that receives nothing would never end
                os._exit(0)
            if isinstance(message, CancelRun):
                self.cancelled.add(message.job)
            self.inbox.put(message)

    def work(self) -> None:
        while True:
            while not self.runs or not self.inbox.empty():
                self._handle(self.inbox.get())
            for job, run in list(self.runs.items()):
                self._train_turn(job, run)

    def _handle(self, message: PoolMessage) -> None:
        if not isinstance(message, CancelRun):
            self._send(Started(message.job))
        try:
            match message:
                case StartRun(job):
                    self.runs[job] = _Run(message, lambda: job not in self.cancelled)
                case CallFunction(job, work):
                    function, arguments, named = pickle.loads(work)
                    with abandoned_unless(lambda: job not in self.cancelled):
                        value = pickle.dumps(function(*arguments, **named))
                    self._send(Returned(job, value))
                case CancelRun(job):
                    self._close(job)
        except ReplayCancelled:
            pass  # cancelled before it began
        except Exception as error:
            self._send(Raised(message.job, pack_error(error)))

    def _train_turn(self, job: int, run: "_Run") -> None:
        try:
            ended = run.train_for(TURN_SECONDS if len(self.runs) > 1 else UPDATE_SECONDS)
            if ended or run.update_due():
                self._send(run.run_log.pack())
            if ended:
                self._send(RunEnded(job))
                self._close(job)
        except Exception as error:
            self._send(Raised(job, pack_error(error)))
            self._close(job)

    def _close(self, job: int) -> None:
        self.cancelled.discard(job)
        if run := self.runs.pop(job, None):
            run.loop.trainer.close()

    def _send(self, message: WorkerMessage) -> None:
        try:
            self.connection.send(message)
        except OSError:
            os._exit(0)


class _Run:
    """A run that is trained in turns while `wanted()` holds.

    The constructor replays a branch's parent; raises InputError for unreadable data, ReplayCancelled if cancelled.
    """

    def __init__(self, start: StartRun, wanted: Callable[[], bool]) -> None:
        dataset = kept_dataset(*start.recipe.config.source)
        self.wanted = wanted
        self.run_log = RemoteRunLog(start, diagnosis_of(start.recipe, dataset))
        self.loop = TrainingLoop(trainer_of(start.recipe, dataset, proceed=wanted), self.run_log)
        self.last_update = monotonic()

    def update_due(self) -> bool:
        """Whether it is time to send an update; if so, the interval to the next one starts now."""
        now = monotonic()
        due = self.run_log.full or now - self.last_update >= UPDATE_SECONDS
        if due:
            self.last_update = now
        return due

    def train_for(self, seconds: float) -> bool:
        """Train until the time is over or an update is full; True when the run has ended."""
        end = monotonic() + seconds
        try:
            self.loop.run(lambda: monotonic() < end and not self.run_log.full and self.wanted())
        except Diverged:
            return True
        return self.loop.trainer.done
