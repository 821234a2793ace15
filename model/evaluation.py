"""Accuracy on the whole test set, quick enough for every record.

A pass over 10,000 images costs as much as 40 training steps. Two things make it bearable, and neither changes the
result: images with alike extents share a chunk, whose weights' rows for pixels that are 0 throughout are left out of
the product (MNIST: 45 % of them); and the pass runs on a copy of the network in a thread of its own, because NumPy
releases the interpreter lock inside its products.
"""

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from model.arrays import Array, Bytes, Index
from model.network import Network

CHUNK = 500
PIXEL_SCALE = np.float32(1 / 255)


@dataclass(frozen=True)
class Chunk:
    """Test images (images, columns) scaled to 0..1, of which only `columns` of all pixels are ever lit."""

    x: Array
    columns: Index
    labels: Index


class TestSet:
    """All test images in chunks of alike left and right extents."""

    __test__ = False  # pytest would take it for a test case

    def __init__(self, images: Bytes, labels: Index, image_shape: tuple[int, int]) -> None:
        lit = images.reshape(-1, *image_shape).any(axis=1)
        left, right = lit.argmax(axis=1), lit.shape[1] - lit[:, ::-1].argmax(axis=1)
        order = np.lexsort((right, left))
        self.images = len(labels)
        self.chunks: list[Chunk] = []
        for start in range(0, self.images, CHUNK):
            of = order[start : start + CHUNK]
            columns = np.flatnonzero(images[of].any(axis=0))
            x = images[np.ix_(of, columns)] * PIXEL_SCALE
            self.chunks.append(Chunk(x, columns, labels[of]))


class Evaluator:
    """Evaluates copies of one network in the background; results come in the order of the requests."""

    COPIES = 2

    def __init__(self, network: Network, inputs: int, test_set: TestSet) -> None:
        self.test_set = test_set
        self.pool = ThreadPoolExecutor(1, "evaluation")
        self.free = deque(_Copy(network, inputs) for _ in range(self.COPIES))
        self.busy: deque[tuple[_Copy, Future[float]]] = deque()

    @property
    def full(self) -> bool:
        """Whether a result must be collected before the next request."""
        return not self.free

    def submit(self, network: Network) -> None:
        """Ask for the test accuracy of `network` as it is now."""
        copy = self.free.popleft()
        copy.network.take(network)
        self.busy.append((copy, self.pool.submit(copy.accuracy, self.test_set)))

    def result(self, *, wait: bool) -> float | None:
        """The oldest accuracy asked for (0..1); None if there is none, or none ready and `wait` is False."""
        if not self.busy or not (wait or self.busy[0][1].done()):
            return None
        copy, future = self.busy.popleft()
        self.free.append(copy)
        return future.result()

    def close(self) -> None:
        """Give up what has not started and end the thread."""
        self.pool.shutdown(wait=True, cancel_futures=True)


class _Copy:
    """A network that only infers, with its working memory."""

    def __init__(self, network: Network, inputs: int) -> None:
        self.network = Network(network.config, inputs, network.classes)
        widest = max(stage.width for stage in self.network.stages)
        self.flat = [np.empty(CHUNK * widest, network.dtype) for _ in range(3)]
        self.rows = np.empty((inputs, self.network.stages[0].width), network.dtype)

    def accuracy(self, test_set: TestSet) -> float:
        with np.errstate(over="ignore", invalid="ignore"):
            right = sum(self._right(chunk) for chunk in test_set.chunks)
        return right / test_set.images

    def _right(self, chunk: Chunk) -> int:
        first, *others = self.network.stages
        images = len(chunk.labels)
        out, spare, scratch = (flat[: images * first.width].reshape(images, -1) for flat in self.flat)
        x = chunk.x.astype(self.network.dtype, copy=False)
        self.network.affines[0].infer_from_columns(x, chunk.columns, self.rows[: len(chunk.columns)], out)
        here, there = 0, 1
        for stage in others:
            x, (out, scratch) = out, (self.flat[k][: images * stage.width].reshape(images, -1) for k in (there, 2))
            stage.infer(x, out, scratch)
            here, there = there, here
        return int(np.count_nonzero(out.argmax(axis=1) == chunk.labels))
