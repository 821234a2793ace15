import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.tab_row import TabRow
from tests.support.windows import click

TABS = [("one", "One", "the first"), ("two", "Two", "the second"), ("three", "Three", "the third")]


@pytest.fixture
def row(qtbot: QtBot) -> TabRow[str]:
    row = TabRow(TABS, role="page")
    qtbot.addWidget(row)
    row.show()
    row.check("one")
    return row


def checked(row: TabRow[str]) -> list[str]:
    return [key for key, button in row.buttons.items() if button.isChecked()]


def test_that_a_click_checks_a_tab_alone_and_tells_its_key(row: TabRow[str], qtbot: QtBot) -> None:
    with qtbot.waitSignal(row.chosen) as told:
        click(row.buttons["three"])
    assert told.args == ["three"]
    assert checked(row) == ["three"]


def test_that_checking_a_tab_from_outside_tells_nobody(row: TabRow[str], qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(row.chosen):
        row.check("two")
    assert checked(row) == ["two"]
    with pytest.raises(KeyError):
        row.check("four")


def test_that_every_tab_has_its_text_its_tip_and_the_style_of_its_row(row: TabRow[str]) -> None:
    found = [(key, button.text(), button.toolTip()) for key, button in row.buttons.items()]
    assert found == TABS
    assert {button.objectName() for button in row.buttons.values()} == {"page"}


def test_that_the_tabs_of_a_narrow_row_stand_in_two_lines_of_about_one_length(qtbot: QtBot) -> None:
    texts = ["Activations", "Gradients", "On the slope", "Weights", "Ledger", "Over time", "One digit"]
    parent = QWidget()
    qtbot.addWidget(parent)
    row = TabRow([(text, text, "") for text in texts])
    row.setParent(parent)
    row.resize(row.minimumSizeHint().width(), 80)
    parent.show()
    QApplication.processEvents()
    lines: dict[int, list[str]] = {}
    for text, button in row.buttons.items():
        lines.setdefault(button.y(), []).append(text)
    assert list(lines.values()) == [texts[:3], texts[3:]]
