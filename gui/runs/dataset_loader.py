"""Reads data sets while the window goes on."""

from PySide6.QtCore import QObject, QThread, Signal, Slot

from model.base.errors import InputError
from model.data.datasets import Dataset, load_dataset


class DatasetThread(QThread):
    """Reads one data set; emits `loaded(folder, dataset)`, or `refused(folder, why)`."""

    loaded = Signal(str, object)
    refused = Signal(str, str)

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder

    def run(self) -> None:
        try:
            dataset = load_dataset(self.folder)
            dataset.test_set  # noqa: B018  arranged here, so that the window does not wait for it
        except InputError as error:
            self.refused.emit(self.folder, str(error))
        except Exception as error:  # one that leaves run() would be printed and lost
            self.refused.emit(self.folder, f"The data set cannot be read: {error}")
        else:
            self.loaded.emit(self.folder, dataset)


class DatasetLoader(QObject):
    """Keeps the data set that was read last; `folder` is where it lies ('' is MNIST), None before the first.

    Reads one data set at a time. Emits `loaded(dataset)` or `refused(why)` for the one that is wanted last, and nothing
    for those that nobody waits for any more.
    """

    loaded = Signal(object)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.dataset: Dataset | None = None
        self.folder: str | None = None
        self._wanted: str | None = None
        self.thread_: DatasetThread | None = None
        self._reading = False

    def has(self, folder: str) -> bool:
        """Whether this is the data set that was read last."""
        return self.folder == folder

    def want(self, folder: str) -> None:
        """Read the data set in this folder next."""
        self._wanted = folder
        if not self._reading:
            self._read(folder)

    def want_nothing(self) -> None:
        """Ignore what is being read."""
        self._wanted = None

    def close(self) -> None:
        """Wait until nothing is read any more, and say nothing of it."""
        self._wanted = None
        if self.thread_:
            self.thread_.wait()

    def _read(self, folder: str) -> None:
        if self.thread_:
            self.thread_.wait()  # it has told its result and is about to end
        self._reading = True
        self.thread_ = DatasetThread(folder)
        self.thread_.loaded.connect(self._take)
        self.thread_.refused.connect(self._refuse)
        self.thread_.start()

    def _awaited(self, folder: str) -> bool:
        """Whether the data set that has just been read is the wanted one; if not, reads that."""
        self._reading = False
        if self._wanted is None:
            return False
        if folder != self._wanted:
            self._read(self._wanted)
            return False
        self._wanted = None
        return True

    @Slot(str, object)
    def _take(self, folder: str, dataset: Dataset) -> None:
        if self._awaited(folder):
            self.dataset, self.folder = dataset, folder
            self.loaded.emit(dataset)

    @Slot(str, str)
    def _refuse(self, folder: str, why: str) -> None:
        if self._awaited(folder):
            self.refused.emit(why)
