"""Qt's own texts: in the language of the program, and back in English."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from gui.style.style_sheet import apply_theme
from gui.style.theme import LIGHT
from gui.style.typeface import BESIDE, families
from gui.window.application import make_application
from gui.window.qt_translator import install_qt_translator
from model.base.language import ENGLISH, use_catalogue

CANCEL = QDialogButtonBox.StandardButton.Cancel


@pytest.fixture(autouse=True)
def english_again(qapp: QApplication) -> Iterator[None]:
    """Whatever a test here speaks, the next finds the application in English."""
    yield
    use_catalogue(ENGLISH, None)
    make_application()
    apply_theme(qapp, LIGHT)


def cancel(qtbot: QtBot) -> str:
    """What a dialog's button says that leaves everything as it is."""
    box = QDialogButtonBox(CANCEL)
    qtbot.addWidget(box)
    return box.button(CANCEL).text()


def test_that_buttons_of_dialogs_are_japanese(qapp: QApplication, qtbot: QtBot) -> None:
    assert install_qt_translator(qapp, "ja")
    assert "キャンセル" in cancel(qtbot)
    box = QMessageBox()
    qtbot.addWidget(box)
    box.setStandardButtons(QMessageBox.StandardButton.Close | QMessageBox.StandardButton.Save)
    assert sorted(button.text().partition("(")[0] for button in box.buttons()) == ["保存", "閉じる"]


def test_that_the_menu_of_a_text_field_is_japanese(qapp: QApplication, qtbot: QtBot) -> None:
    install_qt_translator(qapp, "ja")
    field = QLineEdit()
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    assert menu.actions()[0].text().startswith("元に戻す")


def test_that_qt_speaks_english_again(qapp: QApplication, qtbot: QtBot) -> None:
    before = cancel(qtbot)
    for _ in range(2):
        install_qt_translator(qapp, "ja")
    assert len(qapp.findChildren(QTranslator)) == 1
    assert install_qt_translator(qapp, ENGLISH)
    assert cancel(qtbot) == before
    assert qapp.findChildren(QTranslator) == []


def test_that_a_language_that_qt_does_not_speak_leaves_it_in_english(qapp: QApplication, qtbot: QtBot) -> None:
    before = cancel(qtbot)
    assert not install_qt_translator(qapp, "xx")
    assert cancel(qtbot) == before


def test_that_the_application_speaks_and_draws_the_language_in_use(qapp: QApplication, qtbot: QtBot) -> None:
    use_catalogue("ja", None)
    make_application()
    assert "キャンセル" in cancel(qtbot)
    assert qapp.font().families() == families()
    assert BESIDE["ja"] in families()
