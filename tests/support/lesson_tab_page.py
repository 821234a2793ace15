"""The Lesson tab as tests use it."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.lessons.bets.bet_editor import BetEditor
from gui.lessons.bets.level_editor import LevelEditor
from gui.lessons.lesson_pages import LessonPages
from gui.lessons.stage import LessonStage
from gui.lessons.step_flow import Phase, StepFlow
from gui.lessons.step_page import StepPage
from gui.widgets.side_tabs import SET, TAUGHT
from model.lessons.progress import LessonProgress
from tests.support.window_parts import WindowParts
from tests.support.windows import TIMEOUT_MS


class LessonTabPage:
    """Opens lessons, answers, and reads what they say."""

    def __init__(self, parts: WindowParts) -> None:
        self._parts = parts

    def is_open(self) -> bool:
        """Whether the tab shows."""
        return self._parts.side.shown == TAUGHT

    def is_made(self) -> bool:
        """Whether there is anything in the tab."""
        return self._parts.lessons.panel is not None

    def open(self, name: str, step: int = 1, folder: Path | None = None) -> None:
        """Open a lesson at a step."""
        self._parts.lessons.open_lesson(name, step, folder)
        QApplication.processEvents()

    def open_folder(self, folder: Path) -> None:
        """Open a folder of lessons."""
        self._parts.lessons.show()
        self.pages.open_folder(folder)

    def show(self) -> None:
        """Open the tab."""
        self._parts.side.choose(TAUGHT)

    def welcome(self) -> None:
        """Do what the program does at its first start."""
        self._parts.lessons.welcome()
        QApplication.processEvents()

    def leave(self) -> None:
        """Open the settings instead."""
        self._parts.side.choose(SET)

    @property
    def pages(self) -> LessonPages:
        """What is in the tab."""
        assert self._parts.lessons.panel
        return self._parts.lessons.panel

    @property
    def stage(self) -> LessonStage:
        """What it does to the rest of the window."""
        assert self._parts.lessons.stage
        return self._parts.lessons.stage

    @property
    def page(self) -> StepPage:
        """The step on the screen."""
        return self.pages.page

    @property
    def flow(self) -> StepFlow:
        """What happens in it."""
        assert self.pages.flow
        return self.pages.flow

    @property
    def editor(self) -> BetEditor:
        """Where its bet is made."""
        assert self.page.editor
        return self.page.editor

    @property
    def phase(self) -> Phase:
        """Where the step is."""
        return self.flow.phase

    def pull(self, value: float) -> None:
        """Pull a curve's end, or a flag."""
        assert isinstance(self.editor, LevelEditor)
        self.editor.pull(value)

    @property
    def counter(self) -> str:
        """Which step of how many."""
        return self.page.counter.text()

    @property
    def told(self) -> str:
        """The sentence with the guess and the measured value; '' where nothing is told."""
        return self.page.answer.told.text() if self.page.answer.isVisible() else ""

    @property
    def why(self) -> str:
        """What is told below it."""
        return self.page.answer.why.toPlainText() if self.page.answer.why.isVisible() else ""

    @property
    def text(self) -> str:
        """The text of the step."""
        return self.page.text.toPlainText()

    @property
    def button(self) -> str:
        """What the one button says."""
        return self.page.primary.text()

    @property
    def progress(self) -> LessonProgress:
        """What is kept of the lesson."""
        return self.pages.file.of(self.flow.lesson)

    @property
    def titles(self) -> list[str]:
        """The lessons that are listed."""
        return [lesson.title for lesson in self.pages.lessons]

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        focus = self._parts.window.focusWidget()
        assert isinstance(focus, QWidget)
        QTest.keyClick(focus, key, modifiers)
        QApplication.processEvents()

    def act(self) -> None:
        """Press the one button."""
        QTest.mouseClick(self.page.primary, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def wait_until_told(self, qtbot: QtBot) -> None:
        """Wait until the step has told all."""
        qtbot.waitUntil(lambda: self.flow.phase is Phase.TOLD, timeout=TIMEOUT_MS)
        QApplication.processEvents()
