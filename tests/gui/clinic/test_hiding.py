"""What is hidden of a patient until the answer is given: everywhere, in words, files and on the clipboard."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from gui.clinic.clinic_panel import ELSEWHERE
from gui.export.picture import config_in_picture
from gui.run_list.actions import text_of
from gui.run_list.branch_dialog import BranchDialog
from gui.runs.viewed import HIDDEN
from gui.widgets.mnemonics import plain
from gui.widgets.side_tabs import LISTED, SET, TAUGHT
from gui.window.picture_commands import PAGE
from model.base.errors import InputError
from model.base.params import Param
from model.clinic.therapies import Therapy
from model.config.presets import PRESETS
from model.config.recipe import Recipe
from model.config.setting_words import phrase
from model.config.views import PageKind, ViewKind
from model.diagnosis.verdict import Cause, Condition
from model.exports.formats import Export
from model.nn.activations import Activation
from model.nn.initializers import Initializer
from model.nn.loss import Loss
from model.nn.optimizers import Nesterov
from tests.support.clinic_page import ODD, ClinicPage, patient_of
from tests.support.visible_texts import visible_texts
from tests.support.window_page import OpenWindow
from tests.support.windows import SMALL, TIMEOUT_MS, click


def differs(setting: Param) -> bool:
    return bool(ODD.value(setting.name) != setting.default)


# Layers and their units can be counted in every plot, and how long the run is.
TO_BE_SEEN = ("hidden", "iterations", "record_every")
# What ODD says in words and numbers.
TELLING = (
    *(phrase(each, ODD.value(each.name)) for each in ODD.settings() if each.name not in TO_BE_SEEN and differs(each)),
    Activation.SOFTSIGN.key, Initializer.LECUN.key, Loss.SQUARED.label, Nesterov.key, "0.8765", "3.71e-06",
    "3.71·10⁻⁶", "76.5", "45678", "minus-1-to-1",
)  # fmt: skip
SIDES = (TAUGHT, SET, LISTED)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of dialogs that have asked for a file or a folder; they answer nothing."""
    titles: list[str] = []

    def file(over: QWidget, title: str, *_: object) -> tuple[str, str]:
        titles.append(title)
        return "", ""

    def a_folder(over: QWidget, title: str, *_: object) -> str:
        titles.append(title)
        return ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", file)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", a_folder)
    return titles


@pytest.fixture
def clinic(open_window: OpenWindow, qtbot: QtBot, folder: str) -> ClinicPage:
    """A clinic with a patient on the screen, trained to its end."""
    patient = patient_of(ODD.replace(data=folder), Condition.DEAD, Cause.LEARNING_RATE_LOW, Therapy.HIGHER_RATE)
    page = ClinicPage(open_window(), [patient])
    page.call(qtbot)
    return page


def told(clinic: ClinicPage) -> set[str]:
    """Every text that the window shows on any of its pages, views and tabs that tells a setting or the verdict.

    The menu of presets and the questions name what there is, whoever the patient is.
    """
    window = clinic.window
    verdict = window.run.log.verdict()
    assert verdict
    words = [*TELLING, verdict.sentence, *(remedy.label for remedy in verdict.remedies)]
    found: set[str] = set()
    for title in SIDES:
        click(window.side_tab(title))
        window.show_page(PageKind.COMPARE)
        found |= telling(words, clinic)
        window.show_page(PageKind.RUN)
        for view in ViewKind:
            window.show_view(view)
            found |= telling(words, clinic)
    click(window.side_tab(TAUGHT))
    return found


def telling(words: list[str], clinic: ClinicPage) -> set[str]:
    clinic.look()
    clinic.window.draw()
    texts = visible_texts(but=clinic.panel.form) - {text for each in PRESETS for text in (each.label, each.look)}
    return {text for text in texts if any(word.casefold() in text.casefold() for word in words)}


def test_that_nothing_in_the_window_tells_settings_or_verdict_before_the_answer_and_much_does_after_it(
    clinic: ClinicPage, qtbot: QtBot
) -> None:
    assert told(clinic) == set()
    assert clinic.window.verdict is None
    assert clinic.window.remedies == []
    assert clinic.window.hint_text == HIDDEN
    clinic.answer(qtbot, Condition.DEAD, Cause.SLOPE, Therapy.HIGHER_RATE)
    after = told(clinic)
    for word in TELLING[:4]:
        assert any(word.casefold() in text.casefold() for text in after), word
    assert clinic.window.verdict is not None


def test_that_what_theory_makes_of_the_settings_is_not_drawn(clinic: ClinicPage, qtbot: QtBot) -> None:
    signal = clinic.window.board.signal
    assert signal.run
    assert signal.run.theory is None
    clinic.answer(qtbot, Condition.DEAD, Cause.SLOPE, Therapy.HIGHER_RATE)
    assert signal.run.theory is not None


def test_that_nothing_tells_them_while_it_trains_either(open_window: OpenWindow, qtbot: QtBot, folder: str) -> None:
    long = ODD.replace(data=folder, iterations=100_000)
    clinic = ClinicPage(open_window(), [patient_of(long, Condition.DEAD, Cause.LEARNING_RATE_LOW)])
    clinic.call(qtbot, to_end=False)
    clinic.window.wait_until_reached(40, qtbot)
    clinic.window.pause()
    assert told(clinic) == set()


def test_that_a_patient_is_in_no_list_and_in_no_library_before_the_answer(clinic: ClinicPage, qtbot: QtBot) -> None:
    window = clinic.window
    assert window.runs.entries == []
    clinic.answer(qtbot, Condition.DEAD, Cause.SLOPE, Therapy.HIGHER_RATE)
    patient, treated = window.runs.entries
    assert patient.recipe == Recipe(clinic.visit.patients[0].config)
    assert window.runs.current() is patient
    assert treated.recipe.config == patient.recipe.config.replace(learning_rate=0.01)
    assert window.runs.name_of(patient) == "Patient 1 of 1"
    assert window.runs.name_of(treated) == "Patient 1 of 1: Higher learning rate"


@pytest.mark.parametrize("command", ["Save run as …", "Find a cure", "Branch off here …"])
def test_that_commands_that_would_tell_settings_say_why_not(clinic: ClinicPage, command: str) -> None:
    recipe = clinic.window.run.recipe
    clinic.window.trigger(command)
    assert clinic.window.status_text == HIDDEN
    assert clinic.window.run.recipe is recipe
    assert clinic.window.runs.entries == []
    assert clinic.window.visible(BranchDialog) == []
    assert not clinic.window.cures.has_tab()


def test_that_a_patient_can_be_trained_again_and_stays_hidden(clinic: ClinicPage, qtbot: QtBot) -> None:
    window, recipe = clinic.window, clinic.window.run.recipe
    window.reset()
    qtbot.waitUntil(window.run.is_ready, timeout=TIMEOUT_MS)
    assert window.run.recipe == recipe
    assert window.hint_text == HIDDEN
    for _ in range(2):
        window.train()
        window.wait_until_ended(qtbot)
        clinic.look()
        assert window.hint_text == HIDDEN
        assert window.runs.entries == []
    clinic.answer(qtbot, Condition.DEAD, Cause.SLOPE, Therapy.HIGHER_RATE)
    assert window.runs.current().run_log is window.run.log


@pytest.mark.parametrize("form", list(Export))
def test_that_no_export_writes_a_patient(clinic: ClinicPage, form: Export, asked: list[str]) -> None:
    (menu,) = [each.menu() for each in clinic.window.menu("&File").actions() if each.text() == "Export &run"]
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    (action,) = [each for each in menu.actions() if plain(each.text()) == f"{form.label} …"]
    action.trigger()
    assert asked == []
    assert clinic.window.status_text == HIDDEN


@pytest.mark.parametrize("command", ["command", "python"])
def test_that_what_makes_a_patient_again_is_not_copied(clinic: ClinicPage, command: str) -> None:
    QGuiApplication.clipboard().setText("before")
    clinic.window.trigger(text_of(command))
    assert QGuiApplication.clipboard().text() == "before"
    assert clinic.window.status_text == HIDDEN


@pytest.mark.parametrize("name", [PAGE, *(view.key for view in ViewKind), "accuracy", "loss", "signal"])
def test_that_pictures_of_a_patient_carry_no_settings(clinic: ClinicPage, name: str, tmp_path: Path) -> None:
    export = clinic.window.export
    export.write(name, tmp_path / "patient.png")
    with pytest.raises(InputError, match="carries no"):
        config_in_picture(tmp_path / "patient.png")
    export.write(name, tmp_path / "patient.svg")
    text = (tmp_path / "patient.svg").read_text("utf-8")
    assert [word for word in TELLING if word.casefold() in text.casefold()] == []


@pytest.mark.parametrize("name", ["patient.gif", "patient.png"])
def test_that_an_animation_of_a_patient_carries_no_settings(
    clinic: ClinicPage, name: str, tmp_path: Path, qtbot: QtBot
) -> None:
    animation = clinic.window.export.animation
    animation.start(tmp_path / name)
    qtbot.waitUntil(lambda: animation.steps is None, timeout=TIMEOUT_MS)
    files = list(tmp_path.glob("patient*"))
    assert files
    for file in files:
        assert b"activation" not in file.read_bytes()
        assert b"softsign" not in file.read_bytes()


def test_that_the_panel_is_covered_and_edits_nothing(clinic: ClinicPage, qtbot: QtBot) -> None:
    window = clinic.window
    before = window.settings.config
    click(window.side_tab(SET))
    assert not window.settings.visible(QComboBox)
    window.choose_preset("sigmoid-gauss")
    assert window.status_text == HIDDEN
    assert window.settings.config == before
    click(window.side_tab(TAUGHT))
    clinic.answer(qtbot, Condition.DEAD, Cause.SLOPE, Therapy.HIGHER_RATE)
    assert window.settings.config == clinic.visit.patients[0].config
    click(window.side_tab(SET))
    assert window.settings.visible(QComboBox)


def test_that_a_rate_in_the_covered_panel_does_not_reach_the_patient(
    open_window: OpenWindow, qtbot: QtBot, folder: str
) -> None:
    long = ODD.replace(data=folder, iterations=100_000)
    clinic = ClinicPage(
        open_window(SMALL.replace(optimizer="nesterov")), [patient_of(long, Condition.DEAD, Cause.SLOPE)]
    )
    clinic.call(qtbot, to_end=False)
    clinic.window.settings.edit("learning_rate", 0.5)
    clinic.window.wait_until_reached(clinic.window.run.iteration + 20, qtbot)
    assert clinic.window.run.changes == []


def test_that_who_sets_the_same_settings_up_is_not_told_that_it_is_the_patient(
    clinic: ClinicPage, qtbot: QtBot
) -> None:
    window = clinic.window
    window.take_config(clinic.visit.patients[0].config)
    window.train()
    window.wait_until_ended(qtbot)
    clinic.look()
    assert window.remedies
    assert window.hint_text != HIDDEN
    assert clinic.panel.what.text() == ELSEWHERE
    click(clinic.panel.back)
    clinic.look()
    assert window.remedies == []
    assert window.hint_text == HIDDEN


def test_that_a_patient_that_diverges_says_nothing_of_it(open_window: OpenWindow, qtbot: QtBot, folder: str) -> None:
    wild = SMALL.replace(data=folder, activation="identity", learning_rate=1000.0)
    clinic = ClinicPage(open_window(), [patient_of(wild, Condition.DIVERGED, Cause.LEARNING_RATE_HIGH)])
    clinic.call(qtbot)
    assert clinic.window.status_text == HIDDEN
    assert not [text for text in visible_texts(but=clinic.panel.form) if "diverged" in text.casefold()]


def test_that_the_titles_of_windows_stay_as_they_are(clinic: ClinicPage) -> None:
    assert clinic.window.widget.windowTitle() == "Layerscope"
