"""From lesson to lesson and step to step: by keys alone, from another folder, at the first start, from the menu."""

from pathlib import Path
from shlex import split

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QScrollArea, QSlider, QWidget
from pytestqt.qtbot import QtBot

from gui.lessons.step_flow import Phase
from gui.style.theme import DARK
from gui.widgets.mnemonics import plain
from gui.widgets.side_tabs import NARROWEST, TO_READ, WIDEST, WIDTH
from gui.window.preferences import read_preferences
from model.base.language import languages
from model.cli.main_parser import parse
from model.cli.open_lesson import OpenLesson
from model.config.config import Config
from model.config.presets import preset_named
from model.lessons.judgement import Guess, Judgement
from model.lessons.lesson import BetKind
from model.lessons.lesson_folder import read_lessons
from model.lessons.lesson_place import LessonPlace
from model.lessons.progress import FILE_NAME, LearnerProgress, read_progress, write_progress
from tests.support.catalogues import OfWords, speaking
from tests.support.lessons import MARKDOWN, TOML, written
from tests.support.many_bets import MARKDOWN as MARKDOWN_OF_KINDS
from tests.support.many_bets import TOML as TOML_OF_KINDS
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import TIMEOUT_MS, visible

ENTER, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape
SETTLED = 6  # turns after which texts that take their height from their width move nothing any more


def test_that_a_lesson_is_gone_through_by_keys_alone(window: WindowPage, kinds: Path, qtbot: QtBot) -> None:
    lessons = window.lessons
    lessons.open_folder(kinds)
    window.activate(qtbot)
    lessons.pages.take_focus()
    lessons.press(ENTER)
    qtbot.waitUntil(window.run.is_ready, timeout=TIMEOUT_MS)
    lessons.press(Qt.Key.Key_Up)
    lessons.press(ENTER)
    lessons.wait_until_told(qtbot)
    lessons.press(ENTER)
    assert lessons.counter == "2 of 7"
    lessons.press(Qt.Key.Key_2)
    lessons.press(ENTER)
    lessons.wait_until_told(qtbot)
    lessons.press(ENTER)
    for letter in "6":
        lessons.press(Qt.Key(ord(letter)))
    lessons.press(ENTER)
    lessons.wait_until_told(qtbot)
    lessons.press(Qt.Key.Key_Left)
    assert lessons.counter == "2 of 7"
    lessons.press(Qt.Key.Key_PageDown)
    assert lessons.counter == "3 of 7"
    lessons.press(ESCAPE)
    assert not lessons.page.isVisible()
    assert lessons.pages.list.rows[0].hasFocus()


def test_that_the_last_step_ends_the_lesson(window: WindowPage, kinds: Path, qtbot: QtBot) -> None:
    window.lessons.open("1", 7, kinds)
    window.lessons.editor.show_guess("because")
    window.lessons.act()
    window.lessons.wait_until_told(qtbot)
    assert (window.lessons.told, window.lessons.button) == ("Kept. Compare it with this:", "Finish")
    window.lessons.act()
    (row,) = window.lessons.pages.list.rows
    assert row.state == "done"


def test_that_another_folder_is_listed_and_a_broken_lesson_costs_one_sentence(
    window: WindowPage, tmp_path: Path
) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    written(folder, TOML, MARKDOWN, "01-short")
    written(folder, TOML.replace("curve", "cruve"), MARKDOWN, "02-broken")
    window.lessons.open_folder(folder)
    assert window.lessons.titles == ["A short run"]
    assert "02-broken.toml, line 8" in window.status_text
    assert "\n" not in window.status_text
    window.lessons.open_folder(tmp_path / "nowhere")
    assert "cannot be read" in window.status_text
    assert window.lessons.titles == ["A short run"]
    window.lessons.pages.open_own()
    assert len(window.lessons.titles) == len(read_lessons())


def test_that_lessons_of_one_name_in_two_folders_have_a_progress_each(window: WindowPage, kinds: Path) -> None:
    window.lessons.open("1")
    window.lessons.pages.go_by(1)
    window.lessons.open("1", folder=kinds)
    window.lessons.open("1", 3, kinds)
    window.lessons.pages.open_own()
    assert window.lessons.pages.list.rows[0].state == "step 2 of 6"


class ShownWindows(QObject):
    """Which widgets have become windows of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.found.append(type(watched).__name__)
        return False


def test_that_no_part_of_a_lesson_shows_as_a_window_before_it_is_in_its_place(
    window: WindowPage, kinds: Path, qapp: QApplication
) -> None:
    shown = ShownWindows()
    qapp.installEventFilter(shown)
    for step in range(1, 8):
        window.lessons.open("1", step, kinds)
    qapp.removeEventFilter(shown)
    assert not shown.found


def test_that_lessons_are_listed_and_opened_in_the_language_in_use(open_window: OpenWindow) -> None:
    with speaking(OfWords({"{step} of {steps}": "{step}/{steps}"})):
        lessons = open_window().lessons
        lessons.open("1", 2)
        assert (lessons.flow.lesson.language, lessons.counter) == ("ja", "2/6")
        assert lessons.titles == [lesson.title for lesson in read_lessons(language="ja")]
        lessons.pages.follow(LessonPlace("5", 1))
        assert lessons.flow.lesson.language == "ja"


def test_that_progress_is_reset_from_the_menu(window: WindowPage, kinds: Path) -> None:
    window.lessons.open("1", 2)
    window.trigger("Reset progress")
    assert [row.state.endswith("minutes") for row in window.lessons.pages.list.rows] == [True] * len(read_lessons())
    assert read_progress(window.settings_path.parent / FILE_NAME)[0].lessons == {}


def test_that_progress_that_cannot_be_read_is_said(open_window: OpenWindow, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("{")
    window = open_window()
    window.lessons.show()
    assert "could not be read, so the lessons begin anew" in window.status_text


def test_that_the_first_start_asks_for_one_thing_and_only_once(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window.lessons.welcome()
    qtbot.waitUntil(lambda: window.run.config == preset_named("sigmoid-gauss").config, timeout=TIMEOUT_MS)
    assert window.lessons.is_open()
    assert window.settings.config == preset_named("sigmoid-gauss").config
    first = window.lessons.pages.first
    assert first
    assert first.isVisible()
    window.activate(qtbot)
    first.take_focus()
    window.lessons.press(ENTER)
    assert (window.lessons.counter, window.lessons.phase) == ("1 of 6", Phase.ASKED)
    window.lessons.leave()
    window.lessons.welcome()
    assert not window.lessons.is_open()


def test_that_escape_skips_the_first_start(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window.lessons.welcome()
    window.activate(qtbot)
    assert window.lessons.pages.first
    window.lessons.pages.first.take_focus()
    window.lessons.press(ESCAPE)
    assert not window.lessons.is_open()
    assert window.settings.config == Config()
    assert read_progress(window.settings_path.parent / FILE_NAME)[0].started


def test_that_whoever_has_begun_a_lesson_is_no_beginner(open_window: OpenWindow, tmp_path: Path) -> None:
    write_progress(tmp_path / FILE_NAME, LearnerProgress(started=True))
    window = open_window()
    window.lessons.welcome()
    assert not window.lessons.is_open()


def test_that_the_lesson_is_wider_and_its_width_is_pulled(window: WindowPage) -> None:
    side = window.side
    assert side.width() == WIDTH
    window.lessons.show()
    assert side.width() == TO_READ
    for wanted, found in ((450, 450), (9, NARROWEST), (9_000, WIDEST)):
        side.set_width_to_read(wanted)
        assert side.width() == found
    window.lessons.leave()
    assert side.width() == WIDTH


def test_that_the_width_of_the_lesson_is_remembered(open_window: OpenWindow) -> None:
    window = open_window(lesson_width=400)
    window.lessons.show()
    assert window.side.width() == 400
    window.side.set_width_to_read(450)
    window.close()
    assert read_preferences(window.settings_path)[0].lesson_width == 450


def test_that_the_menu_opens_any_lesson(window: WindowPage) -> None:
    menu = next(each for each in window.widget.findChildren(QMenu) if each.title() == "Open a lesson")
    menu.aboutToShow.emit()
    assert [plain(action.text()).split("  ")[1] for action in menu.actions()] == [each.title for each in read_lessons()]
    menu.actions()[1].trigger()
    assert window.lessons.flow.lesson.number == "2"


def test_that_all_that_can_be_used_has_a_name_and_a_tooltip(window: WindowPage, kinds: Path, qtbot: QtBot) -> None:
    for step in range(1, 8):
        window.lessons.open("1", step, kinds)
        for kind in (QAbstractButton, QSlider):
            for widget in visible(window.lessons.pages, kind):
                text = widget.text() if isinstance(widget, QAbstractButton) else ""
                assert widget.accessibleName() or text
                assert widget.toolTip()


@pytest.mark.parametrize("window", languages(), indirect=True)
@pytest.mark.parametrize("number", range(1, len(read_lessons()) + 1))
def test_that_no_step_is_scrolled_before_its_answer_in_a_usual_window(window: WindowPage, number: int) -> None:
    lesson = read_lessons()[number - 1]
    for step in range(1, len(lesson.steps) + 1):
        window.lessons.open(str(number), step)
        for _ in range(SETTLED):
            QApplication.processEvents()
        (area,) = (each for each in visible(window.lessons.page, QScrollArea))
        assert area.verticalScrollBar().maximum() == 0, lesson.steps[step - 1].key


GUESSES: dict[BetKind, Guess] = {BetKind.RANK: (), BetKind.BARS: (), BetKind.WORDS: "because"}


@pytest.mark.parametrize("window", languages(), indirect=True)
@pytest.mark.parametrize("number", range(1, len(read_lessons()) + 1))
def test_that_no_answer_is_scrolled_in_a_usual_window(window: WindowPage, number: int) -> None:
    lesson = read_lessons()[number - 1]
    found = []
    for place, step in enumerate(lesson.steps, 1):
        for option in step.bet.options if step.bet else ():
            window.lessons.open(str(number), place)
            bet, flow = window.lessons.editor.bet, window.lessons.flow
            right = next((each for each in bet.options if each.key == bet.right), None)
            guess = GUESSES.get(bet.kind, option.key if bet.kind is BetKind.CHOICE else 1.0)
            flow.phase, flow.judgement = Phase.TOLD, Judgement(bet, guess, option is right, option, right, 1.0)
            window.lessons.page.show_phase()
            for _ in range(SETTLED):
                QApplication.processEvents()
            scrolled = window.lessons.page.area.verticalScrollBar().maximum()
            if scrolled:
                found.append(f"{step.key}, {option.key}: {scrolled} pixels")
    assert not found


@pytest.mark.parametrize("part", ["heading", "text", "question", "content", "counter", "foot"])
def test_that_a_click_on_a_blank_part_leaves_the_keyboard_with_the_bet(
    window: WindowPage, kinds: Path, qtbot: QtBot, part: str
) -> None:
    window.lessons.open("1", 6, kinds)
    window.activate(qtbot)
    page, editor = window.lessons.page, window.lessons.editor
    page.take_focus()
    held = window.focus
    assert editor.isAncestorOf(held)
    blank = {"heading": page.heading, "text": page.text.viewport(), "question": page.question.viewport(),
             "content": page.area.content, "counter": page.counter, "foot": page}[part]  # fmt: skip
    place = blank.rect().bottomRight() - QPoint(3, 3)
    QTest.mouseClick(blank, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert window.focus is held
    before = editor.guess
    window.lessons.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert editor.guess != before


def test_that_a_link_to_another_lesson_opens_its_step_and_one_to_nowhere_is_said(
    window: WindowPage, kinds: Path, qtbot: QtBot
) -> None:
    markdown = MARKDOWN.replace("[the loss](mark:loss)", "[another](lesson:1:2) or [none](lesson:77)")
    own = kinds.parent / "linked"
    own.mkdir()
    written(own, TOML, markdown, "05-links")
    written(own, TOML_OF_KINDS, MARKDOWN_OF_KINDS, "01-kinds")
    window.lessons.open("5", folder=own)
    window.activate(qtbot)
    text = window.lessons.page.text
    text.anchorClicked.emit(QUrl("lesson:77:1"))
    assert "There is no lesson '77'" in window.status_text
    text.setFocus(Qt.FocusReason.TabFocusReason)
    window.press(Qt.Key.Key_Tab)
    window.press(ENTER)
    assert (window.lessons.flow.lesson.key, window.lessons.counter) == ("01-kinds", "2 of 7")


def test_that_a_link_to_a_step_is_the_command_that_opens_it(window: WindowPage, kinds: Path) -> None:
    action = window.action("Copy link to this step")
    assert not action.isEnabled()
    for name, step, folder in (("1", 4, None), ("1", 3, kinds)):
        window.lessons.open(name, step, folder)
        window.lessons.page.link.click()
        command = split(QGuiApplication.clipboard().text())
        assert command[:3] == ["python3", "run.py", "lesson"]
        asked = parse(command[2:])
        assert isinstance(asked, OpenLesson)
        window.lessons.pages.open_own()
        window.lessons.open(asked.which, asked.step, asked.folder)
        assert window.lessons.counter.startswith(f"{step} of ")
        assert (window.lessons.flow.lesson.path.parent == kinds) == (folder is not None)
        QGuiApplication.clipboard().clear()
        action.trigger()
        assert split(QGuiApplication.clipboard().text()) == command


def test_that_themes_change_below_a_step(window: WindowPage, kinds: Path) -> None:
    for step in range(1, 8):
        window.lessons.open("1", step, kinds)
        window.trigger("Dark" if step % 2 else "Light")
        assert window.lessons.page.theme is (DARK if step % 2 else window.lessons.page.theme)
        assert not window.grab().isNull()
