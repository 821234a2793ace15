"""The clinic in a window, as tests use it: a patient comes in, is looked at, and answered."""

from collections.abc import Sequence

from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from gui.clinic.clinic_panel import ClinicPanel
from gui.clinic.visit import ClinicVisit, VisitPhase
from gui.window.clinic_commands import ClinicCommands
from model.clinic.answer import INSTRUMENTS, Instrument
from model.clinic.patient import Patient, named_causes, named_conditions
from model.clinic.therapies import Therapy
from model.config.config import Config
from model.config.views import ViewKind
from model.diagnosis.verdict import Cause, Condition
from tests.support.window_page import WindowPage
from tests.support.windows import TIMEOUT_MS, click

# Settings whose words stand nowhere else in a window.
ODD = Config.from_json({
    "hidden": [17, 13], "activation": "softsign", "init": "lecun", "optimizer": "nesterov", "learning_rate": 3.71e-6,
    "momentum": 0.8765, "batch_size": 37, "norm": "layer-after", "loss": "squared", "weight_decay": 0.00123,
    "clip_norm": 76.5, "pixels": "minus-1-to-1", "sampling": "epochs", "seed": 45678, "iterations": 600,
    "record_every": 20,
})  # fmt: skip


def patient_of(config: Config, condition: Condition, cause: Cause, *cures: Therapy) -> Patient:
    """A patient that a test makes up."""
    return Patient(f"made up: {cause.key}", config, condition, cause, (0.1, 0.1), cures)


class ClinicPage:
    """The clinic of a window, whose patients are given."""

    def __init__(self, window: WindowPage, patients: Sequence[Patient], *, opened: bool = True) -> None:
        self.window = window
        self.commands: ClinicCommands = window.clinic_commands
        self.commands.patients = list(patients)
        if opened:
            window.trigger("The clinic")

    @property
    def panel(self) -> ClinicPanel:
        """What shows."""
        return self.commands.made()

    @property
    def visit(self) -> ClinicVisit:
        """Who is there."""
        return self.panel.visit

    @property
    def entry(self) -> QAbstractButton:
        """What opens it from the list of lessons."""
        return self.commands.lessons.made().list.clinic

    def call(self, qtbot: QtBot, *, to_end: bool = True) -> None:
        """Have the next patient come in, and be trained to the end."""
        qtbot.waitUntil(self.panel.next.isVisible, timeout=TIMEOUT_MS)
        click(self.panel.next)
        qtbot.waitUntil(lambda: self.visit.has_begun, timeout=TIMEOUT_MS)
        if to_end:
            self.window.wait_until_ended(qtbot)
        self.look()

    def look(self) -> None:
        """Bring everything up to date."""
        self.window.frame()
        self.window.show_figures()

    def fill_in(
        self, condition: Condition, cause: Cause, therapy: Therapy, instrument: Instrument = ViewKind.LEDGER
    ) -> None:
        """Choose an answer to each question."""
        form = self.panel.form
        form.condition.setCurrentIndex(named_conditions().index(condition))
        form.cause.setCurrentIndex(named_causes().index(cause))
        form.instrument.setCurrentIndex(INSTRUMENTS.index(instrument))
        form.therapy.setCurrentIndex(list(Therapy).index(therapy))

    def answer(self, qtbot: QtBot, condition: Condition, cause: Cause, therapy: Therapy) -> None:
        """Answer, and wait until it is told what the therapy did."""
        self.fill_in(condition, cause, therapy)
        click(self.panel.form.say)
        qtbot.waitUntil(self._is_told, timeout=TIMEOUT_MS)
        self.look()

    def _is_told(self) -> bool:
        self.window.show_figures()
        return self.visit.phase is VisitPhase.TOLD
