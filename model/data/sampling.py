"""Which images go into each batch."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from model.base.arrays import Index
from model.base.choices import Choice

BATCHES_AT_ONCE = 64


def with_replacement(rng: np.random.Generator, images: int, size: int) -> Iterator[Index]:
    """Every image of every batch drawn from all images alike."""
    while True:
        yield from rng.integers(0, images, (BATCHES_AT_ONCE, size), dtype=np.intp)


def in_epochs(rng: np.random.Generator, images: int, size: int) -> Iterator[Index]:
    """A shuffled pass through all images after another; a batch may span the end of one and the start of the next."""
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
    """A way to draw batches: `batches(rng, images, size)` yields indices for ever; each is valid until the next."""

    label: str
    batches: Callable[[np.random.Generator, int, int], Iterator[Index]]
    help: str


class Sampling(Choice):
    """How images are drawn into batches."""

    REPLACEMENT = Drawing("Replacement", with_replacement, "Each batch is drawn from all images anew.")
    EPOCHS = Drawing("Epochs", in_epochs, "Each image comes once before any comes again.")
