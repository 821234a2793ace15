"""A visit to the clinic: which patient is on the screen, what was said of it, and how its therapy goes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import Enum, auto
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from gui.clinic.clinic_file import ClinicFile
from gui.runs.background_runner import begin_in_background
from gui.runs.run_entry import RunEntry
from gui.runs.run_registry import RunRegistry
from gui.runs.session import Session
from model.clinic.answer import Answer, JudgedAnswer
from model.clinic.draw import drawn
from model.clinic.patient import Patient
from model.clinic.run_labels import run_label
from model.config.recipe import Recipe
from model.cures.trial import TrialResult, known_result
from model.diagnosis.verdict import Remedy
from model.history.run_log import RunLog

if TYPE_CHECKING:
    from model.workers.pool import WorkerPool


class VisitPhase(Enum):
    """What is wanted of the learner."""

    WAITING = auto()  # nobody is there
    LOOKING = auto()
    TREATING = auto()  # answered, and the therapy is being trained
    TOLD = auto()


class ClinicVisit(QObject):
    """Draws patients of `patients`, and has them and their therapies trained.

    `changed` says that there is something else to show, `admit_wanted` has the settings of a patient that is to be
    trained on the screen, covered, `shown_wanted` the recipe and log of one that is to be there again, `revealed` the
    settings of one that is no longer covered, and `left_wanted` says that one is to leave the screen unanswered.
    """

    changed = Signal()
    admit_wanted = Signal(object)
    shown_wanted = Signal(object, object)
    revealed = Signal(object)
    left_wanted = Signal()

    def __init__(
        self, file: ClinicFile, patients: Sequence[Patient], session: Session, registry: RunRegistry,
        pool: "Callable[[], WorkerPool]", parent: QObject,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.file, self.patients = file, patients
        self.session, self.registry, self.viewed, self.pool = session, registry, session.viewed, pool
        self.phase = VisitPhase.WAITING
        self.patient: Patient | None = None
        self.judged: JudgedAnswer | None = None
        self.change: Remedy | None = None
        self.result: TrialResult | None = None
        self._recipe: Recipe | None = None
        self._run_log: RunLog | None = None
        self._treated: RunEntry | None = None
        self.viewed.run_changed.connect(self._run_changed)

    @property
    def place(self) -> int:
        """The number of the patient in the order of its clinic, from 1."""
        return self.file.records.place + (0 if self.judged else 1)

    @property
    def on_screen(self) -> bool:
        """Whether the patient that is to be looked at is on the screen."""
        return self.viewed.covered

    @property
    def has_begun(self) -> bool:
        """Whether there is something to look at."""
        return self._run_log is not None and self._run_log.iteration > 0

    @Slot()
    def next(self) -> None:
        """Have the next patient come in; the one before, if nobody has answered, is sent away."""
        records = self.file.records
        self.patient = next(islice(drawn(self.patients, records.number), records.place, None))
        self.judged, self.change, self.result, self._treated = None, None, None, None
        self._run_log = None
        # An object of its own, by which the run is known.
        self._recipe = Recipe(replace(self.patient.config))
        self.phase = VisitPhase.LOOKING
        self.admit_wanted.emit(self._recipe.config)
        self.changed.emit()

    @Slot()
    def _run_changed(self) -> None:
        if self.viewed.covered and self._run_log is not self.viewed.run_log:
            self._recipe, self._run_log = self.viewed.recipe, self.viewed.run_log
        self.changed.emit()

    @Slot()
    def show_patient(self) -> None:
        """Have the patient on the screen again."""
        if self._recipe and self._run_log:
            self.shown_wanted.emit(self._recipe, self._run_log)

    def answer(self, answer: Answer) -> None:
        """Judge an answer, tell everything of the patient from now on, and have the therapy trained."""
        patient = self.patient
        if self.phase is not VisitPhase.LOOKING or not (patient and self._recipe and self._run_log):
            return
        place, number = self.place, self.file.records.number
        self.judged = JudgedAnswer.of(answer, patient)
        self.change = answer.therapy.change_of(patient.config)
        self.phase = VisitPhase.TREATING
        self.file.keep(self.file.records.answered(self.judged))
        entry = self.registry.begin(self._recipe, self._run_log)
        self.registry.change(entry, label=run_label(place, number))
        self.viewed.uncover(self._recipe.config)
        if self.viewed.entry is entry:
            self.revealed.emit(self._recipe.config)
        if self.change:
            treated = Recipe(self.change.of(self._recipe.config))
            self._treated = begin_in_background(self.registry, self.pool(), treated)
            self.registry.change(self._treated, label=run_label(place, number, answer.therapy))
            self.changed.emit()
        else:
            self._conclude(cured=False)

    def _conclude(self, *, cured: bool) -> None:
        self.judged = self.judged.treated(cured=cured) if self.judged else None
        self.file.keep(self.file.records.treated(cured=cured))
        self.phase = VisitPhase.TOLD
        self.changed.emit()

    @property
    def progress(self) -> tuple[int, int]:
        """How many iterations of how many the therapy has been trained for."""
        run_log = self._treated.run_log if self._treated else None
        iterations = self._treated.recipe.config.iterations if self._treated else 0
        return (run_log.iteration if run_log else 0), iterations

    @Slot()
    def look(self) -> None:
        """See what has become of the therapy; called twice a second."""
        run_log = self._treated.run_log if self._treated else None
        if self.phase is VisitPhase.TREATING and self._treated and run_log and run_log.ended:
            dataset = self.session.loader.dataset
            chance = max(dataset.class_shares) if dataset else 0.0
            self.result = known_result(self._treated.recipe.config, run_log, chance)
            self._conclude(cured=self.result is not None and self.result.cured)
        else:
            self.changed.emit()

    @property
    def patient_sentence(self) -> str:
        """What the program says of the patient; '' while it is covered or has no verdict."""
        verdict = self._run_log.verdict() if self._run_log and self.judged else None
        return verdict.sentence if verdict else ""

    def set_number(self, number: int) -> None:
        """Draw the patients of another number from now on; who is there and was not answered is sent away."""
        if number != self.file.records.number:
            self.file.keep(self.file.records.numbered(number))
            self._send_away()

    @Slot()
    def reset(self) -> None:
        """Forget all answers, and begin at the number's first patient."""
        self.file.keep(self.file.records.reset())
        self._send_away()

    def _send_away(self) -> None:
        if self.viewed.covered:
            self.left_wanted.emit()
        self.phase, self.patient, self.judged = VisitPhase.WAITING, None, None
        self._treated, self.result = None, None
        self.changed.emit()
