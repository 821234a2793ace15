"""The path of one weight against central differences and the trainer's gradient, for any small network."""

from math import prod
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.base.arrays import Array, Bytes
from model.base.errors import InputError
from model.config.config import Config
from model.data.pixel_scaling import PixelScaling
from model.measurement.saliency import saliency_of, signals_of
from model.measurement.weight_path import ImagePass, WeightPath, has_kink
from model.network.network import Network
from model.nn.activations import Activation
from model.nn.layers import Activate
from model.nn.loss import Loss
from model.nn.normalization import Norm
from model.nn.residual import Residual
from tests.support.central_differences import check, difference
from tests.support.reference_formulas import logits

INPUTS, CLASSES = 6, 4
PIXELS = PixelScaling(1 / 255, 0.0), PixelScaling(2 / 255, -1.0)


def network_of(seed: int = 1, pixels: PixelScaling = PIXELS[0], **wanted: Any) -> Network:
    """A float64 network at random, its batch norms having followed some batches."""
    fixed = {"hidden": [5, 5], "numbers": "float64", "bn_momentum": 0.7, "activation": "tanh"}
    network, rng = Network(Config.from_json({**fixed, **wanted}), INPUTS, CLASSES, pixels), np.random.default_rng(seed)
    network.theta += rng.normal(0, 0.6, network.theta.size)
    network.allocate(30)
    for _ in range(4):
        network.forward(rng.random((30, INPUTS)), rng.integers(0, CLASSES, 30))
        network.advance()
    return network


def image_of(seed: int = 2) -> Bytes:
    return np.random.default_rng(seed).integers(0, 256, INPUTS, dtype=np.uint8)


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Any small network: every activation, normalisation, loss and scale, with and without ways around layers."""
    wanted = {
        "hidden": draw(st.lists(st.integers(2, 5), max_size=4)),
        **{
            name: draw(st.sampled_from([member.key for member in kind]))
            for name, kind in (("activation", Activation), ("norm", Norm), ("loss", Loss), ("residual", Residual))
        },
    }
    return network_of(draw(st.integers(0, 10_000)), draw(st.sampled_from(PIXELS)), **wanted)


def any_path(data: st.DataObject, network: Network, found: ImagePass) -> WeightPath:
    layer = data.draw(st.integers(0, len(network.affines) - 1))
    n_in, n_out = network.affines[layer].weight.shape
    return found.path(layer, data.draw(st.integers(0, n_in - 1)), data.draw(st.integers(0, n_out - 1)))


def numerically(network: Network, path: WeightPath, image: Bytes, label: int) -> float:
    """∂L/∂w from the plain formulas by a formula of higher order; NaN where a kink is near."""

    def loss() -> float:
        return network.config.loss.value.of_image(logits(network, image[np.newaxis])[0], label)[1]

    def side() -> bytes:
        pairs = zip(network.to_logits, signals_of(network, image), strict=False)
        return b"".join((x > 0).tobytes() for stage, x in pairs if isinstance(stage, Activate))

    weight = network.affines[path.layer].weight.value
    at = path.source * weight.shape[1] + path.target
    kinked = has_kink(network.config.activation)
    return difference(loss, weight.reshape(-1), at, side if kinked else bytes, 1e-4)


@settings(max_examples=150, deadline=None)
@given(networks(), st.integers(0, CLASSES - 1), st.integers(0, 50), st.data())
def test_that_a_times_delta_is_what_central_differences_give(
    network: Network, label: int, seed: int, data: st.DataObject
) -> None:
    image = image_of(seed)
    path = any_path(data, network, ImagePass(network, image, label))
    assert path.gradient == path.incoming * path.delta
    expected = np.array([numerically(network, path, image, label)])
    check(np.array([path.gradient]), expected, floor=1e-4)
    if not path.bends:
        assert path.difference == pytest.approx(path.gradient, rel=1e-3, abs=1e-6)
    if not np.isnan(expected[0]):
        assert path.difference == pytest.approx(expected[0], rel=1e-3, abs=1e-6)


@settings(max_examples=150, deadline=None)
@given(networks(), st.integers(0, CLASSES - 1), st.data())
def test_that_the_links_lead_from_the_next_layer_to_delta(network: Network, label: int, data: st.DataObject) -> None:
    image = image_of()
    path = any_path(data, network, ImagePass(network, image, label))
    value = path.arriving
    for link in path.links:
        value = link.factor * value + link.added
    assert value == pytest.approx(path.delta, rel=1e-9, abs=1e-14)
    layers = saliency_of(network, image, label).layers
    assert path.delta == layers[path.layer].delta[path.target]
    if path.layer < len(layers) - 1:
        assert path.deltas.tolist() == layers[path.layer + 1].delta.tolist()
        assert path.following.tolist() == network.affines[path.layer + 1].weight.value[path.target].tolist()
        assert path.arriving == pytest.approx(sum(path.terms), abs=1e-15)
    else:
        assert len(path.terms) == 0


@settings(max_examples=80, deadline=None)
@given(networks(), st.integers(0, CLASSES - 1), st.data())
def test_that_the_trainer_has_the_same_gradient(network: Network, label: int, data: st.DataObject) -> None:
    image = image_of()
    path = any_path(data, network, ImagePass(network, image, label))
    if network.config.norm.over_batch:
        return  # in training it normalises by the batch, and one image is none
    network.allocate(1)
    network.forward(network.scaling.scaled(image[np.newaxis], network.dtype), np.array([label]))
    network.backward()
    expected = network.affines[path.layer].weight.gradient[path.source, path.target]
    assert path.gradient == pytest.approx(expected, rel=1e-9, abs=1e-13)


@settings(max_examples=60, deadline=None)
@given(networks(), st.data())
def test_that_the_largest_is_the_largest(network: Network, data: st.DataObject) -> None:
    found = ImagePass(network, image_of(), None)
    layer = data.draw(st.integers(0, len(network.affines) - 1))
    gradients = np.abs(np.outer(found.incoming(layer), found.delta(layer)))
    assert gradients[found.largest(layer)] == gradients.max()
    assert abs(found.path(layer, *found.largest(layer)).gradient) == gradients.max()


@pytest.mark.parametrize("loss", Loss)
def test_that_a_plain_layer_has_one_factor_its_slope(loss: Loss) -> None:
    network, image = network_of(loss=loss.key, activation="sigmoid"), image_of()
    found = ImagePass(network, image, 1)
    path = found.path(0, 2, 3)
    assert [(link.name, link.added) for link in path.links] == [("slope", 0.0)]
    a = found.incoming(1)[3]
    assert path.links[0].factor == pytest.approx(a * (1 - a))
    assert not path.longer
    output = found.path(2, 0, 1)
    assert [link.name for link in output.links] == (["output slope"] if loss is Loss.SQUARED else [])
    assert output.arriving == pytest.approx(found.outputs[1] - 1), "the error of the right class"
    assert found.path(2, 0, 0).arriving == pytest.approx(found.outputs[0]), "and of a wrong one"


@pytest.mark.parametrize("norm", Norm)
@pytest.mark.parametrize("residual", Residual)
def test_that_what_makes_the_path_longer_shows_as_links(norm: Norm, residual: Residual) -> None:
    network = network_of(norm=norm.key, residual=residual.key)
    path = ImagePass(network, image_of(), 1).path(0, 2, 3)
    names = [link.name for link in path.links]
    assert ("batch norm" in names) == norm.over_batch
    assert ("layer norm" in names) == norm.over_units
    assert ("around" in names) == (residual is Residual.ON)
    assert path.longer == (norm.normalises or residual is Residual.ON)
    added = {link.name for link in path.links if link.added}
    assert added == {name for name in names if name in ("layer norm", "around")}, "others come from one place only"


def test_that_a_float32_network_is_followed_in_float64_and_stays_as_it_is() -> None:
    network = network_of(numbers="float32")
    before = network.theta.copy()
    found = ImagePass(network, image_of(), 0)
    values: list[Array] = [found.incoming(1), found.delta(1), found.path(1, 0, 0).terms]
    assert all(array.dtype == np.float64 for array in values)
    path = found.path(1, 0, 0)
    assert path.weight == float(network.affines[1].weight.value[0, 0])
    assert path.difference == pytest.approx(path.gradient, abs=1e-8)
    assert network.theta.dtype == np.float32
    assert (network.theta == before).all()
    again = found.path(1, 0, 0)
    assert (again.gradient, again.difference) == (path.gradient, path.difference), "nor does a path move another"


def test_that_a_kink_between_the_two_is_told() -> None:
    network, image = network_of(hidden=[3], activation="relu"), image_of()
    for unit in range(3):
        found = ImagePass(network, image, 0)
        z = found.signals[1][0, unit]
        network.affines[0].bias.value[unit] += 1e-6 - z
        path = ImagePass(network, image, 0).path(0, int(image.argmax()), unit)
        assert path.bends
        assert not ImagePass(network, image, 0).path(1, 0, 0).bends
        network.affines[0].bias.value[unit] += 1
        assert not ImagePass(network, image, 0).path(0, int(image.argmax()), unit).bends


def test_that_without_a_label_the_answer_is_taken_for_it() -> None:
    network, image = network_of(), image_of()
    found = ImagePass(network, image, None)
    assert found.label == found.outputs.argmax()
    assert found.loss == pytest.approx(-np.log(found.outputs.max()))


def test_that_a_diverged_network_shows_in_the_numbers_and_nowhere_else() -> None:
    network = network_of()
    network.theta.fill(np.nan)
    found = ImagePass(network, image_of(), 0)
    assert np.isnan(found.path(0, *found.largest(0)).gradient)


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ((3, 0, 0), r"The network has 3 layers with weights, none of them is 4\."),
        ((-1, 0, 0), r"none of them is 0\."),
        ((0, 6, 0), r"Layer 1 has weights from 6 to 5 units, none of them leads from 7 to 1\."),
        ((2, 0, 4), r"Output has weights from 5 to 4 units, none of them leads from 1 to 5\."),
    ],
)
def test_that_a_weight_that_is_not_there_costs_a_sentence(place: tuple[int, int, int], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        ImagePass(network_of(), image_of(), 0).path(*place)


def test_that_every_layer_can_be_asked_for() -> None:
    network = network_of()
    found = ImagePass(network, image_of(), 0)
    for layer, affine in enumerate(network.affines):
        assert prod(affine.weight.shape) == len(found.incoming(layer)) * len(found.delta(layer))
