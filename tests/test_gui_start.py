"""What happens when the window is complete."""

import gc
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from gui.app import spare_start_up
from tests.gui_support import OpenWindow


@pytest.fixture
def thawed() -> Iterator[None]:
    """Other tests' garbage is collected as ever."""
    yield
    gc.unfreeze()


def test_that_the_window_says_once_when_its_plots_are_there(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(ready=False)
    told: list[bool] = []
    window.completed.connect(lambda: told.append(window.dashboard is not None))
    window.complete()
    window.complete()
    assert told == [True]


@pytest.mark.usefixtures("thawed", "qapp")
def test_that_what_start_up_has_made_is_left_out_of_garbage_collections() -> None:
    before = len(gc.get_objects())
    spare_start_up()
    assert gc.get_freeze_count() >= 0.9 * before
    assert len(gc.get_objects()) < 0.1 * before
