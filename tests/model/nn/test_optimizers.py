"""Each optimiser against a plain re-implementation of its paper, over 20 steps of random gradients."""

from collections.abc import Callable

import numpy as np
import pytest

from model.base.arrays import Array
from model.base.errors import InputError
from model.nn.optimizers import SGD, AdaGrad, Adam, Momentum, Nesterov, Optimizer, RMSProp
from tests.support.reference_formulas import Floats

SIZE, STEPS = 37, 20
Gradient = Callable[[int], Floats]


def sgd(theta: Floats, gradient: Gradient, rate: float = 0.1) -> Floats:
    for t in range(1, STEPS + 1):
        theta = theta - rate * gradient(t)
    return theta


def momentum(theta: Floats, gradient: Gradient, rate: float = 0.01, beta: float = 0.9) -> Floats:
    velocity = np.zeros(SIZE)
    for t in range(1, STEPS + 1):
        velocity = beta * velocity - rate * gradient(t)
        theta = theta + velocity
    return theta


def nesterov(theta: Floats, gradient: Gradient, rate: float = 0.01, beta: float = 0.9) -> Floats:
    velocity = np.zeros(SIZE)
    for t in range(1, STEPS + 1):
        previous, velocity = velocity, beta * velocity - rate * gradient(t)
        theta = theta - beta * previous + (1 + beta) * velocity  # the form most textbooks print
    return theta


def adagrad(theta: Floats, gradient: Gradient, rate: float = 0.01, epsilon: float = 1e-8) -> Floats:
    seen: list[Floats] = []
    for t in range(1, STEPS + 1):
        seen.append(gradient(t) ** 2)
        theta = theta - rate * gradient(t) / (np.sqrt(np.sum(seen, axis=0)) + epsilon)
    return theta


def rmsprop(
    theta: Floats, gradient: Gradient, rate: float = 0.001, decay: float = 0.99, epsilon: float = 1e-8
) -> Floats:
    square = np.zeros(SIZE)
    for t in range(1, STEPS + 1):
        square = decay * square + (1 - decay) * gradient(t) ** 2
        theta = theta - rate * gradient(t) / (np.sqrt(square) + epsilon)
    return theta


def adam(
    theta: Floats, gradient: Gradient, *, beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-8
) -> Floats:
    """Kingma & Ba 2015, algorithm 1, line by line, with its step size of 0.001."""
    m, v = np.zeros(SIZE), np.zeros(SIZE)
    for t in range(1, STEPS + 1):
        g = gradient(t)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g * g
        theta = theta - 0.001 * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + epsilon)
    return theta


CASES = [
    pytest.param(SGD(), sgd, {}, id="sgd"),
    pytest.param(SGD(learning_rate=0.7), sgd, {"rate": 0.7}, id="sgd-0.7"),
    pytest.param(Momentum(), momentum, {}, id="momentum"),
    pytest.param(Momentum(learning_rate=0.2, momentum=0.5), momentum, {"rate": 0.2, "beta": 0.5}, id="momentum-0.5"),
    pytest.param(Nesterov(), nesterov, {}, id="nesterov"),
    pytest.param(Nesterov(learning_rate=0.2, momentum=0.99), nesterov, {"rate": 0.2, "beta": 0.99}, id="nesterov-0.99"),
    pytest.param(AdaGrad(), adagrad, {}, id="adagrad"),
    pytest.param(AdaGrad(learning_rate=1, epsilon=0.5), adagrad, {"rate": 1, "epsilon": 0.5}, id="adagrad-eps"),
    pytest.param(RMSProp(), rmsprop, {}, id="rmsprop"),
    pytest.param(RMSProp(decay=0.5, epsilon=0.5), rmsprop, {"decay": 0.5, "epsilon": 0.5}, id="rmsprop-eps"),
    pytest.param(Adam(), adam, {}, id="adam"),
    pytest.param(Adam(beta1=0, beta2=0.5), adam, {"beta1": 0, "beta2": 0.5}, id="adam-beta"),
    pytest.param(Adam(epsilon=0.5), adam, {"epsilon": 0.5}, id="adam-eps"),
]


def gradient(t: int) -> Floats:
    return np.random.default_rng(t).normal(0.3, 1, SIZE) * np.geomspace(1e-6, 1e3, SIZE)


def memory(kind: type[Optimizer], size: int, dtype: str = "float64") -> list[Array]:
    return [np.zeros(size, dtype) for _ in range(kind.slots)]


def run(optimizer: Optimizer, dtype: str = "float64") -> Floats:
    theta = np.random.default_rng(0).normal(0, 1, SIZE).astype(dtype)
    state = memory(type(optimizer), SIZE, dtype)
    for t in range(1, STEPS + 1):
        optimizer.update(theta, gradient(t).astype(dtype), state, np.empty(SIZE, dtype), t)
    return theta.astype(float)


@pytest.mark.parametrize(("optimizer", "plain", "settings"), CASES)
def test_that_twenty_steps_are_those_of_the_paper(
    optimizer: Optimizer, plain: Callable[..., Floats], settings: dict[str, float]
) -> None:
    theta = np.random.default_rng(0).normal(0, 1, SIZE)
    expected = plain(theta, gradient, **settings)
    np.testing.assert_allclose(run(optimizer) - theta, expected - theta, rtol=1e-9, atol=1e-13)
    moved = np.abs(expected - theta).max()
    np.testing.assert_allclose(run(optimizer, "float32"), expected, rtol=1e-4, atol=1e-5 * max(1, float(moved)))


def test_that_every_optimiser_has_a_case_above() -> None:
    assert {type(case.values[0]) for case in CASES} == set(Optimizer.kinds.values())


@pytest.mark.parametrize("kind", Optimizer.kinds.values())
def test_that_a_step_leaves_the_gradient_as_it_is(kind: type[Optimizer]) -> None:
    g, theta = gradient(1), np.zeros(SIZE)
    kind().update(theta, g, memory(kind, SIZE), np.empty(SIZE), 1)
    np.testing.assert_array_equal(g, gradient(1))
    assert theta.any()


@pytest.mark.parametrize("kind", Optimizer.kinds.values())
def test_that_no_gradient_means_no_step(kind: type[Optimizer]) -> None:
    theta = np.ones(SIZE, np.float32)
    with np.errstate(all="raise"):
        kind().update(theta, np.zeros(SIZE, np.float32), memory(kind, SIZE, "float32"), np.empty(SIZE, np.float32), 1)
    np.testing.assert_array_equal(theta, 1)


@pytest.mark.parametrize("kind", Optimizer.kinds.values())
def test_that_a_block_at_a_time_gives_what_the_whole_vector_gives(kind: type[Optimizer]) -> None:
    halves = np.zeros(SIZE)
    for part in (slice(0, 20), slice(20, SIZE)):
        state = memory(kind, halves[part].size)
        for t in range(1, STEPS + 1):
            kind().update(halves[part], gradient(t)[part], state, np.empty(halves[part].size), t)
    start = np.random.default_rng(0).normal(0, 1, SIZE)
    np.testing.assert_allclose(halves, run(kind()) - start, rtol=1e-9, atol=1e-12)


def test_that_adams_first_step_is_the_learning_rate_whatever_the_gradient() -> None:
    theta = np.zeros(SIZE)
    Adam(learning_rate=0.01, epsilon=1e-12).update(theta, gradient(1), memory(Adam, SIZE), np.empty(SIZE), 1)
    np.testing.assert_allclose(np.abs(theta), 0.01, rtol=1e-4)


def test_that_optimisers_are_found_by_name_in_any_case() -> None:
    for key, kind in Optimizer.kinds.items():
        assert Optimizer.named(f" {key.upper()} ") is kind
    with pytest.raises(InputError, match=f"'sdg' is not one of {', '.join(Optimizer.kinds)}"):
        Optimizer.named("sdg")


def test_that_a_setting_out_of_range_is_refused_when_made() -> None:
    with pytest.raises(InputError, match=r"--momentum takes 0 to 0\.9999, not 1"):
        Momentum(momentum=1.0)
