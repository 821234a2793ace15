"""The run on a window's screen, as tests read it."""

from gui.runs.training_thread import TrainingThread
from model.config.config import Config
from model.config.recipe import Change, Recipe
from model.data.datasets import Dataset
from model.history.checkpoints import Checkpoint
from model.history.history import History
from model.history.run_log import RunLog
from tests.support.window_parts import WindowParts


class RunPage:
    """What is trained, how far it is, and what it has left so far. What may change between two looks is a method."""

    def __init__(self, parts: WindowParts) -> None:
        self._parts = parts

    @property
    def recipe(self) -> Recipe:
        """All that makes it."""
        return self._parts.viewed.recipe

    @property
    def config(self) -> Config:
        """Its settings."""
        return self._parts.viewed.config

    @property
    def log(self) -> RunLog:
        """What it leaves; the same object as long as it is the same run."""
        assert self._parts.viewed.run_log is not None
        return self._parts.viewed.run_log

    @property
    def history(self) -> History:
        """Its records."""
        return self.log.history

    @property
    def changes(self) -> list[Change]:
        """Its live changes so far."""
        return self.log.changes

    @property
    def iteration(self) -> int:
        """How many updates it has made."""
        return self.log.iteration

    @property
    def dataset(self) -> Dataset:
        """Its images, which have been read by now."""
        assert self._parts.viewed.dataset is not None
        return self._parts.viewed.dataset

    @property
    def per_second(self) -> float:
        """The iterations per second that it may do; 0 is as many as possible."""
        return self._parts.session.per_second

    def set_speed(self, per_second: float) -> None:
        """Let it do so many iterations per second, also so few that no step of the slider means them."""
        self._parts.session.set_speed(per_second)

    @property
    def behind(self) -> list[TrainingThread]:
        """The runs that go on behind it."""
        return self._parts.session.behind

    def is_ready(self) -> bool:
        """Whether there is one that can be trained."""
        return self._parts.viewed.run_log is not None

    def is_running(self) -> bool:
        """Whether it goes on now."""
        return self._parts.session.running

    def has_begun(self) -> bool:
        """Whether it has been trained or stepped since Reset."""
        return self._parts.session.state.has_begun

    def has_ended(self) -> bool:
        """Whether it goes on no more."""
        return self._parts.session.ended

    def has_data(self) -> bool:
        """Whether its images have been read."""
        return self._parts.viewed.dataset is not None

    def is_loading(self) -> bool:
        """Whether the next run waits for its images."""
        return self._parts.session.loading

    def has_evaluation_process(self) -> bool:
        """Whether the process that evaluates runs is ready."""
        return self._parts.session.evaluation.ready

    def has_idle_reader(self) -> bool:
        """Whether the thread that read the images last has ended."""
        thread = self._parts.session.loader.thread_
        return thread is not None and thread.isFinished()

    def has_thread(self) -> bool:
        """Whether a thread trains it or waits to."""
        thread = self._parts.session.thread_
        return thread is not None and thread.isRunning()

    def open(self, recipe: Recipe, log: RunLog) -> None:
        """Show another run, which is there already."""
        self._parts.session.open(recipe, log)

    def branch(self, recipe: Recipe, checkpoint: Checkpoint) -> None:
        """Train a run that leaves this one at a checkpoint."""
        self._parts.session.branch(recipe, checkpoint)
