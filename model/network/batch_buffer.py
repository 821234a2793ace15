"""Buffer of the current training batch, and the random streams of a run."""

from collections import deque
from itertools import islice

import numpy as np

from model.base.arrays import Float
from model.config.config import Config
from model.data.datasets import Dataset


def streams(config: Config) -> tuple[np.random.Generator, np.random.Generator]:
    """Spawn the run's random streams from its seed: of the initial weights, and of the batches."""
    weights, batches = np.random.default_rng(config.seed).spawn(2)
    return weights, batches


class BatchBuffer:
    """Current training batch: `x`, (images, inputs), scaled as `pixels` of the config says, and `labels`, (images,).

    The first batch is that of iteration `start`; `x` and `labels` are overwritten by the next `draw`.
    """

    def __init__(
        self, config: Config, dataset: Dataset, rng: np.random.Generator, dtype: Float, start: int = 0
    ) -> None:
        self.dataset = dataset
        self.scaling = config.pixels.value.of(dataset)
        self.indices = config.sampling.value.batches(rng, len(dataset.train_labels), config.batch_size)
        deque(islice(self.indices, start), maxlen=0)  # drawn, but no image looked at
        self.bytes = np.empty((config.batch_size, dataset.inputs), np.uint8)
        self.x = np.empty((config.batch_size, dataset.inputs), dtype)
        self.labels = np.empty(config.batch_size, np.intp)
        self.draw()

    def draw(self) -> None:
        """Replace `x` and `labels` by the next batch, in place."""
        indices = next(self.indices)
        # mode="clip" spares NumPy a buffered copy; no index is ever out of range.
        self.dataset.train_images.take(indices, axis=0, out=self.bytes, mode="clip")
        self.dataset.train_labels.take(indices, out=self.labels, mode="clip")
        np.copyto(self.x, self.bytes)
        self.scaling.scale(self.x)
