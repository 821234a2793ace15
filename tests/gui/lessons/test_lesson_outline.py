"""The room below a bet: what has been done of the lesson, and nothing that gives an answer away."""

import pytest
from pytestqt.qtbot import QtBot

from gui.lessons.lesson_outline import OTHER, RIGHT, SEEN, LessonOutline, outline
from gui.style.theme import LIGHT
from model.lessons.lesson import Lesson
from model.lessons.lesson_folder import read_lessons
from model.lessons.progress import LessonProgress

LESSONS = read_lessons()


@pytest.mark.parametrize("lesson", LESSONS, ids=[lesson.key for lesson in LESSONS])
def test_that_no_title_of_a_step_to_come_is_told(lesson: Lesson) -> None:
    for place, step in enumerate(lesson.steps):
        texts = [text for _, text in outline(lesson, step, LessonProgress())]
        titles = [each.title for each in lesson.steps]
        assert [title for title in titles if title in texts] == titles[:place]


def test_that_bets_that_were_right_are_told_from_others() -> None:
    (lesson,) = (each for each in LESSONS if each.number == "1")
    progress = LessonProgress().with_bet("end", 0.1, right=True).with_bet("number", "tenth", right=False)
    signs = [sign for sign, _ in outline(lesson, lesson.steps[4], progress)]
    assert signs[:4] == [RIGHT, OTHER, SEEN, SEEN]
    assert outline(lesson, lesson.steps[4], progress)[-1] == ("○", "One more step")


def test_that_it_asks_for_no_room_and_is_read_aloud(qtbot: QtBot) -> None:
    shown = LessonOutline(LIGHT)
    qtbot.addWidget(shown)
    (lesson,) = (each for each in LESSONS if each.number == "1")
    shown.show_rows(outline(lesson, lesson.steps[2], LessonProgress()))
    assert shown.sizeHint().height() == shown.minimumSizeHint().height() == 0
    assert lesson.steps[0].title in shown.accessibleDescription()
    shown.resize(300, 200)
    assert not shown.grab().isNull()
