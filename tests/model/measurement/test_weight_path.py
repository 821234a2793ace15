"""The path of one weight: its factors are those of the chain rule, and their product the loss's own slope."""

import numpy as np
import pytest

from model.base.errors import InputError
from model.config.config import Config
from model.config.recipe import Recipe
from model.data.datasets import Dataset
from model.measurement.saliency import saliency_of
from model.measurement.weight_path import strongest_weight, weight_path
from model.network.network import Network
from model.training.replay import train_recipe

SETTINGS = [
    {"activation": "sigmoid"},
    {"activation": "tanh", "loss": "squared"},
    {"activation": "relu", "norm": "batch-before"},
    {"activation": "gelu", "norm": "layer-after"},
    {"activation": "sigmoid", "hidden": ()},
]


def trained(dataset: Dataset, **settings: object) -> Network:
    """A network after some steps."""
    config = Config.from_json({"hidden": (7, 5), "iterations": 30, "batch_size": 20, **settings})
    checkpoint = train_recipe(Recipe(config), dataset).checkpoint
    assert checkpoint is not None
    network = Network.of(config, dataset)
    network.take(checkpoint.state)
    return network


@pytest.mark.parametrize("settings", SETTINGS)
def test_that_the_product_is_the_slope_of_the_loss(tiny: Dataset, settings: dict[str, object]) -> None:
    network = trained(tiny, **settings)
    image, label = tiny.test_images[3], int(tiny.test_labels[3])
    for layer in range(1, len(network.affines) + 1):
        source, unit = strongest_weight(network, image, label, layer)
        path = weight_path(network, image, label, layer, source, unit)
        assert path.gradient == pytest.approx(path.difference, rel=1e-5, abs=1e-10)
        assert path.gradient == path.activation * path.delta
        if path.links:
            assert path.delta == pytest.approx(path.slope * sum(link.product for link in path.links))
            assert path.strongest in path.links
        else:
            assert layer == len(network.affines)
            assert path.strongest is None


def test_that_the_factors_are_those_that_one_digit_shows(tiny: Dataset) -> None:
    network = trained(tiny, activation="sigmoid", numbers="float64")
    image, label = tiny.test_images[0], int(tiny.test_labels[0])
    shown = saliency_of(network, image, label)
    path = weight_path(network, image, label, 2, 4, 1)
    assert path.activation == pytest.approx(shown.layers[0].activation[4])
    assert path.delta == pytest.approx(shown.layers[1].delta[1])
    a = shown.layers[1].activation[1]
    assert path.slope == pytest.approx(a * (1 - a))
    assert [link.delta for link in path.links] == pytest.approx(shown.layers[2].delta)
    assert [link.weight for link in path.links] == pytest.approx(network.output.weight.value[1])


def test_that_the_run_s_own_network_stays_as_it_is(tiny: Dataset) -> None:
    network = trained(tiny)
    before = network.theta.copy()
    weight_path(network, tiny.test_images[0], 0, 1, 3, 2)
    assert np.array_equal(network.theta, before)
    assert network.theta.dtype == np.float32


def test_that_the_strongest_weight_has_the_largest_gradient(tiny: Dataset) -> None:
    network = trained(tiny, activation="sigmoid")
    image, label = tiny.test_images[1], int(tiny.test_labels[1])
    best = weight_path(network, image, label, 2, *strongest_weight(network, image, label, 2)).gradient
    every = [weight_path(network, image, label, 2, i, j).gradient for i in range(7) for j in range(5)]
    assert abs(best) == max(map(abs, every))


@pytest.mark.parametrize("weight", [(0, 0, 0), (4, 0, 0), (2, 7, 0), (2, 0, 5), (1, -1, 0)])
def test_that_a_weight_that_is_not_there_costs_one_sentence(tiny: Dataset, weight: tuple[int, int, int]) -> None:
    with pytest.raises(InputError):
        weight_path(trained(tiny), tiny.test_images[0], 0, *weight)


def test_that_there_is_no_path_around_residual_layers(tiny: Dataset) -> None:
    network = trained(tiny, hidden=(7, 7), residual="on")
    with pytest.raises(InputError, match="more than one way"):
        weight_path(network, tiny.test_images[0], 0, 1, 0, 0)
