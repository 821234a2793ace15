"""The name of a level line stands where no curve runs through it, and never far from its line."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainterPath, QTransform

from gui.pages.dashboard.dashboard import Dashboard
from gui.plots.free_place import FARTHEST, GAP_PIXELS, beside_line, runs_through
from model.config.config import Config
from model.config.recipe import Recipe
from model.history.run_log import RunLog
from tests.support.records import record_of
from tests.support.windows import points, settle

AREA, SIZE = QRectF(0, 0, 300, 85), QSizeF(48, 14)
PIXELS = QTransform()  # curves are given in pixels of the area
HEIGHTS = st.floats(0, AREA.height())


def curve(*heights: float) -> QPainterPath:
    """A curve through these heights, from the left edge to the right one."""
    path = QPainterPath(QPointF(0, heights[0]))
    for place, height in enumerate(heights[1:], 1):
        path.lineTo(AREA.width() * place / (len(heights) - 1), height)
    return path


def named(line: float, *curves: QPainterPath) -> QRectF:
    return QRectF(beside_line(line, SIZE, AREA, PIXELS, curves), SIZE)


def test_that_the_name_stands_on_its_line_as_long_as_nothing_else_does() -> None:
    assert named(40).bottom() == 40 - GAP_PIXELS
    assert named(40, curve(80, 80)).bottom() == 40 - GAP_PIXELS
    assert named(5).top() >= 0, "or below it, where there is no room above"


def test_that_it_goes_below_where_a_curve_lies_above() -> None:
    assert named(40, curve(33, 33)).top() == 40 + GAP_PIXELS


def test_that_an_open_curve_is_no_area() -> None:
    arch = curve(80, 10, 80)
    assert not runs_through(QRectF(140, 60, 20, 10), [arch]), "it lies below the arch"
    assert runs_through(QRectF(140, 5, 20, 10), [arch])


@given(HEIGHTS, st.lists(st.lists(HEIGHTS, min_size=2, max_size=12), max_size=3))
def test_that_it_is_free_or_where_it_always_was(line: float, drawn: list[list[float]]) -> None:
    curves = [curve(*heights) for heights in drawn]
    name = named(line, *curves)
    assert AREA.adjusted(-1, -1, 1, GAP_PIXELS + SIZE.height()).contains(name)
    away = max(line - name.bottom(), name.top() - line)
    assert away <= FARTHEST * SIZE.height() + GAP_PIXELS
    if runs_through(name, curves):
        assert name.top() == max(line - SIZE.height() - GAP_PIXELS, 0.0)


@pytest.mark.parametrize("log", [False, True])
def test_that_the_curves_of_a_run_that_hardly_learns_leave_the_word_alone(board: Dashboard, log: bool) -> None:
    board.loss.log.setChecked(log)
    run_log, noise = RunLog(), np.random.default_rng(0).normal(0, 0.02, 200)
    board.viewed.show_run(Recipe(Config(iterations=2000, record_every=10)), run_log, None)
    for index, each in enumerate(noise):
        run_log.put(record_of(10 * index, 2.5 + float(each), 0.17 + float(each), 0.1028))
    settle(board)
    for card in board.curves:
        plot = card.plot
        assert plot.guide_ground.isVisible()
        (x0, x1), (y0, y1) = plot.ranges()
        size, name = plot.box.rect(), plot.guide_area
        for item in card.lines:
            place = points(item.path())
            x = (place[:, 0] - x0) / (x1 - x0) * size.width()
            y = (y1 - place[:, 1]) / (y1 - y0) * size.height()
            below = (x >= name.left()) & (x <= name.right())
            assert below.any()
            assert not ((y > name.top()) & (y < name.bottom()) & below).any()
