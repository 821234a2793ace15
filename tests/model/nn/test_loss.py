"""Softmax cross-entropy against SciPy's logsumexp, squared error against its formula, and the loss of a guess."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from model.base.arrays import Array, Index
from model.nn.loss import Loss, SoftmaxCrossEntropy, SquaredError
from tests.support.central_differences import check, differences


def evaluated(logits: Array, labels: Index) -> tuple[float, Array]:
    """The loss and ∂L/∂logits."""
    images, classes = logits.shape
    loss = SoftmaxCrossEntropy(images, classes, logits.dtype.type)
    return loss.forward(logits.copy(), labels), loss.backward().copy()


def expected(logits: Array, labels: Index) -> tuple[float, Array]:
    z = logits.astype(float)
    one_hot = np.eye(z.shape[1])[labels]
    loss = float((special.logsumexp(z, axis=1) - (z * one_hot).sum(axis=1)).mean())
    return loss, (special.softmax(z, axis=1) - one_hot) / len(z)


@given(
    images=st.integers(1, 40), classes=st.integers(2, 12), seed=st.integers(0, 2**32 - 1),
    size=st.sampled_from([1e-6, 1.0, 30.0, 1e4, 1e10]), dtype=st.sampled_from(["float32", "float64"]),
)  # fmt: skip
def test_that_loss_and_gradient_are_those_of_the_formula(
    images: int, classes: int, seed: int, size: float, dtype: str
) -> None:
    rng = np.random.default_rng(seed)
    logits = rng.normal(0, size, (images, classes)).astype(dtype)
    labels = rng.integers(0, classes, images)
    rounding = float(np.finfo(dtype).eps)
    loss, gradient = evaluated(logits, labels)
    wanted_loss, wanted_gradient = expected(logits, labels)
    # The sums over the batch round relative to their largest terms.
    assert loss == pytest.approx(wanted_loss, rel=20 * rounding, abs=20 * rounding * max(1, float(np.ptp(logits))))
    np.testing.assert_allclose(gradient * images, wanted_gradient * images, atol=20 * rounding)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("size", [1e4, 1e30])
def test_that_huge_logits_overflow_nothing(size: float, dtype: str) -> None:
    logits = np.array([[size, -size, 0], [-size, size, 0], [size, size, -size]], dtype)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        loss, gradient = evaluated(logits, np.array([0, 0, 1]))
    assert loss == pytest.approx((0 + 2 * size + np.log(2)) / 3, rel=1e-6)
    np.testing.assert_allclose(gradient, np.array([[0, 0, 0], [-1, 1, 0], [0.5, -0.5, 0]]) / 3, atol=1e-6)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_that_the_gradient_of_every_image_sums_to_zero(dtype: str) -> None:
    rng = np.random.default_rng(1)
    gradient = evaluated(rng.normal(0, 50, (60, 10)).astype(dtype), rng.integers(0, 10, 60))[1]
    assert np.abs(gradient.sum(axis=1)).max() < np.finfo(dtype).eps
    assert np.abs(gradient).max() > 1e-3


def test_that_the_gradient_equals_central_differences() -> None:
    rng = np.random.default_rng(2)
    logits, labels = rng.normal(0, 2, (6, 5)), rng.integers(0, 5, 6)
    loss = SoftmaxCrossEntropy(6, 5, np.float64)
    numeric = differences(lambda: loss.forward(logits, labels), logits)
    loss.forward(logits, labels)
    assert check(loss.backward(), numeric) == logits.size


@pytest.mark.parametrize("classes", [2, 10])
def test_that_equal_logits_cost_the_logarithm_of_the_number_of_classes(classes: int) -> None:
    assert evaluated(np.full((4, classes), 7.0), np.zeros(4, np.intp))[0] == pytest.approx(np.log(classes), rel=1e-12)


def test_that_a_shift_of_all_logits_changes_nothing() -> None:
    logits, labels = np.random.default_rng(3).normal(0, 1, (5, 4)), np.array([0, 1, 2, 3, 0])
    assert evaluated(logits + 1024, labels)[0] == pytest.approx(evaluated(logits, labels)[0], rel=1e-12)


def test_that_the_logits_are_left_as_they_are() -> None:
    logits = np.random.default_rng(4).normal(0, 1, (5, 4))
    loss, before = SoftmaxCrossEntropy(5, 4, np.float64), logits.copy()
    loss.forward(logits, np.array([0, 1, 2, 3, 0]))
    loss.backward()
    np.testing.assert_array_equal(logits, before)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_that_a_logit_that_is_not_finite_shows_in_the_loss(bad: float) -> None:
    logits = np.zeros((3, 4))
    logits[1, 2] = bad
    with np.errstate(invalid="ignore"):
        assert not np.isfinite(evaluated(logits, np.array([0, 2, 1]))[0])


@given(images=st.integers(1, 40), classes=st.integers(2, 12), seed=st.integers(0, 2**32 - 1))
def test_that_the_squared_error_is_half_the_sum_over_the_outputs(images: int, classes: int, seed: int) -> None:
    """Nielsen 2015, equation 6, per image: C = ½ Σ (y − a)²."""
    rng = np.random.default_rng(seed)
    outputs, labels = rng.random((images, classes)), rng.integers(0, classes, images)
    one_hot = np.eye(classes)[labels]
    loss = SquaredError(images, classes, np.float64)
    assert loss.forward(outputs.copy(), labels) == pytest.approx(((one_hot - outputs) ** 2).sum() / 2 / images)
    np.testing.assert_allclose(loss.backward(), (outputs - one_hot) / images, rtol=1e-12)


@pytest.mark.parametrize("label", [0, 3])
def test_that_one_images_squared_error_passes_the_slopes_of_its_outputs(label: int) -> None:
    logits = np.array([-40.0, -1.0, 0.5, 3.0])
    outputs, loss, delta = Loss.SQUARED.value.of_image(logits, label)
    a = special.expit(logits)
    error = a - np.eye(4)[label]
    np.testing.assert_allclose(outputs, a, rtol=1e-12)
    assert loss == pytest.approx((error**2).sum() / 2)
    np.testing.assert_allclose(delta, error * special.expit(logits) * special.expit(-logits), rtol=1e-12)


@given(st.lists(st.floats(0.01, 1), min_size=2, max_size=12))
def test_that_no_constant_answer_has_a_smaller_loss_than_the_guess(parts: list[float]) -> None:
    shares = np.array(parts) / sum(parts)
    labels = np.eye(len(shares))

    def of_constant(answer: Array) -> tuple[float, float]:
        squares = ((answer - labels) ** 2).sum(axis=1) / 2
        return float(-(shares @ np.log(answer))), float(shares @ squares)

    guesses = Loss.SOFTMAX.value.guessing(shares.tolist()), Loss.SQUARED.value.guessing(shares.tolist())
    assert of_constant(shares) == pytest.approx(guesses)
    other = shares * np.linspace(0.9, 1.1, len(shares))
    assert all(worse >= best - 1e-12 for worse, best in zip(of_constant(other / other.sum()), guesses, strict=True))
