"""What happens when the window is complete."""

from pytestqt.qtbot import QtBot

from tests.support.window_page import OpenWindow


def test_that_the_window_says_once_when_its_plots_are_there(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(ready=False)
    told: list[bool] = []
    window.completed.connect(lambda: told.append(window.has_plots()))
    window.complete()
    window.complete()
    assert told == [True]
