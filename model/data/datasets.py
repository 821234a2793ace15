"""Loading of data sets: MNIST by default, or whatever lies in a folder, an archive or a file."""

import gzip
import zlib
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from model.base.arrays import Bytes, Index
from model.base.errors import InputError
from model.base.user_paths import RESOURCES, unpacked_mnist_folder
from model.data.evaluation_chunks import TestSet
from model.data.orientation import Orientation
from model.data.reading.array_file import ReadArray, read_header, read_payload

COUNTED_AT_ONCE = 1_000  # images; counting takes eight bytes for each pixel
MNIST = "MNIST"
MNIST_FOLDER = RESOURCES / "mnist"


@dataclass(frozen=True)
class Part:
    """File of MNIST: its name, what it holds, and the SHA-256 of its content, unpacked."""

    name: str
    role: str
    mnist: str


PARTS = (
    Part(
        "train-images-idx3-ubyte", "training images", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"
    ),
    Part(
        "train-labels-idx1-ubyte", "training labels", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"
    ),
    Part("t10k-images-idx3-ubyte", "test images", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
    Part("t10k-labels-idx1-ubyte", "test labels", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
)


@dataclass(frozen=True, eq=False)
class Dataset:
    """Data set: images as bytes, (images, height * width), and labels, (images,); `image_shape` is (height, width).

    Labels are counted from 0 to `classes` - 1. `class_labels` are what the files have in their place, ascending; they
    are the same where nothing else is given. `notes` are sentences on what was done to the files' content, `files` what
    was read, by role, `place` where it lies, '' for MNIST.
    """

    name: str
    train_images: Bytes
    train_labels: Index
    test_images: Bytes
    test_labels: Index
    image_shape: tuple[int, int]
    classes: int
    class_labels: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    place: str = ""

    def __post_init__(self) -> None:
        if not self.class_labels:
            object.__setattr__(self, "class_labels", tuple(range(self.classes)))

    @property
    def class_names(self) -> tuple[str, ...]:
        """What the classes are called on screen: by their own labels."""
        return tuple(map(str, self.class_labels))

    @property
    def inputs(self) -> int:
        """Number of pixels of an image."""
        return self.image_shape[0] * self.image_shape[1]

    @cached_property
    def class_shares(self) -> tuple[float, ...]:
        """Share (0..1) of each class in the test set, (classes,)."""
        return _shares(self.test_labels, self.classes)

    @cached_property
    def train_shares(self) -> tuple[float, ...]:
        """Share (0..1) of each class in the training set, (classes,)."""
        return _shares(self.train_labels, self.classes)

    @cached_property
    def pixel_moments(self) -> tuple[float, float]:
        """Mean and standard deviation of all pixels of the training set, 0 to 255."""
        counts = np.zeros(256, np.int64)
        for start in range(0, len(self.train_images), COUNTED_AT_ONCE):
            counts += np.bincount(self.train_images[start : start + COUNTED_AT_ONCE].reshape(-1), minlength=256)
        shares, values = counts / counts.sum(), np.arange(256)
        mean = float(shares @ values)
        return mean, float(np.sqrt(shares @ (values - mean) ** 2))

    @cached_property
    def test_set(self) -> TestSet:
        """Test images in chunks for fast evaluation; arranged at first use."""
        return TestSet(self.test_images, self.test_labels, self.image_shape)


def _shares(labels: Index, classes: int) -> tuple[float, ...]:
    return tuple((np.bincount(labels, minlength=classes) / len(labels)).tolist())


Ahead = tuple[str, Orientation]
_ahead: dict[Ahead, Future[Dataset]] = {}


def read_ahead(place: str = "", orientation: Orientation = Orientation.BY_NAME) -> None:
    """Start loading a data set in a thread, for the next `load_dataset` of the same place.

    Unpacking needs no interpreter lock, so it runs beside the slow import of Qt.
    """
    pool = ThreadPoolExecutor(1, "read-ahead")
    _ahead[place, orientation] = pool.submit(_load, place, orientation)
    pool.shutdown(wait=False)


def load_dataset(place: str = "", orientation: Orientation = Orientation.BY_NAME) -> Dataset:
    """Load the data set in a folder, an archive or a file, MNIST when ''.

    What follows a folder or an archive in the path names one of several data sets in it. Raises InputError that names
    the file and its fault.
    """
    begun = _ahead.pop((place, orientation), None)
    _ahead.clear()
    return begun.result() if begun else _load(place, orientation)


@lru_cache(1)
def kept_dataset(place: str = "", orientation: Orientation = Orientation.BY_NAME) -> Dataset:
    """Load a data set as `load_dataset` does and cache it, for a process that trains many runs on one data set."""
    return load_dataset(place, orientation)


def _load(place: str, orientation: Orientation) -> Dataset:
    if place or orientation is Orientation.EXCHANGED:
        # With all that reads other formats, which MNIST does not need.
        from model.data.reading.assembling import read_set

        found = Dataset(*read_set(place or str(MNIST_FOLDER), orientation))
        return replace(found, place=place) if place else replace(found, name=MNIST)
    with suppress(InputError):  # not unpacked yet, or damaged
        return _load_mnist(unpacked_mnist_folder())
    return _load_mnist(MNIST_FOLDER)


def _load_mnist(folder: Path) -> Dataset:
    with ThreadPoolExecutor(len(PARTS)) as pool:
        files = list(pool.map(_read_part, PARTS, [folder] * len(PARTS)))
    train_images, train_labels, test_images, test_labels = (file.values for file in files)
    height, width = train_images.shape[1:]
    return Dataset(
        MNIST,
        train_images.reshape(len(train_images), -1),
        train_labels.astype(np.intp),
        test_images.reshape(len(test_images), -1),
        test_labels.astype(np.intp),
        (height, width),
        int(train_labels.max()) + 1,
        files=tuple((part.role, part.name) for part in PARTS),
    )


def _read_part(part: Part, folder: Path) -> ReadArray:
    packed = folder / f"{part.name}.gz"
    try:
        plain = (folder / part.name).is_file()
        with (folder / part.name).open("rb") if plain else gzip.open(packed, "rb") as file:
            found = read_payload(file, part.name, read_header(file, part.name), digested=True)
    except (EOFError, zlib.error, OSError) as error:
        raise InputError(f"{part.name} in {folder} cannot be read: {error}.") from None
    if found.digest != part.mnist:
        raise InputError(f"{part.name} in {folder} is not MNIST's: its SHA-256 is {found.digest}.")
    return found
