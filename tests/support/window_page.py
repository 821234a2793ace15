"""The window as tests use it: what a user does and reads. A redesign of the window edits this and its neighbours."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import SignalInstance
from pytestqt.qtbot import QtBot

from gui.run_list.branch_dialog import BranchDialog
from gui.runs.run_entry import RunEntry
from gui.widgets.command import LazyMenu, MenuCommand
from gui.window.clinic_commands import ClinicCommands
from gui.window.main_window import MainWindow
from model.config.config import Config
from model.config.presets import preset_named
from model.diagnosis.verdict import Remedy
from tests.support.cures_page import CuresPage
from tests.support.export_page import ExportPage
from tests.support.lesson_tab_page import LessonTabPage
from tests.support.run_list_page import RunListPage
from tests.support.run_page import RunPage
from tests.support.settings_page import SettingsPage
from tests.support.window_display import WindowDisplay
from tests.support.windows import TIMEOUT_MS


class WindowPage(WindowDisplay):
    """One window: its run, settings, list of runs and exports by themselves, and here what concerns it whole."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.run = RunPage(self._parts)
        self.settings = SettingsPage(self._parts)
        self.runs = RunListPage(self._parts)
        self.export = ExportPage(self._parts)
        self.cures = CuresPage(self._parts)
        self.lessons = LessonTabPage(self._parts)

    @property
    def completed(self) -> SignalInstance:
        """Tells that the plots are there."""
        return self._window.completed

    @property
    def settings_path(self) -> Path:
        """Where it keeps its settings."""
        return self._window.path

    @property
    def menu_entries(self) -> list[MenuCommand | LazyMenu]:
        """What its menu bar is made from."""
        return self._window.content.menu_entries

    @property
    def clinic_commands(self) -> ClinicCommands:
        """What opens the clinic."""
        return self._window.content.clinic

    def complete(self) -> None:
        """Have the plots made now."""
        self._window.content.complete()

    def read_ahead(self) -> None:
        """Start and import what the program does half a second after its first pictures."""
        self._window.content.read_ahead()

    def has_plots(self) -> bool:
        """Whether they have been made."""
        return self._parts.has_plots

    def train(self) -> None:
        """Train, or go on after a pause."""
        assert not self.run.is_running()
        self.trigger("Train or pause")

    def pause(self) -> None:
        """Pause the run that goes on."""
        assert self.run.is_running()
        self.trigger("Train or pause")

    def step(self, iterations: int) -> None:
        """Take some steps of a paused run."""
        self._parts.transport.step_pressed.emit(iterations)

    def reset(self) -> None:
        """Back to the initial weights, with the settings as they are shown."""
        self.trigger("Reset")

    def stop(self) -> None:
        """End the run."""
        self.trigger("Stop")

    def branch(self) -> None:
        """Ask for a branch of the run on the screen; `branch_dialog` is where."""
        self.trigger("Branch off here …")

    def branch_dialog(self) -> BranchDialog:
        """The dialog that asks what a branch shall be."""
        (dialog,) = self.visible(BranchDialog)
        return dialog

    def train_lesson(self) -> None:
        """Train the lesson's six."""
        self.trigger("Train the lesson's six")

    def is_busy(self) -> bool:
        """Whether any run goes on, on the screen or behind it."""
        return self._window.content.commands.busy()

    def take_config(self, config: Config) -> None:
        """Show other settings and set up their run, as after opening a picture or a remedy."""
        self._window.content.training.take_config(config)

    def take_remedy(self, remedy: Remedy) -> None:
        """Press the button of a remedy."""
        self._parts.status.remedy_wanted.emit(remedy)

    def choose_preset(self, name: str) -> None:
        """Choose a preset from the menu."""
        self.trigger(preset_named(name).label)

    def open_file(self, path: Path) -> None:
        """Open a saved run or a picture."""
        self._parts.files.open(path)

    def wait_until_reached(self, iteration: int, qtbot: QtBot) -> None:
        """Wait until the run has come to an iteration."""
        qtbot.waitUntil(lambda: self.run.iteration >= iteration, timeout=TIMEOUT_MS)

    def wait_until_ended(self, qtbot: QtBot) -> None:
        """Wait until the run has ended."""
        qtbot.waitUntil(self.run.has_ended, timeout=TIMEOUT_MS)

    def train_to_end(self, qtbot: QtBot, **settings: Any) -> RunEntry:
        """Train a run with these settings changed to its end."""
        self.take_config(self.settings.config.replace(**settings))
        self.train()
        qtbot.waitUntil(lambda: not self.run.is_loading(), timeout=TIMEOUT_MS)
        self.wait_until_ended(qtbot)
        return self.runs.current()

    def wait_until_said(self, text: str, qtbot: QtBot) -> str:
        """Wait until the line at the bottom says something with `text` in it, in one sentence."""
        qtbot.waitUntil(lambda: text in self.status_text, timeout=TIMEOUT_MS)
        assert self.status_text.endswith(".")
        assert "\n" not in self.status_text
        return self.status_text


OpenWindow = Callable[..., WindowPage]
