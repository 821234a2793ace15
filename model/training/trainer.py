"""Trainer: an iterator of records that depend on Config and data alone, not on time or the window."""

from collections import deque
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from copy import deepcopy
from dataclasses import replace
from math import isfinite
from typing import Self

import numpy as np

from model.base.arithmetic import single_threaded
from model.base.errors import Diverged
from model.base.layer_names import LOSS_PLACE
from model.config.config import Config
from model.config.recipe import Change
from model.config.schedule import pictured, recorded, remembered
from model.data.datasets import Dataset
from model.data.pixel_scaling import Pixels
from model.history.checkpoints import Checkpoint, StartingPoint
from model.measurement.meter import Meter
from model.measurement.records import EVERY_HISTOGRAM, Record
from model.network.batch_buffer import BatchBuffer, streams
from model.network.evaluation_process import EvaluationProcess
from model.network.network import Network
from model.network.process_evaluator import evaluator_of
from model.network.update_rule import UpdateRule
from model.nn.optimizers import Optimizer
from model.training.pending_records import PendingRecords


class Trainer:
    """Trains one network: `for record in Trainer(config, dataset)`, or step by step with `step` and `collect`.

    A record at iteration i is measured from the weights after i updates, on the batch that the next update uses.
    model.config.schedule decides which are measured and which have histograms; without `pictures` none has, and all
    else is the same. With a `start` training continues from there, on the batches that a run from the beginning would
    see; `changes` are made at their iterations. Raises Diverged when a value is no longer finite. Test accuracies come
    from a thread, or from `evaluation` where that is free. Use it in one thread, and `close` it or use `with`. It
    limits the whole process's BLAS to one thread.
    """

    def __init__(
        self,
        config: Config,
        dataset: Dataset,
        start: StartingPoint | None = None,
        changes: Sequence[Change] = (),
        evaluation: EvaluationProcess | None = None,
        *,
        pictures: bool = True,
    ) -> None:
        self.config, self.pictures, self.arithmetic = config, pictures, single_threaded()
        self.start = self.iteration = start.iteration if start else 0
        self.optimizer: Optimizer = config.optimizer
        weights, batches = streams(config)
        self.network = Network.of(config, dataset)
        self.network.initialise(weights)
        self.network.allocate(config.batch_size)
        self._feed = BatchBuffer(config, dataset, batches, self.network.dtype, self.start)
        self._update = UpdateRule(self.network, config)
        self._since = self.start
        self._changes = deque(changes)
        if start:
            self._take(start)
        self._meter = Meter(self.network, dataset.class_labels)
        self._pending = PendingRecords(evaluator_of(self.network, dataset.test_set, evaluation))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self.close()

    def _take(self, start: StartingPoint) -> None:
        self.network.take(start.state)
        if start.memory:
            self._since = start.since
            for mine, theirs in zip(self._update.state, start.memory, strict=True):
                np.copyto(mine, theirs)

    def close(self) -> None:
        """End the evaluation; records not collected are lost."""
        self._pending.close()

    def __iter__(self) -> Iterator[Record]:
        """Yield the records with a test accuracy; those without one, of the first iterations, are only in `collect`."""
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
        """Number of updates so far."""
        return min(self.iteration, self.config.iterations)

    @property
    def pictured(self) -> bool:
        """Whether this iteration's record has histograms."""
        return self.pictures and pictured(self.config, self.iteration, self.start)

    def make_changes(self) -> list[Change]:
        """Make the changes planned for this iteration; returns those that were due."""
        made = []
        while self._changes and self._changes[0].iteration <= self.iteration:
            made.append(self._changes.popleft())
            self.change(**{made[-1].name: made[-1].value})
        return made

    def advance(self) -> None:
        """Run one iteration without measuring; the weights become the same as with `step`."""
        self.make_changes()
        with np.errstate(over="ignore", invalid="ignore"):
            self._pass()
            self._update(self.optimizer, self._step_number)
            self._draw()
        self.iteration += 1

    def step(self, show: AbstractSet[str] | None = None) -> Record | None:
        """Run one iteration: forward, backward, measure if a record is due, update (at the very end: measure only).

        With `show` it returns a record of this iteration with at least these histograms and no test accuracy; the
        weights and the records collected are the same with and without it. Where as many test accuracies are being
        computed as can be, it waits for the oldest or, with a helped `evaluation`, computes this one itself; all are
        there to be collected.
        """
        last = self.iteration == self.config.iterations
        self.make_changes()
        with np.errstate(over="ignore", invalid="ignore"):
            loss = self._pass()
            record = self._measured_now(loss, show)
            if not record:
                self._update(self.optimizer, self._step_number)
            elif last:
                with self._update.undone():
                    self._update_with(record)
            else:
                self._update_with(record)
            if not last:
                self._draw()
        self.iteration += 1
        return record if show is not None else None

    @property
    def _step_number(self) -> int:
        """Number of the next update, counted from 1 at the optimiser's first."""
        return self.updates + 1 - self._since

    def _draw(self) -> None:
        self.network.advance()
        self._feed.draw()

    def _measured_now(self, loss: float, show: AbstractSet[str] | None) -> Record | None:
        """Measure this iteration before its update; None if no record is due or requested."""
        if not remembered(self.config, self.iteration, self.start):
            return None if show is None else self._shown(loss, show)
        self._check_range()
        pictures = self.pictured
        record = self._measured(loss, EVERY_HISTOGRAM if pictures else frozenset())
        if recorded(self.config, self.iteration, self.start):
            self._pending.add_tested(record, self.network)
        else:
            self._pending.add(record)
        return record if show is None or pictures else self._shown(loss, show)

    def _update_with(self, record: Record) -> None:
        """Update the weights; set the update ratios of `record` and of this iteration's record that awaits its test."""
        before = self.network.theta.copy()
        self._update(self.optimizer, self._step_number)
        self._meter.add_update(record, before)
        waiting = self._pending.newest
        if waiting and waiting is not record and waiting.iteration == self.iteration:
            self._meter.add_update(waiting, before)

    def collect(self, *, wait: bool) -> list[Record]:
        """Return the records that are complete, in order; with `wait`, wait for all that were measured."""
        return self._pending.collect(wait=wait)

    def peek(self) -> Record:
        """Measure a record now, with histograms and test accuracy, without changing the run; waits for the accuracy."""
        with np.errstate(over="ignore", invalid="ignore"):
            record = self._shown(self._pass(), EVERY_HISTOGRAM)
            with self._update.undone():
                self._update_with(record)
        return replace(record, iteration=self.updates, test_accuracy=self._pending.accuracy_now(self.network))

    def checkpoint(self, *, memory: bool = True) -> Checkpoint:
        """Copy the weights, after `updates` updates, and with `memory` the optimiser's running vectors."""
        state, remembered = (
            tuple(array.copy() for array in arrays)
            for arrays in (self.network.state, self._update.state if memory else ())
        )
        return Checkpoint(self.updates, state, remembered)

    @property
    def snapshot_size(self) -> int:
        """Size in bytes of a checkpoint with `memory`."""
        return sum(array.nbytes for array in (*self.network.state, *self._update.state))

    def change(self, **settings: float) -> None:
        """Change live settings of the optimiser, by name, from the next update on."""
        self.optimizer = replace(self.optimizer, **settings)

    def _pass(self) -> float:
        loss = self.network.forward(self._feed.x, self._feed.labels)
        if not isfinite(loss):
            raise self._diverged(self.network.bad_layer() or LOSS_PLACE)
        self.network.backward()
        return loss

    def _check_range(self) -> None:
        # A bounded activation hides infinite weights and z from the loss; their sums show them.
        values = (self.network.theta, *(affine.z for affine in self.network.affines))
        if not isfinite(sum(float(each.sum()) for each in values)) and (place := self.network.bad_layer()):
            raise self._diverged(place)

    def _diverged(self, place: str) -> Diverged:
        return Diverged(self.iteration, place, self.start, raw_pixels=self.config.pixels is Pixels.RAW)

    def _measured(self, loss: float, histograms: AbstractSet[str]) -> Record:
        right = int(np.count_nonzero(self.network.logits.argmax(axis=1) == self._feed.labels))
        return self._meter.measure(self.iteration, loss, right / self.config.batch_size, histograms)

    def _shown(self, loss: float, histograms: AbstractSet[str]) -> Record:
        axes = deepcopy(self._meter.axes)
        record = self._measured(loss, histograms)
        self._meter.axes = axes  # whose memory later records depend on
        return record
