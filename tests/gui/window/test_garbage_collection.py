"""GarbageCollector is collected by the window: what is new twice a second, everything only when no run goes on."""

import gc
from collections.abc import Iterator
from weakref import ref

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.window.garbage_collection import GarbageCollector
from tests.support.window_page import OpenWindow
from tests.support.windows import LONG, TIMEOUT_MS


class Looped:
    """An object that only a collection can find to be garbage."""

    def __init__(self) -> None:
        self.itself = self


class Busy:
    """What says whether runs go on, and notes how far each collection went."""

    def __init__(self) -> None:
        self.now = False
        self.collected: list[int] = []

    def __call__(self) -> bool:
        return self.now

    def note(self, phase: str, info: dict[str, int]) -> None:
        if phase == "stop":
            self.collected.append(info["generation"])


@pytest.fixture
def busy() -> Iterator[Busy]:
    made = Busy()
    gc.callbacks.append(made.note)
    yield made
    gc.callbacks.remove(made.note)
    gc.unfreeze()


@pytest.fixture
def garbage(qapp: QApplication, busy: Busy) -> Iterator[GarbageCollector]:
    made = GarbageCollector(busy)
    made.begin()
    busy.collected.clear()
    yield made
    made.end()


def test_that_what_start_up_has_made_is_left_out_without_a_look(busy: Busy, qapp: QApplication) -> None:
    made = GarbageCollector(busy)
    before = len(gc.get_objects())
    busy.collected.clear()
    made.begin()
    assert busy.collected == []
    assert gc.get_freeze_count() >= 0.9 * before
    assert len(gc.get_objects()) < 0.1 * before
    made.look()
    assert busy.collected == [1]
    made.end()


def test_that_python_collects_nothing_by_itself_until_the_end(garbage: GarbageCollector, busy: Busy) -> None:
    kept = [Looped() for _ in range(20_000)]
    assert busy.collected == []
    garbage.end()
    kept += [Looped() for _ in range(20_000)]
    assert busy.collected
    assert not garbage.timer.isActive()


def test_that_everything_is_looked_through_once_after_runs_have_ended(garbage: GarbageCollector, busy: Busy) -> None:
    busy.now = True
    for _ in range(5):
        garbage.look()
    assert busy.collected == [1] * 5
    frozen = gc.get_freeze_count()
    kept = [Looped() for _ in range(1_000)]
    busy.now = False
    for _ in range(3):
        garbage.look()
    assert busy.collected[5:] == [2, 1, 1]
    assert gc.get_freeze_count() >= frozen + len(kept)


@pytest.mark.parametrize("old", [False, True])
def test_that_garbage_goes_whether_it_was_young_or_old(garbage: GarbageCollector, busy: Busy, old: bool) -> None:
    busy.now = True
    lost = Looped()
    gone = ref(lost)
    if old:
        garbage.look()
    del lost
    busy.now = False
    garbage.look()
    garbage.look()
    assert gone() is None


def test_that_the_timer_looks_from_the_beginning_on(garbage: GarbageCollector, busy: Busy, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: busy.collected.count(1) >= 2, timeout=TIMEOUT_MS)


def test_that_the_window_is_busy_while_any_run_goes_on(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(LONG)
    assert not window.is_busy()
    window.train()
    assert window.is_busy()
    window.wait_until_reached(10, qtbot)
    window.pause()
    assert not window.is_busy(), "it is paused"
    window.train()
    recipe, behind = window.run.recipe, window.run.log
    window.run.open(recipe, type(behind)())
    assert window.is_busy(), "the first goes on behind the one that was opened"
    window.run.open(recipe, behind)
    window.stop()
    window.wait_until_ended(qtbot)
    assert not window.is_busy()
