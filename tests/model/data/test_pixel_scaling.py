"""Pixels as a network is given them: every scale over the training set, in either precision, in training and tests."""

import numpy as np
import pytest

from model.config.config import Config
from model.data.datasets import Dataset
from model.data.pixel_scaling import Pixels, PixelScaling
from model.network.batch_buffer import BatchBuffer, streams
from model.network.evaluator import Examiner
from model.network.network import Network
from tests.support import reference_formulas


@pytest.mark.parametrize("numbers", ["float32", "float64"])
@pytest.mark.parametrize(
    ("pixels", "black", "white"),
    [(Pixels.UNIT, 0, 1), (Pixels.RAW, 0, 255), (Pixels.SIGNED, -1, 1)],
)
def test_that_black_and_white_become_the_ends_of_the_scale(
    pixels: Pixels, black: float, white: float, numbers: str, tiny: Dataset
) -> None:
    dtype = np.dtype(numbers).type
    scaled = pixels.value.of(tiny).scaled(np.array([0, 255], np.uint8), dtype)
    assert scaled.dtype == dtype
    np.testing.assert_allclose(scaled, [black, white], rtol=2 * np.finfo(dtype).eps)


def test_that_float64_is_scaled_by_a_255th_of_its_own_and_not_by_that_of_float32(tiny: Dataset) -> None:
    config = Config(hidden=(3,), batch_size=20)
    buffer = BatchBuffer(config, tiny, streams(config)[1], np.float64)
    np.testing.assert_array_equal(buffer.x, buffer.bytes * (1 / 255))


def test_that_standardised_pixels_have_mean_0_and_spread_1_over_the_training_set(tiny: Dataset) -> None:
    scaled = Pixels.STANDARDISED.value.of(tiny).scaled(tiny.train_images, np.float64)
    assert scaled.mean() == pytest.approx(0, abs=1e-12)
    assert scaled.std() == pytest.approx(1, rel=1e-12)


def test_that_pixels_that_are_all_alike_are_standardised_to_0(tiny: Dataset) -> None:
    grey = Dataset("grey", np.full((5, 4), 77, np.uint8), np.arange(5), np.zeros((1, 4), np.uint8), np.zeros(1, int),
                   (2, 2), 5)  # fmt: skip
    np.testing.assert_array_equal(Pixels.STANDARDISED.value.of(grey).scaled(grey.train_images, np.float64), 0)


@pytest.mark.parametrize("pixels", Pixels)
@pytest.mark.parametrize("hidden", [(), (8, 8, 5), (108, 108)])
def test_that_the_test_set_is_evaluated_on_pixels_of_the_same_scale(
    pixels: Pixels, hidden: tuple[int, ...], tiny: Dataset
) -> None:
    config = Config(hidden=hidden, pixels=pixels).replace(residual="on", norm="layer-before", numbers="float64")
    network = Network.of(config, tiny)
    network.theta += np.random.default_rng(3).normal(0, 0.3, network.theta.size)
    expected = reference_formulas.logits(network, tiny.test_images).argmax(axis=1) == tiny.test_labels
    assert Examiner(network, tiny.test_set).accuracy(network) == pytest.approx(expected.mean())


def test_that_a_scaling_knows_how_far_a_pixel_moves_its_number() -> None:
    assert PixelScaling(2 / 255, -1.0).per_unit == pytest.approx(2)
