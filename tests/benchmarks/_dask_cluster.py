"""A Dask cluster of this machine's own processes."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic, sleep

from model.base.user_paths import ROOT

PATIENCE_SECONDS = 60.0


@contextmanager
def cluster(workers: int, folder: Path) -> Iterator[str]:
    """A scheduler and so many workers of one thread, which log into `folder`; yields the scheduler's address."""
    with ExitStack() as parts:
        log = _start(parts, folder, "scheduler", "--port", "0")
        address = _said(log, r"Scheduler at:\s+(tcp://\S+)")
        logs = [
            _start(parts, folder, "worker", address, "--nthreads", "1", "--name", f"{number}")
            for number in range(workers)
        ]
        for log in logs:
            _said(log, r"(Registered to)")
        yield address


def _start(parts: ExitStack, folder: Path, part: str, *arguments: str) -> Path:
    command = [
        sys.executable,
        "-m",
        f"distributed.cli.dask_{part}",
        *arguments,
        "--host",
        "127.0.0.1",
        "--no-dashboard",
    ]
    log = folder / f"{part} {len(list(folder.glob('*.log')))}.log"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with log.open("w") as file:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=file, stderr=file)
    parts.callback(process.wait)
    parts.callback(process.terminate)
    return log


def _said(log: Path, pattern: str) -> str:
    """Wait until a part says something; raises TimeoutError with what it said instead."""
    end = monotonic() + PATIENCE_SECONDS
    while not (found := re.search(pattern, log.read_text("utf-8"))):
        if monotonic() > end:
            raise TimeoutError(log.read_text("utf-8"))
        sleep(0.05)
    return found[1]
