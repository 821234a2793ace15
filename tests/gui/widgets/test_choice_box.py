"""Combo boxes: a text that is too long for one is cut where it can be seen, and told whole."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from gui.widgets.choice_box import ChoiceBox

LONG, SHORT = "Batch norm, before the activation", "None"


@pytest.fixture
def box(qtbot: QtBot) -> ChoiceBox:
    """A box that is too narrow for one of its texts."""
    made = ChoiceBox([("long", LONG, "why"), ("short", SHORT, "why not")])
    qtbot.addWidget(made)
    made.setToolTip("What it is.")
    made.setFixedWidth(132)
    made.show()
    return made


def test_that_a_text_that_is_too_long_ends_in_an_ellipsis(box: ChoiceBox) -> None:
    assert box.shown_text.endswith("…")
    assert LONG.startswith(box.shown_text[:-1])
    box.setCurrentIndex(1)
    assert box.shown_text == SHORT


def test_that_the_tooltip_tells_what_is_cut(box: ChoiceBox, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, _widget: told.append(text))
    for index in (0, 1):
        box.setCurrentIndex(index)
        QApplication.sendEvent(box, QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(), QPoint()))
    assert told == [f"{LONG}\nWhat it is.", "What it is."]
