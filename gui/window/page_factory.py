"""The pages beside the run's, and the worker processes that they share."""

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from gui.runs.run_entry import RunEntry
from gui.runs.run_registry import RunRegistry
from gui.style.theme import Theme
from gui.widgets.command import Menu, MenuCommand
from gui.widgets.turn_queue import TurnQueue
from model.base.language import english, message, tr
from model.base.run_settings import Section
from model.config.config import Config
from model.config.every_setting import every_setting
from model.config.run_names import usual_name
from model.config.views import PageKind

if TYPE_CHECKING:
    from gui.pages.compare.compare_page import ComparePage
    from gui.pages.map.map_page import MapPage
    from gui.pages.page_stack import Maker
    from gui.pages.repeats.repeats_page import RepeatsPage
    from model.workers.pool import WorkerPool

# What the first press of Train and the first look at a page import.
MODULES_AHEAD = ["model.training.replay", "model.training.training_loop"]
MODULES_AHEAD += [f"gui.pages.{kind.key}.{kind.key}_page" for kind in PageKind if kind is not PageKind.RUN]
# What of the panel the lesson is trained with.
KEPT = (
    "seed",
    *(setting.name for setting in every_setting() if setting.section is Section.DATA and setting.lesson_option),
)
NOT_PLAIN = message(
    "Only what its settings alone describe can be repeated: no branch, and no run that was changed on its way."
)


def _plain(entry: RunEntry) -> bool:
    return not (entry.recipe.branch or entry.recipe.changes)


class PageFactory(QObject):
    """Makes the pages beside the run's when they are first looked at, and tells them what they need to know."""

    said = Signal(str)
    page_wanted = Signal(object)
    train_wanted = Signal(object)
    list_wanted = Signal()

    def __init__(self, registry: RunRegistry, config: Config) -> None:
        super().__init__(registry)
        self.registry, self.config = registry, config
        self.repeats: RepeatsPage | None = None
        self.map: MapPage | None = None
        self._pool: WorkerPool | None = None
        self._turns = TurnQueue(self)
        registry.changed.connect(self.list_runs)

    @Slot()
    def read_ahead(self) -> None:
        """Import what trains and the pages, one at each turn of the event loop: who wants one then need not wait."""
        for module in MODULES_AHEAD:
            self._turns.add(partial(import_module, module))

    @property
    def pool(self) -> "WorkerPool":
        """The worker processes, as many as there are cores, whoever uses them."""
        return self.worker_pool()

    def worker_pool(self) -> "WorkerPool":
        """`pool`, for those who ask for it later."""
        from model.workers.pool import WorkerPool

        self._pool = self._pool or WorkerPool()
        return self._pool

    def makers(self) -> "dict[PageKind, Maker]":
        """How each page is made."""
        return {PageKind.COMPARE: self._compare, PageKind.REPEATS: self._repeats, PageKind.MAP: self._map}

    def _compare(self, theme: Theme) -> "ComparePage":
        from gui.pages.compare.compare_page import ComparePage

        page = ComparePage(self.registry, theme)
        page.lesson_wanted.connect(lambda settings: self.train_lesson(**settings))
        return page

    def _repeats(self, theme: Theme) -> "RepeatsPage":
        from gui.pages.repeats.repeats_page import RepeatsPage

        self.repeats = RepeatsPage(self.pool.executor, theme)
        self.list_runs()
        self.show_settings(self.config)
        return self.repeats

    def _map(self, theme: Theme) -> "MapPage":
        from gui.pages.map.map_page import MapPage

        self.map = MapPage(self.pool.executor, theme, self.config)
        self.map.open_wanted.connect(self.train)
        return self.map

    @Slot(object)
    def train(self, config: Config) -> None:
        """Have a run trained on the page of the run."""
        self.page_wanted.emit(PageKind.RUN)
        self.train_wanted.emit(config)

    @Slot(object)
    def show_settings(self, config: Config) -> None:
        """Tell the pages what the panel shows."""
        self.config = config
        if self.repeats:
            with english():
                written = usual_name(config)
            self.repeats.offer(config, usual_name(config), written)
        if self.map:
            self.map.base = config

    def list_runs(self) -> None:
        """Tell which runs can be repeated: those that their settings alone describe."""
        if self.repeats:
            from model.sweeps.repeats import RepeatedConfig

            names, written = self.registry.names(), self.registry.english_names()
            plain = [entry for entry in self.registry.entries if _plain(entry)]
            self.repeats.list_runs(
                [RepeatedConfig(names[entry.id], entry.recipe.config, written[entry.id]) for entry in plain]
            )

    def repeat(self, entry: RunEntry) -> None:
        """Offer to run this again with other seeds, if its settings alone describe it."""
        if page := self._repeats_for(entry):
            page.repeat(entry.recipe.config, *self._names_of(entry))

    def repeat_against(self, entry: RunEntry) -> None:
        """Offer to compare this seed by seed with what is repeated already, if its settings alone describe it."""
        if page := self._repeats_for(entry):
            page.compare_with(entry.recipe.config, *self._names_of(entry))

    def _names_of(self, entry: RunEntry) -> tuple[str, str]:
        return self.registry.names()[entry.id], self.registry.english_names()[entry.id]

    def _repeats_for(self, entry: RunEntry) -> "RepeatsPage | None":
        """The page, now open; None, with a note, for a run that it cannot repeat."""
        if not _plain(entry):
            self.said.emit(tr(NOT_PLAIN))
            return None
        self.page_wanted.emit(PageKind.REPEATS)
        return self.repeats

    def train_lesson(self, **settings: int) -> None:
        """Train the lesson's six at once and compare them."""
        from gui.runs.background_runner import start_lesson

        start_lesson(self.registry, self.pool, **{**{name: self.config.value(name) for name in KEPT}, **settings})
        self.list_wanted.emit()
        self.page_wanted.emit(PageKind.COMPARE)

    def commands(self) -> list[MenuCommand]:
        """The first entry of the menu Runs."""
        return [MenuCommand(Menu.RUNS, "lesson", tr("Train the lesson's six"), self.train_lesson, "Ctrl+Shift+L")]

    def close(self) -> None:
        """End all that runs in the background."""
        self._turns.clear()
        for page in (self.repeats, self.map):
            if page:
                page.close_down()
        if self._pool:
            self._pool.close()
