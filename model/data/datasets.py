"""Loading of data sets from four IDX files: MNIST by default, or any folder with files of the same names."""

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from model.base.arrays import Bytes, Index
from model.base.errors import InputError
from model.base.user_paths import RESOURCES, unpacked_mnist_folder
from model.data.evaluation_chunks import TestSet
from model.data.idx import Idx, read_idx

COUNTED_AT_ONCE = 1_000  # images; counting takes eight bytes for each pixel
MNIST_FOLDER = RESOURCES / "mnist"


@dataclass(frozen=True)
class Part:
    """File of a data set: its name, its number of dimensions, and the SHA-256 of MNIST's own, unpacked."""

    name: str
    dimensions: int
    mnist: str


PARTS = (
    Part("train-images-idx3-ubyte", 3, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
    Part("train-labels-idx1-ubyte", 1, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
    Part("t10k-images-idx3-ubyte", 3, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
    Part("t10k-labels-idx1-ubyte", 1, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
)


@dataclass(frozen=True, eq=False)
class Dataset:
    """Data set: images as bytes, (images, height * width), and labels, (images,); `image_shape` is (height, width)."""

    name: str
    train_images: Bytes
    train_labels: Index
    test_images: Bytes
    test_labels: Index
    image_shape: tuple[int, int]
    classes: int

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


_ahead: dict[str, Future[Dataset]] = {}


def read_ahead(folder: str = "") -> None:
    """Start loading a data set in a thread, for the next `load_dataset` of the same folder.

    Unpacking needs no interpreter lock, so it runs beside the slow import of Qt.
    """
    pool = ThreadPoolExecutor(1, "read-ahead")
    _ahead[folder] = pool.submit(_load, folder)
    pool.shutdown(wait=False)


def load_dataset(folder: str = "") -> Dataset:
    """Load the data set in `folder`, MNIST when ''; raises InputError that names the file and its fault."""
    begun = _ahead.pop(folder, None)
    _ahead.clear()
    return begun.result() if begun else _load(folder)


@lru_cache(1)
def kept_dataset(folder: str = "") -> Dataset:
    """Load a data set as `load_dataset` does and cache it, for a process that trains many runs on one data set."""
    return load_dataset(folder)


def _load(folder: str) -> Dataset:
    if folder:
        files = _read(Path(folder))
        return _assemble(Path(folder).expanduser().resolve().name, files)
    with suppress(InputError):  # not unpacked yet, or damaged
        return _load_mnist(unpacked_mnist_folder())
    return _load_mnist(MNIST_FOLDER)


def _load_mnist(place: Path) -> Dataset:
    files = _read(place)
    for part, file in zip(PARTS, files, strict=True):
        if file.digest != part.mnist:
            raise InputError(f"{part.name} in {place} is not MNIST's: its SHA-256 is {file.digest}.")
    return _assemble("MNIST", files)


def _read(folder: Path) -> list[Idx]:
    try:
        place = folder.expanduser()
        if not place.is_dir():
            raise InputError(f"There is no folder '{place}' to read a data set from.")
        paths = [_find(place, part.name) for part in PARTS]
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error).rstrip(".")
        raise InputError(f"The folder '{folder}' cannot be opened: {reason}.") from None
    with ThreadPoolExecutor(len(PARTS)) as pool:
        return list(pool.map(read_idx, paths, (part.dimensions for part in PARTS)))


def _find(folder: Path, name: str) -> Path:
    for path in (folder / name, folder / f"{name}.gz"):
        if path.is_file():
            return path
    raise InputError(f"There is no {name} or {name}.gz in '{folder}'.")


def _assemble(name: str, files: list[Idx]) -> Dataset:
    train_images, train_labels, test_images, test_labels = (file.values for file in files)
    for images, labels, part in ((train_images, train_labels, PARTS[1]), (test_images, test_labels, PARTS[3])):
        if len(images) != len(labels):
            raise InputError(f"{part.name} has {len(labels):,} labels for {len(images):,} images.")
    if train_images.shape[1:] != test_images.shape[1:]:
        train, test = (" x ".join(map(str, images.shape[1:])) for images in (train_images, test_images))
        raise InputError(f"{PARTS[2].name} has images of {test} where {PARTS[0].name} has {train}.")
    classes = int(train_labels.max()) + 1
    if classes < 2:  # one class leaves nothing to learn
        raise InputError(f"{PARTS[1].name} has only one class, 0; nothing can be learned from it.")
    absent = np.flatnonzero(np.bincount(train_labels, minlength=classes) == 0)
    if len(absent):
        raise InputError(f"{PARTS[1].name} has labels up to {classes - 1} but none of class {absent[0]}.")
    if test_labels.max() >= classes:
        raise InputError(f"{PARTS[3].name} has the label {test_labels.max()}, which no training image has.")
    height, width = train_images.shape[1:]
    return Dataset(
        name,
        train_images.reshape(len(train_images), -1),
        train_labels.astype(np.intp),
        test_images.reshape(len(test_images), -1),
        test_labels.astype(np.intp),
        (height, width),
        classes,
    )
