"""What the window shows: which run, at which moment, on which page."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from model.base.language import message
from model.config.config import Config
from model.config.recipe import Recipe
from model.config.views import PageKind
from model.data.datasets import Dataset
from model.history.run_log import RunLog

if TYPE_CHECKING:
    from gui.runs.run_entry import RunEntry


HIDDEN = message("A patient of the clinic: settings and verdict are hidden until you have answered.")


class Viewed(QObject):
    """The run, the moment and the page that the user looks at; all parts of the window read them here.

    `run_log` is None until the first data set has been read, `dataset` where a run's images are not there. `entry` is
    the run's place in the list, None before its first step. `at` is an iteration, None for the newest moment.

    The settings of a run can be covered. It is known by the very object that they are, not by what they say: who sets
    the same ones up would else be told so.
    """

    run_changed = Signal()
    moment_changed = Signal()
    page_changed = Signal()
    cover_changed = Signal()

    def __init__(self, config: Config | None = None) -> None:
        super().__init__()
        self.recipe = Recipe(config or Config())
        self.run_log: RunLog | None = None
        self.dataset: Dataset | None = None
        self.entry: RunEntry | None = None
        self.at: int | None = None
        self.page = PageKind.RUN
        self._covered: list[Config] = []

    @property
    def covered(self) -> bool:
        """Whether settings and verdict of the run are to be told nowhere."""
        return any(each is self.config for each in self._covered)

    def cover(self, config: Config) -> None:
        """Have the run with these very settings covered, before it is viewed."""
        self._covered.append(config)

    def uncover(self, config: Config) -> None:
        """Cover the run with these very settings no longer; if it is viewed, tell as if another one were now."""
        self._covered = [each for each in self._covered if each is not config]
        if self.config is config:
            self.run_changed.emit()
            self.cover_changed.emit()

    @property
    def config(self) -> Config:
        """The settings of the run."""
        return self.recipe.config

    @property
    def branched(self) -> int | None:
        """The iteration at which the run left another one, None where it began with initial weights."""
        return self.recipe.start if self.recipe.branch else None

    def show_run(self, recipe: Recipe, run_log: RunLog, dataset: Dataset | None) -> None:
        """Look at another run, at its newest moment."""
        self.recipe, self.run_log, self.dataset = recipe, run_log, dataset
        self.at = None
        self.run_changed.emit()

    def go_to(self, iteration: int | None) -> None:
        """Look at the moment of an iteration, or with None at the newest from now on."""
        self.at = iteration
        self.moment_changed.emit()

    def show_page(self, kind: PageKind) -> None:
        """Look at another page."""
        self.page = kind
        self.page_changed.emit()
