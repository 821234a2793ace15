"""A scroll bar that stops only at whole rows, also after the rows have become higher or lower."""

from PySide6.QtWidgets import QScrollBar
from pytestqt.qtbot import QtBot

from gui.plots.whole_steps import WholeSteps


def test_that_a_bar_stops_only_at_whole_steps(qtbot: QtBot) -> None:
    bar = QScrollBar()
    bar.setMaximum(130)
    qtbot.addWidget(bar)
    whole = WholeSteps(bar)
    whole.set_step(13)
    bar.setValue(30)
    assert bar.value() == 39
    bar.setValue(38)
    assert bar.value() == 26


def test_that_the_same_row_is_at_the_edge_when_rows_have_another_height(qtbot: QtBot) -> None:
    bar = QScrollBar()
    bar.setMaximum(130)
    qtbot.addWidget(bar)
    whole = WholeSteps(bar)
    whole.set_step(13)
    bar.setValue(39)
    whole.set_step(12)
    assert bar.value() == 36
    whole.set_step(20)
    assert bar.value() == 60
