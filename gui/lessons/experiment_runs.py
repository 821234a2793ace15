"""The runs of a lesson's experiments: finds those that are there, and begins others."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from gui.runs.background_runner import begin_in_background
from gui.runs.run_entry import RunEntry
from gui.runs.run_registry import RunRegistry
from gui.runs.session import Session
from model.base.number_format import count
from model.config.config import Config
from model.config.recipe import Recipe
from model.diagnosis.verdict import Condition
from model.history.run_log import RunLog
from model.lessons.lesson import Experiment

if TYPE_CHECKING:
    from model.workers.pool import WorkerPool

KEPT = "The run before, {}, is kept in the list of runs (tab Runs)."
STOPPED = "This run was stopped at {} of {}, so it does not answer the question."
CHANGED = "This run was changed on its way, so it is not the one that the question is about."


class RunFate(Enum):
    """What has become of an experiment."""

    MISSING = auto()
    GOING = auto()
    STOPPED = auto()
    CHANGED = auto()
    DONE = auto()


@dataclass(frozen=True)
class FoundRuns:
    """The runs of one experiment that were found: what has become of them, a sentence on it, and the runs."""

    fate: RunFate
    why: str = ""
    runs: tuple[tuple[Recipe, RunLog], ...] = ()
    entry: RunEntry | None = None


class ExperimentRuns(QObject):
    """Looks runs up in the registry by their recipes; the session trains on the screen, the pool behind it.

    Says what is wanted: settings to be set up, to train them, or to open a run of the list.
    """

    said = Signal(str)
    set_up_wanted = Signal(object)
    train_wanted = Signal()
    open_wanted = Signal(object)

    def __init__(
        self, registry: RunRegistry, session: Session, pool: "Callable[[], WorkerPool]", parent: QObject
    ) -> None:
        super().__init__(parent)
        self.registry, self.session, self.viewed, self.pool = registry, session, session.viewed, pool
        self._by_recipe: dict[Recipe, list[RunEntry]] | None = None
        registry.changed.connect(self._forget_list)
        self._earlier: set[str] = set()  # ids of runs from before a bet was placed
        self._asked: set[str] = set()  # ids of runs that are being read, or could not be

    def find(self, experiment: Experiment) -> FoundRuns:
        """What there is of an experiment."""
        found = [self._find(recipe) for recipe in experiment.recipes()]
        worst = min(found, key=lambda each: each.fate.value)
        return FoundRuns(worst.fate, worst.why, tuple(run for each in found for run in each.runs), found[0].entry)

    def _find(self, recipe: Recipe) -> FoundRuns:
        entries = reversed(self._listed().get(recipe, []))
        known = [self._judge(entry, recipe) for entry in entries if entry.id not in self._earlier]
        whole = [each for each in known if each.fate in (RunFate.DONE, RunFate.GOING)]
        return (whole or known or [FoundRuns(RunFate.MISSING)])[0]

    def _listed(self) -> dict[Recipe, list[RunEntry]]:
        """The runs of the list by their recipes; there may be thousands, and this is asked twice a second."""
        if self._by_recipe is None:
            self._by_recipe = {}
            for entry in self.registry.entries:
                self._by_recipe.setdefault(entry.listing.recipe, []).append(entry)
        return self._by_recipe

    @Slot()
    def _forget_list(self) -> None:
        self._by_recipe = None

    def _judge(self, entry: RunEntry, recipe: Recipe) -> FoundRuns:
        if entry.run_log is None:
            if entry.listing.summary.ended and entry.id not in self._asked:
                self._asked.add(entry.id)
                self.registry.load(entry)
            return FoundRuns(RunFate.MISSING)  # until it has been read
        if entry.recipe != recipe:
            return FoundRuns(RunFate.CHANGED, CHANGED, entry=entry)
        run_log, iterations = entry.run_log, recipe.config.iterations
        if not run_log.ended:
            return FoundRuns(RunFate.GOING, entry=entry)
        verdict = run_log.verdict()
        if run_log.iteration < iterations and not (verdict and verdict.condition is Condition.DIVERGED):
            return FoundRuns(RunFate.STOPPED, STOPPED.format(count(run_log.iteration), count(iterations)), entry=entry)
        return FoundRuns(RunFate.DONE, runs=((recipe, run_log),), entry=entry)

    def forget_earlier(self, experiment: Experiment) -> None:
        """Look no more at the runs that there are now, and draw them no more: the next one is to be seen growing."""
        recipes = experiment.recipes()
        for entry in self.registry.entries:
            if entry.recipe in recipes:
                self._earlier.add(entry.id)
                if entry.listing.shown and entry is not self.viewed.entry:
                    self.registry.change(entry, shown=False)

    @property
    def busy_elsewhere(self) -> bool:
        """Whether a run goes on on the screen."""
        return self.session.running

    def on_screen(self, experiment: Experiment) -> bool:
        """Whether the run on the screen is this experiment's, begun or not."""
        return self.viewed.recipe == experiment.recipe

    def prepare(self, experiment: Experiment) -> None:
        """Set an experiment up that will train on the screen, at its initial weights."""
        if not trains_on_screen(experiment):
            return
        if not (self.on_screen(experiment) and not self.session.state.has_begun):
            self._set_up(experiment.config)

    def _set_up(self, config: Config) -> None:
        entry = self.viewed.entry if self.session.state.has_begun else None
        self.set_up_wanted.emit(config)
        if entry:
            self.said.emit(KEPT.format(self.registry.names().get(entry.id, "")))

    def show(self, entry: RunEntry) -> None:
        """Have a run on the screen, if it is not there."""
        if entry is not self.viewed.entry:
            self.open_wanted.emit(entry)

    def begin(self, experiment: Experiment, *, on_screen: bool) -> None:
        """Train an experiment, on the screen or behind it."""
        if on_screen and trains_on_screen(experiment):
            self.prepare(experiment)
            self.train_wanted.emit()
            return
        entries = [begin_in_background(self.registry, self.pool(), recipe) for recipe in experiment.recipes()]
        if on_screen:
            self.open_wanted.emit(entries[0])


def trains_on_screen(experiment: Experiment) -> bool:
    """Whether its settings alone describe it, and it is one run."""
    recipe = experiment.recipe
    return not (experiment.background or experiment.repeats > 1 or recipe.branch or recipe.changes)
