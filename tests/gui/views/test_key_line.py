"""The line above One digit: what it says with how much room."""

import pytest
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from gui.views.digit import key_line
from gui.views.digit.key_line import JOINT
from gui.widgets.elided_label import ElidedLabel

WEIGHTS, SHORTER = "weights of iteration 400", "iteration 400"
NOTE, FURTHER, BRIEF = "a note", ["loss 0.5", "a rather long explanation"], "why"
LINES = [
    JOINT.join(parts)
    for parts in (
        [WEIGHTS, NOTE, *FURTHER],
        [WEIGHTS, NOTE, FURTHER[0], BRIEF],
        [WEIGHTS, NOTE, FURTHER[0]],
        [WEIGHTS, NOTE],
        [SHORTER, NOTE],
        [NOTE],
    )
]


@pytest.mark.parametrize("line", LINES)
def test_that_the_most_that_fits_is_said_and_the_note_to_the_last(qtbot: QtBot, line: str) -> None:
    key = ElidedLabel()
    qtbot.addWidget(key)
    key.resize(int(QFontMetricsF(key.font()).horizontalAdvance(line)) + 1, 20)
    key_line.write(key, (WEIGHTS, SHORTER), [NOTE], FURTHER, BRIEF)
    assert key.text() == line
    assert key.toolTip() == LINES[0], "the tooltip says all of it"


def test_that_without_a_note_the_iteration_is_said_to_the_last(qtbot: QtBot) -> None:
    key = ElidedLabel()
    qtbot.addWidget(key)
    key.resize(10, 20)
    key_line.write(key, (WEIGHTS, SHORTER), [], FURTHER, BRIEF)
    assert key.text() == SHORTER
    key_line.write(key, (WEIGHTS, SHORTER), [], [])
    assert key.toolTip() == WEIGHTS
