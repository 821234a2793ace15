"""What cards say of themselves: three sentences by key, in a small panel."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.card import Card
from gui.widgets.card_help import HelpButton, HelpPanel, in_lessons
from gui.widgets.card_texts import CARD_TEXTS, ON_DASHBOARD
from model.config.views import ViewKind

LONGEST = 200  # letters of a sentence


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def panel_of(window: QWidget, key: str, lessons: tuple[int, ...] = ()) -> HelpPanel:
    made = HelpPanel(key, lessons, window)
    made.pop_up(window)
    return made


def texts(panel: HelpPanel) -> list[str]:
    return [each.text() for each in panel.findChildren(QLabel)]


@pytest.mark.parametrize("key", CARD_TEXTS)
def test_that_every_card_has_three_plain_sentences(key: str) -> None:
    headings, sentences = zip(*CARD_TEXTS[key].parts(), strict=True)
    assert len(set(headings)) == len(set(sentences)) == 3
    for sentence in sentences:
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert ". " not in sentence
        assert len(sentence) <= LONGEST


def test_that_every_view_has_a_text_under_its_own_name() -> None:
    for view in ViewKind:
        assert ON_DASHBOARD[view.key].title == view.label


@pytest.mark.parametrize("key", CARD_TEXTS)
def test_that_the_panel_says_them_to_eyes_and_ears_and_closes_with_escape(window: QWidget, key: str) -> None:
    panel, text = panel_of(window, key), CARD_TEXTS[key]
    sentences = [sentence for _, sentence in text.parts()]
    assert texts(panel)[0] == text.title
    assert [each for each in texts(panel) if each in sentences] == sentences
    assert not any("lesson" in each for each in texts(panel))
    assert text.title in panel.accessibleName()
    assert all(sentence in panel.accessibleDescription() for sentence in sentences)
    for label in panel.findChildren(QLabel):
        assert label.heightForWidth(label.width()) <= label.height()
    assert panel.isVisible()
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_that_it_names_the_lessons_it_is_used_in(window: QWidget) -> None:
    assert texts(panel_of(window, "ledger", (4, 7)))[-1] == "In lessons 4 and 7."
    assert "In lessons 4 and 7." in panel_of(window, "ledger", (4, 7)).accessibleDescription()
    assert [in_lessons(each) for each in ((), (3,), (1, 3, 8))] == ["", "In lesson 3.", "In lessons 1, 3 and 8."]


def test_that_a_card_asks_for_its_help_by_its_name(qtbot: QtBot) -> None:
    card = Card("loss")
    qtbot.addWidget(card)
    card.show()
    (button,) = card.findChildren(HelpButton)
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert "Loss" in button.accessibleName()
    button.setFocus()
    with qtbot.waitSignal(card.help_wanted) as told:
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert told.args == ["loss", button]


def test_that_a_card_without_a_text_has_no_button(qtbot: QtBot) -> None:
    card = Card("map-controls", title="Map")
    qtbot.addWidget(card)
    assert not card.findChildren(HelpButton)
