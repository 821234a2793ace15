"""The run on the screen: fetches its data set, owns its thread, and says when its state changes."""

import sys
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from gui.runs.dataset_loader import DatasetLoader
from gui.runs.run_state import Pending, RunState
from gui.runs.training_thread import TrainingThread
from gui.runs.viewed import Viewed
from model.base.errors import Diverged, InputError
from model.base.language import tr
from model.config.config import Config
from model.config.recipe import Recipe
from model.data.datasets import Dataset
from model.history.checkpoints import Checkpoint
from model.history.run_log import RunLog

if TYPE_CHECKING:
    from model.network.evaluation_process import EvaluationProcess


class Session(QObject):
    """Trains the run that is viewed, and lets others go on behind it.

    A new run is a new thread with a run log of its own, so an old one cannot reach the plots. `begun` is emitted before
    a run's first step, `state_changed` whenever `state` has changed; after `viewed` has told of another run.
    """

    begun = Signal()
    state_changed = Signal()
    said = Signal(str)
    data_loaded = Signal(object)
    data_refused = Signal(object)

    def __init__(self, viewed: Viewed) -> None:
        super().__init__()
        self.viewed = viewed
        self.state = RunState.ABSENT
        self.thread_: TrainingThread | None = None
        self.behind: list[TrainingThread] = []
        self.per_second = 0.0
        self.loader = DatasetLoader()
        self.loader.loaded.connect(self._data_loaded)
        self.loader.refused.connect(self._data_refused)
        self._pending: Pending | None = None
        self._live: dict[str, float] = {}

    @cached_property
    def evaluation(self) -> "EvaluationProcess":
        """The process that evaluates the run; made when it is first wanted, as the window is there without it."""
        from model.network.evaluation_process import EvaluationProcess

        return EvaluationProcess()

    @property
    def running(self) -> bool:
        return self.state is RunState.RUNNING

    @property
    def loading(self) -> bool:
        """Whether the next run waits for its data set."""
        return self._pending is not None

    @property
    def ended(self) -> bool:
        return self.state is RunState.ENDED

    def reset(self, config: Config, *, beside: bool = False) -> None:
        """Start over with `config` at its initial weights, once its data set is there; `beside` a run that goes on."""
        if beside and self.running:
            self._put_behind()
        waits = self._pending is not None and self._pending.train
        self._show_once_loaded(Pending(Recipe(config), train=waits and not self.loader.has(config.source)))

    def open(self, recipe: Recipe, run_log: RunLog) -> None:
        """Show a run that is there already; the present one goes on, or stays as it is, behind it."""
        if run_log is not self.viewed.run_log:
            self._show_once_loaded(Pending(recipe, run_log))

    def branch(self, recipe: Recipe, checkpoint: Checkpoint | None) -> None:
        """Train a run that leaves the present one, at `checkpoint` if that is kept, while that goes on behind it."""
        self._put_behind(going=True)
        self._begin_thread(recipe, checkpoint)
        self.train()

    def train(self) -> None:
        """Go on, from the start again if the run has ended; once its data set has been read."""
        config = self.viewed.config
        if self._pending or not self.loader.has(config.source):
            self._pending = self._pending or Pending(Recipe(config))
            self._pending.train = True
            self.loader.want(self._pending.recipe.config.source)
            return
        if not self.state.trainable:
            self._begin_thread(Recipe(config))
        assert self.thread_ is not None
        self._tell_begun()
        self.thread_.pace.set_paused(False)
        self._become(RunState.RUNNING)

    def pause(self) -> None:
        if self.thread_ and self.running:
            self.thread_.pace.set_paused(True)
            self._become(RunState.PAUSED)

    def step(self, iterations: int) -> None:
        """Take some steps of a paused run."""
        if self.thread_ and self.state.trainable:
            self._tell_begun()
            self.thread_.pace.allow(iterations)
            self._become(RunState.RUNNING if self.running else RunState.PAUSED)

    def stop(self) -> None:
        """End the run here."""
        if self.thread_ and self.state.trainable:
            self.thread_.pace.stop()

    def set_speed(self, per_second: float) -> None:
        """Set the iterations per second of this and the following runs; 0 is as fast as possible."""
        self.per_second = per_second
        if self.thread_:
            self.thread_.pace.set_speed(per_second)

    def change_live(self, name: str, value: float) -> None:
        """Give a live setting another value while the run goes on."""
        if self.thread_ and self.state.trainable:
            self._live[name] = value
            self.thread_.pace.change(name, value)

    def live_value(self, name: str) -> float:
        """The value a live setting has now."""
        return self._live.get(name, self.viewed.config.number(name))

    def close(self) -> None:
        """End every thread and wait for it; no other begins."""
        self.loader.close()
        self._pending = None
        for thread in (self.thread_, *self.behind):
            if thread:
                thread.halt()
        if "evaluation" in vars(self):
            self.evaluation.close()
        self.state = RunState.CLOSED

    def _become(self, state: RunState) -> None:
        self.state = state
        self.state_changed.emit()

    def _tell_begun(self) -> None:
        if self.state is RunState.READY:
            self.state = RunState.PAUSED
            self.begun.emit()

    def _show_once_loaded(self, pending: Pending) -> None:
        self._pending = pending
        if self.loader.has(pending.recipe.config.source):
            self.loader.want_nothing()
            self._take_pending()
        else:
            self.loader.want(pending.recipe.config.source)

    def _take_pending(self) -> None:
        pending, self._pending = self._pending, None
        if pending is None:
            return
        if pending.run_log:
            self._show(pending.recipe, pending.run_log)
        else:
            self._begin_thread(pending.recipe)
        if pending.train:
            self.train()

    def _put_behind(self, *, going: bool = False) -> None:
        """Let the present run be one of those behind; one that has not begun is given up."""
        thread, self.thread_ = self.thread_, None
        if thread and self.state in (RunState.RUNNING, RunState.PAUSED):
            if going:
                thread.pace.set_paused(False)
            self.behind.append(thread)
        elif thread:
            self._give_up(thread)

    def _give_up(self, thread: TrainingThread) -> None:
        thread.finished.disconnect(self._finished)
        thread.failed.disconnect(self._failed)
        thread.halt()

    def _show(self, recipe: Recipe, run_log: RunLog) -> None:
        """Show a run that is there already, going on behind or not."""
        self._put_behind()
        self._live = {}
        thread = self.thread_ = next((each for each in self.behind if each.run_log is run_log), None)
        if thread:
            self.behind.remove(thread)
            self._live = {change.name: change.value for change in run_log.changes}
        if thread is None or thread.isFinished():
            self.state = RunState.ENDED
        else:
            self.state = RunState.PAUSED if thread.pace.paused else RunState.RUNNING
        dataset = self.loader.dataset if self.loader.has(recipe.config.source) else None
        self.viewed.show_run(recipe, run_log, dataset)
        self.state_changed.emit()

    def _begin_thread(self, recipe: Recipe, checkpoint: Checkpoint | None = None) -> None:
        assert self.loader.dataset is not None
        if self.thread_:
            self._give_up(self.thread_)
        self._live = {}
        self.thread_ = TrainingThread(recipe, self.loader.dataset, checkpoint, self.evaluation)
        self.thread_.pace.set_speed(self.per_second)
        self.thread_.finished.connect(self._finished)
        self.thread_.failed.connect(self._failed)
        self.thread_.start()
        self.state = RunState.READY
        self.viewed.show_run(recipe, self.thread_.run_log, self.loader.dataset)
        self.state_changed.emit()

    @Slot(object)
    def _data_loaded(self, dataset: Dataset) -> None:
        self.data_loaded.emit(dataset)
        self._take_pending()

    @Slot(object)
    def _data_refused(self, error: InputError) -> None:
        pending, self._pending = self._pending, None
        if pending and pending.run_log:  # its curves can be looked at without the images
            self._show(pending.recipe, pending.run_log)
            self.said.emit(str(error))
        else:
            self.data_refused.emit(error)

    @Slot()
    def _finished(self) -> None:
        self.behind = [thread for thread in self.behind if not thread.isFinished()]
        # A thread that was replaced may still have this signal under way.
        if self.thread_ is not None and self.thread_.isFinished() and self.state is not RunState.CLOSED:
            self._become(RunState.ENDED)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        if self.sender() is not self.thread_ or (self.viewed.covered and isinstance(error, Diverged)):
            return
        if isinstance(error, (Diverged, InputError)):
            self.said.emit(str(error))
            return
        sys.excepthook(type(error), error, error.__traceback__)
        self.said.emit(tr("Training stopped: {kind}: {error}", kind=type(error).__name__, error=error))
