"""Worker processes of a command that trains many runs."""

from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager

from model.base.errors import InputError
from model.workers.pool import WorkerPool


@contextmanager
def worker_pool(jobs: int) -> Iterator[WorkerPool]:
    """Context with `jobs` worker processes, one a processor for 0; raises InputError where they keep dying."""
    pool = WorkerPool(jobs or None)
    try:
        yield pool
    except BrokenExecutor:
        raise InputError(
            "The worker processes die before they finish a run, perhaps for lack of memory; fewer --jobs need less."
        ) from None
    finally:
        pool.close()
