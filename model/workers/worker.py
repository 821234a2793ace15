"""A worker process of a crew: trains several runs by turns, or calls one function at a time."""

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
from model.training.replay import Interrupted, trainer_of
from model.training.training_loop import Driver
from model.workers.messages import Answer, Begin, Begun, Call, Drop, Ended, Failed, Order, Report, pack_error
from model.workers.remote_run_log import Outbox

NICE = 10
TURN = 0.05  # seconds that a run goes on before the next one has its turn
PAUSE = 0.25  # seconds between two parcels of a run


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
        self.orders: SimpleQueue[Order] = SimpleQueue()
        self.dropped: set[int] = set()
        self.runs: dict[int, _Run] = {}

    def listen(self) -> None:
        while True:
            try:
                order = self.connection.recv()
            except Exception:  # closed, or not to be understood: a worker that hears nothing would never end
                os._exit(0)
            if isinstance(order, Drop):
                self.dropped.add(order.task)
            self.orders.put(order)

    def work(self) -> None:
        while True:
            while not self.runs or not self.orders.empty():
                self._obey(self.orders.get())
            for task, run in list(self.runs.items()):
                self._go_on(task, run)

    def _obey(self, order: Order) -> None:
        if not isinstance(order, Drop):
            self._tell(Begun(order.task))
        try:
            match order:
                case Begin(task):
                    self.runs[task] = _Run(order, lambda: task not in self.dropped)
                case Call(task, work):
                    function, arguments, named = pickle.loads(work)
                    self._tell(Answer(task, pickle.dumps(function(*arguments, **named))))
                case Drop(task):
                    self._close(task)
        except Interrupted:
            pass  # dropped before it began
        except Exception as error:
            self._tell(Failed(order.task, pack_error(error)))

    def _go_on(self, task: int, run: "_Run") -> None:
        try:
            ended = run.go_on(TURN if len(self.runs) > 1 else PAUSE)
            if ended or run.due:
                self._tell(run.outbox.pack())
            if ended:
                self._tell(Ended(task))
                self._close(task)
        except Exception as error:
            self._tell(Failed(task, pack_error(error)))
            self._close(task)

    def _close(self, task: int) -> None:
        self.dropped.discard(task)
        if run := self.runs.pop(task, None):
            run.driver.trainer.close()

    def _tell(self, report: Report) -> None:
        try:
            self.connection.send(report)
        except OSError:
            os._exit(0)


class _Run:
    """One run, which goes on whenever it has its turn; raises what ends it before its first iteration."""

    def __init__(self, begin: Begin, wanted: Callable[[], bool]) -> None:
        dataset = kept_dataset(begin.recipe.config.data)
        self.wanted = wanted
        self.outbox = Outbox(begin, diagnosis_of(begin.recipe, dataset))
        self.driver = Driver(trainer_of(begin.recipe, dataset, proceed=wanted), self.outbox)
        self.told = monotonic()

    @property
    def due(self) -> bool:
        """Whether it is time for a parcel; if so, the next one will be due a pause from now."""
        now = monotonic()
        due = self.outbox.full or now - self.told >= PAUSE
        self.told = now if due else self.told
        return due

    def go_on(self, seconds: float) -> bool:
        """Take steps until the turn is over or a parcel is full; whether the run has ended."""
        end = monotonic() + seconds
        try:
            self.driver.run(lambda: monotonic() < end and not self.outbox.full and self.wanted())
        except Diverged:
            return True
        return self.driver.trainer.done
