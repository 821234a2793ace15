"""The ledger: gains that multiply out exactly, for every stage there is and any that may come."""

from math import inf, isnan, prod, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base.arrays import Array
from model.config.config import Config
from model.config.presets import PRESETS, Preset
from model.data.datasets import Dataset
from model.data.pixel_scaling import UNIT_SCALING
from model.measurement.gains import gains, rms
from model.measurement.ledger import total
from model.measurement.meter import Meter
from model.measurement.records import Record
from model.network.network import HiddenLayer, Network
from model.nn.activations import Activation
from model.nn.layers import Affine, Stage
from model.nn.normalization import Norm
from model.training.trainer import Trainer
from tests.support.reference_formulas import Floats


def plain_rms(values: Array) -> float:
    return sqrt(float(np.mean(np.square(values.astype(np.float64)))))


def spread(values: Array) -> float:
    """√(mean over units of the variance over images)."""
    return sqrt(float(values.astype(np.float64).var(axis=0).mean()))


def deltas(network: Network) -> list[Floats]:
    """What enters every layer's weights on the way back: the same chain in float64, from the loss and the weights."""
    found: list[Floats] = []
    gradient = network.gradients[-1].astype(np.float64)
    for stage in reversed(network.stages):
        if isinstance(stage, Affine):
            found.insert(0, gradient)
            gradient = gradient @ stage.weight.value.T.astype(np.float64)
        else:
            gradient = stage.backward(gradient.astype(network.dtype)).astype(np.float64)
    return found


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
@pytest.mark.parametrize("iteration", [0, 60])
def test_that_the_gains_of_every_preset_multiply_out_to_what_arrives(
    preset: Preset, iteration: int, mnist: Dataset
) -> None:
    with Trainer(preset.config.replace(iterations=iteration), mnist) as trainer:
        while not trainer.done:
            trainer.step()
            records = trainer.collect(wait=True)
        record, network = records[-1], trainer.network
    measured = [plain_rms(delta) for delta in deltas(network)]
    assert [layer.delta_rms for layer in record.all_layers] == pytest.approx(measured, rel=1e-5, abs=0)
    if not any(layer.residual for layer in network.hidden):  # the line of a residual layer ends at its input
        for layer, here, above in zip(record.layers, measured, measured[1:], strict=False):
            product = total(layer.gain)
            # Where nothing enters a stage, its factor is not a number; nothing arrives behind it either.
            assert product == pytest.approx(here / above, rel=1e-5) if not isnan(product) else here == 0
    if measured[0]:
        arrives = prod(total(layer.gain) for layer in record.layers)
        assert arrives == pytest.approx(measured[0] / measured[-1], rel=1e-5)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_that_the_gains_of_the_signal_multiply_out_too(preset: Preset, mnist: Dataset) -> None:
    with Trainer(preset.config.replace(iterations=0), mnist) as trainer:
        trainer.step()
        (record,) = trainer.collect(wait=True)
        signals = [spread(trainer.network.signals[0])]
        signals += [spread(layer.stages[-1].forward(trainer.network.signals[end - 1])) for layer, end in ends(trainer)]
        signals.append(spread(trainer.network.logits))
    assert record.input_std == pytest.approx(signals[0], rel=1e-4)
    assert [layer.signal_std for layer in record.all_layers] == pytest.approx(signals[1:], rel=1e-4, abs=1e-9)
    for layer, before, after in zip(record.all_layers, signals, signals[1:], strict=False):
        product = total(layer.signal_gain)
        assert product == pytest.approx(after / before, rel=2e-4) if not isnan(product) else after == 0


def ends(trainer: Trainer) -> list[tuple[HiddenLayer, int]]:
    """Each hidden layer with the number of the signal that leaves it."""
    found: list[tuple[HiddenLayer, int]] = []
    end = 0
    for layer in trainer.network.hidden:
        end += len(layer.stages)
        found.append((layer, end))
    return found


class Halve(Stage):
    """A kind of stage that nobody has thought of yet."""

    name = "halving"

    def allocate(self, images: int, dtype: type[np.floating]) -> None:
        self.y, self.dx = (np.empty((images, self.width), dtype) for _ in range(2))

    def forward(self, x: Array) -> Array:
        return np.multiply(x, 0.5, out=self.y)

    def backward(self, gradient: Array) -> Array:
        return np.multiply(gradient, 0.5, out=self.dx)

    def infer(self, x: Array, out: Array, scratch: Array) -> None:
        np.multiply(x, 0.5, out=out)

    def infer_backward(self, x: Array, y: Array, gradient: Array) -> Array:
        return gradient * 0.5


def measured(network: Network, inputs: int) -> Record:
    rng = np.random.default_rng(0)
    network.initialise(rng)
    network.allocate(network.config.batch_size)
    images = rng.random((network.config.batch_size, inputs)).astype(network.dtype)
    loss = network.forward(images, rng.integers(0, network.classes, len(images)))
    network.backward()
    return Meter(network).measure(0, loss, 0.5, frozenset())


@pytest.mark.parametrize("at", [1, 2])
def test_that_a_new_kind_of_stage_gets_its_factor_by_itself(at: int) -> None:
    network = Network(Config(hidden=(12, 9), activation=Activation.TANH, batch_size=30), 20, 3, UNIT_SCALING)
    layer = network.hidden[0]
    stages = (*layer.stages[:at], Halve(12), *layer.stages[at:])
    object.__setattr__(layer, "stages", stages)
    network.stages = [*stages, *network.stages[2:]]
    record = measured(network, 20)
    factors = dict(record.layers[0].gain)
    assert list(factors) == ["weights", *(["slope", "halving"] if at == 1 else ["halving", "slope"])]
    assert factors["halving"] == pytest.approx(0.5, rel=1e-5)
    assert dict(record.layers[0].signal_gain)["halving"] == pytest.approx(0.5, rel=1e-5)
    ratio = record.layers[0].delta_rms / record.layers[1].delta_rms
    assert prod(factors.values()) == pytest.approx(ratio, rel=1e-5)


@pytest.mark.parametrize("placement", Norm)
def test_that_the_stages_stand_in_the_order_they_are_passed(placement: Norm) -> None:
    network = Network(Config(hidden=(12, 9), norm=placement, batch_size=30), 20, 3, UNIT_SCALING)
    layer = measured(network, 20).layers[0]
    forward = [stage.name for stage in network.hidden[0].stages]
    assert [gain.stage for gain in layer.signal_gain] == forward
    assert [gain.stage for gain in layer.gain] == ["weights", *reversed(forward[1:])]


def test_that_a_network_without_hidden_layers_has_an_empty_ledger() -> None:
    record = measured(Network(Config(hidden=(), batch_size=30), 20, 3, UNIT_SCALING), 20)
    assert record.layers == ()
    assert record.output.gain == ()
    assert [gain.stage for gain in record.output.signal_gain] == ["weights"]


@given(st.lists(st.floats(1e-20, 1e20), min_size=1, max_size=10))
def test_that_any_gains_multiply_out_to_the_ratio_of_their_ends(strengths: list[float]) -> None:
    found = gains([str(number) for number in range(len(strengths) - 1)], strengths)
    assert prod(gain.factor for gain in found) == pytest.approx(strengths[-1] / strengths[0], rel=1e-9)


def test_that_nothing_divided_by_nothing_is_not_a_number_and_nothing_of_something_is_0() -> None:
    first, second = gains(["weights", "slope"], [1.0, 0.0, 0.0])
    assert first.factor == 0
    assert isnan(second.factor)


@given(
    values=st.lists(st.floats(-1, 1, width=32), min_size=1, max_size=50), power=st.integers(-34, 34),
)  # fmt: skip
def test_that_rms_is_right_however_small_or_large_the_values(values: list[float], power: int) -> None:
    scaled = (np.array(values) * 10.0**power).astype(np.float32)
    with np.errstate(over="ignore"):
        assert rms(scaled) == pytest.approx(plain_rms(scaled), rel=1e-5, abs=1e-45)


def test_that_rms_takes_any_order_in_memory_and_nothing_at_all() -> None:
    values = np.arange(12, dtype=np.float32).reshape(3, 4)
    assert rms(values.T) == rms(values) == pytest.approx(plain_rms(values))
    assert rms(np.empty(0)) == 0
    assert rms(np.array([inf])) == inf
