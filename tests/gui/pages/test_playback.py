"""Playing a run back on the screen, and the commands that go through its moments."""

from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from gui.pages.dashboard.dashboard import Dashboard
from gui.pages.timeline_bar import FRAME_MS, PAUSE, PLAY, TimelineBar
from model.config.config import Config
from model.config.recipe import Recipe
from model.history.run_log import RunLog
from tests.support.timed_runs import playing, run_of, shown
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import SMALL, TIMEOUT_MS, click, commands

SHORT = SMALL.replace(iterations=12)


def test_that_playing_back_goes_through_the_run_to_live(board: Dashboard, qtbot: QtBot) -> None:
    run_of(board, list(range(6)), 5)
    bar = board.timeline
    visited: list[int] = []
    bar.moved.connect(visited.append)
    click(bar.play_button)
    assert bar.playing
    assert bar.play_button.text() == PAUSE
    qtbot.waitUntil(lambda: not bar.playing, timeout=TIMEOUT_MS)
    assert visited == [0, 1, 2, 3, 4]
    assert board.viewed.at is None
    assert bar.play_button.text() == PLAY


def test_that_playing_begins_where_one_has_gone_to_and_can_be_halted(
    board: Dashboard, bar: TimelineBar, qtbot: QtBot
) -> None:
    bar.slider.setValue(70)
    visited: list[int] = []
    bar.moved.connect(visited.append)
    click(bar.play_button)
    qtbot.waitUntil(lambda: len(visited) >= 3, timeout=TIMEOUT_MS)
    click(bar.play_button)
    assert not bar.playing
    assert visited[:3] == [70, 71, 72]
    assert board.viewed.at == visited[-1], "it stays where it was halted"


def test_that_the_longest_run_plays_for_at_most_fifteen_seconds(board: Dashboard) -> None:
    run_of(board, [*range(101), *range(110, 5_200, 10)], 10_000)
    board.timeline.play_or_pause()
    assert len(board.timeline._frames) * FRAME_MS <= 15_000
    assert board.timeline._frames[::-1][:101] == list(range(101)), "the first hundred one by one"
    board.timeline.stop()


def test_that_playing_ends_with_a_drag_and_with_another_run(board: Dashboard, bar: TimelineBar) -> None:
    bar.play_or_pause()
    bar.slider.setValue(30)
    assert not playing(board)
    assert board.viewed.at == 30
    bar.play_or_pause()
    assert playing(board)
    board.viewed.show_run(Recipe(Config()), RunLog(), None)
    assert not playing(board)


def test_that_playing_ends_with_the_window(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(SHORT)
    window.train()
    window.wait_until_ended(qtbot)
    board = window.board
    board.timeline.play_or_pause()
    assert playing(board)
    window.close()
    assert not playing(board)


def entry(window: WindowPage, key: str) -> None:
    """Choose the command of the Run menu that has a shortcut."""
    (found,) = [each for each in commands(window.menu("&Run")) if each.shortcut() == QKeySequence(key)]
    found.trigger()


def test_that_the_run_menu_steps_plays_and_returns_to_live(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(SHORT)
    window.train()
    window.wait_until_ended(qtbot)
    board = window.board
    entry(window, "Alt+Left")
    assert shown(board) == 11
    entry(window, "Alt+Left")
    entry(window, "Alt+Left")
    entry(window, "Alt+Right")
    assert shown(board) == 10
    entry(window, "F9")
    assert playing(board)
    entry(window, "F9")
    assert not playing(board)
    entry(window, "Alt+End")
    assert board.viewed.at is None
