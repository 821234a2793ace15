"""`fork` trains a branch of a run that is kept."""

import json
from pathlib import Path

import pytest

from main import main
from model.base.errors import InputError
from model.cli.fork import CHANGING, Fork
from model.cli.main_parser import parse
from model.config.config import Config
from model.config.recipe import Change, LayerScale, Recipe
from model.data.datasets import Dataset
from model.history.run_log import RunLog
from model.history.run_summary import RunListing
from model.library.library import Library
from model.training.replay import train_recipe


@pytest.fixture
def parent(folder: str) -> Recipe:
    config = Config(hidden=(8, 6), batch_size=10, iterations=60, data=folder).replace(optimizer="momentum")
    return Recipe(config, None, (Change(10, "learning_rate", 0.05),))


@pytest.fixture
def library(parent: Recipe, tiny: Dataset, tmp_path: Path) -> Path:
    """A library with the parent, called 'mother'."""
    kept = Library.open(tmp_path / "runs.sqlite")
    card = RunListing(Recipe(parent.config), label="mother")  # its changes are in the run log
    kept.add(card)
    kept.save(card.id, train_recipe(parent, tiny))
    kept.close()
    return tmp_path / "runs.sqlite"


def forked(library: Path, *arguments: str) -> Fork:
    request = parse(["fork", "mother", "--library", str(library), *arguments])
    assert isinstance(request, Fork)
    return request


def test_that_a_branch_has_what_is_given_and_else_what_its_parent_has_then(library: Path, parent: Recipe) -> None:
    given = ["--at", "20", "--scale", "2=0.5", "--activation", "tanh", "--change", "40:momentum=0.5"]
    recipe, checkpoint = forked(library, *given).branch()
    expected = parent.branched(20, [LayerScale(2, 0.5)], activation="tanh").changed([Change(40, "momentum", 0.5)])
    assert recipe == expected
    assert recipe.config.value("learning_rate") == 0.05
    assert checkpoint
    assert (checkpoint.iteration, len(checkpoint.memory)) == (20, 1)


def test_that_without_an_iteration_it_goes_on_from_the_end(library: Path, parent: Recipe) -> None:
    recipe, checkpoint = forked(library, "--iterations", "90").branch()
    assert recipe == parent.branched(60, iterations=90)
    assert checkpoint
    assert checkpoint.iteration == 60


def test_that_weights_that_are_not_kept_are_trained_again(
    library: Path, parent: Recipe, tiny: Dataset, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe, checkpoint = forked(library, "--at", "33").branch()
    assert checkpoint is None
    assert main(["fork", "mother", "--library", str(library), "--at", "33", "--json"]) == 0
    *records, result = map(json.loads, capsys.readouterr().out.splitlines())
    assert [record["iteration"] for record in records] == [33, 40, 50, 60]
    last = train_recipe(recipe, tiny).history.newest
    assert last
    assert result["final_test_accuracy"] == last.test_accuracy
    assert Recipe.from_json({"config": result["config"], "branch": result["branch"]}) == recipe


def test_that_a_branch_can_be_saved_and_branched_off_again(
    library: Path, parent: Recipe, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "child.layerscope")
    assert main(["fork", "mother", "--library", str(library), "--at", "20", "--save", path]) == 0
    request = parse(["fork", path, "--at", "36", "--optimizer", "sgd"])
    assert isinstance(request, Fork)
    assert request.branch()[0] == parent.branched(20).branched(36, optimizer="sgd")


def test_that_what_a_branch_shares_is_no_option() -> None:
    with pytest.raises(InputError, match="There is no option '--hidden'"):
        parse(["fork", "mother", "--hidden", "3"])
    assert {"learning_rate", "norm", "residual", "loss", "pixels", "iterations"} < {
        setting.name for setting in CHANGING
    }


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--at", "61"], "There is no iteration 61 to branch off at, only 0 to 60."),
        (["--at", "20", "--scale", "9=2"], "There is no layer 9 to rescale, only 1 to 3."),
        (["--scale", "half"], "--scale takes LAYER=FACTOR such as 2=0.5, layers counted from 1, not 'half'."),
        (["--scale", "2=x"], "--scale takes LAYER=FACTOR such as 2=0.5, layers counted from 1, not '2=x'."),
        (["--at", "20", "--change", "10:momentum=0.5"], "There is no iteration 10 to change 'Momentum' at"),
        (["--at", "20", "--beta1", "0.5"], "--beta1 is a setting of adam, not of momentum; add --optimizer adam."),
        (["--at", "soon"], "--at takes the number of an iteration"),
    ],
)
def test_that_what_cannot_be_is_refused_in_one_line(
    library: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert main(["fork", "mother", "--library", str(library), *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err
    assert err.count("\n") == 1


def test_that_an_unknown_run_is_named(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fork", "father", "--library", str(library)]) == 2
    assert "There is no run 'father' in the library" in capsys.readouterr().err


def test_that_a_run_without_records_can_be_branched_off(parent: Recipe, tmp_path: Path) -> None:
    kept = Library.open(tmp_path / "empty.sqlite")
    card = RunListing(parent, label="mother")
    kept.add(card)
    kept.save(card.id, RunLog())
    kept.close()
    recipe, checkpoint = forked(tmp_path / "empty.sqlite").branch()
    assert (recipe.start, checkpoint) == (0, None)
