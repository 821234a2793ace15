"""A window of the usual size."""

from collections.abc import Iterator

import pytest

from gui.style.typeface import load_fonts
from model.base.language import ENGLISH, use
from tests.support.window_page import OpenWindow, WindowPage


@pytest.fixture
def window(open_window: OpenWindow, request: pytest.FixtureRequest) -> Iterator[WindowPage]:
    """A window in which keys go where the focus is, in English or the language that is the parameter."""
    _speak(getattr(request, "param", ENGLISH))
    opened = open_window()
    opened.resize(1280, 820)
    yield opened
    _speak(ENGLISH)


def _speak(code: str) -> None:
    use(code)
    load_fonts(code)
