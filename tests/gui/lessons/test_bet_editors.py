"""The editors of bets: what they take by mouse and by keys, and what they show of the answer."""

from math import inf, isinf
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.lessons.bets.bars_editor import STEPS, BarsEditor, scale_of
from gui.lessons.bets.bet_editor import BetEditor
from gui.lessons.bets.choice_editor import ChoiceEditor
from gui.lessons.bets.editors import EDITORS, make_editor
from gui.lessons.bets.level_editor import LevelEditor
from gui.lessons.bets.number_editor import NumberEditor
from gui.lessons.bets.option_button import OptionButton
from gui.lessons.bets.rank_editor import RankEditor
from gui.lessons.bets.words_editor import WordsEditor
from gui.style.theme import DARK, LIGHT
from model.lessons.judgement import Guess, check_guess, judge
from model.lessons.lesson import BetKind, Lesson
from model.lessons.lesson_folder import read_named

DOWN, UP, ENTER, SHIFT = Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def lesson(kinds: Path) -> Lesson:
    return read_named("1", kinds)


def editor_of(lesson: Lesson, key: str, qtbot: QtBot) -> BetEditor:
    made = make_editor(lesson, lesson.bets[key], LIGHT)
    qtbot.addWidget(made)
    made.resize(320, 300)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.take_focus()
    return made


def test_that_every_kind_of_bet_has_an_editor_whose_guess_can_be_judged(lesson: Lesson, qtbot: QtBot) -> None:
    assert set(EDITORS) == set(BetKind)
    guesses: dict[str, Guess] = {
        "end": 0.5, "which": "two", "number": 6.0, "leaves": 12.0, "heights": (0.001, 0.1), "order": ("b", "a"),
        "own": "because",
    }  # fmt: skip
    assert {lesson.bets[key].kind for key in guesses} == set(BetKind)
    for key, guess in guesses.items():
        made = editor_of(lesson, key, qtbot)
        made.show_guess(guess)
        found = made.guess
        check_guess(lesson.bets[key], found)
        assert found == pytest.approx(guess, rel=0.3) if isinstance(guess, tuple | float) and key != "order" else guess
        made.apply_theme(DARK)
        assert not made.grab().isNull()


def said(made: BetEditor) -> object:
    """The guess now."""
    return made.guess


def test_that_arrows_and_numbers_choose_an_option(lesson: Lesson, qtbot: QtBot) -> None:
    made = editor_of(lesson, "which", qtbot)
    assert isinstance(made, ChoiceEditor)
    assert said(made) is None
    assert made.choose_number(2)
    assert said(made) == "two"
    QTest.keyClick(made.options["two"], DOWN)
    assert said(made) == "three"
    assert not made.choose_number(4)
    made.lock()
    assert not made.choose_number(1)
    made.tell(judge(made.bet, "three", {}))
    assert [button.role for button in made.options.values()] == ["", "this one", "your bet"]


def test_that_what_an_option_was_makes_it_taller_only_where_the_text_leaves_no_room(
    lesson: Lesson, qtbot: QtBot
) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    button = OptionButton(1, LIGHT, around)
    button.lines.say(next(iter(lesson.bets.values())).options[0].text, lesson.path.parent)
    for width, taller in ((300, False), (120, True)):
        button.resize(width, button.height())
        button.say("", strong=False)
        before = button.height()
        button.say("your bet, and measured", strong=True)
        assert (button.height() > before) is taller
        button.say("", strong=False)
        assert button.height() == before


def test_that_a_level_is_no_guess_before_it_is_moved(lesson: Lesson, qtbot: QtBot) -> None:
    made = editor_of(lesson, "end", qtbot)
    assert isinstance(made, LevelEditor)
    assert (made.guess, made.level) == (None, 0.5)
    QTest.keyClick(made.slider, Qt.Key.Key_Right)
    assert made.guess == pytest.approx(0.51)
    assert (made.value_text.text(), made.told.text()) == ("51.0\u202f%", "High")
    made.pull(0.25)
    assert made.told.text().startswith("Between two answers")
    made.pull(1.7)
    assert made.guess == 1.0


def test_that_never_is_an_answer_where_the_lesson_has_it(lesson: Lesson, qtbot: QtBot) -> None:
    made, other = editor_of(lesson, "leaves", qtbot), editor_of(lesson, "end", qtbot)
    assert isinstance(made, LevelEditor)
    assert isinstance(other, LevelEditor)
    assert not made.never.isHidden()
    assert other.never.isHidden()
    made.never.click()
    assert made.guess == inf
    assert (made.value_text.text(), made.told.text()) == ("never", "Never")
    made.pull(5.0)
    assert not made.never.isChecked()
    assert (made.guess, isinf(made.level)) == (5.0, False)


@pytest.mark.parametrize(
    ("text", "guess", "complaint"),
    [("6", 6.0, ""), ("1/4", 0.25, ""), ("50 %", 0.5, ""), ("５０％", 0.5, ""), ("", None, ""),
     ("six", None, "Write one number."),
     ("1 2", None, "Write one number."), ("21", None, "It lies between 0 and 20."), ("1/0", None, "Write one number.")],
)  # fmt: skip
def test_that_a_number_is_read_as_lessons_write_it(
    lesson: Lesson, qtbot: QtBot, text: str, guess: float | None, complaint: str
) -> None:
    made = editor_of(lesson, "number", qtbot)
    assert isinstance(made, NumberEditor)
    made.field.setText(text)
    assert (made.guess, made.complaint.text()) == (guess, complaint)


@given(text=st.text(max_size=30))
def test_that_no_typed_text_breaks_the_number(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    lesson = read_named("2")
    made = NumberEditor(lesson, lesson.bets["nudge"], LIGHT)
    made.field.setText(text)
    guess = made.guess
    assert guess is None or (isinstance(guess, float) and 0 <= guess <= 20)


def test_that_guess_and_measured_number_lie_on_one_axis(lesson: Lesson, qtbot: QtBot) -> None:
    made = editor_of(lesson, "number", qtbot)
    assert isinstance(made, NumberEditor)
    assert made.bet.measure
    made.tell(judge(made.bet, 2.0, {made.bet.measure: 6.0}))
    yours, measured = made.axis.places()
    assert made.axis.isVisible()
    assert 3 * (yours - 10) == pytest.approx(measured - 10)
    assert made.axis.accessibleName() == "You said 2, measured 6"


def test_that_shift_and_an_arrow_move_a_row(lesson: Lesson, qtbot: QtBot) -> None:
    made = editor_of(lesson, "order", qtbot)
    assert isinstance(made, RankEditor)
    assert made.guess == ("a", "b")
    QTest.keyClick(made.list, DOWN, SHIFT)
    assert made.guess == ("b", "a")
    QTest.keyClick(made.list, DOWN, SHIFT)
    assert made.guess == ("b", "a"), "the last one stays the last"
    QTest.keyClick(made.list, UP, SHIFT)
    assert made.guess == ("a", "b")
    a, b = (option.measure for option in made.bet.options)
    assert a
    assert b
    made.tell(judge(made.bet, ("b", "a"), {a: 0.9, b: 0.1}))
    assert [made.list.item(row).text() for row in range(2)] == [
        "ReLU  ·  90.0\u202f%, place 1", "Sigmoid  ·  10.0\u202f%, place 2"
    ]  # fmt: skip


def test_that_bars_are_pulled_over_powers_of_ten_past_all_options(lesson: Lesson, qtbot: QtBot) -> None:
    made = editor_of(lesson, "heights", qtbot)
    assert isinstance(made, BarsEditor)
    low, high = scale_of(made.bet)
    assert 10**low < 0.01
    assert 10**high > 0.1
    assert made.guess is None
    made.pull(1, 1e-9)
    assert made.heights()[1] == pytest.approx(10**low)
    QTest.keyClick(made.sliders[2], Qt.Key.Key_End)
    assert made.sliders[2].value() == STEPS
    assert made.guess == pytest.approx((10**low, 10**high))


def test_that_own_words_end_with_enter_and_go_on_with_shift(lesson: Lesson, qtbot: QtBot) -> None:
    made = editor_of(lesson, "own", qtbot)
    assert isinstance(made, WordsEditor)
    QTest.keyClicks(made.field, "one")
    QTest.keyClick(made.field, ENTER)
    QTest.keyClick(made.field, ENTER, SHIFT)
    QTest.keyClicks(made.field, "two")
    assert made.guess == "one\ntwo"
