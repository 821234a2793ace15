"""How long the window's events wait while worker processes train the lesson's six and the page of comparison draws."""

from collections.abc import Iterator

from model.config.config import Config
from model.config.views import PageKind
from tests.benchmarks._figures import Figure
from tests.benchmarks._windows import delays, platform, wait, window

CONFIG = Config(iterations=20_000)
SETTLE = 3.0  # until the workers have loaded their data
TURNS = 4


def measure() -> Iterator[Figure]:
    """Event delays beside six runs of 20,000 iterations."""
    with window(CONFIG) as shown:
        shown.show_page(PageKind.COMPARE)
        shown.page.show_example(CONFIG.iterations)
        wait(SETTLE)
        found = sorted(late for _ in range(TURNS) for late in delays())
        going = sum(entry.going for entry in shown.runs.shown)
        detail = f"{platform()}; {going} runs under way at the end"
        yield Figure(
            "event delay p99, comparing six live runs", 1e3 * found[int(0.99 * len(found))], 10, " ms", detail=detail
        )
        yield Figure("longest event delay, comparing six live runs", 1e3 * found[-1], 50, " ms", detail=detail)
