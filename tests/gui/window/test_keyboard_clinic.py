"""The clinic by the keyboard alone: a patient comes in, is looked at, answered and treated, and the next one comes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QMenuBar
from pytestqt.qtbot import QtBot

from gui.clinic.visit import VisitPhase
from gui.views.ledger.ledger_view import LedgerView
from gui.widgets.mnemonics import letter_of
from model.base.language import tr
from model.clinic.patient import named_causes, named_conditions
from model.clinic.therapies import Therapy
from model.config.views import ViewKind
from model.diagnosis.verdict import Cause, Condition
from tests.support.clinic_page import ClinicPage, patient_of
from tests.support.cures import DEEP
from tests.support.keyboard import ALT, Keyboard, name_of
from tests.support.window_page import OpenWindow, WindowPage

Key = Qt.Key


def pick(keys: Keyboard, name: str, place: int) -> None:
    """Choose the entry at `place` in the box that has the keyboard, from its list."""
    box = keys.focus
    assert isinstance(box, QComboBox)
    assert name_of(box) == tr(name)
    keys.press(Key.Key_Space)
    keys.press(Key.Key_Home)
    keys.press(Key.Key_Down, times=place)
    keys.press(Key.Key_Return)
    assert box.currentIndex() == place
    assert keys.is_at(box)


def look_around(keys: Keyboard) -> None:
    """Look at the ledger by its key, walk through it, and go back in time."""
    window = keys.window
    keys.press(Key.Key_5, ALT)
    assert window.board.detail.view.view is ViewKind.LEDGER
    ledger = window.board.detail.view
    assert isinstance(ledger, LedgerView)
    keys.wait(lambda: ledger.record)  # it is drawn in its turn
    table = keys.tab_to(ledger.table)
    keys.press(Key.Key_Home)
    before = table.accessibleDescription()
    keys.press(Key.Key_Down)
    assert table.accessibleDescription() not in ("", before)
    keys.press(Key.Key_Left, ALT)
    assert window.board.viewed.at is not None


def clinic_of(window: WindowPage) -> ClinicPage:
    config = DEEP.replace(data=window.settings.config.data)
    patients = [
        patient_of(config.replace(seed=seed), Condition.DEAD, Cause.SLOPE, Therapy.BATCH_NORM) for seed in range(2)
    ]
    return ClinicPage(window, patients, opened=False)


def test_that_patients_are_seen_by_keys(spoken: str, open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window.resize(1366, 820)
    clinic, keys = clinic_of(window), Keyboard(window, qtbot)
    keys.choose("LESSONS", "clinic")
    panel = clinic.panel
    assert keys.is_at(panel.next)
    keys.press(Key.Key_Return)
    keys.wait(window.run.has_ended)
    assert keys.is_at(panel.form.condition)

    look_around(keys)
    keys.press(Key.Key_F3)
    for name, place in (
        ("Condition", named_conditions().index(Condition.DEAD)),
        ("Cause", named_causes().index(Cause.SLOPE)),
        ("What told you", 2),
        ("Remedy", [*Therapy].index(Therapy.BATCH_NORM)),
    ):
        pick(keys, name, place)
        keys.press(Key.Key_Tab)
    assert keys.is_at(panel.form.say)
    keys.press(Key.Key_Return)
    keys.wait(lambda: clinic.visit.phase is VisitPhase.TOLD)
    assert panel.judged.text().count("✓") == 2
    assert "✓" in panel.treated.text()
    assert keys.is_at(panel.next)
    keys.press(Key.Key_Return)
    keys.wait(window.run.has_ended)
    assert panel.name.text() == tr("Patient {place}", place=2)
    assert keys.is_at(panel.form.condition)


def letters(window: WindowPage) -> list[str]:
    """The letters that Alt calls: of the menu bar, and of labels and buttons that show."""
    (bar,) = window.visible(QMenuBar)
    texts = [action.text() for action in bar.actions()]
    texts += [label.text() for label in window.visible(QLabel)]
    texts += [button.text() for button in window.visible(QAbstractButton)]
    return [letter for text in texts if (letter := letter_of(text))]


def test_that_no_letter_calls_two_things(spoken: str, open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    clinic = clinic_of(window)
    window.trigger("The clinic")
    found = [letters(window)]
    clinic.call(qtbot)
    found.append(letters(window))
    clinic.answer(qtbot, Condition.DEAD, Cause.SLOPE, Therapy.BATCH_NORM)
    found.append(letters(window))
    assert len(found[1]) >= 8 + 6
    for each in found:
        assert len(set(each)) == len(each), each
