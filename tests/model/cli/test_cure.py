"""`cure`: the table or JSON lines of what was tried, an exit code that tells nothing bad, and clear refusals."""

import json
import os
import signal
import subprocess
import sys
import time
from typing import Any

import pytest

from main import main
from model.base.user_paths import ROOT
from model.cli.command import PrintText
from model.cli.cure import Cure
from model.cli.main_parser import parse
from model.config.presets import preset_named
from tests.support.cures import DEEP_OPTIONS, SHARED_OPTIONS, TWICE_OPTIONS, searched
from tests.support.patience import PATIENCE

posix = pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")


@pytest.fixture
def arguments(folder: str) -> list[str]:
    """A deep network that a single change cures, on the small data set."""
    return ["cure", "--data", folder, *DEEP_OPTIONS, *SHARED_OPTIONS]


def asked(*arguments: str) -> Cure:
    """The search that these arguments ask for."""
    found = parse(["cure", *arguments])
    assert isinstance(found, Cure)
    return found


def test_that_the_table_is_best_first_and_marks_the_smallest_cure(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--jobs", "2"]) == 0
    out, err = capsys.readouterr()
    head, *rows, empty, said = out.splitlines()
    assert head.split()[:3] == ["change", "test", "accuracy"]
    assert [row[0] for row in rows] == ["*", *" " * (len(rows) - 1)]
    assert rows[-1].split()[:3] == ["As", "it", "is"]
    assert empty == ""
    assert said.startswith("Smallest change that cures: ")
    count = len(rows) - 1
    assert err.splitlines()[-1] == f"{count} / {count} runs"


def test_that_the_worker_processes_find_what_this_process_finds(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--json"]) == 0
    first, *tried, last = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    here = searched(asked(*arguments[1:]).search.config)
    assert here.sick
    assert here.cure
    assert (first["changes"], first["verdict"]["class"]) == ([], "dead")
    accuracies = {" + ".join(each["changes"]): each["test_accuracy"] for each in tried}
    assert accuracies == {each.trial.label: each.accuracy for each in here.results}
    assert last["done"]
    assert last["cure"] == list(here.cure.trial.changes)
    assert last["config"] == here.config.to_json()


def test_that_no_cure_is_no_error(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["cure", "--data", folder, *TWICE_OPTIONS, "--weight-decay", "10", *SHARED_OPTIONS, "--trials", "2"]) == 0
    )
    out = capsys.readouterr().out
    assert "\n*" not in out
    assert out.splitlines()[-1].startswith("None of 2 changes cures, and there are more pairs.")


def test_that_a_run_that_learns_needs_no_cure(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cure", "--data", folder, "--hidden", "20", *SHARED_OPTIONS, "--jobs", "1", "--json"]) == 0
    sick, ended = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert sick["cured"]
    assert ended["cure"] is None
    assert ended["sentence"].startswith("This run needs no cure")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--trials", "0"], "--trials takes 1 to 10,000"),
        (["--jobs", "-1"], "--jobs takes 0 to 256"),
        (["--iterations", "50"], "A cure takes runs of at least 100 iterations"),
        (["--preset", "nothing"], "There is no preset 'nothing'"),
        (["--seeds", "3"], "There is no option '--seeds'; did you mean --seed?"),
        (["--data", "/no/such/folder", "--jobs", "1"], "There is no folder or file '/no/such/folder'"),
    ],
)
def test_that_bad_input_is_one_clear_line(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cure", *arguments]) == 2
    line = capsys.readouterr().err.splitlines()[-1]
    assert line.startswith(f"layerscope: {message}")
    assert line.endswith((".", "?"))


def test_that_the_options_are_those_of_train_and_its_own() -> None:
    found = asked("--preset", "deep-sigmoid", "--seed", "3", "--trials", "7", "--jobs", "2")
    assert found.search.config == preset_named("deep-sigmoid").config.replace(seed=3)
    assert (found.search.most, found.options.jobs, found.options.json) == (7, 2, False)
    text = parse(["cure", "--help"])
    assert isinstance(text, PrintText)
    assert all(option in text.text for option in ("--trials", "--jobs", "--json", "--preset", "--learning-rate"))


@posix
def test_that_ctrl_c_prints_what_is_known(arguments: list[str]) -> None:
    command = [sys.executable, str(ROOT / "main.py"), *arguments, "--iterations", "300000", "--json", "--jobs", "1"]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    process = subprocess.Popen([*command, "--batch-size", "2"], start_new_session=True, **pipes)
    time.sleep(2)
    assert process.poll() is None, process.communicate()
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert json.loads(out.splitlines()[-1])["interrupted"]
    assert "Traceback" not in err
