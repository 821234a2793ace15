"""Two windows on one library at once: each sees what the other one does."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.runs import run_registry as runs_module
from gui.window.main_window import MainWindow
from tests.support.saved_runs import assert_same_history
from tests.support.window_runs import entries, names, overlaid, trained
from tests.support.windows import LONG, TIMEOUT_MS, OpenWindow, click, ended, reached, run_log_of


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows look at what others have done more often, so that nobody waits."""
    monkeypatch.setattr(runs_module, "LOOK_EVERY", 0.1)


def seen(window: MainWindow, qtbot: QtBot, found: Callable[[], bool]) -> None:
    """Wait until the window has taken over what another one did."""

    def look() -> bool:
        window.commands.refresh()
        return found()

    qtbot.waitUntil(look, timeout=TIMEOUT_MS)


def test_that_two_windows_at_once_see_each_others_runs(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    one, other = (open_window(library=tmp_path / "library.sqlite") for _ in range(2))
    first = trained(one, qtbot, seed=1)
    seen(other, qtbot, lambda: len(entries(other)) == 1 and entries(other)[0].summary().ended)
    second = trained(other, qtbot, seed=2)
    seen(one, qtbot, lambda: len(entries(one)) == 2)
    assert names(one) == names(other) == ["seed 1", "seed 2"]
    seen(other, qtbot, lambda: overlaid(other) == ["seed 1"])
    seen(one, qtbot, lambda: overlaid(one) == ["seed 2"])
    one.commands.runs.change(entries(one)[1], label="renamed elsewhere", color=6)
    seen(other, qtbot, lambda: second.listing.label == "renamed elsewhere" and second.listing.color == 6)
    other.commands.runs.delete([entries(other)[0]])
    one.commands.runs.put_on_screen(None)
    seen(one, qtbot, lambda: first not in entries(one))
    other.commands.runs.undo()
    seen(one, qtbot, lambda: [entry.id for entry in entries(one)] == [first.id, second.id])


def test_that_a_run_that_another_window_trains_can_be_opened_and_is_followed(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    one, other = (open_window(LONG, library=tmp_path / "library.sqlite") for _ in range(2))
    click(one.transport.train)
    reached(one, 100, qtbot)
    seen(other, qtbot, lambda: len(entries(other)) == 1 and entries(other)[0].summary().iteration > 0)
    (entry,) = entries(other)
    other.commands.open(entry)
    qtbot.waitUntil(lambda: other.commands.runs.current is entry, timeout=TIMEOUT_MS)
    at_first = run_log_of(other).iteration
    assert not other.session.running
    assert one.session.running
    seen(other, qtbot, lambda: run_log_of(other).iteration > at_first)
    one.session.stop()
    ended(one, qtbot)
    last = run_log_of(one).iteration
    seen(other, qtbot, lambda: run_log_of(other).iteration == last)
    assert other.commands.runs.current is entry
    assert overlaid(other) == []
    assert_same_history(run_log_of(other).history, run_log_of(one).history)
