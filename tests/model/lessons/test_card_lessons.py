"""In which lessons a card is used: where a step opens it, lights it up, names it, or has its bet drawn on it."""

from pathlib import Path

import pytest

from model.config.views import CardKind, PageKind, ViewKind
from model.lessons.card_lessons import lessons_using, own_lessons_using
from model.lessons.lesson import Lesson
from model.lessons.lesson_folder import read_lesson, read_lessons
from tests.support.lessons import written
from tests.support.many_bets import MARKDOWN, TOML


def lesson(folder: Path, toml: str = TOML, markdown: str = MARKDOWN, name: str = "07-kinds") -> Lesson:
    return read_lesson(written(folder, toml, markdown, name))


@pytest.mark.parametrize(
    ("card", "removed"),
    [
        (ViewKind.GRADIENTS.key, 'view = "gradients"'),  # an experiment opens it
        (ViewKind.LEDGER.key, 'view = "ledger"'),  # a step opens it, and lights it up
        (CardKind.SIGNAL.key, ""),  # bars are drawn on it
        (CardKind.ACCURACY.key, ""),
    ],
)
def test_that_a_card_is_used_by_a_lesson_that_opens_marks_or_draws_on_it(
    tmp_path: Path, card: str, removed: str
) -> None:
    assert lessons_using(card, [lesson(tmp_path)]) == (7,)
    if removed:
        toml = TOML.replace(removed, "").replace(', "ledger layer 1"', "")
        assert lessons_using(card, [lesson(tmp_path, toml)]) == ()


def test_that_words_that_lead_to_a_card_count(tmp_path: Path) -> None:
    toml = TOML.replace('"loss", ', "")
    assert lessons_using("loss", [lesson(tmp_path, toml)]) == (7,)
    assert lessons_using("loss", [lesson(tmp_path, toml, MARKDOWN.replace("[the loss](mark:loss)", "loss"))]) == ()


def test_that_the_cards_of_a_page_go_by_the_page(tmp_path: Path) -> None:
    toml = TOML.replace('id = "rank"\nrun', 'id = "rank"\npage = "repeats"\nrun')
    assert lessons_using("repeats-final", [lesson(tmp_path)]) == ()
    assert lessons_using("repeats-final", [lesson(tmp_path, toml)]) == (7,)


def test_that_a_lesson_without_a_number_is_left_out(tmp_path: Path) -> None:
    assert lessons_using("ledger", [lesson(tmp_path, name="kinds")]) == ()


def test_that_this_programs_lessons_use_what_they_are_about() -> None:
    assert 4 in own_lessons_using(ViewKind.LEDGER.key)
    assert 3 in own_lessons_using(ViewKind.SLOPE.key)
    assert 9 in own_lessons_using(PageKind.COMPARE.key)
    for card in (*CardKind, *ViewKind):
        assert set(own_lessons_using(card.key)) <= set(range(1, len(read_lessons()) + 1))
