"""A branch begins with its parent's weights, whatever else of the network it changes."""

from typing import Any

import numpy as np
import pytest

from model.base.errors import InputError
from model.config.recipe import LayerScale, Recipe
from model.data.datasets import Dataset
from model.data.pixel_scaling import Pixels
from model.history.checkpoints import Checkpoint, StartingPoint
from model.network.batch_buffer import BatchBuffer, streams
from model.network.network import Network
from model.nn.batch_norm import BatchNorm
from model.nn.normalization import Norm
from model.nn.optimizers import Optimizer
from model.training.branch_sentences import consequences
from model.training.trainer import Trainer
from model.training.weight_transfer import carries_memory, memory_since, transplant
from tests.support.reference_formulas import Floats, logits
from tests.support.reference_layers import config_of

CLOSE = {"float32": 1e-5, "float64": 1e-10}
AT = 12
PLACEMENTS = [placement.key for placement in Norm if placement.over_batch]


def parent_of(**settings: Any) -> Recipe:
    # Enough of a learning rate that γ, β and the running statistics are far from where they began.
    return Recipe(config_of(activation="tanh", bn_momentum=0.8, learning_rate=0.3, **settings))


def trained(recipe: Recipe, dataset: Dataset) -> Checkpoint:
    with Trainer(recipe.config, dataset) as trainer:
        while trainer.iteration < AT:
            trainer.advance()
        return trainer.checkpoint()


def network_of(recipe: Recipe, state: tuple[Any, ...], dataset: Dataset) -> Network:
    network = Network.of(recipe.config, dataset)
    network.take(state)
    return network


def answers(recipe: Recipe, state: tuple[Any, ...], dataset: Dataset) -> Floats:
    return logits(network_of(recipe, state, dataset), dataset.test_images)


def branched(parent: Recipe, dataset: Dataset, **settings: Any) -> tuple[Recipe, Checkpoint, StartingPoint]:
    checkpoint, child = trained(parent, dataset), parent.branched(AT, **settings)
    return child, checkpoint, transplant(checkpoint, child, dataset)


@pytest.mark.parametrize("numbers", CLOSE)
@pytest.mark.parametrize("placement", PLACEMENTS)
def test_that_batch_norm_that_goes_leaves_the_answers_as_they_were(placement: str, numbers: str, tiny: Dataset) -> None:
    parent = parent_of(norm=placement, numbers=numbers)
    child, checkpoint, start = branched(parent, tiny, norm="none")
    before, after = answers(parent, checkpoint.state, tiny), answers(child, start.state, tiny)
    np.testing.assert_allclose(after, before, rtol=0, atol=CLOSE[numbers] * np.abs(before).max())
    norm = next(stage for stage in network_of(parent, checkpoint.state, tiny).stages if isinstance(stage, BatchNorm))
    assert np.abs(norm.beta.value).max() > 0.01, "there is something to fold"
    assert np.abs(norm.running_variance - 1).max() > 0.1


@pytest.mark.parametrize("numbers", CLOSE)
@pytest.mark.parametrize("placement", PLACEMENTS)
def test_that_batch_norm_that_comes_sees_the_batch_of_that_iteration(
    placement: str, numbers: str, tiny: Dataset
) -> None:
    parent = parent_of(numbers=numbers)
    child, checkpoint, start = branched(parent, tiny, norm=placement)
    network, old = (network_of(each, state, tiny) for each, state in ((child, start.state), (parent, checkpoint.state)))
    for mine, theirs in zip(network.affines, old.affines, strict=True):
        np.testing.assert_array_equal(mine.weight.value, theirs.weight.value)
        np.testing.assert_array_equal(mine.bias.value, theirs.bias.value)
    batches = BatchBuffer(child.config, tiny, streams(child.config)[1], network.dtype, AT)
    network.allocate(child.config.batch_size)
    network.forward(batches.x, batches.labels)
    for stage in network.stages:
        if isinstance(stage, BatchNorm):
            assert (stage.gamma.value == 1).all()
            assert (stage.beta.value == 0).all()
            np.testing.assert_array_equal(stage.running_mean, stage.mean)
            np.testing.assert_array_equal(stage.running_variance, stage.variance)
    # In evaluation it answers to this batch as in training: its first test accuracy means something.
    np.testing.assert_allclose(logits(network, batches.bytes), network.logits, rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("there", PLACEMENTS)
@pytest.mark.parametrize("here", PLACEMENTS)
def test_that_batch_norm_keeps_what_it_has_learned_where_it_stays(here: str, there: str, tiny: Dataset) -> None:
    _child, checkpoint, start = branched(parent_of(norm=here), tiny, norm=there)
    same = [np.array_equal(mine, theirs) for mine, theirs in zip(start.state, checkpoint.state, strict=True)]
    assert all(same) if here == there else not any(same)


@pytest.mark.parametrize("placement", PLACEMENTS)
@pytest.mark.parametrize("change", ["scale", "activation"])
def test_that_batch_norm_is_measured_anew_where_it_sees_something_else(
    change: str, placement: str, tiny: Dataset
) -> None:
    settings: dict[str, Any] = {"scales": [LayerScale(1, 5.0)]} if change == "scale" else {"activation": "relu"}
    child, checkpoint, start = branched(parent_of(norm=placement), tiny, **settings)
    with Trainer(child.config, tiny, start) as trainer:
        first = next(iter(trainer))
    assert first.test_accuracy > 0.8
    old, new = (network_of(child, state, tiny) for state in (checkpoint.state, start.state))
    for mine, theirs in zip(new.stages, old.stages, strict=True):
        if isinstance(mine, BatchNorm) and isinstance(theirs, BatchNorm):
            np.testing.assert_array_equal(mine.gamma.value, theirs.gamma.value)
            assert not np.array_equal(mine.running_variance, theirs.running_variance)


@pytest.mark.parametrize("layer", [1, 2, 3])
def test_that_one_layers_weights_are_rescaled_and_no_others(layer: int, tiny: Dataset) -> None:
    parent = parent_of()
    _child, checkpoint, start = branched(parent, tiny, scales=[LayerScale(layer, -0.25)])
    old, new = (network_of(parent, state, tiny) for state in (checkpoint.state, start.state))
    for number, (mine, theirs) in enumerate(zip(new.affines, old.affines, strict=True), 1):
        np.testing.assert_array_equal(mine.weight.value, theirs.weight.value * (-0.25 if number == layer else 1))
        np.testing.assert_array_equal(mine.bias.value, theirs.bias.value)


def test_that_the_parents_weights_stay_what_they_are(tiny: Dataset) -> None:
    parent = parent_of(norm="batch-before", optimizer="adam")
    checkpoint = trained(parent, tiny)
    before = [array.copy() for array in (*checkpoint.state, *checkpoint.memory)]
    for settings in ({}, {"norm": "none"}, {"scales": [LayerScale(1, 2.0)]}):
        child = parent.branched(AT, **settings)
        with Trainer(child.config, tiny, transplant(checkpoint, child, tiny)) as trainer:
            for _ in range(1):
                trainer.step()
    for array, kept in zip((*checkpoint.state, *checkpoint.memory), before, strict=True):
        np.testing.assert_array_equal(array, kept)


@pytest.mark.parametrize("kind", Optimizer.kinds)
def test_that_the_optimiser_goes_on_where_it_is_of_the_same_kind_for_the_same_layout(kind: str, tiny: Dataset) -> None:
    parent = Recipe(config_of(optimizer="momentum"))
    _child, checkpoint, start = branched(parent, tiny, optimizer=kind)
    if kind == "momentum":
        assert start.since == 0
        np.testing.assert_array_equal(start.memory, checkpoint.memory)
    else:
        assert (start.memory, start.since) == ((), AT)
    restarting: list[dict[str, Any]] = [{"norm": "batch-before"}, {"fresh": True}]
    for settings in restarting:
        other, _, fresh = branched(parent, tiny, **settings)
        assert (fresh.memory, fresh.since) == ((), AT)
        assert memory_since(other) == AT
    going_on: list[dict[str, Any]] = [{"activation": "relu"}, {"momentum": 0.1}, {"scales": [LayerScale(1, 2.0)]}]
    for settings in going_on:
        assert branched(parent, tiny, **settings)[2].memory


def test_that_weights_of_another_data_set_are_refused(tiny: Dataset, mnist: Dataset) -> None:
    parent = parent_of()
    with pytest.raises(InputError, match="another data set"):
        transplant(trained(parent, tiny), parent.branched(AT), mnist)


@pytest.mark.parametrize("numbers", CLOSE)
@pytest.mark.parametrize("pixels", [pixels for pixels in Pixels if pixels is not Pixels.UNIT])
def test_that_another_scale_of_the_pixels_leaves_the_answers_as_they_were(
    pixels: Pixels, numbers: str, tiny: Dataset
) -> None:
    parent = parent_of(numbers=numbers)
    child, checkpoint, start = branched(parent, tiny, pixels=pixels.key)
    before, after = answers(parent, checkpoint.state, tiny), answers(child, start.state, tiny)
    np.testing.assert_allclose(after, before, rtol=0, atol=20 * CLOSE[numbers] * np.abs(before).max())
    assert not carries_memory(child), "gradients of the first weights have another size now"
    assert "The first weights and biases are adapted to the new scale of the pixels." in consequences(child)


@pytest.mark.parametrize(
    ("here", "there", "sentence"),
    [
        ({"norm": "layer-before"}, {"norm": "none"}, "The old layer norm is lost: no weights divide"),
        ({}, {"norm": "layer-after"}, "Layer norm begins with γ = 1, β = 0."),
        ({}, {"residual": "on"}, "Connections are added around layers"),
        ({"residual": "on"}, {"residual": "off"}, "Connections are removed from layers"),
        ({}, {"loss": "squared"}, "The output's weights are carried over, though"),
    ],
)
def test_that_what_has_no_counterpart_is_told_and_all_weights_are_carried_over(
    here: dict[str, str], there: dict[str, str], sentence: str, tiny: Dataset
) -> None:
    parent = parent_of(hidden=[8, 8], **here)
    child, checkpoint, start = branched(parent, tiny, **there)
    network, old = (network_of(each, state, tiny) for each, state in ((child, start.state), (parent, checkpoint.state)))
    for mine, theirs in zip(network.affines, old.affines, strict=True):
        np.testing.assert_array_equal(mine.weight.value, theirs.weight.value)
        np.testing.assert_array_equal(mine.bias.value, theirs.bias.value)
    assert any(said.startswith(sentence) for said in consequences(child))
