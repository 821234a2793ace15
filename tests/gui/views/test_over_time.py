"""The tab "Over time": room for any number of layers, both themes, another run."""

from itertools import pairwise

import pytest
from pytestqt.qtbot import QtBot

from gui.views.over_time.histogram_images import HistogramImages
from gui.views.over_time.over_time_view import WAYS
from tests.support.timed_runs import choose, over_time
from tests.support.window_page import OpenWindow
from tests.support.windows import SMALL, rect_in_window


@pytest.mark.parametrize(("layers", "width"), [(0, 1024), (1, 1024), (10, 1024), (10, 1600), (50, 1024)])
def test_that_any_number_of_layers_has_room(open_window: OpenWindow, qtbot: QtBot, layers: int, width: int) -> None:
    window = open_window(SMALL.replace(hidden=[3] * layers, iterations=4))
    window.resize(width, 700)
    window.train()
    window.wait_until_ended(qtbot)
    view = over_time(window.board)
    for way in WAYS:
        choose(view, way.name)
        window.draw()
        if way.as_lines:
            lines = view.lines.lines[: layers + 1]
            assert all(index in view.lines.ended or not line.path().isEmpty() for index, line in enumerate(lines))
            continue
        assert isinstance(view.page, HistogramImages)
        shown = [plot for plot in view.page.layers if plot.isVisible()]
        assert len(shown) == layers + (way.name != "a")
        assert view.page.hint.isVisible() == (not shown)
        for plot in shown:
            assert not plot.image.pixmap().isNull()
            assert plot.view.height() > 40
        for left, right in pairwise(shown):
            assert rect_in_window(left).right() < rect_in_window(right).left()
    assert window.size[0] == width


def test_that_both_themes_and_another_run_are_taken(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(SMALL.replace(iterations=4))
    window.train()
    window.wait_until_ended(qtbot)
    view = over_time(window.board)
    choose(view, "a")
    window.draw()
    assert isinstance(view.page, HistogramImages)
    plot = view.page.layers[0]
    light = plot.image.pixmap().toImage().pixel(0, 0)
    window.choose_theme("dark")
    window.draw()
    assert plot.image.pixmap().toImage().pixel(0, 0) != light
    window.reset()
    qtbot.waitUntil(window.run.is_ready)
    window.draw()
    assert plot.image.pixmap().isNull()
