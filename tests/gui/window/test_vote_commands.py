"""A lesson in front of a class: presenter mode keeps it, V opens a vote with the answer held back, R reveals it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.lessons.bets.choice_editor import ChoiceEditor
from gui.lessons.bets.vote_column import CountField
from gui.style import text_size
from gui.style.text_size import scaled
from gui.widgets.side_tabs import TO_READ
from gui.window.bet_gate import VOTED
from gui.window.presenter import TIMES
from gui.window.vote_commands import NO_OPTIONS
from model.lessons.progress import FILE_NAME, read_progress
from tests.support.lessons import written
from tests.support.many_bets import MARKDOWN, TOML
from tests.support.window_page import OpenWindow, WindowPage

F11, V, R, ENTER = Qt.Key.Key_F11, Qt.Key.Key_V, Qt.Key.Key_R, Qt.Key.Key_Return


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    """A folder with a lesson whose first step lets a choice be decided by its own run."""
    folder = tmp_path / "asked"
    folder.mkdir()
    written(folder, TOML.replace('kind = "curve"', 'kind = "choice"'), MARKDOWN, "01-asked")
    return folder


@pytest.fixture
def window(open_window: OpenWindow, qtbot: QtBot) -> WindowPage:
    made = open_window()
    made.resize(1280, 820)
    made.activate(qtbot)
    return made


def roles(window: WindowPage) -> list[str]:
    """What stands below the options."""
    assert isinstance(window.lessons.editor, ChoiceEditor)
    return [option.role for option in window.lessons.editor.options.values()]


def told(window: WindowPage, folder: Path, qtbot: QtBot) -> None:
    """Present the first step, whose bet is placed and whose run is done."""
    window.lessons.open("1", folder=folder)
    qtbot.waitUntil(window.run.is_ready)
    window.press(F11)
    window.lessons.press(Qt.Key.Key_1)
    window.lessons.act()
    window.lessons.wait_until_told(qtbot)


def test_that_presenter_mode_keeps_the_lesson_and_only_hides_the_tabs(window: WindowPage, kinds: Path) -> None:
    window.lessons.open("1", 2, kinds)
    window.press(F11)
    assert window.presenter.active
    assert window.lessons.page.isVisible()
    assert not window.side.tabs.isVisible()
    assert window.lessons.page.counter.isVisible()
    assert window.lessons.counter == "2 of 7"
    assert text_size.factor() == TIMES
    assert window.side.width() == scaled(TO_READ)
    window.press(Qt.Key.Key_F4)
    assert not window.side.isVisible()
    window.press(Qt.Key.Key_F3)
    assert window.lessons.page.isVisible()
    window.press(F11)
    assert window.side.tabs.isVisible()
    assert window.lessons.page.isVisible()


def test_that_a_vote_holds_all_back_that_tells_the_answer_until_it_is_revealed(
    window: WindowPage, asked: Path, qtbot: QtBot
) -> None:
    told(window, asked, qtbot)
    before = (window.lessons.told, window.lessons.why, roles(window))
    assert before[0].startswith("You said: ")
    assert any(before[2])
    window.press(V)
    assert (window.lessons.told, window.lessons.why) == ("", "")
    assert not any(roles(window))
    assert window.lessons.editor.guess is None
    assert window.lessons.stage.spotlight.covered == [window.lessons.stage.scene.pages]  # type: ignore[attr-defined]
    assert (window.hint_text, window.condition_text) == (VOTED, "")
    assert "R reveals" in window.lessons.page.aside.text()
    assert window.lessons.button == "Reveal"
    window.press(R)
    assert (window.lessons.told, window.lessons.why, roles(window)) == before
    assert not window.lessons.stage.spotlight.covered
    assert window.lessons.button == "Next"


def fields(window: WindowPage) -> list[CountField]:
    """The fields for counts that show, in the order of the options."""
    assert isinstance(window.lessons.editor, ChoiceEditor)
    return [field for field in window.lessons.editor.fields.values() if field.isVisible()]


def bars(window: WindowPage) -> list[tuple[int, ...]]:
    """The counts that stand beside the options."""
    assert isinstance(window.lessons.editor, ChoiceEditor)
    return [bars.counts for bars in window.lessons.editor.bars.values() if bars.isVisible()]


def test_that_a_class_votes_talks_and_votes_again_and_both_are_shown_when_it_is_revealed(
    window: WindowPage, asked: Path, qtbot: QtBot
) -> None:
    told(window, asked, qtbot)
    assert (fields(window), bars(window)) == ([], [])
    window.press(V)
    first, second = fields(window)
    first.setFocus()
    for key in (Qt.Key.Key_1, Qt.Key.Key_7, ENTER, Qt.Key.Key_4):
        window.lessons.press(key)
    assert (first.value(), second.value()) == (17, 4)
    window.lessons.press(V)
    assert "second vote" in window.lessons.page.aside.text()
    assert [field.value() for field in fields(window)] == [0, 0], "what the first gave would decide the second"
    assert bars(window) == []
    for key in (Qt.Key.Key_2, ENTER, Qt.Key.Key_1, Qt.Key.Key_8):
        window.lessons.press(key)
    window.lessons.press(R)
    assert bars(window) == [(17, 18), (4, 2)]
    assert window.lessons.editor.legend.text() == "Outlined: 21 votes before talking. Filled: 20 after."  # type: ignore[attr-defined]
    assert window.lessons.told.startswith("You said")
    assert read_progress(window.settings_path.parent / FILE_NAME)[0].lessons != {}
    window.lessons.open("1", folder=asked)
    window.lessons.wait_until_told(qtbot)
    assert bars(window) == [(17, 18), (4, 2)]


def test_that_another_class_begins_without_the_counts_of_the_last(
    window: WindowPage, asked: Path, qtbot: QtBot
) -> None:
    told(window, asked, qtbot)
    window.press(V)
    fields(window)[1].setValue(9)
    window.press(R)
    assert bars(window) == [(0,), (9,)]
    window.press(V)
    assert [field.value() for field in fields(window)] == [0, 0]
    window.press(R)
    window.lessons.open("1", folder=asked)
    window.lessons.wait_until_told(qtbot)
    assert bars(window) == [(0,), (9,)], "a vote that nobody counted takes none away"
    window.press(V)
    fields(window)[0].setValue(3)
    window.press(R)
    assert bars(window) == [(3,), (0,)]


def test_that_counts_say_nothing_before_a_class_has_voted(window: WindowPage, asked: Path, qtbot: QtBot) -> None:
    window.lessons.open("1", folder=asked)
    qtbot.waitUntil(window.run.is_ready)
    window.press(F11)
    window.press(V)
    fields(window)[0].setValue(5)
    window.press(R)
    assert bars(window) == [(5,), (0,)]
    window.lessons.open("1", folder=asked)
    assert bars(window) == []


def test_that_enter_reveals_too_and_goes_on_only_then(window: WindowPage, asked: Path, qtbot: QtBot) -> None:
    told(window, asked, qtbot)
    window.press(V)
    window.lessons.press(ENTER)
    assert window.lessons.counter == "1 of 7"
    assert window.lessons.told
    window.lessons.press(ENTER)
    assert window.lessons.counter == "2 of 7"


def test_that_what_the_class_chooses_in_a_vote_can_be_run_before_it_is_revealed(
    window: WindowPage, asked: Path, qtbot: QtBot
) -> None:
    window.lessons.open("1", folder=asked)
    qtbot.waitUntil(window.run.is_ready)
    window.press(F11)
    window.press(V)
    assert not window.lessons.stage.spotlight.covered, "before the run there is nothing to hide"
    window.lessons.press(Qt.Key.Key_2)
    window.lessons.press(ENTER)
    window.lessons.wait_until_told(qtbot)
    assert window.lessons.told == ""
    assert window.lessons.editor.guess == "high"
    assert window.lessons.stage.spotlight.covered
    window.press(R)
    assert window.lessons.told.startswith("You said: High.")


def test_that_plots_of_an_earlier_step_stay_in_a_vote(window: WindowPage, kinds: Path, qtbot: QtBot) -> None:
    window.lessons.open("1", folder=kinds)
    qtbot.waitUntil(window.run.is_ready)
    window.lessons.pull(0.5)
    window.lessons.act()
    window.lessons.wait_until_told(qtbot)
    window.lessons.act()
    window.press(F11)
    window.lessons.press(Qt.Key.Key_2)
    window.lessons.act()
    window.lessons.wait_until_told(qtbot)
    window.press(V)
    assert window.lessons.told == ""
    assert "It ended at …" not in window.lessons.text
    assert not window.lessons.stage.spotlight.covered


@pytest.mark.parametrize("way", ["leave", "next", "tab"])
def test_that_a_vote_ends_with_the_step_or_the_presentation(
    window: WindowPage, asked: Path, qtbot: QtBot, way: str
) -> None:
    told(window, asked, qtbot)
    window.press(V)
    flow = window.lessons.flow
    if way == "leave":
        window.press(F11)
    elif way == "tab":
        window.press(Qt.Key.Key_F4)
    else:
        window.lessons.pages.go_by(1)
    assert not window.lessons.flow.voting
    assert way == "next" or flow.answer
    assert not window.lessons.stage.spotlight.covered


def test_that_the_keys_of_a_vote_work_only_while_a_step_is_presented(window: WindowPage, kinds: Path) -> None:
    texts = ("Vote, in presenter mode", "Reveal, in presenter mode")

    def possible() -> bool:
        states = {window.action(text).isEnabled() for text in texts}
        assert len(states) == 1
        return states.pop()

    assert not possible()
    window.lessons.open("1", 2, kinds)
    assert not possible()
    window.press(V)
    assert not window.lessons.flow.voting
    window.press(F11)
    assert possible()
    window.lessons.pages.show_list()
    assert not possible()
    window.lessons.open("1", 2, kinds)
    assert possible()
    window.press(Qt.Key.Key_F4)
    assert not possible()
    window.press(Qt.Key.Key_F3)
    window.press(F11)
    assert not possible()


def test_that_a_question_without_options_is_not_voted_on(window: WindowPage, kinds: Path) -> None:
    window.lessons.open("1", 3, kinds)
    window.press(F11)
    window.trigger("Vote, in presenter mode")
    assert not window.lessons.flow.voting
    assert window.status_text == NO_OPTIONS


def test_that_letters_can_still_be_written_while_presenting(window: WindowPage, kinds: Path) -> None:
    window.lessons.open("1", 7, kinds)
    window.press(F11)
    window.lessons.editor.take_focus()
    for letter in (V, R):
        window.press(letter)
    assert window.lessons.editor.guess == "vr"
