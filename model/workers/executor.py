"""The worker pool as an executor, for sweeps."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from concurrent.futures import wait as wait_for
from typing import Any, TypeVar

from model.workers.jobs import CallJob

T = TypeVar("T")


class PoolExecutor(Executor):
    """Has functions called in the worker pool's processes; to shut it down leaves the worker pool as it is."""

    def __init__(self, take: Callable[[CallJob], None]) -> None:
        self._take = take
        self._futures: set[Future[Any]] = set()
        self._open = True

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Have `fn` called by a worker; raises RuntimeError after shutdown, and what pickling raises."""
        if not self._open:
            raise RuntimeError("The executor has been shut down.")
        call_job = CallJob(fn, args, kwargs)
        self._futures.add(call_job.future)
        call_job.future.add_done_callback(self._futures.discard)
        self._take(call_job)
        return call_job.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more functions; give up those that have not begun if they are to be cancelled."""
        self._open = False
        left = list(self._futures)
        if cancel_futures:
            for future in left:
                future.cancel()
        if wait:
            wait_for(left)
