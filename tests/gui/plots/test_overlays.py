"""Other runs' curves behind those of the run on the screen."""

from collections.abc import Sequence

import numpy as np
import pytest
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gui.pages.dashboard.curve_card import CurveCard
from gui.pages.dashboard.curves import OVERLAYS_REACH
from gui.pages.dashboard.dashboard import Dashboard
from gui.plots.overlay_legend import MOST_NAMES
from gui.plots.overlays import POINTED_WIDTH, WIDTH, Overlay, OverlayLines
from gui.style.run_styles import look_of
from gui.style.theme import DARK, LIGHT
from gui.widgets.card import LineSample
from gui.window.picture_commands import PAGE
from model.config.config import Config
from model.config.recipe import Recipe
from model.history.run_log import RunLog
from tests.support.records import layer_of, record_of
from tests.support.run_lists import extend, run_log_of
from tests.support.timed_runs import choose, over_time, run_of
from tests.support.window_page import OpenWindow
from tests.support.windows import filled, hover, moment_of, points, settle, visible

RISING = np.linspace(0.1, 0.9, 40).tolist()
FLAT = [0.1] * 40


def overlay(name: str, run_log: RunLog, number: int = 0) -> Overlay:
    look = look_of(LIGHT, number)
    return Overlay(name, look.color, look.dashes, run_log)


@pytest.fixture
def two(board: Dashboard) -> Dashboard:
    """A run of 40 records with two others behind it."""
    filled(board, np.linspace(2.3, 0.5, 40))
    board.show_overlays([overlay("ReLU, He", run_log_of(RISING)), overlay("Sigmoid, Gaussian", run_log_of(FLAT), 1)])
    settle(board)
    return board


def paths(lines: OverlayLines) -> list[QPainterPath]:
    """Those that are drawn."""
    return [line.item.path() for line in lines.lines if not line.item.path().isEmpty()]


def test_that_the_test_accuracy_of_other_runs_is_drawn_in_their_colours(two: Dashboard) -> None:
    first, second = two.accuracy.others.lines
    assert points(first.item.path()).tolist() == [
        [10.0 * k, pytest.approx(accuracy, rel=1e-6)] for k, accuracy in enumerate(RISING)
    ]
    assert set(points(second.item.path())[:, 1].round(6)) == {0.1}
    for number, line in enumerate((first, second)):
        look, pen = look_of(LIGHT, number), line.item.pen()
        assert (pen.color().name(), tuple(pen.dashPattern())) == (look.color, look.dashes)
        assert pen.isCosmetic()
        assert line.item.zValue() < two.accuracy.train.line.zValue(), "behind the run on the screen"


def test_that_their_loss_is_drawn_as_the_axis_is(two: Dashboard) -> None:
    line = two.loss.others.lines[0].item
    assert points(line.path())[:, 1] == pytest.approx(1 - np.array(RISING), rel=1e-5)
    two.loss.log.setChecked(True)
    settle(two)
    assert points(line.path())[:, 1] == pytest.approx(np.log10(1 - np.array(RISING)), rel=1e-4)


def test_that_their_gradient_at_layer_1_is_drawn_over_time(two: Dashboard) -> None:
    run_of(two, list(range(0, 400, 10)), total=390)
    view = over_time(two)
    settle(two)
    line = points(view.lines.others.lines[0].item.path())
    assert line[:, 0].tolist() == [10.0 * k for k in range(40)]
    assert line[:, 1] == pytest.approx(np.array(RISING) - 4)
    _, (low, high) = view.lines.plot.ranges()
    assert low <= -3.9
    assert high >= -3.1
    assert "layer 1 of other runs" in view.key.text()
    choose(view, "update_ratio")
    settle(two)
    assert set(points(view.lines.others.lines[0].item.path())[:, 1]) == {-3.0}
    two.show_overlays([])
    settle(two)
    assert paths(view.lines.others) == []
    assert "other runs" not in view.key.text()


def counted(lines: OverlayLines) -> list[RunLog]:
    """The runs whose curve is made from now on."""
    made: list[RunLog] = []
    curve = lines.curve

    def count(run_log: RunLog, low: float, high: float) -> tuple[np.ndarray, np.ndarray]:
        made.append(run_log)
        return curve(run_log, low, high)

    lines.curve = count
    return made


def test_that_a_run_that_has_ended_costs_nothing_while_another_trains(two: Dashboard) -> None:
    made = [counted(card.others) for card in two.curves]
    for place in range(400, 700, 10):
        two.run_log.put(record_of(place))
        settle(two)
    assert made == [[], []]
    two.accuracy.plot.box.setXRange(0, 100)
    assert len(made[0]) == 2, "another range is drawn anew"
    two.loss.log.setChecked(True)
    settle(two)
    assert len(made[1]) == 2


def test_that_a_run_that_goes_on_is_drawn_though_the_one_on_the_screen_rests(board: Dashboard) -> None:
    filled(board, np.linspace(2.3, 0.5, 40))
    ended, going = run_log_of(RISING), run_log_of(RISING[:10], ended=False)
    board.show_overlays([overlay("ended", ended), overlay("going", going, 1)])
    settle(board)
    made = counted(board.accuracy.others)
    extend(going, RISING[10:30])
    settle(board)
    assert made == [going]
    assert len(points(board.accuracy.others.lines[1].item.path())) == 30
    settle(board)
    assert made == [going]


def test_that_lines_stay_with_their_runs_when_others_come_and_go(two: Dashboard) -> None:
    first, second = (line.overlay for line in two.accuracy.others.lines)
    assert first
    assert second
    made = counted(two.accuracy.others)
    third = overlay("new", run_log_of(RISING), 2)
    two.show_overlays([second, third])
    settle(two)
    assert made == [third.run_log]
    assert len(paths(two.accuracy.others)) == 2
    two.show_overlays([])
    settle(two)
    assert paths(two.accuracy.others) == paths(two.loss.others) == []


def test_that_however_long_a_run_is_its_line_has_few_points(board: Dashboard) -> None:
    filled(board, np.linspace(2.3, 0.5, 5_000))
    noise = np.random.default_rng(0).random(5_000).tolist()
    board.show_overlays([overlay("long", run_log_of(noise))])
    view = over_time(board)
    settle(board)
    for lines in (board.accuracy.others, board.loss.others, view.lines.others):
        assert 50 < len(points(lines.lines[0].item.path())) <= 512


@pytest.mark.parametrize("accuracies", [[], [0.5]])
def test_that_a_run_of_no_or_one_record_is_no_trouble(board: Dashboard, accuracies: list[float]) -> None:
    run_of(board, list(range(0, 400, 10)), total=390)
    view = over_time(board)
    board.show_overlays([overlay("short", run_log_of(accuracies, ended=False))])
    settle(board)
    for lines in (board.accuracy.others, board.loss.others, view.lines.others):
        assert len(paths(lines)) == len(accuracies)
        assert hover(lines.plot, 1, sum(lines.plot.ranges()[1]) / 2)


def test_that_the_cursor_names_the_curves_that_are_near(two: Dashboard) -> None:
    said = hover(two.accuracy.plot, 200, RISING[20])
    assert said.splitlines()[-1] == "ReLU, He: 51.0\u202f%"
    assert "Sigmoid" not in said
    assert hover(two.accuracy.plot, 200, 0.11).splitlines()[-1] == "Sigmoid, Gaussian: 10.0\u202f%"
    assert "He" not in hover(two.accuracy.plot, 20, 0.95), "it is far from here"
    assert "ReLU, He: 0.490" in hover(two.loss.plot, 200, 1 - RISING[20]).splitlines()
    run_of(two, list(range(0, 400, 10)), total=390)
    view = over_time(two)
    settle(two)
    assert hover(view.lines.plot, 200, RISING[20] - 4).splitlines()[-1] == "ReLU, He, layer 1: δ 0.000324"


def test_that_the_curve_under_the_cursor_is_thicker_until_it_leaves(two: Dashboard) -> None:
    first, second = (line.item for line in two.accuracy.others.lines)
    hover(two.accuracy.plot, 200, RISING[20])
    assert (first.pen().widthF(), second.pen().widthF()) == (POINTED_WIDTH, WIDTH)
    two.accuracy.view.left.emit()
    assert (first.pen().widthF(), second.pen().widthF()) == (WIDTH, WIDTH)


def test_that_other_runs_do_not_move_the_iterations_that_are_shown(two: Dashboard) -> None:
    before = two.accuracy.plot.ranges()[0]
    two.show_overlays([overlay("longer", run_log_of(RISING * 10))])
    settle(two)
    assert two.accuracy.plot.ranges()[0] == before
    assert max(points(two.accuracy.others.lines[0].item.path())[:, 0]) <= before[1] + 10


def test_that_another_runs_loss_is_seen_but_presses_this_one_not_flat(board: Dashboard) -> None:
    filled(board, np.linspace(2.3, 0.5, 40))
    for worst in (4.0, 1e9):
        run_log = RunLog()
        for place, loss in enumerate((worst, 1e-6)):
            run_log.put(record_of(10 * place, loss))
        board.show_overlays([overlay("other", run_log)])
        settle(board)
        _, (bottom, top) = board.loss.plot.ranges()
        assert bottom == 0
        assert min(worst, OVERLAYS_REACH) <= top <= OVERLAYS_REACH
        assert ("1 run goes beyond the axis" in board.loss.subtitle.text()) == (worst > OVERLAYS_REACH)
    board.loss.log.setChecked(True)
    settle(board)
    assert board.loss.plot.ranges()[1][0] <= -6, "a run that is better is not cut off"


def test_that_another_runs_exploding_gradient_does_not_decide_the_axis_over_time(two: Dashboard) -> None:
    view = over_time(two)
    settle(two)
    assert "beyond" not in view.key.text()
    run_log = RunLog()
    for place in range(2):
        hidden = layer_of("Layer 1", delta_rms=1e20)
        run_log.put(record_of(10 * place, 1.0, layers=(hidden,), output=layer_of("Output", delta_rms=1e19)))
    two.show_overlays([*two.overlays.all, overlay("other", run_log)])
    view.lines.draw_plot(0, moment_of(record_of(0)))
    view.update_text(None)
    assert len(view.lines.others.extents()) == 3
    assert view.lines.plot.ranges()[1] == (-4.0, -3.0), "that of the two others"
    assert "1 run goes beyond the axis" in view.key.text()


def test_that_going_back_in_time_leaves_other_runs_as_they_are(two: Dashboard) -> None:
    before = [points(path).tolist() for path in paths(two.accuracy.others)]
    made = counted(two.accuracy.others)
    two.go_to(100)
    settle(two)
    assert [points(path).tolist() for path in paths(two.accuracy.others)] == before
    assert made == []


def legend(card: CurveCard) -> list[str]:
    return [each.text() for each in visible(card.legend, QLabel)]


def test_that_a_picture_names_the_runs_and_the_screen_does_not(two: Dashboard) -> None:
    height = two.accuracy.view.height()
    for card in two.curves:
        for _ in range(2):
            assert legend(card) == []
            with card.posing():
                assert legend(card) == ["ReLU, He", "Sigmoid, Gaussian"]
                samples = visible(card.legend, LineSample)
                assert [sample.color.name() for sample in samples] == [look_of(LIGHT, k).color for k in range(2)]
                assert card.view.height() < height
            assert legend(card) == []
    QApplication.processEvents()
    assert two.accuracy.view.height() == height
    with two.posing():
        assert [each.text() for each in visible(two.legend, QLabel)] == ["ReLU, He", "Sigmoid, Gaussian"]
    view = over_time(two)
    with two.detail.posing():
        assert [each.text() for each in visible(view.lines.legend, QLabel)] == ["ReLU, He", "Sigmoid, Gaussian"]


def test_that_a_legend_of_many_long_names_stays_within_its_card(board: Dashboard) -> None:
    filled(board, np.linspace(2.3, 0.5, 40))
    with board.accuracy.posing():
        assert legend(board.accuracy) == [], "there is nothing to name"
    long = "A very long name that somebody gave to a run, number"
    board.show_overlays([overlay(f"{long} {k}", run_log_of(FLAT), k) for k in range(MOST_NAMES + 5)])
    with board.accuracy.posing():
        names = legend(board.accuracy)
        assert len(names) == MOST_NAMES + 1
        assert "and 5 more" in names
        for each in visible(board.accuracy.legend, QLabel):
            assert each.geometry().right() <= board.accuracy.legend.width()


def test_that_lines_keep_their_width_on_every_screen_and_in_both_themes(two: Dashboard) -> None:
    line = two.accuracy.others.lines[0].item
    two.accuracy.view.fit_pens(2.0)
    assert line.pen().widthF() == pytest.approx(2 * WIDTH)
    hover(two.accuracy.plot, 300, RISING[30])
    assert line.pen().widthF() == pytest.approx(2 * POINTED_WIDTH)
    two.accuracy.view.left.emit()
    two.apply_theme(DARK)
    assert line.pen().widthF() == pytest.approx(WIDTH * two.devicePixelRatio())


def test_that_a_hint_gives_way_to_other_runs(board: Dashboard) -> None:
    def hints(shown: Sequence[Overlay]) -> list[bool]:
        board.viewed.show_run(Recipe(Config()), RunLog(), None)
        board.show_overlays(shown)
        settle(board)
        return [card.hint.isVisible() for card in board.curves]

    assert hints([]) == [True, True]
    assert hints([overlay("ReLU, He", run_log_of(RISING))]) == [False, False]


def test_that_a_second_run_in_the_window_has_the_first_behind_it(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    for seed in range(2):
        window.take_config(window.run.config.replace(seed=seed))
        window.train()
        window.wait_until_ended(qtbot)
    window.draw()
    board = window.board
    assert [each.name for each in board.overlays.all] == ["seed 0"]
    assert len(paths(board.accuracy.others)) == 1
    with window.export.posed(PAGE):
        assert [each.text() for each in visible(board.legend, QLabel)] == ["seed 0"]
    (first, _) = window.runs.entries
    window.runs.change(first, shown=False)
    window.draw()
    assert paths(board.accuracy.others) == []
