"""One digit's gradient against plain formulas and central differences, and hand-drawn pictures against MNIST's."""

from copy import copy
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import special

from model.base.arrays import Array, Bytes
from model.config.config import Config
from model.data.datasets import Dataset
from model.data.pixel_scaling import UNIT_SCALING, PixelScaling
from model.measurement.saliency import Saliency, centred, saliency_of
from model.network.network import Network
from model.nn.activations import Activation
from model.nn.layers import Stage
from model.nn.loss import Loss
from model.nn.normalization import Norm
from tests.support.central_differences import check, differences
from tests.support.reference_formulas import Floats, contents, logits

INPUTS, CLASSES, MNIST = 6, 4, (28, 28)


def network_of(placement: Norm = Norm.NONE, **settings: object) -> Network:
    """A float64 network at random, its batch norms having followed some batches."""
    fixed = {"hidden": [5, 7], "numbers": "float64", "bn_momentum": 0.7, "norm": placement.key}
    network, rng = (
        Network(Config.from_json({**fixed, **settings}), INPUTS, CLASSES, UNIT_SCALING),
        np.random.default_rng(1),
    )
    network.theta += rng.normal(0, 0.6, network.theta.size)
    network.allocate(30)
    for _ in range(4):
        network.forward(rng.random((30, INPUTS)).astype(network.dtype), rng.integers(0, CLASSES, 30))
        network.advance()
    assert all(np.ptp(values) > 1e-5 for stage in network.stages for values in stage.statistics)
    return network


def image_of(seed: int = 2) -> Bytes:
    """Any brightness, but for a black pixel: that has a gradient too."""
    image = np.random.default_rng(seed).integers(0, 256, INPUTS, dtype=np.uint8)
    image[3] = 0
    return image


def output_of(network: Network, stage: Stage, image: Bytes) -> Floats:
    """What leaves `stage`, by the plain formulas."""
    cut = copy(network)
    cut.to_logits = network.to_logits[: network.to_logits.index(stage) + 1]
    return logits(cut, image[np.newaxis]).reshape(-1)


def arrays_of(explanation: Saliency) -> list[Array]:
    of_layers = (array for layer in explanation.layers for array in (layer.activation, layer.delta))
    return [explanation.outputs, explanation.pixels, *of_layers]


@pytest.mark.parametrize("hidden", [[], [5, 7], [4, 3, 5]])
@pytest.mark.parametrize("placement", Norm)
@pytest.mark.parametrize("activation", Activation)
def test_that_the_gradients_of_one_image_equal_central_differences(
    activation: Activation, placement: Norm, hidden: list[int]
) -> None:
    network, image = network_of(placement, hidden=hidden, activation=activation.key), image_of()
    found, pixels = saliency_of(network, image, 1), image / 255

    def loss() -> float:
        brightness: NDArray[Any] = pixels[np.newaxis] * 255
        return -float(special.log_softmax(logits(network, brightness)[0])[1])

    assert check(found.pixels, np.abs(differences(loss, pixels))) == INPUTS
    for layer, affine in zip(found.layers, network.affines, strict=True):
        # Of one image ∂L/∂bias is ∂L/∂z.
        assert check(layer.delta, differences(loss, affine.bias.value)) == affine.width


@pytest.mark.parametrize("loss", Loss)
@pytest.mark.parametrize("pixels", [PixelScaling(1.0, 0.0), PixelScaling(0.02, -1.5)])
def test_that_one_images_way_follows_connections_loss_and_scale_of_pixels(loss: Loss, pixels: PixelScaling) -> None:
    network, image = network_of(hidden=[5, 5, 5], residual="on", loss=loss.key, activation="tanh"), image_of()
    network.scaling = pixels
    network.affines[0].weight.value /= 255 * pixels.factor
    found, brightness = saliency_of(network, image, 2), image / 255

    def now() -> float:
        of_image: NDArray[Any] = brightness[np.newaxis] * 255
        return loss.value.of_image(logits(network, of_image)[0], 2)[1]

    assert found.loss == pytest.approx(now())
    assert check(found.pixels, np.abs(differences(now, brightness))) == INPUTS
    for layer, affine in zip(found.layers, network.affines, strict=True):
        assert check(layer.delta, differences(now, affine.bias.value)) == affine.width


@pytest.mark.parametrize("placement", Norm)
@pytest.mark.parametrize("activation", Activation)
def test_that_layers_show_what_leaves_their_activation(activation: Activation, placement: Norm) -> None:
    network, image = network_of(placement, activation=activation.key), image_of(3)
    layers = saliency_of(network, image, 0).layers
    assert [layer.name for layer in layers] == ["Layer 1", "Layer 2", "Output"]
    ends = [*(layer.activate for layer in network.hidden), network.output]
    for layer, end in zip(layers, ends, strict=True):
        np.testing.assert_allclose(layer.activation, output_of(network, end, image), atol=1e-6)


@pytest.mark.parametrize("placement", Norm)
@pytest.mark.parametrize("numbers", ["float32", "float64"])
def test_that_probabilities_are_the_softmax_of_the_logits(numbers: str, placement: Norm) -> None:
    network, image = network_of(placement, numbers=numbers), image_of(4)
    expected = special.softmax(logits(network, image[np.newaxis])[0])
    for label in range(CLASSES):
        found = saliency_of(network, image, label)
        assert found.outputs.dtype == np.float64
        assert found.outputs.sum() == pytest.approx(1, rel=1e-12)
        np.testing.assert_allclose(found.outputs, expected, rtol=1e-5)
        np.testing.assert_allclose(found.layers[-1].delta, expected - np.eye(CLASSES)[label], atol=1e-5)
        assert found.loss == pytest.approx(-np.log(expected[label]), rel=1e-5)


def test_that_a_picture_without_a_label_is_taken_for_what_the_network_says() -> None:
    network, labels = network_of(), set()
    network.theta *= 2
    for seed in range(40):
        found = saliency_of(network, image_of(seed), None)
        assert found.label == found.outputs.argmax()
        assert contents(found) == contents(saliency_of(network, image_of(seed), found.label))
        labels.add(found.label)
    assert len(labels) > 1


@pytest.mark.parametrize("placement", Norm)
def test_that_neither_a_batch_nor_the_lack_of_any_matters(placement: Norm) -> None:
    network, image = network_of(placement), image_of(5)
    before = contents(saliency_of(network, image, 1))
    network.forward(np.random.default_rng(6).normal(3, 9, (30, INPUTS)), np.zeros(30, np.intp))
    assert contents(saliency_of(network, image, 1)) == before
    fresh = Network(network.config, INPUTS, CLASSES, UNIT_SCALING)
    fresh.take(network.state)
    assert contents(saliency_of(fresh, image, 1)) == before


@pytest.mark.parametrize("placement", Norm)
def test_that_explaining_disturbs_no_training_step(placement: Norm) -> None:
    def after_a_step(*, explains: bool) -> list[object]:
        network, rng = network_of(placement, activation="silu"), np.random.default_rng(9)
        network.forward(rng.random((30, INPUTS)), rng.integers(0, CLASSES, 30))
        network.gradient.fill(7)
        if explains:
            saliency_of(network, image_of(), 0)
            assert (network.gradient == 7).all()
        network.backward()
        network.advance()
        return contents([network.logits, network.gradient, *network.state])

    assert after_a_step(explains=True) == after_a_step(explains=False)


@pytest.mark.parametrize("numbers", ["float32", "float64"])
@pytest.mark.parametrize("label", [0, 1, None])
def test_that_huge_logits_stay_finite(label: int | None, numbers: str) -> None:
    network = network_of(numbers=numbers)
    network.output.bias.value[:] = [1e4, -1e4, 0, 5e3]
    found = saliency_of(network, image_of(), label)
    assert all(np.isfinite(array).all() for array in arrays_of(found))
    np.testing.assert_allclose(found.outputs, [1, 0, 0, 0], atol=1e-12)
    assert found.loss == pytest.approx(2e4 if label == 1 else 0, rel=1e-2)


@pytest.mark.parametrize("numbers", ["float32", "float64"])
def test_that_the_gradient_of_a_sure_network_is_small_but_not_0(numbers: str) -> None:
    network = network_of(hidden=[], numbers=numbers)
    network.theta.fill(0)
    network.output.bias.value[2] = 45
    delta = saliency_of(network, image_of(), 2).layers[0].delta
    np.testing.assert_allclose(delta, np.exp(-45) * np.array([1, 1, -3, 1]), rtol=1e-6)


def test_that_a_diverged_network_shows_in_the_numbers_and_nowhere_else() -> None:
    network = network_of(numbers="float32")
    network.theta.fill(3e38)
    assert not np.isfinite(saliency_of(network, image_of(), None).loss)


@pytest.mark.parametrize("hidden", [[], [5, 7]])
def test_that_what_is_explained_stays_as_it_was(hidden: list[int]) -> None:
    network, image = network_of(Norm.BATCH_AFTER, hidden=hidden), image_of()
    found = saliency_of(network, image, 0)
    before = contents(found)
    assert not any(array.flags.writeable for array in arrays_of(found))
    network.theta.fill(0)
    image.fill(0)
    saliency_of(network, image, 1)
    assert contents(found) == before


def extent_of(picture: Bytes) -> list[int]:
    """How many rows and columns the lit pixels span."""
    return [int(np.ptp(lit)) + 1 for lit in np.nonzero(picture)]


@given(
    shape=st.tuples(st.integers(1, 40), st.integers(1, 40)), seed=st.integers(0, 2**32 - 1),
    lit=st.sampled_from([0, 0.002, 0.01, 0.3, 1]), contrast=st.sampled_from([0, 1, 8]),
)  # fmt: skip
def test_that_whatever_is_drawn_comes_to_lie_in_the_middle_in_mnists_size(
    shape: tuple[int, int], seed: int, lit: float, contrast: int
) -> None:
    rng = np.random.default_rng(seed)
    drawn = np.ceil(255 * rng.random(shape) ** contrast * (rng.random(shape) < lit)).astype(np.uint8)
    drawn.flags.writeable = False
    flat = centred(drawn.reshape(-1), shape)
    assert flat.shape == (drawn.size,)
    assert flat.dtype == np.uint8
    picture = flat.reshape(shape)
    assert picture.max() == (255 if drawn.any() else 0)
    if drawn.any():
        for axis, (extent, side) in enumerate(zip(extent_of(picture), shape, strict=True)):
            shares = picture.sum(axis=1 - axis) / picture.sum()
            assert abs(shares @ np.arange(side) - (side - 1) / 2) <= 1 + 1e-9
            assert extent <= max(1, round(side * 20 / 28))


def test_that_mnists_own_digits_come_back_as_they_are(mnist: Dataset) -> None:
    """But for the brightness of those whose brightest pixel is 254."""
    for image in mnist.test_images[:3000]:
        assert np.abs(centred(image, MNIST).astype(int) - image).max() <= 1


@given(st.integers(0, 999), st.integers(-4, 4), st.integers(-4, 4))
def test_that_where_a_digit_was_drawn_does_not_matter(mnist: Dataset, number: int, down: int, right: int) -> None:
    image = np.pad(mnist.test_images[number].reshape(MNIST), 4)
    moved = np.roll(image, (down, right), (0, 1))
    np.testing.assert_array_equal(centred(moved.reshape(-1), (36, 36)), centred(image.reshape(-1), (36, 36)))


def test_that_a_drawing_keeps_its_proportions_its_greys_and_its_ends() -> None:
    drawn = (np.indices(MNIST).sum(axis=0) % 2 * 255).astype(np.uint8)
    assert centred(drawn.reshape(-1), MNIST).reshape(MNIST)[6:22, 6:22].std() < 10
    drawn[:], drawn[2:8, 1:4] = 0, 90
    assert extent_of(centred(drawn.reshape(-1), MNIST).reshape(MNIST)) == [20, 10]
    # With a heavy end and a light one: with 20 rows the light one would lie outside.
    drawn[:6, 10:20], drawn[6:27, 15], drawn[27, 15] = 255, 10, 255
    rows = centred(drawn.reshape(-1), MNIST).reshape(MNIST).max(axis=1)
    assert [int(row > 60) for row in rows if row][-3:] == [0, 0, 1]


def test_that_small_digits_in_a_corner_are_recognised_once_they_are_centred(mnist: Dataset) -> None:
    network, rng = Network(Config(hidden=(40,)), 784, 10, UNIT_SCALING), np.random.default_rng(0)
    network.initialise(rng)
    network.allocate(100)
    for _ in range(500):
        batch = rng.integers(0, 60_000, 100)
        network.forward(UNIT_SCALING.scaled(mnist.train_images[batch], network.dtype), mnist.train_labels[batch])
        network.backward()
        network.theta -= 0.2 * network.gradient

    def accuracy(images: list[Bytes]) -> float:
        answers = np.array([saliency_of(network, image.reshape(-1), None).label for image in images])
        return float(np.mean(answers == mnist.test_labels[: len(images)]))

    digits = list(mnist.test_images[:500])
    halves = (digit.reshape(14, 2, 14, 2).mean(axis=(1, 3)).astype(np.uint8) for digit in digits)
    small = [np.pad(half, ((14, 0), (0, 14))) for half in halves]
    assert accuracy(digits) > 0.88
    assert accuracy(small) < 0.4
    assert accuracy([centred(picture.reshape(-1), MNIST) for picture in small]) > 0.8
