"""The menu Help: every "?" of the window opens its text, one sheet has them all, and About names the version."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.card_help import HelpButton, HelpPanel, in_lessons
from gui.widgets.card_texts import CARD_TEXTS
from gui.window.help_commands import HelpSheet, lessons_of
from model.base.number_format import THIN
from model.base.version import version
from model.config.views import PageKind, ViewKind
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import TIMEOUT_MS, click, visible


class PaintWatch(QObject):
    """Notices that a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.painted = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        self.painted = self.painted or event.type() == QEvent.Type.Paint
        return False


def opened(window: WindowPage, button: HelpButton) -> str:
    """Press a "?"; the title of the panel that it opens, which is closed again."""
    click(button)
    (panel,) = window.visible(HelpPanel)
    title = panel.accessibleName()
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not window.visible(HelpPanel)
    return title


def test_that_every_card_of_every_page_explains_itself(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window.train_to_end(qtbot, seed=1)
    window.train_to_end(qtbot, seed=2)
    found: list[str] = []
    for view in ViewKind:
        window.show_view(view)
        found += [opened(window, button) for button in window.visible(HelpButton)]
    for kind in (PageKind.COMPARE, PageKind.REPEATS, PageKind.MAP):
        window.show_page(kind)
        if kind is not PageKind.COMPARE:
            window.page.show_example(1)
            qtbot.waitUntil(lambda: not window.page.busy, timeout=20 * TIMEOUT_MS)
        window.draw()
        found += [opened(window, button) for button in window.visible(HelpButton)]
    assert set(found) == {f"What {text.title} shows" for text in CARD_TEXTS.values()}


def test_that_a_sheet_has_the_texts_of_all_cards(open_window: OpenWindow) -> None:
    window = open_window()
    window.trigger("What the cards show")
    (sheet,) = window.visible(HelpSheet)
    said = sheet.text.toPlainText()
    for text in CARD_TEXTS.values():
        assert text.title in said
        assert all(sentence.replace(THIN, " ") in said for _, sentence in text.parts())
    assert said.count("\nIn lesson") == len([key for key in CARD_TEXTS if lessons_of(key)])
    sheet.close()


def test_that_a_question_mark_names_the_lessons_of_its_card(open_window: OpenWindow) -> None:
    window = open_window()
    window.show_view(ViewKind.LEDGER)
    (button,) = [each for each in window.visible(HelpButton) if "Ledger" in each.accessibleName()]
    click(button)
    (panel,) = window.visible(HelpPanel)
    expected = in_lessons(lessons_of(ViewKind.LEDGER.key))
    assert expected.startswith("In lessons ")
    assert [label.text() for label in visible(panel, QLabel)][-1] == expected
    QTest.keyClick(panel, Qt.Key.Key_Escape)


def test_that_pictures_have_no_question_marks(open_window: OpenWindow, tmp_path: Path) -> None:
    window = open_window()
    window.draw()
    (button,) = [each for each in window.visible(HelpButton) if each.parentWidget() is window.board.loss]

    seen = PaintWatch(button)
    window.export.write("loss", tmp_path / "loss.png")
    assert not seen.painted
    assert button.isVisible()
    button.grab()
    assert seen.painted, "else nothing would have told"


def test_that_about_names_the_version(open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    def about(parent: QWidget, title: str, text: str) -> None:
        said.append(text)

    monkeypatch.setattr(QMessageBox, "about", about)
    open_window().trigger("About Layerscope")
    assert version() in said[0]
    QApplication.processEvents()
