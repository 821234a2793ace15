"""The tabs of the detail area: a view that is opened first takes turns of the event loop to be there."""

import pytest
from pytestqt.qtbot import QtBot

from gui.pages.dashboard.dashboard import Dashboard
from gui.style.theme import DARK
from model.config.views import ViewKind
from tests.support.timed_runs import run_of
from tests.support.windows import settle

LATER = [kind for kind in ViewKind if kind is not ViewKind.ACTIVATIONS]


@pytest.mark.parametrize("kind", LATER)
def test_that_a_view_is_made_and_told_its_run_and_shown_one_after_the_other(
    board: Dashboard, qtbot: QtBot, kind: ViewKind
) -> None:
    run_of(board, [0, 10])
    before = board.detail.view
    board.detail.choose(kind)
    made = board.detail.made[kind]
    assert made.run is None
    assert before.isVisible(), "it stays until the other one can be shown"
    told: list[tuple[bool, bool]] = []
    board.detail.view_changed.connect(lambda: told.append((made.run is not None, made.isVisible())))
    qtbot.waitUntil(made.isVisible)
    assert told[0] == (True, False)
    assert not before.isVisible()


@pytest.mark.parametrize("kind", LATER)
def test_that_who_cannot_wait_for_a_view_finds_it_told(board: Dashboard, kind: ViewKind) -> None:
    run_of(board, [0, 10])
    board.detail.choose(kind)
    assert board.detail.view.run is not None
    assert board.detail.view.view is kind


def test_that_a_theme_and_a_run_that_come_in_between_are_taken(board: Dashboard) -> None:
    run_of(board, [0, 10])
    board.detail.choose(ViewKind.LEDGER)
    board.apply_theme(DARK)
    run_log = run_of(board, [0])
    settle(board)
    view = board.detail.view
    assert view.isVisible()
    assert view.theme is DARK
    assert view.run is not None
    assert view.run.run_log is run_log
