"""The trainer's steps: weight decay, clipping and live changes, on top of the optimiser."""

import numpy as np
import pytest

from model.base.errors import InputError
from model.config.config import Config
from model.data.datasets import Dataset
from model.nn.optimizers import Optimizer
from model.training.trainer import Trainer
from tests.support.reference_formulas import Floats


def trainer_of(dataset: Dataset, **settings: object) -> Trainer:
    """A float64 trainer of a small net with batch norm, so that every kind of parameter is there."""
    base = {"hidden": [8, 6], "norm": "batch-before", "batch_size": 20, "numbers": "float64", "iterations": 50}
    return Trainer(Config.from_json({**base, **settings}), dataset)


def step(trainer: Trainer) -> tuple[Floats, Floats, Floats]:
    """Take one step; return the parameters before it, the gradient that is shown, and the change."""
    before = trainer.network.theta.astype(float)
    trainer.step()
    trainer.collect(wait=True)
    return before, trainer.network.gradient.astype(float), trainer.network.theta.astype(float) - before


def decays(trainer: Trainer) -> Floats:
    """1 where a parameter is a weight, 0 where it is a bias, gamma or beta."""
    network = trainer.network
    for parameter in (p for stage in network.stages for p in stage.parameters):
        parameter.value.fill(parameter.value.ndim == 2)
    return network.theta.astype(float)


def test_that_sgd_moves_against_the_gradient_that_is_shown(tiny: Dataset) -> None:
    with trainer_of(tiny, learning_rate=0.3) as trainer:
        for _ in range(5):
            _, gradient, change = step(trainer)
            np.testing.assert_allclose(change, -0.3 * gradient, atol=1e-14)


def test_that_weight_decay_pulls_weights_only(tiny: Dataset) -> None:
    with trainer_of(tiny) as trainer:
        mask = decays(trainer)
    assert 0 < mask.sum() < mask.size
    with trainer_of(tiny, learning_rate=0.3, weight_decay=0.7) as trainer:
        for _ in range(5):
            before, gradient, change = step(trainer)
            np.testing.assert_allclose(change, -0.3 * (gradient + 0.7 * mask * before), atol=1e-14)


def test_that_weight_decay_is_not_in_the_gradient_that_is_shown(tiny: Dataset) -> None:
    with trainer_of(tiny) as without, trainer_of(tiny, weight_decay=5) as decayed:
        np.testing.assert_array_equal(step(without)[1], step(decayed)[1])
        assert not np.array_equal(without.network.theta, decayed.network.theta)


def test_that_a_longer_gradient_is_shortened_to_the_norm_and_keeps_its_direction(tiny: Dataset) -> None:
    with trainer_of(tiny, learning_rate=1, clip_norm=0.01) as trainer:
        _, gradient, change = step(trainer)
    norm = np.linalg.norm(gradient)
    assert norm > 0.01
    np.testing.assert_allclose(change, -0.01 * gradient / norm, atol=1e-14)


def test_that_a_shorter_gradient_is_left_alone(tiny: Dataset) -> None:
    with trainer_of(tiny, learning_rate=1, clip_norm=1e5) as trainer:
        _, gradient, change = step(trainer)
    np.testing.assert_allclose(change, -gradient, atol=1e-14)


def test_that_the_gradient_is_clipped_before_the_decay_is_added(tiny: Dataset) -> None:
    with trainer_of(tiny) as trainer:
        mask = decays(trainer)
    with trainer_of(tiny, learning_rate=1, clip_norm=0.01, weight_decay=0.5) as trainer:
        before, gradient, change = step(trainer)
    expected = -0.01 * gradient / np.linalg.norm(gradient) - 0.5 * mask * before
    np.testing.assert_allclose(change, expected, atol=1e-14)


def test_that_a_gradient_too_long_for_float32_to_square_is_still_clipped(tiny: Dataset) -> None:
    """Exploding gradients are what clipping is for; 1e20 squared is beyond float32."""
    config = {"hidden": [100] * 8, "init": "gauss", "init_std": 100, "norm": "none", "numbers": "float32"}
    with trainer_of(tiny, **config, learning_rate=1, clip_norm=1e6) as trainer:
        trainer.network.affines[0].weight.value.fill(0)  # where a step of 1e6 is not lost beside large weights
        trainer.network.affines[0].bias.value.fill(1)
        _, gradient, change = step(trainer)
    assert np.abs(gradient).max() > 1e20
    first = slice(0, trainer.network.affines[0].weight.value.size)
    expected = -1e6 * gradient[first] / np.linalg.norm(gradient)
    assert np.abs(expected).max() > 1
    np.testing.assert_allclose(change[first], expected, rtol=1e-4, atol=1e-3)


@pytest.mark.parametrize("key", Optimizer.kinds)
def test_that_every_optimiser_works_on_networks_longer_than_a_block(key: str, mnist: Dataset) -> None:
    """650,000 parameters are updated in several blocks, and each must move as it would alone."""
    config = Config.from_json(
        {"hidden": [500, 500], "optimizer": key, "batch_size": 10, "numbers": "float64", "record_every": 1000}
    )
    with Trainer(config, mnist) as trainer:
        theta = trainer.network.theta.copy()
        state = [np.zeros_like(theta) for _ in range(config.optimizer.slots)]
        for at in range(1, 4):
            trainer.step()
            config.optimizer.update(theta, trainer.network.gradient, state, np.empty_like(theta), at)
        np.testing.assert_allclose(trainer.network.theta, theta, rtol=1e-12, atol=1e-15)


def test_that_a_changed_learning_rate_rules_the_next_step(tiny: Dataset) -> None:
    with trainer_of(tiny, learning_rate=0.3) as trainer:
        step(trainer)
        trainer.change(learning_rate=0.001)
        _, gradient, change = step(trainer)
    np.testing.assert_allclose(change, -0.001 * gradient, atol=1e-14)
    assert trainer.config.value("learning_rate") == 0.3


def test_that_a_changed_momentum_keeps_the_velocity(tiny: Dataset) -> None:
    with trainer_of(tiny, optimizer="momentum", learning_rate=0.1, momentum=0.9) as trainer:
        velocity = step(trainer)[2]
        trainer.change(momentum=0.5, learning_rate=0.2)
        _, gradient, change = step(trainer)
    np.testing.assert_allclose(change, 0.5 * velocity - 0.2 * gradient, atol=1e-14)


@pytest.mark.parametrize("rate", [float("nan"), float("inf"), -1.0, 0.0, 1e4])
def test_that_a_live_change_out_of_range_is_refused_and_changes_nothing(rate: float, tiny: Dataset) -> None:
    with trainer_of(tiny) as trainer:
        before = trainer.optimizer
        with pytest.raises(InputError, match="--learning-rate takes"):
            trainer.change(learning_rate=rate)
        assert trainer.optimizer == before
