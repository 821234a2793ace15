"""Data sets that networks are tried on: MNIST, Debian's Fashion-MNIST, and three that are made from MNIST."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from model.data.datasets import Dataset, load_dataset

FASHION_FOLDER = Path("/usr/share/datasets/fashion-mnist")  # Debian: apt-get install dataset-fashion-mnist
FEW_IMAGES = 200
# Each class has so many of the images of the class before it.
TAIL_RATIO = 0.6
# Share of the training images that are of the first class; the test set stays as it is.
MOST_SHARE = 0.8


def _shortened(dataset: Dataset, name: str, images: int) -> Dataset:
    """The first training images only."""
    return Dataset(
        name, dataset.train_images[:images], dataset.train_labels[:images], dataset.test_images, dataset.test_labels,
        dataset.image_shape, dataset.classes,
    )  # fmt: skip


def _with_shares(labels: Sequence[int], shares: Sequence[float]) -> list[int]:
    """Places of as many labels as can have these shares, in the order in which they stand."""
    kept, counts = np.asarray(labels), np.bincount(labels, minlength=len(shares))
    total = min(count / share for count, share in zip(counts, shares, strict=True))
    return sorted(
        int(place)
        for label, share in enumerate(shares)
        for place in np.flatnonzero(kept == label)[: max(1, int(share * total))]
    )


def _thinned(dataset: Dataset, name: str, shares: Sequence[float], *, test: bool) -> Dataset:
    """Training images with these shares of the classes, and where `test` is true the test images too."""
    train = _with_shares(dataset.train_labels.tolist(), shares)
    tested = _with_shares(dataset.test_labels.tolist(), shares) if test else list(range(len(dataset.test_labels)))
    return Dataset(
        name, dataset.train_images[train], dataset.train_labels[train], dataset.test_images[tested],
        dataset.test_labels[tested], dataset.image_shape, dataset.classes,
    )  # fmt: skip


def tiny() -> Dataset:
    """MNIST with 200 training images, which a network learns by heart."""
    return _shortened(data_set("mnist"), "tiny", FEW_IMAGES)


def long_tailed() -> Dataset:
    """MNIST in which each class is rarer than the one before it, in the training set and in the test set."""
    weights = [TAIL_RATIO**place for place in range(10)]
    return _thinned(data_set("mnist"), "long-tailed", [weight / sum(weights) for weight in weights], test=True)


def mostly_one() -> Dataset:
    """MNIST of whose training images four in five show a 0; its test set is MNIST's."""
    return _thinned(data_set("mnist"), "mostly-one", [MOST_SHARE, *[(1 - MOST_SHARE) / 9] * 9], test=False)


def fashion() -> Dataset:
    """Fashion-MNIST as Debian installs it."""
    return load_dataset(str(FASHION_FOLDER))


MADE: dict[str, Callable[[], Dataset]] = {
    "mnist": load_dataset,
    "fashion": fashion,
    "long-tailed": long_tailed,
    "mostly-one": mostly_one,
    "tiny": tiny,
}
# What a network is given instead, to see whether its data set is what ails it.
HEALTHIER = {"long-tailed": "mnist", "mostly-one": "mnist", "tiny": "mnist"}


@cache
def data_set(name: str) -> Dataset:
    """The data set called `name`, made at first use."""
    return MADE[name]()
