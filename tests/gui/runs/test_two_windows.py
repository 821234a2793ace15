"""Two windows on one library at once: each sees what the other one does."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.runs import run_registry as runs_module
from tests.support.saved_runs import assert_same_history
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import LONG, TIMEOUT_MS, click


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows look at what others have done more often, so that nobody waits."""
    monkeypatch.setattr(runs_module, "LOOK_EVERY", 0.1)


def seen(window: WindowPage, qtbot: QtBot, found: Callable[[], bool]) -> None:
    """Wait until the window has taken over what another one did."""

    def look() -> bool:
        window.show_figures()
        return found()

    qtbot.waitUntil(look, timeout=TIMEOUT_MS)


def test_that_two_windows_at_once_see_each_others_runs(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    one, other = (open_window(library=tmp_path / "library.sqlite") for _ in range(2))
    first = one.train_to_end(qtbot, seed=1)
    seen(other, qtbot, lambda: len(other.runs.entries) == 1 and other.runs.entries[0].summary().ended)
    second = other.train_to_end(qtbot, seed=2)
    seen(one, qtbot, lambda: len(one.runs.entries) == 2)
    assert one.runs.names == other.runs.names == ["seed 1", "seed 2"]
    seen(other, qtbot, lambda: other.runs.overlaid == ["seed 1"])
    seen(one, qtbot, lambda: one.runs.overlaid == ["seed 2"])
    one.runs.change(one.runs.entries[1], label="renamed elsewhere", color=6)
    seen(other, qtbot, lambda: second.listing.label == "renamed elsewhere" and second.listing.color == 6)
    other.runs.delete(other.runs.entries[0])
    one.runs.leave_screen()
    seen(one, qtbot, lambda: first not in one.runs.entries)
    other.runs.undo()
    seen(one, qtbot, lambda: [entry.id for entry in one.runs.entries] == [first.id, second.id])


def test_that_a_run_that_another_window_trains_can_be_opened_and_is_followed(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    one, other = (open_window(LONG, library=tmp_path / "library.sqlite") for _ in range(2))
    click(one.button("train"))
    one.wait_until_reached(100, qtbot)
    seen(other, qtbot, lambda: len(other.runs.entries) == 1 and other.runs.entries[0].summary().iteration > 0)
    (entry,) = other.runs.entries
    other.runs.open(entry)
    qtbot.waitUntil(lambda: other.runs.on_screen() is entry, timeout=TIMEOUT_MS)
    at_first = other.run.iteration
    assert not other.run.is_running()
    assert one.run.is_running()
    seen(other, qtbot, lambda: other.run.iteration > at_first)
    one.stop()
    one.wait_until_ended(qtbot)
    last = one.run.iteration
    seen(other, qtbot, lambda: other.run.iteration == last)
    assert other.runs.on_screen() is entry
    assert other.runs.overlaid == []
    assert_same_history(other.run.history, one.run.history)
