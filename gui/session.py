"""The run on the screen: loads its data, owns its thread, and says when its state changes."""

import sys

from PySide6.QtCore import QObject, QThread, Signal, Slot

from gui.training import Mailbox, TrainingThread
from model.config import Config
from model.datasets import Dataset, load_dataset
from model.errors import Diverged, InputError


class Loader(QThread):
    """Reads a data set in the background."""

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


class Session(QObject):
    """One run at a time. A new run is a new thread with a mailbox of its own, so an old one cannot reach the plots."""

    started = Signal()
    state_changed = Signal()
    said = Signal(str)
    data_loaded = Signal(object)
    data_refused = Signal(str)

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.config = config
        self.dataset: Dataset | None = None
        self.thread_: TrainingThread | None = None
        self.loader: Loader | None = None
        self.per_second = 0.0
        self.ended = False
        self.closed = False
        self._loaded_folder: str | None = None
        self._begun = False
        self._reading = False
        self._train_when_ready = False
        self._live: dict[str, float] = {}

    @property
    def mailbox(self) -> Mailbox | None:
        return self.thread_.mailbox if self.thread_ else None

    @property
    def ready(self) -> bool:
        """Whether there is a run that can be trained or reset."""
        return self.thread_ is not None

    @property
    def running(self) -> bool:
        return self.thread_ is not None and not self.ended and not self.thread_.pace.paused

    @property
    def begun(self) -> bool:
        """Whether the run has been trained or stepped since Reset."""
        return self._begun

    @property
    def loading(self) -> bool:
        """Whether the next run waits for its data."""
        return self._loaded_folder != self.config.data

    def reset(self, config: Config) -> None:
        """Start over with `config`, paused at its initial weights; loads its data first where that is needed."""
        self.config = config
        if self.loading:
            self._load(config.data)
        else:
            self._train_when_ready = False
            self._replace_thread()

    def train(self) -> None:
        """Go on, from the start again if the run has ended."""
        if self.thread_ is None or self.loading:
            self._train_when_ready = True
            self._load(self.config.data)
            return
        if self.ended:
            self._replace_thread()
        self.thread_.pace.set_paused(False)
        self._begun = True
        self.state_changed.emit()

    def pause(self) -> None:
        if self.thread_ and not self.ended:
            self.thread_.pace.set_paused(True)
            self.state_changed.emit()

    def step(self, iterations: int) -> None:
        """Take some steps of a paused run."""
        if self.thread_ and not self.ended:
            self.thread_.pace.allow(iterations)
            self._begun = True
            self.state_changed.emit()

    def stop(self) -> None:
        """End the run here."""
        if self.thread_ and not self.ended:
            self.thread_.pace.stop()

    def set_speed(self, per_second: float) -> None:
        """Iterations per second of this and the following runs; 0 is as fast as possible."""
        self.per_second = per_second
        if self.thread_:
            self.thread_.pace.set_speed(per_second)

    def change_live(self, name: str, value: float) -> None:
        """Give a live setting another value while the run goes on."""
        if self.thread_ and not self.ended:
            self._live[name] = value
            self.thread_.pace.change(name, value)

    def live_value(self, name: str) -> float:
        """The value a live setting has now."""
        return self._live.get(name, float(self.config.value(name)))

    def close(self) -> None:
        """End every thread and wait for it; no other begins."""
        self.closed = True
        if self.loader:
            self.loader.wait()
        if self.thread_:
            self.thread_.halt()

    def _load(self, folder: str) -> None:
        if self._reading:
            return  # its result will show that another folder is wanted
        if self.loader:
            self.loader.wait()  # it has told its result and is about to end
        self._reading = True
        self.loader = Loader(folder)
        self.loader.loaded.connect(self._data_loaded)
        self.loader.refused.connect(self._data_refused)
        self.loader.start()

    def _replace_thread(self) -> None:
        assert self.dataset is not None
        if self.thread_:
            self.thread_.finished.disconnect(self._finished)
            self.thread_.failed.disconnect(self._failed)
            self.thread_.halt()
        self.ended = self._begun = False
        self._live = {}
        self.thread_ = TrainingThread(self.config, self.dataset)
        self.thread_.pace.set_speed(self.per_second)
        self.thread_.finished.connect(self._finished)
        self.thread_.failed.connect(self._failed)
        self.thread_.start()
        self.started.emit()
        self.state_changed.emit()

    def _too_late(self, folder: str) -> bool:
        """Whether the folder just read is no longer wanted; begins to read the one that is."""
        self._reading = False
        if self.closed or not self.loading:
            return True
        if folder == self.config.data:
            return False
        self._load(self.config.data)
        return True

    @Slot(str, object)
    def _data_loaded(self, folder: str, dataset: Dataset) -> None:
        if self._too_late(folder):
            return
        self.dataset, self._loaded_folder = dataset, folder
        self.data_loaded.emit(dataset)
        self._replace_thread()
        if self._train_when_ready:
            self._train_when_ready = False
            self.train()

    @Slot(str, str)
    def _data_refused(self, folder: str, why: str) -> None:
        if self._too_late(folder):
            return
        self._train_when_ready = False
        if self.thread_:
            self.config = self.thread_.config
        self.data_refused.emit(why)

    @Slot()
    def _finished(self) -> None:
        # A thread that was replaced may still have this signal under way.
        if self.thread_ is not None and self.thread_.isFinished():
            self.ended = self._begun = True
            self.state_changed.emit()

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        if self.sender() is not self.thread_:
            return
        if isinstance(error, (Diverged, InputError)):
            self.said.emit(str(error))
            return
        sys.excepthook(type(error), error, error.__traceback__)
        self.said.emit(f"Training stopped: {type(error).__name__}: {error}")
