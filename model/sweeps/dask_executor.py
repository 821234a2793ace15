"""A Dask cluster as an executor: the only module that knows of Dask, imported when a scheduler is asked for.

Its workers import this program's own modules, so each is started with its folder on the path, once a processor:
`PYTHONPATH=FOLDER dask worker tcp://HOST:8786 --nthreads 1`. A worker that dies costs nothing, because the scheduler
gives its cells to others. On processors of another kind the last digits of a result can differ.
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

# How long a scheduler may take to answer, in seconds.
PATIENCE = 5.0

T = TypeVar("T")


class ClusterExecutor(Executor):
    """Has functions called by the workers, without any need for the scheduler to have them."""

    def __init__(self, inner: Executor) -> None:
        self._inner = inner

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Have `fn` called by a worker; raises what pickling raises."""
        return self._inner.submit(pickle.loads, pickle.dumps(_Call(partial(fn, *args, **kwargs))))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more functions; give up those that are not finished unless they are waited for."""
        self._inner.shutdown(wait and not cancel_futures)


class _Call:
    """What unpickles as the value of a function: the scheduler unpickles what it is sent, but not what is in bytes."""

    def __init__(self, function: Callable[[], Any]) -> None:
        self.function = function

    def __reduce__(self) -> tuple[Callable[[], Any], tuple[()]]:
        return self.function, ()


@contextmanager
def cluster_executor(address: str) -> Iterator[Executor]:
    """An executor on the workers of the Dask scheduler at `address`, until the block ends.

    Raises InputError where Dask is missing, where no scheduler answers, and for workers that cannot do the work.
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
    with Client(address, timeout=PATIENCE, set_as_default=False) as client:
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
    """How many workers the scheduler has; raises InputError where there is no scheduler."""
    from distributed import Security, rpc  # noqa: PLC0415  see above

    async def ask() -> int:
        arguments = Security().get_connection_args("client")
        async with rpc(address, timeout=PATIENCE, connection_args=arguments) as scheduler:
            answer = await asyncio.wait_for(scheduler.identity(), PATIENCE)
            return len(answer["workers"])

    try:
        # A Client that finds no scheduler would wait for it once more when it is collected, and print a traceback.
        return asyncio.run(ask())
    except (OSError, TypeError, ValueError, KeyError):
        raise InputError(f"No Dask scheduler answers at '{address}'; 'dask scheduler' starts one.") from None
