"""What the mouse does to a plot: read, zoom, drag, return by double-click, open the menu; the marks of live changes."""

import re
from time import sleep

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.pages.dashboard.dashboard import Dashboard
from gui.plots.plot import Plot
from gui.plots.ticks import count_ticks
from model.config.config import Config
from model.config.recipe import Change, Recipe
from model.data.datasets import kept_dataset
from model.lessons.drawn_figures import curves_svg
from model.lessons.finished_run import FinishedRun
from model.training.replay import train_recipe
from tests.support.records import record_of
from tests.support.windows import MOUSE_PAUSE, filled, hover, place_of, points

LOSS = np.linspace(2.3, 0.1, 201)


def wheel(plot: Plot, turn: int) -> None:
    """Turn the wheel over the middle of a plot."""
    viewport = plot.view.viewport()
    place = QPointF(viewport.mapTo(viewport.window(), viewport.rect().center()))
    QTest.wheelEvent(viewport.window().windowHandle(), place, QPoint(0, turn))
    QApplication.processEvents()


def drag(plot: Plot, by: QPoint) -> None:
    """Drag a plot's content with the left button."""
    viewport, start = plot.view.viewport(), plot.view.viewport().rect().center()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 9):
        sleep(MOUSE_PAUSE)
        QTest.mouseMove(viewport, start + by * step / 8)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=start + by)
    QApplication.processEvents()


def double_click(plot: Plot) -> None:
    viewport, left = plot.view.viewport(), Qt.MouseButton.LeftButton
    for event in (QTest.mouseClick, QTest.mouseDClick, QTest.mouseRelease):  # all that a real one consists of
        event(viewport, left, pos=viewport.rect().center())
    QApplication.processEvents()


def at_automatic(plot: Plot) -> bool:
    return plot.at_automatic


@pytest.fixture
def curves(board: Dashboard) -> list[Plot]:
    """Two plots with a run of 2,000 iterations in them."""
    filled(board, LOSS)
    QApplication.processEvents()
    return [card.plot for card in board.curves]


@pytest.mark.parametrize("iteration", [0, 500, 1040, 2000])
def test_that_the_readout_tells_iteration_and_values_of_the_nearest_record(board: Dashboard, iteration: int) -> None:
    filled(board, LOSS[::10], every=100)
    record = round(iteration / 100)
    loss = LOSS[10 * record]
    first = f"iteration {100 * record:,}".replace(",", "\u202f")
    text = hover(board.loss.plot, iteration, 1.0)
    assert text.splitlines() == [first, f"loss {loss:.2f}" if loss >= 1 else f"loss {loss:.3f}"]
    text = hover(board.accuracy.plot, iteration, 0.5)
    assert text.splitlines()[0] == first
    assert "test 75.0\u202f%" in text
    assert f"training batch {100 / (1 + loss):.1f}\u202f%" in text


def test_that_the_readout_stays_inside_the_view_and_goes_with_the_mouse(board: Dashboard, curves: list[Plot]) -> None:
    plot = board.loss.plot
    for x, y in ((10, 2.4), (1990, 2.4), (1990, 0.05), (10, 0.05)):
        assert hover(plot, x, y)
        assert plot.view.rect().contains(plot.label.geometry())
        assert points(plot.cursor.path())[0, 0] == pytest.approx(x, abs=10)
    QApplication.sendEvent(plot.view.viewport(), QEvent(QEvent.Type.Leave))
    QApplication.sendEvent(plot.view, QEvent(QEvent.Type.Leave))
    assert not plot.label.isVisible()
    assert plot.cursor.path().isEmpty()
    assert hover(plot, -300, 1.0) == "", "beside the axes there is nothing to read"


@pytest.mark.parametrize("place", [0, 1])
def test_that_wheel_and_drag_leave_the_automatic_range_and_a_double_click_returns(
    curves: list[Plot], place: int
) -> None:
    plot = curves[place]
    automatic = plot.ranges()
    wheel(plot, 480)
    (x0, x1), (y0, y1) = plot.ranges()
    assert automatic[0][0] < x0 < x1 < automatic[0][1]
    assert automatic[1][0] < y0 < y1 < automatic[1][1]
    assert not at_automatic(plot)
    before = plot.ranges()
    drag(plot, QPoint(-60, 30))
    (dragged_x, _), (dragged_y, _) = plot.ranges()
    assert dragged_x > before[0][0]
    assert dragged_y > before[1][0]
    double_click(plot)
    assert at_automatic(plot)
    assert plot.ranges() == automatic


def test_that_new_records_do_not_move_a_zoomed_plot(board: Dashboard, curves: list[Plot]) -> None:
    wheel(board.loss.plot, 240)
    zoomed = board.loss.plot.ranges()
    board.run_log.put(record_of(2010, 77.0, 0.5, 0.5))
    board.frame()
    assert board.loss.plot.ranges() == zoomed
    double_click(board.loss.plot)
    assert board.loss.plot.ranges()[1][1] >= 77


def test_that_zooming_in_shows_more_detail(board: Dashboard) -> None:
    filled(board, 1 + np.random.default_rng(0).random(20_000))
    plot = board.loss.plot
    whole = np.diff(points(board.loss.train.line.path())[:, 0]).max()
    for _ in range(4):
        wheel(plot, 480)
    x = points(board.loss.train.line.path())[:, 0]
    (low, high), _ = plot.ranges()
    assert np.diff(x).max() < whole
    assert len(x) > 30
    assert x[0] <= low + whole
    assert x[-1] >= high - whole


def test_that_all_plots_return_together(board: Dashboard, curves: list[Plot]) -> None:
    before = [plot.ranges() for plot in curves]
    for plot in curves:
        wheel(plot, 240)
    board.show_automatic()
    assert [plot.ranges() for plot in curves] == before


def test_that_live_changes_are_marked_and_read(board: Dashboard, curves: list[Plot]) -> None:
    board.run_log.mark(Change(700, "learning_rate", 0.05))
    board.run_log.mark(Change(1500, "learning_rate", 0.01))
    board.frame()
    for card in board.curves:
        assert set(points(card.marks.path())[:, 0]) == {700, 1500}
        ends = points(card.marks.path())[:, 1]
        _, (bottom, top) = card.plot.ranges()
        assert ends.min() <= bottom
        assert ends.max() >= top
    assert "Learning rate → 0.05" in hover(board.loss.plot, 700, 1.0)
    assert "at 700" in hover(board.loss.plot, 705, 1.0)
    assert "learning rate" not in hover(board.loss.plot, 1000, 1.0)


def test_that_a_right_click_asks_for_the_cards_menu(board: Dashboard, curves: list[Plot], qtbot: QtBot) -> None:
    for card in board.curves:
        viewport = card.view.viewport()
        middle = viewport.rect().center()
        with qtbot.waitSignal(board.menu_wanted) as said:
            QTest.mouseClick(viewport, Qt.MouseButton.RightButton, pos=middle)
        assert said.args is not None
        assert said.args[0] is card
        assert (said.args[1] - viewport.mapToGlobal(middle)).manhattanLength() <= 4


def test_that_the_readout_of_an_empty_plot_is_empty(board: Dashboard) -> None:
    assert hover(board.loss.plot, 0.5, 0.5) == ""


def test_that_the_place_of_a_point_is_where_it_is_drawn(board: Dashboard, curves: list[Plot]) -> None:
    plot = board.loss.plot
    left, right = place_of(plot, 0, 1), place_of(plot, 2000, 1)
    assert 0 < left.x() < right.x() <= plot.view.width()
    assert isinstance(plot.view.viewport(), QWidget)


@pytest.mark.parametrize("iterations", [1, 2, 3, 7, 2_000])
def test_that_an_axis_of_iterations_has_whole_numbers_alone(board: Dashboard, iterations: int) -> None:
    for card in board.curves:
        card.plot.set_automatic((0.0, float(iterations)), (0.0, 1.0))
        values = [value for value, _ in card.plot.axes[0].ticks()]
        assert values
        assert all(float(value).is_integer() for value in values)
        texts = [text for _, text in card.plot.axes[0].ticks()]
        assert len(set(texts)) == len(texts)
    for low, high, pixels in (
        (0.0, float(iterations), 80.0 / iterations),
        (0.0, float(iterations), 900.0 / iterations),
    ):
        assert all(value.is_integer() for value, _ in count_ticks(low, high, pixels))


def test_that_the_curves_of_a_handout_have_whole_iterations() -> None:
    def texts(iterations: int) -> list[str]:
        recipe = Recipe(Config(hidden=(3,), iterations=iterations, record_every=1))
        run = FinishedRun(recipe, train_recipe(recipe, kept_dataset()), kept_dataset())
        found: list[str] = re.findall(r">([0-9]+)</text>", curves_svg({"a": run}))
        return found[:3]

    assert texts(1)[:2] == ["0", "1"]
    assert texts(2) == ["0", "1", "2"]
