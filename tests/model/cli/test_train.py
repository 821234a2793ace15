"""`train` makes any run again: with changes on the way, as a branch, into a file."""

import json
from pathlib import Path
from typing import Any

import pytest

from main import main
from model.base.errors import InputError
from model.cli.main_parser import parse
from model.cli.train import Train
from model.config.config import Config
from model.config.recipe import Change, LayerScale, Recipe
from model.data.datasets import Dataset
from model.exports.reproduce import arguments_of
from model.library.library import Library
from model.training.replay import train_recipe
from tests.support.recorded_stories import measured

PARENT = Recipe(Config(hidden=(8, 6), batch_size=10, iterations=60), None, (Change(10, "learning_rate", 0.05),))
BRANCH = PARENT.branched(23, [LayerScale(2, 0.5)], norm="batch-before").changed([Change(40, "learning_rate", 0.01)])


def recipe_of(*arguments: str) -> Recipe:
    request = parse(["train", *arguments])
    assert isinstance(request, Train)
    return request.recipe


@pytest.mark.parametrize("recipe", [PARENT, BRANCH, PARENT.branched(23, fresh=True)], ids=["run", "branch", "fresh"])
def test_that_any_recipe_can_be_written_as_options(recipe: Recipe) -> None:
    assert recipe_of(*arguments_of(recipe)) == recipe


def test_that_changes_are_read_however_their_setting_is_written() -> None:
    changes = ["--change", "500:learning-rate=0.01", "--change=20:learning_rate=1e-3"]
    assert recipe_of(*changes).changes == (Change(20, "learning_rate", 1e-3), Change(500, "learning_rate", 0.01))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--change", "0.01"], "--change takes ITERATION:SETTING=VALUE such as 500:learning_rate=0.01, not '0.01'."),
        (["--change", "5:learning_rate=x"], "--change takes"),
        (["--change", "5:learning_rate=-1"], "--learning-rate takes"),
        (["--change", "5:seed=1"], "'seed' does not change while a run goes on"),
        (["--change", "2001:learning_rate=1"], "There is no iteration 2,001"),
        (["--branch", "{"], "--branch takes JSON"),
        (["--branch", "[" * 100_000], "--branch takes JSON"),
        (["--branch", "{}"], "What a run branches off cannot be read"),
        (["--branch", '{"parent": {}, "iteration": 5000}'], "There is no iteration 5,000 to branch off at"),
        (["--branch", '{"parent": {"config": {"seed": 1}}, "iteration": 5}'], "A branch keeps its parent's 'Seed'"),
        (["--save", "run.png"], "--save takes a file that ends in .layerscope, not 'run.png'."),
        (["--save", "nowhere/run.layerscope"], "cannot be written: there is no folder"),
    ],
)
def test_that_what_cannot_be_run_is_refused_before_it_is_tried(arguments: list[str], message: str) -> None:
    with pytest.raises(InputError) as refused:
        parse(["train", *arguments])
    assert message in str(refused.value)


@pytest.mark.parametrize("as_json", [False, True])
def test_that_a_branch_is_printed_from_its_start(
    as_json: bool, folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    options = [*arguments_of(_on(folder, BRANCH)), *(["--json"] if as_json else [])]
    assert main(["train", *options]) == 0
    out = capsys.readouterr().out
    if not as_json:
        assert [line.split()[0] for line in out.splitlines()[2:7]] == ["23", "30", "40", "50", "60"]
        return
    *records, result = map(json.loads, out.splitlines())
    assert [record["iteration"] for record in records] == [23, 30, 40, 50, 60]
    assert Recipe.from_json({key: result[key] for key in ("config", "branch", "changes")}) == _on(folder, BRANCH)


def test_that_a_saved_run_is_the_run(folder: str, tiny: Dataset, tmp_path: Path) -> None:
    path, recipe = tmp_path / "run.layerscope", _on(folder, BRANCH)
    assert main(["train", *arguments_of(recipe), "--save", str(path)]) == 0
    library = Library.in_memory()
    (card,) = library.take(path)
    book, expected = library.load(card.id), train_recipe(recipe, tiny)
    library.close()
    assert card.recipe == recipe
    assert (book.changes, book.ended) == (list(recipe.changes), True)
    assert book.history.iterations.rows.tolist() == expected.history.iterations.rows.tolist()
    assert [kept.iteration for kept in book.history.weights.kept] == [
        kept.iteration for kept in expected.history.weights.kept
    ]
    assert len(measured(book.history.timeline.moments)) == len(expected.history.timeline.moments)


def _on(folder: str, recipe: Recipe) -> Recipe:
    """The same on another data set."""

    def moved(values: dict[str, Any]) -> dict[str, Any]:
        values["config"]["data"] = folder
        if "branch" in values:
            moved(values["branch"]["parent"])
        return values

    return Recipe.from_json(moved(recipe.to_json()))
