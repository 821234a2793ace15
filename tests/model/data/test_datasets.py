"""Data sets: MNIST as published, other folders, and what is wrong with some."""

import gzip
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from model.base.errors import InputError
from model.base.user_paths import ROOT
from model.config.config import Config
from model.data import datasets
from model.data.datasets import MNIST_FOLDER, Dataset, load_dataset
from model.data.orientation import Orientation
from model.training.trainer import Trainer
from tests.support.catalogues import OfWords, speaking
from tests.support.data_layouts import idx
from tests.support.idx_files import NAMES, contents, header, packed, write

FASHION = Path("/usr/share/datasets/fashion-mnist")
# Of the unpacked files, as the issue gives them.
PUBLISHED = (
    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
)


def refused(folder: str) -> str:
    with pytest.raises(InputError) as caught:
        load_dataset(folder)
    message = str(caught.value)
    assert message.endswith(".")
    assert "\n" not in message
    return message


@pytest.mark.parametrize(("name", "digest"), list(zip(NAMES, PUBLISHED, strict=True)))
def test_that_the_files_of_mnist_are_the_published_ones(name: str, digest: str) -> None:
    with gzip.open(MNIST_FOLDER / f"{name}.gz") as file:
        assert sha256(file.read()).hexdigest() == digest


def test_that_mnist_is_what_is_known_of_it(mnist: Dataset) -> None:
    assert (mnist.name, mnist.classes, mnist.image_shape, mnist.inputs) == ("MNIST", 10, (28, 28), 784)
    assert mnist.train_images.shape == (60_000, 784)
    assert mnist.test_images.shape == (10_000, 784)
    assert mnist.train_images.dtype == np.uint8
    assert mnist.train_labels[:10].tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]
    assert mnist.test_labels[:10].tolist() == [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]
    assert np.bincount(mnist.train_labels).tolist() == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
    assert np.bincount(mnist.test_labels).tolist() == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
    assert mnist.train_images.mean() / 255 == pytest.approx(0.1307, abs=5e-5)
    assert mnist.train_images.std() / 255 == pytest.approx(0.3081, abs=5e-5)


def test_that_the_origin_of_mnist_is_given_beside_it() -> None:
    text = (MNIST_FOLDER / "README.md").read_text("utf-8")
    for word in ("LeCun", "Cortes", "Burges", "NIST", "licenses/by-sa/3.0"):
        assert word in text


def test_that_a_changed_mnist_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(MNIST_FOLDER, tmp_path / "mnist")
    labels = tmp_path / "mnist" / f"{NAMES[3]}.gz"
    data = bytearray(gzip.decompress(labels.read_bytes()))
    data[-1] = (data[-1] + 1) % 10
    labels.write_bytes(gzip.compress(bytes(data)))
    monkeypatch.setattr(datasets, "MNIST_FOLDER", tmp_path / "mnist")
    assert "t10k-labels-idx1-ubyte" in refused("")
    assert "is not MNIST's" in refused("")
    assert load_dataset(str(tmp_path / "mnist")).classes == 10, "as a folder of the user's it is a data set like any"


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize(("shape", "classes"), [((5, 4), 3), ((1, 1), 2), ((28, 28), 47), ((2, 256), 256), ((7, 3), 2)])
def test_that_other_sizes_and_class_counts_are_read_and_learned(
    shape: tuple[int, int], classes: int, zipped: bool, tmp_path: Path
) -> None:
    files = contents(300, 300, shape, classes)
    found = load_dataset(write(tmp_path / "shapes", files, zipped=zipped))
    assert (found.name, found.image_shape, found.classes) == ("shapes", shape, classes)
    assert found.train_images.tobytes() == files[NAMES[0]][16:]
    assert found.test_labels.tolist() == list(files[NAMES[3]][8:])
    records = list(Trainer(Config(hidden=(4,), iterations=3, batch_size=5), found))
    assert [record.iteration for record in records] == [0, 3]


def test_that_a_plain_file_goes_before_a_zipped_one(tmp_path: Path) -> None:
    write(tmp_path, contents(seed=1), zipped=True)
    found = load_dataset(write(tmp_path, contents(seed=2)))
    assert found.train_images.tobytes() == contents(seed=2)[NAMES[0]][16:]


@pytest.mark.parametrize("name", NAMES)
def test_that_a_missing_file_is_named(name: str, tmp_path: Path) -> None:
    files = contents()
    del files[name]
    assert name in refused(write(tmp_path, files))


@pytest.mark.parametrize("name", NAMES)
def test_that_a_directory_in_the_place_of_a_file_is_named(name: str, tmp_path: Path) -> None:
    files = contents()
    del files[name]
    write(tmp_path, files)
    (tmp_path / name).mkdir()
    assert name in refused(str(tmp_path))


@pytest.mark.parametrize("name", NAMES)
def test_that_the_bad_file_of_four_is_named(name: str, tmp_path: Path) -> None:
    files = contents()
    assert refused(write(tmp_path, {**files, name: files[name][:-1]})).startswith(name)


@pytest.mark.parametrize("folder", ["/nowhere/at/all", "~nobody-of-this-name/x", "x" * 5000, "a\0b", __file__])
def test_that_a_folder_that_is_none_is_refused(folder: str) -> None:
    assert "folder" in refused(folder) or "data set" in refused(folder)


def test_that_a_folder_in_the_home_directory_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "data", contents())
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert load_dataset("~/data").name == "data"


def labels(*values: int) -> bytes:
    return packed(np.array(values, np.uint8))


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        (NAMES[1], labels(*[0, 1, 2] * 9), "27 labels for 30 images"),
        (NAMES[3], labels(0, 1, 2), "3 labels for 12 images"),
        (NAMES[3], labels(*[0, 1, 2] * 3, 0, 1, 3), "label 3"),
        (NAMES[3], labels(*[0] * 11, 255), "label 255"),
        (NAMES[3], labels(*[0] * 11, 7), "the label 7, which no training image has"),
        (NAMES[1], labels(*[1] * 30), "only one class, 1"),
        (NAMES[1], labels(*[0] * 30), "only one class, 0"),
        (NAMES[2], header(12, 4, 5) + bytes(240), "4 x 5 where"),
    ],
)
def test_that_files_that_do_not_fit_together_are_refused(name: str, data: bytes, says: str, tmp_path: Path) -> None:
    message = refused(write(tmp_path, {**contents(), name: data}))
    assert name in message
    assert says in message


@pytest.mark.parametrize("own", [[1, 2, 3], [0, 2, 9], [-1, 0, 1], [300, 301, 70_000]])
def test_that_classes_keep_their_own_labels(own: list[int], tmp_path: Path) -> None:
    drawn = np.array(own, np.int32)
    files = contents()
    for name, count in ((NAMES[1], 30), (NAMES[3], 12)):
        files[name] = idx(drawn[np.arange(count) % 3])
    found = load_dataset(write(tmp_path / "letters", files))
    assert (found.classes, found.class_labels) == (3, tuple(own))
    assert found.class_names == tuple(map(str, own))
    assert found.train_labels.tolist() == [0, 1, 2] * 10
    assert found.test_labels.tolist() == [0, 1, 2] * 4


def test_that_of_several_columns_of_labels_the_first_is_the_class(tmp_path: Path) -> None:
    files = contents()
    for name, count in ((NAMES[1], 30), (NAMES[3], 12)):
        rest = np.arange(count * 7).reshape(count, 7) + 100
        files[name] = idx(np.column_stack([np.arange(count) % 3 + 5, rest]).astype(np.int32))
    found = load_dataset(write(tmp_path / "qmnist", files))
    assert found.class_labels == (5, 6, 7)
    assert found.test_labels.tolist() == [0, 1, 2] * 4


def test_that_there_are_at_most_a_thousand_classes(tmp_path: Path) -> None:
    files = contents(1_001, 12)
    files[NAMES[1]] = idx(np.arange(1_001, dtype=np.int32))
    assert "1,001 classes; at most 1,000" in refused(write(tmp_path, files))
    files[NAMES[1]] = idx((np.arange(1_001) % 1_000).astype(np.int32))
    assert load_dataset(write(tmp_path, files)).classes == 1_000


@pytest.mark.parametrize(
    ("folder", "prefix", "orientation", "exchanged"),
    [
        ("letters", "emnist-letters-", Orientation.BY_NAME, True),
        ("letters", "EMNIST_", Orientation.BY_NAME, True),
        ("EMNIST", "", Orientation.BY_NAME, True),
        ("qmnist", "", Orientation.BY_NAME, False),
        ("EMNIST", "emnist-", Orientation.STORED, False),
        ("qmnist", "", Orientation.EXCHANGED, True),
    ],
)
def test_that_rows_and_columns_are_exchanged_for_emnist_or_as_one_wishes(
    folder: str, prefix: str, orientation: Orientation, exchanged: bool, tmp_path: Path
) -> None:
    files = contents()
    images = np.frombuffer(files[NAMES[0]][16:], np.uint8).reshape(30, 5, 4)
    place = write(tmp_path / folder, {f"{prefix}{name}": data for name, data in files.items()})
    found = load_dataset(place, orientation)
    assert found.image_shape == ((4, 5) if exchanged else (5, 4))
    expected = images.transpose(0, 2, 1) if exchanged else images
    np.testing.assert_array_equal(found.train_images, expected.reshape(30, -1))
    assert any("Rows and columns are exchanged" in note for note in found.notes) == exchanged


def test_that_mnist_itself_can_be_turned(mnist: Dataset) -> None:
    turned = load_dataset("", Orientation.EXCHANGED)
    assert turned.name == "MNIST"
    np.testing.assert_array_equal(
        turned.test_images[0].reshape(28, 28), mnist.test_images[0].reshape(28, 28).transpose()
    )


def test_that_a_run_of_an_earlier_version_has_its_images_as_stored() -> None:
    of_old = {name: value for name, value in Config(data="/x/emnist").to_json().items() if name != "orientation"}
    assert Config.from_json(of_old).orientation is Orientation.STORED
    assert Config.from_json({**of_old, "data": ""}) == Config()
    assert Config().replace(data="/x/emnist").orientation is Orientation.BY_NAME
    assert Config.from_json(Config(data="/x/emnist").to_json()) == Config(data="/x/emnist")


@pytest.mark.skipif(not FASHION.is_dir(), reason="the Debian package dataset-fashion-mnist is not installed")
def test_that_fashion_mnist_of_debian_opens_as_it_lies() -> None:
    found = load_dataset(str(FASHION))
    assert (found.name, found.classes, found.image_shape) == ("fashion-mnist", 10, (28, 28))
    assert (len(found.train_labels), len(found.test_labels), found.notes) == (60_000, 10_000, ())


def test_that_mnist_is_there_without_what_reads_other_formats() -> None:
    code = (
        "import sys; from model.data.datasets import load_dataset; load_dataset(); "
        "others = 'tarfile', 'csv', 'model.data.reading.opening', 'numpy.random'; "
        "print([each for each in others if each in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_that_notes_and_roles_are_of_the_language_in_which_they_are_read() -> None:
    found = load_dataset("", Orientation.EXCHANGED)
    words = {"Rows and columns are exchanged.": "行と列を入れ替えています。", "test labels": "テストラベル"}
    assert "Rows and columns are exchanged." in found.notes
    with speaking(OfWords(words)):
        assert "行と列を入れ替えています。" in found.notes
        assert "テストラベル" in dict(found.files)
    assert "test labels" in dict(found.files)
