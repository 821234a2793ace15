"""Search for the next misclassified test image, in short steps from the event loop."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from model.data.datasets import Dataset
from model.measurement.misclassified import mistakes
from model.network.network import Network


class MistakeSearch(QObject):
    """Timer-driven search; `found` carries the index of a misclassified test image, None if there is none."""

    found = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.steps: Iterator[int | None] = iter(())
        self.timer = QTimer(self, interval=0)
        self.timer.timeout.connect(self._step)

    def begin(self, network: Network, dataset: Dataset, after: int) -> None:
        """Search from the image after index `after`; each step uses the network's weights of that time."""
        self.steps = mistakes(network, dataset.test_images, dataset.test_labels, after)
        self.timer.start()

    def end(self) -> None:
        """Cancel the search."""
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
