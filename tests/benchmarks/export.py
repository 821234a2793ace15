"""How long a picture of the dashboard takes, from the widget to the bytes."""

from collections.abc import Iterator
from statistics import median
from time import perf_counter

from gui.export.picture import FORMATS
from model.config.config import Config
from tests.benchmarks._figures import Figure
from tests.benchmarks._windows import wait, window

TARGETS = {".png": (2, 200), ".svg": (1, 50), ".pdf": (1, 50)}
TURNS = 11


def measure() -> Iterator[Figure]:
    """PNG at 2x, SVG and PDF of a dashboard of 1,600 x 1,000 after a run, in turns."""
    config = Config(iterations=500)
    with window(config) as shown:
        shown.train()
        while not shown.run.has_ended():
            wait(0.05)
        wait(0.1)
        times: dict[str, list[float]] = {suffix: [] for suffix in TARGETS}
        sizes: dict[str, int] = {}
        for _ in range(TURNS):
            for suffix, (scale, _) in TARGETS.items():
                start = perf_counter()
                sizes[suffix] = len(FORMATS[suffix](shown.board, scale, config))
                times[suffix].append(1000 * (perf_counter() - start))
        for suffix, (scale, target) in TARGETS.items():
            name = f"{suffix[1:].upper()} at {scale}x" if suffix == ".png" else suffix[1:].upper()
            size = f"{sizes[suffix] // 1000} kB"
            yield Figure(f"export as {name}", median(times[suffix]), target, " ms", detail=size)
