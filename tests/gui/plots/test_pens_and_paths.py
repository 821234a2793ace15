"""What lines are drawn from and how wide: the start's outline, and pens on screens and pictures of any density."""

from itertools import count

import pytest
from pytestqt.qtbot import QtBot

from gui.export.picture import image, posing_for
from gui.pages.dashboard import dashboard as dashboard_module
from gui.pages.dashboard.dashboard import FRAME_SECONDS, PLOTS_A_FRAME
from gui.plots.live_view import LiveView
from tests.support.reference_formulas import contents
from tests.support.window_page import OpenWindow
from tests.support.windows import LONG, SMALL, TIMEOUT_MS, headless


def test_that_the_outline_is_the_start_even_if_the_first_frame_comes_late(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window()
    window.stop_frames()
    window.reset()
    window.train()
    window.wait_until_ended(qtbot)
    window.draw()
    first, *_ = headless(SMALL, window.run.dataset)
    start = window.run.log.start
    assert start is not None
    assert contents([start]) == contents([first])
    outlined = window.board.activations.layers[0].outlined
    assert outlined is not None
    assert outlined[0] is start.layers[0]


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_that_lines_grow_with_the_picture_and_are_as_before_after_it(open_window: OpenWindow, scale: int) -> None:
    window = open_window()
    dashboard = window.board
    line = dashboard.accuracy.train.line
    width, dashes = line.pen().widthF(), dashboard.accuracy.test.pen().dashPattern()
    with posing_for(dashboard, scale):
        assert line.pen().widthF() == pytest.approx(width * scale / dashboard.devicePixelRatio())
        assert dashboard.accuracy.test.pen().dashPattern() == dashes
    image(dashboard, scale)
    assert line.pen().widthF() == pytest.approx(width)


def test_that_a_change_of_theme_leaves_lines_as_wide_as_they_were(open_window: OpenWindow) -> None:
    window = open_window()
    dashboard = window.board
    widths = [plot.base.pen().widthF() for plot in window.plots()]
    for view in dashboard.findChildren(LiveView):
        view.fit_pens(3)
    window.choose_theme("dark")
    assert [plot.base.pen().widthF() for plot in window.plots()] == pytest.approx(widths)


def test_that_many_plots_take_turns_and_all_have_theirs(
    open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dashboard_module, "perf_counter", lambda: 0.0)  # as if no plot took long
    window = open_window(LONG.replace(hidden=[5] * 12))
    dashboard, run_log = window.board, window.run.log
    qtbot.waitUntil(lambda: run_log.shown is not None, timeout=TIMEOUT_MS)
    window.stop_frames()
    dashboard.version = -1
    dashboard.turns.clear()
    for layer in dashboard.activations.layers:
        layer.now = None
    drawn_by_then = []
    for _ in range(7):
        dashboard.frame()
        drawn_by_then.append(sum(layer.now is not None for layer in dashboard.activations.layers))
    others = len(dashboard.drawn) - 1
    assert drawn_by_then == [max(min(PLOTS_A_FRAME * (frame + 1) - others, 12), 0) for frame in range(7)]


def test_that_a_plot_that_takes_long_leaves_the_next_to_another_frame(
    open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(LONG)
    dashboard, run_log = window.board, window.run.log
    qtbot.waitUntil(lambda: run_log.shown is not None, timeout=TIMEOUT_MS)
    window.stop_frames()
    now = count(0, FRAME_SECONDS)
    monkeypatch.setattr(dashboard_module, "perf_counter", lambda: next(now))
    dashboard.version = -1
    dashboard.turns.clear()
    dashboard.frame()
    left = len(dashboard.turns)
    dashboard.frame()
    assert len(dashboard.turns) == left - 1
