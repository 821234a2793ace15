"""How fast a run goes: from one iteration per second to as fast as possible. Counted loosely: machines differ."""

from time import monotonic

import pytest
from pytestqt.qtbot import QtBot

from gui.controls.transport_bar import SPEEDS
from gui.runs.pace import Pace
from tests.support.window_page import OpenWindow
from tests.support.windows import LONG


@pytest.mark.parametrize("per_second", [speed for speed in SPEEDS if 0 < speed <= 300])
def test_that_a_run_goes_at_the_chosen_pace(open_window: OpenWindow, qtbot: QtBot, per_second: float) -> None:
    window = open_window(LONG)
    window.set_speed(per_second)
    window.train()
    window.wait_until_reached(1, qtbot)
    began, seconds = monotonic(), 1.2 if per_second < 10 else 0.5
    before = window.run.iteration
    qtbot.wait(round(1000 * seconds))
    done, passed = window.run.iteration - before, monotonic() - began
    assert done <= per_second * passed + 2
    assert done >= per_second * passed / 4 - 1, "less than a quarter of what was asked for"


def test_that_the_fastest_speed_is_far_faster_than_the_last_limited_one(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(LONG)
    assert window.speed == 0.0, "as fast as possible is where it starts"
    window.train()
    qtbot.wait(300)
    assert window.run.iteration > 300


def test_that_the_speed_may_change_at_any_time(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(LONG)
    window.set_speed(SPEEDS[0])
    assert window.speed_text.startswith("1")
    window.train()
    window.wait_until_reached(1, qtbot)
    window.set_speed(SPEEDS[-1])
    assert window.speed_text == "max"
    window.wait_until_reached(200, qtbot)
    window.set_speed(SPEEDS[0])
    qtbot.wait(100)
    before = window.run.iteration
    qtbot.wait(400)
    assert window.run.iteration <= before + 1


def test_that_a_new_run_keeps_the_speed(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(LONG)
    window.set_speed(10.0)
    window.reset()
    window.train()
    window.wait_until_reached(1, qtbot)
    qtbot.wait(400)
    assert window.run.iteration <= 8


def test_that_a_slow_run_is_paused_and_stopped_at_once(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(LONG)
    window.set_speed(SPEEDS[0])
    window.train()
    window.wait_until_reached(1, qtbot)
    window.pause()
    assert not window.run.is_running()
    window.train()
    began = monotonic()
    window.stop()
    qtbot.waitUntil(window.run.has_ended, timeout=900)
    assert monotonic() - began < 0.9, "waited for the next iteration"


def test_that_time_missed_is_not_caught_up_in_a_burst() -> None:
    pace = Pace()
    pace.set_paused(False)
    pace.set_speed(10.0)
    pace._next -= 60  # as if the machine had slept for a minute
    began, taken = monotonic(), 0
    while monotonic() - began < 0.5:
        pace.proceed(lambda: None)
        taken += 1
    assert taken <= 8
