"""A shell command or a Python script that reproduces a run: to the bit with the same arithmetic."""

import json
from collections.abc import Callable
from dataclasses import replace
from pprint import pformat
from shlex import join
from typing import NamedTuple

from model.base.language import message
from model.base.params import Param
from model.base.user_paths import FOLDER_NAME, FROZEN, ROOT, start_command
from model.config.config import Config
from model.config.option_text import written
from model.config.presets import PRESETS
from model.config.recipe import Recipe
from model.history.run_log import RunLog
from model.history.run_summary import RunListing

SCRIPT = '''\
"""Trains a run of Layerscope again: to the bit where NumPy and the kernel of its BLAS are the same.

Needs a Python with NumPy, such as the one that Layerscope runs on.
"""

import sys

sys.path.insert(0, {root!r})  # where Layerscope lies

from model.data.datasets import load_dataset
from model.config.recipe import Recipe
from model.training.replay import train_recipe

recipe = Recipe.from_json(
{recipe}
)
run_log = train_recipe(recipe, load_dataset(*recipe.config.source))
if last := run_log.history.newest:
    print(f"Test accuracy {{last.test_accuracy:.4f}} at iteration {{last.iteration:,}}.")
'''


def as_made(listing: RunListing, run_log: RunLog) -> RunListing:
    """Add the live changes made while a run trained to its recipe."""
    with run_log.lock:
        made = [change for change in run_log.changes if change not in listing.recipe.changes]
    return replace(listing, recipe=listing.recipe.changed([*listing.recipe.changes, *made]))


def as_command(recipe: Recipe) -> str:
    """Write a recipe as a shell command: `train` with the closest preset and the options that differ from it."""
    return join([*_program(), "train", *arguments_of(recipe)])


def _program() -> list[str]:
    """What a user types to start the program: in a checkout run.py, installed the name, else the executable."""
    if (ROOT / "run.py").is_file():
        return ["python3", "run.py"]
    return start_command() if FROZEN else [FOLDER_NAME]


def arguments_of(recipe: Recipe) -> list[str]:
    """The arguments of `train` that reproduce a recipe."""
    starts: list[tuple[list[str], Config]] = [([], Config())]
    starts += [(["--preset", preset.name], preset.config) for preset in PRESETS]
    start, base = min(starts, key=lambda start: len(_differing(recipe.config, start[1])))
    found = list(start)
    for setting in _differing(recipe.config, base):
        text = written(recipe.config.value(setting.name))
        # argparse would take what begins with a dash for another option.
        found += [f"{setting.option}={text}"] if text.startswith("-") or not text else [setting.option, text]
    for iteration, name, value in recipe.changes:
        found += ["--change", f"{iteration}:{name}={value!r}"]
    if recipe.branch:
        found += ["--branch", json.dumps(recipe.branch.to_json())]
    return found


def _differing(config: Config, base: Config) -> list[Param]:
    """The settings that turn `base` into `config`; another optimiser starts from its own defaults."""
    kept = type(config.optimizer) is type(base.optimizer)
    same = base if kept else base.replace(optimizer=config.optimizer.key)

    def differs(name: str) -> bool:
        return not kept if name == "optimizer" else config.value(name) != same.value(name)

    return [setting for setting in config.settings() if differs(setting.name)]


def as_python(recipe: Recipe) -> str:
    """Write a recipe as a Python script that trains the run and prints its test accuracy."""
    return SCRIPT.format(root=str(ROOT), recipe=_indented(pformat(recipe.to_json(), sort_dicts=False, width=100)))


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())


class Copy(NamedTuple):
    """A text form of a recipe, and what is said when it has been copied."""

    copied: str
    write: Callable[[Recipe], str]


# The commands of the menu that copy a recipe, by key.
COPIES = {
    "command": Copy(message("The command line that makes this run again is on the clipboard."), as_command),
    "python": Copy(message("The Python program that makes this run again is on the clipboard."), as_python),
}
