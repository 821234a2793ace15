"""On the slope: f' and f as they are declared, each layer's z on their axis, the mean slope and the maximum marked."""

from math import exp

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from gui.pages.dashboard.dashboard import Dashboard
from gui.views.activations_view import NARROWEST_BAR, grouped
from gui.views.moment import Moment
from gui.views.slope_curve import peak, slope_curve
from gui.views.slope_plot import SlopePlot
from gui.views.slope_view import LEAST_Z, SlopeView
from model.base.number_format import THIN
from model.config.config import Config
from model.config.recipe import Recipe
from model.config.views import ViewKind
from model.history.run_log import RunLog
from model.measurement.histograms import BINS, Histogram
from model.measurement.records import Histograms, LayerRecord
from model.nn.activations import Activation
from tests.support.records import layer_of, record_of
from tests.support.reference_formulas import formulas
from tests.support.window_page import OpenWindow
from tests.support.windows import SMALL, hover, open_view, points


def spread(low: float, high: float, counts: list[int] | None = None, beyond: float = 0.0) -> Histogram:
    """A histogram of z."""
    shares = np.array(counts if counts else np.ones(BINS)) * (1 - beyond)
    return Histogram(low, high, shares / max(shares.sum(), 1e-9) * (1 - beyond), 0.0, beyond, 0.0)


def layer(z: Histogram, **figures: float) -> LayerRecord:
    """A layer with this z."""
    return layer_of("Layer", **figures, histograms=Histograms(z=z))


def shown(board: Dashboard, *layers: LayerRecord, activation: Activation = Activation.SIGMOID) -> SlopeView:
    """The tab with these layers."""
    board.viewed.show_run(Recipe(Config(hidden=(3,) * len(layers), activation=activation)), RunLog(), None)
    open_view(board, ViewKind.SLOPE)
    return again(board, *layers)


def again(board: Dashboard, *layers: LayerRecord) -> SlopeView:
    """The same run some iterations later."""
    view = board.detail.view
    assert isinstance(view, SlopeView)
    record = record_of(5, layers=layers)
    moment = Moment(record, record, record, live=True)
    for index in range(view.plots):
        view.draw_plot(index, moment)
    view.update_text(moment)
    return view


def bars(plot: SlopePlot) -> np.ndarray:
    """(x0, x1, height) of each bar that has one."""
    boxes = [polygon.boundingRect() for polygon in plot.bars.path().toSubpathPolygons()]
    return np.array([(box.left(), box.right(), box.height()) for box in boxes if box.height() > 0]).reshape(-1, 3)


@pytest.mark.parametrize("activation", Activation)
def test_that_a_single_highest_slope_is_found_and_no_other(activation: Activation) -> None:
    z = np.linspace(-20, 20, 400_001)
    slope = formulas(activation)[1](z)
    highest = z[slope > slope.max() * (1 - 1e-6)]
    found = peak(activation)
    if np.ptp(highest) > 0.1:
        assert found is None, "a plateau or a slope that only nears its bound has none"
    else:
        assert found is not None
        assert found == pytest.approx((highest.mean(), slope.max()), abs=1e-2, rel=1e-4)


def test_that_the_sigmoids_quarter_is_marked_at_zero(board: Dashboard) -> None:
    board.resize(1600, 1000)
    plot = shown(board, layer(spread(-3, 3))).layers[0]
    dot = plot.dot.path().boundingRect().center()
    assert dot.x() == pytest.approx(0, abs=1e-6)
    assert dot.y() == pytest.approx(0.25)
    assert plot.peak_text.text() == "max 0.250 at z = 0"


def test_that_relu_has_no_such_mark(board: Dashboard) -> None:
    plot = shown(board, layer(spread(-3, 3)), activation=Activation.RELU).layers[0]
    assert plot.dot.path().isEmpty()
    assert plot.peak_text.text() == ""


@pytest.mark.parametrize("activation", Activation)
@pytest.mark.parametrize("reach", [6.0, 80.0])
def test_that_the_curve_is_the_slope_of_the_activation(activation: Activation, reach: float) -> None:
    curve = slope_curve(activation, -reach, reach)
    away = curve.z[np.abs(curve.z) > 1e-3]  # where slopes jump there is none
    step = 1e-5
    rise = (activation.value.evaluate(away + step)[0] - activation.value.evaluate(away - step)[0]) / (2 * step)
    assert curve.slope[np.abs(curve.z) > 1e-3] == pytest.approx(rise, abs=1e-4)
    assert curve.bottom <= curve.slope.min()
    assert curve.top > curve.slope.max()
    assert (np.diff(curve.z) > 0).all()
    assert np.ptp(curve.z) == 2 * reach


@pytest.mark.parametrize("activation", Activation)
def test_that_the_thin_curve_is_the_activation_to_its_own_scale(activation: Activation) -> None:
    curve = slope_curve(activation, -6, 6)
    value, _ = activation.value.evaluate(curve.z)
    assert np.corrcoef(value, curve.value_heights)[0, 1] == pytest.approx(1)
    assert curve.value_heights.min() >= curve.bottom - 1e-9
    assert curve.value_heights.max() < curve.top


@pytest.mark.parametrize("activation", Activation)
def test_that_the_shaded_stretches_are_those_without_slope(activation: Activation) -> None:
    curve = slope_curve(activation, -6, 6)
    z = np.linspace(-5.99, 5.99, 3000)
    _, slope = activation.value.evaluate(z)
    flat = np.abs(slope) < 0.05 * activation.max_slope
    shaded = np.zeros(len(z), bool)
    for low, high in curve.flat:
        shaded |= (z >= low) & (z <= high)
    assert np.mean(shaded != flat) < 0.02


def test_that_the_sigmoid_is_shaded_beyond_its_bend() -> None:
    (left, right) = slope_curve(Activation.SIGMOID, -6, 6).flat
    edge = next(z for z in np.linspace(0, 6, 60001) if exp(-z) / (1 + exp(-z)) ** 2 < 0.0125)
    assert left == pytest.approx((-6, -edge), abs=0.1)
    assert right == pytest.approx((edge, 6), abs=0.1)


def test_that_the_mean_slope_is_marked_and_named(board: Dashboard) -> None:
    board.resize(1600, 1000)
    view = shown(board, layer(spread(-3, 3), mean_slope=0.2, saturated=0.125), layer(spread(-3, 3), mean_slope=0.02))
    first, second = view.layers[:2]
    assert points(first.mean.path())[:, 1] == pytest.approx(0.2)
    assert first.mean_text.text() == "mean slope 0.200"
    assert second.mean_text.text() == "mean slope 0.0200"
    for plot in (first, second):
        box = plot.mean_text.mapRectToParent(plot.mean_text.boundingRect())
        assert plot.plot.box.rect().contains(box), "the name is not cut off"
        overlap = box.intersected(plot.peak_text.mapRectToParent(plot.peak_text.boundingRect()))
        assert overlap.isEmpty(), "nor does it lie on the maximum's"
    assert f"mean slope 0.200   80.0{THIN}% of max 0.250" in first.figures.toolTip()
    assert f"saturated 12.5{THIN}%" in first.figures.toolTip()


def test_that_all_layers_share_an_axis_at_least_as_wide_as_every_bend(board: Dashboard) -> None:
    narrow, wide = layer(spread(-0.1, 0.1)), layer(spread(-30, 12))
    view = shown(board, narrow, narrow)
    assert {plot.plot.automatic[0] for plot in view.layers[:2]} == {(-LEAST_Z, LEAST_Z)}
    again(board, wide, wide)
    assert {plot.plot.automatic[0] for plot in view.layers[:2]} == {(-30, 12)}


def test_that_a_spike_of_small_z_can_be_seen(board: Dashboard) -> None:
    view = shown(board, layer(spread(-0.002, 0.002)), layer(spread(-3, 3)))
    plot = view.layers[0]
    (bar,) = bars(plot)
    assert (bar[1] - bar[0]) * plot.pixels() >= NARROWEST_BAR * 0.99
    assert abs(bar[0] + bar[1]) / 2 * plot.pixels() < 1, "and stands at 0"
    assert bar[2] == pytest.approx(0.6 * plot.plot.automatic[1][1])


@settings(max_examples=100)
@given(st.lists(st.integers(0, 100), min_size=BINS, max_size=BINS).filter(any), st.floats(0.01, 100), st.floats(1, 500))
def test_that_grouping_bins_loses_nothing(counts: list[int], reach: float, pixels: float) -> None:
    histogram = spread(-reach, reach, counts)
    edges, shares = grouped(histogram, pixels)
    assert shares.sum() == pytest.approx(histogram.shares.sum())
    assert len(edges) == len(shares) + 1
    assert np.diff(edges) == pytest.approx(edges[1] - edges[0])
    assert (edges[1] - edges[0]) * pixels >= NARROWEST_BAR * 0.999
    width = 2 * reach / BINS
    centre = np.dot(histogram.shares, np.linspace(-reach, reach, BINS + 1)[:-1] + width / 2)
    moved = np.dot(shares, (edges[:-1] + edges[1:]) / 2)
    assert abs(centre - moved) <= max(edges[1] - edges[0], width)


def test_that_bars_are_grouped_anew_when_there_is_more_room(board: Dashboard, qtbot: QtBot) -> None:
    board.resize(800, 700)
    plot = shown(board, *[layer(spread(-3, 3))] * 6).layers[0]
    few = len(bars(plot))
    board.resize(4000, 1000)
    qtbot.waitUntil(lambda: len(bars(plot)) == BINS)
    assert few < BINS


def test_that_the_share_beyond_the_axis_is_told(board: Dashboard) -> None:
    plot = shown(board, layer(spread(-3, 3, beyond=0.125))).layers[0]
    assert f"beyond 12.5{THIN}%" in plot.figures.toolTip()


def test_that_every_figure_has_a_short_form_in_narrow_plots(board: Dashboard) -> None:
    board.resize(640, 700)
    view = shown(board, *[layer(spread(-3, 3), mean_slope=0.2, saturated=0.5)] * 8, activation=Activation.RELU)
    assert view.layers[0].narrow
    assert view.layers[0].figures.toolTip().splitlines() == ["f′ 0.20", f"20{THIN}% max", f"off 50.0{THIN}%"]
    assert view.layers[0].mean_text.text() == ""


def test_that_a_run_is_drawn_on_the_slope(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(SMALL.replace(activation=Activation.SIGMOID))
    board = window.board
    open_view(board, ViewKind.SLOPE)
    window.train()
    window.wait_until_ended(qtbot)
    window.draw()
    view = board.detail.view
    assert isinstance(view, SlopeView)
    assert view.shown == 2, "the output layer has no activation"
    for plot in view.layers[:2]:
        assert len(bars(plot))
        assert plot.now is not None
        assert points(plot.mean.path())[:, 1] == pytest.approx(plot.now.mean_slope)
    text = hover(view.layers[0].plot, 1.0, 0.1)
    assert "f′ 0.1" in text
    assert "f 0.73" in text
    assert "what the gradient is multiplied by" in view.key.text()


def test_that_a_network_without_hidden_layers_says_so(board: Dashboard) -> None:
    view = shown(board)
    assert view.hint.isVisible()
    assert "no hidden layer" in view.hint.text()
