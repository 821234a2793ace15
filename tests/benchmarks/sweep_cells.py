"""What sweeps of 10 to 10,000 runs cost, on this machine's processes and on a local Dask cluster.

Of short runs the sending takes longer than the training: small ones show what each executor adds, the lesson's network
what it gains. Workers have read their data before the clock starts.
"""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from model.base.user_paths import ROOT
from tests.benchmarks._dask_cluster import cluster
from tests.benchmarks._figures import Cost
from tests.support import idx_files

POOLS, CLUSTERS = (1, 2), (1, 2, 4)


@dataclass(frozen=True)
class Cells:
    """Runs that are alike but for their seed."""

    what: str
    small: bool
    iterations: int
    sizes: tuple[int, ...]


CELLS = (
    Cells("runs of 2 iterations on tiny images", True, 2, (10, 100, 1_000, 10_000)),
    Cells("the lesson's network, 100 iterations", False, 100, (10, 100)),
)


def measure() -> Iterator[Cost]:
    """Every kind of cell on every executor."""
    with TemporaryDirectory() as folder:
        tiny = idx_files.write(Path(folder) / "tiny", idx_files.contents(train=200, test=50))
        for cells in CELLS:
            data = tiny if cells.small else ""
            alone = _seconds(f"pool:{POOLS[0]}", cells, data)
            yield from _costs(cells, "one process", alone, alone)
            for processes in POOLS[1:]:
                yield from _costs(cells, f"{processes} processes", _seconds(f"pool:{processes}", cells, data), alone)
            for workers in CLUSTERS:
                place = Path(folder) / f"{cells.iterations} {workers}"
                place.mkdir()
                with cluster(workers, place) as address:
                    found = _seconds(address, cells, data)
                yield from _costs(cells, f"Dask, {workers} worker{'s' * (workers > 1)}", found, alone)


def _seconds(place: str, cells: Cells, data: str) -> list[float]:
    sizes = map(str, cells.sizes)
    command = [sys.executable, "-m", "tests.benchmarks._sweep_probe", place, data, str(cells.iterations), *sizes]
    found = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    return [float(line) for line in found.stdout.split()]


def _costs(cells: Cells, where: str, found: list[float], alone: list[float]) -> Iterator[Cost]:
    for size, seconds, one in zip(cells.sizes, found, alone, strict=True):
        detail = f"{size / seconds:,.0f} runs a second, {one / seconds:.2f}× one process"
        yield Cost(f"{cells.what}, {where}", f"{size:,}", seconds, size, "run", detail)
