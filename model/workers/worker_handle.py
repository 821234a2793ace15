"""One worker process as the worker pool sees it."""

from math import inf
from multiprocessing import get_context

from model.workers.jobs import Job
from model.workers.messages import PoolMessage, WorkerMessage
from model.workers.worker import work

PATIENCE = 2.0  # seconds until a process that does not end is killed


class WorkerHandle:
    """A process, the pipe to it, and its tasks by their number; raises OSError where none can be started."""

    def __init__(self) -> None:
        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.jobs: dict[int, Job] = {}
        self.heard = False
        self.process = context.Process(target=work, args=(theirs,), name="worker", daemon=True)
        self.process.start()
        theirs.close()

    def give(self, job: Job) -> None:
        """Have it work on a task."""
        self.jobs[job.number] = job
        self.send(job.message())

    def send(self, message: PoolMessage) -> None:
        """Send an order; a process that has died is noticed when it is next heard."""
        try:
            self.connection.send(message)
        except OSError:
            return

    @property
    def load(self) -> float:
        """How many tasks it has; infinite where one of them shall be alone."""
        return inf if any(job.alone for job in self.jobs.values()) else len(self.jobs)

    def receive(self) -> WorkerMessage | None:
        """The next thing it tells, None when it has died."""
        try:
            message: WorkerMessage = self.connection.recv()
        except (EOFError, OSError):
            return None
        self.heard = True
        return message

    def end(self) -> None:
        """See it off: it ends as soon as its pipe is closed."""
        self.connection.close()
        self.process.join(PATIENCE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.process.close()
