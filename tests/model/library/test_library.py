"""The library: what goes in comes out the same, and saving writes only what is new."""

import gc
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from time import time
from typing import Any

import pytest

from model.base.errors import InputError
from model.config.config import Config
from model.config.recipe import Branch, Change, LayerScale, Recipe
from model.data.datasets import Dataset
from model.history.run_log import RunLog
from model.history.run_summary import RunListing, RunSummary
from model.history.timeline import CAPACITY_RECORDS
from model.library import record_codec, writer
from model.library.connection import UnsavedError
from model.library.deleted_run_retention import KEPT_DELETED_SECONDS
from model.library.library import Library
from model.measurement.records import Record
from model.training.replay import train_recipe
from tests.support.records import record_of
from tests.support.saved_runs import assert_same, library_with, part_of, trained, without_digest

NO_LAYER = Recipe(Config(hidden=()))  # what records made by hand are of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite"


@pytest.fixture(params=["file", "memory"])
def library(request: pytest.FixtureRequest, path: Path) -> Iterator[Library]:
    with closing(Library.open(path) if request.param == "file" else Library.in_memory()) as opened:
        yield opened


def saved(library: Library, listing: RunListing, run_log: RunLog) -> None:
    library.add(listing)
    library.save(listing.id, run_log)


def without_remedies(summary: RunSummary) -> RunSummary:
    """As a list has it."""
    return replace(summary, verdict=replace(summary.verdict, remedies=())) if summary.verdict else summary


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"activation": "sigmoid", "init": "gauss", "norm": "batch-before", "optimizer": "adam", "learning_rate": 0.01},
        {"hidden": (), "numbers": "float64", "iterations": 130, "record_every": 1},
        {"hidden": (9,) * 6, "norm": "batch-after", "optimizer": "momentum"},
        {"iterations": 0},
        {"learning_rate": 1000.0, "init_std": 10.0, "init": "gauss", "iterations": 300},
    ],
    ids=["plain", "batch-norm", "no-layer", "deep", "empty", "diverged"],
)
def test_that_a_run_comes_back_as_it_was(library: Library, tiny: Dataset, settings: dict[str, Any]) -> None:
    listing, run_log = trained(tiny, **settings)
    saved(library, listing, run_log)
    assert_same(library.load(listing.id), run_log)
    (found,) = library.runs()
    assert without_digest(found) == without_digest(listing)
    assert repr(found.summary) == repr(without_remedies(listing.summary))


def test_that_a_branch_and_its_changes_come_back(library: Library, tiny: Dataset) -> None:
    parent = trained(tiny)[0].recipe
    changes = (Change(40, "learning_rate", 0.01), Change(50, "learning_rate", 0.3))
    recipe = Recipe(parent.config.replace(activation="tanh"), Branch(parent, 20, (LayerScale(2, 0.5),)), changes)
    listing, run_log = RunListing(recipe), train_recipe(recipe, tiny)
    saved(library, listing, run_log)
    assert library.runs()[0].recipe == recipe
    assert_same(library.load(listing.id), run_log)


def test_that_changes_made_while_it_ran_are_part_of_the_recipe_that_comes_back(library: Library, tiny: Dataset) -> None:
    planned, made = Change(30, "learning_rate", 0.01), Change(20, "learning_rate", 0.2)
    listing, run_log = trained(tiny, changes=(planned,))
    run_log.changes.insert(0, made)
    saved(library, listing, run_log)
    assert library.runs()[0].recipe.changes == (made, planned)
    assert library.load(listing.id).changes == [made, planned]


def test_that_a_run_saved_as_it_goes_is_the_same_as_one_saved_at_its_end(library: Library, tiny: Dataset) -> None:
    listing, whole = trained(tiny, iterations=150, record_every=1)
    run_log = RunLog()
    library.add(listing)
    for moment in whole.history.timeline.moments:
        for checkpoint in whole.history.weights.kept:
            if checkpoint.iteration == moment.iteration:
                run_log.keep(checkpoint)
        run_log.put(moment)
        if moment.iteration % 7 == 0:
            library.save(listing.id, run_log)
    run_log.verdicts, run_log.iteration, run_log.arithmetic = whole.verdicts, whole.iteration, whole.arithmetic
    library.save(listing.id, run_log)
    assert_same(library.load(listing.id), whole)


def test_that_what_the_timeline_has_thinned_away_goes_from_the_library_too(library: Library) -> None:
    listing, run_log = RunListing(NO_LAYER), RunLog()
    library.add(listing)
    for count in range(3 * CAPACITY_RECORDS):
        run_log.put(record_of(101 + count))
        if count % 100 == 0:
            library.save(listing.id, run_log)
    library.save(listing.id, run_log)
    loaded = library.load(listing.id)
    assert len(loaded.history.timeline.moments) == len(run_log.history.timeline.moments) <= CAPACITY_RECORDS + 1
    assert_same(loaded, run_log)


def test_that_curves_longer_than_a_row_come_back(library: Library) -> None:
    listing, run_log = RunListing(NO_LAYER), RunLog()
    library.add(listing)
    for count in range(2_500):
        run_log.put(record_of(10 * count, loss=1 / (1 + count), test=count % 7 / 7))
        if count in {0, 1, 1_023, 1_024, 1_700, 2_047}:
            library.save(listing.id, run_log)
    library.save(listing.id, run_log)
    assert_same(library.load(listing.id), run_log)


def written(path: Path) -> int:
    """How many bytes lie in the log beside the library."""
    return path.with_name(path.name + "-wal").stat().st_size


def test_that_saving_again_writes_only_what_is_new(path: Path, tiny: Dataset) -> None:
    listing, whole = trained(tiny, hidden=(100, 100), iterations=150)
    with closing(Library.open(path)) as library:
        run_log = part_of(whole, 100)
        saved(library, listing, run_log)
        first = written(path)
        library.save(listing.id, run_log)
        assert written(path) == first
        run_log.put(next(record for record in whole.history.timeline.moments if record.iteration > 100))
        library.save(listing.id, run_log)
        assert written(path) - first < 100_000 < first


def test_that_another_run_log_of_the_same_run_replaces_what_was_there(library: Library, tiny: Dataset) -> None:
    listing, run_log = trained(tiny)
    saved(library, listing, run_log)
    shorter = part_of(run_log, 30)
    library.save(listing.id, shorter)
    assert_same(library.load(listing.id), shorter)


def test_that_a_run_which_was_interrupted_is_one_that_has_ended(library: Library, tiny: Dataset) -> None:
    listing, run_log = trained(tiny)
    unfinished = part_of(run_log, 30)
    saved(library, listing, unfinished)
    assert not library.runs()[0].summary.ended
    assert library.load(listing.id).ended


def test_that_runs_are_listed_in_order_of_creation(library: Library) -> None:
    listings = [RunListing(NO_LAYER, created=float(second)) for second in (30, 10, 20)]
    for listing in listings:
        library.add(listing)
    assert [listing.created for listing in library.runs()] == [10, 20, 30]


def test_that_adding_a_run_twice_changes_nothing(library: Library, tiny: Dataset) -> None:
    listing, run_log = trained(tiny)
    saved(library, listing, run_log)
    library.change(listing.id, label="mine")
    library.add(listing)
    assert [run.label for run in library.runs()] == ["mine"]
    assert_same(library.load(listing.id), run_log)


@pytest.mark.parametrize(
    "change", [{"label": "δ \0 'x'"}, {"color": 5}, {"shown": False}, {"label": "", "color": 2}, {}]
)
def test_that_only_what_is_given_changes(library: Library, change: dict[str, Any]) -> None:
    listings = [RunListing(NO_LAYER, label="old", color=1, created=float(n)) for n in range(3)]
    for listing in listings:
        library.add(listing)
    library.change(listings[1].id, **change)
    assert [replace(run, summary=listing.summary) for run, listing in zip(library.runs(), listings, strict=True)] == [
        listings[0],
        replace(listings[1], **change),
        listings[2],
    ]


def test_that_deleted_runs_are_off_the_list_until_they_are_restored(library: Library, tiny: Dataset) -> None:
    runs = [trained(tiny, seed=seed) for seed in range(3)]
    for run in runs:
        saved(library, *run)
    first, second, third = (listing.id for listing, _ in runs)
    library.delete([first, third])
    assert [run.id for run in library.runs()] == [second]
    library.restore([third])
    assert [run.id for run in library.runs()] == [second, third]
    assert_same(library.load(third), runs[2][1])


def test_that_deleted_runs_go_for_good_when_the_library_is_opened_a_day_later(
    path: Path, tiny: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    large, small = trained(tiny, hidden=(200,)), trained(tiny, seed=1)
    library_with(path, large, small)
    with closing(Library.open(path)) as library:
        library.delete([large[0].id])
    size, now = path.stat().st_size, time()
    monkeypatch.setattr("model.library.deleted_run_retention.time", lambda: now + KEPT_DELETED_SECONDS - 60)
    with closing(Library.open(path)) as library:
        library.restore([large[0].id])
        assert len(library.runs()) == 2
        library.delete([large[0].id])
    monkeypatch.setattr("model.library.deleted_run_retention.time", lambda: now + 2 * KEPT_DELETED_SECONDS)
    with closing(Library.open(path)) as library:
        library.restore([large[0].id])
        assert [run.id for run in library.runs()] == [small[0].id]
        assert_same(library.load(small[0].id), small[1])
    assert path.stat().st_size < size / 2


def test_that_a_run_which_is_gone_is_named_when_it_is_asked_for_and_no_longer_saved(library: Library) -> None:
    library.save("nobody", RunLog())
    with pytest.raises(InputError, match="no longer in it"):
        library.load("nobody")
    library.change("nobody", label="x")
    library.delete(["nobody"])
    assert library.runs() == []


@pytest.mark.parametrize("table", ["curve", "record", "weights", "run"])
def test_that_a_save_which_fails_half_way_is_made_up_for_by_the_next(path: Path, tiny: Dataset, table: str) -> None:
    listing, whole = trained(tiny)
    with closing(Library.open(path)) as library:
        earlier = part_of(whole, 30)
        saved(library, listing, earlier)
        for checkpoint in whole.history.weights.kept[len(earlier.history.weights.kept) :]:
            earlier.keep(checkpoint)
        for moment in whole.history.timeline.moments:
            if moment.iteration > 30:
                earlier.put(moment)
        action = "UPDATE" if table == "run" else "INSERT"
        with closing(sqlite3.connect(path)) as other:
            other.execute(f"CREATE TRIGGER no BEFORE {action} ON {table} BEGIN SELECT RAISE(ABORT, 'no room'); END")
        for _ in range(2):
            with pytest.raises(UnsavedError, match="cannot be written: no room"):
                library.save(listing.id, earlier)
        assert_same(library.load(listing.id), part_of(whole, 30))
        with closing(sqlite3.connect(path)) as other:
            other.execute("DROP TRIGGER no")
        library.save(listing.id, earlier)
        assert_same(library.load(listing.id), earlier)


def test_that_run_logs_are_not_kept_alive_by_having_been_saved(library: Library, tiny: Dataset) -> None:
    listing, run_log = trained(tiny)
    saved(library, listing, run_log)
    alive = weakref.ref(run_log)
    del run_log
    gc.collect()
    assert alive() is None


def test_that_the_lock_of_the_run_log_is_free_while_its_records_are_written(
    library: Library, tiny: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing, run_log = trained(tiny)
    locked = []

    def pack(record: Record) -> tuple[bytes, bytes | None]:
        locked.append(run_log.lock.locked())
        return record_codec.pack(record)

    monkeypatch.setattr(writer, "pack", pack)
    saved(library, listing, run_log)
    assert len(locked) == len(run_log.history.timeline.moments)
    assert not any(locked)
