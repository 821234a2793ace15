"""What keeping runs costs: training beside a window that saves, saving and reading a run, its file, freeing weights."""

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
COPIES = 100


def measure() -> Iterator[Figure]:
    """Speed beside saving over speed without; then one finished run: its size, and the time to write and read it."""
    yield _beside_saving()
    yield from _one_run()
    yield from _freeing()


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
        packed = library.size().weight_bytes / 2**20
        yield Figure("its weights in the library", packed, 1, " MiB", detail="those of 32 moments; see `weights`")
        library.close()
        yield Figure("its file", file.stat().st_size / 2**20, 24, " MiB", detail="with records and curves")


def _freeing() -> Iterator[Figure]:
    """A library of many copies of one run is brought down to half, as a window does it: step by step."""
    run_log = train_recipe(Recipe(preset_named("relu-he").config), load_dataset())
    with TemporaryDirectory() as folder:
        path = Path(folder) / "many.sqlite"
        library = Library.open(path)
        for number in range(COPIES):
            card = RunListing(Recipe(preset_named("relu-he").config.replace(seed=number)), shown=False)
            library.add(card)
            run_log.end()
            library.save(card.id, run_log)
            library = _opened_anew(library, path)
        library.verify()  # as before any other writing
        before, steps = library.size().bytes, list(_steps(library, library.size().bytes // 2))
        library.close()
        after = path.stat().st_size / before
    yield Figure(f"slowest step of freeing half of {COPIES} runs", 1e3 * max(steps), 500, " ms",
                 detail=f"{before / 1e6:.0f} MB, {len(steps)} steps, {sum(steps):.2g} s")  # fmt: skip
    yield Figure("the file then", 100 * after, 55, " %", detail="of what it was")


def _opened_anew(library: Library, path: Path) -> Library:
    library.close()  # it would know that it has saved this very log already
    return Library.open(path)


def _steps(library: Library, goal: int) -> Iterator[float]:
    done = False
    while not done:
        began = perf_counter()
        done = library.make_room(goal).done
        yield perf_counter() - began


def _reading(library: Library, id_: str) -> float:
    start = perf_counter()
    library.load(id_)
    return perf_counter() - start
