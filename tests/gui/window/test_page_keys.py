"""The keys of the window on its pages: they open them, go through the time of those that have one, and undo zooming."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.pages.compare.compare_page import ComparePage
from gui.pages.repeats.repeats_page import RepeatsPage
from gui.plots.plot import Plot
from gui.widgets.side_tabs import LISTED
from gui.window.main_window import MainWindow
from model.config.recipe import Recipe
from model.config.views import PageKind
from model.history.run_log import RunLog
from tests.support.compare_pages import record
from tests.support.windows import TIMEOUT_MS, OpenWindow, dashboard_of, drawn, ended, reached

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
MOMENTS = [0, 20, 40, 60, 80]


@pytest.fixture
def window(open_window: OpenWindow, qtbot: QtBot) -> MainWindow:
    """A window in front."""
    made = open_window()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=TIMEOUT_MS)
    return made


@pytest.fixture
def comparing(window: MainWindow) -> ComparePage:
    """The page with two runs that have five moments between them."""
    for seed, moments in enumerate((MOMENTS[::2], MOMENTS)):
        run_log = RunLog()
        for at in moments:
            run_log.put(record(at, test=at / 100))
            run_log.iteration = at
        run_log.end()
        window.commands.runs.begin(Recipe(window.panel.config.replace(hidden=(5, 5), seed=seed)), run_log)
    press(window, Qt.Key.Key_2, CONTROL | ALT)
    assert window.pages
    page = window.pages.current
    assert isinstance(page, ComparePage)
    drawn(window)
    return page


def press(window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key wherever the focus is."""
    QTest.keyClick(window.focusWidget(), key, modifiers)
    QApplication.processEvents()


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


def test_that_control_alt_and_a_digit_open_the_pages(window: MainWindow) -> None:
    assert window.pages
    for number, kind in [*enumerate(PageKind, 1), *reversed([*enumerate(PageKind, 1)])]:
        press(window, Qt.Key(Qt.Key.Key_0 + number), CONTROL | ALT)
        assert window.pages.kind is kind
        assert window.pages.current.isVisible()
        assert window.pages.buttons[kind].isChecked()


def test_that_f4_turns_the_side_on_every_page(window: MainWindow) -> None:
    for kind in PageKind:
        window.show_page(kind)
        press(window, Qt.Key.Key_F4)
        assert window.side.buttons[LISTED].isChecked()
        assert window.commands.list.isVisible()
        assert not window.panel.isVisible()
        press(window, Qt.Key.Key_F4)
        assert window.panel.isVisible()
        assert not window.commands.list.isVisible()


def test_that_alt_and_arrows_go_through_the_moments_of_all_compared_runs(
    window: MainWindow, comparing: ComparePage
) -> None:
    assert seen(comparing) == [80, 80]
    press(window, Qt.Key.Key_Left, ALT)
    assert seen(comparing) == [40, 60], "the first run has no moment at 60"
    press(window, Qt.Key.Key_Left, ALT)
    press(window, Qt.Key.Key_Left, ALT)
    assert seen(comparing) == [0, 20]
    press(window, Qt.Key.Key_Right, ALT)
    assert seen(comparing) == [40, 40]
    assert "40 of" in comparing.timeline.text.text()
    press(window, Qt.Key.Key_End, ALT)
    assert moment(comparing) is None
    assert seen(comparing) == [80, 80]
    assert comparing.timeline.live.isChecked()


def test_that_the_time_of_the_run_on_the_screen_is_another(
    window: MainWindow, comparing: ComparePage, qtbot: QtBot
) -> None:
    window.show_page(PageKind.RUN)
    window.train_or_pause()
    ended(window, qtbot)
    drawn(window)
    press(window, Qt.Key.Key_Left, ALT)
    at = dashboard_of(window).at
    assert at is not None
    window.show_page(PageKind.COMPARE)
    assert moment(comparing) is None
    press(window, Qt.Key.Key_Left, ALT)
    assert moment(comparing) == 60
    assert dashboard_of(window).at == at


def test_that_f9_plays_the_comparison_back_and_stops(window: MainWindow, comparing: ComparePage, qtbot: QtBot) -> None:
    places: list[object] = []
    comparing.timeline.moved.connect(places.append)
    press(window, Qt.Key.Key_F9)
    assert comparing.timeline.playing
    assert not dashboard_of(window).timeline.playing
    qtbot.waitUntil(lambda: not comparing.timeline.playing, timeout=TIMEOUT_MS)
    assert places == MOMENTS[:-1]
    assert moment(comparing) is None
    press(window, Qt.Key.Key_F9)
    press(window, Qt.Key.Key_F9)
    assert not comparing.timeline.playing


def test_that_another_page_stops_the_playback(window: MainWindow, comparing: ComparePage) -> None:
    press(window, Qt.Key.Key_F9)
    press(window, Qt.Key.Key_1, CONTROL | ALT)
    assert not comparing.timeline.playing


@pytest.mark.parametrize("kind", [PageKind.REPEATS, PageKind.MAP])
def test_that_the_keys_of_time_do_nothing_where_there_is_none(window: MainWindow, kind: PageKind) -> None:
    window.show_page(kind)
    before = dashboard_of(window).at
    for key, modifier in ((Qt.Key.Key_Left, ALT), (Qt.Key.Key_Right, ALT), (Qt.Key.Key_End, ALT)):
        press(window, key, modifier)
    press(window, Qt.Key.Key_F9)
    assert dashboard_of(window).at == before
    assert not dashboard_of(window).timeline.playing


def test_that_repeats_can_be_zoomed_into_and_control_0_undoes_it(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page(PageKind.REPEATS)
    assert window.pages
    page = window.pages.current
    assert isinstance(page, RepeatsPage)
    page.controls.seeds.setValue(2)
    page.start()
    qtbot.waitUntil(lambda: not page.busy, timeout=TIMEOUT_MS)
    drawn(window)
    plots = [page.accuracy.plot, page.loss.plot]
    before = [plot.ranges() for plot in plots]
    for plot in plots:
        wheel(plot)
    zoomed = [plot.ranges() for plot in plots]
    for (x, y), (wide, high) in zip(zoomed, before, strict=True):
        assert x[1] - x[0] < wide[1] - wide[0]
        assert y[1] - y[0] < high[1] - high[0]
    drawn(window)
    assert [plot.ranges() for plot in plots] == zoomed, "what comes does not undo it"
    press(window, Qt.Key.Key_0, CONTROL)
    assert [plot.ranges() for plot in plots] == before


def test_that_training_keys_work_on_every_page(window: MainWindow, qtbot: QtBot) -> None:
    for place, kind in enumerate(PageKind, 1):
        window.show_page(kind)
        press(window, Qt.Key.Key_F6)
        reached(window, place, qtbot)
