"""The results in docs/results are what their commands compute and print."""

import shlex
from pathlib import Path

import pytest

import main
from model.base.user_paths import ROOT
from model.config.config import Config
from model.config.presets import LESSON, PRESETS
from model.sweeps.results_csv import Results
from model.sweeps.sweep import Result, run_cell
from tests.docs import pages
from tests.docs.results import SIX, finished, preset_sweep, six_sweep

SEEDS = 10
# Processors of another kind round the matrix products in another way.
ELSEWHERE = 0.01


def six_of(name: str, seed: int) -> Result:
    """The stored result of one of the lesson's six."""
    config = next(preset.config for preset in LESSON if preset.name == name).replace(seed=seed)
    return next(result for result in finished(six_sweep()).values() if result.cell.config == config)


def preset_result(name: str) -> Result:
    """The stored result of a preset."""
    return next(each for each in finished(preset_sweep()).values() if each.cell.varied == (("preset", name),))


def test_that_the_table_of_six_is_what_its_command_prints(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "six.csv"
    copy.write_bytes(Path(six_sweep().options.out).read_bytes())
    assert Results(copy, six_sweep().cells).missing == []
    stored = copy.read_bytes()  # opening it has written the default of any setting that is younger than the file
    words = shlex.split(SIX)
    words[words.index("--out") + 1] = str(copy)
    assert main.main(words) == 0
    assert pages.held("six") == f"```\n$ python3 run.py {SIX}\n{capsys.readouterr().out}```"
    assert copy.read_bytes() == stored, "nothing was left to be run"


def test_that_the_file_of_six_has_exactly_the_lessons_six_over_ten_seeds() -> None:
    configs = {result.cell.config for result in finished(six_sweep()).values()}
    assert configs == {preset.config.replace(seed=seed) for preset in LESSON for seed in range(SEEDS)}
    assert len((ROOT / "docs/results/six.csv").read_text("utf-8").splitlines()) == 1 + len(configs)
    assert Config() in configs, "they are what the program does unless told otherwise"


def test_that_every_preset_has_its_result() -> None:
    assert len(finished(preset_sweep())) == len(PRESETS), "`python3 run.py docs --write` trains those that are missing"


@pytest.mark.parametrize("name", [preset.name for preset in LESSON])
def test_that_presets_and_six_tell_the_same_of_the_same_run(name: str) -> None:
    one, other = preset_result(name), six_of(name, seed=0)
    assert one.condition is other.condition
    assert one.final_test_accuracy == pytest.approx(other.final_test_accuracy, abs=ELSEWHERE)


@pytest.mark.parametrize("of", ["six", "presets"])
def test_that_a_stored_run_comes_to_the_same_end_here(of: str) -> None:
    stored = six_of("relu-he", seed=3) if of == "six" else preset_result("sigmoid-gauss-bn")
    again = run_cell(stored.cell)

    def exact(result: Result) -> tuple[object, ...]:
        return result.iterations, result.condition, result.cause, result.diverged

    assert exact(again) == exact(stored)
    assert again.final_test_accuracy == pytest.approx(stored.final_test_accuracy, abs=ELSEWHERE)
    assert again.final_train_accuracy == pytest.approx(stored.final_train_accuracy, abs=0.05)
    assert again.final_loss == pytest.approx(stored.final_loss, abs=0.05)
    assert again.log_gradient == pytest.approx(stored.log_gradient, abs=0.1)
