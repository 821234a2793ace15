"""The README's table of the lesson's six is what its command prints, and its results are what this program computes."""

import re
import shlex
from pathlib import Path

import pytest

import main
from model.base.user_paths import ROOT
from model.cli.main_parser import parse
from model.cli.sweep import Sweep
from model.config.config import Config
from model.config.presets import LESSON
from model.sweeps.results_csv import Results
from model.sweeps.sweep import Result, run_cell

README = (ROOT / "README.md").read_text("utf-8")
SEEDS = 10
RECOMPUTED = "relu-he", 3


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the results that the README names."""
    made = tmp_path / "six.csv"
    made.write_bytes((ROOT / named_file()).read_bytes())
    return made


def command() -> list[str]:
    """The command that the README gives for the table, without the program."""
    (found,) = re.findall(r"`python3 run\.py (sweep [^`]*)`", README.partition("<!-- six -->")[0])
    return shlex.split(found)


def named_file() -> str:
    return command()[command().index("--out") + 1]


def aimed(out: Path) -> list[str]:
    """The same command with another file."""
    return [str(out) if word == named_file() else word for word in command()]


def results(out: Path) -> Results:
    """What a file has of the command's runs; raises InputError if it has any other."""
    asked = parse(aimed(out))
    assert isinstance(asked, Sweep)
    return Results(out, asked.cells)


def test_that_the_table_is_what_its_command_prints(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert results(copy).missing == []
    before = copy.read_bytes()  # opening it has written the default of any setting that is younger than the file
    assert main.main(aimed(copy)) == 0
    printed = capsys.readouterr().out
    (block,) = re.findall(r"<!-- six -->\n```\n(.*?)```\n<!-- /six -->", README, re.DOTALL)
    assert printed == block
    assert copy.read_bytes() == before, "nothing was left to be run"


def test_that_the_file_has_exactly_the_lessons_six_over_ten_seeds(copy: Path) -> None:
    found = results(copy)
    assert found.missing == []
    lines = copy.read_text("utf-8").splitlines()
    assert len(lines) == 1 + len(LESSON) * SEEDS
    configs = {result.cell.config for result in found.finished.values()}
    assert configs == {preset.config.replace(seed=seed) for preset in LESSON for seed in range(SEEDS)}
    assert Config() in configs, "they are what the program does unless told otherwise"


def test_that_a_run_of_it_comes_to_the_same_end_here(copy: Path) -> None:
    name, seed = RECOMPUTED
    config = next(preset.config for preset in LESSON if preset.name == name).replace(seed=seed)
    stored = next(result for result in results(copy).finished.values() if result.cell.config == config)
    again = run_cell(stored.cell)

    def exact(result: Result) -> tuple[object, ...]:
        return result.iterations, result.condition, result.cause, result.diverged

    assert exact(again) == exact(stored)
    # Processors of another kind round the matrix products in another way.
    assert again.final_test_accuracy == pytest.approx(stored.final_test_accuracy, abs=0.01)
    assert again.final_train_accuracy == pytest.approx(stored.final_train_accuracy, abs=0.05)
    assert again.final_loss == pytest.approx(stored.final_loss, abs=0.05)
    assert again.log_gradient == pytest.approx(stored.log_gradient, abs=0.1)
