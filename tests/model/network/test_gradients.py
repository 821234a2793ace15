"""Whole networks against central differences in float64: ∂L/∂θ of every weight, bias, gamma and beta."""

import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.config.config import Config
from model.data.pixel_scaling import UNIT_SCALING
from model.network.network import Network
from model.nn.activations import Activation
from model.nn.loss import Loss
from model.nn.normalization import Norm
from model.nn.residual import Residual
from tests.support.central_differences import check, differences


def check_network(
    activation: Activation, norm: Norm, residual: Residual, loss: Loss, hidden: list[int], images: int, seed: int
) -> float:
    """Compare all gradients of a random network on a random batch; return the share of entries compared."""
    rng = np.random.default_rng(seed)
    inputs, classes = (int(n) for n in rng.integers(2, 6, 2))
    # A larger epsilon than usual: units that hardly vary would bend the loss within the width of the probe.
    config = Config.from_json(
        {"hidden": hidden, "activation": activation.key, "norm": norm.key, "residual": residual.key,
         "loss": loss.key, "bn_epsilon": 1e-2, "batch_size": images, "numbers": "float64"}
    )  # fmt: skip
    network = Network(config, inputs, classes, UNIT_SCALING)
    network.theta += rng.normal(0, 0.8, network.theta.size)
    network.allocate(images)
    x, labels = rng.normal(0, 1, (images, inputs)), rng.integers(0, classes, images)

    def loss_now() -> float:
        return network.forward(x, labels)

    def side() -> bytes:
        return b"".join((layer.activate.a > 0).tobytes() for layer in network.hidden)

    loss_now()
    network.backward()
    gradient = network.gradient.copy()
    expected = differences(loss_now, network.theta, side)
    start = compared = 0
    floor = 1e-3 * float(np.linalg.norm(gradient))
    for parameter in sorted((p for s in network.stages for p in s.parameters), key=lambda p: not p.decays):
        part = slice(start, start + parameter.value.size)
        compared += check(gradient[part], expected[part], floor)
        start = part.stop
    assert start == network.theta.size
    return compared / network.theta.size


@pytest.mark.parametrize("layers", [1, 2, 3, 4, 5, 6])
@pytest.mark.parametrize("loss", Loss)
@pytest.mark.parametrize("residual", Residual)
@pytest.mark.parametrize("norm", Norm)
@pytest.mark.parametrize("activation", Activation)
def test_that_backpropagation_equals_central_differences(
    activation: Activation, norm: Norm, residual: Residual, loss: Loss, layers: int
) -> None:
    seed = zlib.crc32(f"{activation.name} {norm.name} {layers}".encode())
    rng = np.random.default_rng(seed)
    hidden = [int(n) for n in rng.integers(2, 6, layers)]
    if residual is Residual.ON:  # one layer of another width, which stays plain
        hidden = [hidden[0]] * (layers - 1) + hidden[-1:]
    assert check_network(activation, norm, residual, loss, hidden, int(rng.integers(5, 9)), seed) > 0.6


@settings(max_examples=150)
@given(
    activation=st.sampled_from(list(Activation)),
    norm=st.sampled_from(list(Norm)),
    residual=st.sampled_from(list(Residual)),
    loss=st.sampled_from(list(Loss)),
    hidden=st.lists(st.integers(2, 6), max_size=4) | st.lists(st.just(3), max_size=6),
    images=st.integers(4, 9),
    seed=st.integers(0, 2**32 - 1),
)
def test_that_gradients_hold_for_any_shape(
    activation: Activation, norm: Norm, residual: Residual, loss: Loss, hidden: list[int], images: int, seed: int
) -> None:
    check_network(activation, norm, residual, loss, hidden, images, seed)


def test_that_a_step_against_the_gradient_lowers_the_loss() -> None:
    network = Network(Config.from_json({"hidden": [7, 5], "numbers": "float64"}), 6, 4, UNIT_SCALING)
    rng = np.random.default_rng(3)
    network.initialise(rng)
    network.allocate(20)
    x, labels = rng.normal(0, 1, (20, 6)), rng.integers(0, 4, 20)
    before = network.forward(x, labels)
    network.backward()
    squared = float(network.gradient @ network.gradient)
    network.theta -= 1e-4 * network.gradient
    assert before - network.forward(x, labels) == pytest.approx(1e-4 * squared, rel=1e-2)
