"""How long Find a cure takes in the window for a network that no weights save: until something cures, and in all."""

from collections.abc import Callable, Iterator
from time import perf_counter

from model.config.presets import PRESETS
from tests.benchmarks._figures import Figure
from tests.benchmarks._windows import FRAMES, platform, wait, window

PRESET = "deep-sigmoid"
MOST_SECONDS = 15.0  # until something cures
STEP = 0.05
LONGEST = 300.0


def measure() -> Iterator[Figure]:
    """Train the preset to its end, ask for a cure, and wait."""
    config = next(preset.config for preset in PRESETS if preset.name == PRESET)
    with window(config) as shown:
        shown.draw_often(FRAMES)
        shown.train()
        _wait_while(shown.is_busy)
        shown.show_figures()
        begun = perf_counter()
        shown.cures.press_status_button()
        search = shown.cures.search
        _wait_while(lambda: search.cure is None and not search.finished)
        first, cure = perf_counter() - begun, search.cure
        tried = len(search.results)
        _wait_while(lambda: not search.finished)
        whole = f"all {len(search.results)} in {perf_counter() - begun:.1f} s"
        detail = f"{platform()}; {cure.trial.label if cure else 'nothing'}, {tried} tried; {whole}"
        yield Figure(f"Find a cure, until something cures {PRESET}", first, MOST_SECONDS, " s", detail=detail)


def _wait_while(going: Callable[[], bool]) -> None:
    end = perf_counter() + LONGEST
    while going() and perf_counter() < end:
        wait(STEP)
