"""Sampling of training images into batches."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from model.base.arrays import Index
from model.base.choices import Choice

BATCHES_AT_ONCE = 64

# Generators are named in quotation marks here, as NumPy imports its random numbers when they are first named: 15 ms.


def with_replacement(rng: "np.random.Generator", images: int, size: int) -> Iterator[Index]:
    """Yield batches of indices, (size,), drawn uniformly with replacement."""
    while True:
        yield from rng.integers(0, images, (BATCHES_AT_ONCE, size), dtype=np.intp)


def in_epochs(rng: "np.random.Generator", images: int, size: int) -> Iterator[Index]:
    """Yield batches of indices, (size,), from one shuffled epoch after another; a batch may span two epochs.

    The array is reused by the next batch.
    """
    order = np.arange(images, dtype=np.intp)
    batch = np.empty(size, np.intp)
    left = 0
    while True:
        filled = 0
        while filled < size:
            if left == 0:
                rng.shuffle(order)
                left = images
            taken = min(size - filled, left)
            batch[filled : filled + taken] = order[images - left : images - left + taken]
            filled += taken
            left -= taken
        yield batch


@dataclass(frozen=True)
class Drawing:
    """Sampling method: `batches(rng, images, size)` yields indices, (size,), for ever; each is valid until the next."""

    label: str
    batches: Callable[["np.random.Generator", int, int], Iterator[Index]]
    help: str


class Sampling(Choice):
    """Method of sampling images into batches."""

    REPLACEMENT = Drawing("Replacement", with_replacement, "Each batch is drawn from all images anew.")
    EPOCHS = Drawing("Epochs", in_epochs, "Each image comes once before any comes again.")
