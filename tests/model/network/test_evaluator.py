"""The test accuracy in chunks against a plain forward pass over all images, to the exact count."""

import numpy as np
import pytest
from numpy.typing import NDArray

from model.config.config import Config
from model.data.datasets import Dataset
from model.data.evaluation_chunks import TestSet
from model.data.pixel_scaling import UNIT_SCALING
from model.network.evaluator import Evaluator
from model.network.network import Network
from model.nn.normalization import Norm
from tests.support.reference_formulas import right

CLASSES = 4


def network_of(inputs: int, **settings: object) -> Network:
    """A network at random, its batch norms having seen some batches."""
    config = Config.from_json({"hidden": [9, 7], "activation": "tanh", "numbers": "float64", **settings})
    network = Network(config, inputs, CLASSES, UNIT_SCALING)
    rng = np.random.default_rng(1)
    network.theta += rng.normal(0, 0.5, network.theta.size)
    network.allocate(30)
    for _ in range(3):
        network.forward(rng.random((30, inputs)).astype(network.dtype), rng.integers(0, CLASSES, 30))
        network.advance()
    return network


def images_of(count: int, shape: tuple[int, int], lit: float = 0.2) -> NDArray[np.uint8]:
    """Images of which most pixels are black, with margins of all widths."""
    rng = np.random.default_rng(2)
    images = rng.integers(0, 256, (count, *shape)) * (rng.random((count, *shape)) < lit)
    for image in images:
        image[:, : rng.integers(0, shape[1] + 1)] = 0
    return images.reshape(count, -1).astype(np.uint8)


def count(network: Network, images: NDArray[np.uint8], labels: NDArray[np.intp], shape: tuple[int, int]) -> float:
    """How many images the evaluator says are right."""
    evaluator = Evaluator(network, TestSet(images, labels, shape))
    evaluator.submit(network)
    accuracy = evaluator.result(wait=True)
    evaluator.close()
    assert accuracy is not None
    return accuracy * len(labels)


@pytest.mark.parametrize("placement", Norm)
@pytest.mark.parametrize("hidden", [[], [9], [30, 3, 20], [2] * 8])
def test_that_chunks_count_what_a_plain_pass_counts(hidden: list[int], placement: Norm) -> None:
    images, shape = images_of(1234, (9, 11)), (9, 11)
    labels = np.random.default_rng(3).integers(0, CLASSES, len(images))
    network = network_of(99, hidden=hidden, norm=placement)
    expected = right(network, images, labels)
    assert 0 < expected < len(images)
    assert count(network, images, labels, shape) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (40, 1), (3, 5), (28, 28), (2, 256)])
@pytest.mark.parametrize("images", [1, 2, 499, 500, 501, 1001])
def test_that_any_shape_and_number_of_images_is_counted(shape: tuple[int, int], images: int) -> None:
    pixels = images_of(images, shape, 0.5)
    labels = np.random.default_rng(4).integers(0, CLASSES, images)
    network = network_of(pixels.shape[1], norm="batch-before")
    assert count(network, pixels, labels, shape) == pytest.approx(right(network, pixels, labels), abs=1e-9)


@pytest.mark.parametrize("brightness", [0, 255])
def test_that_images_all_black_or_all_white_are_counted(brightness: int) -> None:
    pixels = np.full((700, 30), brightness, np.uint8)
    labels = np.random.default_rng(5).integers(0, CLASSES, 700)
    network = network_of(30)
    expected = right(network, pixels, labels)
    assert expected > 0
    assert count(network, pixels, labels, (5, 6)) == pytest.approx(expected, abs=1e-9)


def test_that_one_lit_corner_among_black_images_is_seen() -> None:
    pixels = np.zeros((1200, 30), np.uint8)
    pixels[::7, 29] = 255
    pixels[::11, 0] = 1
    labels = np.random.default_rng(6).integers(0, CLASSES, 1200)
    network = network_of(30)
    assert count(network, pixels, labels, (5, 6)) == pytest.approx(right(network, pixels, labels), abs=1e-9)


@pytest.mark.parametrize("numbers", ["float32", "float64"])
@pytest.mark.parametrize("placement", ["none", "before"])
def test_that_mnist_is_counted_exactly(numbers: str, placement: str, mnist: Dataset) -> None:
    """With random weights hardly any image is a tie; float32 may turn one or two."""
    config = Config.from_json({"hidden": [40, 20], "batch_norm": placement, "numbers": numbers})
    network = Network(config, 784, 10, UNIT_SCALING)
    network.initialise(np.random.default_rng(0))
    network.allocate(100)
    evaluator = Evaluator(network, mnist.test_set)
    evaluator.submit(network)
    accuracy = evaluator.result(wait=True)
    evaluator.close()
    assert accuracy is not None
    expected = right(network, mnist.test_images, mnist.test_labels)
    assert accuracy * 10_000 == pytest.approx(expected, abs=1e-6 if numbers == "float64" else 2)


def test_that_a_result_is_of_the_weights_at_the_time_of_asking(tiny: Dataset) -> None:
    network = network_of(tiny.inputs, norm="batch-after")
    evaluator = Evaluator(network, tiny.test_set)
    expected = []
    for seed in range(2):
        network.theta[:] = np.random.default_rng(seed).normal(0, 1, network.theta.size)
        expected.append(right(network, tiny.test_images, tiny.test_labels) / len(tiny.test_labels))
        evaluator.submit(network)
    network.theta.fill(0)
    assert [evaluator.result(wait=True) for _ in range(2)] == pytest.approx(expected)
    assert expected[0] != expected[1]
    assert evaluator.result(wait=True) is None
    evaluator.close()


def test_that_every_test_image_is_in_exactly_one_chunk(mnist: Dataset) -> None:
    chunks = mnist.test_set.chunks
    labels = np.concatenate([chunk.labels for chunk in chunks])
    np.testing.assert_array_equal(np.bincount(labels), np.bincount(mnist.test_labels))
