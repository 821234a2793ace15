"""Chunks of test images that are dark in the same places, so that few pixels need to be multiplied."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.base.arrays import Bytes, Index

# Larger chunks share fewer dark pixels, smaller ones take more calls; MNIST's 10,000 images become 16 of 625.
CHUNK_IMAGES = 640
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Chunk:
    """Test images whose only pixels above 0 are `columns`: `pixels` is (images, columns), `labels` (images,)."""

    pixels: Bytes
    columns: Index
    labels: Index


class TestSet:
    """Test images in chunks of at most 640 that are dark in the same places.

    `images` is (images, height * width), `image_shape` (height, width).
    """

    __test__ = False  # pytest would take it for a test case

    def __init__(self, images: Bytes, labels: Index, image_shape: tuple[int, int]) -> None:
        self.images = len(labels)
        lit = images > 0
        parts = _parts(np.arange(self.images), lit, _extents(lit.reshape(-1, *image_shape)))
        self.chunks = [_chunk(images, labels, lit, part) for part in parts]


def _extents(lit: Mask) -> list[Index]:
    """Distance in pixels of each image's content from its four edges: four arrays, (images,)."""
    sides: list[Mask] = [np.logical_or.reduce(lit, axis=axis) for axis in (1, 2)]
    return [seen.argmax(axis=1) for side in sides for seen in (side, side[:, ::-1])]


def _parts(images: Index, lit: Mask, extents: list[Index]) -> list[Index]:
    """Split `images` in halves, recursively, by the extent that leaves the fewest pixels to multiply."""
    if len(images) <= CHUNK_IMAGES:
        return [images]
    orders = [images[np.argsort(extent[images], kind="stable")] for extent in extents]
    halves = [np.array_split(order, 2) for order in orders]
    best = min(halves, key=lambda pair: sum(_pixels(half, lit) for half in pair))
    return [part for half in best for part in _parts(half, lit, extents)]


def _pixels(images: Index, lit: Mask) -> int:
    return len(images) * int(np.count_nonzero(lit[images].any(axis=0)))


def _chunk(images: Bytes, labels: Index, lit: Mask, part: Index) -> Chunk:
    columns = np.flatnonzero(lit[part].any(axis=0))
    return Chunk(np.asfortranarray(images[np.ix_(part, columns)]), columns, labels[part])
