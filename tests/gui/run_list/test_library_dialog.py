"""The dialog of the library: what it says of every size and budget, and what its buttons ask for."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.run_list.library_dialog import CLOSE, KEEP, STOP, LibraryDialog
from gui.style.theme import DARK, LIGHT, Theme
from model.base.number_format import THIN
from model.library.budget import Claim, LibrarySize, StoredWeights

SIZE = LibrarySize(
    bytes=2_900_000_000, runs=1_000, deleted=3, budget=2_000_000_000,
    weights=tuple(StoredWeights(number, 2_500_000, True, Claim.NONE if number < 900 else Claim.NAMED)
                  for number in range(1_000)),
)  # fmt: skip


@pytest.fixture(params=[LIGHT, DARK], ids=["light", "dark"])
def dialog(qtbot: QtBot, request: pytest.FixtureRequest) -> LibraryDialog:
    theme: Theme = request.param
    made = LibraryDialog("/home/someone/library.sqlite", theme)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def words(dialog: LibraryDialog) -> str:
    """All that is written in it."""
    return "\n".join(each.text() for each in dialog.findChildren(QLabel) if each.isVisible()).replace(THIN, " ")


def test_that_it_says_size_runs_weights_budget_and_what_would_be_freed(dialog: LibraryDialog) -> None:
    assert not dialog.button.isEnabled(), "nothing is known yet"
    dialog.show_size(SIZE)
    said = words(dialog)
    for text in ("/home/someone/library.sqlite", "2.9 GB", "1 000, and 3 deleted", "2.5 GB, of 1 000 runs"):
        assert text in said
    assert "To free 1 GB, the weights of the 400 oldest runs go." in said
    assert "Curves, records and verdicts stay" in said
    assert dialog.budget.value() == 2
    assert dialog.button.text().replace(THIN, " ") == "Free 1 GB"
    assert dialog.button.isEnabled()
    assert "named" not in said


def test_that_another_budget_says_at_once_what_it_would_free(dialog: LibraryDialog) -> None:
    dialog.show_size(SIZE)
    dialog.budget.setValue(0.1)
    said = words(dialog)
    assert "the weights of the 1 000 oldest runs go." in said
    assert "100 of them" in said
    assert "more are curves and records" in said
    dialog.budget.setValue(5)
    assert "within this budget" in words(dialog)
    assert dialog.button.text() == KEEP
    assert dialog.button.isEnabled()
    dialog.budget.setValue(0)
    assert dialog.budget.text() == "no limit"
    assert "Without a budget nothing is freed." in words(dialog)


def test_that_what_has_the_keyboard_keeps_it_when_the_library_has_been_measured(dialog: LibraryDialog) -> None:
    dialog.close_button.setFocus()
    dialog.show_size(SIZE)
    assert dialog.focusWidget() is dialog.close_button


def test_that_enter_asks_for_the_budget_in_the_field_and_escape_closes(dialog: LibraryDialog, qtbot: QtBot) -> None:
    dialog.show_size(SIZE)
    assert dialog.focusWidget() is dialog.budget
    dialog.budget.selectAll()
    QTest.keyClicks(dialog.budget, "1.5")
    with qtbot.waitSignal(dialog.keep_wanted) as wanted:
        QTest.keyClick(dialog.budget, Qt.Key.Key_Return)
    assert wanted.args == [1_500_000_000]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_that_freeing_shows_how_far_it_is_and_can_be_stopped(dialog: LibraryDialog, qtbot: QtBot) -> None:
    dialog.show_size(SIZE)
    dialog.show_progress(250_000_000, 1_000_000_000)
    assert dialog.bar.isVisible()
    assert dialog.bar.value() == dialog.bar.maximum() // 4
    assert "250 MB of 1 GB" in words(dialog)
    assert not dialog.button.isEnabled()
    assert not dialog.budget.isEnabled()
    assert dialog.close_button.text() == STOP
    with qtbot.waitSignal(dialog.stop_wanted):
        dialog.close_button.click()
    dialog.show_size(SIZE)
    assert dialog.close_button.text() == CLOSE
    assert not dialog.bar.isVisible()


def test_that_a_disk_which_does_not_take_it_is_told_in_the_dialog(dialog: LibraryDialog) -> None:
    dialog.show_size(SIZE)
    dialog.show_progress(0, 1)
    dialog.show_trouble("'/home' cannot be written: the disk is full.")
    assert "the disk is full" in words(dialog)
    assert dialog.button.isEnabled(), "it can be tried again"


@pytest.mark.parametrize("budget", [0.0, 0.05, 2.0, 5.0])
def test_that_no_text_is_cut(dialog: LibraryDialog, budget: float) -> None:
    dialog.show_size(SIZE)
    dialog.budget.setValue(budget)
    for each in dialog.findChildren(QLabel):
        if each.isVisible():
            needed = each.heightForWidth(each.width()) if each.wordWrap() else each.sizeHint().height()
            assert each.height() >= needed
            assert each.wordWrap() or each.width() >= each.sizeHint().width()


def test_that_every_control_has_a_name_and_a_tip(dialog: LibraryDialog) -> None:
    dialog.show_size(SIZE)
    assert dialog.budget.accessibleName()
    assert dialog.bar.accessibleName()
    for control in (dialog.budget, dialog.button):
        assert control.toolTip()
    assert dialog.budget in [each.buddy() for each in dialog.findChildren(QLabel)]
