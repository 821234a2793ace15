"""Transfer of a run's weights to the network of a branch, which may be put together otherwise."""

import numpy as np

from model.base.arrays import Array
from model.base.errors import InputError
from model.config.recipe import Recipe
from model.data.datasets import Dataset
from model.data.pixel_scaling import PixelScaling
from model.history.checkpoints import Checkpoint, StartingPoint
from model.network.batch_buffer import BatchBuffer, streams
from model.network.network import Network
from model.nn.batch_norm import BatchNorm
from model.nn.layers import Affine


def carries_memory(recipe: Recipe) -> bool:
    """Whether a branch's optimiser continues with its parent's running vectors.

    It does if the optimiser is of the same kind, the parameters mean the same, and the branch is not `fresh`.
    """
    branch, config = recipe.branch, recipe.config
    if branch is None or branch.fresh:
        return False
    parent = branch.parent.config
    same = config.norm is parent.norm and config.pixels is parent.pixels
    return same and type(config.optimizer) is type(parent.optimizer)


def needs_memory(recipe: Recipe) -> bool:
    """Whether a branch needs its parent's running vectors: it continues with them, and its optimiser has some."""
    return carries_memory(recipe) and recipe.config.optimizer.slots > 0


def measures_anew(recipe: Recipe) -> bool:
    """Whether a branch must measure its running mean and variance, because its batch norm gets other inputs."""
    branch, config = recipe.branch, recipe.config
    if branch is None or not config.averages:
        return False
    parent = branch.parent.config
    same = config.norm is parent.norm and config.activation is parent.activation and config.residual is parent.residual
    return not same or bool(branch.scales)


def memory_since(recipe: Recipe) -> int:
    """Find the iteration at which the running vectors of a run's optimiser started at zero."""
    if recipe.branch and carries_memory(recipe):
        return memory_since(recipe.branch.parent)
    return recipe.start


def transplant(checkpoint: Checkpoint, recipe: Recipe, dataset: Dataset) -> StartingPoint:
    """Compute the starting point of the branch `recipe` from its parent's `checkpoint` at that iteration.

    Weights and biases are carried over layer by layer. Batch norm that is removed is folded into its neighbours,
    and another scale of the pixels into the first weights, so that the network answers in evaluation as before; a
    normalisation that is added starts with γ = 1 and β = 0, and a layer norm that is removed leaves nothing behind,
    since no weights divide by an image's own spread. Then weights are rescaled. If batch norm's inputs change
    thereby, its running mean and variance are measured on the batch of that iteration. The optimiser's running
    vectors are carried over if `carries_memory`, else start at zero. Raises InputError if the checkpoint's shapes
    do not fit the data set.
    """
    branch, config = recipe.branch, recipe.config
    assert branch is not None, "only a branch has a parent"
    parent = branch.parent.config
    old, new = (Network.of(each, dataset) for each in (parent, config))
    if [array.shape for array in checkpoint.state] != [array.shape for array in old.state]:
        raise InputError("The weights to branch off with are of another data set; open the data they were trained on.")
    old.take(checkpoint.state)
    if config.norm is parent.norm:
        new.take(old.state)
    else:
        _fold(old)
        for mine, theirs in zip(new.affines, old.affines, strict=True):
            for parameter, other in zip(mine.parameters, theirs.parameters, strict=True):
                np.copyto(parameter.value, other.value)
    if config.pixels is not parent.pixels:
        _rescale_pixels(new, old.scaling)
    for layer, factor in branch.scales:
        new.affines[layer - 1].weight.value *= factor
    if measures_anew(recipe):
        _measure(new, dataset, branch.iteration)
    memory = tuple(array.copy() for array in checkpoint.memory) if carries_memory(recipe) else ()
    return StartingPoint(branch.iteration, tuple(new.state), memory, memory_since(recipe))


def _rescale_pixels(network: Network, before: PixelScaling) -> None:
    """Adapt the first weights, which were trained on pixels scaled as `before`, to those that the network is given.

    With x = f p + s of a pixel p, x_before = r x + (s_before − r s) where r = f_before / f.
    """
    now, first = network.scaling, network.affines[0]
    ratio = before.factor / now.factor
    weight = first.weight.value.astype(np.float64)
    shift = (before.shift - ratio * now.shift) * weight.sum(axis=0)
    _set(first, ratio * weight, first.bias.value + shift)


def _fold(network: Network) -> None:
    """Fold each batch norm into the weights beside it.

    In evaluation it is y = f x + s, unit by unit, with f = γ / √(running variance + ε) and s = β − f running mean.
    Right after weights, z = x W + b becomes z = x (W f) + (b f + s); before weights, (f W) and (b + s W).
    """
    for place, stage in enumerate(network.stages):
        if not isinstance(stage, BatchNorm):
            continue
        factor = stage.gamma.value / np.sqrt(stage.running_variance + stage.epsilon)
        shift = stage.beta.value - factor * stage.running_mean
        before, after = network.stages[place - 1], network.stages[place + 1]
        if isinstance(before, Affine):
            _set(before, before.weight.value * factor, before.bias.value * factor + shift)
        else:
            assert isinstance(after, Affine), "batch norm lies beside weights"
            weight = after.weight.value.astype(np.float64)
            _set(after, factor[:, np.newaxis] * weight, after.bias.value + shift @ weight)


def _set(affine: Affine, weight: Array, bias: Array) -> None:
    affine.weight.value[...] = weight
    affine.bias.value[...] = bias


def _measure(network: Network, dataset: Dataset, iteration: int) -> None:
    """Set the running statistics to those of the batch of this iteration."""
    config = network.config
    network.allocate(config.batch_size)
    batches = BatchBuffer(config, dataset, streams(config)[1], network.dtype, iteration)
    with np.errstate(over="ignore", invalid="ignore"):
        network.forward(batches.x, batches.labels)
    for stage in network.stages:
        if isinstance(stage, BatchNorm):
            np.copyto(stage.running_mean, stage.mean)
            np.copyto(stage.running_variance, stage.variance)
