"""The runs of a window, as the tests of its list, its files and its library look at them."""

from typing import Any

from pytestqt.qtbot import QtBot

from gui.run_list.branch_dialog import BranchDialog
from gui.runs.background_runner import begin_in_background
from gui.runs.run_entry import RunEntry
from gui.widgets.side_tabs import LISTED
from gui.window.main_window import MainWindow
from model.config.config import Config
from model.config.recipe import Recipe
from tests.support.windows import TIMEOUT_MS, commands, dashboard_of, ended, menu_of, visible


def entries(window: MainWindow) -> list[RunEntry]:
    """All runs of the list."""
    return window.commands.runs.entries


def current(window: MainWindow) -> RunEntry:
    """The run on the screen, which is in the list."""
    found = window.commands.runs.current
    assert found is not None
    return found


def names(window: MainWindow) -> list[str]:
    """What the runs are called, in the order of the list."""
    return list(window.commands.runs.names().values())


def overlaid(window: MainWindow) -> list[str]:
    """The names of the runs whose curves lie behind those of the run on the screen."""
    return [overlay.name for overlay in dashboard_of(window).overlays.all]


def trained(window: MainWindow, qtbot: QtBot, **settings: Any) -> RunEntry:
    """A run with these settings, trained from the panel to its end."""
    window.take_config(window.panel.config.replace(**settings))
    window.train_or_pause()
    qtbot.waitUntil(lambda: not window.session.loading, timeout=TIMEOUT_MS)
    ended(window, qtbot)
    return current(window)


def background(window: MainWindow, config: Config) -> RunEntry:
    """A run that a worker process trains."""
    recipe = Recipe(config.replace(data=window.session.config.data))
    return begin_in_background(window.commands.runs, window.commands.pages.pool, recipe)


def choose(window: MainWindow, entry: RunEntry, name: str) -> None:
    """Choose a run of the list and a command for it."""
    window.side.choose(LISTED)
    window.commands.list.select(entry)
    action = window.commands.list.commands.made[name]
    assert action.isEnabled()
    action.trigger()


def asked(window: MainWindow) -> BranchDialog:
    """The dialog that asks what a branch shall be."""
    (dialog,) = visible(window, BranchDialog)
    return dialog


def opened(window: MainWindow, qtbot: QtBot) -> RunEntry:
    """Wait until a run of the list is on the screen."""
    qtbot.waitUntil(lambda: window.commands.runs.current is not None, timeout=TIMEOUT_MS)
    return current(window)


def listed(window: MainWindow, count: int, qtbot: QtBot) -> list[RunEntry]:
    """Wait until so many runs are listed."""
    qtbot.waitUntil(lambda: len(entries(window)) == count, timeout=TIMEOUT_MS)
    return entries(window)


def command(window: MainWindow, menu: str, text: str) -> None:
    """Choose a command of the menu bar."""
    (action,) = [action for action in commands(menu_of(window, menu)) if action.text().lower() == text.lower()]
    action.trigger()


def said(window: MainWindow, text: str, qtbot: QtBot) -> str:
    """Wait until the line at the bottom says something with `text` in it, in one sentence."""
    qtbot.waitUntil(lambda: text in window.status.text.text(), timeout=TIMEOUT_MS)
    found = window.status.text.text()
    assert found.endswith(".")
    assert "\n" not in found
    return found
