"""A window of the usual size."""

import pytest

from tests.support.window_page import OpenWindow, WindowPage


@pytest.fixture
def window(open_window: OpenWindow) -> WindowPage:
    """A window in which keys go where the focus is."""
    opened = open_window()
    opened.resize(1280, 820)
    return opened
