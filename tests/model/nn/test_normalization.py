"""Batch normalisation: what it computes in training and in evaluation, and what it learns."""

import numpy as np
import pytest

from model.base.arrays import Array
from model.config.config import Config
from model.data.datasets import Dataset
from model.data.pixel_scaling import UNIT_SCALING
from model.network.network import Network
from model.nn.batch_norm import BatchNorm
from model.nn.layer_norm import LayerNorm
from model.nn.normalization import Norm
from model.training.trainer import Trainer
from tests.support.reference_formulas import Floats

IMAGES, WIDTH = 50, 4


def norm_of(momentum: float = 0.9, epsilon: float = 1e-5, width: int = WIDTH) -> BatchNorm:
    """The batch norm of a float64 network, allocated for batches of 50."""
    config = Config(hidden=(width,), norm=Norm.BATCH_BEFORE, bn_momentum=momentum, bn_epsilon=epsilon)
    network = Network(config.replace(numbers="float64"), 3, 2, UNIT_SCALING)
    network.allocate(IMAGES)
    (norm,) = (stage for stage in network.stages if isinstance(stage, BatchNorm))
    return norm


def batch(seed: int = 0) -> Floats:
    return np.random.default_rng(seed).normal([0, 5, -300, 1e-3], [1, 0.1, 70, 1e-4], (IMAGES, WIDTH))


def inferred(norm: BatchNorm, x: Floats) -> Floats:
    out = np.empty_like(x)
    norm.infer(x, out, np.empty_like(x))
    return out


def test_that_a_batch_comes_out_with_mean_0_and_spread_1_at_first() -> None:
    out = norm_of(epsilon=1e-12).forward(batch())
    np.testing.assert_allclose(out.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(out.std(axis=0), 1, rtol=1e-3)


def test_that_gamma_scales_and_beta_shifts_what_was_normalised() -> None:
    norm, x = norm_of(epsilon=1e-3), batch()
    norm.gamma.value[:], norm.beta.value[:] = [1, 2, -3, 0.5], [0, -1, 7, 0.1]
    expected = norm.gamma.value * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + 1e-3) + norm.beta.value
    np.testing.assert_allclose(norm.forward(x), expected, atol=1e-10)


def test_that_a_unit_that_never_varies_comes_out_as_beta() -> None:
    norm = norm_of()
    norm.beta.value[:] = 0.25
    np.testing.assert_allclose(norm.forward(np.full((IMAGES, WIDTH), 17.0)), 0.25, atol=1e-12)


@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9, 0.99])
def test_that_running_statistics_follow_the_batches_by_the_momentum(momentum: float) -> None:
    norm = norm_of(momentum)
    mean, variance = np.zeros(WIDTH), np.ones(WIDTH)
    for seed in range(20):
        x = batch(seed)
        norm.forward(x)
        norm.advance()
        mean = momentum * mean + (1 - momentum) * x.mean(axis=0)
        variance = momentum * variance + (1 - momentum) * x.var(axis=0)
    np.testing.assert_allclose(norm.running_mean, mean, rtol=1e-10)
    np.testing.assert_allclose(norm.running_variance, variance, rtol=1e-10)


def test_that_evaluation_uses_the_running_statistics_and_changes_nothing() -> None:
    norm = norm_of(epsilon=1e-3)
    norm.gamma.value[:], norm.beta.value[:] = 1.5, -0.5
    for seed in range(5):
        norm.forward(batch(seed))
        norm.advance()
    mean, variance = norm.running_mean.copy(), norm.running_variance.copy()
    x = np.random.default_rng(9).normal(0, 30, (3, WIDTH))
    np.testing.assert_allclose(inferred(norm, x), 1.5 * (x - mean) / np.sqrt(variance + 1e-3) - 0.5, rtol=1e-10)
    np.testing.assert_array_equal(norm.running_mean, mean)
    np.testing.assert_array_equal(norm.running_variance, variance)


def test_that_in_evaluation_an_image_does_not_depend_on_its_neighbours() -> None:
    norm = norm_of()
    norm.forward(batch())
    norm.advance()
    x = batch(1)
    np.testing.assert_array_equal(inferred(norm, x)[:5], inferred(norm, x[:5]))


def test_that_a_forward_pass_alone_leaves_the_running_statistics() -> None:
    norm = norm_of()
    norm.forward(batch())
    np.testing.assert_array_equal(norm.running_mean, np.zeros(WIDTH))
    np.testing.assert_array_equal(norm.running_variance, np.ones(WIDTH))


def test_that_the_running_statistics_take_every_batch_once_and_no_look_in_between(tiny: Dataset) -> None:
    config = Config(hidden=(6,), norm=Norm.BATCH_BEFORE, batch_size=20, bn_momentum=0.7, iterations=15)
    trainer = Trainer(config.replace(numbers="float64"), tiny)
    (norm,) = (stage for stage in trainer.network.stages if isinstance(stage, BatchNorm))
    mean, variance = np.zeros(6), np.ones(6)
    with trainer:
        while trainer.updates < 15:
            trainer.peek()
            z = trainer.network.affines[0].z.copy()
            trainer.step()
            trainer.collect(wait=True)
            mean, variance = 0.7 * mean + 0.3 * z.mean(axis=0), 0.7 * variance + 0.3 * z.var(axis=0)
            np.testing.assert_allclose(norm.running_mean, mean, rtol=1e-10, atol=1e-12)
            np.testing.assert_allclose(norm.running_variance, variance, rtol=1e-10)
        trainer.step()  # only measures
        np.testing.assert_allclose(norm.running_mean, mean, rtol=1e-10, atol=1e-12)
    assert trainer.done


@pytest.mark.parametrize("placement", [placement for placement in Norm if placement.normalises])
def test_that_gamma_and_beta_are_learned(placement: Norm, tiny: Dataset) -> None:
    config = Config(hidden=(6, 5), norm=placement, batch_size=20, iterations=30)
    trainer = Trainer(config, tiny)
    norms = [stage for stage in trainer.network.stages if isinstance(stage, BatchNorm | LayerNorm)]
    assert [norm.width for norm in norms] == [6, 5]
    for norm in norms:
        np.testing.assert_array_equal(norm.gamma.value, 1)
        np.testing.assert_array_equal(norm.beta.value, 0)
    list(trainer)
    for norm in norms:
        assert np.abs(norm.gamma.value - 1).max() > 1e-3
        assert np.abs(norm.beta.value).max() > 1e-3


@pytest.mark.parametrize("placement", [placement for placement in Norm if placement.normalises])
def test_that_the_size_of_the_initial_weights_does_not_matter_behind_normalisation(placement: Norm) -> None:
    """Only before the activation: behind it, the activation has already seen the small z."""
    answers: list[Array] = []
    for std in (0.5, 5.0):
        config = Config(hidden=(6,), norm=placement, bn_epsilon=1e-12, init_std=std)
        network = Network(config.replace(numbers="float64", init="gauss", activation="tanh"), 3, 2, UNIT_SCALING)
        network.initialise(np.random.default_rng(4))
        network.output.weight.value[:] = np.arange(12).reshape(6, 2) % 5
        network.allocate(8)
        network.forward(np.random.default_rng(5).normal(0, 1, (8, 3)), np.zeros(8, np.intp))
        answers.append(network.logits.copy())
    assert np.allclose(answers[0], answers[1], rtol=1e-6) == (placement in (Norm.BATCH_BEFORE, Norm.LAYER_BEFORE))
