"""How much of their speed six worker runs keep beside the page of comparison that draws them, and how events wait."""

from collections.abc import Iterator
from statistics import median
from time import perf_counter

from model.config.config import Config
from model.config.views import PageKind
from tests.benchmarks._figures import Figure
from tests.benchmarks._windows import FRAMES, SECONDS, delay_figures, delays, platform, wait, window
from tests.support.window_page import WindowPage

CONFIG = Config(iterations=100_000)
LEAST = 0.90  # of the speed beside a window that does not draw
SETTLE = 3.0  # until the workers have loaded their data
TURNS = 6


def measure() -> Iterator[Figure]:
    """Throughput of the lesson's six with and without drawing, in turns, and the delays of events beside them."""
    with window(CONFIG) as shown:
        shown.show_page(PageKind.COMPARE)
        shown.page.show_example(CONFIG.iterations)
        wait(SETTLE)
        ratios, found = [], []
        for _ in range(TURNS):
            shown.stop_frames()
            undrawn = _speed(shown)
            shown.draw_often(FRAMES)
            ratios.append(_speed(shown) / undrawn)
            found += delays()
        going = sum(entry.going for entry in shown.runs.shown)
        detail = f"{platform()}; {going} runs under way at the end"
        name = f"comparing six live runs, {FRAMES} fps"
        yield Figure(f"training / undrawn, {name}", median(ratios), LEAST, at_least=True, detail=detail)
        yield from delay_figures(found, name, detail)


def _speed(shown: WindowPage) -> float:
    """Iterations a second of all six together."""
    logs = [entry.run_log for entry in shown.runs.shown if entry.run_log]
    first, start = sum(log.iteration for log in logs), perf_counter()
    wait(SECONDS)
    return (sum(log.iteration for log in logs) - first) / (perf_counter() - start)
