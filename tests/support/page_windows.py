"""What tests of the pages beside the run's share: opening them as a user does, and looking for what was left behind."""

from threading import enumerate as living_threads
from typing import TypeVar

from gui.pages.compare.compare_page import ComparePage
from gui.pages.map.map_page import MapPage
from gui.pages.page import Page
from gui.pages.repeats.repeats_page import RepeatsPage
from gui.runs.run_entry import RunEntry
from model.config.recipe import Recipe
from model.config.views import PageKind
from model.history.run_log import RunLog
from tests.support.window_page import WindowPage
from tests.support.windows import click
from tests.support.worker_pools import workers

AnyPage = TypeVar("AnyPage", bound=Page)
BESIDE = {PageKind.COMPARE: ComparePage, PageKind.REPEATS: RepeatsPage, PageKind.MAP: MapPage}


def left() -> list[str]:
    """The workers, and the threads that lead or save, that still live."""
    threads = [each.name for each in living_threads() if each.name in ("worker pool", "library")]
    return [*threads, *(f"worker {pid}" for pid in workers())]


def shown(window: WindowPage, kind: type[AnyPage]) -> AnyPage:
    """The page of this kind, opened through its tab."""
    click(window.tab(next(each for each, made in BESIDE.items() if made is kind)))
    assert isinstance(window.page, kind)
    return window.page


def begun(window: WindowPage, recipe: Recipe) -> RunEntry:
    """A run in the list that has ended without a record."""
    run_log = RunLog()
    run_log.end()
    return window.runs.begin(recipe, run_log)
