"""From the start of the process to the first painted window, and to everything usable."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import time

from tests.benchmarks._figures import Figure

PROBE = Path(__file__).parent / "_startup_probe.py"
TURNS = 9


def measure() -> Iterator[Figure]:
    """Medians of warm starts, each in a process of its own."""
    starts = [_start() for _ in range(TURNS + 1)][1:]
    painted, usable = (median(each) for each in zip(*starts, strict=True))
    yield Figure("process start to the first painted window", painted, 0.3, " s")
    yield Figure("process start to everything usable, MNIST loaded", usable, 0.7, " s")


def _start() -> tuple[float, float]:
    command = [sys.executable, str(PROBE), repr(time())]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(lines[0]), float(lines[1])
