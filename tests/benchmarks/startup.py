"""From the start of the process to the window's frame, the whole window and everything usable, beside bare windows.

Each start is a process of its own with warm bytecode, in turns with the bare windows and commands that it is measured
by: a busy machine slows both alike.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, time

from model.base.user_paths import ROOT
from model.data.unpacked_mnist import unpack_mnist
from model.library.library import Library
from tests.benchmarks._figures import Figure

HERE = Path(__file__).parent
TURNS = 9
COLD = ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")  # would make each start compile everything


def measure() -> Iterator[Figure]:
    """Medians of the ratios of neighbouring starts, MNIST unpacked as after the first of all."""
    unpack_mnist()
    starts = [(_printed("_startup_probe"), _printed("_bare_window"), _printed("_bare_window", "pyqtgraph"))
              for _ in range(TURNS + 1)][1:]  # fmt: skip
    targets = (("the window's frame", 0, 1, 1.0), ("the whole window", 1, 1, 2.5), ("everything usable", 2, 2, 2.0))
    for what, moment, bare, most in targets:
        pairs = [(start[0][moment], start[bare][0]) for start in starts]
        against = ("", "an empty window with NumPy", "a window with one of pyqtgraph's plots")[bare]
        yield _ratio(f"{what} / {against}", pairs, most)
    yield from _commands()
    (*_, idle) = _printed("_startup_probe", "idle")
    yield Figure("an idle window, share of a core", 100 * idle, 0.5, " %", detail="4 s, nothing moves")


def _commands() -> Iterator[Figure]:
    main, run = ROOT / "main.py", ROOT / "run.py"
    version = [(_seconds(run, "--version"), _seconds(main, "--version")) for _ in range(TURNS)]
    yield Figure("run.py adds to main.py", 1e3 * median(a - b for a, b in version), 60, " ms", detail="--version")
    with TemporaryDirectory() as folder:
        library = Path(folder) / "library.sqlite"
        Library.open(library).close()
        for what, command in (
            ("runs list", ("runs", "list", "--library", library)),
            ("train --help", ("train", "--help")),
        ):
            pairs = [(_seconds(main, *command), _seconds("-c", "import numpy")) for _ in range(TURNS)]
            yield _ratio(f"main.py {what} / python -c 'import numpy'", pairs, 2.0)


def _ratio(what: str, pairs: Sequence[tuple[float, float]], most: float) -> Figure:
    ours, theirs = (median(side) for side in zip(*pairs, strict=True))
    return Figure(what, median(a / b for a, b in pairs), most, detail=f"{ours:.3f} s / {theirs:.3f} s")


def _run(*arguments: object) -> str:
    warm = {name: value for name, value in os.environ.items() if name not in COLD}
    command = [sys.executable, *map(str, arguments)]
    env = {**warm, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(command, capture_output=True, text=True, check=True, env=env).stdout


def _printed(script: str, *arguments: str) -> list[float]:
    return [float(line) for line in _run(HERE / f"{script}.py", repr(time()), *arguments).split()]


def _seconds(*command: object) -> float:
    began = perf_counter()
    _run(*command)
    return perf_counter() - began
