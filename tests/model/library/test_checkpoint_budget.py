"""A library has room for many runs: of large weights it keeps a few, evenly spread, and never more than its share."""

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.config.config import Config
from model.config.recipe import Recipe
from model.history.checkpoints import Checkpoint
from model.history.run_log import RunLog
from model.history.run_summary import RunListing
from model.library.library import Library
from model.library.writer import WEIGHT_BYTES, spread
from tests.support.records import record_of

NETWORK = 25_450  # weights of the lesson's network


def checkpoint(iteration: int, size: int = NETWORK) -> Checkpoint:
    return Checkpoint(iteration, (np.full(size, iteration, np.float32),))


@given(st.integers(0, 400), st.integers(1, 600_000))
def test_that_the_first_and_the_last_are_kept_and_the_rest_evenly_within_the_share(count: int, size: int) -> None:
    array = np.zeros(size, np.float32)
    weights = [Checkpoint(iteration, (array,)) for iteration in range(count)]
    kept = [each.iteration for each in spread(weights)]
    assert kept == sorted(set(kept))
    assert set(kept) >= {0, count - 1} if count else not kept
    assert len(set(np.diff(kept[:-1]))) <= 1, "but for the last, all are equally far apart"
    assert max(len(kept) - 2, 0) * 4 * size <= WEIGHT_BYTES, "the first and the last are there in any case"


@pytest.mark.parametrize("count", [0, 1, 5])
def test_that_weights_that_have_room_are_all_kept(count: int) -> None:
    weights = [checkpoint(iteration) for iteration in range(count)]
    assert spread(weights) == weights


def test_that_a_run_saved_as_it_grows_ends_with_the_weights_of_one_saved_at_once(tmp_path: Path) -> None:
    growing, listing = RunLog(), RunListing(Recipe(Config(hidden=())))
    with closing(Library.open(tmp_path / "library.sqlite")) as library:
        library.add(listing)
        for iteration in range(120):
            growing.put(record_of(iteration))
            growing.keep(checkpoint(iteration))
            growing.iteration = iteration
            if iteration % 7 == 0:
                library.save(listing.id, growing)
        library.save(listing.id, growing)
        saved = library.load(listing.id).history.weights.kept
    expected = spread(growing.history.weights.kept)
    assert [each.iteration for each in saved] == [each.iteration for each in expected]
    for mine, theirs in zip(saved, expected, strict=True):
        np.testing.assert_array_equal(mine.state[0], theirs.state[0])
    assert 30 <= len(saved) < 60
    assert (tmp_path / "library.sqlite").stat().st_size < 3 * WEIGHT_BYTES
