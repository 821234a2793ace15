"""What a record says of a layer against plain NumPy, and how its axis behaves."""

from dataclasses import FrozenInstanceError
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.config.config import Config
from model.data.pixel_scaling import UNIT_SCALING
from model.measurement.histograms import Histogram
from model.measurement.meter import Meter
from model.measurement.records import EVERY_HISTOGRAM, LayerRecord
from model.network.network import Network
from model.nn.activations import Activation
from tests.support.reference_formulas import Floats, formulas

IMAGES, UNITS = 40, 25


class Probe:
    """A network of one hidden layer whose z one sets at will, and its meter."""

    def __init__(self, activation: Activation, numbers: str = "float32", images: int = IMAGES) -> None:
        config = Config(hidden=(UNITS,), activation=activation, batch_size=images).replace(numbers=numbers)
        self.network = Network(config, UNITS, 2, UNIT_SCALING)
        self.network.allocate(images)
        self.network.affines[0].weight.value[:] = np.eye(UNITS)
        self.labels = np.zeros(images, np.intp)
        self.meter = Meter(self.network)

    def measure(self, z: Floats) -> LayerRecord:
        self.network.forward(z.astype(self.network.dtype), self.labels)
        self.network.backward()
        (layer,) = self.meter.measure(0, 1.0, 0.5, EVERY_HISTOGRAM).layers
        return layer

    def histogram(self, z: Floats) -> Histogram:
        return shown_in(self.measure(z))

    @property
    def a(self) -> Floats:
        return self.network.hidden[0].activate.a.astype(float)


def shown_in(layer: LayerRecord) -> Histogram:
    """The histogram of a layer's activations."""
    assert layer.histograms.a is not None
    return layer.histograms.a


def random_z(seed: int = 0, size: float = 2, shift: float = 0) -> Floats:
    return np.random.default_rng(seed).normal(shift, size, (IMAGES, UNITS))


def check_histogram(layer: LayerRecord, a: Floats) -> None:
    """Compare with np.histogram; values at an edge of a bin may round into its neighbour."""
    shown = shown_in(layer)
    total = shown.shares.sum() + shown.below + shown.above + shown.zeros
    assert total == pytest.approx(1, abs=1e-12)
    for share in (*shown.shares, shown.below, shown.above, shown.zeros):
        assert 0 <= share <= 1
    assert shown.low < shown.high
    slack = (shown.high - shown.low) * 1e-6
    assert abs(shown.below - (a < shown.low - slack).mean()) < 1e-12
    assert abs(shown.above - (a > shown.high + slack).mean()) < 1e-12
    inside = a[(a != 0) | (shown.zeros == 0)]
    expected = np.histogram(inside, len(shown.shares), (shown.low, shown.high))[0] / a.size
    assert np.abs(np.cumsum(expected) - np.cumsum(shown.shares)).max() < 0.02


@pytest.mark.parametrize("numbers", ["float32", "float64"])
@pytest.mark.parametrize("activation", Activation)
def test_that_a_layer_is_measured_as_plain_numpy_measures_it(activation: Activation, numbers: str) -> None:
    probe = Probe(activation, numbers)
    for seed, (size, shift) in enumerate([(2, 0), (0.01, 0), (30, 5), (1, -6), (500, 0)]):
        z = random_z(seed, size, shift).astype(numbers).astype(float)
        layer = probe.measure(z)
        a, slope = (f(z) for f in formulas(activation))
        assert layer.name == "Layer 1"
        assert layer.activation_mean == pytest.approx(a.mean(), rel=1e-4, abs=1e-6)
        assert layer.activation_std == pytest.approx(a.std(), rel=1e-4, abs=1e-6)
        steepest = np.abs(formulas(activation)[1](np.linspace(-10, 10, 20_001))).max()
        assert layer.saturated == pytest.approx((np.abs(slope) < 0.05 * steepest).mean(), abs=0.003)
        assert layer.dead == pytest.approx((probe.a == 0).all(axis=0).mean(), abs=1e-12)
        check_histogram(layer, probe.a)


def test_that_dead_units_are_those_that_answer_zero_to_every_image() -> None:
    z = np.abs(random_z())
    z[:, :5] = -1
    z[:-1, 5:10] = -1  # alive by one image
    layer = Probe(Activation.RELU).measure(z)
    assert layer.dead == pytest.approx(5 / UNITS)
    assert layer.saturated == pytest.approx((z < 0).mean())
    assert shown_in(layer).zeros == pytest.approx((z < 0).mean())


@pytest.mark.parametrize("activation", [Activation.SIGMOID, Activation.TANH, Activation.SOFTSIGN])
def test_that_bounded_activations_have_their_bounds_as_axis_and_lose_nothing(activation: Activation) -> None:
    for z in (random_z(), random_z(size=1e4), random_z(size=1e-9)):
        shown = Probe(activation).histogram(z)
        assert (shown.low, shown.high) == (activation.value.low, activation.value.high)
        assert (shown.below, shown.above, shown.zeros) == (0, 0, 0)
        assert shown.shares.sum() == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("activation", [Activation.ELU, Activation.SELU, Activation.GELU, Activation.SILU])
@pytest.mark.parametrize("numbers", ["float32", "float64"])
def test_that_nothing_falls_below_the_lower_bound(activation: Activation, numbers: str) -> None:
    z = np.tile(np.linspace(-60, 3, UNITS), (IMAGES, 1)) + random_z(size=0.5)
    assert Probe(activation, numbers).histogram(z).below == 0


@given(
    activation=st.sampled_from(list(Activation)), numbers=st.sampled_from(["float32", "float64"]),
    values=st.lists(st.floats(-1e6, 1e6, width=32), min_size=1, max_size=UNITS),
)  # fmt: skip
def test_that_the_shares_of_any_values_add_up(activation: Activation, numbers: str, values: list[float]) -> None:
    probe = Probe(activation, numbers)
    layer = probe.measure(np.resize(np.array(values), (IMAGES, UNITS)))
    shown = shown_in(layer)
    assert shown.shares.sum() + shown.below + shown.above + shown.zeros == pytest.approx(1, abs=1e-12)
    assert min(*shown.shares, shown.below, shown.above, shown.zeros) >= 0
    assert np.isfinite([shown.low, shown.high, layer.activation_mean, layer.activation_std]).all()


@pytest.mark.parametrize("numbers", ["float32", "float64"])
@pytest.mark.parametrize("top", [step * 10.0**power for step in (1, 1.5, 2, 3, 5, 7) for power in range(-6, 7)])
def test_that_a_value_on_the_edge_of_the_axis_belongs_to_the_last_bin(top: float, numbers: str) -> None:
    z = np.full((IMAGES, UNITS), top)
    shown = Probe(Activation.IDENTITY, numbers).histogram(z)
    assert (shown.low, shown.below, shown.above) == (0, 0, 0)
    assert shown.shares.min() >= 0
    assert shown.shares[-1] == 1 or shown.high > top * 1.001


def test_that_values_far_out_are_counted_rather_than_dropped() -> None:
    z = np.clip(random_z(), -3, 3)
    z[0, 0], z[1, 1] = 1000, -1000
    shown = Probe(Activation.IDENTITY).histogram(z)
    # A thousandth of the values lies beyond five standard deviations.
    assert shown.high < 1000
    assert shown.above == shown.below == pytest.approx(1 / z.size)


def test_that_the_axis_covers_the_values_without_wasting_most_of_itself() -> None:
    for power in range(-8, 9):
        z = np.abs(random_z()) * 10.0**power
        shown = Probe(Activation.RELU).histogram(z)
        assert shown.low == 0
        assert shown.above == 0
        assert 0.4 * shown.high < z.max() <= shown.high


def test_that_the_axis_stands_still_while_values_wobble() -> None:
    rng = np.random.default_rng(8)
    probe, axes = Probe(Activation.IDENTITY), []
    for _ in range(200):
        shown = probe.histogram(random_z(1, size=2 * rng.uniform(0.8, 1.25)))
        axes.append((shown.low, shown.high))
    changes = sum(one != other for one, other in pairwise(axes))
    assert changes <= 2, "it may grow at first, but never back and forth"


def test_that_the_axis_follows_a_signal_that_grows_or_fades_for_good() -> None:
    probe = Probe(Activation.IDENTITY)
    highs = [probe.histogram(random_z(1, size)).high for size in np.geomspace(1e-3, 1e3, 60)]
    assert highs == sorted(highs)
    assert len(set(highs)) > 20
    highs = [probe.histogram(random_z(1, size)).high for size in np.geomspace(1e3, 1e-3, 60)]
    assert highs == sorted(highs, reverse=True)
    assert len(set(highs)) < 20, "shrinking waits until 60 % is empty"


def test_that_layers_share_one_axis() -> None:
    config = Config(hidden=(30, 20, 10), batch_size=IMAGES)
    network = Network(config, 7, 3, UNIT_SCALING)
    network.initialise(np.random.default_rng(0))
    network.allocate(IMAGES)
    network.forward(np.random.default_rng(1).random((IMAGES, 7), np.float32), np.zeros(IMAGES, np.intp))
    network.backward()
    layers = Meter(network).measure(0, 1.0, 0.5, EVERY_HISTOGRAM).layers
    assert [layer.name for layer in layers] == ["Layer 1", "Layer 2", "Layer 3"]
    assert len({(shown_in(layer).low, shown_in(layer).high) for layer in layers}) == 1
    for layer, hidden in zip(layers, network.hidden, strict=True):
        check_histogram(layer, hidden.activate.a.astype(float))


def test_that_records_are_frozen_copies() -> None:
    probe = Probe(Activation.TANH)
    layer = probe.measure(random_z())
    before = shown_in(layer).shares.copy()
    with pytest.raises(FrozenInstanceError):
        layer.dead = 1  # type: ignore[misc]  # that it cannot be assigned is the test
    with pytest.raises(FrozenInstanceError):
        shown_in(layer).low = 0  # type: ignore[misc]  # likewise
    with pytest.raises(ValueError, match="read-only"):
        shown_in(layer).shares[0] = 1
    probe.measure(random_z(5, 9))
    np.testing.assert_array_equal(shown_in(layer).shares, before)


def test_that_values_beyond_the_square_root_of_float32_have_a_finite_spread() -> None:
    with np.errstate(over="ignore"):  # as the trainer has it
        layer = Probe(Activation.IDENTITY).measure(random_z(size=1e25))
    assert layer.activation_std == pytest.approx(random_z(size=1e25).std(), rel=1e-3)
    assert np.isfinite(layer.activation_mean)


def test_that_values_at_the_end_of_float32_have_a_finite_mean_and_spread() -> None:
    """Neither their differences nor their sum is within its range."""
    z = np.where(random_z() > 0, 3e38, -3.2e38)
    with np.errstate(over="ignore", invalid="ignore"):  # as the trainer has it
        layer = Probe(Activation.IDENTITY).measure(z)
    assert layer.activation_std == pytest.approx(z.astype(np.float64).std(), rel=1e-5)
    assert layer.activation_mean == pytest.approx(z.astype(np.float64).mean(), rel=1e-4)
