"""A window to measure, and an event loop that lets other threads run while one waits."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from PySide6.QtCore import QEventLoop, Qt, QTimer

from gui.style.style_sheet import apply_theme
from gui.style.theme import LIGHT
from gui.window.application import make_application
from gui.window.garbage_collection import GarbageCollector
from model.base.processors import usable_cores
from model.config.config import Config
from tests.benchmarks._figures import Figure
from tests.support.window_page import WindowPage

FRAMES = 30  # a second, as the window draws
SECONDS = 1.5
TICK = 0.002
PROCESS_SECONDS = 20  # for the evaluation process to start


def wait(seconds: float) -> None:
    """Run the event loop; QTest.qWait would keep the interpreter lock."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


@contextmanager
def window(config: Config, size: tuple[int, int] = (1600, 1000), library: Path | None = None) -> Iterator[WindowPage]:
    """A shown window with its run ready at the start; it keeps its runs in `library` if that is given."""
    application = make_application()
    apply_theme(application, LIGHT)
    with TemporaryDirectory() as folder:
        shown = WindowPage.made(Path(folder) / "settings.json", config, library=library, theme="light")
        shown.resize(*size)
        garbage = GarbageCollector(shown.is_busy, shown.widget)
        shown.completed.connect(garbage.begin)
        shown.show()
        while not (shown.has_plots() and shown.run.is_ready()):
            wait(0.01)
        shown.read_ahead()
        if usable_cores() > 1:
            for _ in range(PROCESS_SECONDS * 10):
                wait(0.1)
                if shown.run.has_evaluation_process():
                    break
            else:
                raise TimeoutError(f"The evaluation process is not ready after {PROCESS_SECONDS} s.")
        try:
            yield shown
        finally:
            shown.close()
            garbage.end()


def platform() -> str:
    """Which of Qt's platforms draws, for a figure's detail."""
    return make_application().platformName()


def delays() -> list[float]:
    """By how much each tick of a fast timer is late; apart from the speed, which the ticks themselves would lower."""
    ticks: list[float] = []
    timer = QTimer(interval=round(TICK * 1000), timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: ticks.append(perf_counter()))
    timer.start()
    wait(SECONDS)
    timer.stop()
    return [max(b - a - TICK, 0.0) for a, b in pairwise(ticks)]


def delay_figures(delays: list[float], name: str, detail: str) -> Iterator[Figure]:
    """What is said of many delays of a timer's ticks."""
    delays = sorted(delays)
    yield Figure(f"event delay p99, {name}", 1e3 * delays[int(0.99 * len(delays))], 10, " ms", detail=detail)
    yield Figure(f"longest event delay, {name}", 1e3 * delays[-1], 50, " ms", detail=detail)


def speed(shown: WindowPage) -> float:
    """Iterations a second of the run on the screen, over some seconds of the event loop."""
    run_log = shown.run.log
    first, start = run_log.iteration, perf_counter()
    wait(SECONDS)
    return (run_log.iteration - first) / (perf_counter() - start)
