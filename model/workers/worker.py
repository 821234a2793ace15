"""A worker process of a worker pool: trains several runs by turns, or calls one function at a time."""

import os
import pickle
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread
from time import monotonic

from model.base.errors import Diverged
from model.data.datasets import kept_dataset
from model.diagnosis.branch_diagnosis import diagnosis_of
from model.training.replay import ReplayCancelled, trainer_of
from model.training.training_loop import TrainingLoop
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

NICE = 10
TURN = 0.05  # seconds that a run goes on before the next one has its turn
PAUSE = 0.25  # seconds between two updates of a run


def work(connection: Connection) -> None:
    """Do what comes through the pipe until it is closed, be it because the other process is no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that owns this one
    if hasattr(os, "nice"):
        os.nice(NICE)
    worker = _Worker(connection)
    Thread(target=worker.listen, name="orders", daemon=True).start()
    worker.work()


class _Worker:
    """Listens in one thread and works in another, so that it ends at once when it is to end."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.orders: SimpleQueue[PoolMessage] = SimpleQueue()
        self.dropped: set[int] = set()
        self.runs: dict[int, _Run] = {}

    def listen(self) -> None:
        while True:
            try:
                message = self.connection.recv()
            except Exception:  # closed, or not to be understood: a worker that hears nothing would never end
                os._exit(0)
            if isinstance(message, CancelRun):
                self.dropped.add(message.job)
            self.orders.put(message)

    def work(self) -> None:
        while True:
            while not self.runs or not self.orders.empty():
                self._obey(self.orders.get())
            for job, run in list(self.runs.items()):
                self._go_on(job, run)

    def _obey(self, message: PoolMessage) -> None:
        if not isinstance(message, CancelRun):
            self._tell(Started(message.job))
        try:
            match message:
                case StartRun(job):
                    self.runs[job] = _Run(message, lambda: job not in self.dropped)
                case CallFunction(job, work):
                    function, arguments, named = pickle.loads(work)
                    self._tell(Returned(job, pickle.dumps(function(*arguments, **named))))
                case CancelRun(job):
                    self._close(job)
        except ReplayCancelled:
            pass  # dropped before it began
        except Exception as error:
            self._tell(Raised(message.job, pack_error(error)))

    def _go_on(self, job: int, run: "_Run") -> None:
        try:
            ended = run.go_on(TURN if len(self.runs) > 1 else PAUSE)
            if ended or run.due:
                self._tell(run.run_log.pack())
            if ended:
                self._tell(RunEnded(job))
                self._close(job)
        except Exception as error:
            self._tell(Raised(job, pack_error(error)))
            self._close(job)

    def _close(self, job: int) -> None:
        self.dropped.discard(job)
        if run := self.runs.pop(job, None):
            run.loop.trainer.close()

    def _tell(self, message: WorkerMessage) -> None:
        try:
            self.connection.send(message)
        except OSError:
            os._exit(0)


class _Run:
    """One run, which goes on whenever it has its turn; raises what ends it before its first iteration."""

    def __init__(self, start: StartRun, wanted: Callable[[], bool]) -> None:
        dataset = kept_dataset(start.recipe.config.data)
        self.wanted = wanted
        self.run_log = RemoteRunLog(start, diagnosis_of(start.recipe, dataset))
        self.loop = TrainingLoop(trainer_of(start.recipe, dataset, proceed=wanted), self.run_log)
        self.told = monotonic()

    @property
    def due(self) -> bool:
        """Whether it is time for a update; if so, the next one will be due a pause from now."""
        now = monotonic()
        due = self.run_log.full or now - self.told >= PAUSE
        self.told = now if due else self.told
        return due

    def go_on(self, seconds: float) -> bool:
        """Take steps until the turn is over or a update is full; whether the run has ended."""
        end = monotonic() + seconds
        try:
            self.loop.run(lambda: monotonic() < end and not self.run_log.full and self.wanted())
        except Diverged:
            return True
        return self.loop.trainer.done
