"""Sentences on the effects of branching off: on weights, batch norm and the optimiser."""

from collections.abc import Iterator

from model.base.number_format import as_set
from model.config.recipe import Recipe
from model.nn.residual import Residual
from model.training.weight_transfer import carries_memory, measures_anew

WEIGHTS_UNCHANGED = "All weights are carried over as they are."
NOTHING_CHANGED = "As it is now, the branch repeats its parent."


def consequences(recipe: Recipe) -> list[str]:
    """List a sentence for each part of the state that a branch restarts, folds or rescales; `recipe` is a branch."""
    assert recipe.branch is not None, "only a branch has a parent"
    parent = recipe.branch.parent.config_at(recipe.start)
    if recipe.config == parent and not recipe.branch.scales and not recipe.branch.fresh:
        return [NOTHING_CHANGED]
    return [*_of_norm(recipe), *_of_ways(recipe), *_of_scales(recipe), *_of_optimizer(recipe)] or [WEIGHTS_UNCHANGED]


def _of_norm(recipe: Recipe) -> Iterator[str]:
    assert recipe.branch is not None
    here, there = recipe.branch.parent.config.norm, recipe.config.norm
    if here is not there and here.over_batch:
        yield "The old batch norm is folded into the weights beside it."
    if here is not there and here.over_units:
        yield "The old layer norm is lost: no weights divide by each image's own spread."
    if here is not there and there.over_batch:
        yield "Batch norm begins with γ = 1, β = 0, measured on one batch."
    elif here is not there and there.over_units:
        yield "Layer norm begins with γ = 1, β = 0."
    elif measures_anew(recipe):
        yield "Batch norm keeps γ and β, but is measured anew on one batch."


def _of_ways(recipe: Recipe) -> Iterator[str]:
    """On the ways into the network, around its layers and out of it."""
    assert recipe.branch is not None
    here, there = recipe.branch.parent.config, recipe.config
    if here.pixels is not there.pixels:
        yield "The first weights and biases are adapted to the new scale of the pixels."
    if here.residual is not there.residual:
        added = "added around" if there.residual is Residual.ON else "removed from"
        yield f"Connections are {added} layers whose weights were trained otherwise: the answers change at once."
    if here.loss is not there.loss:
        yield "The output's weights are carried over, though they were trained for the other loss."


def _of_scales(recipe: Recipe) -> Iterator[str]:
    assert recipe.branch is not None
    for layer, factor in recipe.branch.scales:
        name = recipe.config.layer_names[layer - 1]
        yield f"{name}: the weights are multiplied by {as_set(factor)}, the biases are not."


def _of_optimizer(recipe: Recipe) -> Iterator[str]:
    assert recipe.branch is not None
    optimizer, before = recipe.config.optimizer, recipe.branch.parent.config.optimizer
    if carries_memory(recipe):
        if optimizer.slots:
            yield f"{optimizer.label} goes on with what it remembers of past gradients."
    elif optimizer.slots:
        if type(optimizer) is not type(before):
            yield f"{optimizer.label} begins without a memory of past gradients."
        elif recipe.branch.fresh:
            yield f"{optimizer.label} forgets past gradients, which were not kept."
        else:
            yield f"{optimizer.label} forgets past gradients, which were of another layout."
