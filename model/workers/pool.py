"""Worker processes, as many as there are cores, that train runs into logbooks of this process and call functions."""

import os
import signal
import sys
from collections import deque
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor
from functools import partial
from multiprocessing.connection import Pipe, wait
from multiprocessing.resource_tracker import ensure_running
from threading import Lock, Thread

from model.base.errors import InputError
from model.config.recipe import Recipe
from model.history.run_log import Logbook
from model.workers.executor import CrewExecutor
from model.workers.jobs import Errand, Job, Task
from model.workers.messages import Begun, Drop
from model.workers.worker_handle import Member

RUNS = 6  # that one worker trains by turns
STILLBORN = 10  # workers in a row that may end before they are heard
TRIES = 3  # workers that may die on the same task
DIED = f"{TRIES} worker processes have ended while they worked on this; is there enough memory for it?"


class Crew:
    """At most `size` processes, by default one a core, started when there is something to do.

    Runs come before functions. A worker that dies is replaced, and what it worked on begun anew. One thread of this
    process leads them: all but `post` and `close` that begins with an underscore runs in it.
    """

    def __init__(self, size: int | None = None) -> None:
        self.size = size or cores()
        self.executor: Executor = CrewExecutor(self.take)
        self._lock = Lock()
        self._posted: list[Callable[[], None]] = []
        self._thread: Thread | None = None
        self._closed = False
        self._bell, self._button = Pipe(duplex=False)
        self._members: list[Member] = []
        self._stillborn = 0
        self._jobs: deque[Job] = deque()
        self._errands: deque[Errand] = deque()

    def train(self, recipe: Recipe, logbook: Logbook, done: Callable[[Exception | None], None] | None = None) -> Job:
        """Train a run into `logbook`, with what that does not have yet; the same, to the bit, as anywhere else.

        `done` is called from another thread when the run has ended: with None, even if it diverged or was cancelled,
        or with what ended it early, such as an InputError of its data. Raises RuntimeError after `close`.
        """
        job = Job(recipe, logbook, done, self._cancel)
        self._post(partial(self._jobs.append, job))
        return job

    def take(self, errand: Errand) -> None:
        """Have a function called by a worker that has nothing else to do; raises RuntimeError after `close`."""
        self._post(partial(self._errands.append, errand))

    def close(self) -> None:
        """End all workers and wait until they have; runs under way end here, and no `done` is called any more."""
        with self._lock:
            closed, self._closed = self._closed, True
            if self._thread and not closed:
                self._button.send_bytes(b"!")
        if self._thread:
            self._thread.join()
        self._bell.close()
        self._button.close()

    def _post(self, action: Callable[[], None]) -> None:
        with self._lock:
            if self._closed:
                raise RuntimeError("The crew has been closed.")
            if not self._thread:
                self._thread = Thread(target=self._lead, name="crew", daemon=True)
                self._thread.start()
            self._posted.append(action)
            if len(self._posted) == 1:
                self._button.send_bytes(b"!")

    def _cancel(self, job: Job) -> None:
        if not self._closed:
            self._post(partial(self._drop, job))

    def _lead(self) -> None:
        if hasattr(signal, "pthread_sigmask"):
            # Processes inherit it: Ctrl-C must not reach one before it can ignore it, and print its traceback.
            ensure_running()  # the resource tracker, whose own start would undo it
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        while not self._closed:
            for ready in wait([self._bell, *(member.connection for member in self._members)]):
                if ready is self._bell:
                    self._act()
                else:
                    self._hear(next(member for member in self._members if member.connection is ready))
            try:
                self._distribute()
            except OSError as error:
                self._refuse(error.strerror or str(error))
        self._disband()

    def _act(self) -> None:
        with self._lock:
            self._bell.recv_bytes()
            posted, self._posted = self._posted, []
        for action in posted:
            action()

    def _hear(self, member: Member) -> None:
        report = member.hear()
        if report is None:
            self._lose(member)
        elif task := member.tasks.get(report.task):  # else it was dropped
            if isinstance(report, Begun):
                task.tries += 1
            elif task.hear(report):
                del member.tasks[report.task]

    def _lose(self, member: Member) -> None:
        self._members.remove(member)
        member.end()
        for task in reversed(list(member.tasks.values())):
            task.alone = task.tries == TRIES - 1  # which of those together it died of is found out at last
            if task.tries == TRIES:
                task.fail(BrokenExecutor(DIED))
            elif isinstance(task, Job):
                self._jobs.appendleft(task)
            elif isinstance(task, Errand):
                self._errands.appendleft(task)
        self._stillborn = 0 if member.heard else self._stillborn + 1
        if self._stillborn == STILLBORN:
            self._refuse("it ends as soon as it has begun")

    def _drop(self, job: Job) -> None:
        if job in self._jobs:
            self._jobs.remove(job)
            job.finish(None)
        for member in self._members:
            if member.tasks.pop(job.number, None):
                member.tell(Drop(job.number))
                job.finish(None)

    def _distribute(self) -> None:
        while self._jobs and (member := self._free(1 if self._jobs[0].alone else RUNS)):
            member.give(self._jobs.popleft())
        while self._errands and (member := self._free(1)):
            errand = self._errands.popleft()
            if errand.begin():
                member.give(errand)

    def _refuse(self, why: str) -> None:
        self._stillborn = 0
        tasks = [*self._jobs, *self._errands]
        self._jobs.clear()
        self._errands.clear()
        for task in tasks:
            task.fail(InputError(f"No worker process can be started: {why}."))

    def _free(self, most: int) -> Member | None:
        """The worker with the least to do, if that is less than `most`; a new one as long as there may be more."""
        least = min(self._members, key=lambda member: member.load, default=None)
        if (least is None or least.tasks) and len(self._members) < self.size:
            least = Member()
            self._members.append(least)
        return least if least and least.load < most else None

    def _disband(self) -> None:
        tasks: list[Task] = [*self._jobs, *self._errands]
        for member in self._members:
            tasks += member.tasks.values()
            member.connection.close()
        for task in tasks:
            task.abandon()
        for member in self._members:
            member.end()


MOST = 60 if sys.platform == "win32" else 256  # Windows waits for no more processes at once


def cores() -> int:
    """The processors that this process may use."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, MOST)
