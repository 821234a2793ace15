"""`sweep` on more than one kernel: each row says which, one line says that there are several, and no row is lost."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from main import main
from model.base.arithmetic import single_threaded
from model.base.user_paths import ROOT
from tests.support.kernels import another_kernel
from tests.support.sweeps import QUICK


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "results.csv"


@pytest.fixture
def arguments(folder: str, path: Path) -> list[str]:
    """A small sweep over two activations into results.csv."""
    return ["sweep", "--data", folder, *QUICK, "--vary", "activation=sigmoid,relu", "--out", str(path)]


def rows(path: Path) -> list[dict[str, str]]:
    """The file as any reader of CSV reads it."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def elsewhere(arguments: list[str]) -> str:
    """Run the program in a process whose BLAS has another kernel; returns what it says to stderr."""
    command = [sys.executable, str(ROOT / "main.py"), *arguments]
    environment = os.environ | another_kernel()
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stderr


def test_that_a_sweep_resumed_on_another_kernel_says_so_in_one_line_and_in_the_file(
    arguments: list[str], path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = elsewhere(arguments)
    assert "their last digits can differ" not in said
    (there,) = {(row["numpy"], row["blas"], row["threads"]) for row in rows(path)}
    here = single_threaded()
    mine = (here.numpy, here.blas, str(here.threads))
    assert there != mine
    before = rows(path)

    assert main([*arguments, "--seeds", "2"]) == 0
    mixed = (
        f"layerscope: '{path}' has runs computed with NumPy {there[0]}, {there[1]}, 1 thread and with {here}: "
        "their last digits can differ."
    )
    assert capsys.readouterr().err.splitlines().count(mixed) == 1
    after = rows(path)
    assert [(row["numpy"], row["blas"], row["threads"]) for row in after] == [there, mine] * 2
    assert after[::2] == before

    assert main([*arguments, "--seeds", "2"]) == 0
    already = f"layerscope: 4 of 4 runs are in '{path}' already."
    assert capsys.readouterr().err.splitlines() == [already, mixed]


def test_that_a_sweep_resumed_on_the_same_kernel_says_nothing_of_it(
    arguments: list[str], path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 0
    assert main([*arguments, "--seeds", "2"]) == 0
    assert "last digits" not in capsys.readouterr().err
    assert {row["blas"] for row in rows(path)} == {single_threaded().blas}


def test_that_a_train_on_another_kernel_says_which(folder: str) -> None:
    command = [sys.executable, str(ROOT / "main.py"), "train", "--data", folder, *QUICK, "--json"]
    done = subprocess.run(command, env=os.environ | another_kernel(), capture_output=True, text=True, check=True)
    assert f'"blas": "{single_threaded().blas}"' not in done.stdout
    assert another_kernel()["OPENBLAS_CORETYPE"].lower() in done.stdout.splitlines()[-1].lower()
