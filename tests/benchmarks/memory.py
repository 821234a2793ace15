"""Resident memory of the window with MNIST loaded, and after a long run's records."""

import os
import subprocess
import sys
from collections.abc import Iterator

from model.base.user_paths import ROOT
from tests.benchmarks._figures import Figure

RECORDS = 1_000_000


def measure() -> Iterator[Figure]:
    """Both figures from one process that opens the window as main.py does."""
    command = [sys.executable, "tests/benchmarks/_memory_probe.py", str(RECORDS)]
    found = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env=dict(os.environ))
    loaded, long = map(float, found.stdout.split())
    yield Figure("memory with MNIST loaded", loaded, 200, " MiB", detail="resident; trained for two seconds")
    yield Figure(f"memory after {RECORDS:,} recorded iterations", long, 300, " MiB", detail="resident")
