""" "Over time" as images: every histogram keeps its mass, and holds until the next one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor

from gui.pages.dashboard.dashboard import Dashboard
from gui.plots.rebinning import foot, resampled, shades
from gui.style.theme import LIGHT
from gui.views.over_time.histogram_images import HistogramImages, ImagePlot
from model.config.config import Config
from model.config.recipe import Recipe
from model.history.run_log import RunLog
from model.measurement.histograms import BINS, Histogram
from model.measurement.records import Histograms
from tests.support.records import layer_of, record_of
from tests.support.timed_runs import choose, over_time
from tests.support.windows import (
    hover,
    settle,
)

COUNTS = st.lists(st.integers(0, 100), min_size=2, max_size=60).filter(any)


def histogram(counts: list[int], low: float = 0.0, high: float = 1.0, zeros: int = 0, beyond: int = 0) -> Histogram:
    """Counts below the bins, in them, above them and exactly 0; as many below as above."""
    shares = np.array(counts) / (sum(counts) + zeros + 2 * beyond)
    part = 1 / (sum(counts) + zeros + 2 * beyond)
    return Histogram(low, high, shares, beyond * part, beyond * part, zeros * part)


def images_of(board: Dashboard, pictures: dict[int, Histogram], *, total: int, name: str = "a") -> ImagePlot:
    """Show one hidden layer whose histogram at some iterations is given."""
    run_log = RunLog()
    board.viewed.show_run(Recipe(Config(hidden=(5,), iterations=total)), run_log, None)
    for iteration, each in pictures.items():
        put(run_log, iteration, each)
    view = over_time(board)
    choose(view, name)
    settle(board)
    assert isinstance(view.page, HistogramImages)
    return view.page.layers[0]


def put(run_log: RunLog, iteration: int, each: Histogram) -> None:
    seen = Histograms(z=each, a=each, delta=each, weight_gradient=each, weight=each)
    layer = layer_of(histograms=seen)
    record = record_of(iteration, layers=(layer,), output=layer_of("Output", histograms=seen))
    run_log.put(record)


def pixel(plot: ImagePlot, iteration: float, row: int) -> str:
    """The colour of an image where an iteration and a row of values, from 0 below, lie."""
    image = plot.image.pixmap().toImage()
    (x0, x1), _ = plot.plot.ranges()
    column = int((iteration - x0) / (x1 - x0) * image.width())
    return str(QColor(image.pixel(column, image.height() - 1 - row)).name())


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
    assert hover(plot.plot, 700, -0.06).endswith("exactly 0: 50.0\u202f%")


def test_that_an_image_is_made_anew_only_for_another_picture(board: Dashboard) -> None:
    plot = images_of(board, {0: histogram([1] * BINS), 10: histogram([1] * BINS)}, total=100)
    before = plot.image.pixmap().cacheKey()
    board.run_log.put(record_of(20, layers=(layer_of(),)))
    settle(board)
    assert plot.image.pixmap().cacheKey() == before
    put(board.run_log, 30, histogram([1] * BINS))
    settle(board)
    assert plot.image.pixmap().cacheKey() != before


def test_that_all_layers_share_an_axis_that_holds_every_histogram(board: Dashboard) -> None:
    wide = histogram([1] * BINS, -2, 8)
    plot = images_of(board, {0: histogram([1] * BINS, 0, 4), 10: wide, 20: wide}, total=20)
    _, (low, high) = plot.plot.ranges()
    assert (low, high) == pytest.approx((-2, 8))
    view = over_time(board)
    assert isinstance(view.page, HistogramImages)
    _, scale = view.page.scale.plot.ranges()
    assert scale == pytest.approx((low, high))
    assert hover(plot.plot, 15, 1.1) == "iteration 10\n1.00 to 1.20: 2.0\u202f%"


def test_that_gradients_are_drawn_by_decade_with_the_output(board: Dashboard) -> None:
    plot = images_of(board, {0: histogram([1] * 16, -6, -4), 10: histogram([1] * 16, -5, -3)}, total=10, name="delta")
    view = over_time(board)
    assert isinstance(view.page, HistogramImages)
    assert [each.title.text() for each in view.page.layers if each.isVisible()] == ["Layer 1", "Output"]
    assert plot.plot.ranges()[1] == pytest.approx((-6, -3))
    labels = [each.text() for each in view.page.scale.plot.axes[1].labels if each.isVisible()]
    assert "10⁻⁵" in labels or "10⁻⁴" in labels
    assert "10⁻³ to" not in hover(plot.plot, 5, -5.99)
    assert hover(plot.plot, 5, -5.99).startswith("iteration 0\nup to 1.15·10⁻⁶")
