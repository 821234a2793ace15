"""Resident memory of the window with MNIST loaded, and after a long run's records."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from model.config import Config
from tests.benchmarks._figures import Figure
from tests.benchmarks._windows import wait, window

RECORDS = 1_000_000


def measure() -> Iterator[Figure]:
    """Both figures from one process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.memory"]
    found = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    loaded, long = map(float, found.stdout.split())
    yield Figure("memory with MNIST loaded", loaded, 200, " MB", detail="resident")
    yield Figure(f"memory after {RECORDS:,} recorded iterations", long, 300, " MB", detail="resident")


def resident() -> float:
    """Megabytes of physical memory that this process uses (Linux)."""
    line = next(line for line in Path("/proc/self/status").read_text("utf-8").splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1000


def report() -> None:
    """Print both figures: ten hidden layers, trained for a moment, then with a record at each iteration."""
    with window(Config(hidden=(50,) * 10, record_every=1, iterations=RECORDS)) as shown:
        shown.session.train()
        wait(1)
        shown.session.pause()
        wait(0.2)
        print(resident())
        mailbox = shown.session.mailbox
        assert mailbox is not None
        record = mailbox.history.newest
        assert record is not None
        for iteration in range(record.iteration + 1, RECORDS):
            mailbox.put(replace(record, iteration=iteration))
        wait(0.5)
        print(resident())


if __name__ == "__main__":
    report()
