"""One worker process as the crew sees it."""

from math import inf
from multiprocessing import get_context

from model.workers.jobs import Task
from model.workers.messages import Order, Report
from model.workers.worker import work

PATIENCE = 2.0  # seconds until a process that does not end is killed


class Member:
    """A process, the pipe to it, and its tasks by their number; raises OSError where none can be started."""

    def __init__(self) -> None:
        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.tasks: dict[int, Task] = {}
        self.heard = False
        self.process = context.Process(target=work, args=(theirs,), name="worker", daemon=True)
        self.process.start()
        theirs.close()

    def give(self, task: Task) -> None:
        """Have it work on a task."""
        self.tasks[task.number] = task
        self.tell(task.order())

    def tell(self, order: Order) -> None:
        """Send an order; a process that has died is noticed when it is next heard."""
        try:
            self.connection.send(order)
        except OSError:
            return

    @property
    def load(self) -> float:
        """How many tasks it has; infinite where one of them shall be alone."""
        return inf if any(task.alone for task in self.tasks.values()) else len(self.tasks)

    def hear(self) -> Report | None:
        """The next thing it tells, None when it has died."""
        try:
            report: Report = self.connection.recv()
        except (EOFError, OSError):
            return None
        self.heard = True
        return report

    def end(self) -> None:
        """See it off: it ends as soon as its pipe is closed."""
        self.connection.close()
        self.process.join(PATIENCE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.process.close()
