""" "Over time" as lines: logarithms, gaps, names at the ends, a layer chosen by a click."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.pages.dashboard.dashboard import Dashboard
from gui.plots.downsampling import COLUMNS, Lines, apart, columns
from gui.plots.line_labels import LABEL_HEIGHT
from gui.style.theme import LIGHT
from gui.views.over_time.over_time_view import OverTimeView
from model.config.config import Config
from model.config.recipe import Recipe
from model.data.datasets import Dataset
from model.history.run_log import RunLog
from tests.support.records import layer_of, record_of
from tests.support.timed_runs import choose, over_time
from tests.support.windows import (
    headless,
    hover,
    place_of,
    points,
    settle,
)

Values = list[tuple[float, ...]]
FLOATS = st.floats(-1e3, 1e3)


def lines_of(board: Dashboard, deltas: Values, iterations: list[int] | None = None) -> OverTimeView:
    """Show a run whose δ of every hidden layer and of the output is given at each moment."""
    at = iterations or [10 * index for index in range(len(deltas))]
    run_log = RunLog()
    board.viewed.show_run(Recipe(Config(hidden=(5,) * (len(deltas[0]) - 1), iterations=at[-1] or 1)), run_log, None)
    for iteration, values in zip(at, deltas, strict=True):
        layers = [layer_of(f"Layer {k}", delta_rms=value, update_ratio=value / 7) for k, value in enumerate(values, 1)]
        record = record_of(iteration, layers=tuple(layers[:-1]), output=layers[-1])
        run_log.put(record)
        run_log.show(record)
    view = over_time(board)
    settle(board)
    return view


@given(st.lists(st.tuples(st.integers(1, 9), FLOATS, FLOATS), min_size=1, max_size=1500), st.data())
def test_that_thinned_lines_keep_every_peak_and_the_last_point(
    rows: list[tuple[int, float, float]], data: st.DataObject
) -> None:
    gaps, *values = np.array(rows).T
    x, y = np.cumsum(gaps), np.array(values).T
    thin = columns(Lines(x, y), 0.0, float(x[-1]))
    assert len(thin.x) == len(thin.y) <= 2 * COLUMNS + 3
    assert (np.diff(thin.x) >= 0).all()
    assert (thin.y.min(axis=0) == y.min(axis=0)).all()
    assert (thin.y.max(axis=0) == y.max(axis=0)).all()
    assert (thin.y[-1] == y[-1]).all()
    low, high = sorted(data.draw(st.tuples(FLOATS, FLOATS)))
    part = columns(Lines(x, y), low, high + 1.0)
    inside = x[(x >= low) & (x <= high + 1.0)]
    assert set(part.x) >= {inside[0], inside[-1]} if len(inside) and len(inside) < COLUMNS else True


@given(st.lists(st.floats(0, 200), min_size=1, max_size=15), st.floats(1, 12))
def test_that_labels_are_moved_apart_no_further_than_they_must(wanted: list[float], gap: float) -> None:
    places = apart(np.array(wanted), gap, 0.0, 200.0)
    assert places.min() >= -1e-9
    assert places.max() <= 200 + 1e-9
    order = np.argsort(wanted, kind="stable")
    assert (np.diff(places[order]) >= gap - 1e-9).all()
    if len(wanted) > 1 and np.diff(np.sort(wanted)).min() >= gap:
        assert places == pytest.approx(wanted)


def test_that_a_line_is_the_logarithm_of_each_layers_delta(board: Dashboard, mnist: Dataset) -> None:
    records = headless(Config(hidden=(6, 5), batch_size=20, iterations=12, record_every=2), mnist)
    deltas: Values = [tuple(layer.delta_rms for layer in record.all_layers) for record in records]
    view = lines_of(board, deltas, [record.iteration for record in records])
    for index in range(3):
        drawn_points = points(view.lines.lines[index].path())
        assert drawn_points[:, 0].tolist() == [record.iteration for record in records]
        assert drawn_points[:, 1] == pytest.approx(np.log10([values[index] for values in deltas]))
    _, (low, high) = view.lines.plot.ranges()
    assert low <= np.log10(np.min(deltas))
    assert high >= np.log10(np.max(deltas))
    labels = [each.text() for each in view.lines.plot.axes[1].labels if each.isVisible()]
    assert "10⁻³" in labels or "10⁻²" in labels
    x, _ = view.lines.plot.ranges()
    assert x == pytest.approx(board.accuracy.plot.ranges()[0], rel=1e-5), "the same axis as the curves above"


def test_that_each_figure_of_the_layers_can_be_drawn(board: Dashboard) -> None:
    view = lines_of(board, [(1e-3, 1e-2)] * 4)
    choose(view, "update_ratio")
    settle(board)
    assert set(points(view.lines.lines[0].path())[:, 1].round(9)) == {round(np.log10(1e-3 / 7), 9)}
    assert "ΔW" in view.key.text()
    choose(view, "weight_gradient_rms")
    settle(board)
    assert set(points(view.lines.lines[0].path())[:, 1]) == {-3.0}


@pytest.mark.parametrize("bad", [0.0, np.nan, np.inf])
def test_that_what_has_no_logarithm_leaves_a_gap(board: Dashboard, bad: float) -> None:
    view = lines_of(board, [(1e-3, 1e-2), (1e-3, 1e-2), (bad, 1e-2), (1e-4, 1e-2), (1e-4, 1e-2)])
    path = view.lines.lines[0].path()
    moves = [path.elementAt(k) for k in range(path.elementCount()) if path.elementAt(k).isMoveTo()]
    assert len(moves) >= 2, "the line is interrupted"
    assert np.isfinite(points(path)).all()
    assert 20.0 not in points(path)[1:, 0] or len(moves) > 2
    assert all(np.isfinite(view.lines.plot.ranges()).ravel())


def test_that_a_gradient_that_is_gone_says_so_at_the_end(board: Dashboard) -> None:
    view = lines_of(board, [(1e-3, 1e-2), (0.0, 1e-2)])
    assert [label.text() for label in view.lines.labels[:2]] == ["Layer 1: 0", "Output"]


def test_that_names_stand_where_the_lines_end(board: Dashboard) -> None:
    view = lines_of(board, [(1e-6, 1e-4, 1e-2)] * 5)
    lines = view.lines
    for index, power in enumerate((-6, -4, -2)):
        label = lines.labels[index]
        end = lines.plot.box.mapViewToScene(lines.plot.box.viewRect().topLeft()).x()
        place = lines.plot.box.mapToScene(label.pos())
        wanted = place_of(lines.plot, 40, power)
        assert place.x() > wanted.x() > end
        assert abs(place.y() + label.boundingRect().height() / 2 - wanted.y()) <= LABEL_HEIGHT / 2 + 1
    assert [label.text() for label in lines.labels[:3]] == ["Layer 1", "Layer 2", "Output"]
    colors = [*LIGHT.layer_colors(2), QColor(LIGHT.muted)]
    assert [label.brush().color().name() for label in lines.labels[:3]] == [LIGHT.as_text(color) for color in colors]
    assert [line.pen().color().name() for line in lines.lines[:3]] == [color.name() for color in colors]


@pytest.mark.parametrize("layers", [2, 10, 50])
def test_that_names_of_even_lines_do_not_overlap(board: Dashboard, layers: int) -> None:
    view = lines_of(board, [(1e-3,) * layers] * 3)
    shown = [label for label in view.lines.labels if label.isVisible()]
    tops = sorted(label.pos().y() for label in shown)
    assert all(low + LABEL_HEIGHT - 1 <= high for low, high in pairwise(tops))
    assert len(shown) >= min(layers, 8)
    assert {"Layer 1", "Output"} <= {label.text() for label in shown}
    assert tops[0] >= -LABEL_HEIGHT
    assert tops[-1] <= view.lines.plot.box.rect().height()
    if layers > 2:
        assert view.lines.leaders.path().elementCount(), "they are tied to their lines"


def test_that_the_chosen_layer_is_thicker_and_always_named(board: Dashboard) -> None:
    view = lines_of(board, [(1e-3,) * 40] * 3)
    lines = view.lines
    hidden = next(k for k, label in enumerate(lines.labels) if not label.isVisible())
    board.choose_layer(hidden)
    settle(board)
    assert lines.labels[hidden].isVisible()
    widths = [line.pen().widthF() for line in lines.lines]
    assert widths.index(max(widths)) == hidden
    named = [color.name() for color in (*LIGHT.layer_colors(len(lines.lines) - 1), QColor(LIGHT.muted))]
    drawn = [line.pen().color().name() for line in lines.lines]
    assert drawn == [color if k == hidden else LIGHT.pale(color) for k, color in enumerate(named)]
    board.choose_layer(hidden)
    assert len({line.pen().widthF() for line in lines.lines}) == 1


def test_that_a_click_on_a_line_or_its_name_chooses_the_layer(board: Dashboard, qtbot: QtBot) -> None:
    view = lines_of(board, [(1e-6, 1e-4, 1e-2)] * 5)
    viewport = view.lines.view.viewport()
    for index, power in ((0, -6), (1, -4)):
        with qtbot.waitSignal(view.layer_chosen) as chosen:
            QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place_of(view.lines.plot, 20, power))
        assert chosen.args == [index]
    label = view.lines.labels[2].sceneBoundingRect().center()
    with qtbot.waitSignal(view.layer_chosen) as chosen:
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=QPoint(round(label.x()), round(label.y())))
    assert chosen.args == [2]


def test_that_the_readout_is_that_of_the_nearest_line(board: Dashboard) -> None:
    view = lines_of(board, [(2e-6, 1e-2)] * 5)
    assert hover(view.lines.plot, 19, -5.5) == "iteration 20\nLayer 1: δ 2.00·10⁻⁶"
    assert hover(view.lines.plot, 19, -2.2) == "iteration 20\nOutput: δ 0.0100"


def test_that_a_line_marks_the_iteration_that_is_gone_back_to(board: Dashboard) -> None:
    view = lines_of(board, [(1e-3, 1e-2)] * 5)
    assert view.lines.time.path().isEmpty()
    board.go_to(20)
    settle(board)
    assert set(points(view.lines.time.path())[:, 0]) == {20}
    board.go_live()
    settle(board)
    assert view.lines.time.path().isEmpty()


def test_that_an_empty_plot_says_what_would_fill_it(board: Dashboard) -> None:
    board.viewed.show_run(Recipe(Config()), RunLog(), None)
    view = over_time(board)
    settle(board)
    assert view.lines.hint.isVisible()
    assert "Train" in view.lines.hint.text()
    lines_of(board, [(1e-3, 1e-2)])
    assert not view.lines.hint.isVisible()
