"""Mean-field theory against real networks on MNIST, closed forms, and every Config there can be."""

from dataclasses import replace
from math import acos, isfinite, isnan, pi, prod, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.base.arrays import Array, Float
from model.config.config import Config
from model.config.hidden_layers import MAX_LAYERS, MAX_UNITS
from model.data.datasets import Dataset
from model.data.pixel_scaling import UNIT_SCALING
from model.measurement.gains import rms
from model.measurement.theory import Expected, Images, Theory, images_of, predict
from model.measurement.theory_stages import Units, through
from model.network.network import Network
from model.nn.activations import Activation
from model.nn.batch_norm import BatchNorm
from model.nn.initializers import Initializer
from model.nn.layers import Activate, Affine, Stage
from model.nn.normalization import Norm
from model.nn.residual import ShortcutEnd, ShortcutStart
from tests.support import hypothesis_strategies

WIDE = (300, 300, 300)
SEEDS = 4
MNIST = Images(784, 10, 0.2115, 0.2593)
WEIGHTS, SLOPE, NORM = Affine.name, Activate.name, BatchNorm.name
HE, XAVIER, GAUSS = Initializer.HE, Initializer.XAVIER, Initializer.GAUSS


def config_of(activation: Activation, init: Initializer, std: float, placement: Norm) -> Config:
    config = Config(hidden=WIDE, activation=activation, init=init, init_std=std, norm=placement)
    return config.replace(numbers="float64")


def measured(config: Config, dataset: Dataset) -> tuple[Array, Array]:
    """The spread over images before and after every stage, and RMS of δ behind and before every stage but the first.

    Both RMS over several networks.
    """
    signal, gradient = [], []
    for seed in range(SEEDS):
        rng = np.random.default_rng(seed)
        network = Network.of(config, dataset)
        network.initialise(rng)
        network.allocate(config.batch_size)
        batch = rng.integers(0, len(dataset.train_images), config.batch_size)
        x: Array = dataset.train_images[batch] / 255
        network.forward(x, dataset.train_labels[batch])
        variances = [float(x.var(axis=0).mean())]
        for stage in network.stages:
            x = stage.forward(x)
            variances.append(float(x.var(axis=0).mean()))
        delta = network.loss.backward()
        squares = [rms(delta) ** 2]
        for stage in network.stages[:0:-1]:
            delta = stage.backward(delta)
            squares.append(rms(delta) ** 2)
        signal.append(variances)
        gradient.append(squares)
    return np.sqrt(np.array(signal).mean(axis=0)), np.sqrt(np.array(gradient).mean(axis=0))


def expected(theory: Theory) -> tuple[Array, Array]:
    """The same numbers as `measured`, in theory."""
    forwards = [gain.factor for layer in (*theory.layers, theory.output) for gain in layer.signal_gain]
    backwards = [gain.factor for layer in reversed(theory.layers) for gain in layer.gain]
    return np.cumprod([theory.input_std, *forwards]), np.cumprod([theory.output.delta_rms, *backwards])


def numbers(theory: Theory) -> list[tuple[float, float]]:
    """Signal and δ of every layer, from the input side."""
    return [(layer.signal_std, layer.delta_rms) for layer in (*theory.layers, theory.output)]


def factors(layer: Expected) -> tuple[list[float], list[float]]:
    return [gain.factor for gain in layer.signal_gain], [gain.factor for gain in layer.gain]


# Not batch norm after activations that leave some units constant in a batch: those decide the RMS, as chance has it.
CASES = [
    *((activation, HE, 0.0, Norm.NONE) for activation in Activation),
    *((activation, GAUSS, 1.0, Norm.NONE) for activation in Activation),
    *((activation, XAVIER, 0.0, Norm.BATCH_BEFORE) for activation in Activation),
    *((Activation.TANH, init, 0.02, Norm.NONE) for init in Initializer if init is not Initializer.ZEROS),
    *((Activation.RELU, init, 0.02, Norm.BATCH_BEFORE) for init in Initializer if init is not Initializer.ZEROS),
    *((activation, Initializer.PYTORCH, 0.0, Norm.NONE) for activation in Activation),
    (Activation.SIGMOID, GAUSS, 0.01, Norm.NONE),
    (Activation.SIGMOID, GAUSS, 1.0, Norm.BATCH_BEFORE),
    (Activation.SOFTPLUS, GAUSS, 1.0, Norm.BATCH_BEFORE),
    (Activation.SIGMOID, GAUSS, 0.01, Norm.BATCH_AFTER),
    (Activation.SIGMOID, HE, 0.0, Norm.BATCH_AFTER),
    (Activation.TANH, XAVIER, 0.0, Norm.BATCH_AFTER),
    (Activation.SELU, XAVIER, 0.0, Norm.BATCH_AFTER),
    (Activation.SOFTPLUS, HE, 0.0, Norm.BATCH_AFTER),
    (Activation.IDENTITY, HE, 0.0, Norm.BATCH_AFTER),
]


@pytest.mark.parametrize(("activation", "init", "std", "placement"), CASES)
def test_that_the_first_iteration_lands_on_the_theory(
    activation: Activation, init: Initializer, std: float, placement: Norm, mnist: Dataset
) -> None:
    config = config_of(activation, init, std or 0.01, placement)
    near = 0.14 if config.normalises else 0.07  # the batch's statistics add some percent per layer
    for found, wanted in zip(measured(config, mnist), expected(predict(config, images_of(mnist))), strict=True):
        np.testing.assert_allclose(found, wanted, rtol=near)
        np.testing.assert_allclose(found[1:] / found[:-1], wanted[1:] / wanted[:-1], rtol=0.06)


def test_that_images_are_known_from_a_sample_of_all(mnist: Dataset, tiny: Dataset) -> None:
    for dataset, near in ((mnist, 0.02), (tiny, 0.02)):
        images, pixels = images_of(dataset), dataset.train_images / 255
        assert (images.inputs, images.classes) == (dataset.inputs, dataset.classes)
        assert images.mean == pytest.approx(rms(pixels.mean(axis=0)), rel=near)
        assert images.std == pytest.approx(sqrt(pixels.var(axis=0).mean()), rel=near)


def test_that_a_data_set_of_one_image_shows_nothing(tiny: Dataset) -> None:
    same = replace(tiny, train_images=np.repeat(tiny.train_images[:1], len(tiny.train_images), axis=0))
    assert images_of(same).std == 0
    assert [signal for signal, _ in numbers(predict(Config(), images_of(same)))] == [0, 0, 0]


@pytest.mark.parametrize("placement", Norm)
def test_that_theory_passes_the_stages_of_the_network(placement: Norm) -> None:
    config = Config(hidden=(7, 5, 6), norm=placement)
    theory, network = predict(config, Images(9, 4, 0.2, 0.3)), Network(config, 9, 4, UNIT_SCALING)
    assert [layer.name for layer in theory.layers] == [layer.name for layer in network.hidden]
    assert theory.output.name == "Output"
    forwards = [gain.stage for layer in (*theory.layers, theory.output) for gain in layer.signal_gain]
    backwards = [gain.stage for layer in reversed(theory.layers) for gain in layer.gain]
    assert forwards == [stage.name for stage in network.stages]
    assert backwards == [stage.name for stage in network.stages[:0:-1]]
    assert theory.output.gain == ()


class Dropout(Stage):
    """A stage that theory has no rule for."""

    name = "dropout"

    def allocate(self, images: int, dtype: Float) -> None: ...

    def forward(self, x: Array) -> Array:
        return x

    def backward(self, gradient: Array) -> Array:
        return gradient

    def infer(self, x: Array, out: Array, scratch: Array) -> None: ...

    def infer_backward(self, x: Array, y: Array, gradient: Array) -> Array:
        return gradient


def test_that_every_kind_of_stage_has_its_rule_and_a_new_one_is_asked_for_it() -> None:
    kinds = [kind for kind in Stage.__subclasses__() if kind.__module__.startswith("model.")]
    # The ends of a shortcut have none: theory adds the way around a layer to that through its other stages.
    kinds = [kind for kind in kinds if kind not in (ShortcutStart, ShortcutEnd)]
    assert len(kinds) >= 3
    assert all(through.dispatch(kind) is not through.dispatch(Stage) for kind in kinds)
    with pytest.raises(TypeError, match="no rule for the stage Dropout"):
        through(Dropout(3), Units(np.ones(1), np.zeros(1), np.ones(1)), Config())


@pytest.mark.parametrize("placement", Norm)
@pytest.mark.parametrize("activation", Activation)
def test_that_gains_multiply_out(activation: Activation, placement: Norm) -> None:
    theory = predict(config_of(activation, HE, 0.01, placement), MNIST)
    layers = (*theory.layers, theory.output)
    before = theory.input_std
    for layer, following in zip(layers, (*layers[1:], None), strict=True):
        signal, delta = factors(layer)
        assert before * prod(signal) == pytest.approx(layer.signal_std, rel=1e-9)
        assert not following or following.delta_rms * prod(delta) == pytest.approx(layer.delta_rms, rel=1e-9)
        before = layer.signal_std


def test_that_without_a_non_linearity_only_the_weights_count() -> None:
    theory = predict(Config(hidden=(50, 80), activation=Activation.IDENTITY, init=GAUSS, init_std=0.3), MNIST)
    for layer, n_in, n_out in zip(theory.layers, (784, 50), (80, 10), strict=True):
        assert factors(layer)[0] == pytest.approx([0.3 * sqrt(n_in), 1], rel=1e-9)
        assert factors(layer)[1] == pytest.approx([0.3 * sqrt(n_out), 1], rel=1e-9)


def test_that_he_weights_make_up_for_relu() -> None:
    theory = predict(Config(hidden=(64,) * 6), MNIST)
    for layer in theory.layers[:-1]:
        assert factors(layer)[1] == pytest.approx([sqrt(2), sqrt(1 / 2)], rel=1e-9)


@pytest.mark.parametrize("init_std", [0.045, 0.1])
def test_that_what_relu_leaves_visible_is_the_arc_cosine_kernel(init_std: float) -> None:
    # Cho & Saul 2009, order 1: E[f(z)f(z')] = q (sin θ + (π − θ) cos θ) / 2π, θ the angle between two images.
    images, width = Images(784, 10, 0.2, 0.3), 1000
    theory = predict(Config(hidden=(width,) * 50, init=GAUSS, init_std=init_std), images)
    gain = init_std * init_std
    q, visible = 784 * gain * (0.2**2 + 0.3**2), 784 * gain * 0.3**2
    for layer in theory.layers:
        cosine = 1 - visible / q
        angle = acos(cosine)
        left = q / 2 - q * (sqrt(1 - cosine * cosine) + (pi - angle) * cosine) / (2 * pi)
        assert layer.signal_std == pytest.approx(sqrt(left), rel=2e-3)
        q, visible = width * gain * q / 2, width * gain * left


def test_that_relu_has_no_scale() -> None:
    faint, huge = (predict(Config(hidden=(MAX_UNITS,) * 50, init=GAUSS, init_std=std), MNIST) for std in (1e-3, 100.0))
    assert huge.layers[-1].signal_std > 1e170
    for one, other in zip(faint.layers, huge.layers, strict=True):
        assert factors(one)[0][1] == pytest.approx(factors(other)[0][1], rel=3e-2)
        assert [factors(layer)[1][1] for layer in (one, other)] == pytest.approx([sqrt(1 / 2)] * 2, rel=1e-9)


@pytest.mark.parametrize("images", [MNIST, Images(784, 10, 0.9, 0.02)])
def test_that_a_saturated_sigmoid_is_a_step(images: Images) -> None:
    theory = predict(Config(hidden=(400, 400), activation=Activation.SIGMOID, init=GAUSS, init_std=100.0), images)
    first, second = theory.layers
    similar = images.mean**2 / (images.mean**2 + images.std**2)
    # Two images differ in a unit with probability acos(similar) / π, and ∫ f'(z)² dz = 1/6.
    assert first.signal_std == pytest.approx(sqrt(acos(similar) / (2 * pi)), rel=2e-2)
    spread = 100 * sqrt(784) * sqrt(images.mean**2 + images.std**2)
    assert factors(first)[1][1] == pytest.approx(sqrt(1 / 6 / sqrt(2 * pi) / spread), rel=2e-2)
    similar = 1 - acos(similar) / pi
    assert second.signal_std == pytest.approx(sqrt(acos(similar) / (2 * pi)), rel=2e-2)


def test_that_a_faint_signal_passes_a_sigmoid_by_a_quarter_even_below_rounding() -> None:
    theory = predict(Config(hidden=(40, 20) * 10, activation=Activation.SIGMOID, init=GAUSS), MNIST)
    assert theory.layers[-1].signal_std < 1e-25
    for layer, n_in, n_out in zip(theory.layers[1:-1], (40, 20) * 9, (40, 20) * 9, strict=True):
        signal, delta = factors(layer)
        assert signal == pytest.approx([sqrt(n_in) * 0.01, 1 / 4], rel=2e-3)
        assert delta == pytest.approx([sqrt(n_out) * 0.01, 1 / 4], rel=2e-3)


@pytest.mark.parametrize("epsilon", [1e-12, 1e-2, 1.0])
@pytest.mark.parametrize("images", [10, 20, 100])
def test_that_batch_norm_takes_mean_and_size_out_of_the_gradient(images: int, epsilon: float) -> None:
    """Of batches whose own variances differ, as those of few images do."""
    width, spread = 20_000, 0.7
    rng = np.random.default_rng(1)
    norm = BatchNorm(width, 0.9, epsilon)
    norm.gamma.value, norm.beta.value = np.ones(width), np.zeros(width)
    norm.gamma.gradient, norm.beta.gradient = np.empty(width), np.empty(width)
    norm.allocate(images, np.float64)
    x = rng.normal(0, spread, (images, width))
    delta = rng.normal(0, 1, x.shape)
    kind = Units(np.ones(1), np.array([5.0]), np.array([spread]))
    step = through(norm, kind, Config(norm=Norm.BATCH_BEFORE, batch_size=images))
    assert step.after.std[0] == pytest.approx(norm.forward(x).std(), rel=0.03)
    assert step.after.mean[0] == 0
    assert step.own[0] == pytest.approx(rms(norm.backward(delta)) / rms(delta), rel=0.03, abs=1e-6)
    assert step.back(Units(np.ones(1), np.ones(1), np.zeros(1))).size == 0


@pytest.mark.parametrize("images", [2, 3])
def test_that_batches_of_three_images_have_no_expected_gradient_before_their_batch_norm(images: int) -> None:
    theory = predict(Config(norm=Norm.BATCH_BEFORE, batch_size=images), MNIST)
    assert [isnan(delta) for _, delta in numbers(theory)] == [True, True, False]
    assert all(isfinite(signal) for signal, _ in numbers(theory))


@pytest.mark.parametrize("classes", [2, 10, 256])
def test_that_delta_at_the_logits_is_that_of_chance(classes: int) -> None:
    images = Images(784, classes, 0.2, 0.3)
    faint, extreme = (
        predict(Config(hidden=(), init=GAUSS, init_std=std, batch_size=50), images) for std in (1e-6, 100.0)
    )
    # All classes alike; or one class for sure, which mostly is the wrong one.
    share = (1 - 1 / classes) / classes
    assert faint.output.delta_rms == pytest.approx(sqrt(share) / 50, rel=1e-6)
    assert extreme.output.delta_rms == pytest.approx(sqrt(2 * share) / 50, rel=1e-2)


@pytest.mark.parametrize("placement", Norm)
@pytest.mark.parametrize("activation", Activation)
def test_that_zeros_let_nothing_through(activation: Activation, placement: Norm) -> None:
    config = config_of(activation, Initializer.ZEROS, 0.01, placement)
    theory = predict(config, MNIST)
    assert [signal for signal, _ in numbers(theory)] == [0, 0, 0, 0]
    assert [delta for _, delta in numbers(theory)] == [0, 0, 0, pytest.approx(0.3 / config.batch_size)]
    assert factors(theory.layers[0])[0][0] == 0
    assert factors(theory.layers[-1])[1][0] == 0
    others = (*factors(theory.layers[0])[0][1:], *factors(theory.layers[-1])[1][1:], *factors(theory.layers[0])[1])
    assert all(map(isnan, others))


def test_that_a_network_without_hidden_layers_has_a_theory_of_its_logits(mnist: Dataset) -> None:
    config = Config(hidden=(), init=GAUSS, init_std=0.1)
    theory = predict(config, images_of(mnist))
    assert theory.layers == ()
    assert factors(theory.output)[0] == pytest.approx([2.8], rel=1e-9)
    signal, delta = measured(config.replace(numbers="float64"), mnist)
    assert theory.output.signal_std == pytest.approx(signal[-1], rel=0.1)
    assert theory.output.delta_rms == pytest.approx(delta[-1], rel=0.05)


def test_that_the_lesson_s_first_network_loses_its_gradient_to_slope_and_weights() -> None:
    theory = predict(Config(hidden=(40, 20), activation=Activation.SIGMOID, init=GAUSS, init_std=0.01), MNIST)
    assert [[gain.stage for gain in layer.gain] for layer in theory.layers] == [[WEIGHTS, SLOPE], [WEIGHTS, SLOPE]]
    assert factors(theory.layers[0])[1] == pytest.approx([sqrt(20) * 0.01, 0.25], rel=1e-2)
    assert factors(theory.layers[1])[1] == pytest.approx([sqrt(10) * 0.01, 0.25], rel=1e-2)


def check_sane(theory: Theory) -> None:
    """Everything is a number of sensible sign; a gain is NaN only where nothing enters."""
    assert all(isfinite(value) and value >= 0 for pair in numbers(theory) for value in pair)
    entering = theory.input_std
    for layer in (*theory.layers, theory.output):
        for gain in layer.signal_gain:
            assert isnan(gain.factor) == (entering == 0)
            entering = 0 if isnan(gain.factor) else entering * gain.factor
    for layer in (*theory.layers, theory.output):
        for gain in layer.gain:
            assert isnan(gain.factor) or (isfinite(gain.factor) and gain.factor >= 0)


@settings(max_examples=200)
@given(
    settings_of_a_run=hypothesis_strategies.settings_of_a_run(),
    classes=st.integers(2, 256),
    mean=st.sampled_from([0.0, 0.01, 0.2, 1.0]),
    std=st.sampled_from([0.0, 1e-3, 0.3, 0.5]),
)
def test_that_every_run_there_can_be_has_a_theory(
    settings_of_a_run: dict[str, object], classes: int, mean: float, std: float
) -> None:
    config = Config.from_json(settings_of_a_run)
    if config.averages:  # smaller batches have no expected δ, as a test of their own says
        config = config.replace(batch_size=max(config.batch_size, 4))
    if not config.normalises:  # what residual networks let grow too far is not known either
        config = config.replace(residual="off")
    check_sane(predict(config, Images(784, classes, mean, std)))


@pytest.mark.parametrize("width", [1, MAX_UNITS])
@pytest.mark.parametrize("std", [1e-6, 1.0, 100.0])
@pytest.mark.parametrize("placement", Norm)
@pytest.mark.parametrize("activation", Activation)
def test_that_no_depth_or_size_of_weights_breaks_the_arithmetic(
    activation: Activation, placement: Norm, std: float, width: int
) -> None:
    config = config_of(activation, GAUSS, std, placement)
    width = max(width, 2) if placement.over_units else width
    check_sane(predict(config.replace(hidden=(width,) * MAX_LAYERS, bn_epsilon=1e-12), MNIST))
