"""The tab "Over time": lines that end at their names, images that keep every histogram's mass."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.dashboard import Dashboard
from gui.rebinning import foot, resampled, shades
from gui.theme import LIGHT
from gui.thinning import COLUMNS, Lines, apart, columns
from gui.time_images import ImagePlot, ImagesOverTime
from gui.time_lines import LABEL_HEIGHT
from gui.time_view import WAYS, TimeView
from gui.training import Mailbox
from model.config import Config
from model.datasets import Dataset
from model.histograms import BINS, Histogram
from model.records import Histograms
from model.request import View
from tests.gui_support import (
    SMALL,
    OpenWindow,
    click,
    dashboard_of,
    drawn,
    ended,
    headless,
    hover,
    place_of,
    points,
    settle,
)
from tests.records import layer_of, record_of

Values = list[tuple[float, ...]]
FLOATS = st.floats(-1e3, 1e3)
COUNTS = st.lists(st.integers(0, 100), min_size=2, max_size=60).filter(any)


def over_time(board: Dashboard) -> TimeView:
    """The tab, looked at."""
    board.detail.choose(View.TIMELINE)
    view = board.detail.view
    assert isinstance(view, TimeView)
    return view


def choose(view: TimeView, name: str) -> None:
    click(view.buttons[name])


def lines_of(board: Dashboard, deltas: Values, iterations: list[int] | None = None) -> TimeView:
    """Show a run whose δ of every hidden layer and of the output is given at each moment."""
    at = iterations or [10 * index for index in range(len(deltas))]
    mailbox = Mailbox()
    board.show_run(Config(hidden=(5,) * (len(deltas[0]) - 1), iterations=at[-1] or 1), None, mailbox)
    for iteration, values in zip(at, deltas, strict=True):
        layers = [layer_of(f"Layer {k}", delta_rms=value, update_ratio=value / 7) for k, value in enumerate(values, 1)]
        record = record_of(iteration, layers=tuple(layers[:-1]), output=layers[-1])
        mailbox.put(record)
        mailbox.show(record)
    view = over_time(board)
    settle(board)
    return view


def histogram(counts: list[int], low: float = 0.0, high: float = 1.0, zeros: int = 0, beyond: int = 0) -> Histogram:
    """Counts below the bins, in them, above them and exactly 0; as many below as above."""
    shares = np.array(counts) / (sum(counts) + zeros + 2 * beyond)
    part = 1 / (sum(counts) + zeros + 2 * beyond)
    return Histogram(low, high, shares, beyond * part, beyond * part, zeros * part)


def images_of(board: Dashboard, pictures: dict[int, Histogram], *, total: int, name: str = "a") -> ImagePlot:
    """Show one hidden layer whose histogram at some iterations is given."""
    mailbox = Mailbox()
    board.show_run(Config(hidden=(5,), iterations=total), None, mailbox)
    for iteration, each in pictures.items():
        put(mailbox, iteration, each)
    view = over_time(board)
    choose(view, name)
    settle(board)
    assert isinstance(view.page, ImagesOverTime)
    return view.page.layers[0]


def put(mailbox: Mailbox, iteration: int, each: Histogram) -> None:
    seen = Histograms(z=each, a=each, delta=each, weight_gradient=each, weight=each)
    layer = layer_of(histograms=seen)
    record = record_of(iteration, layers=(layer,), output=layer_of("Output", histograms=seen))
    mailbox.put(record)


def pixel(plot: ImagePlot, iteration: float, row: int) -> str:
    """The colour of an image where an iteration and a row of values, from 0 below, lie."""
    image = plot.image.pixmap().toImage()
    (x0, x1), _ = plot.plot.ranges()
    column = int((iteration - x0) / (x1 - x0) * image.width())
    return str(QColor(image.pixel(column, image.height() - 1 - row)).name())


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
    assert set(points(view.lines.lines[0].path())[:, 1].round(9)) == {round(np.log10(1e-3 / 7), 9)}
    assert "weights" in view.key.text()
    choose(view, "weight_gradient_rms")
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
    assert [label.brush().color().name() for label in lines.labels[:3]] == [color.name() for color in colors]
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
    alphas = [line.pen().color().alphaF() for line in lines.lines]
    assert alphas[hidden] == 1
    assert max(alphas[:hidden] + alphas[hidden + 1 :]) < 0.5
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
    board.show_run(Config(), None, Mailbox())
    view = over_time(board)
    settle(board)
    assert view.lines.hint.isVisible()
    assert "Train" in view.lines.hint.text()
    lines_of(board, [(1e-3, 1e-2)])
    assert not view.lines.hint.isVisible()


@given(COUNTS, st.floats(-5, 5), st.floats(0.1, 5), st.integers(0, 9), st.floats(-5, 5), st.floats(0.1, 10))
def test_that_other_bins_keep_all_that_was_counted(
    counts: list[int], low: float, width: float, beyond: int, first: float, span: float
) -> None:
    each = histogram(counts, low, low + width, zeros=3, beyond=beyond)
    shares = resampled(each, np.linspace(first, first + span, BINS + 1))
    assert shares.min() >= 0
    assert shares.sum() == pytest.approx(1 - each.zeros)


@given(COUNTS)
def test_that_the_same_bins_hold_the_same_shares(counts: list[int]) -> None:
    each = histogram(counts)
    assert resampled(each, np.linspace(0, 1, len(counts) + 1)) == pytest.approx(each.shares, abs=1e-12)


def test_that_the_axis_may_leave_out_the_rarest_small_values() -> None:
    assert foot(histogram([1, 0, 0, 0, 999])) == pytest.approx(0.8)
    assert foot(histogram([100, 0, 0, 0, 900])) == 0


def test_that_colours_lead_from_the_card_to_the_layer() -> None:
    made = [QColor(each).name() for each in shades(QColor("#ffffff"), QColor("#204060"))]
    assert (made[0], made[255]) == ("#ffffff", "#204060")
    assert QColor(made[128]).red() == pytest.approx((255 + 0x20) / 2, abs=1)


def test_that_an_image_shows_each_histogram_until_the_next_one(board: Dashboard) -> None:
    low, high = [0] * BINS, [0] * BINS
    low[3], high[40] = 1, 1
    plot = images_of(board, {0: histogram(low), 500: histogram(high), 1000: histogram(low)}, total=1000)
    color, card = LIGHT.layer_colors(1)[0].name(), QColor(LIGHT.card).name()
    for iteration in (10, 250, 490):
        assert (pixel(plot, iteration, 3), pixel(plot, iteration, 40)) == (color, card)
    for iteration in (510, 750, 990):
        assert (pixel(plot, iteration, 3), pixel(plot, iteration, 40)) == (card, color)


def test_that_nothing_is_drawn_where_the_run_has_not_been(board: Dashboard) -> None:
    plot = images_of(board, {0: histogram([1] * BINS), 300: histogram([1] * BINS)}, total=1000)
    card = QColor(LIGHT.card).name()
    assert pixel(plot, 290, 20) != card
    assert all(pixel(plot, iteration, 20) == card for iteration in (320, 600, 990))


def test_that_exact_zeros_have_a_strip_of_their_own(board: Dashboard) -> None:
    counts = [1] * BINS
    plot = images_of(
        board, {0: histogram(counts), 500: histogram(counts, zeros=BINS), 1000: histogram(counts)}, total=1000
    )
    strip = plot.zero_strip.pixmap().toImage()
    levels = shades(QColor(LIGHT.card), LIGHT.layer_colors(1)[0])
    assert strip.pixel(strip.width() // 4, 0) == levels[0]
    assert strip.pixel(3 * strip.width() // 4, 0) == levels[128]
    assert plot.zero_strip.sceneBoundingRect().top() >= plot.image.sceneBoundingRect().bottom() - 0.5
    assert "strip: exactly 0" in over_time(board).key.text()
    assert hover(plot.plot, 700, -0.06).endswith("exactly 0: 50.0\u2009%")


def test_that_an_image_is_made_anew_only_for_another_picture(board: Dashboard) -> None:
    plot = images_of(board, {0: histogram([1] * BINS), 10: histogram([1] * BINS)}, total=100)
    before = plot.image.pixmap().cacheKey()
    board.mailbox.put(record_of(20, layers=(layer_of(),)))
    settle(board)
    assert plot.image.pixmap().cacheKey() == before
    put(board.mailbox, 30, histogram([1] * BINS))
    settle(board)
    assert plot.image.pixmap().cacheKey() != before


def test_that_all_layers_share_an_axis_that_holds_every_histogram(board: Dashboard) -> None:
    wide = histogram([1] * BINS, -2, 8)
    plot = images_of(board, {0: histogram([1] * BINS, 0, 4), 10: wide, 20: wide}, total=20)
    _, (low, high) = plot.plot.ranges()
    assert (low, high) == pytest.approx((-2, 8))
    view = over_time(board)
    assert isinstance(view.page, ImagesOverTime)
    _, scale = view.page.scale.plot.ranges()
    assert scale == pytest.approx((low, high))
    assert hover(plot.plot, 15, 1.1) == "iteration 10\n1.00 to 1.20: 2.0\u2009%"


def test_that_gradients_are_drawn_by_decade_with_the_output(board: Dashboard) -> None:
    plot = images_of(board, {0: histogram([1] * 16, -6, -4), 10: histogram([1] * 16, -5, -3)}, total=10, name="delta")
    view = over_time(board)
    assert isinstance(view.page, ImagesOverTime)
    assert [each.title.text() for each in view.page.layers if each.isVisible()] == ["Layer 1", "Output"]
    assert plot.plot.ranges()[1] == pytest.approx((-6, -3))
    labels = [each.text() for each in view.page.scale.plot.axes[1].labels if each.isVisible()]
    assert "10⁻⁵" in labels or "10⁻⁴" in labels
    assert "10⁻³ to" not in hover(plot.plot, 5, -5.99)
    assert hover(plot.plot, 5, -5.99).startswith("iteration 0\nup to 1.15·10⁻⁶")


@pytest.mark.parametrize(("layers", "width"), [(0, 1024), (1, 1024), (10, 1024), (10, 1600), (50, 1024)])
def test_that_any_number_of_layers_has_room(open_window: OpenWindow, qtbot: QtBot, layers: int, width: int) -> None:
    window = open_window(SMALL.replace(hidden=[3] * layers, iterations=4))
    window.resize(width, 700)
    window.train_or_pause()
    ended(window, qtbot)
    view = over_time(dashboard_of(window))
    for way in WAYS:
        choose(view, way.name)
        drawn(window)
        if way.as_lines:
            lines = view.lines.lines[: layers + 1]
            assert all(index in view.lines.ended or not line.path().isEmpty() for index, line in enumerate(lines))
            continue
        assert isinstance(view.page, ImagesOverTime)
        shown = [plot for plot in view.page.layers if plot.isVisible()]
        assert len(shown) == layers + (way.name != "a")
        assert view.page.hint.isVisible() == (not shown)
        for plot in shown:
            assert not plot.image.pixmap().isNull()
            assert plot.view.height() > 40
        for left, right in pairwise(shown):
            assert left.geometry().right() < right.geometry().left()
    assert window.width() == width


def test_that_both_themes_and_another_run_are_taken(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(SMALL.replace(iterations=4))
    window.train_or_pause()
    ended(window, qtbot)
    view = over_time(dashboard_of(window))
    choose(view, "a")
    drawn(window)
    assert isinstance(view.page, ImagesOverTime)
    plot = view.page.layers[0]
    light = plot.image.pixmap().toImage().pixel(0, 0)
    window.choose_theme("dark")
    drawn(window)
    assert plot.image.pixmap().toImage().pixel(0, 0) != light
    window.reset()
    qtbot.waitUntil(lambda: window.session.ready)
    drawn(window)
    assert plot.image.pixmap().isNull()
