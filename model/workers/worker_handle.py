"""A worker process and the pool's end of its pipe."""

from math import inf
from multiprocessing import get_context

from model.workers.jobs import Job
from model.workers.messages import PoolMessage, WorkerMessage
from model.workers.worker import work

KILL_AFTER_SECONDS = 2.0


class WorkerHandle:
    """A running worker, its pipe, and its `jobs` by number; raises OSError if no process can be started.

    `responded` tells whether any message has come from it yet.
    """

    def __init__(self) -> None:
        context = get_context("spawn")
        self.connection, child_end = context.Pipe()
        self.jobs: dict[int, Job] = {}
        self.responded = False
        self.process = context.Process(target=work, args=(child_end,), name="worker", daemon=True)
        self.process.start()
        child_end.close()

    def assign(self, job: Job) -> None:
        """Start a job in the worker."""
        self.jobs[job.number] = job
        self.send(job.message())

    def send(self, message: PoolMessage) -> None:
        """Send a message; a broken pipe is ignored here, because `receive` reports the death."""
        try:
            self.connection.send(message)
        except OSError:
            return

    @property
    def load(self) -> float:
        """The number of its jobs; infinite if one of them needs the worker to itself."""
        return inf if any(job.alone for job in self.jobs.values()) else len(self.jobs)

    def receive(self) -> WorkerMessage | None:
        """Read the next message from the pipe; None if the process has died."""
        try:
            message: WorkerMessage = self.connection.recv()
        except (EOFError, OSError):
            return None
        self.responded = True
        return message

    def end(self) -> None:
        """Close the pipe and join the process; kill it after 2 s."""
        self.connection.close()
        self.process.join(KILL_AFTER_SECONDS)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.process.close()
