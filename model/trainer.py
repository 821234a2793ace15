"""Training: an iterator of records that depends on its Config and data alone. Knows no clock and no window."""

from collections import deque
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, replace
from math import isfinite, sqrt
from types import TracebackType
from typing import Self

import numpy as np

from model.arrays import Array, Float
from model.config import Config
from model.datasets import Dataset
from model.errors import Diverged
from model.evaluation import PIXEL_SCALE, Evaluator
from model.measure import Meter
from model.network import Network
from model.optimizers import Optimizer
from model.records import EVERY_HISTOGRAM, Record
from model.schedule import pictured, recorded, remembered
from model.weights import Snapshot

# Smaller blocks cost more calls, larger ones fall out of the cache.
BLOCK = 1 << 18


class Trainer:
    """Trains one network: `for record in Trainer(config, dataset)`, or step by step with `step` and `collect`.

    A record at iteration i is measured from the weights after i updates, on the batch that the next update uses.
    Which are measured, and which of them have histograms, says model.schedule. Raises Diverged when a value leaves the
    range of floating point.
    """

    def __init__(self, config: Config, dataset: Dataset) -> None:
        self.config = config
        self.iteration = 0
        self.optimizer: Optimizer = config.optimizer
        weights, batches = np.random.default_rng(config.seed).spawn(2)
        self.network = Network(config, dataset.inputs, dataset.classes)
        self.network.initialise(weights)
        self.network.allocate(config.batch_size)
        self._feed = _Feed(config, dataset, batches, self.network.dtype)
        self._update = _Update(self.network, config)
        self._meter = Meter(self.network)
        self._evaluator = Evaluator(self.network, dataset.inputs, dataset.test_set)
        self._pending: deque[tuple[Record, bool]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the evaluation's thread; records not collected are lost."""
        self._evaluator.close()

    def __iter__(self) -> Iterator[Record]:
        """The records with a test accuracy; `collect` also has those in between, of the first iterations."""
        with self:
            try:
                while not self.done:
                    self.step()
                    yield from self._tested(wait=False)
            except Diverged:
                yield from self._tested(wait=True)  # what was measured before must not depend on the clock
                raise
            yield from self._tested(wait=True)

    def _tested(self, *, wait: bool) -> Iterator[Record]:
        return (record for record in self.collect(wait=wait) if record.tested)

    @property
    def done(self) -> bool:
        """Whether the last record has been measured."""
        return self.iteration > self.config.iterations

    @property
    def updates(self) -> int:
        """How many times the weights have changed so far."""
        return min(self.iteration, self.config.iterations)

    def step(self, show: AbstractSet[str] | None = None) -> Record | None:
        """One iteration: forward, backward, measure if a record is due, update (at the very end: measure only).

        With `show` it returns what a record would say now, with at least these histograms and no test accuracy;
        what the run computes and remembers is the same.
        """
        last = self.iteration == self.config.iterations
        with np.errstate(over="ignore", invalid="ignore"):
            loss = self._pass()
            record = self._measured_now(loss, show)
            if not record:
                self._update(self.optimizer, self.iteration + 1)
            elif last:
                with self._update.undone():
                    self._update_with(record)
            else:
                self._update_with(record)
            if not last:
                self.network.advance()
                self._feed.draw()
        self.iteration += 1
        return record if show is not None else None

    def _measured_now(self, loss: float, show: AbstractSet[str] | None) -> Record | None:
        """The record of this iteration before its update, None where none is due nor asked for."""
        config, iteration = self.config, self.iteration
        if not remembered(config, iteration):
            return None if show is None else self._shown(loss, show)
        self._check_weights()
        pictures = pictured(config, iteration)
        record = self._measured(loss, EVERY_HISTOGRAM if pictures else frozenset())
        self._pending.append((record, recorded(config, iteration)))
        if recorded(config, iteration):
            self._evaluator.submit(self.network)
        return record if show is None or pictures else self._shown(loss, show)

    def _update_with(self, record: Record) -> None:
        """Make this iteration's update and tell what it was, in the record and in the one that waits to be tested."""
        before = self.network.theta.copy()
        self._update(self.optimizer, self.updates + 1)
        self._meter.add_update(record, before)
        if self._pending and (waiting := self._pending[-1][0]) is not record and waiting.iteration == self.iteration:
            self._meter.add_update(waiting, before)

    def collect(self, *, wait: bool) -> list[Record]:
        """The records that are complete, in order; with `wait`, all that were measured."""
        records = []
        while self._pending:
            record, tested = self._pending[0]
            if tested:
                accuracy = self._evaluator.result(wait=wait or self._evaluator.full)
                if accuracy is None:
                    break
                record = replace(record, test_accuracy=accuracy)
            records.append(record)
            self._pending.popleft()
        return records

    def peek(self) -> Record:
        """A record of this moment whether or not one is due; changes nothing in what the run computes.

        Collect all records first.
        """
        with np.errstate(over="ignore", invalid="ignore"):
            record = self._shown(self._pass(), EVERY_HISTOGRAM)
            with self._update.undone():
                self._update_with(record)
        self._evaluator.submit(self.network)
        accuracy = self._evaluator.result(wait=True)
        assert accuracy is not None
        return replace(record, iteration=self.updates, test_accuracy=accuracy)

    def snapshot(self) -> Snapshot:
        """A copy of the weights as they are now, after `updates` updates."""
        return Snapshot(self.updates, tuple(array.copy() for array in self.network.state))

    def change(self, **settings: float) -> None:
        """Give the optimiser other live settings from the next iteration on."""
        self.optimizer = replace(self.optimizer, **settings)

    def _pass(self) -> float:
        loss = self.network.forward(self._feed.x, self._feed.labels)
        if not isfinite(loss):
            raise Diverged(self.iteration, self.network.bad_layer() or "the loss")
        self.network.backward()
        return loss

    def _check_weights(self) -> None:
        # A bounded activation hides an infinite weight from the loss; the sum of all parameters shows it.
        if not isfinite(float(self.network.theta.sum())) and (place := self.network.bad_layer()):
            raise Diverged(self.iteration, place)

    def _measured(self, loss: float, histograms: AbstractSet[str]) -> Record:
        right = int(np.count_nonzero(self.network.logits.argmax(axis=1) == self._feed.labels))
        return self._meter.measure(self.iteration, loss, right / self.config.batch_size, histograms)

    def _shown(self, loss: float, histograms: AbstractSet[str]) -> Record:
        axes = deepcopy(self._meter.axes)
        record = self._measured(loss, histograms)
        self._meter.axes = axes  # whose memory later records depend on
        return record


class _Feed:
    """The current batch, drawn from the training images and scaled to 0..1."""

    def __init__(self, config: Config, dataset: Dataset, rng: np.random.Generator, dtype: Float) -> None:
        self.dataset = dataset
        self.indices = config.sampling.value.batches(rng, len(dataset.train_labels), config.batch_size)
        self.bytes = np.empty((config.batch_size, dataset.inputs), np.uint8)
        self.x = np.empty((config.batch_size, dataset.inputs), dtype)
        self.labels = np.empty(config.batch_size, np.intp)
        self.draw()

    def draw(self) -> None:
        indices = next(self.indices)
        # mode="clip" spares NumPy a buffered copy; no index is ever out of range.
        self.dataset.train_images.take(indices, axis=0, out=self.bytes, mode="clip")
        self.dataset.train_labels.take(indices, out=self.labels, mode="clip")
        # Two passes: a product that converts as it goes is buffered and takes longer than both.
        np.copyto(self.x, self.bytes)
        np.multiply(self.x, PIXEL_SCALE, out=self.x)


@dataclass
class _Slice:
    theta: Array
    gradient: Array
    state: list[Array]


class _Update:
    """Gradient to step: clipping and weight decay on a copy, then the optimiser, block by block."""

    def __init__(self, network: Network, config: Config) -> None:
        self.network = network
        self.weight_decay, self.clip_norm = config.weight_decay, config.clip_norm
        size, dtype = network.theta.size, network.dtype
        alters = self.weight_decay > 0 or self.clip_norm > 0
        self.effective = np.empty(size, dtype) if alters else network.gradient
        self.state = [np.zeros(size, dtype) for _ in range(config.optimizer.slots)]
        self.scratch = np.empty(min(BLOCK, size), dtype)
        cuts = [slice(start, min(start + BLOCK, size)) for start in range(0, size, BLOCK)]
        self.blocks = [_Slice(network.theta[c], self.effective[c], [s[c] for s in self.state]) for c in cuts]

    def __call__(self, optimizer: Optimizer, step: int) -> None:
        if self.effective is not self.network.gradient:
            self._alter()
        for block in self.blocks:
            optimizer.update(block.theta, block.gradient, block.state, self.scratch[: block.theta.size], step)

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Whatever updates are made within, parameters and the optimiser's memory are as before after it."""
        changing = [self.network.theta, *self.state]
        kept = [array.copy() for array in changing]
        yield
        for array, before in zip(changing, kept, strict=True):
            np.copyto(array, before)

    def _alter(self) -> None:
        gradient, decaying = self.network.gradient, self.network.decaying
        np.copyto(self.effective, gradient)
        if self.clip_norm > 0:
            norm = sqrt(float(np.dot(gradient, gradient)))
            if not isfinite(norm):  # too large for its square, which the norm itself need not be
                np.divide(gradient, max(float(gradient.max()), -float(gradient.min())), out=self.effective)
                norm = sqrt(float(np.dot(self.effective, self.effective)))
                self.effective *= self.clip_norm / norm
            elif norm > self.clip_norm:
                self.effective *= self.clip_norm / norm
        if self.weight_decay > 0:
            for start in range(0, decaying, BLOCK):
                stop = min(start + BLOCK, decaying)
                scratch = self.scratch[: stop - start]
                np.multiply(self.network.theta[start:stop], self.weight_decay, out=scratch)
                self.effective[start:stop] += scratch
