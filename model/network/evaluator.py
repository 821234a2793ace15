"""Accuracy on the whole test set, quick enough for every record.

A pass over 10,000 images costs as much as 20 training steps. Two things make it bearable, and neither changes
the result: images that are dark in the same places share a chunk, and the weights' rows for pixels that are 0
throughout are left out of its product (MNIST: 48 % of them); and the pass runs on a copy of the network in a
thread of its own. NumPy releases the interpreter lock inside its calls, but each return from one costs both
threads some microseconds: hence few calls, on many images each.
"""

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property

import numpy as np

from model.base.arithmetic import single_threaded
from model.base.arrays import Array, Index
from model.data.evaluation_chunks import CHUNK_IMAGES, Chunk, TestSet
from model.network.network import Network

# How many values a layer may have for the images evaluated together: 1.6 MB, which the cache still holds.
VALUES_AT_ONCE = 400_000


class Evaluator:
    """Evaluates copies of one network in a thread of its own; results come in the order of the requests.

    `submit` and `result` are called from one thread; at most COPIES requests are open.
    """

    COPIES = 2

    def __init__(self, network: Network, test_set: TestSet) -> None:
        self.network, self.test_set = network, test_set
        self.pool = ThreadPoolExecutor(1, "evaluation", single_threaded)
        self.busy: deque[tuple[Network, Future[float]]] = deque()

    @cached_property
    def examiner(self) -> "Examiner":
        """Memory for evaluation here, allocated when something is first evaluated here."""
        return Examiner(self.network, self.test_set)

    @cached_property
    def free(self) -> deque[Network]:
        """Copies of the network that no request uses."""
        return deque(self.network.sibling() for _ in range(self.COPIES))

    @property
    def full(self) -> bool:
        """Whether a result must be collected before the next request."""
        return not self.free

    def submit(self, network: Network) -> None:
        """Request the test accuracy of a copy of `network`; raises IndexError when `full`."""
        copy = self.free.popleft()
        copy.take(network.state)
        self.busy.append((copy, self.pool.submit(self.examiner.accuracy, copy)))

    def result(self, *, wait: bool) -> float | None:
        """Return the oldest accuracy requested (0..1); None if there is none, or none ready and `wait` is False."""
        if not self.busy or not (wait or self.busy[0][1].done()):
            return None
        copy, future = self.busy.popleft()
        self.free.append(copy)
        return future.result()

    def close(self) -> None:
        """Cancel requests not yet started and join the thread."""
        self.pool.shutdown(wait=True, cancel_futures=True)


class Examiner:
    """Computes test accuracies of networks of one shape, in memory allocated once."""

    def __init__(self, network: Network, test_set: TestSet) -> None:
        inputs, first = network.inputs, network.affines[0].width
        widest = max(stage.width for stage in network.to_logits)
        self.images = test_set.images
        self.groups = _groups(test_set.chunks, max(1, VALUES_AT_ONCE // (CHUNK_IMAGES * widest)))
        at_once = max(len(labels) for _, labels in self.groups)
        self.flat = [np.empty(at_once * widest, network.dtype) for _ in range(3)]
        self.x = np.empty(CHUNK_IMAGES * inputs, network.dtype)
        self.weights, self.rows = (np.empty((inputs, first), network.dtype) for _ in range(2))

    def accuracy(self, network: Network) -> float:
        with np.errstate(over="ignore", invalid="ignore"):
            # Scaling the weights instead of the pixels gives the same product for a fraction of the work.
            scaling, affine = network.scaling, network.affines[0]
            np.multiply(affine.weight.value, network.dtype(scaling.factor), out=self.weights)
            bias = affine.bias.value
            if scaling.shift:
                bias = bias + network.dtype(scaling.shift) * affine.weight.value.sum(axis=0)
            right = sum(self._right(network, bias, chunks, labels) for chunks, labels in self.groups)
        return right / self.images

    def _right(self, network: Network, bias: Array, chunks: list[Chunk], labels: Index) -> int:
        here, there, scratch = self.flat
        place = network.to_logits.index(network.affines[0])
        if place:  # layer 1 has a way around it, which the pixels take
            unused, spare = (_view(part, len(labels), network.inputs) for part in (there, scratch))
            network.to_logits[place - 1].infer(_pixels_of(network, chunks), unused, spare)
        out = _view(here, len(labels), len(bias))
        stop = 0
        for chunk in chunks:
            start, stop = stop, stop + len(chunk.labels)
            self._multiply(chunk, out[start:stop])
        np.add(out, bias, out=out)
        for stage in network.to_logits[place + 1 :]:
            x, out = out, _view(there, len(labels), stage.width)
            stage.infer(x, out, _view(scratch, len(labels), stage.width))
            here, there = there, here
        return int(np.count_nonzero(out.argmax(axis=1) == labels))

    def _multiply(self, chunk: Chunk, out: Array) -> None:
        # Pixels are kept as bytes, which stay in the cache: reading floats took longer than converting bytes.
        x, rows = _view(self.x, *chunk.pixels.shape), self.rows[: len(chunk.columns)]
        np.copyto(x, chunk.pixels)
        np.take(self.weights, chunk.columns, axis=0, out=rows, mode="clip")
        np.matmul(x, rows, out=out)


def _pixels_of(network: Network, chunks: list[Chunk]) -> Array:
    """All pixels of the images in these chunks, (images, inputs), scaled."""
    pixels = np.zeros((sum(len(chunk.labels) for chunk in chunks), network.inputs), network.dtype)
    stop = 0
    for chunk in chunks:
        start, stop = stop, stop + len(chunk.labels)
        pixels[start:stop, chunk.columns] = chunk.pixels
    network.scaling.scale(pixels)
    return pixels


def _groups(chunks: list[Chunk], size: int) -> list[tuple[list[Chunk], Index]]:
    groups = [chunks[start : start + size] for start in range(0, len(chunks), size)]
    return [(group, np.concatenate([chunk.labels for chunk in group])) for group in groups]


def _view(flat: Array, images: int, width: int) -> Array:
    # With all values of one unit side by side, the products take 0.85 of the time and adding the bias 0.75.
    return flat[: images * width].reshape(width, images).T
