"""What keeping runs costs: training beside a window that saves, how long saving takes, how quickly a run is read."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from model.config.config import Config
from model.config.presets import preset_named
from model.config.recipe import Recipe
from model.data.datasets import load_dataset
from model.history.run_log import RunLog
from model.history.run_summary import RunListing
from model.library.library import Library
from model.training.replay import train_recipe
from tests.benchmarks._figures import Figure
from tests.benchmarks._windows import speed, wait, window
from tests.support.window_page import WindowPage

CONFIG = Config(hidden=(50,) * 10, iterations=10_000_000)
TURNS = 6
SETTLE = 1.0
READS = 5


def measure() -> Iterator[Figure]:
    """Speed beside saving over speed without; then one finished run: its size, and the time to write and read it."""
    yield _beside_saving()
    yield from _one_run()


def _beside_saving() -> Figure:
    with (
        TemporaryDirectory() as folder,
        window(CONFIG, library=Path(folder) / "saving.sqlite") as saves,
        window(CONFIG) as forgets,
    ):
        saves.widget.hide()
        forgets.widget.hide()
        forgets.runs.keep_nothing()
        ratios = [_speed(saves) / _speed(forgets) for _ in range(TURNS)]
    return Figure(
        "training beside a window that saves / one that does not, ten layers", median(ratios), 0.95, at_least=True,
        detail="saved every half second, without drawing",
    )  # fmt: skip


def _speed(shown: WindowPage) -> float:
    shown.take_config(CONFIG)
    shown.train()
    wait(SETTLE)
    found = speed(shown)
    shown.pause()
    return found


def _one_run() -> Iterator[Figure]:
    recipe = Recipe(preset_named("relu-he").config)
    run_log: RunLog = train_recipe(recipe, load_dataset())
    with TemporaryDirectory() as folder:
        card = RunListing(recipe)
        library = Library.open(Path(folder) / "one.sqlite")
        library.add(card)
        start = process_time()
        library.save(card.id, run_log)
        yield Figure("saving a run of 2,000 iterations at once", 1e3 * (process_time() - start), 500, " ms")
        yield Figure("reading it", 1e3 * median(_reading(library, card.id) for _ in range(READS)), 500, " ms")
        file = Path(folder) / "one.layerscope"
        library.write(card.id, file)
        library.close()
        yield Figure("its file", file.stat().st_size / 2**20, 24, " MiB", detail="4 MiB of it weights at most")


def _reading(library: Library, id_: str) -> float:
    start = perf_counter()
    library.load(id_)
    return perf_counter() - start
