"""Opens the window as main.py does, trains a moment, puts in a long run's records, and prints the memory after each.

In a process of its own, without what tests import: pytest and SciPy alone are fifty mebibytes.
"""

import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2]))

import main  # noqa: F401  limits BLAS to one thread, as at every start
from gui.window.qt_startup import explained_imports

with explained_imports():
    from PySide6.QtCore import QEventLoop, QTimer

    from gui.window.application import make_application
    from gui.window.open_window import make_window

from model.config.config import Config
from tests.benchmarks._resident import resident

DEFAULT_SIZE = (1280, 820)


def wait(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def report(records: int) -> None:
    """Print MiB with MNIST loaded and trained for a moment, then with `records` records."""
    from tests.support.window_parts import WindowParts  # noqa: PLC0415  imports the whole window

    with TemporaryDirectory() as folder:
        make_application()
        window = make_window(Path(folder) / "settings.json")
        window.resize(*DEFAULT_SIZE)
        window.show()
        wait(3)
        parts = WindowParts(window)
        parts.session.reset(Config(record_every=1, iterations=records))
        wait(1)
        parts.session.train()
        wait(2)
        parts.session.pause()
        wait(0.5)
        print(resident(), flush=True)
        run_log = parts.viewed.run_log
        assert run_log is not None
        record = run_log.history.newest
        assert record is not None
        bare = record.bare()
        for iteration in range(record.iteration + 1, records):
            run_log.put(replace(bare, iteration=iteration))
        wait(0.5)
        print(resident(), flush=True)
        window.close()
        wait(0.1)


if __name__ == "__main__":
    report(int(sys.argv[1]))
