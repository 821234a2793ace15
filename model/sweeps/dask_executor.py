"""A Dask cluster as a `concurrent.futures.Executor`; the only module that imports Dask, and only when called.

The cluster's workers import this program's modules, so start one per core with the program's folder on the path:
`PYTHONPATH=FOLDER dask worker tcp://HOST:8786 --nthreads 1`. The scheduler gives the cells of a worker that dies to
others. Each run limits its worker to one BLAS thread; on another kind of processor the last digits of its result can
differ, and the result says what it was computed with.
"""

import asyncio
import logging
import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

from model.base.console import complain
from model.base.errors import InputError
from model.base.user_paths import ROOT

ANSWER_SECONDS = 5.0  # that a scheduler may take to answer

T = TypeVar("T")


class ClusterExecutor(Executor):
    """Executor on Dask's workers; the scheduler does not need to import the functions."""

    def __init__(self, inner: Executor) -> None:
        self._inner = inner

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Queue `fn(*args, **kwargs)`; raises pickling errors at once."""
        return self._inner.submit(pickle.loads, pickle.dumps(_Call(partial(fn, *args, **kwargs))))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Accept no more calls; wait for the unfinished ones if `wait` and not `cancel_futures`, else drop them."""
        self._inner.shutdown(wait and not cancel_futures)


class _Call:
    """A call that unpickles as its return value.

    The scheduler unpickles the arguments it is sent, but not the bytes inside them; so only the worker makes the call.
    """

    def __init__(self, function: Callable[[], Any]) -> None:
        self.function = function

    def __reduce__(self) -> tuple[Callable[[], Any], tuple[()]]:
        return self.function, ()


@contextmanager
def cluster_executor(address: str) -> Iterator[Executor]:
    """Context with an executor on the Dask scheduler at `address`, such as tcp://HOST:8786.

    Raises InputError if Dask is missing, no scheduler answers within 5 s, or the workers die or lack modules.
    """
    try:
        from distributed import Client, KilledWorker  # noqa: PLC0415  an extra, which takes a second to import
    except ImportError:
        raise InputError(
            "--scheduler needs Dask, which is not there: 'pip install distributed' in Python's environment of this "
            "program, or 'pip install layerscope[cluster]'."
        ) from None
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what it would log, with tracebacks, is said here
    workers = _workers(address)
    if not workers:
        complain(
            f"The scheduler has no workers yet; 'PYTHONPATH={ROOT} dask worker {address} --nthreads 1' starts one."
        )
    with Client(address, timeout=ANSWER_SECONDS, set_as_default=False) as client:
        try:
            yield ClusterExecutor(client.get_executor(pure=False))
        except KilledWorker:
            raise InputError(
                "The cluster's workers die before they finish a run, perhaps for lack of memory."
            ) from None
        except CancelledError:
            raise InputError(f"The scheduler at '{address}' is gone; what was finished is kept.") from None
        except ModuleNotFoundError as error:
            raise InputError(
                f"The cluster's workers have no module '{error.name}'; start them with PYTHONPATH={ROOT}."
            ) from None


def _workers(address: str) -> int:
    """Ask the scheduler for its number of workers; raises InputError if none answers."""
    from distributed import Security, rpc  # noqa: PLC0415  see above

    async def ask() -> int:
        arguments = Security().get_connection_args("client")
        async with rpc(address, timeout=ANSWER_SECONDS, connection_args=arguments) as scheduler:
            answer = await asyncio.wait_for(scheduler.identity(), ANSWER_SECONDS)
            return len(answer["workers"])

    try:
        # A Client that finds no scheduler would wait for it once more when it is collected, and print a traceback.
        return asyncio.run(ask())
    except (OSError, TypeError, ValueError, KeyError):
        raise InputError(f"No Dask scheduler answers at '{address}'; 'dask scheduler' starts one.") from None
