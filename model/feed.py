"""Which images a training step sees."""

import numpy as np

from model.arrays import Float
from model.config import Config
from model.datasets import Dataset
from model.evaluation import PIXEL_SCALE


class Feed:
    """The current batch, drawn from the training images and scaled to 0..1."""

    def __init__(self, config: Config, dataset: Dataset, rng: np.random.Generator, dtype: Float) -> None:
        self.dataset = dataset
        self.indices = config.sampling.value.batches(rng, len(dataset.train_labels), config.batch_size)
        self.bytes = np.empty((config.batch_size, dataset.inputs), np.uint8)
        self.x = np.empty((config.batch_size, dataset.inputs), dtype)
        self.labels = np.empty(config.batch_size, np.intp)
        self.draw()

    def draw(self) -> None:
        """The next batch."""
        indices = next(self.indices)
        # mode="clip" spares NumPy a buffered copy; no index is ever out of range.
        self.dataset.train_images.take(indices, axis=0, out=self.bytes, mode="clip")
        self.dataset.train_labels.take(indices, out=self.labels, mode="clip")
        # Two passes: a product that converts as it goes is buffered and takes longer than both.
        np.copyto(self.x, self.bytes)
        np.multiply(self.x, PIXEL_SCALE, out=self.x)
