"""`sweep`: the file does not depend on how it came about, and bad input is one clear line."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from main import main
from model.base.user_paths import ROOT
from model.cli.command import PrintText
from model.cli.main_parser import parse
from model.cli.sweep import RunsProgress, Sweep
from model.cli.sweep import parse as parse_sweep
from model.config.config import Config
from model.config.presets import preset_named
from model.diagnosis.verdict import Cause, Condition
from model.sweeps.axes import SweepAxis, cells
from model.sweeps.results_csv import Results
from model.sweeps.sweep import Result
from model.sweeps.sweep_report import MOST_ROWS, report
from tests.support.patience import PATIENCE
from tests.support.sweeps import QUICK, VARY, serially

posix = pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")


def asked(*arguments: str) -> Sweep:
    """The sweep that these arguments ask for."""
    found = parse_sweep(["--out", "results.csv", *arguments])
    assert isinstance(found, Sweep)
    return found


@pytest.fixture
def arguments(folder: str, tmp_path: Path) -> list[str]:
    """A small sweep of eight runs into results.csv."""
    return ["sweep", "--data", folder, *QUICK, *VARY, "--out", str(tmp_path / "results.csv")]


@pytest.fixture
def expected(arguments: list[str], tmp_path: Path) -> bytes:
    """What the file must hold in the end."""
    found = parse(arguments)
    assert isinstance(found, Sweep)
    results = Results(tmp_path / "expected.csv", found.cells)
    for result in serially(found.cells):
        results.add(result)
    results.write()
    return (tmp_path / "expected.csv").read_bytes()


def begun(arguments: list[str], path: Path, rows: int) -> "subprocess.Popen[str]":
    """The sweep as a process of its own that has finished so many runs."""
    command = [sys.executable, str(ROOT / "main.py"), *arguments]
    process = subprocess.Popen(
        command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    end = time.monotonic() + PATIENCE
    while not path.exists() or path.read_bytes().count(b"\n") <= rows:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.01)
    return process


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_that_the_file_is_the_same_with_any_number_of_workers(
    arguments: list[str], expected: bytes, tmp_path: Path, jobs: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--jobs", jobs]) == 0
    assert (tmp_path / "results.csv").read_bytes() == expected
    out, err = capsys.readouterr()
    assert [line.split()[:3] for line in out.splitlines()[1:5]] == [
        ["sigmoid", "gauss", "2"], ["sigmoid", "he", "2"], ["relu", "gauss", "2"], ["relu", "he", "2"],
    ]  # fmt: skip
    assert err.splitlines()[-1] == "8 / 8 runs"


def test_that_a_finished_sweep_starts_no_worker(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 0
    first, before = capsys.readouterr().out, (tmp_path / "results.csv").read_bytes()
    monkeypatch.setattr("model.cli.worker_processes.WorkerPool", None)
    assert main(arguments) == 0
    out, err = capsys.readouterr()
    assert out == first
    assert err == f"layerscope: 8 of 8 runs are in '{tmp_path / 'results.csv'}' already.\n"
    assert (tmp_path / "results.csv").read_bytes() == before


@posix
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_that_an_interrupted_sweep_goes_on_where_it_was(
    folder: str, tmp_path: Path, end: signal.Signals, capsys: pytest.CaptureFixture[str]
) -> None:
    # The file is written once a second: two runs are in it after the first, when the others need seconds more.
    path = tmp_path / "results.csv"
    arguments = ["sweep", "--data", folder, *QUICK, "--vary", "iterations=30,40000", "--seeds", "2", "--out", str(path)]
    process = begun([*arguments, "--jobs", "1"], path, 1)
    os.killpg(process.pid, end) if end is not signal.SIGKILL else process.kill()
    out, err = process.communicate()
    kept = path.read_text("utf-8").splitlines()
    assert 2 <= len(kept) < 5
    if end is not signal.SIGKILL:
        assert process.returncode == 128 + end
        assert out.splitlines()[-1] == (
            f"Interrupted; {5 - len(kept)} runs are left, and the same command goes on with them."
        )
        assert "Traceback" not in err
    assert main(arguments) == 0
    assert f"{len(kept) - 1} of 4 runs are in" in capsys.readouterr().err
    found = parse(arguments)
    assert isinstance(found, Sweep)
    whole = Results(tmp_path / "whole.csv", found.cells)
    for result in serially(found.cells):
        whole.add(result)
    whole.write()
    assert path.read_bytes() == (tmp_path / "whole.csv").read_bytes()
    assert set(kept) <= set(path.read_text("utf-8").splitlines())


@posix
def test_that_ctrl_c_before_the_first_result_prints_no_traceback(arguments: list[str], tmp_path: Path) -> None:
    process = begun([*arguments, "--iterations", "1000000"], tmp_path / "results.csv", 0)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate()
    assert process.returncode == 130
    assert out.splitlines()[0] == "No run is finished."
    assert err == "0 / 8 runs\n"


def test_that_a_folder_without_data_is_named_and_ends_the_sweep(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--data", "/no/such/folder"]) == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("layerscope: There is no folder or file '/no/such/folder'")


def test_that_the_runs_are_those_of_the_options() -> None:
    found = asked("--preset", "sigmoid-he", "--seed", "5", "--vary", "init=xavier", "--vary", "depth=1,2", "--seeds=2")
    base = preset_named("sigmoid-he").config.replace(init="xavier", seed=5)
    assert [cell.config for cell in found.cells] == [
        base.replace(hidden=hidden, seed=seed) for hidden in ((40,), (40, 40)) for seed in (5, 6)
    ]
    assert [cell.config for cell in asked().cells] == [Config()]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--vary", "init=he"], "needs --out FILE.csv"),
        (["--out", "x.csv", "--vary", "inti=he"], "did you mean init?"),
        (["--out", "x.csv", "--vary"], "--vary: expected one argument"),
        (["--out", "x.csv", "--seeds", "0"], "--seeds takes 1 to 10,000"),
        (["--out", "x.csv", "--jobs", "-1"], "--jobs takes 0 to 256"),
        (["--out", "x.csv", "--jobs", "2", "--scheduler", "tcp://h:1"], "--jobs is for this machine"),
        (["--out", "x.csv", "--vray", "init=he"], "did you mean --vary?"),
        (["--out", "x.csv", "--seeds", "3", "--vary", "seed=1"], "--seeds N"),
        (["--out", "no/such/folder/x.csv"], "there is no folder"),
        (["--out", "."], "it is a folder"),
    ],
)
def test_that_bad_input_is_one_line(arguments: list[str], named: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sweep", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert named in err
    assert err.count("\n") == 1


def test_that_the_help_explains_every_option_and_how_to_write_values() -> None:
    found = parse(["sweep", "--help"])
    assert isinstance(found, PrintText)
    text = " ".join(found.text.split())
    for part in ("--vary", "--seeds", "--jobs", "--scheduler", "--out", "--preset", "depth=1..5", "40,20/100,100"):
        assert part in text


def results_of(accuracies: dict[str, list[float | None]], diverged: str = "") -> tuple[list, dict]:  # type: ignore[type-arg]
    """Cells that vary the activation, and results with these accuracies seed by seed."""
    names = ",".join(accuracies)
    seeds = len(next(iter(accuracies.values())))
    found = cells(Config(), [SweepAxis.parse(f"activation={names}")], seeds)
    values = [accuracy for row in accuracies.values() for accuracy in row]
    return found, {
        cell.index: Result(
            cell, 10, value, value, 0.0, 0.0,
            Condition.DIVERGED if dict(cell.varied)["activation"] == diverged else Condition.LEARNING, Cause.NONE,
        )
        for cell, value in zip(found, values, strict=True)
    }  # fmt: skip


def test_that_the_table_compares_the_best_with_each_seed_by_seed() -> None:
    found, finished = results_of({"relu": [0.8, 0.9, 0.85], "tanh": [0.7, 0.6, 0.65], "elu": [0.79, 0.91, 0.84]})
    head, relu, tanh, elu, _, said, alike = report(found, finished).splitlines()
    assert head.split() == ["activation", "seeds", "mean", "std", "min", "max", "below", "best", "95", "%", "interval",
                            "best", "wins"]  # fmt: skip
    assert relu.split() == ["relu", "3", "0.8500", "0.0500", "0.8000", "0.9000", "best"]
    assert tanh.split() == ["tanh", "3", "0.6500", "0.0500", "0.6000", "0.7000", "0.2000", "-0.0484", "to", "0.4484",
                            "3", "/", "3"]  # fmt: skip
    assert elu.split()[-3:] == ["2", "/", "3"]
    assert said == "Test accuracy at the end of each run. The best is compared with each of the others seed by seed."
    assert alike == "So few seeds cannot tell activation=relu from activation=tanh; activation=elu."


def test_that_the_table_shows_what_diverged_and_what_has_no_figure() -> None:
    found, finished = results_of({"relu": [0.5, 0.6], "tanh": [0.1, None], "elu": [None, None]}, diverged="tanh")
    head, relu, tanh, elu, *_ = report(found, finished).splitlines()
    assert "diverged" in head
    assert relu.split()[6] == "0"
    assert tanh.split() == ["tanh", "0", "2", "0", "/", "0"]
    assert elu.split() == ["elu", "0", "0", "0", "/", "0"]


def test_that_diverged_runs_are_counted_beside_the_figures_of_those_that_ended() -> None:
    found, finished = results_of({"relu": [0.5, 0.6, 0.7, 0.9], "tanh": [0.4, 0.5, 0.6, 0.65]})
    for index in (2, 3):
        finished[index] = replace(finished[index], condition=Condition.DIVERGED)
    _, relu, tanh, *_, left_out, few = report(found, finished).splitlines()
    assert relu.split()[:7] == ["relu", "2", "0.5500", "0.0707", "0.5000", "0.6000", "2"]
    assert tanh.split() == ["tanh", "4", "0.5375", "0.1109", "0.4000", "0.6500", "0", "0.1000", "2", "/", "2"]
    assert left_out == "2 runs diverged and are left out."
    assert few == (
        "Fewer than 3 seeds cannot tell a difference from chance; "
        "an interval takes 3 or more with which both have an accuracy."
    )


def test_that_a_setting_whose_runs_all_diverged_is_never_the_best() -> None:
    found, finished = results_of({"relu": [0.9, 0.95, 0.9], "tanh": [0.4, 0.5, 0.6]}, diverged="relu")
    _, relu, tanh, *_ = report(found, finished).splitlines()
    assert relu.split() == ["relu", "0", "3", "0", "/", "0"]
    assert tanh.split()[-1] == "best"


def test_that_a_sweep_of_which_every_run_diverged_says_so_in_a_sentence() -> None:
    found, finished = results_of({"relu": [0.9, None, 0.9]}, diverged="relu")
    assert report(found, finished) == "No run ended with a test accuracy: 3 of 3 diverged."


def test_that_a_finished_sweep_of_which_every_run_diverged_prints_the_sentence(
    folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exploding = ["--activation", "identity", "--learning-rate", "1000", "--hidden", "5,5,5"]
    asked = [*QUICK, *exploding, "--seeds", "2", "--out", str(tmp_path / "results.csv")]
    assert main(["sweep", "--data", folder, *asked]) == 0
    assert capsys.readouterr().out == "No run ended with a test accuracy: 2 of 2 diverged.\n"


def test_that_a_table_of_unfinished_runs_has_those_that_are_finished() -> None:
    found, finished = results_of({"relu": [0.5, 0.6], "tanh": [0.1, 0.2]})
    lines = report(found, {index: finished[index] for index in (0,)}).splitlines()
    assert lines[1].split() == ["relu", "1", "0.5000", "0.5000", "0.5000", "best"]
    assert lines[2:] == ["", "Test accuracy at the end of each run."], "nothing diverged, nothing is compared"
    assert report(found, {}) == ""


def test_that_a_sweep_without_varied_settings_has_one_row() -> None:
    found = cells(Config(), [], 2)
    finished = {cell.index: Result(cell, 1, 0.5, 0.5, 1, 1, Condition.EARLY, Cause.NONE) for cell in found}
    head, row, *_ = report(found, finished).splitlines()
    assert head.split()[:3] == ["seeds", "mean", "std"]
    assert row.split() == ["2", "0.5000", "0.0000", "0.5000", "0.5000", "best"]


def test_that_a_long_table_shows_the_best() -> None:
    found = cells(Config(), [SweepAxis.parse("width=1..100")])
    finished = {
        cell.index: Result(cell, 1, cell.index / 1000, 0.5, 1, 1, Condition.EARLY, Cause.NONE) for cell in found
    }
    lines = report(found, finished).splitlines()
    assert [line.split()[0] for line in lines[1:3]] == ["100", "99"]
    assert f"These are the best {MOST_ROWS} of 100 combinations." in lines
    assert len(lines) < MOST_ROWS + 6


@pytest.mark.parametrize(
    ("done", "seconds", "text"),
    [
        (2, 5.0, "2 / 10 runs"),
        (4, 5.0, "4 / 10 runs, 0:15 left"),
        (4, 5_000.0, "4 / 10 runs, 4:10:00 left"),
        (10, 5.0, "10 / 10 runs"),
    ],
)
def test_that_progress_tells_the_time_left_at_the_pace_of_this_time(done: int, seconds: float, text: str) -> None:
    assert RunsProgress(10, 2).text(done, seconds) == text
