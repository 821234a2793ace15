"""Bets on the plots: pulled by the mouse, fixed once they are placed, and what was measured on the same axis."""

from math import isnan
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.lessons.bets.bars_editor import BarsEditor
from gui.lessons.drawn_bets import DrawnBets
from gui.style.theme import DARK
from model.lessons.lesson import BetKind
from tests.support.window_page import WindowPage
from tests.support.windows import TIMEOUT_MS, place_of, points

LEFT = Qt.MouseButton.LeftButton


def drawn(window: WindowPage) -> DrawnBets:
    """The ghosts of the window."""
    (found,) = window.board.findChildren(DrawnBets)
    return found


def pull(window: WindowPage, *, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Pull the mouse over the accuracy plot."""
    plot = window.board.accuracy.plot
    viewport = plot.view.viewport()
    QTest.mousePress(viewport, LEFT, pos=place_of(plot, *start))
    QTest.mouseMove(viewport, place_of(plot, *end))
    QTest.mouseRelease(viewport, LEFT, pos=place_of(plot, *end))


def opened(window: WindowPage, kinds: Path, step: int, qtbot: QtBot, iterations: int) -> None:
    """Open a step and wait until its run is set up."""
    window.lessons.open("1", step, kinds)
    qtbot.waitUntil(lambda: window.run.config.iterations == iterations and window.run.is_ready(), timeout=TIMEOUT_MS)


def test_that_the_end_of_the_curve_is_pulled_on_the_plot_and_not_the_plot(
    window: WindowPage, kinds: Path, qtbot: QtBot
) -> None:
    opened(window, kinds, 1, qtbot, 30)
    ghost, plot = drawn(window).ends[BetKind.CURVE], window.board.accuracy.plot
    ranges = plot.ranges()
    assert ghost.said == "pull me"
    pull(window, start=(29, 0.5), end=(20, 0.8))
    assert window.lessons.editor.guess == pytest.approx(0.8, abs=0.03)
    assert ghost.value == window.lessons.editor.guess
    assert points(ghost.line.path())[-1] == pytest.approx((30, ghost.value))
    assert plot.ranges() == ranges
    assert not window.board.accuracy.hint.isVisible(), "it would lie over the ghost"


def test_that_a_placed_bet_stays_and_the_measured_end_lies_beside_it(
    window: WindowPage, kinds: Path, qtbot: QtBot
) -> None:
    opened(window, kinds, 1, qtbot, 30)
    window.lessons.pull(0.9)
    window.lessons.act()
    window.lessons.wait_until_told(qtbot)
    ghost = drawn(window).ends[BetKind.CURVE]
    pull(window, start=(20, 0.9), end=(20, 0.2))
    assert ghost.value == 0.9
    newest = window.run.log.history.newest
    assert newest
    assert ghost.found == pytest.approx(newest.test_accuracy)
    assert (ghost.said, ghost.found_said.split()[0]) == ("you 90.0\u202f%", "measured")
    window.lessons.pages.show_list()
    assert ghost.line.path().isEmpty()
    assert ghost.found_knob.path().isEmpty()


def test_that_a_flag_is_pulled_along_the_iterations(window: WindowPage, kinds: Path, qtbot: QtBot) -> None:
    opened(window, kinds, 4, qtbot, 20)
    ghosts = drawn(window).ends
    assert isnan(ghosts[BetKind.CURVE].value)
    pull(window, start=(10, 0.5), end=(15, 0.4))
    assert window.lessons.editor.guess == pytest.approx(15, abs=0.5)
    assert points(ghosts[BetKind.MARK].line.path())[:, 0] == pytest.approx(ghosts[BetKind.MARK].value)


def test_that_bars_are_pulled_in_the_strip(window: WindowPage, kinds: Path, qtbot: QtBot) -> None:
    opened(window, kinds, 5, qtbot, 20)
    editor, bars = window.lessons.editor, drawn(window).bars
    assert isinstance(editor, BarsEditor)
    window.board.finish()
    viewport, half = bars.canvas.viewport(), bars.picture.columns[1].down
    before = editor.heights()
    x = round(half.left + half.width / 2)
    QTest.mousePress(viewport, LEFT, pos=QPoint(x, round(half.base + 2)))
    QTest.mouseMove(viewport, QPoint(x, round(half.base + half.room - 1)))
    QTest.mouseRelease(viewport, LEFT, pos=QPoint(x, round(half.base + half.room - 1)))
    assert editor.guess is not None
    assert editor.heights()[1] > before[1]
    assert editor.heights()[2] == before[2]
    assert window.board.detail.layer is None, "a click on the strip would choose a layer"


def test_that_the_strip_holds_back_what_a_bet_on_its_bars_asks(window: WindowPage, kinds: Path, qtbot: QtBot) -> None:
    window.lessons.open("1", 5, kinds)
    card = window.board.signal
    qtbot.waitUntil(lambda: len(card.picture.columns) == 4, timeout=TIMEOUT_MS)

    def told() -> list[bool]:
        return [column.down.value.item.opacity() > 0 for column in card.picture.columns[1:]]

    place = QPointF(card.picture.columns[1].down.left + 2, 20)
    assert told() == [False, False, True]
    assert card.read(place) == ""
    assert all(column.up.value.item.opacity() for column in card.picture.columns)
    assert not any(arrow.text.item.opacity() for arrow in card.picture.back)
    editor = window.lessons.editor
    assert isinstance(editor, BarsEditor)
    editor.pull(1, 0.2)
    window.lessons.act()
    window.lessons.wait_until_told(qtbot)
    assert told() == [True, True, True]
    assert card.read(place)


def test_that_ghosts_take_over_other_colours(window: WindowPage, kinds: Path, qtbot: QtBot) -> None:
    opened(window, kinds, 1, qtbot, 30)
    ghost = drawn(window).ends[BetKind.CURVE]
    window.trigger("Dark")
    assert ghost.line.pen().color().name() == DARK.text


@pytest.mark.parametrize("guess", [0.05, 0.1, 0.12, 0.3, 0.95])
def test_that_no_tag_lies_on_another_or_on_the_name_of_the_guide(
    window: WindowPage, kinds: Path, qtbot: QtBot, guess: float
) -> None:
    opened(window, kinds, 1, qtbot, 30)
    window.lessons.pull(guess)
    ghost = drawn(window).ends[BetKind.CURVE]
    ghost.tell(0.097, "measured 9.7 %")
    plot = window.board.accuracy.plot
    areas = [tag.ground.rect().translated(tag.ground.pos()) for tag in (ghost.tag, ghost.found_tag)]
    areas.append(plot.guide_area)
    for place, one in enumerate(areas):
        assert plot.box.rect().adjusted(-1, -1, 1, 1).contains(one)
        assert not any(one.intersects(other) for other in areas[place + 1 :])
