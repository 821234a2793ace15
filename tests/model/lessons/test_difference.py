"""Whether the run on the screen is the one that a lesson asks about."""

from pathlib import Path
from typing import Any

import pytest

from model.config.recipe import Change
from model.lessons.difference import differences
from model.lessons.lesson import Experiment, with_seed
from tests.support.lessons import TOML, lesson_of

BRANCH = '[experiment.faster]\noptions = "--learning-rate 1"\nbranch = { of = "short", at = 20 }\n\n[bet.end]'


@pytest.fixture
def experiments(tmp_path: Path) -> dict[str, Experiment]:
    return dict(lesson_of(tmp_path, TOML.replace("[bet.end]", BRANCH)).experiments)


def test_that_the_same_run_of_another_seed_does_not_differ(experiments: dict[str, Experiment]) -> None:
    for experiment in experiments.values():
        for recipe in (experiment.recipe, with_seed(experiment.recipe, 7)):
            assert differences(experiment, recipe) == []


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"learning_rate": 1.0}, ["Learning rate 1 instead of 0.1"]),
        (
            {"activation": "tanh", "hidden": (8, 8)},
            ["Hidden layers 8,8 instead of 8", "Activation Tanh instead of ReLU"],
        ),
        ({"optimizer": "adam"}, ["Optimiser Adam instead of SGD", "Learning rate 0.001 instead of 0.1"]),
        ({"record_every": 5}, []),
    ],
)
def test_that_every_setting_that_is_other_is_named(
    experiments: dict[str, Experiment], settings: dict[str, Any], said: list[str]
) -> None:
    recipe = experiments["short"].recipe
    assert differences(experiments["short"], type(recipe)(recipe.config.replace(**settings))) == said


def test_that_changes_and_branches_are_named(experiments: dict[str, Experiment]) -> None:
    short, faster = experiments["short"], experiments["faster"]
    assert differences(short, short.recipe.changed([Change(5, "learning_rate", 1.0)])) == ["changed on the way"]
    assert differences(short, short.recipe.branched(5)) == ["a branch of another run"]
    assert differences(faster, short.recipe) == ["Learning rate 0.1 instead of 1", "no branch"]
