"""The timeline bar: go to any moment, step, return to live, while training goes on."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyle, QStyleOptionSlider
from pytestqt.qtbot import QtBot

from gui.pages.dashboard.dashboard import Dashboard
from gui.pages.timeline_bar import PAGE_MOMENTS, TimelineBar
from model.base import number_format
from model.config.config import Config
from model.config.recipe import Recipe
from model.history.run_log import RunLog
from tests.support.timed_runs import extend, run_of, shown
from tests.support.window_page import OpenWindow
from tests.support.windows import LONG, SMALL, click, points, settle

SHORT = SMALL.replace(iterations=12)


def test_that_a_timeline_without_moments_says_so_and_does_nothing(board: Dashboard) -> None:
    board.viewed.show_run(Recipe(Config()), RunLog(), None)
    bar = board.timeline
    assert bar.text.text() == "nothing recorded yet"
    assert not bar.slider.isEnabled()
    assert not bar.play_button.isEnabled()
    bar.step(-1)
    bar.play_or_pause()
    assert not bar.playing
    assert board.viewed.at is None


def test_that_each_moment_has_one_place_on_the_slider(bar: TimelineBar) -> None:
    assert (bar.slider.minimum(), bar.slider.maximum()) == (0, 101 + 90 - 1)
    bar.slider.setValue(100)
    assert bar.at == 100
    bar.slider.setValue(101)
    assert bar.at == 110


def test_that_live_is_the_right_end_and_stays_there_while_the_run_goes_on(board: Dashboard, bar: TimelineBar) -> None:
    for _ in range(2):
        assert bar.slider.value() == bar.slider.maximum()
        assert bar.live.isChecked()
        assert not bar.live.isEnabled()
        assert bar.text.text() == f"{number_format.count(board.run_log.iteration)} of 2\u202f000"
        extend(board.run_log, [1_010, 1_020])
        settle(board)


def test_that_dragging_shows_that_moment_everywhere(board: Dashboard, bar: TimelineBar) -> None:
    for place, iteration in ((37, 37), (150, 600), (0, 0)):
        bar.slider.setValue(place)
        assert shown(board) == iteration
        assert board.loss.value.text() == number_format.significant(1 + iteration / 1000)
        assert bar.text.text() == f"{iteration} of 2\u202f000"
        assert bar.live.isEnabled()
        assert not bar.live.isChecked()
        for card in board.curves:
            assert set(points(card.time.path())[:, 0]) == {iteration}
    assert board.accuracy.test_value.text() == "75.0\u202f%"


def test_that_a_moment_without_a_test_shows_the_nearest_one(board: Dashboard, bar: TimelineBar) -> None:
    bar.slider.setValue(43)
    assert shown(board) == 43
    assert board.accuracy.test_value.text() == "75.0\u202f%"


@pytest.mark.parametrize("way", ["button", "end", "menu"])
def test_that_one_returns_to_live(board: Dashboard, bar: TimelineBar, way: str) -> None:
    bar.slider.setValue(20)
    assert shown(board) == 20
    match way:
        case "button":
            click(bar.live)
        case "end":
            bar.slider.setValue(bar.slider.maximum())
        case _:
            bar.return_to_live()
    assert board.viewed.at is None
    assert shown(board) == 1_000
    assert board.loss.value.text() == number_format.significant(2.0)
    assert all(card.time.path().isEmpty() for card in board.curves)


def test_that_training_does_not_disturb_the_moment_shown(board: Dashboard) -> None:
    run_log = run_of(board, list(range(0, 6_010, 10)), 1_000_000)
    board.go_to(4_330)
    assert shown(board) == 4_330
    before = board.moment
    extend(run_log, list(range(6_010, 60_010, 10)))
    assert shown(board) == 4_330
    assert before is not None
    assert board.moment is not None
    assert board.moment.figures is before.figures
    assert 4_330 not in run_log.history.timeline.iterations(), "it is thinned away, and shown all the same"
    bar = board.timeline
    assert bar.iterations[bar.slider.value()] <= 4_330 < bar.iterations[bar.slider.value() + 1]
    assert bar.text.text().startswith("4\u202f330 of ")
    assert board.loss.value.text() == number_format.significant(5.33)


def test_that_moments_do_not_move_away_under_the_mouse(board: Dashboard, bar: TimelineBar) -> None:
    bar.slider.setSliderDown(True)
    bar.slider.setValue(20)
    extend(board.run_log, list(range(1_010, 1_900, 10)))
    settle(board)
    assert bar.slider.maximum() == 190
    assert bar.slider.value() == 20
    bar.slider.setSliderDown(False)
    settle(board)
    assert bar.slider.maximum() == 190 + 89


def test_that_keys_step_by_one_and_by_ten(board: Dashboard, bar: TimelineBar) -> None:
    bar.slider.setValue(50)
    for key, iteration in (
        (Qt.Key.Key_Left, 49), (Qt.Key.Key_Right, 50), (Qt.Key.Key_PageUp, 50 + PAGE_MOMENTS),
        (Qt.Key.Key_PageDown, 50), (Qt.Key.Key_Home, 0),
    ):  # fmt: skip
        QTest.keyClick(bar.slider, key)
        assert shown(board) == iteration
    QTest.keyClick(bar.slider, Qt.Key.Key_End)
    assert board.viewed.at is None


def test_that_named_iterations_stand_under_their_moments(bar: TimelineBar) -> None:
    labels = [each for each in bar.scale.labels if each.isVisible()]
    named = {label.text().replace("\u202f", ""): label.geometry() for label in labels}
    assert {"0", "10", "100", "1000"} <= set(named)
    for text, place in named.items():
        index = bar.iterations.index(int(text))
        option = QStyleOptionSlider()
        bar.slider.setValue(index)
        bar.slider.initStyleOption(option)
        handle = bar.slider.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, bar.slider
        )
        middle = place.center().x() - (bar.slider.x() - bar.scale.x())
        assert place.left() >= 0
        assert place.right() <= bar.scale.width()
        if place.left() > 0 and place.right() < bar.scale.width() - 2:
            assert abs(middle - handle.center().x()) <= 2
    for left, right in pairwise(sorted(named.values(), key=lambda each: each.left())):
        assert left.right() < right.left()


def test_that_one_can_go_back_while_the_training_goes_on(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(LONG)
    board = window.board
    window.train()
    window.wait_until_reached(300, qtbot)
    board.go_to(40)
    assert shown(board) == 40
    later = window.run.iteration + 200
    window.wait_until_reached(later, qtbot)
    assert shown(board) == 40
    board.go_live()
    assert shown(board) > 300
    window.stop()
    window.wait_until_ended(qtbot)


@pytest.mark.parametrize("size", [(1024, 700), (1600, 1000)])
def test_that_the_bar_is_low_and_lies_under_everything(open_window: OpenWindow, size: tuple[int, int]) -> None:
    window = open_window()
    window.resize(*size)
    window.grab()
    board = window.board
    assert board.timeline.height() <= 44
    assert board.timeline.geometry().top() > board.detail.geometry().bottom()
    assert board.timeline.width() == board.detail.width()
    assert board.timeline.slider.width() > board.timeline.width() / 3
