"""The run on the screen: loads its data, owns its thread, and says when its state changes."""

import sys

from PySide6.QtCore import QObject, Signal, Slot

from gui.runs.dataset_loader import DatasetLoader
from gui.runs.training_thread import TrainingThread
from model.base.errors import Diverged, InputError
from model.config.config import Config
from model.config.recipe import Recipe
from model.data.datasets import Dataset
from model.history.checkpoints import Checkpoint
from model.history.run_log import RunLog


class Session(QObject):
    """The run on the screen, and those that go on behind it.

    A new run is a new thread with a run log of its own, so an old one cannot reach the plots. `started` says that
    another run is on the screen, with its state; `state_changed` that this one's has changed; `begun_now` comes before
    a run's first step.
    """

    started = Signal()
    begun_now = Signal()
    state_changed = Signal()
    said = Signal(str)
    data_loaded = Signal(object)
    data_refused = Signal(str)

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.recipe = Recipe(config)
        self.dataset: Dataset | None = None
        self.thread_: TrainingThread | None = None
        self.behind: list[TrainingThread] = []
        self._opened: RunLog | None = None
        self._on_screen: Recipe | None = None
        self.loader: DatasetLoader | None = None
        self.per_second = 0.0
        self.ended = False
        self.closed = False
        self._loaded_folder: str | None = None
        self._begun = False
        self._reading = False
        self._train_when_ready = False
        self._live: dict[str, float] = {}
        self._wanted: RunLog | None = None

    @property
    def config(self) -> Config:
        return self.recipe.config

    @property
    def run_log(self) -> RunLog | None:
        return self.thread_.run_log if self.thread_ else self._opened

    @property
    def ready(self) -> bool:
        """Whether there is a run that can be trained or reset."""
        return self.run_log is not None

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
        self.recipe, self._wanted = Recipe(config), None
        if self.loading:
            self._load(config.data)
        else:
            self._train_when_ready = False
            self._replace_thread()

    def branch(self, recipe: Recipe, checkpoint: Checkpoint) -> None:
        """Train a run that leaves the present one at `checkpoint`, while that goes on behind it."""
        self._put_behind(going=True)
        self.recipe = recipe
        self._replace_thread(checkpoint)
        self.train()

    def open(self, recipe: Recipe, run_log: RunLog) -> None:
        """Show a run that is there already; the present one stays as it is, behind it."""
        if run_log is self.run_log:
            return
        self._train_when_ready = False
        self.recipe, self._wanted = recipe, run_log
        if self.loading:
            self._load(recipe.config.data)
        else:
            self._take_wanted()

    def train(self) -> None:
        """Go on, from the start again if the run has ended."""
        if not self.ready or self.loading:
            self._train_when_ready = True
            self._load(self.config.data)
            return
        if self.ended or self.thread_ is None:
            self.recipe = Recipe(self.config)
            self._replace_thread()
        assert self.thread_ is not None
        self._begin()
        self.thread_.pace.set_paused(False)
        self.state_changed.emit()

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            self.begun_now.emit()

    def pause(self) -> None:
        if self.thread_ and not self.ended:
            self.thread_.pace.set_paused(True)
            self.state_changed.emit()

    def step(self, iterations: int) -> None:
        """Take some steps of a paused run."""
        if self.thread_ and not self.ended:
            self._begin()
            self.thread_.pace.allow(iterations)
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
        return self._live.get(name, self.config.number(name))

    def close(self) -> None:
        """End every thread and wait for it; no other begins."""
        self.closed = True
        if self.loader:
            self.loader.wait()
        for thread in (self.thread_, *self.behind):
            if thread:
                thread.halt()

    def _load(self, folder: str) -> None:
        if self._reading:
            return  # its result will show that another folder is wanted
        if self.loader:
            self.loader.wait()  # it has told its result and is about to end
        self._reading = True
        self.loader = DatasetLoader(folder)
        self.loader.loaded.connect(self._data_loaded)
        self.loader.refused.connect(self._data_refused)
        self.loader.start()

    def _put_behind(self, *, going: bool = False) -> None:
        """Let the present run be one of those behind; one that has not begun is given up."""
        thread, self.thread_, self._opened = self.thread_, None, None
        if thread and not self.ended and self._begun:
            if going:
                thread.pace.set_paused(False)
            self.behind.append(thread)
        elif thread:
            self._give_up(thread)

    def _give_up(self, thread: TrainingThread) -> None:
        thread.finished.disconnect(self._finished)
        thread.failed.disconnect(self._failed)
        thread.halt()

    def _take_wanted(self) -> None:
        """Show the run that was opened."""
        run_log, self._wanted = self._wanted, None
        self._put_behind()
        self._live = {}
        self.thread_ = next((thread for thread in self.behind if thread.run_log is run_log), None)
        if self.thread_:
            self.behind.remove(self.thread_)
            self._live = {change.name: change.value for change in self.thread_.run_log.changes}
        self._opened = None if self.thread_ else run_log
        self.ended = self.thread_ is None or self.thread_.isFinished()
        self._begun = True
        self._on_screen = self.recipe
        self.started.emit()

    def _replace_thread(self, checkpoint: Checkpoint | None = None) -> None:
        assert self.dataset is not None
        if self.thread_:
            self._give_up(self.thread_)
        self.ended = self._begun = False
        self._opened = None
        self._live = {}
        self.thread_ = TrainingThread(self.recipe, self.dataset, checkpoint)
        self.thread_.pace.set_speed(self.per_second)
        self.thread_.finished.connect(self._finished)
        self.thread_.failed.connect(self._failed)
        self.thread_.start()
        self._on_screen = self.recipe
        self.started.emit()

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
        if self._wanted:
            self._take_wanted()
        else:
            self._replace_thread()
        if self._train_when_ready:
            self._train_when_ready = False
            self.train()

    @Slot(str, str)
    def _data_refused(self, folder: str, why: str) -> None:
        if self._too_late(folder):
            return
        self._train_when_ready = False
        if self._wanted:  # its curves can be looked at without the images
            self.dataset = self._loaded_folder = None
            self._take_wanted()
            self.said.emit(why)
            return
        self.recipe = self._on_screen or self.recipe
        self.data_refused.emit(why)

    @Slot()
    def _finished(self) -> None:
        self.behind = [thread for thread in self.behind if not thread.isFinished()]
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
