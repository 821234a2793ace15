"""The small plots of the compare view: right places in their cell, and the same scale in all columns."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from gui.pages.compare.row_labels import decades_shown, value_ticks
from gui.pages.compare.run_moment import RunMoment, run_moment
from gui.pages.compare.shared_scales import Extent, SharedScales, Values, bounds_of
from gui.pages.compare.small_plots import SmallAccuracyPlot, SmallGradientPlot, SmallHistogramPlot
from gui.plots.canvas import Canvas
from gui.plots.log_scale import LogScale
from gui.style.run_styles import look_of
from gui.style.theme import DARK, LIGHT
from gui.views.activations_view import HEADROOM
from model.config.config import Config
from model.history.run_log import RunLog
from model.measurement.records import Histograms, Record
from model.nn.activations import Activation
from tests.support.compare_pages import entry_of, histogram_of, record
from tests.support.records import layer_of
from tests.support.windows import points

PLACE = QRectF(50, 20, 200, 100)


@pytest.fixture
def canvas(qapp: QApplication) -> Canvas:
    return Canvas()


def seen(*records: Record, at: int | None = None) -> RunMoment:
    """The run of these records at an iteration."""
    run_log = entry_of(*records).run_log
    assert run_log is not None
    found = run_moment(run_log, at)
    assert found is not None
    return found


def test_that_a_run_without_records_shows_nothing() -> None:
    assert run_moment(RunLog(), None) is None


def test_that_a_moment_has_the_last_figures_and_pictures_until_then_and_all_curves() -> None:
    run = [record(0, test=0.1), record(10, test=0.3).bare(), record(20, test=0.6)]
    found = seen(*run, at=15)
    assert (found.iteration, found.figures.iteration, found.pictures.iteration) == (10, 10, 0)
    assert found.accuracy == pytest.approx(0.3)
    assert found.test.x.tolist() == [0, 10, 20]
    assert seen(*run, at=999).iteration == seen(*run).iteration == 20
    branch = seen(record(50), record(60), at=30)  # which begins later than that
    assert branch.iteration == 50


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [(1e-5, 1e-3, "1/100"), (3e-4, 1e-3, "30\u202f%"), (2e-3, 1e-3, "× 2"), (1e-3, 1e-3, "all")],
)
def test_that_the_gradient_that_arrives_is_told_as_a_share_of_the_outputs(
    first: float, last: float, words: str
) -> None:
    layers = (layer_of(delta_rms=first, histograms=Histograms(a=histogram_of([1.0]))),)
    made = record(0, 1)
    run = Record(0, 1.0, 0.5, 0.5, layers, layer_of("Output", delta_rms=last), 0.2, 1, 0.2)
    found = RunMoment(0, run, run, made, seen(made).train, seen(made).test, 0.5, None)
    assert found.arriving == words


def test_that_without_hidden_layers_or_gradient_there_is_no_share() -> None:
    assert seen(record(0, 0)).arriving == ""
    assert seen(record(0, 2, delta=0.0)).arriving == ""


def test_that_accuracy_goes_from_the_ground_to_the_top_and_iterations_across(canvas: Canvas) -> None:
    cell = SmallAccuracyPlot(canvas)
    cell.place(PLACE)
    cell.draw(seen(record(0, test=0.0), record(50, test=0.5), record(100, test=1.0)), 200, live=True)
    np.testing.assert_allclose(points(cell.test.path()), [[0, 0], [50, -50], [100, -100]])
    assert (cell.test.pos().x(), cell.test.pos().y()) == (50, 120)
    assert cell.cursor.path().isEmpty()
    assert cell.dot.path().boundingRect().center().x() == pytest.approx(100)


def test_that_the_cursor_stands_where_one_has_gone_back_to(canvas: Canvas) -> None:
    cell = SmallAccuracyPlot(canvas)
    cell.place(PLACE)
    run = [record(0, test=0.2), record(50, test=0.5), record(100, test=0.9)]
    cell.draw(seen(*run, at=50), 100, live=False)
    assert points(cell.cursor.path())[:, 0].tolist() == [100, 100]
    centre = cell.dot.path().boundingRect().center()
    assert (centre.x(), centre.y()) == pytest.approx((100, -50))


def test_that_bars_stand_where_their_values_lie_on_the_shared_axis(canvas: Canvas) -> None:
    cell, axis = SmallHistogramPlot(canvas), Values(None)
    axis.fit({"run": Extent(high=4.0)})
    cell.place(PLACE)
    layer = layer_of(histograms=Histograms(a=histogram_of([0.25, 0.75], high=2.0)))
    cell.draw(layer, layer, axis)
    bars = cell.bars.path().boundingRect()
    assert bars.left() >= 0
    assert bars.right() == pytest.approx(100, abs=7)  # 2 of 4, but for the gap
    assert bars.height() == pytest.approx(PLACE.height() / HEADROOM)
    assert cell.zeros.path().isEmpty()
    assert not cell.zeros.isVisible()


def test_that_exact_zeros_have_a_bar_of_their_own_left_of_the_axis(canvas: Canvas) -> None:
    cell, axis = SmallHistogramPlot(canvas), Values(None)
    axis.zeros = True
    axis.fit({"run": Extent(high=4.0)})
    cell.place(PLACE)
    layer = layer_of(histograms=Histograms(a=histogram_of([0.25, 0.25], high=4.0, zeros=0.5)))
    cell.draw(layer, layer, axis)
    zeros, margin = cell.zeros.path().boundingRect(), axis.margin(PLACE.width())
    assert zeros.height() == pytest.approx(0.5 * PLACE.height())
    assert 0 < zeros.left() < zeros.right() < margin <= cell.bars.path().boundingRect().left()


def test_that_each_factor_of_ten_is_as_far_down_as_the_next(canvas: Canvas) -> None:
    cell, scale = SmallGradientPlot(canvas), LogScale()
    found = seen(record(0, 3, delta=1e-2))
    scale.cover(found.deltas)
    cell.place(PLACE)
    cell.draw(found, scale, 4)
    line = points(cell.line.path())
    np.testing.assert_allclose(np.diff(line[:, 1]), [-100 / 3] * 3)
    np.testing.assert_allclose(line[:, 0], [25, 75, 125, 175])
    assert line[-1, 1] == pytest.approx(-PLACE.height())


def test_that_a_layer_without_gradient_lies_on_the_ground(canvas: Canvas) -> None:
    cell, scale = SmallGradientPlot(canvas), LogScale()
    scale.cover([1e-4, 1e-2])
    cell.place(PLACE)
    cell.draw(seen(record(0, 1, delta=0.0)), scale, 2)
    assert points(cell.line.path())[:, 1].tolist() == [0, 0]


def test_that_a_cell_that_shows_nothing_has_no_item_in_a_picture(canvas: Canvas) -> None:
    cell = SmallGradientPlot(canvas)
    cell.place(PLACE)
    cell.setVisible(True)
    assert not any(item.isVisible() for item in cell.paths)
    scale = LogScale(-3)
    cell.draw(seen(record(0)), scale, 3)
    assert cell.line.isVisible()
    cell.setVisible(False)
    cell.draw(seen(record(0)), scale, 3)
    assert not cell.line.isVisible()


@pytest.mark.parametrize("activation", Activation)
def test_that_bounded_activations_have_their_own_axis_and_all_others_share_one(activation: Activation) -> None:
    low, high = activation.value.low, activation.value.high
    assert bounds_of(activation) == (None if low is None or high is None else (low, high))
    scales = SharedScales([Config(activation=activation), Config(activation=Activation.RELU), Config()])
    assert scales.of(Config()) is scales.of(Config(activation=Activation.RELU))
    assert (scales.of(Config(activation=activation)) is scales.of(Config())) == (bounds_of(activation) is None)


@given(st.lists(st.tuples(st.floats(1e-3, 1e3), st.floats(1e-12, 1e3)), min_size=1, max_size=6))
def test_that_scales_only_grow_and_hold_all_that_was_seen(given_values: list[tuple[float, float]]) -> None:
    config = Config(hidden=(3, 3))
    scales = SharedScales([config])
    for high, delta in given_values:
        before = scales.of(config).high, scales.delta.low, scales.delta.high, scales.delta.empty
        grown = scales.cover("run", config, seen(record(0, delta=delta, high=high)))
        axis = scales.of(config)
        assert axis.high >= max(before[0], high)
        if not before[3]:
            assert scales.delta.low <= before[1]
            assert scales.delta.high >= before[2]
        assert grown == ((axis.high, scales.delta.low, scales.delta.high, scales.delta.empty) != before)


def test_that_a_run_that_explodes_does_not_decide_the_axes_of_the_others(canvas: Canvas) -> None:
    config = Config(hidden=(3, 3))
    scales = SharedScales([config] * 3)
    for run, (delta, high) in {"a": (1e-3, 2.0), "b": (1e-2, 3.0), "diverged": (1e20, 1e15)}.items():
        scales.cover(run, config, seen(record(0, delta=delta, high=high)))
    axis = scales.of(config)
    assert axis.high == 3.0
    assert scales.delta.high <= 0
    assert scales.beyond == 1
    cell = SmallHistogramPlot(canvas)
    cell.place(PLACE)
    layer = layer_of(histograms=Histograms(a=histogram_of([0.25, 0.75], high=1e15)))
    cell.draw(layer, layer, axis)
    shown = [item for item in cell.paths if not item.path().isEmpty()]
    assert shown == [cell.beyond], "an arrow says where it goes on"
    assert all(PLACE.left() - 1 <= item.sceneBoundingRect().left() for item in shown)
    assert all(item.sceneBoundingRect().right() <= PLACE.right() + 1 for item in shown)


@pytest.mark.parametrize("delta", [1e-40, 1e-5, 1e9])
def test_that_vanishing_and_exploding_gradients_are_within_the_axes_of_the_others(delta: float) -> None:
    """What a lesson is about is no outlier: only what no network that computes anything has."""
    config = Config(hidden=(3, 3))
    scales = SharedScales([config] * 2)
    scales.cover("usual", config, seen(record(0, delta=1e-2)))
    scales.cover("other", config, seen(record(0, delta=delta)))
    assert 10.0**scales.delta.low <= delta * 1.001
    assert delta <= 10.0**scales.delta.high * 1.001
    assert scales.beyond == 0


@given(st.integers(-40, 3), st.integers(0, 40), st.floats(40, 400))
def test_that_labels_of_decades_do_not_touch(low: int, extent: int, height: float) -> None:
    scale = LogScale(low)
    scale.cover([10.0**low, 10.0 ** (low + extent)])
    shown = decades_shown(scale, height)
    places = [scale.share(10.0**exponent) * height for exponent in shown]
    assert all(above - below >= 16 for below, above in pairwise(places))


@given(st.floats(1e-6, 1e6), st.floats(40, 600), st.booleans())
def test_that_ticks_lie_within_the_plot_and_right_of_the_zeros(high: float, width: float, zeros: bool) -> None:
    axis = Values(None)
    axis.zeros = zeros
    axis.fit({"run": Extent(high=high)})
    for x, _ in value_ticks(axis, width):
        assert axis.margin(width) - 1e-6 <= x <= width * (1 + 2e-6)  # as close as ticks are to an end


def test_that_colours_are_the_runs_and_the_layers(canvas: Canvas) -> None:
    for theme in (LIGHT, DARK):
        cell, bars = SmallAccuracyPlot(canvas), SmallHistogramPlot(canvas)
        cell.apply_theme(theme, look_of(theme, 1))
        bars.apply_theme(theme, QColor("#123456"))
        assert cell.test.pen().color().name() == look_of(theme, 1).color
        assert bars.bars.brush().color().name() == "#123456"
