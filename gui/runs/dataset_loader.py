"""Reads data sets while the window goes on."""

from PySide6.QtCore import QObject, QThread, Signal, Slot

from model.base.errors import InputError
from model.data.datasets import Dataset, load_dataset
from model.data.orientation import Orientation

Source = tuple[str, Orientation]


class DatasetThread(QThread):
    """Reads one data set; emits `loaded(source, dataset)`, or `refused(source, error)`."""

    loaded = Signal(object, object)
    refused = Signal(object, object)

    def __init__(self, source: Source) -> None:
        super().__init__()
        self.source = source

    def run(self) -> None:
        try:
            dataset = load_dataset(*self.source)
            dataset.test_set  # noqa: B018  arranged here, so that the window does not wait for it
        except InputError as error:
            self.refused.emit(self.source, error)
        except Exception as error:  # one that leaves run() would be printed and lost
            self.refused.emit(self.source, InputError("The data set cannot be read: {error}", error=error))
        else:
            self.loaded.emit(self.source, dataset)


class DatasetLoader(QObject):
    """Keeps the data set that was read last; `source` is where it lies ('' is MNIST) and how, None before the first.

    Reads one data set at a time. Emits `loaded(dataset)` or `refused(error)` for the one that is wanted last, and
    nothing for those that nobody waits for any more.
    """

    loaded = Signal(object)
    refused = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.dataset: Dataset | None = None
        self.source: Source | None = None
        self._wanted: Source | None = None
        self.thread_: DatasetThread | None = None
        self._reading = False

    def has(self, source: Source) -> bool:
        """Whether this is the data set that was read last."""
        return self.source == source

    def want(self, source: Source) -> None:
        """Read this data set next."""
        self._wanted = source
        if not self._reading:
            self._read(source)

    def want_nothing(self) -> None:
        """Ignore what is being read."""
        self._wanted = None

    def close(self) -> None:
        """Wait until nothing is read any more, and say nothing of it."""
        self._wanted = None
        if self.thread_:
            self.thread_.wait()

    def _read(self, source: Source) -> None:
        if self.thread_:
            self.thread_.wait()  # it has told its result and is about to end
        self._reading = True
        self.thread_ = DatasetThread(source)
        self.thread_.loaded.connect(self._take)
        self.thread_.refused.connect(self._refuse)
        self.thread_.start()

    def _awaited(self, source: Source) -> bool:
        """Whether the data set that has just been read is the wanted one; if not, reads that."""
        self._reading = False
        if self._wanted is None:
            return False
        if source != self._wanted:
            self._read(self._wanted)
            return False
        self._wanted = None
        return True

    @Slot(object, object)
    def _take(self, source: Source, dataset: Dataset) -> None:
        if self._awaited(source):
            self.dataset, self.source = dataset, source
            self.loaded.emit(dataset)

    @Slot(object, object)
    def _refuse(self, source: Source, error: InputError) -> None:
        if self._awaited(source):
            self.refused.emit(error)
