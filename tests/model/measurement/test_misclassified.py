"""The search for images that a network gets wrong, against the plain formulas."""

import numpy as np
import pytest

from model.base.arrays import Index
from model.config.config import Config
from model.data.datasets import Dataset
from model.measurement.misclassified import answers, mistakes
from model.network.network import Network
from model.nn.normalization import Norm
from model.training.trainer import Trainer
from tests.support.reference_formulas import logits


def network_of(dataset: Dataset, scale: float = 0.5) -> Network:
    """A network of random weights."""
    network = Network.of(Config(hidden=(8, 6)), dataset)
    network.theta += np.random.default_rng(3).normal(0, scale, network.theta.size).astype(network.dtype)
    return network


def wrong(network: Network, dataset: Dataset) -> Index:
    """The test images that are wrong by the plain formulas."""
    return np.flatnonzero(logits(network, dataset.test_images).argmax(axis=1) != dataset.test_labels)


@pytest.mark.parametrize("placement", Norm)
def test_that_the_answers_are_those_of_the_plain_formulas(tiny: Dataset, placement: Norm) -> None:
    with Trainer(Config(hidden=(8, 6), norm=placement, batch_size=10, iterations=6), tiny) as trainer:
        list(trainer)
        network = trainer.network
    expected = logits(network, tiny.test_images).argmax(axis=1)
    assert (answers(network, tiny.test_images) == expected).all()
    assert len(set(expected.tolist())) > 1


@pytest.mark.parametrize("after", [0, 20, 62])
@pytest.mark.parametrize("step", [1, 7, 500])
def test_that_every_mistake_is_found_in_order_all_around(
    tiny: Dataset, after: int, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.measurement.misclassified.MOST_IMAGES", step)
    network = network_of(tiny)
    places = wrong(network, tiny)
    assert 0 < len(places) < len(tiny.test_labels)
    found = list(mistakes(network, tiny.test_images, tiny.test_labels, after))
    said = [place for place in found if place is not None]
    assert said == [*places[places > after], *places[places <= after]]
    parts = -(-len(tiny.test_labels) // step)
    assert len(found) <= len(said) + parts, "one None at most for each step"


def test_that_each_step_of_a_large_network_takes_few_images(tiny: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    network = network_of(tiny)
    labels = answers(network, tiny.test_images)
    monkeypatch.setattr("model.measurement.misclassified.STEP_MULTIPLICATIONS", 10 * network.theta.size)
    steps = list(mistakes(network, tiny.test_images, labels, 0))
    assert steps == [None] * 7, "63 images, ten at a time, none of them wrong"


def test_that_a_network_that_has_diverged_is_searched_without_a_warning(tiny: Dataset) -> None:
    network = network_of(tiny, scale=1e30)
    assert next(mistakes(network, tiny.test_images, tiny.test_labels, 0)) is not None
