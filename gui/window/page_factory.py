"""The pages beside the run's, and the worker processes that they share."""

from typing import TYPE_CHECKING

from gui.runs.run_entry import RunEntry
from gui.runs.run_registry import RunRegistry
from gui.style.theme import Theme
from gui.widgets.side_tabs import LISTED
from model.config.config import Config
from model.config.run_names import usual_name
from model.config.views import PageKind

if TYPE_CHECKING:
    from gui.pages.compare.compare_page import ComparePage
    from gui.pages.map.map_page import MapPage
    from gui.pages.page_stack import Maker
    from gui.pages.repeats.repeats_page import RepeatsPage
    from gui.window.main_window import MainWindow
    from model.workers.pool import WorkerPool

NOT_PLAIN = "Only what its settings alone describe can be repeated: no branch, and no run that was changed on its way."


def _plain(entry: RunEntry) -> bool:
    return not (entry.recipe.branch or entry.recipe.changes)


class PageFactory:
    """Makes the pages when they are first looked at, and tells them what the window knows."""

    def __init__(self, window: "MainWindow", runs: RunRegistry) -> None:
        self.window, self.runs = window, runs
        self.repeats: RepeatsPage | None = None
        self.map: MapPage | None = None
        self._pool: WorkerPool | None = None
        self._told: Config | None = None
        runs.changed.connect(self.list_runs)

    @property
    def pool(self) -> "WorkerPool":
        """The worker processes, as many as there are cores, whoever uses them."""
        from model.workers.pool import WorkerPool

        self._pool = self._pool or WorkerPool()
        return self._pool

    def makers(self) -> "dict[PageKind, Maker]":
        """How each page is made."""
        return {PageKind.COMPARE: self._compare, PageKind.REPEATS: self._repeats, PageKind.MAP: self._map}

    def _compare(self, theme: Theme) -> "ComparePage":
        from gui.pages.compare.compare_page import ComparePage

        page = ComparePage(self.runs, theme)
        page.lesson_wanted.connect(lambda settings: self.train_lesson(**settings))
        return page

    def _repeats(self, theme: Theme) -> "RepeatsPage":
        from gui.pages.repeats.repeats_page import RepeatsPage

        self.repeats, self._told = RepeatsPage(self.pool.executor, theme), None
        self.list_runs()
        self.show_settings()
        return self.repeats

    def _map(self, theme: Theme) -> "MapPage":
        from gui.pages.map.map_page import MapPage

        self.map, self._told = MapPage(self.pool.executor, theme), None
        self.map.open_wanted.connect(self.train)
        self.show_settings()
        return self.map

    def show_settings(self) -> None:
        """Tell the pages what the panel shows, if that is news to them."""
        config = self.window.panel.config
        if config is self._told:
            return
        self._told = config
        if self.repeats:
            self.repeats.offer(config, usual_name(config))
        if self.map:
            self.map.base = config

    def list_runs(self) -> None:
        """Tell which runs can be repeated: those that their settings alone describe."""
        if self.repeats:
            names = self.runs.names()
            plain = [entry for entry in self.runs.entries if _plain(entry)]
            self.repeats.list_runs([(names[entry.id], entry.recipe.config) for entry in plain])

    def repeat(self, entry: RunEntry) -> None:
        """Offer to run this again with other seeds, if its settings alone describe it."""
        if page := self._repeats_for(entry):
            page.repeat(entry.recipe.config, self.runs.names()[entry.id])

    def repeat_against(self, entry: RunEntry) -> None:
        """Offer to compare this seed by seed with what is repeated already, if its settings alone describe it."""
        if page := self._repeats_for(entry):
            page.compare_with(entry.recipe.config, self.runs.names()[entry.id])

    def _repeats_for(self, entry: RunEntry) -> "RepeatsPage | None":
        """The page, now open; None, with a note, for a run that it cannot repeat."""
        if not _plain(entry):
            self.window.status.note(NOT_PLAIN)
            return None
        self.window.show_page(PageKind.REPEATS)
        return self.repeats

    def train(self, config: Config) -> None:
        """Train a run on the dashboard."""
        self.window.take_config(config)
        self.window.show_page(PageKind.RUN)
        self.window.train_or_pause()

    def train_lesson(self, **settings: int) -> None:
        """Train the lesson's six at once and compare them."""
        from gui.runs.background_runner import start_lesson

        config = self.window.panel.config
        start_lesson(self.runs, self.pool, seed=config.seed, data=config.data, **settings)
        self.window.side.choose(LISTED)
        self.window.show_page(PageKind.COMPARE)

    def close(self) -> None:
        """End all that runs in the background."""
        for page in (self.repeats, self.map):
            if page:
                page.close_down()
        if self._pool:
            self._pool.close()
