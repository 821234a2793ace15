"""How long the window waits at a time when a tab, a quantity or a page is opened for the first time in a run."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from time import perf_counter

from PySide6.QtCore import Qt, QTimer

from gui.views.over_time.over_time_view import OverTimeView
from model.config.config import Config
from model.config.views import PageKind, ViewKind
from tests.benchmarks._figures import Figure
from tests.benchmarks._windows import FRAMES, TICK, platform, wait, window
from tests.support.window_page import WindowPage

DEPTHS = (2, 10, 50)
ITERATIONS = 200
MOST_MS = 50
SETTLE_SECONDS = 0.5  # beyond two plots a frame


def measure() -> Iterator[Figure]:
    """The longest wait of each kind of opening, with 2, 10 and 50 layers."""
    for depth in DEPTHS:
        with window(Config(hidden=(50,) * depth, iterations=ITERATIONS)) as shown:
            shown.train()
            while not shown.run.has_ended():
                wait(0.1)
            for what, waits in (("a tab", _tabs(shown, depth)), ("a page", _pages(shown, depth))):
                longest, where = max(waits)
                name = f"longest wait when {what} is opened first, {depth} layers"
                yield Figure(name, longest, MOST_MS, " ms", detail=f"{platform()}; {where}")


def _tabs(shown: WindowPage, depth: int) -> Iterator[tuple[float, str]]:
    for kind in ViewKind:
        yield _wait_of(partial(shown.trigger, kind.label), depth), kind.value.label
        view = shown.board.detail.view
        if isinstance(view, OverTimeView):
            for name, button in view.buttons.items():
                yield _wait_of(button.click, depth), f"{kind.value.label}, {name}"


def _pages(shown: WindowPage, depth: int) -> Iterator[tuple[float, str]]:
    for kind in PageKind:
        yield _wait_of(partial(shown.trigger, kind.label), depth), kind.value.label


def _wait_of(open_it: Callable[[], object], depth: int) -> float:
    """The longest time in milliseconds for which no event is handled, while something is opened and drawn whole."""
    ticks: list[float] = []
    timer = QTimer(interval=round(TICK * 1000), timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: ticks.append(perf_counter()))
    timer.start()
    wait(0.05)
    open_it()
    wait(SETTLE_SECONDS + depth / FRAMES)
    timer.stop()
    return 1e3 * max(b - a - TICK for a, b in pairwise(ticks))
