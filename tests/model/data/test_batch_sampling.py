"""Which images go into a batch."""

from itertools import islice

import numpy as np
import pytest
from scipy import stats

from model.base.arrays import Index
from model.data.batch_sampling import Sampling


def drawn(sampling: Sampling, images: int, size: int, batches: int, seed: int = 0) -> Index:
    """`batches` batches, one after another in one array."""
    found = sampling.value.batches(np.random.default_rng(seed), images, size)
    return np.array([batch.copy() for batch in islice(found, batches)])


@pytest.mark.parametrize("sampling", Sampling)
@pytest.mark.parametrize(("images", "size"), [(1000, 100), (7, 3), (5, 5), (3, 10), (1, 1), (1, 4)])
def test_that_batches_have_the_size_asked_for_and_only_images_there_are(
    sampling: Sampling, images: int, size: int
) -> None:
    batches = drawn(sampling, images, size, 150)
    assert batches.shape == (150, size)
    assert batches.dtype == np.intp
    assert batches.min() >= 0
    assert batches.max() < images


@pytest.mark.parametrize("sampling", Sampling)
def test_that_a_seed_gives_its_batches_again_and_another_gives_others(sampling: Sampling) -> None:
    np.testing.assert_array_equal(drawn(sampling, 500, 20, 80, seed=3), drawn(sampling, 500, 20, 80, seed=3))
    assert not np.array_equal(drawn(sampling, 500, 20, 80, seed=3), drawn(sampling, 500, 20, 80, seed=4))


@pytest.mark.parametrize("sampling", Sampling)
def test_that_batches_differ_from_one_another(sampling: Sampling) -> None:
    batches = drawn(sampling, 10_000, 50, 150)
    assert len({batch.tobytes() for batch in batches}) == 150


@pytest.mark.parametrize(("images", "size"), [(100, 10), (100, 30), (7, 3), (10, 25), (6, 6)])
def test_that_an_epoch_shows_each_image_once_even_where_a_batch_spans_two(images: int, size: int) -> None:
    epochs = 12
    sequence = drawn(Sampling.EPOCHS, images, size, epochs * images // size + 1).ravel()
    passes = sequence[: epochs * images].reshape(epochs, images)
    for one in passes:
        np.testing.assert_array_equal(np.sort(one), np.arange(images))
    assert len({one.tobytes() for one in passes}) > 1


def test_that_epochs_are_shuffled_evenly() -> None:
    """Where image 0 stands in its epoch must be uniform over the places."""
    passes = drawn(Sampling.EPOCHS, 20, 20, 4000)
    places = np.argmax(passes == 0, axis=1)
    assert stats.chisquare(np.bincount(places, minlength=20)).pvalue > 0.001


def test_that_replacement_draws_all_images_alike() -> None:
    counts = np.bincount(drawn(Sampling.REPLACEMENT, 100, 50, 2000).ravel(), minlength=100)
    assert stats.chisquare(counts).pvalue > 0.001


def test_that_replacement_repeats_images_within_a_batch_as_often_as_chance_does() -> None:
    batches = drawn(Sampling.REPLACEMENT, 100, 20, 3000)
    distinct = np.mean([len(set(batch.tolist())) for batch in batches])
    assert distinct == pytest.approx(100 * (1 - 0.99**20), abs=0.1)


def test_that_neighbouring_draws_are_independent() -> None:
    sequence = drawn(Sampling.REPLACEMENT, 1000, 50, 400).ravel().astype(float)
    assert abs(np.corrcoef(sequence[:-1], sequence[1:])[0, 1]) < 0.03
