"""`data`: what of a data set would be read, as text and JSON, and a sentence where there is none."""

import json
from pathlib import Path

import numpy as np
import pytest

from main import main
from tests.support.data_layouts import Layout, four, npz, small, write
from tests.support.idx_files import NAMES

PARTS = small()


def test_that_files_images_shape_classes_and_notes_are_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letters = PARTS._replace(train_labels=PARTS.train_labels + 1, test_labels=PARTS.test_labels + 1)
    files = {f"emnist-letters-{name}": data for name, data in four(letters).items()}
    assert main(["data", write(Layout(files), tmp_path)]) == 0
    printed = capsys.readouterr().out
    for name in NAMES:
        assert f"emnist-letters-{name}" in printed
    assert "56 training images, 14 test images" in printed
    assert "6 x 6 pixels, 4 classes" in printed
    assert [line.split() for line in printed.splitlines() if line[:8].strip().isdigit()] == [
        ["1", "14", "4"], ["2", "14", "4"], ["3", "14", "3"], ["4", "14", "3"]
    ]  # fmt: skip
    assert printed.endswith("Rows and columns are exchanged, as in all files of EMNIST.\n")


def test_that_json_says_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = npz(
        x_train=PARTS[0].astype(float) / 255, y_train=PARTS[1], x_test=PARTS[2].astype(float) / 255, y_test=PARTS[3]
    )
    assert (
        main(["data", write(Layout({"m.npz": data}, "m.npz"), tmp_path), "--json", "--orientation", "exchanged"]) == 0
    )
    found = json.loads(capsys.readouterr().out)
    assert found["name"] == "m"
    assert (found["training_images"], found["height"], len(found["classes"])) == (56, 6, 4)
    assert sum(each["test_images"] for each in found["classes"]) == 14
    assert found["notes"] == [
        "Its values, which go from 0 to 1, were brought to 0 to 255.",
        "Rows and columns are exchanged.",
    ]


def test_that_without_a_path_it_is_mnist(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data"]) == 0
    assert "60,000 training images, 10,000 test images" in capsys.readouterr().out


def test_that_a_place_without_data_is_bad_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", str(tmp_path)]) == 2
    assert "is empty" in capsys.readouterr().err


def test_that_a_run_is_trained_and_made_again_on_exchanged_rows_and_columns(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = write(Layout(four(PARTS)), tmp_path)
    arguments = ["train", "--data", place, "--hidden", "4", "--iterations", "30", "--batch-size", "5", "--json"]
    printed = []
    for orientation in ("stored", "exchanged", "exchanged"):
        assert main([*arguments, "--orientation", orientation]) == 0
        printed.append([json.loads(line) for line in capsys.readouterr().out.splitlines()])
    assert printed[0][-1]["config"]["orientation"] == "stored"
    assert printed[1][:-1] == printed[2][:-1]
    assert printed[0][1]["loss"] != printed[1][1]["loss"]
    assert np.isfinite(printed[1][-2]["loss"])
