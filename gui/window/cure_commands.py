"""Finding a cure of the run on the screen: asked for by a button or a key, and what becomes of what was found."""

from collections.abc import Callable
from math import isnan
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from gui.controls.status_line import StatusLine
from gui.cures.cure_list import CureList
from gui.runs.background_runner import begin_in_background
from gui.runs.run_entry import RunEntry
from gui.runs.run_registry import RunRegistry
from gui.runs.session import Session
from gui.runs.viewed import HIDDEN
from gui.widgets.command import Menu, MenuCommand
from model.base.errors import InputError
from model.base.language import message, tr
from model.base.number_format import rounded_percent
from model.config.config import Config
from model.config.recipe import Recipe
from model.config.run_names import usual_name
from model.cures.report import accuracy_words

if TYPE_CHECKING:
    from model.cures.trial import Trial, TrialResult
    from model.workers.pool import WorkerPool

NOT_PLAIN = message(
    "A cure is sought for what its settings alone describe: no branch, and no run that was changed on its way."
)
NO_NEED = message("This run needs no cure: it learns, and {share} of the test images are right.")
KEPT = message("{trial} is trained again in the background, and kept in the list of runs.")


class CureCommands(QObject):
    """Searches, opens, keeps. Says what is wanted: a note, the list of cures, a run of the list, or to train."""

    said = Signal(str)
    list_wanted = Signal()
    run_wanted = Signal(object)
    train_wanted = Signal(object)

    def __init__(
        self, session: Session, registry: RunRegistry, pool: "Callable[[], WorkerPool]", cures: CureList,
        status: StatusLine,
    ) -> None:  # fmt: skip
        super().__init__(cures)
        self.session, self.viewed, self.registry, self.pool = session, session.viewed, registry, pool
        self.cures, self.finder, self.status = cures, cures.finder, status
        self._kept: dict[Config, RunEntry] = {}
        status.cure_wanted.connect(self.find)
        cures.view.opened.connect(self._open)
        cures.view.kept.connect(self._keep)
        registry.changed.connect(self._runs_changed)
        self.finder.failed.connect(self.said)

    @Slot()
    def find(self) -> None:
        """Search for a cure of the run on the screen, unless that goes on already, and show what is found."""
        if self.viewed.covered:
            self.said.emit(tr(HIDDEN))
            return
        recipe, search = self.viewed.recipe, self.finder.search
        config = recipe.config
        if search is None or search.config != config:
            if recipe.branch or recipe.changes or (self.viewed.run_log and self.viewed.run_log.changes):
                self.said.emit(tr(NOT_PLAIN))
                return
            sick = self._known(config)
            if sick and sick.cured:
                self.said.emit(tr(NO_NEED, share=accuracy_words(sick)))
                return
            try:
                self.finder.find(config, sick)
            except InputError as error:
                self.said.emit(str(error))
                return
            self.cures.show_name(usual_name(config))
        self.cures.update_text()
        self.list_wanted.emit()

    def _known(self, config: Config) -> "TrialResult | None":
        viewed = self.viewed
        if not (viewed.run_log and viewed.dataset and self.session.state.has_begun):
            return None
        from model.cures.trial import known_result

        return known_result(config, viewed.run_log, max(viewed.dataset.class_shares))

    @Slot(object)
    def _open(self, trial: "Trial") -> None:
        """Show the run of a trial: the one of the list, or else one that is trained now."""
        recipe = Recipe(trial.config)
        found = next((entry for entry in self.registry.entries if entry.recipe == recipe), None)
        if found:
            self.run_wanted.emit(found)
        else:
            self.train_wanted.emit(trial.config)

    @Slot(object)
    def _keep(self, trial: "Trial") -> None:
        self._kept[trial.config] = begin_in_background(self.registry, self.pool(), Recipe(trial.config))
        self._runs_changed()
        self.cures.update_text()
        self.said.emit(tr(KEPT, trial=trial.label))

    @Slot()
    def _runs_changed(self) -> None:
        if self._kept:
            there = set(self.registry.entries)
            self.cures.kept = frozenset(config for config, entry in self._kept.items() if entry in there)

    @Slot()
    def update_text(self) -> None:
        """Bring the list up to date, and say on the buttons of the remedies what they gave; twice a second."""
        self.cures.update_text()
        verdict, results = self.status.verdict, self.finder.results
        gains = {}
        for remedy in verdict.remedies if verdict and results else ():
            if result := results.get(remedy.of(self.viewed.config)):
                gains[remedy.label] = tr("diverges") if isnan(result.accuracy) else rounded_percent(result.accuracy)
        self.status.show_gains(gains)

    def busy(self) -> bool:
        """Whether a search goes on."""
        return self.finder.busy

    def commands(self) -> list[MenuCommand]:
        """The entry of the menu Run."""
        tip = tr("Train the remedies of the verdict, single changes and pairs of them, and list what each gives")
        return [MenuCommand(Menu.RUN, "cure", tr("Find a cure"), self.find, "Ctrl+K", tip, group=2)]

    def close(self) -> None:
        """End the search."""
        self.finder.close()
