"""Qt must leave Python's reference counts alone: PySide6 6.12.0 took one at each call until the interpreter aborted."""

import gc
import sys

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot
from pytestqt.qtbot import QtBot

from tests.support.window_page import OpenWindow
from tests.support.windows import SMALL

CALLS = 3000
# From CPython 3.12 on these objects are immortal and there is nothing to lose.
mortal = pytest.mark.skipif(sys.version_info >= (3, 12), reason="True and None are immortal from CPython 3.12 on")


class Talker(QObject):
    """Emits to itself."""

    said = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.heard = 0
        self.said.connect(self.hear)

    @Slot(bool)
    def hear(self, truth: bool) -> None:
        self.heard += truth


def counts() -> dict[str, int]:
    gc.collect()  # what earlier tests left holds references too, and is collected at some time
    return {repr(each): sys.getrefcount(each) for each in (True, False, None)}


def lost(before: dict[str, int]) -> dict[str, int]:
    """By how much the counts have changed, where it is by more than chance."""
    after = counts()
    changes = {name: after[name] - count for name, count in before.items()}
    return {name: change for name, change in changes.items() if abs(change) > CALLS / 10}


@mortal
def test_that_emitting_a_signal_takes_no_reference(qapp: object) -> None:
    talker = Talker()
    before = counts()
    for _ in range(CALLS):
        talker.said.emit(True)
    assert talker.heard == CALLS
    assert lost(before) == {}


@mortal
def test_that_starting_and_stopping_a_timer_takes_no_reference(qapp: object) -> None:
    timer = QTimer(interval=1000)
    before = counts()
    for _ in range(CALLS):
        timer.start()
        timer.stop()
        assert not timer.isActive()
    assert lost(before) == {}


@mortal
def test_that_processing_events_takes_no_reference(qapp: object) -> None:
    before = counts()
    for _ in range(CALLS):
        QCoreApplication.processEvents()
    assert lost(before) == {}


@mortal
def test_that_drawing_frames_takes_no_reference(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(SMALL)
    window.train()
    window.wait_until_ended(qtbot)
    window.frame()  # what a first drawing makes for good is no loss
    before = counts()
    for _ in range(CALLS // 5):
        window.frame()
        window.transport_bar.show_state(ready=True, running=False, finished=True)
    assert lost(before) == {}
