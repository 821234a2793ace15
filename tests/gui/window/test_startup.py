"""What happens when the window is complete."""

from pytestqt.qtbot import QtBot

from tests.support.windows import OpenWindow


def test_that_the_window_says_once_when_its_plots_are_there(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(ready=False)
    told: list[bool] = []
    window.completed.connect(lambda: told.append(window.dashboard is not None))
    window.complete()
    window.complete()
    assert told == [True]
