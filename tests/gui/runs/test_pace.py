"""How fast a run goes: from one iteration per second to as fast as possible.

Most of it by a clock that moves only while the run waits, so that nothing depends on how fast or busy the machine is.
"""

from threading import Condition
from time import monotonic

import pytest
from pytestqt.qtbot import QtBot

import gui.runs.pace
from gui.controls.transport_bar import SPEEDS
from gui.runs.pace import Pace
from tests.support.window_page import OpenWindow
from tests.support.windows import LONG, SMALL

NEVER = 1e-4  # iterations per second: the second one comes when no test waits any more


class Clock:
    """Seconds that pass only while a run waits for its next iteration."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def condition(self) -> Condition:
        """A condition on which waiting so and so long takes no time but the clock's."""
        clock = self

        class Skipping(Condition):
            def wait(self, timeout: float | None = None) -> bool:
                if timeout is None:
                    return super().wait()
                clock.now += timeout
                return False

        return Skipping()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of every run that is begun after this."""
    made = Clock()
    monkeypatch.setattr(gui.runs.pace, "monotonic", made)
    monkeypatch.setattr(gui.runs.pace, "Condition", made.condition)
    return made


@pytest.mark.parametrize("per_second", [speed for speed in SPEEDS if speed > 0])
def test_that_a_run_goes_at_the_chosen_pace(
    clock: Clock, open_window: OpenWindow, qtbot: QtBot, per_second: float
) -> None:
    window = open_window(SMALL)
    window.set_speed(per_second)
    window.train()
    window.wait_until_ended(qtbot)
    assert clock.now == pytest.approx(SMALL.iterations / per_second, abs=1.5 / per_second)


def test_that_no_clock_makes_a_run_faster_than_the_chosen_pace(open_window: OpenWindow, qtbot: QtBot) -> None:
    """By the real clock, in the one direction in which a busy machine does not matter."""
    window = open_window(LONG)
    window.set_speed(300.0)
    began = monotonic()
    window.train()
    window.wait_until_reached(60, qtbot)
    done, passed = window.run.log.iteration, monotonic() - began
    assert done <= 300 * passed + 4, "more than two missed ones, the one that is due and the one under way"


def test_that_the_fastest_speed_waits_for_nothing(clock: Clock, open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(LONG)
    assert window.speed == 0.0, "as fast as possible is where it starts"
    window.train()
    window.wait_until_reached(300, qtbot)
    assert clock.now == 0


def test_that_the_speed_may_change_at_any_time(clock: Clock, open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(LONG)
    window.set_speed(SPEEDS[0])
    assert window.speed_text.startswith("1")
    window.train()
    window.wait_until_reached(1, qtbot)
    window.set_speed(SPEEDS[-1])
    assert window.speed_text == "max"
    changed = clock.now
    window.wait_until_reached(window.run.log.iteration + 200, qtbot)
    assert clock.now == changed
    window.set_speed(SPEEDS[0])
    before = window.run.log.iteration
    window.wait_until_reached(before + 20, qtbot)
    done, passed = window.run.log.iteration - before, clock.now - changed
    assert done <= passed * SPEEDS[0] + 4


def test_that_a_faster_pace_does_not_wait_for_the_next_iteration_of_the_slow_one(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(LONG)
    window.run.set_speed(NEVER)
    window.train()
    window.wait_until_reached(1, qtbot)
    window.set_speed(SPEEDS[0])
    window.set_speed(SPEEDS[-1])
    window.wait_until_reached(200, qtbot)


def test_that_a_new_run_keeps_the_speed(clock: Clock, open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(SMALL)
    window.set_speed(10.0)
    window.reset()
    window.train()
    window.wait_until_ended(qtbot)
    assert clock.now == pytest.approx(SMALL.iterations / 10, abs=0.15)


def test_that_a_slow_run_is_paused_and_stopped_at_once(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(LONG)
    window.run.set_speed(NEVER)
    window.train()
    window.wait_until_reached(1, qtbot)
    window.pause()
    assert not window.run.is_running()
    window.train()
    window.stop()
    window.wait_until_ended(qtbot)


def test_that_time_missed_is_not_caught_up_in_a_burst(clock: Clock) -> None:
    pace = Pace()
    pace.set_paused(False)
    pace.set_speed(10.0)
    clock.now += 60  # as if the machine had slept for a minute
    woken, taken = clock.now, 0
    while clock.now == woken and taken < 100:
        pace.proceed(lambda: None)
        taken += 1
    assert taken <= 4
