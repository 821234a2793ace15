"""The keys of the window on its pages: they open them, go through the time of those that have one, and undo zooming."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.pages.compare.compare_page import ComparePage
from gui.pages.repeats.repeats_page import RepeatsPage
from gui.plots.plot import Plot
from model.config.recipe import Recipe
from model.config.views import PageKind
from model.history.run_log import RunLog
from tests.support.compare_pages import record
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import TIMEOUT_MS

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
MOMENTS = [0, 20, 40, 60, 80]


@pytest.fixture
def window(open_window: OpenWindow, qtbot: QtBot) -> WindowPage:
    """A window in front."""
    made = open_window()
    made.activate(qtbot)
    return made


@pytest.fixture
def comparing(window: WindowPage) -> ComparePage:
    """The page with two runs that have five moments between them."""
    for seed, moments in enumerate((MOMENTS[::2], MOMENTS)):
        run_log = RunLog()
        for at in moments:
            run_log.put(record(at, test=at / 100))
            run_log.iteration = at
        run_log.end()
        window.runs.begin(Recipe(window.settings.config.replace(hidden=(5, 5), seed=seed)), run_log)
    window.press(Qt.Key.Key_2, CONTROL | ALT)
    page = window.page
    assert isinstance(page, ComparePage)
    window.draw()
    return page


def wheel(plot: Plot) -> None:
    """Zoom with the wheel over the middle of a plot."""
    viewport = plot.view.viewport()
    place = QPointF(viewport.mapTo(viewport.window(), viewport.rect().center()))
    QTest.wheelEvent(viewport.window().windowHandle(), place, QPoint(0, 120))
    QApplication.processEvents()


def moment(page: ComparePage) -> int | None:
    """The iteration that it has gone back to."""
    return page.at


def seen(page: ComparePage) -> list[int]:
    """The iteration of each column."""
    page.finish()
    return [column.seen.iteration for column in page.view.columns if column.seen]


def test_that_control_alt_and_a_digit_open_the_pages(window: WindowPage) -> None:
    for number, kind in [*enumerate(PageKind, 1), *reversed([*enumerate(PageKind, 1)])]:
        window.press(Qt.Key(Qt.Key.Key_0 + number), CONTROL | ALT)
        assert window.shows(kind)
        assert window.page.isVisible()
        assert window.tab(kind).isChecked()


def test_that_f4_turns_the_side_on_every_page(window: WindowPage) -> None:
    for kind in PageKind:
        window.show_page(kind)
        window.press(Qt.Key.Key_F4)
        assert window.side_tab().isChecked()
        assert window.runs.is_visible()
        assert not window.settings.is_visible()
        window.press(Qt.Key.Key_F4)
        assert window.settings.is_visible()
        assert not window.runs.is_visible()


def test_that_alt_and_arrows_go_through_the_moments_of_all_compared_runs(
    window: WindowPage, comparing: ComparePage
) -> None:
    assert seen(comparing) == [80, 80]
    window.press(Qt.Key.Key_Left, ALT)
    assert seen(comparing) == [40, 60], "the first run has no moment at 60"
    window.press(Qt.Key.Key_Left, ALT)
    window.press(Qt.Key.Key_Left, ALT)
    assert seen(comparing) == [0, 20]
    window.press(Qt.Key.Key_Right, ALT)
    assert seen(comparing) == [40, 40]
    assert "40 of" in comparing.timeline.text.text()
    window.press(Qt.Key.Key_End, ALT)
    assert moment(comparing) is None
    assert seen(comparing) == [80, 80]
    assert comparing.timeline.live.isChecked()


def test_that_the_time_of_the_run_on_the_screen_is_another(
    window: WindowPage, comparing: ComparePage, qtbot: QtBot
) -> None:
    window.show_page(PageKind.RUN)
    window.train()
    window.wait_until_ended(qtbot)
    window.draw()
    window.press(Qt.Key.Key_Left, ALT)
    at = window.board.viewed.at
    assert at is not None
    window.show_page(PageKind.COMPARE)
    assert moment(comparing) is None
    window.press(Qt.Key.Key_Left, ALT)
    assert moment(comparing) == 60
    assert window.board.viewed.at == at


def test_that_f9_plays_the_comparison_back_and_stops(window: WindowPage, comparing: ComparePage, qtbot: QtBot) -> None:
    places: list[object] = []
    comparing.timeline.moved.connect(places.append)
    window.press(Qt.Key.Key_F9)
    assert comparing.timeline.playing
    assert not window.board.timeline.playing
    qtbot.waitUntil(lambda: not comparing.timeline.playing, timeout=TIMEOUT_MS)
    assert places == MOMENTS[:-1]
    assert moment(comparing) is None
    window.press(Qt.Key.Key_F9)
    window.press(Qt.Key.Key_F9)
    assert not comparing.timeline.playing


def test_that_another_page_stops_the_playback(window: WindowPage, comparing: ComparePage) -> None:
    window.press(Qt.Key.Key_F9)
    window.press(Qt.Key.Key_1, CONTROL | ALT)
    assert not comparing.timeline.playing


@pytest.mark.parametrize("kind", [PageKind.REPEATS, PageKind.MAP])
def test_that_the_keys_of_time_do_nothing_where_there_is_none(window: WindowPage, kind: PageKind) -> None:
    window.show_page(kind)
    before = window.board.viewed.at
    for key, modifier in ((Qt.Key.Key_Left, ALT), (Qt.Key.Key_Right, ALT), (Qt.Key.Key_End, ALT)):
        window.press(key, modifier)
    window.press(Qt.Key.Key_F9)
    assert window.board.viewed.at == before
    assert not window.board.timeline.playing


def test_that_repeats_can_be_zoomed_into_and_control_r_undoes_it(window: WindowPage, qtbot: QtBot) -> None:
    window.show_page(PageKind.REPEATS)
    page = window.page
    assert isinstance(page, RepeatsPage)
    page.controls.seeds.setValue(2)
    page.start()
    qtbot.waitUntil(lambda: not page.busy, timeout=TIMEOUT_MS)
    window.draw()
    plots = [page.results.accuracy.plot, page.results.loss.plot]
    before = [plot.ranges() for plot in plots]
    for plot in plots:
        wheel(plot)
    zoomed = [plot.ranges() for plot in plots]
    for (x, y), (wide, high) in zip(zoomed, before, strict=True):
        assert x[1] - x[0] < wide[1] - wide[0]
        assert y[1] - y[0] < high[1] - high[0]
    window.draw()
    assert [plot.ranges() for plot in plots] == zoomed, "what comes does not undo it"
    window.press(Qt.Key.Key_R, CONTROL)
    assert [plot.ranges() for plot in plots] == before


def test_that_training_keys_work_on_every_page(window: WindowPage, qtbot: QtBot) -> None:
    for place, kind in enumerate(PageKind, 1):
        window.show_page(kind)
        window.press(Qt.Key.Key_F6)
        window.wait_until_reached(place, qtbot)
