"""Labels that break their text into lines."""

import pytest
from PySide6.QtCore import QTextBoundaryFinder
from pytestqt.qtbot import QtBot

from gui.widgets.wrapped_label import WrappedLabel
from model.base.number_format import count, duration, file_size, percent


@pytest.mark.parametrize("number", [percent(1.0), count(12_345), duration(30), file_size(2.9e9)])
def test_that_no_line_ends_within_a_number(number: str) -> None:
    before = "Measured: "
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Line, f"{before}{number} of it")
    finder.setPosition(len(before))
    assert finder.toNextBoundary() == len(f"{before}{number} ")


def test_that_a_label_is_as_tall_as_its_lines_and_hidden_without_a_text(qtbot: QtBot) -> None:
    label = WrappedLabel("muted")
    qtbot.addWidget(label)
    assert label.isHidden()
    label.resize(400, 10)
    label.say("one two three four")
    assert not label.isHidden()
    line = label.height()
    label.resize(60, line)
    assert label.height() >= 2 * line
    label.say("")
    assert label.isHidden()
