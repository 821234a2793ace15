"""Whole runs on the small data set, for tests of what can be made from what they left."""

from typing import Any

from model.config.config import Config
from model.config.recipe import Branch, Change, LayerScale, Recipe
from model.data.datasets import Dataset, load_dataset
from model.history.run_log import RunLog
from model.history.run_summary import RunListing, summarise
from model.training.replay import train_recipe

Left = tuple[RunListing, RunLog]


def train(recipe: Recipe, dataset: Dataset | None = None) -> Left:
    """The run, trained to its end."""
    run_log = train_recipe(recipe, dataset or load_dataset(*recipe.config.source))
    return RunListing(recipe, summary=summarise(run_log), created=1_700_000_000.0), run_log


def small(folder: str, **settings: Any) -> Recipe:
    """A short run on the data in `folder`."""
    return Recipe(Config.from_json({"hidden": (7, 5), "iterations": 60, "batch_size": 20, "data": folder, **settings}))


def eventful(folder: str) -> Recipe:
    """A short run that branches off another, both with a live change."""
    parent = small(folder, optimizer="momentum", seed=4).changed([Change(13, "momentum", 0.5)])
    config = parent.config.replace(activation="tanh")
    return Recipe(config, Branch(parent, 25, (LayerScale(1, 0.1),)), (Change(33, "learning_rate", 0.03125),))
