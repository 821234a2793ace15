"""'Copy as command' and 'Copy as Python': what is pasted makes the same run, to the bit."""

import ast
import json
import subprocess
import sys
from pathlib import Path
from shlex import quote, split
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base.params import params
from model.base.user_paths import ROOT
from model.cli.main_parser import parse
from model.cli.train import Train
from model.config.config import Config
from model.config.presets import PRESETS, Preset
from model.config.recipe import Branch, Change, LayerScale, Recipe
from model.exports.jsonl import jsonl_of
from model.exports.reproduce import as_command, as_python
from tests.support.finished_runs import eventful, small, train
from tests.support.hypothesis_strategies import settings_of_a_run

DUMP = """
from model.exports.jsonl import jsonl_of
sys.stdout.write(jsonl_of(recipe, run_log).decode())
"""


def read_back(recipe: Recipe) -> Recipe:
    """What the command line understands of the command."""
    _, script, *arguments = split(as_command(recipe))
    assert script == "run.py"
    request = parse(arguments)
    assert isinstance(request, Train)
    return request.recipe


@st.composite
def changes_of(draw: st.DrawFn, config: Config, start: int = 0) -> list[Change]:
    """Live changes that a run of this config can have had, in order."""
    live = [setting for setting in params(config.optimizer) if setting.live]
    found = []
    for iteration in sorted(draw(st.sets(st.integers(start, config.iterations), max_size=3))):
        setting = draw(st.sampled_from(live))
        found.append(Change(iteration, setting.name, draw(st.floats(setting.low or 0, setting.high or 0))))
    return found


@st.composite
def recipes(draw: st.DrawFn) -> Recipe:
    """Any run, some with live changes, some off another."""
    config = Config.from_json(draw(settings_of_a_run()))
    recipe = Recipe(config).changed(draw(changes_of(config)))
    if draw(st.booleans()):
        at = draw(st.integers(0, config.iterations))
        scale = st.builds(LayerScale, st.integers(1, len(config.layer_names)), st.floats(1e-3, 1e3))
        scales = draw(st.lists(scale, max_size=2, unique_by=lambda each: each.layer))
        changed = config.replace(activation=draw(st.sampled_from(["tanh", "relu"])))
        branch = Branch(recipe, at, tuple(scales), draw(st.booleans()))
        recipe = Recipe(changed, branch).changed(draw(changes_of(changed, at)))
    return recipe


@given(recipes())
def test_that_the_command_line_reads_any_run_back_from_its_command(recipe: Recipe) -> None:
    assert read_back(recipe) == recipe


@given(recipes())
def test_that_a_script_holds_any_run(recipe: Recipe) -> None:
    tree = ast.parse(as_python(recipe))
    (call,) = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "Recipe.from_json"
    ]
    assert Recipe.from_json(ast.literal_eval(call.args[0])) == recipe


def test_that_the_default_run_needs_no_option() -> None:
    assert as_command(Recipe(Config())) == "python3 run.py train"


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_that_a_preset_is_named_where_it_says_most(preset: Preset) -> None:
    command = as_command(Recipe(preset.config.replace(seed=3)))
    if preset.config == Config():
        assert command == "python3 run.py train --seed 3"
    else:
        assert command == f"python3 run.py train --preset {preset.name} --seed 3"


def test_that_only_what_differs_is_told() -> None:
    recipe = Recipe(Config().replace(optimizer="adam", activation="tanh", learning_rate=0.02, hidden=(5,)))
    told = "--hidden 5 --activation tanh --optimizer adam --learning-rate 0.02"
    assert as_command(recipe) == f"python3 run.py train {told}"


def test_that_the_own_learning_rate_of_an_optimiser_is_left_out() -> None:
    assert as_command(Recipe(Config().replace(optimizer="adam"))) == "python3 run.py train --optimizer adam"


@pytest.mark.parametrize("data", ["with space", "it's", "-dash", "$HOME; rm -rf *", 'back\\slash "quoted"', "größe"])
def test_that_a_shell_takes_every_folder_for_one_word(data: str) -> None:
    recipe = Recipe(Config(data=data))
    assert read_back(recipe) == recipe
    shell = subprocess.run(
        ["sh", "-c", f'printf "%s\\0" {as_command(recipe)}'], capture_output=True, text=True, check=True
    )
    assert shell.stdout.split("\0")[:-1] == split(as_command(recipe))


def test_that_a_network_without_hidden_layers_is_told() -> None:
    assert as_command(Recipe(Config(hidden=()))) == "python3 run.py train --hidden="


def made(kind: str, folder: str) -> Recipe:
    """A run of each kind."""
    plain = small(folder, optimizer="momentum", iterations=40)
    if kind == "plain":
        return plain
    return plain.changed([Change(17, "learning_rate", 0.3)]) if kind == "changed" else eventful(folder)


KINDS = ["plain", "changed", "branch"]


@pytest.mark.parametrize("kind", KINDS)
def test_that_the_command_makes_the_same_run_to_the_bit(folder: str, kind: str) -> None:
    recipe = made(kind, folder)
    _, run_log = train(recipe)
    program, script, *rest = split(as_command(recipe))
    assert (program, script) == ("python3", "run.py")  # which would set up .venv first, then hand on all that follows
    command = " ".join(map(quote, [sys.executable, str(ROOT / "main.py"), *rest, "--json"]))
    result = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    *records, last = result.stdout.splitlines()
    *expected, end = jsonl_of(recipe, run_log).decode().splitlines()
    assert records == expected
    assert {**json.loads(last), "seconds": None} == json.loads(end)


@pytest.mark.parametrize("kind", KINDS)
def test_that_the_script_makes_the_same_run_to_the_bit(folder: str, tmp_path: Path, kind: str) -> None:
    recipe = made(kind, folder)
    _, run_log = train(recipe)
    script = tmp_path / "again.py"
    script.write_text(as_python(recipe) + DUMP, "utf-8")
    result: Any = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=True)
    said, *lines = result.stdout.splitlines()
    newest = run_log.history.newest
    assert newest
    assert said == f"Test accuracy {newest.test_accuracy:.4f} at iteration {newest.iteration}."
    assert lines == jsonl_of(recipe, run_log).decode().splitlines()


def test_that_a_script_reads_well() -> None:
    script = as_python(eventful(""))
    assert max(map(len, script.splitlines())) <= 120
    assert script.endswith("\n")
