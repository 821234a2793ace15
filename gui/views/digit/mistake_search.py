"""The search for the next mistake, a short step at a time so that the window goes on."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from model.data.datasets import Dataset
from model.measurement.misclassified import mistakes
from model.network.network import Network


class MistakeSearch(QObject):
    """Says which test image is `found` to be wrong, None where all are right."""

    found = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.steps: Iterator[int | None] = iter(())
        self.timer = QTimer(self, interval=0)
        self.timer.timeout.connect(self._step)

    def begin(self, network: Network, dataset: Dataset, after: int) -> None:
        """Search from the image after that one; every step takes the network's weights as they then are."""
        self.steps = mistakes(network, dataset.test_images, dataset.test_labels, after)
        self.timer.start()

    def end(self) -> None:
        """Search no longer."""
        self.timer.stop()
        self.steps = iter(())

    def _step(self) -> None:
        try:
            found = next(self.steps)
        except StopIteration:
            self.end()
            self.found.emit(None)
            return
        if found is not None:
            self.end()
            self.found.emit(found)
