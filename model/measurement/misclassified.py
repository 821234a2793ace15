"""Search for misclassified images, in steps of some milliseconds for networks of any size."""

from collections.abc import Iterator

import numpy as np

from model.base.arrays import Bytes, Index
from model.network.network import Network

STEP_MULTIPLICATIONS = 20_000_000  # multiplications at a time: some milliseconds
MOST_IMAGES = 500  # images at a time


def answers(network: Network, images: Bytes) -> Index:
    """Classify `images`, (images, inputs) of bytes; returns classes, (images,). NaN counts as the largest logit."""
    values = network.scaling.scaled(images, network.dtype)
    # Those of a network that has diverged are wrong, but no news.
    with np.errstate(over="ignore", invalid="ignore"):
        for stage in network.to_logits:
            out, scratch = (np.empty((len(images), stage.width), network.dtype) for _ in range(2))
            stage.infer(values, out, scratch)
            values = out
    found: Index = values.argmax(axis=1)
    return found


def images_at_once(network: Network) -> int:
    """How many images a step of some milliseconds may take."""
    return min(max(STEP_MULTIPLICATIONS // network.theta.size, 1), MOST_IMAGES)


def mistakes(network: Network, images: Bytes, labels: Index, after: int) -> Iterator[int | None]:
    """Yield the indices of misclassified images, in cyclic order from `after` + 1 to `after` itself.

    A step that finds none yields None, so that the caller can pause; each step uses the weights of its moment.
    """
    step = images_at_once(network)
    order = np.roll(np.arange(len(labels)), -after - 1)
    for start in range(0, len(order), step):
        part = order[start : start + step]
        wrong = part[answers(network, images[part]) != labels[part]]
        yield from wrong.tolist() or [None]
