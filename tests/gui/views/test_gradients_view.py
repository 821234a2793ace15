"""The gradients: all layers on one axis of whole decades that only grows, nothing beyond it dropped silently."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import ceil, floor, log10

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.pages.dashboard.dashboard import Dashboard
from gui.plots.ticks import decade_ticks, round_ticks
from gui.views.gradient_scale import LEFT_OUT, GradientScale
from gui.views.gradients_view import GRADIENTS, GradientsView
from gui.views.moment import Moment
from model.base.number_format import THIN, count, decade, significant
from model.config.config import Config
from model.config.recipe import Recipe
from model.config.views import ViewKind
from model.data.datasets import Dataset
from model.history.run_log import RunLog
from model.measurement.histograms import Binner, Histogram, sample
from model.measurement.records import Histograms, LayerRecord, Record
from tests.support.records import layer_of, record_of
from tests.support.window_page import OpenWindow
from tests.support.windows import SMALL, click, headless, hover, open_view, points

BINNER = Binner(100_000, np.dtype(np.float32).type)


def decades(values: Sequence[float] | np.ndarray) -> Histogram:
    """A histogram as a run makes it."""
    return BINNER.decades(np.array(values, np.float32))


def layer(
    delta: Sequence[float] | np.ndarray, weight: Sequence[float] | np.ndarray = (1e-2,), **more: float
) -> LayerRecord:
    """A layer with these gradients."""
    rms = float(np.sqrt(np.mean(np.square(np.array(delta, np.float64)))))
    histograms = Histograms(delta=decades(delta), weight_gradient=decades(weight))
    return layer_of("Layer", **{"delta_rms": rms, **more}, histograms=histograms)


def number(text: str) -> float:
    """What a number on the screen says."""
    return float(text.replace("·10", "e").replace(THIN, "").translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")))


def moment_of(*layers: LayerRecord, start: Record | None = None) -> Moment:
    """A moment of a network whose last layer is the output."""
    record = replace(record_of(5, layers=layers[:-1]), output=layers[-1])
    return Moment(record, record, start or record, live=True)


def shown(board: Dashboard, moment: Moment) -> GradientsView:
    """The tab, at that moment."""
    view = open_view(board, ViewKind.GRADIENTS)
    assert isinstance(view, GradientsView)
    for index in range(view.plots):
        view.draw_plot(index, moment)
    view.update_text(moment)
    return view


def opened(board: Dashboard, hidden: tuple[int, ...] = (3, 3)) -> Dashboard:
    """The board with a run of so many layers."""
    board.viewed.show_run(Recipe(Config(hidden=hidden)), RunLog(), None)
    return board


def test_that_every_layer_and_the_output_lie_on_one_axis_of_whole_decades(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(SMALL)
    board = window.board
    open_view(board, ViewKind.GRADIENTS)
    window.train()
    window.wait_until_ended(qtbot)
    window.draw()
    view = board.detail.view
    assert isinstance(view, GradientsView)
    plots = view.layers[: view.shown]
    assert [plot.title.text() for plot in plots] == ["Layer 1", "Layer 2", "Output"]
    assert len({plot.plot.automatic for plot in plots}) == 1
    low, high = plots[0].plot.axes[0].least, plots[0].plot.automatic[0][1]
    assert low == round(low) < high == round(high)
    for plot in plots:
        assert plot.bars.path().elementCount()
        assert plot.start.path().elementCount()
        ticks = plot.plot.axes[0].ticks()
        assert all(text == decade(round(place)) for place, text in ticks)
        assert len(ticks) >= 2


@settings(max_examples=100)
@given(st.lists(st.lists(st.floats(-37, 30), min_size=1, max_size=300), min_size=1, max_size=4))
def test_that_the_axis_hides_next_to_nothing_of_any_layer(layers: list[list[float]]) -> None:
    scale = GradientScale()
    histograms = [decades(10.0 ** np.array(logs)) for logs in layers]
    scale.cover(histograms)
    for logs, each in zip(layers, histograms, strict=True):
        hidden = np.mean(np.array(logs) < scale.low - 0.01)
        assert hidden <= LEFT_OUT
        trimmed = scale.trim(each)
        assert trimmed.below == pytest.approx(hidden, abs=1 / len(logs) + 1e-9)
        assert trimmed.below + trimmed.shares.sum() == pytest.approx(1)
        assert trimmed.low >= scale.low - 1e-9
        assert max(logs) <= scale.high + 0.01
    longest = max(max(logs) for logs in layers)
    assert scale.high <= ceil(longest) + 1, "and it is no longer than it must be"
    assert scale.low >= floor(min(min(logs) for logs in layers)) - 1


def test_that_the_axis_only_grows(board: Dashboard) -> None:
    opened(board)
    start = moment_of(layer([1e-5]), layer([2e-4]), layer([3e-3]))
    ranges = []
    for size in (1e-3, 1e-8, 1e-2, 1e-4):
        view = shown(board, moment_of(layer([size]), layer([1e-4]), layer([1e-3]), start=start.pictures))
        ranges.append(view.layers[0].plot.automatic[0])
    assert all(new[0] <= old[0] and new[1] >= old[1] for old, new in pairwise(ranges))
    assert ranges[1][0] <= -8
    assert ranges[-1] == ranges[-2], "what was seen once keeps its place"
    board.viewed.show_run(Recipe(Config(hidden=(3, 3))), RunLog(), None)
    view = shown(board, start)
    assert view.layers[0].plot.automatic[0][0] >= -6, "but another run starts anew"


def test_that_each_bar_stands_where_its_gradients_are(board: Dashboard) -> None:
    opened(board).resize(1600, 900)
    values = np.repeat([2e-6, 5e-4, 3e-3], [20, 50, 30])
    plot = shown(board, moment_of(layer(values), layer(values), layer(values))).layers[0]
    path = plot.bars.path()
    boxes = [polygon.boundingRect() for polygon in path.toSubpathPolygons()]
    tall = [box for box in boxes if box.height() > 0]
    assert [box.height() for box in tall] == pytest.approx([0.4, 1.0, 0.6])
    for box, value in zip(tall, (2e-6, 5e-4, 3e-3), strict=True):
        assert box.left() - 0.1 <= log10(value) <= box.right() + 0.1


def test_that_the_dashed_line_stands_at_the_rms(board: Dashboard) -> None:
    opened(board)
    view = shown(board, moment_of(layer([1e-3, 1e-5]), layer([0.0, 0.0]), layer([1e-2])))
    line = points(view.layers[0].mark_rms.path())
    assert line[:, 0] == pytest.approx(log10(np.sqrt((1e-6 + 1e-10) / 2)))
    assert f"RMS {significant(np.sqrt((1e-6 + 1e-10) / 2))}" in view.layers[0].figures.toolTip()
    assert not len(points(view.layers[1].mark_rms.path())), "there is no logarithm of 0"
    assert "RMS 0" in view.layers[1].figures.toolTip().splitlines()


def test_that_exact_zeros_have_a_bar_of_their_own(board: Dashboard) -> None:
    opened(board)
    view = shown(board, moment_of(layer([0.0, 0.0, 0.0, 1e-4]), layer([1e-4]), layer([1e-3])))
    first, second = view.layers[:2]
    bar = first.zero_bar.path().boundingRect()
    assert bar.height() == pytest.approx(0.75 * first.plot.automatic[1][1])
    assert bar.right() < first.plot.axes[0].least
    assert f"zero 75.0{THIN}%" in first.figures.toolTip()
    assert second.zero_bar.path().isEmpty()
    assert first.plot.automatic == second.plot.automatic, "there is room for it in every layer, or axes would differ"
    assert "pale: exactly 0" in view.key.text()


def test_that_a_network_whose_gradient_is_all_zeros_is_drawn(board: Dashboard) -> None:
    opened(board)
    view = shown(board, moment_of(*[layer([0.0] * 50, [0.0])] * 3))
    assert view.layers[0].zero_bar.path().boundingRect().height() > 1
    assert f"zero 100.0{THIN}%" in view.layers[0].figures.toolTip()


def test_that_the_share_below_the_axis_is_told(board: Dashboard) -> None:
    opened(board)
    values = np.concatenate((np.full(995, 1e-3), np.full(5, 1e-9)))
    view = shown(board, moment_of(layer(values), layer(values), layer([1e-3])))
    low = round(view.layers[0].plot.axes[0].least)
    assert low > -9
    assert f"<{decade(low)} 0.5{THIN}%" in view.layers[0].figures.toolTip()
    assert f"<{decade(low)} 0.0{THIN}%" in view.layers[2].figures.toolTip(), "all layers have the same figures"


def test_that_subnormal_gradients_are_told(board: Dashboard) -> None:
    opened(board)
    values = np.concatenate((np.full(50, 1e-42), np.full(50, 1e-3)))
    view = shown(board, moment_of(layer(values), layer([1e-3]), layer([1e-3])))
    assert f"<{decade(-40)} 50.0{THIN}%" in view.layers[0].figures.toolTip()


def test_that_a_switch_turns_from_delta_to_the_weights_gradient(board: Dashboard) -> None:
    opened(board)
    moment = moment_of(*[layer([1e-6], [1e-2], weight_gradient_rms=0.0125)] * 3)
    view = shown(board, moment)
    plot = view.layers[0]
    before = points(plot.bars.path())[:, 0].mean()
    delta, weight = GRADIENTS
    assert view.buttons[delta].isChecked()
    assert "δ" in view.key.text()
    assert "sample" not in view.key.text()
    click(view.buttons[weight])
    assert not view.buttons[delta].isChecked()
    assert points(plot.bars.path())[:, 0].mean() > before + 3
    assert "RMS 0.0125" in plot.figures.toolTip()
    assert "∂L/∂W" in view.key.text()
    assert "large layers: a fixed sample" in view.key.text()
    least = next(size for size in range(1000, 100_000) if len(sample(np.zeros((size, 1)))) < size)
    assert f"Layers of {count(least)} weights or more show a fixed sample" in view.buttons[weight].toolTip()
    click(view.buttons[delta])
    assert points(plot.bars.path())[:, 0].mean() == pytest.approx(before)


def test_that_every_button_says_what_it_means(board: Dashboard) -> None:
    view = shown(opened(board), moment_of(*[layer([1e-6])] * 3))
    for gradient, button in view.buttons.items():
        assert button.text() == gradient.symbol
        assert "gradient" in button.toolTip()
        assert button.accessibleName()


def test_that_the_readout_names_the_bin_in_plain_numbers(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(SMALL)
    board = window.board
    open_view(board, ViewKind.GRADIENTS)
    window.train()
    window.wait_until_ended(qtbot)
    window.draw()
    view = board.detail.view
    assert isinstance(view, GradientsView)
    plot = view.layers[0]
    place = log10(plot.rms(plot.now)) if plot.now else 0.0
    text = hover(plot.plot, place, 0.5)
    low, high = map(number, text.splitlines()[0].split(" to "))
    assert low <= 10**place * 1.02
    assert high >= 10**place * 0.98
    assert text.endswith("of values of δ")


def test_that_going_back_says_which_iteration_the_histograms_are_of(
    open_window: OpenWindow, qtbot: QtBot, tiny: Dataset
) -> None:
    config = SMALL.replace(iterations=260, record_every=1)
    window = open_window(config)
    board = window.board
    open_view(board, ViewKind.GRADIENTS)
    window.train()
    window.wait_until_ended(qtbot)
    without = next(
        record.iteration for record in headless(config, tiny) if record.iteration > 150 and not record.pictured
    )
    board.go_to(without)
    window.draw()
    assert board.moment is not None
    when: QLabel = board.detail.view.when  # type: ignore[attr-defined]
    assert when.text() == f"of iteration {board.moment.pictures.iteration}"
    assert board.moment.pictures.iteration < without
    board.go_to(None)
    window.draw()
    assert when.text() == ""


@pytest.mark.usefixtures("qapp")
@settings(max_examples=200)
@given(st.integers(-40, 0), st.integers(1, 40), st.integers(30, 1500))
def test_that_labels_of_decades_never_touch(low: int, span: int, width: int) -> None:
    ticks = decade_ticks(low, low + span, width / span)
    assert all(low <= place <= low + span and place == round(place) for place, _ in ticks)
    assert [text for _, text in ticks] == [decade(round(place)) for place, _ in ticks]
    assert all((right - left) * width / span >= 12 for (left, _), (right, _) in pairwise(ticks))
    if width >= 80:
        assert len(ticks) >= 2


@pytest.mark.usefixtures("qapp")
@settings(max_examples=200)
@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6), st.integers(120, 1500))
def test_that_round_ticks_say_where_they_stand(low: float, span: float, width: int) -> None:
    assume(span > 1e-9 * abs(low))  # closer than that, numbers themselves are too coarse
    ticks = round_ticks(low, low + span, width / span)
    assert all(low - 1e-6 * span <= place <= low + span * (1 + 1e-6) for place, _ in ticks)
    assert all(right > left for (left, _), (right, _) in pairwise(ticks))
    assert len({text for _, text in ticks}) == len(ticks)
    for place, text in ticks:
        assert number(text) == pytest.approx(place, abs=0.01 * span + 1e-9 * abs(place))
