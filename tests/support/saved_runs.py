"""Runs to save, and whether what comes back is the same."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from model.config.config import Config
from model.config.recipe import Change, Recipe
from model.data.datasets import Dataset
from model.history.history import History
from model.history.run_log import RunLog
from model.history.run_summary import RunListing, RunSummary, summarise
from model.history.timeline import SERIES
from model.library.library import Library
from model.training.replay import train_recipe
from tests.support.reference_formulas import contents

SETTINGS: dict[str, Any] = {"hidden": (7, 5), "iterations": 60, "record_every": 7, "batch_size": 16}


def noise() -> Dataset:
    """Random images, few and small."""
    rng = np.random.default_rng(1)
    images, labels = rng.integers(0, 256, (30, 12)).astype(np.uint8), rng.integers(0, 3, 30)
    return Dataset("noise", images, labels, images, labels, (4, 3), 3)


def trained(dataset: Dataset, changes: tuple[Change, ...] = (), **settings: Any) -> tuple[RunListing, RunLog]:
    """A run that has ended, with records, weights and verdicts, and its card."""
    recipe = Recipe(Config().replace(**{**SETTINGS, **settings}), changes=changes)
    run_log = train_recipe(recipe, dataset)
    return RunListing(recipe, summary=summarise(run_log)), run_log


def equal(mine: object, other: object) -> bool:
    """Whether both have the same contents, of the same types; NaN is NaN."""
    pairs = list(zip(contents(mine), contents(other), strict=True))
    return all(type(a) is type(b) and (a == b or (a != a and b != b)) for a, b in pairs)  # noqa: PLR0124  NaN


def assert_same(loaded: RunLog, saved: RunLog) -> None:
    """Everything that a run log has is in the other one too."""
    assert loaded.ended
    assert loaded.iteration == saved.iteration
    assert loaded.changes == saved.changes
    assert loaded.verdicts == saved.verdicts
    assert loaded.arithmetic == saved.arithmetic
    assert_same_history(loaded.history, saved.history)


def assert_same_history(loaded: History, saved: History) -> None:
    """All curves at any zoom, moments, pictures, series and weights are the same to the bit."""
    np.testing.assert_array_equal(loaded.iterations.rows, saved.iterations.rows)
    for name, curve in saved.curves.items():
        other = loaded.curves[name]
        for mine, theirs in zip([other.values, *other.levels], [curve.values, *curve.levels], strict=True):
            assert mine.rows.dtype == theirs.rows.dtype
            np.testing.assert_array_equal(mine.rows, theirs.rows)
    parts: tuple[tuple[object, object], ...] = (
        (loaded.first, saved.first),
        (loaded.newest, saved.newest),
        (loaded.timeline.moments, saved.timeline.moments),
        (loaded.timeline.pictures, saved.timeline.pictures),
        (loaded.weights.kept, saved.weights.kept),
        ((loaded.best_loss, loaded.worst_loss), (saved.best_loss, saved.worst_loss)),
    )
    for part, original in parts:
        assert equal(part, original)
    for name in SERIES:
        for numbers, originals in zip(loaded.timeline.series(name), saved.timeline.series(name), strict=True):
            np.testing.assert_array_equal(numbers, originals)


def part_of(run_log: RunLog, iteration: int) -> RunLog:
    """What the run log was like after the record of this iteration."""
    made = RunLog()
    for checkpoint in run_log.history.weights.kept:
        if checkpoint.iteration <= iteration:
            made.keep(checkpoint)
    for record in run_log.history.timeline.moments:
        if record.iteration <= iteration:
            made.put(record)
    made.verdicts = [each for each in run_log.verdicts if each[0] <= iteration]
    made.iteration, made.arithmetic = iteration, run_log.arithmetic
    return made


def library_with(path: Path, *runs: tuple[RunListing, RunLog]) -> Path:
    """A library file that has these runs."""
    with closing(Library.open(path)) as library:
        for card, run_log in runs:
            library.add(card)
            library.save(card.id, run_log)
    return path


def tampered(path: Path, *statements: str) -> Path:
    """The same file after somebody else's hand; no log is left beside it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        for statement in statements:
            connection.execute(statement)
    return path


def without_digest(card: RunListing) -> RunListing:
    """A card to compare by; NaN in a summary is not equal to itself."""
    return replace(card, summary=RunSummary(loss=0.0, test_accuracy=0.0))
