"""What tests of the pages beside the run's share: opening them as a user does, and looking for what was left behind."""

from threading import enumerate as living_threads
from typing import TypeVar

from gui.compare_page import ComparePage
from gui.entry import Entry
from gui.map_page import MapPage
from gui.page import Page
from gui.repeats_page import RepeatsPage
from gui.window import MainWindow
from model.logbook import Logbook
from model.recipe import Recipe
from model.views import PageKind
from tests.crews import workers
from tests.gui_support import click

AnyPage = TypeVar("AnyPage", bound=Page)
BESIDE = {PageKind.COMPARE: ComparePage, PageKind.REPEATS: RepeatsPage, PageKind.MAP: MapPage}


def left() -> list[str]:
    """The workers, and the threads that lead or save, that still live."""
    threads = [each.name for each in living_threads() if each.name in ("crew", "library")]
    return [*threads, *(f"worker {pid}" for pid in workers())]


def shown(window: MainWindow, kind: type[AnyPage]) -> AnyPage:
    """The page of this kind, opened through its tab."""
    assert window.pages
    click(window.pages.buttons[next(each for each, made in BESIDE.items() if made is kind)])
    assert isinstance(window.pages.current, kind)
    return window.pages.current


def begun(window: MainWindow, recipe: Recipe) -> Entry:
    """A run in the list that has ended without a record."""
    logbook = Logbook()
    logbook.end()
    return window.commands.runs.begin(recipe, logbook)
