"""Which images a network gets wrong: a search in steps that are short for networks of any size."""

from collections.abc import Iterator

import numpy as np

from model.base.arrays import Array, Bytes, Index
from model.data.evaluation_chunks import PIXEL_SCALE
from model.network.network import Network

STEP = 20_000_000  # multiplications at a time: some milliseconds
MOST = 500  # images at a time


def answers(network: Network, images: Bytes) -> Index:
    """The class that `network` gives each image, (images,); NaN counts as the largest of logits."""
    values: Array = images.astype(network.dtype) * PIXEL_SCALE
    # Those of a network that has diverged are wrong, but no news.
    with np.errstate(over="ignore", invalid="ignore"):
        for stage in network.stages:
            out, scratch = (np.empty((len(images), stage.width), network.dtype) for _ in range(2))
            stage.infer(values, out, scratch)
            values = out
    found: Index = values.argmax(axis=1)
    return found


def mistakes(network: Network, images: Bytes, labels: Index, after: int) -> Iterator[int | None]:
    """The images that are wrongly answered, from the one after `after` all around to itself.

    After each step without one comes None; every step takes the weights as they then are.
    """
    step = min(max(STEP // network.theta.size, 1), MOST)
    order = np.roll(np.arange(len(labels)), -after - 1)
    for start in range(0, len(order), step):
        part = order[start : start + step]
        wrong = part[answers(network, images[part]) != labels[part]]
        yield from wrong.tolist() or [None]
