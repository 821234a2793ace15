"""Runs sweeps of growing size on one executor and prints the seconds of each.

argv: `pool:N` or a Dask scheduler's address, the data's folder ('' for MNIST), the iterations of a cell, the sizes.
"""

import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from model.config.config import Config
from model.sweeps.dask_executor import cluster_executor
from model.sweeps.results_csv import Results
from model.sweeps.sweep import SweepCell, sweep
from model.workers.pool import WorkerPool

WARMING = 16  # cells, until every worker has started and read its data


def main(place: str, folder: str, iterations: str, *sizes: str) -> None:
    """Time each size, results written to their file as the command `sweep` writes them."""
    config = Config(hidden=(5,) if folder else (40, 20), iterations=int(iterations), data=folder)
    with executor(place) as workers:
        run(config, WARMING, workers)
        for size in map(int, sizes):
            start = perf_counter()
            run(config, size, workers)
            print(perf_counter() - start, flush=True)


@contextmanager
def executor(place: str) -> Iterator[Executor]:
    """The worker processes at `place`."""
    kind, _, size = place.partition(":")
    if kind != "pool":
        with cluster_executor(place) as workers:
            yield workers
        return
    pool = WorkerPool(int(size))
    try:
        yield pool.executor
    finally:
        pool.close()


def run(config: Config, size: int, workers: Executor) -> None:
    """A whole sweep over so many seeds."""
    cells = [SweepCell(seed, config.replace(seed=seed), (("seed", str(seed)),)) for seed in range(size)]
    with TemporaryDirectory() as folder:
        results = Results(Path(folder) / "results.csv", cells)

        def pulse() -> bool:
            results.write_if_due()
            return False

        for result in sweep(results.missing, workers, pulse):
            results.add(result)
        results.write()


if __name__ == "__main__":
    main(*sys.argv[1:])
