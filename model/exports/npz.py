"""The weights of a run as `.npz`: plain arrays that numpy.load reads without pickle.

`layer_1_weight` (inputs, units) and `layer_1_bias` (units,), ..., `output_weight`, `output_bias`: z = x W + b, with x =
`pixel_factor` · p + `pixel_shift` for pixels p from 0 to 255. With batch norm there are also each layer's `gamma`,
`beta`, `running_mean` and `running_variance`, with layer norm `gamma` and `beta`. `iteration` is the number of updates
made, `labels` (classes,) what the data set calls the class of each output; `recipe` is the recipe of the run as JSON,
`arithmetic` what it was computed with, also as JSON, null where that is not known.
"""

import json
from dataclasses import asdict
from io import BytesIO

import numpy as np

from model.base.arrays import Array
from model.base.errors import InputError
from model.config.recipe import Recipe
from model.data.datasets import load_dataset
from model.history.checkpoints import Checkpoint
from model.history.run_log import RunLog
from model.network.network import Network
from model.nn.layers import Parameter, Stage


def npz_of(recipe: Recipe, run_log: RunLog, at: int | None = None) -> bytes:
    """Encode the last weights kept up to iteration `at` (None: of all) as an .npz file.

    Raises InputError if none are kept, or if the data set, which gives the number of inputs and classes, cannot be
    read.
    """
    checkpoint = _kept(run_log, at)
    file = BytesIO()
    found = {**_arrays(recipe, checkpoint), "iteration": np.array(checkpoint.iteration)}
    arithmetic = run_log.arithmetic and asdict(run_log.arithmetic)
    said = {"recipe": recipe.to_json(), "arithmetic": arithmetic}
    np.savez(file, allow_pickle=False, **found, **{name: np.array(json.dumps(each)) for name, each in said.items()})
    return file.getvalue()


def _kept(run_log: RunLog, at: int | None) -> Checkpoint:
    with run_log.lock:
        kept = list(run_log.history.weights.kept)
    if not kept and run_log.history.weights.freed:
        raise InputError("The weights of this run went to make room in the library; train it again to export them.")
    if not kept:
        raise InputError("This run keeps no weights: it has none yet, or its network is too large to keep any.")
    if at is None:
        return kept[-1]
    found = [checkpoint for checkpoint in kept if checkpoint.iteration <= at]
    if not found:
        raise InputError(
            "No weights are kept up to iteration {iteration}; the first are of {first}.",
            iteration=f"{at:,}",
            first=f"{kept[0].iteration:,}",
        )
    return found[-1]


def _arrays(recipe: Recipe, checkpoint: Checkpoint) -> dict[str, Array]:
    """The arrays by name, such as layer_1_weight; the network itself slices them from the checkpoint."""
    dataset = load_dataset(*recipe.config.source)
    network = Network.of(recipe.config, dataset)
    if [array.shape for array in network.state] != [array.shape for array in checkpoint.state]:
        raise InputError(
            "The data in '{path}' have another shape than those the run was trained on.", path=recipe.config.data
        )
    network.take(checkpoint.state)
    scaling = {"pixel_factor": np.array(network.scaling.factor), "pixel_shift": np.array(network.scaling.shift)}
    layers: list[tuple[Stage, ...]] = [*(layer.stages for layer in network.hidden), (network.output,)]
    labels = {"labels": np.array(dataset.class_labels)}
    return (
        scaling
        | labels
        | {
            f"{name.lower().replace(' ', '_')}_{own}": array
            for name, stages in zip(recipe.config.layer_names, layers, strict=True)
            for stage in stages
            for own, array in _of_stage(stage).items()
        }
    )


def _of_stage(stage: Stage) -> dict[str, Array]:
    """The parameters and statistics of a stage by attribute name."""
    own = vars(stage).items()
    statistics = {id(statistic) for statistic in stage.statistics}
    found = {name: value.value for name, value in own if isinstance(value, Parameter)}
    return found | {name: value for name, value in own if id(value) in statistics}
