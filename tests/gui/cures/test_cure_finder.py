"""The finder makes trials on any executor: as many at once as there are processes, none after it was stopped."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.cures.cure_finder import CureFinder
from gui.cures.cure_list import GO_ON, STOP, CureList
from gui.cures.cure_row_delegate import GAP, RIGHT, TEXT_LEFT, state_within
from gui.cures.cure_rows import CureRow
from gui.style.theme import LIGHT, font
from gui.widgets.row_painting import SPARK
from gui.widgets.side_tabs import WIDTH
from model.base.errors import InputError
from model.config.config import Config
from model.cures.trial import Trial
from model.diagnosis.verdict import Condition
from model.workers.pool import WorkerPool
from tests.support.cures import dead, result_of

SICK = Config().replace(activation="sigmoid", init="gauss")


class Handmade(Executor):
    """An executor that works when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[Any], Trial]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.waiting.append((future, args[0]))
        return future

    def work(self, accuracy: float = 0.1, *, error: Exception | None = None, begun: bool = True) -> None:
        """Do the next trial, or fail at it; of one that was taken back only what has begun is done."""
        future, trial = self.waiting.pop(0)
        if begun and not future.running():
            future.set_running_or_notify_cancel()
        if error:
            future.set_exception(error)
        elif not future.cancelled():
            future.set_result(result_of(trial, accuracy))
        QApplication.processEvents()


@dataclass
class HandmadePool:
    """What a finder knows of a pool."""

    executor: Handmade
    size: int = 2


@pytest.fixture
def hand() -> Handmade:
    return Handmade()


@pytest.fixture
def finder(qapp: QApplication, hand: Handmade) -> CureFinder:
    """A finder with two processes, which are made by hand."""
    parent = QObject(qapp)
    return CureFinder(lambda: cast(WorkerPool, HandmadePool(hand)), parent)


def test_that_as_many_trials_are_made_at_once_as_there_are_processes(finder: CureFinder, hand: Handmade) -> None:
    finder.find(SICK, dead(SICK))
    assert len(hand.waiting) == 2
    assert finder.seconds_left() is None
    hand.work()
    assert len(hand.waiting) == 2
    assert finder.search
    assert len(finder.search.results) == 1
    assert finder.seconds_left() is not None
    while hand.waiting:
        hand.work(0.9)
    assert finder.search.finished
    assert not finder.busy
    assert set(finder.results) == set(finder.search.singles)


def test_that_nothing_begins_after_a_stop_and_what_was_under_way_begins_again(
    finder: CureFinder, hand: Handmade
) -> None:
    finder.find(SICK, dead(SICK))
    first = [trial for _, trial in hand.waiting]
    hand.waiting[0][0].set_running_or_notify_cancel()
    finder.stop()
    assert not finder.busy
    hand.work()  # what had begun comes to its end, and is welcome
    assert finder.search
    assert [result.trial for result in finder.search.results] == first[:1]
    assert len(hand.waiting) == 1
    assert hand.waiting.pop()[0].cancelled()
    finder.go_on()
    assert next(trial for _, trial in hand.waiting) == first[1]


def test_that_another_search_takes_the_place_of_the_one_before(finder: CureFinder, hand: Handmade) -> None:
    finder.find(SICK, dead(SICK))
    for future, _ in hand.waiting:
        future.set_running_or_notify_cancel()
    other = SICK.replace(seed=1)
    finder.find(other, dead(other))
    hand.work()
    hand.work()
    assert finder.search
    assert not finder.search.results
    assert {trial.config.seed for _, trial in hand.waiting} == {1}


def test_that_a_failure_is_told_and_ends_the_search(finder: CureFinder, hand: Handmade, qtbot: QtBot) -> None:
    finder.find(SICK, dead(SICK))
    with qtbot.waitSignal(finder.failed) as told:
        hand.work(error=InputError("There is no folder."))
    assert told.args == ["There is no folder."]
    assert not finder.busy


def test_that_the_list_says_how_far_it_is_and_what_its_button_does(
    finder: CureFinder, hand: Handmade, qtbot: QtBot
) -> None:
    shown = CureList(finder, LIGHT)
    qtbot.addWidget(shown)
    shown.resize(276, 600)
    shown.show()
    assert not shown.button.isVisible()
    finder.find(SICK, None)
    shown.update_text()
    assert shown.figures.text() == "The run itself is tried first"
    hand.work()
    hand.work(0.8)
    shown.update_text()
    assert finder.search
    assert shown.figures.text().startswith(f"1 of {finder.search.planned}  ·  ")
    assert shown.button.text() == STOP
    assert shown.sentence.text().startswith("Smallest change that cures so far: Xavier weights")
    assert shown.table.index(0).data().startswith("Xavier weights, 80")
    shown.button.click()
    assert shown.button.text() == GO_ON
    assert not shown.progress.isVisible()
    shown.grab()


def test_that_a_choice_survives_better_results(finder: CureFinder, hand: Handmade, qtbot: QtBot) -> None:
    shown = CureList(finder, LIGHT)
    qtbot.addWidget(shown)
    finder.find(SICK, dead(SICK))
    hand.work(0.3)
    shown.update_text()
    shown.view.setCurrentIndex(shown.table.index(0))
    chosen = shown.table.rows[0].config
    hand.work(0.9)
    shown.update_text()
    assert shown.table.rows[0].config != chosen
    assert shown.table.rows[shown.view.currentIndex().row()].config == chosen


@pytest.mark.usefixtures("spoken")
@pytest.mark.parametrize("condition", Condition)
def test_that_a_state_is_never_cut_within(condition: Condition) -> None:
    metrics = QFontMetrics(font(11))
    row = CureRow(result_of(Trial(SICK), 0.1, condition))
    room = WIDTH - TEXT_LEFT - 13 - GAP - SPARK.width() - RIGHT
    assert state_within(1_000, row, metrics) == row.state
    assert state_within(room, row, metrics) in (row.state, condition.label)
    assert metrics.horizontalAdvance(state_within(room, row, metrics)) <= room
