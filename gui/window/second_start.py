"""What a second start on the same library does: the window that is open is raised, or another one is opened."""

import os
from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox, QWidget

from gui.style.style_sheet import apply_theme
from gui.style.theme import theme_named
from gui.widgets.command import Menu, MenuCommand
from gui.window.end_signals import EndSignals
from gui.window.meeting import Meeting
from gui.window.preferences import Preferences, preferences_path, read_preferences
from gui.window.start_request import StartRequest

SILENT_PLATFORMS = ("offscreen", "minimal")  # where nobody can answer
MENU = f"{Menu.FILE}/When started a&gain"
QUESTION = "Layerscope is open already with this library of runs."
EXPLAINED = "What shall a second start do? This is asked once; File > When started again changes it."
UNANSWERED = (
    "The window that is open already does not answer, so this is a second one. Both keep their runs in one list."
)


class SecondStart(Enum):
    """What a second start does: the words in the menu, the button of the question, and what it means."""

    ASK = "Ask", "", "Ask at the next second start"
    SHOW = "Show the open window", "&Show the open window", "A second start raises the first window and ends"
    OPEN = "Open another window", "&Open another window", "A second start opens a window of its own on the same library"

    def __init__(self, label: str, button: str, help: str) -> None:
        self.label, self.button, self.help = label, button, help

    @property
    def key(self) -> str:
        """Name used in files; '' while nobody has chosen."""
        return "" if self is SecondStart.ASK else self.name.lower()


def second_start_named(key: str) -> SecondStart:
    """The member with this key; ASK for any other."""
    return next((each for each in SecondStart if each.key == key), SecondStart.ASK)


def question() -> QMessageBox:
    """The question, with a button for each answer and Cancel."""
    box = QMessageBox(QMessageBox.Icon.Question, "Layerscope", QUESTION)
    box.setInformativeText(EXPLAINED)
    for each in SecondStart:
        if each.button:
            button = box.addButton(each.button, QMessageBox.ButtonRole.AcceptRole)
            button.setToolTip(each.help)
            button.setObjectName(f"second-{each.key}")
            if each is SecondStart.SHOW:
                box.setDefaultButton(button)
    box.addButton(QMessageBox.StandardButton.Cancel)
    return box


def ask(listen: Callable[[QMessageBox], object]) -> SecondStart | None:
    """Ask the user, None for neither; OPEN where nobody can answer. `listen` is given the box before it is shown."""
    if QGuiApplication.platformName() in SILENT_PLATFORMS:
        return SecondStart.OPEN
    box = question()
    listen(box)
    box.exec()
    clicked: QAbstractButton | None = box.clickedButton()
    name = clicked.objectName() if clicked is not None else ""
    box.deleteLater()
    return next((each for each in SecondStart if each.button and name == f"second-{each.key}"), None)


class StartOutcome(NamedTuple):
    """Whether a second start opens a window, what the user has just chosen ('' for nothing), and what to say."""

    opens: bool
    chosen: str = ""
    note: str = ""


def second_start(meeting: Meeting, request: StartRequest, ends: EndSignals, application: QApplication) -> StartOutcome:
    """Do what a second start does, as was chosen once or is chosen now."""
    settings, _ = read_preferences(preferences_path())
    kept = second_start_named(settings.second_start)
    choice: SecondStart | None = kept
    if kept is SecondStart.ASK:
        apply_theme(application, theme_named(settings.theme))
        choice = ask(lambda box: ends.tell(box.reject, box))
    if choice is None:
        return StartOutcome(opens=False)
    asked = kept is SecondStart.ASK and QGuiApplication.platformName() not in SILENT_PLATFORMS
    request = replace(request, choice=choice.key if asked else "")
    if choice is SecondStart.OPEN:
        if asked:  # the first window, which writes the same settings, has to know
            meeting.hand_over(replace(request, file="", lesson="", show=False), lambda: not ends.heard)
        return StartOutcome(opens=True, chosen=request.choice)
    if meeting.hand_over(request, lambda: not ends.heard) or ends.heard:
        return StartOutcome(opens=False)
    return StartOutcome(opens=True, chosen=request.choice, note="" if meeting.first else UNANSWERED)


def raise_window(window: QWidget, token: str) -> None:
    """Bring a window to the front; where the system does not let a program do so, it is marked in the task bar."""
    if token:  # a Wayland compositor lets whoever was given it by the user's click raise a window
        os.environ["XDG_ACTIVATION_TOKEN"] = token
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    QApplication.alert(window)


class SecondStartCommands:
    """The choice in the menu of `window`, kept in `preferences`; `changed` is called when the user has chosen."""

    def __init__(self, window: QWidget, preferences: Preferences, changed: Callable[[], object]) -> None:
        self.window, self.preferences, self.changed = window, preferences, changed

    def choose(self, choice: SecondStart) -> None:
        """Take another choice, and tick it in the menu."""
        self.preferences.second_start = choice.key
        if action := self.window.findChild(QAction, _name(choice)):
            action.setChecked(True)
        self.changed()

    def take(self, request: StartRequest) -> None:
        """Raise the window, and take over what was chosen at a second start."""
        if request.choice:
            self.choose(second_start_named(request.choice))
        if request.show:
            raise_window(self.window, request.token)

    def commands(self) -> list[MenuCommand]:
        """The entries of the menu File."""
        present = second_start_named(self.preferences.second_start)
        return [
            MenuCommand(MENU, _name(each), each.label, partial(self.choose, each), tip=each.help, group=2,
                        exclusive=True, checked=each is present)
            for each in SecondStart
        ]  # fmt: skip


def _name(choice: SecondStart) -> str:
    return f"second-start-{choice.name.lower()}"
