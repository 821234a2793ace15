"""A visit to the clinic: patients come in, are answered and treated, and the score is kept."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.clinic.clinic_panel import ABOUT, ELSEWHERE, LOOK
from gui.clinic.visit import VisitPhase
from gui.runs.viewed import HIDDEN
from gui.widgets.side_tabs import LISTED, TAUGHT
from model.clinic.records import FILE_NAME
from model.clinic.therapies import Therapy
from model.config.config import Config
from model.diagnosis.verdict import Cause, Condition
from tests.support.clinic_page import ClinicPage, patient_of
from tests.support.cures import DEEP
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import TIMEOUT_MS, click

HIGH = DEEP.replace(activation="relu", init="he", learning_rate=3.0)
SLOPE = Cause.SLOPE


def clinic_of(window: WindowPage, *configs: Config) -> ClinicPage:
    folder = window.settings.config.data
    patients = [
        patient_of(each.replace(data=folder, seed=seed), Condition.DEAD, SLOPE, Therapy.BATCH_NORM, Therapy.ACTIVATION)
        for seed, each in enumerate(configs)
    ]
    return ClinicPage(window, patients)


def lines(clinic: ClinicPage) -> str:
    return f"{clinic.panel.judged.text()}\n{clinic.panel.treated.text()}"


def test_that_a_patient_comes_in_is_answered_and_cured_and_all_of_it_gives_points(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    clinic = clinic_of(open_window(), DEEP)
    assert clinic.panel.what.text() == ABOUT
    clinic.call(qtbot)
    assert clinic.panel.what.text() == LOOK
    clinic.answer(qtbot, Condition.DEAD, SLOPE, Therapy.BATCH_NORM)
    assert lines(clinic).splitlines()[0] == "✓ Condition: Dead."
    assert "✓ Cause: Slope of the activation." in lines(clinic)
    assert "Ledger told you." in lines(clinic)
    assert "✓ Batch norm cured it: " in lines(clinic)
    assert "Also cures: ReLU with He weights." in lines(clinic)
    assert lines(clinic).endswith("3 of 3 points.")
    assert clinic.panel.sentence.text() == clinic.window.run.log.verdict().sentence  # type: ignore[union-attr]
    assert clinic.panel.score.text() == "3 of 3 points, 1 patient."
    assert clinic.panel.instruments.text() == "Ledger: 1 of 1 causes right"


def test_that_a_wrong_answer_is_told_beside_the_right_one_and_a_therapy_that_fails_is_a_result(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    clinic = clinic_of(open_window(), DEEP)
    clinic.call(qtbot)
    clinic.answer(qtbot, Condition.SLOW, Cause.CLIPPING, Therapy.LOWER_RATE)
    assert "✗ Condition: you said Slow. It is: Dead." in lines(clinic)
    assert "✗ Cause: you said Clipping. It is: Slope of the activation." in lines(clinic)
    assert "✗ Learning rate 0.01 did not cure it: " in lines(clinic)
    assert "What cures: Batch norm; ReLU with He weights." in lines(clinic)
    assert lines(clinic).endswith("0 of 3 points.")


def test_that_a_therapy_that_diverges_says_where(open_window: OpenWindow, qtbot: QtBot) -> None:
    clinic = clinic_of(open_window(), DEEP.replace(activation="identity", init="he", learning_rate=10.0))
    clinic.call(qtbot)
    clinic.answer(qtbot, Condition.DEAD, SLOPE, Therapy.HIGHER_RATE)
    assert "✗ Learning rate 100 diverged at iteration " in lines(clinic)


def test_that_a_therapy_that_changes_nothing_trains_nothing_and_is_told_at_once(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    clinic = clinic_of(open_window(), DEEP)
    clinic.call(qtbot)
    clinic.fill_in(Condition.DEAD, SLOPE, Therapy.NO_DECAY)
    click(clinic.panel.form.say)
    assert clinic.visit.phase is VisitPhase.TOLD
    assert "✗ No weight decay: nothing changes" in lines(clinic)
    assert len(clinic.window.runs.entries) == 1


def test_that_an_answer_is_taken_only_when_all_is_chosen_and_the_patient_has_been_trained(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    clinic = clinic_of(open_window(), DEEP, DEEP)
    clinic.call(qtbot)
    form = clinic.panel.form
    assert not form.say.isEnabled()
    clinic.fill_in(Condition.DEAD, SLOPE, Therapy.BATCH_NORM)
    assert form.say.isEnabled()
    form.cause.setCurrentIndex(-1)
    assert not form.say.isEnabled()
    form.let_answer(begun=False)
    clinic.fill_in(Condition.DEAD, SLOPE, Therapy.BATCH_NORM)
    assert not form.say.isEnabled()


def test_that_the_next_patient_is_asked_about_anew_and_is_hidden_again(open_window: OpenWindow, qtbot: QtBot) -> None:
    clinic = clinic_of(open_window(), DEEP, DEEP)
    clinic.call(qtbot)
    first = clinic.visit.patient
    clinic.answer(qtbot, Condition.DEAD, SLOPE, Therapy.NO_DECAY)
    clinic.call(qtbot)
    assert clinic.visit.patient not in (None, first)
    assert clinic.panel.name.text() == "Patient 2"
    assert [box.currentIndex() for box in clinic.panel.form.boxes] == [-1] * 4
    assert clinic.window.hint_text == HIDDEN
    assert clinic.window.verdict is None


def test_that_another_run_can_be_looked_at_and_the_patient_waits(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window.train()
    window.wait_until_ended(qtbot)
    own = window.runs.current()
    clinic = clinic_of(window, DEEP)
    clinic.call(qtbot)
    window.runs.open(own)
    clinic.look()
    assert window.hint_text != HIDDEN
    assert clinic.panel.what.text() == ELSEWHERE
    click(clinic.panel.back)
    clinic.look()
    assert window.hint_text == HIDDEN
    window.runs.open(own)
    clinic.answer(qtbot, Condition.DEAD, SLOPE, Therapy.NO_DECAY)
    assert window.runs.current() is own
    assert window.settings.config == own.recipe.config


def test_that_the_same_number_has_the_same_patients_and_another_one_begins_at_its_first(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    clinic = clinic_of(open_window(), DEEP, HIGH, DEEP, HIGH)
    clinic.panel.number.setValue(7)
    clinic.call(qtbot)
    first = clinic.visit.patient
    clinic.answer(qtbot, Condition.DEAD, SLOPE, Therapy.NO_DECAY)
    clinic.panel.number.setValue(8)
    assert clinic.visit.phase is VisitPhase.WAITING
    clinic.panel.number.setValue(7)
    clinic.call(qtbot)
    assert clinic.visit.patient is first
    assert clinic.panel.name.text() == "Patient 1"


def test_that_a_patient_that_is_sent_away_leaves_the_screen_untold(open_window: OpenWindow, qtbot: QtBot) -> None:
    clinic = clinic_of(open_window(), DEEP)
    clinic.call(qtbot)
    clinic.panel.number.setValue(9)
    clinic.look()
    assert clinic.window.run.config == clinic.window.settings.config
    assert clinic.window.runs.entries == []
    assert clinic.window.hint_text != HIDDEN


def test_that_the_score_outlives_the_window_and_can_be_reset(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    clinic = clinic_of(window, DEEP)
    clinic.call(qtbot)
    clinic.answer(qtbot, Condition.DEAD, SLOPE, Therapy.NO_DECAY)
    file = window.settings_path.parent / FILE_NAME
    assert len(json.loads(file.read_text("utf-8"))["answers"]) == 1
    again = clinic_of(open_window(), DEEP)
    assert again.panel.score.text() == "2 of 3 points, 1 patient."
    again.panel.reset_wanted.emit()
    assert again.panel.score.text() == "No patient answered yet."
    assert json.loads(file.read_text("utf-8"))["answers"] == []


def test_that_a_damaged_file_costs_one_sentence(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / FILE_NAME).write_text("{")
    window = open_window()
    clinic_of(window, DEEP)
    assert window.status_text.endswith("begins anew.")


def test_that_the_clinic_is_the_last_entry_of_the_lessons_and_leads_back(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    clinic = clinic_of(window, DEEP)
    qtbot.waitUntil(clinic.panel.isVisible, timeout=TIMEOUT_MS)
    clinic.panel.list_wanted.emit()
    assert not clinic.panel.isVisible()
    click(window.side_tab(LISTED))
    click(window.side_tab(TAUGHT))
    click(clinic.entry)
    assert clinic.panel.isVisible()
    window.trigger("Go on with the lesson")
    assert window.focus is clinic.panel.next


def test_that_a_patient_is_answered_by_the_keyboard_alone(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window.activate(qtbot)
    clinic = clinic_of(window, DEEP)
    qtbot.waitUntil(clinic.panel.next.isVisible, timeout=TIMEOUT_MS)
    clinic.panel.take_focus()
    window.press(Qt.Key.Key_Space)
    window.wait_until_ended(qtbot)
    clinic.look()
    clinic.panel.take_focus()
    for box in clinic.panel.form.boxes:
        assert window.focus is box
        QTest.keyClick(box, Qt.Key.Key_Down)
        assert box.currentIndex() >= 0
        window.press(Qt.Key.Key_Tab)
    assert window.focus is clinic.panel.form.say
    window.press(Qt.Key.Key_Space)
    assert clinic.visit.phase is not VisitPhase.LOOKING


@pytest.mark.parametrize("width", [320, 360, 560])
def test_that_every_field_of_the_clinic_has_a_name_a_tip_and_room(
    open_window: OpenWindow, qtbot: QtBot, width: int
) -> None:
    clinic = clinic_of(open_window(), DEEP)
    clinic.call(qtbot)
    panel = clinic.panel
    panel.resize(width, 600)
    for field in (*panel.form.boxes, panel.number):
        assert field.accessibleName()
        assert field.toolTip()
    for button in (panel.form.say, panel.back):
        assert button.toolTip()
