"""The curves: a line within its band, drawn from as few points as will do, on fitting axes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.pages.dashboard.curve_card import BUCKETS
from gui.pages.dashboard.dashboard import Dashboard
from gui.plots.smoothing import smooth
from model.config.config import Config
from model.config.recipe import Recipe
from model.history.history import LARGEST_VALUE, LEVEL_FACTOR, ThinnedCurve
from model.history.run_log import RunLog
from tests.support.records import record_of
from tests.support.windows import click, filled, points, settle

ANY = st.floats(-float(np.float32(LARGEST_VALUE)), float(np.float32(LARGEST_VALUE)), width=32)


@given(st.lists(st.tuples(ANY, ANY, ANY), max_size=500))
def test_that_the_smoothed_line_stays_in_its_band_for_any_data(rows: list[tuple[float, float, float]]) -> None:
    low, mean, high = np.sort(np.array(rows, np.float32).reshape(-1, 3), axis=1).T
    smoothed = smooth(ThinnedCurve(np.arange(len(rows)) * 1.0, mean, low, high))
    assert len(smoothed.line) == len(smoothed.low) == len(smoothed.high) == len(smoothed.x) == len(rows)
    slack = 1e-6 * float(np.abs(high).max(initial=0) + np.abs(low).max(initial=0))
    assert (smoothed.line >= smoothed.low - slack).all()
    assert (smoothed.line <= smoothed.high + slack).all()
    assert (smoothed.low <= low).all()
    assert (smoothed.high >= high).all()


@given(st.integers(1, 600), st.floats(-1e6, 1e6, width=32))
def test_that_smoothing_leaves_a_level_curve_level(count: int, level: float) -> None:
    values = np.full(count, level, np.float32)
    smoothed = smooth(ThinnedCurve(np.arange(count) * 1.0, values, values, values))
    assert smoothed.line == pytest.approx(values, rel=1e-6)


def test_that_a_short_curve_is_drawn_point_by_point(board: Dashboard) -> None:
    loss = np.linspace(2.3, 0.1, 60)
    filled(board, loss)
    line = points(board.loss.train.line.path())
    assert line[:, 0].tolist() == [10.0 * index for index in range(60)]
    assert line[:, 1] == pytest.approx(loss, rel=1e-6)
    assert points(board.accuracy.train.line.path())[:, 1] == pytest.approx(1 / (1 + loss), rel=1e-6)
    assert set(points(board.accuracy.test.path())[:, 1]) == {0.75}


@pytest.mark.parametrize("records", [500, 20_000])
def test_that_a_long_curve_is_a_line_in_a_band_of_few_points(board: Dashboard, records: int) -> None:
    loss = 1 + np.random.default_rng(0).random(records)
    filled(board, loss)
    line, band = points(board.loss.train.line.path()), points(board.loss.train.band.path())
    assert BUCKETS / LEVEL_FACTOR <= len(line) <= BUCKETS + 2
    low, high = band[: len(line)], band[len(line) : 2 * len(line)][::-1]
    assert (low[:, 0] == line[:, 0]).all()
    assert (low[:, 1] <= line[:, 1]).all()
    assert (line[:, 1] <= high[:, 1]).all()
    assert low[:, 1].min() == pytest.approx(loss.min(), rel=1e-6)
    assert high[:, 1].max() == pytest.approx(loss.max(), rel=1e-6)
    assert np.ptp(line[:, 1]) < np.ptp(loss) / 2, "the line is smoothed"


def test_that_a_single_record_is_seen(board: Dashboard) -> None:
    filled(board, np.array([2.3]), iterations=100)
    assert not board.loss.train.line.path().isEmpty()


def test_that_a_hint_says_what_would_fill_an_empty_plot(board: Dashboard) -> None:
    board.viewed.show_run(Recipe(Config()), RunLog(), None)
    settle(board)
    for card in board.curves:
        assert card.hint.isVisible()
        assert "Train" in card.hint.text()
    filled(board, np.array([2.0, 1.0]))
    assert not any(card.hint.isVisible() for card in board.curves)


def test_that_accuracy_spans_0_to_100_percent_and_all_iterations(board: Dashboard) -> None:
    filled(board, np.array([2.0, 1.0]), iterations=500)
    x, y = board.accuracy.plot.ranges()
    assert x == pytest.approx((0, 500), rel=1e-5)
    assert y == pytest.approx((0, 1), abs=1e-5)
    labels = [label.text() for label in board.accuracy.plot.axes[1].labels if label.isVisible()]
    assert labels == [f"{percent}\u202f%" for percent in (0, 25, 50, 75, 100)]


def test_that_the_loss_axis_starts_at_0_and_grows_but_never_shrinks(board: Dashboard) -> None:
    run_log = filled(board, np.array([2.3, 1.0]), iterations=1000)
    tops = []
    for loss in (2.0, 4.0, 40.0, 1.0):
        run_log.put(record_of(10 * len(run_log.history), loss, 0.5, 0.5))
        settle(board)
        (_, (bottom, top)) = board.loss.plot.ranges()
        assert bottom == 0
        tops.append(top)
    assert tops == sorted(tops)
    assert (tops[0] < 4) == (tops[1] >= 4) == (tops[2] >= 40) is True


def test_that_the_loss_can_be_shown_on_a_logarithmic_axis(board: Dashboard) -> None:
    loss = 10.0 ** -np.linspace(0, 5, 40)
    filled(board, loss)
    assert points(board.loss.train.line.path())[:, 1] == pytest.approx(loss, rel=1e-6)
    click(board.loss.log)
    assert points(board.loss.train.line.path())[:, 1] == pytest.approx(np.log10(loss), abs=1e-6)
    (_, (bottom, top)) = board.loss.plot.ranges()
    assert bottom <= -5
    assert top >= 0
    click(board.loss.log)
    assert points(board.loss.train.line.path())[:, 1] == pytest.approx(loss, rel=1e-6)


@pytest.mark.parametrize("loss", [[0.0, 0.0], [1e30, 1e-30], [1e-12, 1.0]])
def test_that_a_logarithmic_axis_takes_any_loss(board: Dashboard, loss: list[float]) -> None:
    filled(board, np.array(loss))
    board.loss.log.setChecked(True)
    for item in (board.loss.train.line, board.loss.train.band):
        assert np.isfinite(points(item.path())).all()
    assert all(np.isfinite(board.loss.plot.ranges()).ravel())


def test_that_the_newest_figures_stand_beside_the_titles(board: Dashboard) -> None:
    filled(board, np.array([2.0, 0.123456]))
    assert board.loss.value.text() == "0.123"
    assert board.accuracy.test_value.text() == "75.0\u202f%"
    board.viewed.show_run(Recipe(Config()), RunLog(), None)
    assert (board.loss.value.text(), board.accuracy.test_value.text()) == ("", "")
