"""A pool of worker processes, one a core by default, that train runs into run logs of this process and call functions.

One pool does both, although the cells of a sweep alone would fit `ProcessPoolExecutor(mp_context=spawn)`, which is as
fast (40 cells of 100 iterations on two cores: 9.3 to 9.7 s, here 7.4 to 9.5 s). But two live runs begun amid those
cells were over after 15 s beside it, after 4 s here, because runs come first and no more processes compute than there
are cores; one killed worker broke it after 10 of the 40 results, all 40 come here; and on Python 3.11 its workers
outlive an owner that is killed.
"""

import sys
from collections import deque
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Pipe, wait
from threading import Lock, Thread

from model.base.errors import InputError
from model.base.language import Message
from model.base.owned_process import ending_held_back
from model.base.processors import usable_cores
from model.base.system_reason import system_reason
from model.config.recipe import Recipe
from model.history.run_log import RunLog
from model.workers.executor import PoolExecutor
from model.workers.jobs import CallJob, Job, RunJob
from model.workers.messages import CancelRun, Started
from model.workers.worker_handle import WorkerHandle

RUNS_PER_WORKER = 6  # trained in turn
MOST_FAILED_STARTS = 10  # workers in a row that die before their first message
MOST_TRIES = 3  # workers that may die on the same job
MOST_WORKERS = 60 if sys.platform == "win32" else 256  # Windows waits for at most 63 handles at once
TOO_MANY_DEATHS = Message(
    "{number} worker processes have ended while they worked on this; is there enough memory for it?", number=MOST_TRIES
)


class WorkerPool:
    """At most `size` worker processes, by default one a core, started when there are jobs for them.

    Runs come before function calls. The jobs of a worker that dies are started again on another one.

    A manager thread owns the workers. Methods with a leading underscore run in it, except `_post`, `_cancel` and
    `_abandon`.
    """

    def __init__(self, size: int | None = None) -> None:
        self.size = size or min(usable_cores(), MOST_WORKERS)
        self.executor: Executor = PoolExecutor(self.take, self._abandon)
        self._lock = Lock()
        self._posted: list[Callable[[], None]] = []
        self._thread: Thread | None = None
        self._closed = False
        self._wake_reader, self._wake_writer = Pipe(duplex=False)
        self._workers: list[WorkerHandle] = []
        self._failed_starts = 0
        self._run_jobs: deque[RunJob] = deque()
        self._call_jobs: deque[CallJob] = deque()

    def train(self, recipe: Recipe, run_log: RunLog, done: Callable[[Exception | None], None] | None = None) -> RunJob:
        """Train a run and add to `run_log` what it lacks; the result is the same, to the bit, as in this process.

        `done` is called in the manager thread when the run has ended: with None, also if it diverged or was cancelled,
        or with the exception that ended it, such as an InputError of its data. Raises RuntimeError after `close`.
        """
        run_job = RunJob(recipe, run_log, done, self._cancel)
        self._post(partial(self._run_jobs.append, run_job))
        return run_job

    def take(self, call_job: CallJob) -> None:
        """Queue a call for the next idle worker; raises RuntimeError after `close`."""
        self._post(partial(self._call_jobs.append, call_job))

    def close(self) -> None:
        """End all workers and wait for them; unfinished runs end here, and no `done` is called any more."""
        with self._lock:
            closed, self._closed = self._closed, True
            if self._thread and not closed:
                self._wake_writer.send_bytes(b"!")
        if self._thread:
            self._thread.join()
        self._wake_reader.close()
        self._wake_writer.close()

    def _post(self, action: Callable[[], None]) -> None:
        with self._lock:
            if self._closed:
                raise RuntimeError("The worker pool has been closed.")
            if not self._thread:
                self._thread = Thread(target=self._run_manager, name="worker pool", daemon=True)
                self._thread.start()
            self._posted.append(action)
            if len(self._posted) == 1:
                self._wake_writer.send_bytes(b"!")

    def _cancel(self, run_job: RunJob) -> None:
        if not self._closed:
            self._post(partial(self._remove, run_job))

    def _abandon(self, call_job: CallJob) -> None:
        with suppress(RuntimeError):  # closed meanwhile
            self._post(partial(self._tell_abandoned, call_job))

    def _tell_abandoned(self, call_job: CallJob) -> None:
        """Tell the worker that nobody waits for a call; the job ends when the function does."""
        for worker in self._workers:
            if call_job.number in worker.jobs:
                worker.send(CancelRun(call_job.number))

    def _run_manager(self) -> None:
        with ending_held_back():
            self._manage()

    def _manage(self) -> None:
        while not self._closed:
            for ready in wait([self._wake_reader, *(worker.connection for worker in self._workers)]):
                if ready is self._wake_reader:
                    self._run_posted()
                else:
                    self._receive(next(worker for worker in self._workers if worker.connection is ready))
            try:
                self._dispatch()
            except OSError as error:
                self._fail_waiting(system_reason(error))
        self._shut_down()

    def _run_posted(self) -> None:
        with self._lock:
            self._wake_reader.recv_bytes()
            posted, self._posted = self._posted, []
        for action in posted:
            action()

    def _receive(self, worker: WorkerHandle) -> None:
        message = worker.receive()
        if message is None:
            self._handle_death(worker)
        elif job := worker.jobs.get(message.job):  # else it was cancelled
            if isinstance(message, Started):
                job.tries += 1
            elif job.receive(message):
                del worker.jobs[message.job]

    def _handle_death(self, worker: WorkerHandle) -> None:
        self._workers.remove(worker)
        worker.end()
        for job in reversed(list(worker.jobs.values())):
            job.alone = job.tries == MOST_TRIES - 1  # of several jobs, the last try tells which one is deadly
            if job.tries == MOST_TRIES:
                job.fail(BrokenExecutor(TOO_MANY_DEATHS))
            elif isinstance(job, RunJob):
                self._run_jobs.appendleft(job)
            elif isinstance(job, CallJob):
                self._call_jobs.appendleft(job)
        self._failed_starts = 0 if worker.responded else self._failed_starts + 1
        if self._failed_starts == MOST_FAILED_STARTS:
            self._fail_waiting(Message("it ends as soon as it has begun"))

    def _remove(self, run_job: RunJob) -> None:
        if run_job in self._run_jobs:
            self._run_jobs.remove(run_job)
            run_job.finish(None)
        for worker in self._workers:
            if worker.jobs.pop(run_job.number, None):
                worker.send(CancelRun(run_job.number))
                run_job.finish(None)

    def _dispatch(self) -> None:
        while self._run_jobs and (worker := self._available_worker(1 if self._run_jobs[0].alone else RUNS_PER_WORKER)):
            worker.assign(self._run_jobs.popleft())
        while self._call_jobs and (worker := self._available_worker(1)):
            call_job = self._call_jobs.popleft()
            if call_job.start():
                worker.assign(call_job)

    def _fail_waiting(self, why: Message) -> None:
        self._failed_starts = 0
        jobs = [*self._run_jobs, *self._call_jobs]
        self._run_jobs.clear()
        self._call_jobs.clear()
        for job in jobs:
            job.fail(InputError("No worker process can be started: {why}.", why=why))

    def _available_worker(self, most: int) -> WorkerHandle | None:
        """The worker with the fewest jobs, if they are fewer than `most`; a new one while the pool may grow."""
        least = min(self._workers, key=lambda worker: worker.load, default=None)
        if (least is None or least.jobs) and len(self._workers) < self.size:
            least = WorkerHandle()
            self._workers.append(least)
        return least if least and least.load < most else None

    def _shut_down(self) -> None:
        jobs: list[Job] = [*self._run_jobs, *self._call_jobs]
        for worker in self._workers:
            jobs += worker.jobs.values()
            worker.connection.close()
        for job in jobs:
            job.abandon()
        for worker in self._workers:
            worker.end()
