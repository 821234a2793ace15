"""Activation functions: values and slopes against SciPy's formulas, and safety far from 0."""

import pickle

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import optimize, special

from model.base.arrays import Array
from model.nn.activations import Activation
from model.nn.layers import Activate
from model.nn.normal_cdf import normal_cdf
from tests.support.reference_formulas import Floats, formulas

FAR = np.array([-1e4, -1234.567, -745.2, -104.0, -88.8, -30.0, -0.0, 0.0, 30.0, 88.8, 104.0, 745.2, 1234.567, 1e4])
NEAR = np.random.default_rng(0).normal(0, 6, 50_000)
TINY = np.concatenate([np.geomspace(1e-12, 1, 200), -np.geomspace(1e-12, 1, 200)])
# Of values the largest error relative to max(1, |f|), of slopes absolute: some roundings of float32 (1.2e-7).
ERROR = {"float32": 1e-6, "float64": 1e-12}


def evaluated(activation: Activation, z: NDArray[np.floating]) -> tuple[Floats, Floats]:
    """f(z) and f'(z) as the model computes them in the type of `z`."""
    stage = Activate(z.size, activation)
    stage.allocate(1, z.dtype.type)
    a = stage.forward(z.reshape(1, -1).copy()).astype(float)
    slope = stage.backward(np.ones((1, z.size), z.dtype)).astype(float)
    return a.ravel(), slope.ravel()


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("activation", Activation)
def test_that_values_and_slopes_are_those_of_the_formula(activation: Activation, dtype: str) -> None:
    z = np.concatenate([FAR, NEAR, TINY]).astype(dtype)
    value, slope = (f(z.astype(float)) for f in formulas(activation))
    got_value, got_slope = evaluated(activation, z)
    assert np.max(np.abs(got_value - value) / np.maximum(1, np.abs(value))) < ERROR[dtype]
    off_the_kink = z != 0
    assert np.max(np.abs(got_slope - slope)[off_the_kink]) < ERROR[dtype]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("activation", Activation)
def test_that_nothing_overflows_far_from_zero(activation: Activation, dtype: str) -> None:
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        value, slope = evaluated(activation, FAR.astype(dtype))
    assert np.isfinite(value).all()
    assert np.isfinite(slope).all()


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("activation", Activation)
def test_that_evaluation_computes_the_bits_that_training_computes(activation: Activation, dtype: str) -> None:
    z = np.concatenate([FAR, NEAR[:1000]]).astype(dtype).reshape(1, -1)
    stage = Activate(z.size, activation)
    stage.allocate(1, z.dtype.type)
    out, scratch = np.empty_like(z), np.empty_like(z)
    stage.infer(z.copy(), out, scratch)
    np.testing.assert_array_equal(stage.forward(z.copy()), out)


@pytest.mark.parametrize("activation", Activation)
def test_that_the_largest_slope_is_the_one_an_optimiser_finds(activation: Activation) -> None:
    slope = formulas(activation)[1]
    starts = np.linspace(-8, 8, 65)
    best = starts[np.argmax(np.abs(slope(starts)))]
    found = optimize.minimize_scalar(
        lambda z: -float(np.abs(slope(np.array([z])))[0]), bounds=(best - 0.25, best + 0.25), method="bounded",
        options={"xatol": 1e-9},
    )  # fmt: skip
    assert activation.max_slope == pytest.approx(-found.fun, rel=1e-4)


@pytest.mark.parametrize(
    ("name", "slope"), [("SIGMOID", 0.25), ("TANH", 1), ("RELU", 1), ("SILU", 1.0998), ("GELU", 1.1289)]
)
def test_that_the_largest_slope_is_the_published_one(name: str, slope: float) -> None:
    assert Activation[name].max_slope == pytest.approx(slope, abs=1e-4)


@pytest.mark.parametrize("activation", Activation)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_that_values_stay_within_the_declared_bounds_and_fill_them(activation: Activation, dtype: str) -> None:
    value = evaluated(activation, np.concatenate([FAR, np.linspace(-8, 8, 4001)]).astype(dtype))[0]
    low, high = activation.value.low, activation.value.high
    rounding = np.finfo(dtype).eps * 4
    if low is None:
        assert value.min() < -50
    else:
        assert low - rounding <= value.min() <= low + 2e-3
    if high is None:
        assert value.max() > 1e3
    else:
        assert high - 2e-3 <= value.max() <= high + rounding


def test_that_those_with_a_whole_range_of_exact_zeros_say_so() -> None:
    for activation in Activation:
        zeros = (formulas(activation)[0](np.linspace(-9, -0.1, 90)) == 0).all()
        assert activation.exact_zeros == zeros, activation.name
    assert Activation.RELU.exact_zeros


@pytest.mark.parametrize(("dtype", "error"), [(np.float32, 3e-7), (np.float64, 1e-12)])
def test_that_the_normal_distribution_function_is_as_exact_as_it_says(dtype: type, error: float) -> None:
    z: Array = np.concatenate([NEAR, FAR, TINY]).astype(dtype)
    out = np.empty_like(z)
    normal_cdf(z, out, np.empty_like(z))
    assert np.abs(out - special.ndtr(z.astype(float))).max() < error


def test_that_gelu_is_the_exact_form_and_not_the_tanh_approximation() -> None:
    z = np.linspace(-4, 4, 801)
    approximate = z / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)))
    exact = z / 2 * special.erfc(-z / np.sqrt(2))
    assert np.abs(approximate - exact).max() > 1e-4
    assert np.abs(evaluated(Activation.GELU, z)[0] - exact).max() < 1e-12


@pytest.mark.parametrize("activation", Activation)
def test_that_members_survive_pickling(activation: Activation) -> None:
    assert pickle.loads(pickle.dumps(activation)) is activation


@pytest.mark.parametrize("activation", Activation)
def test_that_a_flat_unit_is_called_saturated_only_where_both_ends_are_bounded(activation: Activation) -> None:
    value = formulas(activation)[0](np.array([-1e4, 1e4]))
    assert activation.flat_word == ("saturated" if np.abs(value).max() <= 1 else "off")
