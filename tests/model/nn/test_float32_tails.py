"""Values and slopes in float32 against float64, relative to themselves, and what a saturated network makes of them."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import special

from model.base.arrays import Array
from model.config.config import Config
from model.data.datasets import Dataset
from model.measurement.gains import rms
from model.measurement.meter import Meter
from model.measurement.records import EVERY_HISTOGRAM
from model.network.network import Network
from model.nn.activations import Activation
from model.nn.initializers import Initializer
from model.nn.normal_cdf import normal_cdf
from tests.support.reference_formulas import Floats, density, formulas

BATCH = 100
# Sixteen roundings of float32. GELU's tail beyond −8 has exp(−z²/2) of a rounded z²: half a rounding of up to 170.
ERROR, GELU_TAIL_ERROR = 2e-6, 5e-6
# What float32 cannot hold in full may be 0. A sigmoid or normal density that z multiplies reaches that before f does.
SMALLEST = float(np.finfo(np.float32).tiny)
HUGE = float(np.float32(3e38))
ANY_Z = st.one_of(st.floats(-110, 110, width=32), st.floats(-20, 20, width=32), st.floats(-HUGE, HUGE, width=32))
EDGES = [sign * size for size in (0.0, 1e-30, 20.0, 90.0, 1e3, HUGE) for sign in (1, -1)]
DENSE = [*np.linspace(-110, 110, 22_001), *EDGES]


def value_and_slope(activation: Activation, z: Array) -> tuple[Floats, Floats]:
    """f(z) and f'(z) in the type of `z`."""
    a, slope = activation.value.evaluate(z)
    return a.astype(float), slope.astype(float)


def slope_terms(activation: Activation, z: Floats) -> Floats:
    """The size of what the slope is a sum of, which where it crosses 0 is more than the slope."""
    terms: Floats = np.abs(formulas(activation)[1](z))
    if activation is Activation.GELU:
        terms = special.ndtr(z) + np.abs(z) * density(z)
    elif activation is Activation.SILU:
        terms = special.expit(z) * (1 + np.abs(z) * special.expit(-z))
    return terms


@pytest.mark.parametrize("activation", Activation)
@given(numbers=st.lists(ANY_Z, min_size=1, max_size=40))
@example(numbers=DENSE)
def test_that_float32_agrees_with_float64_however_small_value_and_slope_are(
    activation: Activation, numbers: list[float]
) -> None:
    z = np.array(numbers, np.float32)
    exact: Floats = z.astype(float)
    a, slope = value_and_slope(activation, z)
    error = np.where((activation is Activation.GELU) & (exact < -8), GELU_TAIL_ERROR, ERROR)
    lost = SMALLEST * (1 + np.minimum(np.abs(exact), 100))
    exact_value, exact_slope = (f(exact) for f in formulas(activation))
    assert (np.abs(a - exact_value) <= error * np.abs(exact_value) + lost).all()
    assert (np.abs(slope - exact_slope) <= error * slope_terms(activation, exact) + lost).all()


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("activation", Activation)
def test_that_no_finite_z_raises_a_warning_or_gives_nan(activation: Activation, dtype: type, order: str) -> None:
    z: Array = np.array([EDGES, EDGES[::-1]], dtype, order="C" if order == "C" else "F")
    with np.errstate(over="warn", divide="warn", invalid="warn"):  # warnings are errors here
        a, slope = value_and_slope(activation, z)
    assert np.isfinite(a).all()
    assert np.isfinite(slope).all()


def test_that_the_lower_tail_of_the_normal_distribution_function_is_as_exact_as_it_says() -> None:
    for dtype, low, high, error in (
        ("float32", -8, 9, ERROR),
        ("float32", -12.9, -8, GELU_TAIL_ERROR),
        ("float64", -37, 9, 1e-12),
    ):
        z: Array = np.linspace(low, high, 100_001).astype(dtype)
        out = np.empty_like(z)
        normal_cdf(z, out, np.empty_like(z))
        assert np.abs(out / special.ndtr(z.astype(float)) - 1).max() < error


def after_a_pass(activation: Activation, std: float, seed: int, dataset: Dataset, numbers: str = "float32") -> Network:
    """A network of five layers of 100, weights from N(0, std), after one forward and backward pass."""
    config = Config(hidden=(100,) * 5, activation=activation, init=Initializer.GAUSS, init_std=std)
    network = Network.of(config.replace(numbers=numbers), dataset)
    network.initialise(np.random.default_rng(seed))
    network.allocate(BATCH)
    network.forward((dataset.train_images[:BATCH] / 255).astype(network.dtype), dataset.train_labels[:BATCH])
    network.backward()
    return network


@pytest.mark.parametrize("seed", range(4))
def test_that_no_unit_of_a_saturated_sigmoid_network_is_dead(seed: int, mnist: Dataset) -> None:
    network = after_a_pass(Activation.SIGMOID, 3.0, seed, mnist)
    layers = Meter(network).measure(0, 1.0, 0.5, EVERY_HISTOGRAM).layers
    assert [layer.dead for layer in layers] == [0] * 5
    assert min(layer.saturated for layer in layers) > 0.5, "a network that is not saturated proves nothing"


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("activation", [Activation.SIGMOID, Activation.TANH])
def test_that_the_gradient_of_a_saturated_network_is_that_of_float64_with_the_same_z(
    activation: Activation, seed: int, mnist: Dataset
) -> None:
    network = after_a_pass(activation, 100.0, seed, mnist)
    delta: Floats = network.gradients[-1].astype(float)
    for layer, behind in zip(network.hidden[::-1], network.affines[:0:-1], strict=True):
        slope = formulas(activation)[1](layer.affine.z.astype(float))
        delta = delta @ behind.weight.value.T.astype(float) * slope
    assert rms(network.hidden[0].activate.delta) == pytest.approx(rms(delta), rel=2e-5)


def test_that_layer_1_of_a_saturated_tanh_network_has_the_delta_of_float64(mnist: Dataset) -> None:
    # Of this seed, with the kernels of five processors. Of many others δ hangs on a few units near z = 0, which
    # rounding in the products z = x W moves: it differs by up to a quarter with any form of the activation.
    deltas = [
        rms(after_a_pass(Activation.TANH, 100.0, 1, mnist, numbers).hidden[0].activate.delta)
        for numbers in ("float32", "float64")
    ]
    assert deltas[0] == pytest.approx(deltas[1], rel=2e-2)
