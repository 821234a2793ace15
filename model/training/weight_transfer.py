"""A run's weights carried over into the network of a branch, which may have another activation or batch norm."""

import numpy as np

from model.base.arrays import Array
from model.base.errors import InputError
from model.config.recipe import Recipe
from model.data.datasets import Dataset
from model.history.checkpoints import Checkpoint, StartingPoint
from model.network.minibatches import Minibatches, streams
from model.network.network import Network
from model.nn.layers import Affine
from model.nn.normalization import BatchNorm


def carries_memory(recipe: Recipe) -> bool:
    """Whether a branch's optimiser goes on with what its parent's remembers.

    It does if it is of the same kind, for batch norm in the same place, and the branch is not `fresh`.
    """
    branch, config = recipe.branch, recipe.config
    if branch is None or branch.fresh:
        return False
    parent = branch.parent.config
    return type(config.optimizer) is type(parent.optimizer) and config.batch_norm is parent.batch_norm


def needs_memory(recipe: Recipe) -> bool:
    """Whether a branch begins with what its parent's optimiser remembers, and that is anything."""
    return carries_memory(recipe) and recipe.config.optimizer.slots > 0


def measures_anew(recipe: Recipe) -> bool:
    """Whether a branch has batch norm that sees something else than its parent's."""
    branch, config = recipe.branch, recipe.config
    if branch is None or not config.normalises:
        return False
    parent = branch.parent.config
    same = config.batch_norm is parent.batch_norm and config.activation is parent.activation
    return not same or bool(branch.scales)


def memory_since(recipe: Recipe) -> int:
    """The iteration at which the optimiser of a run remembered nothing."""
    if recipe.branch and carries_memory(recipe):
        return memory_since(recipe.branch.parent)
    return recipe.start


def transplant(checkpoint: Checkpoint, recipe: Recipe, dataset: Dataset) -> StartingPoint:
    """Where the branch `recipe` begins, from its parent's `checkpoint` at that iteration.

    Weights and biases are carried over layer by layer. Batch norm that goes is folded into its neighbours, so that the
    network answers in evaluation as before. Batch norm that comes begins with γ = 1 and β = 0. Then weights are
    rescaled. Where any of this, or another activation, changes what batch norm sees, its running mean and variance are
    measured on the batch of that iteration. What the optimiser remembers is carried over where `carries_memory` says
    so; elsewhere it starts empty. Raises InputError where the weights are of other shapes than the data asks for.
    """
    branch, config = recipe.branch, recipe.config
    assert branch is not None, "only a branch has a parent"
    parent = branch.parent.config
    old, new = (Network(each, dataset.inputs, dataset.classes) for each in (parent, config))
    if [array.shape for array in checkpoint.state] != [array.shape for array in old.state]:
        raise InputError("The weights to branch off with are of another data set; open the data they were trained on.")
    old.take(checkpoint.state)
    if config.batch_norm is parent.batch_norm:
        new.take(old.state)
    else:
        _fold(old)
        for mine, theirs in zip(new.affines, old.affines, strict=True):
            for parameter, other in zip(mine.parameters, theirs.parameters, strict=True):
                np.copyto(parameter.value, other.value)
    for layer, factor in branch.scales:
        new.affines[layer - 1].weight.value *= factor
    if measures_anew(recipe):
        _measure(new, dataset, branch.iteration)
    memory = tuple(array.copy() for array in checkpoint.memory) if carries_memory(recipe) else ()
    return StartingPoint(branch.iteration, tuple(new.state), memory, memory_since(recipe))


def _fold(network: Network) -> None:
    """Take each batch norm into the weights beside it, and leave it with nothing to do.

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
    """Let the running statistics be those of the batch of this iteration."""
    config = network.config
    network.allocate(config.batch_size)
    minibatches = Minibatches(config, dataset, streams(config)[1], network.dtype, iteration)
    with np.errstate(over="ignore", invalid="ignore"):
        network.forward(minibatches.x, minibatches.labels)
    for stage in network.stages:
        if isinstance(stage, BatchNorm):
            np.copyto(stage.running_mean, stage.mean)
            np.copyto(stage.running_variance, stage.variance)
