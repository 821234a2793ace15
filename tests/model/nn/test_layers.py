"""Each stage alone against central differences of a random linear function of its outputs, in float64."""

import numpy as np
import pytest

from model.config.config import Config
from model.data.pixel_scaling import UNIT_SCALING
from model.network.network import Network
from model.nn.activations import Activation
from model.nn.batch_norm import BatchNorm
from model.nn.layers import Activate, Affine, Stage
from model.nn.normalization import Norm
from tests.support.central_differences import check, differences
from tests.support.reference_formulas import Floats

IMAGES = 7


def network(activation: Activation = Activation.TANH, placement: Norm = Norm.NONE) -> Network:
    """784-like in small: 6-5-4-3 in float64 with every parameter at random."""
    made = Network(
        Config(hidden=(5, 4), activation=activation, norm=placement).replace(numbers="float64"), 6, 3, UNIT_SCALING
    )
    made.theta += np.random.default_rng(1).normal(0, 1, made.theta.size)
    made.allocate(IMAGES)
    return made


def check_stage(stage: Stage, x: Floats, *, first: bool = False) -> None:
    """Compare ∂(C·output)/∂x and ∂(C·output)/∂parameters for random C."""
    rng = np.random.default_rng(2)
    weights = rng.normal(0, 1, stage.forward(x.copy()).shape)

    def f() -> float:
        return float((weights * stage.forward(x.copy())).sum())

    expected = differences(f, x)
    expected_of = [differences(f, parameter.value) for parameter in stage.parameters]
    f()
    dx = stage.backward(weights.copy()).copy()
    if not first:
        assert check(dx, expected) == x.size
    for parameter, wanted in zip(stage.parameters, expected_of, strict=True):
        assert check(parameter.gradient, wanted) == parameter.value.size


@pytest.mark.parametrize("activation", Activation)
def test_that_an_activation_passes_the_gradient_times_its_slope(activation: Activation) -> None:
    rng = np.random.default_rng(3)
    z = rng.uniform(0.05, 4, (IMAGES, 5)) * rng.choice([-1, 1], (IMAGES, 5))  # no kink within the probe's reach
    check_stage(network(activation).hidden[0].activate, z)


def test_that_weights_pass_the_gradient_to_their_input() -> None:
    net = network()
    for affine, n_in in ((net.hidden[1].affine, 5), (net.output, 4)):
        check_stage(affine, np.random.default_rng(4).normal(0, 1, (IMAGES, n_in)))


def test_that_the_first_weights_have_the_right_gradient_though_they_pass_none_on() -> None:
    check_stage(network().hidden[0].affine, np.random.default_rng(5).normal(0, 1, (IMAGES, 6)), first=True)


@pytest.mark.parametrize("placement", [placement for placement in Norm if placement.over_batch])
def test_that_batch_norm_differentiates_through_the_mean_and_the_variance(placement: Norm) -> None:
    norms = [stage for stage in network(placement=placement).stages if isinstance(stage, BatchNorm)]
    assert len(norms) == 2
    for norm in norms:
        check_stage(norm, np.random.default_rng(6).normal(3, 2, (IMAGES, norm.width)))


def test_that_batch_norm_passes_no_gradient_that_shifts_or_scales_a_unit() -> None:
    norm = next(stage for stage in network(placement=Norm.BATCH_BEFORE).stages if isinstance(stage, BatchNorm))
    rng = np.random.default_rng(7)
    x = rng.normal(-1, 3, (IMAGES, norm.width))
    norm.forward(x.copy())
    dx = norm.backward(rng.normal(0, 1, x.shape))
    assert np.abs(dx.sum(axis=0)).max() < 1e-12 * np.abs(dx).max() * IMAGES
    # Scaling changes the output only through epsilon, 1e-5 of a variance near 9.
    assert np.abs((dx * x).sum(axis=0)).max() < 1e-4 * np.abs(dx * x).max() * IMAGES


@pytest.mark.parametrize("placement", Norm)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_that_evaluation_computes_what_training_computes_where_no_statistics_differ(
    placement: Norm, dtype: str
) -> None:
    net = Network(Config(hidden=(9, 8), norm=placement, bn_momentum=0).replace(numbers=dtype), 6, 3, UNIT_SCALING)
    net.initialise(np.random.default_rng(8))
    net.allocate(IMAGES)
    x = np.random.default_rng(9).normal(0, 1, (IMAGES, 6)).astype(dtype)
    net.forward(x, np.zeros(IMAGES, np.intp))
    net.advance()  # with momentum 0 the running statistics are those of this batch
    inferred = x
    for stage in net.stages:
        out, scratch = (np.empty((IMAGES, stage.width), dtype) for _ in range(2))
        stage.infer(inferred, out, scratch)
        inferred = out
    np.testing.assert_allclose(inferred, net.logits, rtol=0, atol=1e-5 if dtype == "float32" else 1e-13)


def test_that_a_network_is_made_of_the_stages_its_config_asks_for() -> None:
    kinds = {
        Norm.NONE: [Affine, Activate],
        Norm.BATCH_BEFORE: [Affine, BatchNorm, Activate],
        Norm.BATCH_AFTER: [Affine, Activate, BatchNorm],
    }
    for placement, layer in kinds.items():
        assert [type(stage) for stage in network(placement=placement).stages] == [*layer, *layer, Affine]
