"""The clock that draws: quick while anything moves, and at rest when nothing does."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from gui.pages.page import Page
from gui.pages.page_stack import PageStack
from gui.runs.viewed import Viewed
from gui.style.theme import LIGHT, Theme
from gui.window.pages_clock import FRAME_MS, FRAMES_A_TEXT, STILL_FRAMES, STILL_MS, PagesClock
from model.config.views import PageKind


class Drawing(Page):
    """A page that has something to draw when it is told so."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.moves = False

    def frame(self) -> bool:
        return self.moves


class Clock:
    """A clock with its page and whether a run goes on."""

    def __init__(self) -> None:
        self.going = False
        self.texts = 0
        self.stack = PageStack({PageKind.RUN: Drawing}, Viewed(), LIGHT)
        self.stack.start()
        self.clock = PagesClock(self.stack, lambda: self.going, self.stack)
        self.clock.text_due.connect(self._count)
        self.clock.start()

    def _count(self) -> None:
        self.texts += 1

    def tick(self, frames: int) -> None:
        """Let so many frames be due."""
        for _ in range(frames):
            self.clock.frame()

    def move(self, moves: bool) -> None:
        """Let the page have something to draw, or nothing more."""
        page = self.stack.current
        assert isinstance(page, Drawing)
        page.moves = moves


@pytest.fixture
def clock(qapp: QApplication) -> Iterator[Clock]:
    made = Clock()
    yield made
    made.clock.stop()


def test_that_the_clock_rests_when_nothing_moves_and_wakes_with_the_first_frame(clock: Clock) -> None:
    clock.move(True)
    clock.tick(3 * STILL_FRAMES)
    assert clock.clock.interval == FRAME_MS
    clock.move(False)
    clock.tick(STILL_FRAMES)
    assert clock.clock.interval == FRAME_MS
    clock.tick(1)
    assert clock.clock.interval == STILL_MS
    clock.move(True)
    clock.tick(1)
    assert clock.clock.interval == FRAME_MS


def test_that_a_run_behind_keeps_the_clock_going(clock: Clock) -> None:
    clock.going = True
    clock.tick(2 * STILL_FRAMES)
    assert clock.clock.interval == FRAME_MS
    assert clock.texts == 2 * STILL_FRAMES // FRAMES_A_TEXT


def test_that_texts_are_written_twice_more_after_the_last_frame_and_then_left_alone(clock: Clock) -> None:
    clock.tick(STILL_FRAMES)
    assert clock.texts == STILL_FRAMES // FRAMES_A_TEXT
    clock.tick(10 * FRAMES_A_TEXT)
    assert clock.texts == STILL_FRAMES // FRAMES_A_TEXT


def test_that_a_clock_that_was_slowed_down_never_rests_faster_than_it_ran(clock: Clock) -> None:
    clock.clock.start(500)
    clock.tick(STILL_FRAMES + 1)
    assert clock.clock.interval == 500


def test_that_a_clock_that_was_stopped_stays_so(clock: Clock) -> None:
    clock.clock.stop()
    clock.tick(2 * STILL_FRAMES)
    clock.move(True)
    clock.tick(1)
    assert not clock.clock.running
