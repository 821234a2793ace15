"""What a library of many runs costs the window: its list, a key in the search, Train, and memory."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from PySide6.QtWidgets import QApplication, QLineEdit

from gui.window.open_window import make_window
from model.base.user_paths import ROOT
from model.config.config import Config
from model.config.recipe import Recipe
from model.data.datasets import load_dataset
from model.history.run_summary import RunListing
from model.library.library import Library
from model.training.replay import train_recipe
from tests.benchmarks._figures import Figure
from tests.benchmarks._resident import resident
from tests.benchmarks._windows import wait
from tests.support.window_page import WindowPage

SIZES = (10, 100, 1_000, 10_000)
CONFIG = Config(iterations=20, record_every=10)
KEYS = "relu 5"
LIST_MS, KEY_MS, TRAIN_MS, MEMORY_MIB = 1_000, 16, 50, 60
COLUMNS = """label, color, 0, json_set(recipe, '$.config.seed', ?1, '$.config.batch_size', 10 + ?1 % 90,
    '$.config.activation', iif(?1 % 2, 'sigmoid', 'relu')), digest, verdicts, changes, iteration, ended, best_loss,
    worst_loss, quantities"""


def measure() -> Iterator[Figure]:
    """Each figure for libraries of 10 to 10,000 runs, each of them in a process of its own."""
    with TemporaryDirectory() as folder:
        *_, without = _in_process(Path(folder) / "empty.sqlite", 0)
        for size in SIZES:
            path = Path(folder) / f"{size}.sqlite"
            _fill(path, size)
            listed, key, train, memory = _in_process(path, size)
            detail = f"offscreen; {path.stat().st_size / 2**20:.1f} MiB"
            yield Figure(f"list of {size:,} runs after the window", listed, LIST_MS, " ms", detail=detail)
            yield Figure(f"slowest key in the search of {size:,} runs", key, KEY_MS, " ms", detail=f"typing {KEYS!r}")
            yield Figure(f"press Train among {size:,} runs", train, TRAIN_MS, " ms")
            yield Figure(f"memory of {size:,} runs", memory - without, MEMORY_MIB, " MiB", detail="over no runs")


def _in_process(path: Path, size: int) -> list[float]:
    command = [sys.executable, "-m", "tests.benchmarks.library_size", str(path), str(size)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    found = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env=environment)
    return [float(each) for each in found.stdout.split()]


def _fill(path: Path, size: int) -> None:
    """A library with one trained run and as many copies of it, with other settings, as make `size`."""
    library = Library.open(path)
    listing = RunListing(Recipe(CONFIG), shown=False)
    library.add(listing)
    library.save(listing.id, train_recipe(listing.recipe, load_dataset()))
    library.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        names = "id, created, label, color, shown, recipe, digest, verdicts, changes, iteration, ended, best_loss"
        copy = f"INSERT INTO run ({names}, worst_loss, quantities) SELECT ?2, created + ?1, {COLUMNS} FROM run LIMIT 1"
        connection.executemany(copy, [(number, f"{number:032x}") for number in range(1, size)])


def _opened(path: Path, size: int) -> tuple[float, float, float, float]:
    """Milliseconds from the window to the list, of the slowest key and of Train; mebibytes of the process before."""
    made = make_window(path.with_suffix(".json"), path)
    made.show()
    while not made.filled:
        wait(0.001)
    began, shown = perf_counter(), WindowPage(made)
    while len(shown.runs.entries) < size:
        wait(0.005)
    listed = perf_counter() - began
    while not (shown.has_plots() and shown.run.is_ready()):
        wait(0.01)
    wait(1.0)
    memory = resident()
    search = next(each for each in made.findChildren(QLineEdit) if each.accessibleName() == "Filter the runs")
    key = max(_seconds_of_key(search, KEYS[:end]) for end in range(1, len(KEYS) + 1))
    search.clear()
    wait(0.1)
    train = perf_counter()
    shown.train()
    train = perf_counter() - train
    made.close()
    return 1e3 * listed, 1e3 * key, 1e3 * train, memory


def _seconds_of_key(search: QLineEdit, text: str) -> float:
    began = perf_counter()
    search.setText(text)
    QApplication.processEvents()
    return perf_counter() - began


if __name__ == "__main__":
    print(*_opened(Path(sys.argv[1]), int(sys.argv[2])))
