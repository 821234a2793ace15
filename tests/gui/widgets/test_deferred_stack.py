"""Stacks whose new widgets show in a later turn of the event loop, and the queue of turns below them."""

from functools import partial

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.deferred_stack import DeferredStack, settle_all
from gui.widgets.turn_queue import TurnQueue


@pytest.fixture
def first() -> QLabel:
    """What the stack shows already."""
    return QLabel("first")


@pytest.fixture
def stack(first: QLabel, qtbot: QtBot) -> DeferredStack:
    """One that shows a widget already."""
    made = DeferredStack()
    qtbot.addWidget(made)
    made.bring(first)
    made.show()
    return made


def test_that_other_events_come_between_two_turns(qtbot: QtBot, qapp: QObject) -> None:
    order: list[str] = []
    turns, timer = TurnQueue(qapp), QTimer(qapp, interval=0)
    timer.timeout.connect(lambda: order.append("event"))
    timer.start()
    for name in ("first", "second", "third"):
        turns.add(partial(order.append, name))
    qtbot.waitUntil(lambda: "third" in order)
    timer.stop()
    assert [name for name in order if name != "event"] == ["first", "second", "third"]
    for one, next_one in (("first", "second"), ("second", "third")):
        assert "event" in order[order.index(one) : order.index(next_one)]


def test_that_what_waits_can_be_called_at_once_and_is_not_called_again(qtbot: QtBot, qapp: QObject) -> None:
    order: list[int] = []
    turns = TurnQueue(qapp)
    for number in range(3):
        turns.add(partial(order.append, number))
    turns.finish()
    qtbot.wait(10)
    assert order == [0, 1, 2]


def test_that_a_turn_may_ask_for_another(qtbot: QtBot, qapp: QObject) -> None:
    order: list[str] = []
    turns = TurnQueue(qapp)

    def first() -> None:
        order.append("first")
        turns.add(partial(order.append, "second"))

    turns.add(first)
    qtbot.waitUntil(lambda: order == ["first", "second"])


def test_that_the_first_widget_shows_at_once(stack: DeferredStack, first: QLabel) -> None:
    assert stack.currentWidget() is first
    assert first.isVisible()


def test_that_a_new_widget_shows_after_all_pieces_of_it(stack: DeferredStack, first: QLabel, qtbot: QtBot) -> None:
    seen: list[bool] = []
    second = QLabel("second")
    stack.bring(second, *[lambda: seen.append(second.isVisible())] * 2)
    assert (seen, first.isVisible()) == ([], True)
    qtbot.waitUntil(second.isVisible)
    assert seen == [False, False]


def test_that_of_two_new_widgets_only_the_last_is_ever_shown(stack: DeferredStack, qtbot: QtBot) -> None:
    shown: list[QWidget | None] = []
    stack.currentChanged.connect(lambda _: shown.append(stack.currentWidget()))
    second, third = QLabel("second"), QLabel("third")
    stack.bring(second)
    stack.bring(third)
    qtbot.waitUntil(third.isVisible)
    assert shown == [third]


def test_that_a_widget_that_was_there_before_replaces_one_that_still_waits(
    stack: DeferredStack, first: QLabel, qtbot: QtBot
) -> None:
    second = QLabel("second")
    stack.bring(second)
    stack.bring(first)
    qtbot.wait(10)
    assert (first.isVisible(), second.isVisible()) == (True, False)
    stack.bring(second)
    qtbot.waitUntil(second.isVisible)
    stack.bring(first)
    assert first.isVisible()


def test_that_every_stack_within_a_widget_can_be_settled(stack: DeferredStack, first: QLabel) -> None:
    inner = DeferredStack()
    for page in (QLabel("inner first"), second := QLabel("inner second")):
        inner.bring(page)
    stack.bring(inner)
    settle_all(stack)
    assert inner.currentWidget() is second
    stack.settle()
    assert stack.currentWidget() is inner
    assert not first.isVisible()
