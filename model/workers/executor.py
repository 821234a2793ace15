"""`concurrent.futures.Executor` on the worker pool, for sweeps and the map."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from concurrent.futures import wait as wait_for
from typing import Any, TypeVar

from model.workers.jobs import CallJob

T = TypeVar("T")


class PoolExecutor(Executor):
    """Executor that runs functions in the pool's processes; shutting it down leaves the pool open.

    `take` is the pool's method that enqueues a CallJob, `abandon` the one that tells its worker that nobody waits.
    """

    def __init__(self, take: Callable[[CallJob], None], abandon: Callable[[CallJob], None]) -> None:
        self._take, self._abandon = take, abandon
        self._futures: set[Future[Any]] = set()
        self._open = True

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Queue `fn(*args, **kwargs)`; raises RuntimeError after shutdown, and pickling errors at once."""
        if not self._open:
            raise RuntimeError("The executor has been shut down.")
        call_job = CallJob(fn, args, kwargs, self._abandon)
        self._futures.add(call_job.future)
        call_job.future.add_done_callback(self._futures.discard)
        self._take(call_job)
        return call_job.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Accept no more calls; cancel those not yet started if `cancel_futures`, wait for the rest if `wait`."""
        self._open = False
        pending = list(self._futures)
        if cancel_futures:
            for future in pending:
                future.cancel()
        if wait:
            wait_for(pending)
