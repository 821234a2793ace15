"""`.npz`: the arrays alone answer as the network does."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from model.base.arithmetic import Arithmetic
from model.base.errors import InputError
from model.config.config import Config
from model.config.recipe import Recipe
from model.data.datasets import Dataset
from model.data.pixel_scaling import Pixels
from model.exports.npz import npz_of
from model.history.run_log import RunLog
from model.network.network import Network
from model.nn.activations import Activation
from model.nn.normalization import Norm
from tests.support import reference_formulas
from tests.support.finished_runs import small, train

Arrays = dict[str, np.ndarray]
SAID = ("iteration", "labels", "recipe", "arithmetic", "pixel_factor", "pixel_shift")


def arrays_of(recipe: Recipe, run_log: RunLog, at: int | None = None) -> Arrays:
    """The file's arrays by name, read without pickle."""
    with np.load(BytesIO(npz_of(recipe, run_log, at)), allow_pickle=False) as file:
        return dict(file)


def answered(arrays: Arrays, config: Config, x: reference_formulas.Floats) -> reference_formulas.Floats:
    """The logits, from the arrays and the formulas alone."""
    activation = reference_formulas.formulas(config.activation)[0]
    for number in range(1, len(config.hidden) + 1):
        own = {name: arrays[f"layer_{number}_{name}"].astype(float) for name in ("weight", "bias")}

        def norm(y: reference_formulas.Floats, layer: str = f"layer_{number}") -> reference_formulas.Floats:
            gamma, beta = arrays[f"{layer}_gamma"], arrays[f"{layer}_beta"]
            if config.norm.over_units:
                mean, variance = y.mean(axis=1, keepdims=True), y.var(axis=1, keepdims=True)
            else:
                mean, variance = arrays[f"{layer}_running_mean"], arrays[f"{layer}_running_variance"]
            found: reference_formulas.Floats = (y - mean) / np.sqrt(variance + config.bn_epsilon) * gamma + beta
            return found

        x = x @ own["weight"] + own["bias"]
        if config.norm in (Norm.BATCH_BEFORE, Norm.LAYER_BEFORE):
            x = norm(x)
        x = activation(x)
        if config.norm in (Norm.BATCH_AFTER, Norm.LAYER_AFTER):
            x = norm(x)
    found: reference_formulas.Floats = x @ arrays["output_weight"].astype(float) + arrays["output_bias"]
    return found


@pytest.mark.parametrize("pixels", [Pixels.UNIT, Pixels.STANDARDISED])
@pytest.mark.parametrize("placement", Norm, ids=str)
@pytest.mark.parametrize("hidden", [(), (6,), (6, 5, 4)])
def test_that_the_arrays_alone_get_as_many_images_right_as_the_run_says(
    folder: str, tiny: Dataset, placement: Norm, hidden: tuple[int, ...], pixels: Pixels
) -> None:
    recipe = small(folder, hidden=hidden, norm=placement.key, pixels=pixels.key, activation=Activation.TANH.key)
    _, run_log = train(recipe)
    arrays = arrays_of(recipe, run_log)
    logits = answered(
        arrays, recipe.config, arrays["pixel_factor"] * tiny.test_images.astype(float) + arrays["pixel_shift"]
    )
    newest = run_log.history.newest
    assert newest
    assert arrays["iteration"] == newest.iteration == 60
    assert (logits.argmax(axis=1) == tiny.test_labels).mean() == pytest.approx(newest.test_accuracy)
    network = Network.of(recipe.config, tiny)
    network.take(run_log.history.weights.kept[-1].state)
    np.testing.assert_allclose(logits, reference_formulas.logits(network, tiny.test_images), rtol=1e-12)


@pytest.mark.parametrize("placement", Norm, ids=str)
def test_that_every_number_of_the_network_is_in_the_file_once(folder: str, placement: Norm) -> None:
    recipe = small(folder, norm=placement.key)
    _, run_log = train(recipe)
    arrays = arrays_of(recipe, run_log)
    inside = [values for name, values in arrays.items() if name not in SAID]
    state = run_log.history.weights.kept[-1].state
    ours, theirs = (np.sort(np.concatenate([values.ravel() for values in every])) for every in (inside, state))
    np.testing.assert_array_equal(ours, theirs)
    own = ["weight", "bias", *(["gamma", "beta"] if placement.normalises else [])]
    own += ["running_mean", "running_variance"] if placement.over_batch else []
    named = {f"layer_{number}_{name}" for number in (1, 2) for name in own}
    assert set(arrays) == {*named, "output_weight", "output_bias", *SAID}


def test_that_the_file_says_what_made_the_weights(folder: str) -> None:
    recipe = small(folder)
    _, run_log = train(recipe)
    arrays = arrays_of(recipe, run_log)
    assert Recipe.from_json(json.loads(str(arrays["recipe"]))) == recipe
    assert Arithmetic.from_json(json.loads(str(arrays["arithmetic"]))) == run_log.arithmetic
    run_log.arithmetic = None
    assert json.loads(str(arrays_of(recipe, run_log)["arithmetic"])) is None


@pytest.mark.parametrize(("at", "found"), [(0, 0), (5, 5), (59, 58), (1_000_000, 60), (None, 60)])
def test_that_the_weights_are_the_last_kept_up_to_an_iteration(folder: str, at: int | None, found: int) -> None:
    recipe = small(folder)
    _, run_log = train(recipe)
    kept = [checkpoint.iteration for checkpoint in run_log.history.weights.kept]
    assert found in kept
    arrays = arrays_of(recipe, run_log, at)
    assert arrays["iteration"] == found
    checkpoint = run_log.history.weights.kept[kept.index(found)]
    assert arrays["layer_1_weight"].ravel()[0] == checkpoint.state[0][0]


def refused(recipe: Recipe, run_log: RunLog, at: int | None = None) -> str:
    """What is said instead of a file."""
    with pytest.raises(InputError) as told:
        npz_of(recipe, run_log, at)
    assert str(told.value).endswith(".")
    return str(told.value)


def test_that_a_run_without_weights_says_so(folder: str) -> None:
    assert "keeps no weights" in refused(small(folder), RunLog())


def test_that_an_iteration_before_the_first_weights_is_refused(folder: str) -> None:
    recipe = small(folder)
    _, run_log = train(recipe)
    run_log.history.weights.kept = run_log.history.weights.kept[3:]
    assert "up to iteration 2; the first are of 3" in refused(recipe, run_log, 2)


@pytest.mark.parametrize("changes", [{}, {"hidden": ()}])
def test_that_data_of_another_shape_are_refused(folder: str, other: str, changes: dict[str, Any]) -> None:
    recipe = small(folder, **changes)
    _, run_log = train(recipe)
    assert "another shape" in refused(small(other, **changes), run_log)


def test_that_missing_data_are_named(folder: str, tmp_path: Path) -> None:
    recipe = small(folder)
    _, run_log = train(recipe)
    gone = Recipe(recipe.config.replace(data=str(tmp_path / "gone")))
    assert "gone" in refused(gone, run_log)


def test_that_the_same_run_gives_the_same_bytes(folder: str) -> None:
    recipe = small(folder)
    assert npz_of(recipe, train(recipe)[1]) == npz_of(recipe, train(recipe)[1])
