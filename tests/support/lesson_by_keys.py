"""The first lesson's first step by the keyboard alone, which several journeys begin with."""

from PySide6.QtCore import Qt

from gui.lessons.bets.level_editor import NAMES, LevelEditor
from gui.lessons.step_flow import Phase
from model.base.language import tr
from model.lessons.lesson import BetKind
from tests.support.keyboard import Keyboard, name_of
from tests.support.lesson_tab_page import LessonTabPage

Key = Qt.Key


def wait_until_told(keys: Keyboard) -> None:
    """Wait until the step has told all, which leaves the keyboard at the button that goes on."""
    keys.wait(lambda: keys.window.lessons.phase is Phase.TOLD)
    assert keys.is_at(keys.window.lessons.page.primary)


def open_first(keys: Keyboard) -> LessonTabPage:
    """Open the list of lessons by its key, and the first that is not done by Enter."""
    lessons = keys.window.lessons
    keys.press(Key.Key_F3)
    assert keys.is_at(lessons.pages.list.rows[0])
    keys.press(Key.Key_Return)
    return lessons


def pull_the_curve(keys: Keyboard) -> None:
    """Step 1: pull the end of a curve, and have its run trained."""
    lessons = keys.window.lessons
    assert name_of(keys.focus) == tr(NAMES[BetKind.CURVE])
    assert isinstance(lessons.editor, LevelEditor)
    keys.press(Key.Key_Home)
    keys.press(Key.Key_Right, times=11)
    said = lessons.editor.value_text.text()
    assert "11" in said
    keys.press(Key.Key_Return)
    wait_until_told(keys)
    assert said in lessons.told
    assert lessons.progress.bets["end"].right
