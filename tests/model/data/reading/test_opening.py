"""Places without a data set, with several, or with a part of one: a sentence says what was found and what is needed."""

import os
from pathlib import Path

import pytest

from model.base.errors import InputError
from model.data.datasets import load_dataset
from model.data.reading.found_sets import SeveralSetsError
from tests.support.data_layouts import Layout, csv, four, npz, small, write, zipped
from tests.support.idx_files import NAMES

FOUR = four(small())
TWO = {f"{name}/{each}": data for name in ("fashion", "kuzushiji") for each, data in FOUR.items()}


def refused(files: dict[str, bytes], folder: Path, opened: str = "") -> str:
    with pytest.raises(InputError) as caught:
        load_dataset(write(Layout(files, opened), folder))
    message = str(caught.value)
    assert message.endswith(".")
    assert "\n" not in message
    return message


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"a.png": b"", "b.png": b"", "readme.md": b""}, "2 .png files and 1 .md file"),
        ({"mnist.pkl.gz": b"x"}, "mnist.pkl.gz is a pickle"),
        ({"t10k-images-idx3-ubyte": FOUR[NAMES[2]], "t10k-labels-idx1-ubyte": FOUR[NAMES[3]]}, "no file with training"),
        ({name: FOUR[name] for name in NAMES[:3]}, "t10k-labels-idx1-ubyte"),
        ({"test.csv": csv(small().test_images, None)}, "no table of training images"),
        ({"train.csv": csv(small().test_images, None)}, "no column of labels"),
        ({**FOUR, "test-images-idx3-ubyte": FOUR[NAMES[2]]}, "both t10k-images-idx3-ubyte and test-images-idx3-ubyte"),
    ],
)
def test_that_what_is_missing_is_said(files: dict[str, bytes], says: str, tmp_path: Path) -> None:
    assert says in refused(files, tmp_path)


def test_that_an_empty_folder_says_what_is_needed(tmp_path: Path) -> None:
    assert refused({}, tmp_path).startswith(f"'{tmp_path}' is empty; a data set is four IDX or NumPy files")


def test_that_several_data_sets_are_named_and_each_can_be_opened_by_its_name(tmp_path: Path) -> None:
    place = write(Layout(TWO), tmp_path / "all")
    with pytest.raises(InputError, match="There is no folder or file"):
        load_dataset(f"{place}/other")
    with pytest.raises(SeveralSetsError) as caught:
        load_dataset(place)
    assert caught.value.choices == ("fashion", "kuzushiji")
    assert f"In '{place}' lie 2 data sets, 'fashion' and 'kuzushiji'" in str(caught.value)
    for choice in caught.value.choices:
        assert load_dataset(f"{place}/{choice}").name == choice


def test_that_several_data_sets_in_an_archive_are_named_and_each_can_be_opened_by_its_name(tmp_path: Path) -> None:
    place = write(Layout({"gzip.zip": zipped(TWO)}, "gzip.zip"), tmp_path)
    with pytest.raises(SeveralSetsError) as caught:
        load_dataset(place)
    for choice in caught.value.choices:
        assert load_dataset(f"{place}/{choice}").name == choice
    with pytest.raises(InputError, match="no data set called 'other'"):
        load_dataset(f"{place}/other")


def test_that_several_archives_are_named(tmp_path: Path) -> None:
    parts = small()
    data = npz(x_train=parts[0], y_train=parts[1], x_test=parts[2], y_test=parts[3])
    with pytest.raises(SeveralSetsError) as caught:
        load_dataset(write(Layout({"fashion.npz": data, "mnist.npz": data}), tmp_path))
    assert load_dataset(str(tmp_path / caught.value.choices[0])).name == "fashion"


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_that_folders_are_searched_two_levels_deep(depth: int, tmp_path: Path) -> None:
    above = "/".join("abc"[:depth])
    files = {f"{above}/{name}": data for name, data in FOUR.items()}
    if depth <= 2:
        assert load_dataset(write(Layout(files), tmp_path)).name == "abc"[depth - 1]
    else:
        refused(files, tmp_path)


def test_that_a_shallower_data_set_goes_before_a_deeper_one(tmp_path: Path) -> None:
    files = {**FOUR, **{f"old/{name}": data for name, data in four(small(28, 7)).items()}}
    assert len(load_dataset(write(Layout(files), tmp_path)).train_labels) == 56


def test_that_torchvisions_folder_gives_its_name(tmp_path: Path) -> None:
    files = {f"FashionMNIST/raw/{name}": data for name, data in FOUR.items()}
    place = write(Layout(files), tmp_path)
    assert load_dataset(place).name == "FashionMNIST"
    assert load_dataset(f"{place}/FashionMNIST/raw").name == "FashionMNIST"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_that_a_pipe_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "train.csv")
    with pytest.raises(InputError, match="a pipe or a device"):
        load_dataset(str(tmp_path / "train.csv"))
    with pytest.raises(InputError, match="is empty"):
        load_dataset(str(tmp_path))


def test_that_another_file_is_no_data_set(tmp_path: Path) -> None:
    assert "is none of the files" in refused({"notes.txt": b"hello"}, tmp_path, "notes.txt")


def test_that_the_files_that_were_read_are_told(tmp_path: Path) -> None:
    found = load_dataset(write(Layout(TWO | FOUR), tmp_path))
    roles = ("training images", "training labels", "test images", "test labels")
    assert found.files == tuple(zip(roles, NAMES, strict=True))
