"""The weights that are kept for going back: in order, spread over the run, within their budget."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.history.checkpoints import BUDGET_BYTES, FEWEST_CHECKPOINTS, Checkpoint, CheckpointStore


def checkpoint(iteration: int, size: int = BUDGET_BYTES // 40) -> Checkpoint:
    """Weights of `size` bytes in two arrays."""
    return Checkpoint(iteration, (np.empty(size // 2, np.uint8), np.empty(size - size // 2, np.uint8)))


def filled(iterations: list[int], size: int = BUDGET_BYTES // 40) -> CheckpointStore:
    store = CheckpointStore()
    for iteration in iterations:
        store.offer(checkpoint(iteration, size))
    return store


def test_that_an_empty_store_has_nothing() -> None:
    assert CheckpointStore().at(10) is None


def test_that_the_size_of_a_checkpoint_is_that_of_its_arrays() -> None:
    assert Checkpoint(0, (np.zeros((3, 4), np.float32), np.zeros(5))).size == 3 * 4 * 4 + 5 * 8


def test_that_all_are_kept_while_they_fit() -> None:
    store = filled(list(range(0, 400, 10)))
    assert [each.iteration for each in store.kept] == list(range(0, 400, 10))


@given(st.integers(1, 400), st.integers(BUDGET_BYTES // 60, BUDGET_BYTES // FEWEST_CHECKPOINTS))
def test_that_the_budget_is_never_exceeded_nor_the_start_lost(count: int, size: int) -> None:
    store = CheckpointStore()
    for iteration in range(count):
        store.offer(checkpoint(iteration, size))
        assert sum(each.size for each in store.kept) <= BUDGET_BYTES
    assert store.kept[0].iteration == 0


@pytest.mark.parametrize("count", [41, 80, 81, 500, 3_000])
def test_that_what_is_kept_lies_evenly_over_the_run(count: int) -> None:
    store = filled(list(range(count)))
    distances = {int(distance) for distance in np.diff([each.iteration for each in store.kept])}
    assert distances == {store.stride}
    assert store.stride & (store.stride - 1) == 0, "a power of two"
    assert len(store.kept) >= 20, "at least half of the budget is used"
    assert count - 1 - store.kept[-1].iteration < store.stride


@given(st.lists(st.integers(1, 50), min_size=1, max_size=200), st.integers(0, 10_000))
def test_that_one_finds_the_last_up_to_an_iteration(gaps: list[int], asked: int) -> None:
    store = filled(np.cumsum(gaps).tolist())
    before = [each for each in store.kept if each.iteration <= asked]
    assert store.at(asked) is (before[-1] if before else None)


def test_that_networks_too_large_for_a_few_checkpoints_have_none_kept() -> None:
    store = CheckpointStore()
    assert store.fits(BUDGET_BYTES // FEWEST_CHECKPOINTS)
    assert not store.fits(BUDGET_BYTES // FEWEST_CHECKPOINTS + 1)
    for iteration in range(5):
        store.offer(checkpoint(iteration, BUDGET_BYTES // FEWEST_CHECKPOINTS + 1))
    assert store.kept == []
