"""Words of the views and pages in another language: everything that they say is looked up."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from pytestqt.qtbot import QtBot

from gui.pages.dashboard.dashboard import Dashboard
from gui.pages.map.map_page import MapPage
from gui.pages.page import Page
from gui.pages.repeats.repeats_page import RepeatsPage
from gui.runs.viewed import Viewed
from gui.style.theme import LIGHT
from gui.views.digit.digit_view import DigitView
from gui.views.digit.mode_switch import DigitMode
from gui.views.over_time.over_time_view import WAYS, OverTimeView
from model.config.recipe import Recipe
from model.config.views import ViewKind
from model.data.datasets import Dataset
from model.history.run_log import RunLog
from model.nn.activations import Activation
from model.nn.normalization import Norm
from tests.support.catalogues import NoLatin, speaking
from tests.support.compare_pages import entry_of, record
from tests.support.compare_pages import opened as compared
from tests.support.digit_views import alone
from tests.support.visible_texts import visible_texts
from tests.support.windows import SMALL, headless, open_view, settle

WORD, TAG = re.compile(r"[A-Za-z]{2,}"), re.compile("<[^<>]*>")
# Names that are written alike in every language, and keys of a keyboard.
NAMES = {"RMS", "ReLU", "SGD", "He", "Xavier", "Alt", "Ctrl", "Left", "Right", "End"}
DEEP = SMALL.replace(hidden=(8, 7), norm=Norm.BATCH_BEFORE, activation=Activation.RELU)


@pytest.fixture(autouse=True)
def no_latin() -> Iterator[None]:
    """A language without Latin words."""
    with speaking(NoLatin()):
        yield


def not_looked_up() -> list[str]:
    """What the screen says in Latin words, but for names."""
    return sorted(text for text in visible_texts() if set(WORD.findall(TAG.sub("", text))) - NAMES)


def shown(qtbot: QtBot, page: Page) -> Page:
    """A page on the screen."""
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    qtbot.waitExposed(page)
    return page


@pytest.mark.parametrize("dataset", [True, False])
@pytest.mark.parametrize("view", ViewKind)
def test_that_the_page_of_the_run_says_nothing_that_is_not_looked_up(
    qtbot: QtBot, tiny: Dataset, view: ViewKind, dataset: bool
) -> None:
    board = Dashboard(LIGHT, Viewed())
    shown(qtbot, board)
    opened = open_view(board, view)
    run_log = RunLog()
    board.viewed.show_run(Recipe(DEEP), run_log, tiny if dataset else None)
    settle(board)
    assert not not_looked_up(), "before the run begins"
    for each in headless(DEEP, tiny):
        run_log.put(each)
        run_log.iteration = each.iteration
    settle(board)
    assert not not_looked_up()
    if isinstance(opened, OverTimeView):
        for way in WAYS:
            opened.choose(way)
            settle(board)
            assert not not_looked_up()
    assert not any(WORD.findall(name) for name in opened.tables() if name not in NAMES)


@pytest.mark.parametrize("mode", DigitMode)
def test_that_one_digit_says_nothing_that_is_not_looked_up(qtbot: QtBot, tiny: Dataset, mode: DigitMode) -> None:
    view, _ = alone(qtbot, DEEP, tiny, (1000, 300))
    view.choose_mode(mode)
    view.finish()
    view.update_text(None)
    assert isinstance(view, DigitView)
    assert not not_looked_up()
    assert not any(WORD.findall(name) for name in view.tables())


def test_that_compared_runs_say_nothing_that_is_not_looked_up(qtbot: QtBot) -> None:
    page = compared(qtbot)
    assert not not_looked_up(), "the invitation"
    page.close()
    page = compared(qtbot, *(entry_of(record(0), record(50), color=color) for color in range(3)))
    page.finish()
    page.update_text()
    assert not not_looked_up()
    assert not any(WORD.findall(name) for name in page.tables())
    assert not set(WORD.findall(page.hint)) - NAMES


@pytest.mark.parametrize("kind", [RepeatsPage, MapPage])
def test_that_pages_of_background_runs_say_nothing_that_is_not_looked_up(
    qtbot: QtBot, kind: type[RepeatsPage | MapPage], tiny: Dataset
) -> None:
    with ThreadPoolExecutor(1) as executor:
        page = kind(executor, LIGHT)
        shown(qtbot, page)
        page.frame()
        assert not not_looked_up(), "the empty state"
        assert not set(WORD.findall(page.hint)) - NAMES
        page.close_down()
