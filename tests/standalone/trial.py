"""Trial of a standalone build: in an empty home, with nothing on the path, under a display server of its own."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

PATIENCE_SECONDS = 120
PRESET, ITERATIONS = "relu-he", "300"
PNG = b"\x89PNG\r\n\x1a\n"
# How a process that multiprocessing has started names itself.
WORKER = b"--multiprocessing-fork"
COPIED = "import sys; sys.path.insert(0, sys.argv[1]); import model.config.config"


class TrialError(Exception):
    """What the program did not do, as one sentence."""


def try_out(program: Path) -> Iterator[str]:
    """Have the program train, draw, start workers and open its window; yields what it did, raises TrialError."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        environment = {"HOME": folder, "PATH": str(home / "nothing"), "LANG": "C.UTF-8"}
        said = _run(program, environment, "--version")
        yield f"says that it is {said.strip()}"
        said = _run(program, environment, "train", "--preset", PRESET, "--iterations", ITERATIONS)
        yield f"trained: {said.splitlines()[-2]}"
        picture = home / "picture.png"
        _run(program, environment, "screenshot", str(picture), "--preset", PRESET, "--iterations", ITERATIONS)
        if not picture.read_bytes().startswith(PNG):
            raise TrialError("The picture is no PNG.")
        yield f"drew a picture of {picture.stat().st_size:,} bytes"
        table = home / "table.csv"
        _run(program, environment, "sweep", "--out", str(table), "--seeds", "2", "--iterations", ITERATIONS)
        yield f"trained {len(table.read_text('utf-8').splitlines()) - 1} runs in worker processes"
        said = _run(program, environment, "lesson", "list")
        yield f"found {len(said.splitlines()) - 1} lessons"
        if sys.platform.startswith("linux"):
            yield from _try_window(program, environment)
    _import_sources(program)
    yield "has the sources that a copied Python program imports"


def _run(program: Path, environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [program, *arguments], env=environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )
    if done.returncode:
        raise TrialError(f"'{' '.join(arguments)}' ended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def _try_window(program: Path, environment: dict[str, str]) -> Iterator[str]:
    with _display() as display, subprocess.Popen(
        [program], env={**environment, "DISPLAY": display}, stderr=subprocess.PIPE, text=True
    ) as window:  # fmt: skip
        try:
            _wait_for_worker(window)
            yield "opened its window, with the evaluation in a process of its own"
            window.send_signal(signal.SIGTERM)
            _, errors = window.communicate(timeout=PATIENCE_SECONDS)
        finally:
            window.kill()
        if window.returncode or errors:
            raise TrialError(f"The window ended with {window.returncode}: {errors.strip()}")
    yield "closed its window with 0"


def _wait_for_worker(window: "subprocess.Popen[str]") -> None:
    """Wait for the process that evaluates, which begins when the window is complete."""
    last = monotonic() + PATIENCE_SECONDS
    while not any(WORKER in each.read_bytes() for each in _children(window.pid)):
        if window.poll() is not None or monotonic() > last:
            raise TrialError("The window did not start its evaluation process.")
        sleep(0.1)


def _children(parent: int) -> Iterator[Path]:
    for task in Path(f"/proc/{parent}/task").glob("*/children"):
        yield from (Path(f"/proc/{child}/cmdline") for child in task.read_text("ascii").split())


@contextmanager
def _display() -> Iterator[str]:
    server = shutil.which("Xvfb")
    if server is None:
        raise TrialError("Xvfb is not installed; on Debian: apt install xvfb")
    read, write = os.pipe()
    command = [server, "-displayfd", str(write), "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as started:
        os.close(write)
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        try:
            yield f":{number}"
        finally:
            started.terminate()


def _import_sources(program: Path) -> None:
    sources = program.parent / "_internal" / "sources"
    command = [sys.executable, "-I", "-B", "-c", COPIED, str(sources)]
    done = subprocess.run(command, cwd=sources, capture_output=True, text=True, check=False)
    if done.returncode:
        raise TrialError(f"A copied Python program cannot import the model: {done.stderr.strip()}")
