"""A window with a lesson of every kind of bet."""

from pathlib import Path

import pytest

from tests.support.many_bets import many_bets
from tests.support.window_page import OpenWindow, WindowPage


@pytest.fixture
def kinds(tmp_path: Path) -> Path:
    """A folder with a lesson that has a bet of every kind."""
    folder = tmp_path / "kinds"
    folder.mkdir()
    return many_bets(folder)


@pytest.fixture
def window(open_window: OpenWindow) -> WindowPage:
    """A window in which keys go where the focus is."""
    opened = open_window()
    opened.resize(1280, 820)
    return opened
