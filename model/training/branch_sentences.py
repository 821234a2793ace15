"""Sentences on the effects of branching off: on weights, batch norm and the optimiser."""

from collections.abc import Iterator

from model.base.language import message, tr
from model.base.layer_names import shown_layer
from model.base.number_format import as_set
from model.config.recipe import Recipe
from model.nn.residual import Residual
from model.training.weight_transfer import carries_memory, measures_anew

WEIGHTS_UNCHANGED = message("All weights are carried over as they are.")
NOTHING_CHANGED = message("As it is now, the branch repeats its parent.")


def consequences(recipe: Recipe) -> list[str]:
    """List a sentence for each part of the state that a branch restarts, folds or rescales; `recipe` is a branch."""
    assert recipe.branch is not None, "only a branch has a parent"
    parent = recipe.branch.parent.config_at(recipe.start)
    if recipe.config == parent and not recipe.branch.scales and not recipe.branch.fresh:
        return [tr(NOTHING_CHANGED)]
    found = [*_of_norm(recipe), *_of_ways(recipe), *_of_scales(recipe), *_of_optimizer(recipe)]
    return found or [tr(WEIGHTS_UNCHANGED)]


def _of_norm(recipe: Recipe) -> Iterator[str]:
    assert recipe.branch is not None
    here, there = recipe.branch.parent.config.norm, recipe.config.norm
    if here is not there and here.over_batch:
        yield tr("The old batch norm is folded into the weights beside it.")
    if here is not there and here.over_units:
        yield tr("The old layer norm is lost: no weights divide by each image's own spread.")
    if here is not there and there.over_batch:
        yield tr("Batch norm begins with γ = 1, β = 0, measured on one batch.")
    elif here is not there and there.over_units:
        yield tr("Layer norm begins with γ = 1, β = 0.")
    elif measures_anew(recipe):
        yield tr("Batch norm keeps γ and β, but is measured anew on one batch.")


def _of_ways(recipe: Recipe) -> Iterator[str]:
    """On the ways into the network, around its layers and out of it."""
    assert recipe.branch is not None
    here, there = recipe.branch.parent.config, recipe.config
    if here.pixels is not there.pixels:
        yield tr("The first weights and biases are adapted to the new scale of the pixels.")
    if here.residual is not there.residual:
        if there.residual is Residual.ON:
            yield tr(
                "Connections are added around layers whose weights were trained otherwise: the answers change at once."
            )
        else:
            yield tr(
                "Connections are removed from layers whose weights were trained otherwise: the answers change at once."
            )
    if here.loss is not there.loss:
        yield tr("The output's weights are carried over, though they were trained for the other loss.")


def _of_scales(recipe: Recipe) -> Iterator[str]:
    assert recipe.branch is not None
    for layer, factor in recipe.branch.scales:
        name = shown_layer(recipe.config.layer_names[layer - 1])
        yield tr(
            "{layer}: the weights are multiplied by {factor}, the biases are not.", layer=name, factor=as_set(factor)
        )


def _of_optimizer(recipe: Recipe) -> Iterator[str]:
    assert recipe.branch is not None
    optimizer, before = recipe.config.optimizer, recipe.branch.parent.config.optimizer
    if carries_memory(recipe):
        if optimizer.slots:
            yield tr("{optimizer} goes on with what it remembers of past gradients.", optimizer=optimizer.label)
    elif optimizer.slots:
        if type(optimizer) is not type(before):
            yield tr("{optimizer} begins without a memory of past gradients.", optimizer=optimizer.label)
        elif recipe.branch.fresh:
            yield tr("{optimizer} forgets past gradients, which were not kept.", optimizer=optimizer.label)
        else:
            yield tr("{optimizer} forgets past gradients, which were of another layout.", optimizer=optimizer.label)
