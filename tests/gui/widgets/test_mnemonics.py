"""Mnemonics: a letter for every entry of a menu, none twice, taken from the text or added in brackets."""

import re
import string
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from gui.widgets.mnemonics import LETTERS, letter_of, mark_when_opened, plain, with_mnemonics

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0\t", exclude_categories=["Cs"]), max_size=12)
# As a menu's texts are: what a user or a file named has its & doubled.
PLAIN = WORDS.map(lambda text: text.replace("&", "&&"))
DECLARED = st.tuples(PLAIN, st.sampled_from(LETTERS), PLAIN).map(lambda parts: f"{parts[0]}&{parts[1]}{parts[2]}")
BRACKETS = st.tuples(PLAIN, st.sampled_from(string.ascii_uppercase)).map(lambda parts: f"{parts[0]}(&{parts[1]})")
MENUS = st.lists(st.tuples(PLAIN | DECLARED | BRACKETS, WORDS), max_size=len(LETTERS))


def marked(*texts: str, english: Sequence[str] = ()) -> list[str]:
    return with_mnemonics(texts, english or texts)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Open", "Save"], ["&Open", "&Save"]),
        (["Step", "Step 10", "Stop"], ["&Step", "Step &10", "S&top"]),
        (["Copy as Python", "Copy as command", "Copy"], ["&Copy as Python", "Copy &as command", "C&opy"]),
        (["Open", "&Over"], ["&Open", "O&ver"]),
        (["R&uns", "&Run"], ["R&uns", "&Run"]),
        (["Arts && crafts"], ["&Arts && crafts"]),
    ],
)
def test_that_letters_are_those_that_one_would_guess(texts: list[str], expected: list[str]) -> None:
    assert marked(*texts) == expected


def test_that_a_text_without_latin_letters_has_the_english_one_in_brackets() -> None:
    assert with_mnemonics(["ファイル", "表示", "開く …"], ["FILE", "VIEW", "open-run"]) == [
        "ファイル(&F)", "表示(&V)", "開く(&O) …",
    ]  # fmt: skip
    assert with_mnemonics(["実行", "実験"], ["RUN", "RUNS"]) == ["実行(&R)", "実験(&U)"]
    assert with_mnemonics(["CSV …", "PNG"], ["csv", "png"]) == ["&CSV …", "&PNG"]


@given(MENUS)
def test_that_every_entry_of_a_menu_has_a_letter_of_its_own(menu: list[tuple[str, str]]) -> None:
    made = with_mnemonics([text for text, _ in menu], [english for _, english in menu])
    letters = [letter_of(each) for each in made]
    assert len(set(letters)) == len(menu)
    assert all(letter in LETTERS and letter for letter in letters)


@given(MENUS)
def test_that_nothing_that_is_read_changes_but_for_brackets(menu: list[tuple[str, str]]) -> None:
    texts = [text for text, _ in menu]
    made = with_mnemonics(texts, [english for _, english in menu])
    assert [plain(each) for each in made] == [plain(each) for each in texts]
    assert all(len(re.findall("&+", each)) <= each.count("&") for each in made)


@given(MENUS)
def test_that_it_changes_nothing_when_done_again(menu: list[tuple[str, str]]) -> None:
    english = [word for _, word in menu]
    once = with_mnemonics([text for text, _ in menu], english)
    assert with_mnemonics(once, english) == once


@given(st.lists(WORDS.filter(lambda text: "&" not in text), min_size=1, max_size=60))
def test_that_a_menu_of_more_entries_than_letters_has_none_twice(texts: list[str]) -> None:
    letters = [letter for letter in map(letter_of, marked(*texts)) if letter]
    assert len(set(letters)) == len(letters) == min(len(texts), len(LETTERS))


def test_that_a_menu_has_them_whenever_it_opens_whatever_it_is_filled_with(qtbot: QtBot) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    within = menu.addMenu("Within")
    first = menu.addAction("Undo")
    within.addAction("Inside")
    mark_when_opened(menu)
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["&Within", "&Undo"]
    first.setText("Wait")
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["&Within", "W&ait"]
    within.aboutToShow.emit()
    assert [action.text() for action in within.actions()] == ["&Inside"]
