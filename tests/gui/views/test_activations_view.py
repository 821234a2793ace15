"""The histograms: bars as tall as their shares, exact zeros apart, the start as an outline, figures underneath."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QPainterPath
from pytestqt.qtbot import QtBot

from gui.pages.dashboard.dashboard import Dashboard
from gui.style.theme import LIGHT
from gui.views.activations_view import ActivationsPlot
from model.config.config import Config
from model.config.recipe import Recipe
from model.history.run_log import RunLog
from model.measurement.histograms import BINS, Histogram
from model.measurement.records import EVERY_HISTOGRAM, Histograms, LayerRecord
from model.nn.activations import Activation
from tests.support.records import layer_of, record_of
from tests.support.window_page import OpenWindow
from tests.support.windows import SMALL, hover, points, rect_in_window, settle

SHARES = st.lists(st.integers(0, 1000), min_size=BINS + 3, max_size=BINS + 3).filter(any)


def layer(counts: list[int], low: float = 0.0, high: float = 1.0, name: str = "Layer 1") -> LayerRecord:
    """A layer with counts of values below, in each bin, above, and exactly 0."""
    shares = np.array(counts) / sum(counts)
    histogram = Histogram(low, high, shares[1 : BINS + 1], shares[0], shares[BINS + 1], shares[BINS + 2])
    figures = {"activation_mean": 0.1234, "activation_std": 1.5, "saturated": 0.25, "dead": 0.125}
    return layer_of(name, **figures, histograms=Histograms(*[histogram] * len(EVERY_HISTOGRAM)))


def shown_in(layer: LayerRecord) -> Histogram:
    """The histogram of a layer's activations."""
    assert layer.histograms.a is not None
    return layer.histograms.a


def rectangles(path: QPainterPath) -> np.ndarray:
    """The bars of a path: (x0, x1, height) of each that has one."""
    boxes = [polygon.boundingRect() for polygon in path.toSubpathPolygons()]
    return np.array([(box.left(), box.right(), box.height()) for box in boxes if box.height() > 0]).reshape(-1, 3)


@pytest.fixture
def plot(qtbot: QtBot) -> ActivationsPlot:
    """One layer's plot."""
    made = ActivationsPlot()
    made.apply_look(LIGHT, LIGHT.layer_colors(1)[0])
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    return made


@pytest.mark.usefixtures("qapp")
@settings(max_examples=30)
@given(SHARES, SHARES, st.floats(-100, 0), st.floats(0.01, 100))
def test_that_the_areas_of_the_bars_are_the_shares_of_the_values(
    counts: list[int], start: list[int], low: float, high: float
) -> None:
    plot, now = ActivationsPlot(), layer(counts, low, high)
    plot.draw(now, layer(start, low, high))
    bars, shares = rectangles(plot.bars.path()), shown_in(now).shares
    assert len(bars) == np.count_nonzero(shares)
    if not len(bars):
        return
    width = (high - low) / BINS
    areas = (bars[:, 1] - bars[:, 0]) * bars[:, 2]
    assert areas / areas.sum() == pytest.approx(shares[shares > 0] / shares.sum(), rel=1e-6, abs=1e-9)
    centres = (bars[:, 0] + bars[:, 1]) / 2
    assert centres == pytest.approx(low + (np.flatnonzero(shares) + 0.5) * width, abs=1e-6 * (high - low))
    assert (bars[:, 1] - bars[:, 0] <= width * 1.0001).all()
    (_, (bottom, top)) = plot.plot.automatic
    assert bottom == 0
    assert bars[:, 2].max() <= top, "the tallest bar has room"
    plot.deleteLater()


@pytest.mark.usefixtures("qapp")
@settings(max_examples=30)
@given(SHARES)
def test_that_exact_zeros_are_a_bar_of_their_own_beside_the_axis(counts: list[int]) -> None:
    plot, now = ActivationsPlot(), layer(counts)
    plot.draw(now, now)
    bars = rectangles(plot.zero_bar.path())
    ((left, _), (_, top)) = plot.plot.automatic
    if shown_in(now).zeros:
        ((x0, x1, height),) = bars
        assert left <= x0 < x1 <= shown_in(now).low
        assert height == pytest.approx(top * shown_in(now).zeros), "full height is all of them"
    else:
        assert len(bars) == 0
        assert left == shown_in(now).low
    plot.deleteLater()


@pytest.mark.usefixtures("qapp")
@settings(max_examples=30)
@given(SHARES, SHARES)
def test_that_the_outline_keeps_showing_the_start(first: list[int], later: list[int]) -> None:
    plot, start = ActivationsPlot(), layer(first)
    plot.draw(start, start)
    outline = points(plot.start.path())
    plot.draw(layer(later), start)
    assert (points(plot.start.path()) == outline).all()
    heights = outline[1:-1:2, 1]
    shares = shown_in(start).shares
    assert len(heights) == BINS
    assert heights * shares.max() == pytest.approx(shares * heights.max(), abs=1e-9)
    assert outline[0, 0] == 0
    assert outline[-1, 0] == 1
    plot.deleteLater()


def test_that_the_scale_does_not_jump_with_every_record(plot: ActivationsPlot) -> None:
    counts = [0, 1000, *[100] * (BINS - 1), 0, 0]
    start = layer(counts)
    heights = []
    for tallest in (1000, 990, 1005, 980):
        counts[1] = tallest
        plot.draw(layer(counts), start)
        heights.append(rectangles(plot.bars.path())[0, 2])
    assert max(heights) <= plot.plot.automatic[1][1]
    assert np.ptp(heights) < 0.05


def test_that_the_readout_tells_the_share_of_a_bin_and_of_exact_zeros(plot: ActivationsPlot) -> None:
    counts = [0] * (BINS + 3)
    counts[1 + 25], counts[1 + 26], counts[-1] = 30, 20, 50
    plot.draw(layer(counts), layer(counts))
    assert hover(plot.plot, 0.51, 0.1) == "0.500 to 0.520\n30.0\u202f% of activations"
    assert hover(plot.plot, 0.53, 0.1).endswith("20.0\u202f% of activations")
    assert hover(plot.plot, -0.05, 0.1) == "exactly 0: 50.0\u202f%"


@pytest.mark.parametrize("activation", Activation)
def test_that_the_figures_stand_under_every_layer(qtbot: QtBot, board: Dashboard, activation: Activation) -> None:
    counts = [3, *[10] * BINS, 17, 480]
    record = record_of(0, 1.0, 0.5, 0.5, (layer(counts), layer(counts, name="Layer 2")))
    run_log = RunLog()
    board.viewed.show_run(Recipe(Config(activation=activation)), run_log, None)
    run_log.put(record)
    settle(board)
    for plot in board.activations.layers[:2]:
        text = plot.figures.text()
        assert "mean 0.123" in text
        assert "sd 1.50" in text
        assert f"{activation.flat_word} 25.0\u202f%" in text
        assert ("dead 12.5\u202f%" in text) == activation.exact_zeros
        assert "beyond 2.0\u202f%" in text, "the share beyond the edges is never dropped silently"
    assert ("exactly 0" in board.activations.key.text()) == activation.exact_zeros


@pytest.mark.parametrize(("layers", "width"), [(1, 1024), (2, 1024), (10, 1024), (10, 2000), (50, 1024)])
def test_that_any_number_of_layers_has_room(open_window: OpenWindow, qtbot: QtBot, layers: int, width: int) -> None:
    window = open_window(SMALL.replace(hidden=[3] * layers, iterations=4))
    window.resize(width, 700)
    window.train()
    window.wait_until_ended(qtbot)
    window.draw()
    card = window.board.activations
    shown = [plot for plot in card.layers if plot.isVisible()]
    assert [plot.title.text() for plot in shown] == [f"Layer {index + 1}" for index in range(layers)]
    assert len({plot.plot.ranges()[0][1] for plot in shown}) == 1, "all layers share an axis"
    for left, right in pairwise(shown):
        assert rect_in_window(left).right() < rect_in_window(right).left()
        assert right.width() >= right.minimumWidth()
    for plot in shown:
        assert not plot.bars.path().isEmpty() or plot.zero_bar.path().elementCount()
        assert plot.figures.text().startswith(("mean ", "μ "))
        assert plot.view.height() > 60
    assert window.size[0] == width, "the window does not grow with the network"


def test_that_layers_of_a_wider_network_before_do_not_show(board: Dashboard) -> None:
    board.viewed.show_run(Recipe(Config(hidden=(3,) * 5)), RunLog(), None)
    board.finish()
    board.viewed.show_run(Recipe(Config(hidden=(3,) * 2)), RunLog(), None)
    assert [plot.isVisible() for plot in board.activations.layers] == [True, True, False, False, False]
    assert all(plot.lines() == [] for plot in board.activations.layers)
