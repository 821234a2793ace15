"""What the page of repeats draws: means in bands, single seeds, dots, pairs, the interval, figures, and the readout."""

from collections.abc import Mapping

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.pages.repeats.accuracy_strip import DIFFERENCE, AccuracyStrip
from gui.pages.repeats.figures_table import INTERVAL, WINS, FiguresTable
from gui.pages.repeats.seed_curves import AccuracyOfSeeds, LossOfSeeds, SeedCurves
from gui.pages.repeats.side_styles import Pointed
from gui.style.theme import DARK, LIGHT
from model.config.config import Config
from model.diagnosis.verdict import Condition
from model.sweeps.repeats import SeedResults
from tests.support.repeat_results import result_of, sample_of
from tests.support.windows import hover, points

ONE = {4: (0.1, 0.5, 0.75), 5: (0.2, 0.25, 0.5), 6: (0.0, 0.75, 1.0)}
OTHER = {4: (0.3, 0.75, 0.8)}


def curves_of(name: str, curves: Mapping[int, tuple[float, ...]]) -> SeedResults:
    return SeedResults(
        name, {seed: result_of(Config(seed=seed), curve[-1], curve=curve) for seed, curve in curves.items()}
    )


@pytest.fixture
def accuracy(qtbot: QtBot) -> AccuracyOfSeeds:
    """Curves of three seeds and of one."""
    made = AccuracyOfSeeds()
    qtbot.addWidget(made)
    made.apply_theme(LIGHT)
    made.resize(500, 300)
    made.show()
    qtbot.waitExposed(made)
    made.show_samples([curves_of("He", ONE), curves_of("Xavier", OTHER)], 20)
    return made


@pytest.fixture
def strip(qtbot: QtBot) -> AccuracyStrip:
    made = AccuracyStrip()
    qtbot.addWidget(made)
    made.apply_theme(LIGHT)
    made.resize(500, 260)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def table(qtbot: QtBot) -> FiguresTable:
    made = FiguresTable()
    qtbot.addWidget(made)
    made.apply_theme(LIGHT)
    made.show()
    return made


def edges(curves: SeedCurves, side: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """The lower and the upper edge of a side's band."""
    path = points(curves.sides[side].band.path())
    half = len(path) // 2
    return path[:half, 1], path[half : 2 * half][::-1, 1]


def middles(path: QPainterPath) -> list[float]:
    """Where the dots of a path lie, from left to right."""
    return sorted(polygon.boundingRect().center().x() for polygon in path.toSubpathPolygons())


def test_that_the_mean_of_the_seeds_lies_in_a_band_from_least_to_most(accuracy: AccuracyOfSeeds) -> None:
    mean = points(accuracy.sides[0].mean.path())
    assert mean[:, 0].tolist() == [0, 10, 20]
    assert mean[:, 1] == pytest.approx([0.1, 0.5, 0.75])
    low, high = edges(accuracy)
    assert low == pytest.approx([0, 0.25, 0.5])
    assert high == pytest.approx([0.2, 0.75, 1])


def test_that_the_band_can_be_one_standard_deviation_either_way(accuracy: AccuracyOfSeeds) -> None:
    accuracy.show_band(std=True, seeds=True)
    low, high = edges(accuracy)
    std = np.std(list(ONE.values()), axis=0, ddof=1)
    assert low == pytest.approx(np.array([0.1, 0.5, 0.75]) - std)
    assert high == pytest.approx(np.array([0.1, 0.5, 0.75]) + std)
    assert accuracy.sides[1].band.path().isEmpty(), "one seed has no standard deviation"


def test_that_each_seed_is_a_line_that_can_be_left_out(accuracy: AccuracyOfSeeds) -> None:
    seeds = accuracy.sides[0].seeds
    lines = [polygon.toList()[:3] for polygon in seeds.path().toSubpathPolygons()]
    assert sorted(tuple(round(point.y(), 6) for point in line) for line in lines) == sorted(ONE.values())
    accuracy.show_band(std=False, seeds=False)
    assert not seeds.isVisible()
    assert accuracy.sides[0].mean.isVisible()


def test_that_accuracy_spans_0_to_100_percent_and_all_iterations(accuracy: AccuracyOfSeeds) -> None:
    x, y = accuracy.plot.ranges()
    assert x == pytest.approx((0, 20), rel=1e-5)
    assert y == pytest.approx((0, 1), abs=1e-5)


def test_that_both_sides_differ_in_colour_and_dashes(accuracy: AccuracyOfSeeds) -> None:
    for theme in (LIGHT, DARK):
        accuracy.apply_theme(theme)
        first, second = (side.mean.pen() for side in accuracy.sides)
        assert first.color() != second.color()
        assert first.style() != second.style()


def test_that_hover_names_the_seed_of_the_nearest_curve(accuracy: AccuracyOfSeeds) -> None:
    told: list[Pointed | None] = []
    accuracy.run_pointed.connect(told.append)
    text = hover(accuracy.plot, 11, 0.28).replace("\u202f", " ").splitlines()
    assert text == ["iteration 10", "He", "seed 5: 25.0 %", "mean 50.0 %"]
    text = hover(accuracy.plot, 1, 0.29).replace("\u202f", " ").splitlines()
    assert text[1:3] == ["Xavier", "seed 4: 30.0 %"]
    assert told == [Pointed(0, 5), Pointed(1, 4)]
    accuracy.view.left.emit()
    assert told[-1] is None


def test_that_a_marked_run_is_drawn_over_all_others_until_another_is(accuracy: AccuracyOfSeeds) -> None:
    accuracy.mark(Pointed(0, 6))
    assert points(accuracy.marked.path())[:, 1].tolist() == [0, 0.75, 1]
    accuracy.show_samples([curves_of("He", ONE)], 20)
    assert not accuracy.marked.path().isEmpty()
    for gone in (Pointed(1, 4), Pointed(0, 99), None):
        accuracy.mark(gone)
        assert accuracy.marked.path().isEmpty()


def test_that_an_empty_plot_reads_nothing(accuracy: AccuracyOfSeeds) -> None:
    accuracy.show_samples([SeedResults("He", {})], 20)
    assert hover(accuracy.plot, 10, 0.5) == ""
    for item in (accuracy.sides[0].mean, accuracy.sides[0].band, accuracy.sides[1].mean):
        assert item.path().isEmpty()


def test_that_the_loss_axis_holds_every_band_but_not_what_diverged(qtbot: QtBot) -> None:
    loss = LossOfSeeds()
    qtbot.addWidget(loss)
    fine = {0: result_of(Config(), curve=(-1.3, 0.5)), 1: result_of(Config(seed=1), curve=(0.0, 0.5))}
    loss.show_samples([SeedResults("He", fine)], 10)
    assert loss.plot.ranges()[1] == pytest.approx((0, 2.5))
    fine[2] = result_of(Config(seed=2), None, Condition.DIVERGED, curve=(0.1, -1e8))
    loss.show_samples([SeedResults("He", fine)], 10)
    assert loss.plot.ranges()[1] == pytest.approx((0, 2.5))
    assert points(loss.sides[0].seeds.path())[:, 1].max() == pytest.approx(1e8, rel=1e-6)
    assert loss.subtitle.text() == "1 seed goes beyond the axis"
    every, spread = (make() for make in loss.tables().values())
    assert np.nanmax([float(str(row[-1])) for row in every.rows]) == pytest.approx(1e8)
    assert {row[2] for row in every.rows} == set(fine)
    assert tuple(spread.columns[-4:]) == ("loss_mean", "loss_lowest", "loss_highest", "loss_std")


def test_that_each_seed_is_a_dot_and_the_mean_a_tick(strip: AccuracyStrip) -> None:
    strip.show_samples([sample_of("He", {0: 0.9, 1: 0.92, 2: 0.96})])
    dots, mean = middles(strip.dots[0].path()), strip.means[0].path().boundingRect().center().x()
    assert len(dots) == 3
    assert (dots[1] - dots[0]) / (dots[2] - dots[0]) == pytest.approx(1 / 3, abs=0.01)
    assert (mean - dots[0]) / (dots[2] - dots[0]) == pytest.approx((0.92667 - 0.9) / 0.06, abs=0.01)
    assert strip.dots[1].path().isEmpty()
    assert strip.gaps.path().isEmpty()
    assert strip.names[-1].text == ""


def test_that_pairs_are_tied_and_their_differences_drawn_with_zero_and_interval(strip: AccuracyStrip) -> None:
    first = sample_of("A", {0: 0.9, 1: 0.92, 2: 0.9, 7: 0.5})
    strip.show_samples([first, sample_of("B", {0: 0.91, 1: 0.95, 2: 0.9, 8: 0.6})])
    assert len(strip.ties.path().toSubpathPolygons()) == 3
    gaps, zero = middles(strip.gaps.path()), strip.zero.path().boundingRect().center().x()
    assert len(gaps) == 3
    assert gaps[0] == pytest.approx(zero, abs=0.5)
    assert (gaps[1] - zero) / (gaps[2] - zero) == pytest.approx(1 / 3, abs=0.01)
    interval = strip.interval.path().boundingRect()
    assert interval.left() < zero < interval.right()
    assert interval.center().x() == pytest.approx(sum(gaps) / 3, abs=0.5)
    assert strip.names[-1].text == DIFFERENCE


def test_that_two_pairs_have_a_mean_difference_but_no_whiskers(strip: AccuracyStrip) -> None:
    strip.show_samples([sample_of("A", {0: 0.9, 1: 0.92}), sample_of("B", {0: 0.91, 1: 0.95})])
    gaps, mean = middles(strip.gaps.path()), strip.interval.path().boundingRect()
    assert len(gaps) == 2
    assert mean.width() == 0
    assert mean.center().x() == pytest.approx(sum(gaps) / 2, abs=0.5)


@pytest.mark.parametrize("size", [(220, 128), (360, 150), (900, 400)])
def test_that_everything_stays_in_the_picture(strip: AccuracyStrip, size: tuple[int, int]) -> None:
    strip.show_samples([sample_of("A", {0: 0.1, 1: 0.92}), sample_of("B", {0: 0.91, 1: 0.95})])
    strip.resize(*size)
    QApplication.processEvents()
    drawn = QRectF()
    for item in strip.scene().items():
        drawn |= item.sceneBoundingRect() if item.isVisible() else QRectF()
    assert drawn.left() >= 0
    assert drawn.right() <= strip.viewport().width()
    assert drawn.bottom() <= strip.viewport().height() + 1


@pytest.mark.parametrize(
    "accuracies", [{}, {0: None}, {0: 0.5}, {0: 0.5, 1: 0.5}, {0: 0.0, 1: 1.0}, dict.fromkeys(range(100), 0.5)]
)
def test_that_any_results_can_be_drawn(strip: AccuracyStrip, accuracies: dict[int, float | None]) -> None:
    strip.show_samples([sample_of("A", accuracies), sample_of("B", {0: 0.5})])
    strip.show_samples([sample_of("A", accuracies), sample_of("B", {})])
    strip.show_samples([sample_of("A", accuracies)])
    assert len(middles(strip.dots[0].path())) == sum(value is not None for value in accuracies.values())


def test_that_a_dot_says_its_seed_and_its_pair(strip: AccuracyStrip) -> None:
    strip.show_samples([sample_of("A", {3: 0.9, 4: 0.95}), sample_of("B", {3: 0.91, 4: 0.93})])
    told: list[Pointed | None] = []
    strip.run_pointed.connect(told.append)
    for spot in (strip.places[Pointed(1, 3)], strip.pairs[3]):
        text = strip.read_at(spot + QPointF(1, 1)).replace("\u202f", " ")
        assert text.splitlines() == ["seed 3", "A: 90.00 %", "B: 91.00 %", f"{DIFFERENCE}: +1.00 points"]
    assert strip.read_at(QPointF(-50, -50)) == ""
    assert told == [Pointed(1, 3), Pointed(1, 3), None]


def test_that_a_marked_run_is_ringed_in_both_pictures(strip: AccuracyStrip) -> None:
    strip.show_samples([sample_of("A", {3: 0.9}), sample_of("B", {3: 0.91})])
    strip.mark(Pointed(0, 3))
    assert len(strip.marked.path().toSubpathPolygons()) == 2
    strip.mark(None)
    assert strip.marked.path().isEmpty()


def texts(table: FiguresTable, row: str) -> list[str]:
    return [cell.text().replace("\u202f", " ") for cell in table.rows[row][1:]]


def test_that_the_table_has_the_figures_of_both_and_of_their_difference(table: FiguresTable) -> None:
    table.show_samples([sample_of("A", {0: 0.90, 1: 0.91, 2: 0.92}), sample_of("B", {0: 0.91, 1: 0.921, 2: 0.932})])
    assert texts(table, "mean") == ["91.00 %", "92.10 %", "+1.10 points"]
    assert texts(table, "std. dev.") == ["1.00", "1.10", ""]
    assert texts(table, "lowest") == ["90.00 %", "91.00 %", ""]
    assert texts(table, "highest") == ["92.00 %", "93.20 %", ""]
    assert texts(table, "seeds") == ["3", "3", "3 pairs"]
    assert texts(table, INTERVAL) == ["", "", "+0.85 to +1.35"]
    assert texts(table, WINS) == ["0 of 3", "3 of 3", ""]
    assert texts(table, "verdicts") == ["3 learning", "3 learning", ""]


def test_that_two_pairs_have_words_in_place_of_an_interval(table: FiguresTable) -> None:
    table.show_samples([sample_of("A", {0: 0.2, 1: 0.9}), sample_of("B", {0: 0.9, 1: 0.2125})])
    assert texts(table, INTERVAL) == ["", "", "takes 3 pairs"]


def test_that_the_number_of_seeds_is_of_those_that_ended(table: FiguresTable) -> None:
    table.show_samples([sample_of("A", {0: 0.90, 1: None, 2: 0.92}), sample_of("B", {0: None})])
    assert texts(table, "seeds") == ["2 of 3", "0 of 1", ""]


def test_that_one_config_alone_has_no_column_of_differences(table: FiguresTable) -> None:
    table.show_samples([sample_of("A", {0: 0.9, 1: None}, dead=1)])
    assert [head.isVisible() for head in table.heads] == [True, False, False]
    assert not table.rows[WINS][0].isVisible()
    assert texts(table, "std. dev.")[0] == "\u2013"
    assert texts(table, "verdicts")[0] == "1 dead\n1 diverged"


def test_that_figures_of_earlier_results_do_not_stay(table: FiguresTable) -> None:
    table.show_samples([sample_of("A", {0: 0.9}), sample_of("B", {0: 0.9})])
    table.show_samples([sample_of("A", {}), sample_of("B", {})])
    assert not any(text for row in table.rows for text in texts(table, row))


def test_that_keys_go_from_dot_to_dot(strip: AccuracyStrip, qtbot: QtBot) -> None:
    strip.show_samples([sample_of("A", {3: 0.9, 4: 0.95}), sample_of("B", {3: 0.91, 4: 0.93})])
    told: list[Pointed | None] = []
    strip.run_pointed.connect(told.append)
    strip.activateWindow()
    qtbot.waitUntil(strip.isActiveWindow)
    strip.clearFocus()
    told.clear()
    strip.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_Down):
        QTest.keyClick(strip, key)
    assert told == [Pointed(0, 3), Pointed(0, 4), Pointed(1, 4), Pointed(1, 3), Pointed(1, 4)]
    assert strip.accessibleDescription().startswith("seed 4; A: 95")
    strip.clearFocus()
    assert told[-1] is None
