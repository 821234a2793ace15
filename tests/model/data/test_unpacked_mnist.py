"""MNIST kept unpacked beside the library: the same images, checked as the packed ones are."""

from pathlib import Path

import numpy as np
import pytest

from model.base.user_paths import unpacked_mnist_folder
from model.data import datasets
from model.data.datasets import MNIST_FOLDER, PARTS, load_dataset
from model.data.unpacked_mnist import unpack_mnist

IMAGES = PARTS[0].name


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where MNIST is unpacked in this test: nothing is there yet."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return unpacked_mnist_folder()


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that MNIST is read from."""
    found: list[Path] = []
    read = datasets._load_mnist

    def watched(place: Path) -> datasets.Dataset:
        found.append(place)
        return read(place)

    monkeypatch.setattr(datasets, "_load_mnist", watched)
    return found


def test_that_unpacked_mnist_is_read_instead_of_the_packed(folder: Path, places: list[Path]) -> None:
    packed = load_dataset()
    unpack_mnist()
    places.clear()
    unpacked = load_dataset()
    assert places == [folder]
    assert unpacked.name == packed.name == "MNIST"
    for part in ("train_images", "train_labels", "test_images", "test_labels"):
        assert np.array_equal(getattr(unpacked, part), getattr(packed, part))


@pytest.mark.parametrize("damage", ["one bit", "cut", "longer", "gone"])
def test_that_damaged_files_are_passed_over_and_written_anew(folder: Path, places: list[Path], damage: str) -> None:
    unpack_mnist()
    path, whole = folder / IMAGES, (folder / IMAGES).read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        bad = {"one bit": whole[:-1] + bytes([whole[-1] ^ 1]), "cut": whole[:-1], "longer": whole + b"\0"}
        path.write_bytes(bad[damage])
    assert load_dataset().train_images.shape == (60_000, 784)
    assert places == [folder, MNIST_FOLDER]
    unpack_mnist()
    assert path.read_bytes() == whole


def test_that_whole_files_are_not_written_again(folder: Path) -> None:
    unpack_mnist()
    before = {path.name: path.stat().st_ino for path in folder.iterdir()}
    unpack_mnist()
    assert {path.name: path.stat().st_ino for path in folder.iterdir()} == before
    assert sorted(before) == sorted(part.name for part in PARTS)


def test_that_mnist_is_there_where_it_cannot_be_unpacked(folder: Path, places: list[Path]) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_text("a file where the folder would be")
    unpack_mnist()
    assert load_dataset().train_images.shape == (60_000, 784)
    assert places == [folder, MNIST_FOLDER]
    assert folder.read_text() == "a file where the folder would be"
