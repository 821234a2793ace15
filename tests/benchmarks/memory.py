"""Resident memory of the window with MNIST loaded, and after a long run's records."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from model.base.user_paths import ROOT
from model.config.config import Config
from tests.benchmarks._figures import Figure
from tests.benchmarks._windows import wait, window

RECORDS = 1_000_000
DEFAULT_SIZE = (1280, 820)


def measure() -> Iterator[Figure]:
    """Both figures from one process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.memory"]
    found = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    loaded, long = map(float, found.stdout.split())
    yield Figure("memory with MNIST loaded", loaded, 200, " MiB", detail="resident")
    yield Figure(f"memory after {RECORDS:,} recorded iterations", long, 300, " MiB", detail="resident")


def resident() -> float:
    """Mebibytes of physical memory that this process uses (Linux)."""
    line = next(line for line in Path("/proc/self/status").read_text("utf-8").splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def report() -> None:
    """Print both figures: the window as it first opens, trained for a moment, then with a record at each iteration."""
    with window(Config(record_every=1, iterations=RECORDS), size=DEFAULT_SIZE) as shown:
        shown.train()
        wait(1)
        shown.pause()
        wait(0.2)
        print(resident())
        run_log = shown.run.log
        record = run_log.history.newest
        assert record is not None
        bare = record.bare()
        for iteration in range(record.iteration + 1, RECORDS):
            run_log.put(replace(bare, iteration=iteration))
        wait(0.5)
        print(resident())


if __name__ == "__main__":
    report()
