"""Reads the experiments of a lesson from its TOML file."""

import shlex
from itertools import pairwise
from typing import Any

from model.base.errors import InputError
from model.base.params import params
from model.config.config import Config
from model.config.every_setting import every_setting
from model.config.option_parser import RUN_SETTINGS, OptionParser, config_of, parsed
from model.config.recipe import Recipe
from model.config.run_options import ChangeOption, PresetOption
from model.config.views import ViewKind
from model.lessons.lesson import Experiment
from model.lessons.lesson_table import LessonTable, at_line
from model.lessons.measures import check_key

MOST_ITERATIONS = 20_000  # a lesson that takes longer is no lesson
MOST_WEIGHTS = 2_000_000
MOST_REPEATS = 20
INPUTS, CLASSES = 784, 10


def read_experiments(table: LessonTable) -> dict[str, Experiment]:
    """The experiments by their keys, in the order of the file; raises InputError with file and line."""
    found: dict[str, Experiment] = {}
    for key, row in table.tables("experiment").items():
        found[key] = _experiment(key, row, found)
    return found


def _experiment(key: str, row: LessonTable, known: dict[str, Experiment]) -> Experiment:
    with at_line(row.file, row.line):
        check_key(key)
    row.only("preset", "options", "view", "background", "repeats", "branch")
    given: dict[str, Any] = {}
    with row.located("options"):
        try:
            words = shlex.split(row.text("options", ""))
        except ValueError:
            raise InputError("A quotation mark is open.") from None
        parser = OptionParser("train", "")
        parser.offer(RUN_SETTINGS)
        parser.offer(params(ChangeOption))
        given = parser.read(words)
        if "data" in given or "seed" in given:
            raise InputError("A lesson uses MNIST, and each bet names its seeds: --data and --seed cannot be given.")
    if "preset" in row.values:
        with row.located("preset"):
            given["preset"] = row.text("preset")
            parsed(params(PresetOption), given)
    with row.located("branch" if "branch" in row.values else "options"):
        recipe, of = _recipe(row, given, known)
        _check_size(recipe.config)
    return Experiment(
        key, recipe, row.member("view", ViewKind), row.flag("background"), row.whole("repeats", 1, MOST_REPEATS, 1),
        of, row.line,
    )  # fmt: skip


def _recipe(row: LessonTable, given: dict[str, Any], known: dict[str, Experiment]) -> tuple[Recipe, str]:
    """The recipe, and the key of the experiment that it branches off, '' for none."""
    changes = parsed(params(ChangeOption), given).get("change", ())
    branch = row.inner("branch")
    if branch is None:
        return Recipe(config_of(given), changes=changes), ""
    branch.only("of", "at")
    of, at = branch.text("of"), branch.whole("at", 0, MOST_ITERATIONS)
    if of not in known:
        raise InputError("There is no experiment '{key}' above this one to branch off.", key=of[:40])
    if "preset" in given:
        raise InputError("A branch has the settings of the run that it leaves, and no preset.")
    parent = known[of].recipe
    before = parent.config_at(at)
    config = config_of(given, before)
    settings: dict[str, Any] = {each.name: config.value(each.name) for each in every_setting() if each.name in given}
    return parent.branched(at, **settings).changed(changes), of


def _check_size(config: Config) -> None:
    if config.iterations > MOST_ITERATIONS:
        raise InputError(
            "A run of a lesson takes at most {most} iterations, not {number}.",
            most=f"{MOST_ITERATIONS:,}",
            number=f"{config.iterations:,}",
        )
    widths = (INPUTS, *config.hidden, CLASSES)
    weights = sum(before * after for before, after in pairwise(widths))
    if weights > MOST_WEIGHTS:
        raise InputError(
            "A network of a lesson has at most {most} weights, not {number}.",
            most=f"{MOST_WEIGHTS:,}",
            number=f"{weights:,}",
        )
