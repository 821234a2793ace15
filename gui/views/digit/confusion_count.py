"""Counting of the confusion matrix of the weights shown, in short steps from the event loop."""

from collections.abc import Iterator
from time import monotonic

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from gui.views.moment import RunContext
from model.base.arrays import Index
from model.history.checkpoints import Checkpoint
from model.measurement.confusion import Confusion, answers_in_steps
from model.network.network import Network

PAUSE_MS = 300  # between counts of a run that trains, or as long as one took: nobody reads a hundred numbers faster


class ConfusionCount(QObject):
    """Counter with a network of its own, so that all answers are those of one checkpoint.

    `counted` says that `confusion`, that of `checkpoint`, is another one. It is None before the first, and where the
    weights are not finite: such a network answers nothing.
    """

    counted = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.run: RunContext | None = None
        self.network: Network | None = None
        self.confusion: Confusion | None = None
        self.checkpoint: Checkpoint | None = None
        self.wanted: Checkpoint | None = None
        self.counting: Checkpoint | None = None
        self.steps: Iterator[Index] = iter(())
        self.answered: list[Index] = []
        self.begun = 0.0
        self.timer = QTimer(self, interval=0)
        self.timer.timeout.connect(self._step)
        self.pause = QTimer(self, singleShot=True)
        self.pause.timeout.connect(self._begin)

    @property
    def diverged(self) -> bool:
        """Whether the weights counted last are not all finite."""
        return self.checkpoint is not None and self.confusion is None

    def show_run(self, run: RunContext) -> None:
        """Count another run's answers from now on."""
        self.end()
        self.run, self.network = run, None
        self.confusion = self.checkpoint = None

    def want(self, checkpoint: Checkpoint, *, live: bool) -> None:
        """Count the answers of these weights: at once, or for a live run when the last count is complete."""
        if checkpoint is self.wanted or self.run is None or self.run.dataset is None:
            return
        self.wanted = checkpoint
        if not live or (self.counting is None and not self.pause.isActive()):
            self._begin()

    def finish(self) -> None:
        """Complete the count of the weights wanted, for a picture."""
        if self.wanted is not None and self.counting is not self.wanted:
            self._begin()
        while self.counting is not None:
            self._step()

    def end(self) -> None:
        """Cancel the count."""
        self.timer.stop()
        self.pause.stop()
        self.wanted = self.counting = None
        self.steps = iter(())

    def _begin(self) -> None:
        self.pause.stop()
        if self.run is None or self.run.dataset is None or self.wanted is None or self.wanted is self.checkpoint:
            self.counting = None
            return
        self.counting, self.answered, self.begun = self.wanted, [], monotonic()
        self.network = self.network or Network.of(self.run.config, self.run.dataset)
        self.network.take(self.counting.state)
        self.steps = answers_in_steps(self.network, self.run.dataset.test_images)
        self.timer.start()

    def _step(self) -> None:
        answered = next(self.steps, None)
        if answered is not None:
            self.answered.append(answered)
            return
        assert self.run is not None
        assert self.run.dataset is not None
        assert self.network is not None
        self.timer.stop()
        self.checkpoint, self.counting = self.counting, None
        dataset, finite = self.run.dataset, bool(np.isfinite(self.network.theta).all())
        answers = np.concatenate(self.answered)
        names = dataset.class_names
        self.confusion = Confusion(dataset.test_labels, answers, dataset.classes, names) if finite else None
        self.pause.start(max(PAUSE_MS, round(1000 * (monotonic() - self.begun))))
        self.counted.emit()
