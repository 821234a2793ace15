"""JSON Lines: an exported run is what `train --json` would have printed of it."""

import json
from math import inf
from typing import Any

import pytest

from main import main
from model.config.recipe import LayerScale, Recipe
from model.data.datasets import Dataset
from model.exports.jsonl import jsonl_of
from model.exports.reproduce import arguments_of
from model.history.run_log import RunLog
from model.library.run_json import read_verdicts, verdicts_text
from model.training.replay import train_recipe
from tests.support.finished_runs import small, train

RUNS = [
    {},
    {"iterations": 0},
    {"iterations": 400, "record_every": 3},
    {"norm": "batch-before", "optimizer": "adam", "numbers": "float64"},
    {"hidden": ()},
]  # fmt: skip
DIVERGING = [
    {"learning_rate": 1000.0, "activation": "identity", "init": "gauss", "init_std": 100.0},
    {"learning_rate": 1000.0, "hidden": (), "init": "gauss", "init_std": 100.0, "weight_decay": 10.0},
    {"hidden": (40,) * 40, "init": "gauss", "init_std": 100.0},
]  # fmt: skip


def printed(recipe: Recipe, capsys: pytest.CaptureFixture[str]) -> bytes:
    """What `train --json` prints, the seconds taken out."""
    assert main(["train", *arguments_of(recipe), "--json"]) == 0
    *lines, last = capsys.readouterr().out.splitlines()
    result = json.loads(last)
    assert result["seconds"] >= 0
    return "\n".join([*lines, json.dumps({**result, "seconds": None}), ""]).encode()


@pytest.mark.parametrize("settings", [*RUNS, *DIVERGING], ids=str)
def test_that_the_file_is_what_train_prints_but_for_the_seconds(
    capsys: pytest.CaptureFixture[str], folder: str, settings: dict[str, Any]
) -> None:
    recipe = small(folder, **settings)
    _, run_log = train(recipe)
    assert jsonl_of(recipe, run_log) == printed(recipe, capsys)


@pytest.mark.parametrize("settings", DIVERGING, ids=str)
def test_that_a_diverged_run_says_where(folder: str, settings: dict[str, Any]) -> None:
    recipe = small(folder, **settings)
    _, run_log = train(recipe)
    result = json.loads(jsonl_of(recipe, run_log).splitlines()[-1])
    places = {*recipe.config.layer_names[:-1], "the output layer", "the loss"}
    assert result["diverged"]["layer"] in places
    assert result["diverged"]["iteration"] == result["iterations"]
    assert "interrupted" not in result


@pytest.mark.parametrize("settings", DIVERGING, ids=str)
def test_that_a_diverged_run_that_a_former_program_stored_says_where(folder: str, settings: dict[str, Any]) -> None:
    """It kept the sentence, and no figures."""
    recipe = small(folder, **settings)
    _, run_log = train(recipe)
    expected = json.loads(jsonl_of(recipe, run_log).splitlines()[-1])["diverged"]
    stored = json.loads(verdicts_text(run_log.verdicts))
    for (_, former), (_, verdict) in zip(stored, run_log.verdicts, strict=True):
        del former["figures"]
        former["sentence"] = verdict.sentence
    run_log.verdicts = read_verdicts(json.dumps(stored), recipe)
    assert json.loads(jsonl_of(recipe, run_log).splitlines()[-1])["diverged"] == expected
    assert expected["layer"]


def test_that_a_branch_that_diverges_where_it_begins_has_not_made_a_step(folder: str, tiny: Dataset) -> None:
    parent = small(folder, hidden=(8,) * 8, activation="identity", learning_rate=1e-6)
    child = parent.branched(10, [LayerScale(layer, 1e6) for layer in range(1, 9)])
    said = json.loads(jsonl_of(child, train_recipe(child, tiny)).splitlines()[-1])["diverged"]
    assert said["iteration"] == 10
    assert "no step has been made yet" in said["message"]


def test_that_a_run_that_goes_on_is_told_as_interrupted(folder: str, tiny: Dataset) -> None:
    recipe = small(folder)
    steps = iter(range(31))
    run_log = train_recipe(recipe, tiny, proceed=lambda: next(steps, None) is not None)
    *records, result = map(json.loads, jsonl_of(recipe, run_log).splitlines())
    assert result["interrupted"] is True
    assert result["iterations"] == 31
    assert [record["iteration"] for record in records] == [0, 10, 20, 30]
    assert result["final_test_accuracy"] == records[-1]["test_accuracy"]


def test_that_a_run_without_records_has_its_last_line(folder: str) -> None:
    (line,) = jsonl_of(small(folder), RunLog()).splitlines()
    result = json.loads(line)
    assert (result["done"], result["final_test_accuracy"], result["iterations"]) == (True, None, 0)
    assert result["verdict"]["class"] == "early"


def test_that_no_line_holds_what_json_does_not_know(folder: str) -> None:
    recipe = small(folder)
    _, run_log = train(recipe)
    object.__setattr__(run_log.history.timeline.moments[0], "loss", inf)
    first = jsonl_of(recipe, run_log).splitlines()[0]
    assert json.loads(first)["loss"] is None
