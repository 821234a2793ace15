"""Calm drawing: plots twice a second, playback in few steps, by choice or where the system wants it; remembered."""

import json

import pytest
from pytestqt.qtbot import QtBot

from gui.pages.timeline_bar import CALM_MS as CALM_STEP_MS
from gui.pages.timeline_bar import FRAME_MS as STEP_MS
from gui.pages.timeline_bar import MOST_FRAMES, TimelineBar
from gui.window.calm_drawing import CALM, FULL
from gui.window.pages_clock import CALM_MS, FRAME_MS
from model.config.views import PageKind
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import LONG, SMALL


def pace(window: WindowPage) -> int:
    """Milliseconds between two frames."""
    return window.frame_interval


def timeline(window: WindowPage, kind: PageKind) -> TimelineBar:
    found = window.page_of(kind).bar
    assert found is not None
    return found


def test_that_plots_are_drawn_twice_a_second_while_it_is_on(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(LONG)
    window.train()
    assert pace(window) == FRAME_MS
    window.trigger("Calm drawing")
    assert window.action("Calm drawing").isChecked()
    assert pace(window) == CALM_MS == 500
    drawn: list[int] = []
    window.count_frames(lambda: drawn.append(window.run.iteration))
    qtbot.wait(1_600)
    assert 2 <= len(drawn) <= 4
    assert drawn[-1] > drawn[0], "what is drawn goes on"
    window.trigger("Calm drawing")
    assert not window.action("Calm drawing").isChecked()
    assert pace(window) == FRAME_MS


def test_that_texts_keep_their_pace(open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window = open_window(LONG)
    window.trigger("Calm drawing")
    window.train()
    told: list[bool] = []
    window.tell_texts(lambda: told.append(True))
    for _ in range(3):
        window.frame()
    assert len(told) == 3


def test_that_playback_takes_as_long_in_fewer_steps_on_every_page(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(SMALL.replace(iterations=400, record_every=1))
    window.train()
    window.wait_until_ended(qtbot)
    window.trigger("Calm drawing")
    assert timeline(window, PageKind.RUN).calm
    assert timeline(window, PageKind.COMPARE).calm, "also where it is made later"
    assert window.page_of(PageKind.REPEATS).bar is None, "a page without a timeline is left alone"
    bar = timeline(window, PageKind.RUN)
    bar.refresh(None)
    bar.play_or_pause()
    assert bar._timer.interval() == CALM_STEP_MS
    assert len(bar._frames) <= MOST_FRAMES * STEP_MS // CALM_STEP_MS
    bar.stop()
    window.trigger("Calm drawing")
    bar.play_or_pause()
    assert bar._timer.interval() == STEP_MS
    assert len(bar._frames) > MOST_FRAMES * STEP_MS // CALM_STEP_MS
    bar.stop()


def test_that_the_system_decides_until_the_user_does(open_window: OpenWindow) -> None:
    window = open_window()
    window.ask_for_reduced_motion()
    assert pace(window) == CALM_MS
    assert window.action("Calm drawing").isChecked()
    window.trigger("Calm drawing")
    assert pace(window) == FRAME_MS
    window.ask_for_reduced_motion()
    assert pace(window) == FRAME_MS, "the user's choice stands"
    window.close()
    assert json.loads(window.settings_path.read_text("utf-8"))["calm"] == FULL


@pytest.mark.parametrize(("choice", "expected"), [(CALM, CALM_MS), (FULL, FRAME_MS), ("", FRAME_MS), ("x", FRAME_MS)])
def test_that_the_choice_is_remembered(open_window: OpenWindow, choice: str, expected: int) -> None:
    window = open_window(calm=choice)
    assert pace(window) == expected
    assert window.action("Calm drawing").isChecked() is (expected == CALM_MS)
    window.close()
    assert json.loads(window.settings_path.read_text("utf-8"))["calm"] == (choice if choice != "x" else "")
