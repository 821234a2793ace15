"""Layer norm against equations 3 and 4 of Ba, Kiros & Hinton 2016, in training and in evaluation."""

import numpy as np
import pytest

from model.base.errors import InputError
from model.config.config import Config
from model.nn.layer_norm import LayerNorm

EPSILON = 1e-5


def norm_of(width: int, images: int) -> LayerNorm:
    rng = np.random.default_rng(0)
    norm = LayerNorm(width, EPSILON)
    norm.gamma.value, norm.beta.value = rng.normal(1, 0.5, width), rng.normal(0, 0.5, width)
    norm.gamma.gradient, norm.beta.gradient = np.empty(width), np.empty(width)
    norm.allocate(images, np.float64)
    return norm


@pytest.mark.parametrize("images", [1, 7])
def test_that_every_image_is_normalised_over_its_units(images: int) -> None:
    norm, x = norm_of(5, images), np.random.default_rng(1).normal(2, 3, (images, 5))
    mu = x.mean(axis=1, keepdims=True)
    sigma = np.sqrt(((x - mu) ** 2).mean(axis=1, keepdims=True) + EPSILON)
    expected = norm.gamma.value / sigma * (x - mu) + norm.beta.value
    np.testing.assert_allclose(norm.forward(x), expected, rtol=1e-12)
    out = np.empty_like(x, order="F")
    norm.infer(x, out, np.empty_like(out))
    np.testing.assert_allclose(out, expected, rtol=1e-12)


def test_that_the_backward_pass_leaves_what_went_forward_as_it_was() -> None:
    norm, rng = norm_of(4, 6), np.random.default_rng(2)
    y = norm.forward(rng.normal(0, 1, (6, 4)))
    kept = y.copy()
    norm.backward(rng.normal(0, 1, (6, 4)))
    np.testing.assert_array_equal(y, kept)


def test_that_no_gradient_is_left_that_shifts_or_scales_an_image() -> None:
    norm, rng = norm_of(50, 3), np.random.default_rng(3)
    x = rng.normal(1, 2, (3, 50))
    norm.forward(x)
    dx = norm.backward(rng.normal(0, 1, (3, 50)))
    np.testing.assert_allclose(dx.sum(axis=1), 0, atol=1e-12)
    np.testing.assert_allclose((dx * (x - x.mean(axis=1, keepdims=True))).sum(axis=1), 0, atol=1e-4)


def test_that_a_batch_of_one_image_is_for_layer_norm_alone() -> None:
    assert Config(batch_size=1).replace(norm="layer-before").batch_size == 1
    with pytest.raises(InputError, match="at least 2 with batch norm, which compares images; layer norm takes one"):
        Config(batch_size=1).replace(norm="batch-after")


def test_that_a_layer_of_one_unit_has_nothing_to_compare() -> None:
    with pytest.raises(InputError, match="a layer of 1 unit has none to compare"):
        Config(hidden=(5, 1)).replace(norm="layer-after")
