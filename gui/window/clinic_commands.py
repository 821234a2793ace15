"""The clinic in the window: made when it is first wanted, in the tab of the lessons."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from gui.runs.run_registry import RunRegistry
from gui.runs.session import Session
from gui.widgets.command import Menu, MenuCommand
from gui.window.lesson_commands import LessonCommands
from gui.window.training_commands import TrainingCommands
from model.base.errors import InputError
from model.base.language import tr
from model.config.config import Config
from model.config.views import PageKind

if TYPE_CHECKING:
    from gui.clinic.clinic_panel import ClinicPanel
    from model.clinic.patient import Patient
    from model.workers.pool import WorkerPool


class ClinicCommands(QObject):
    """Opens the clinic in the tab of `lessons`; answers are kept in `folder`. `page_wanted` carries the run's page."""

    said = Signal(str)
    page_wanted = Signal(object)

    def __init__(
        self, session: Session, registry: RunRegistry, pool: "Callable[[], WorkerPool]", training: TrainingCommands,
        lessons: LessonCommands, folder: Path,
    ) -> None:  # fmt: skip
        super().__init__(training)
        self.session, self.registry, self.pool = session, registry, pool
        self.training, self.lessons, self.folder = training, lessons, folder
        self.panel: ClinicPanel | None = None
        self.patients: list[Patient] | None = None  # None for those of the program
        lessons.clinic_wanted.connect(self.show)

    @Slot()
    def show(self) -> None:
        """Open the clinic, with the keyboard in it."""
        try:
            panel = self.made()
        except InputError as error:
            self.said.emit(str(error))
            return
        self.lessons.show()
        self.lessons.made().show_guest(panel)
        panel.take_focus()

    def made(self) -> "ClinicPanel":
        """What shows, made if need be; raises InputError where there are no patients."""
        if self.panel:
            return self.panel
        from gui.clinic.clinic_file import ClinicFile
        from gui.clinic.clinic_panel import ClinicPanel
        from gui.clinic.visit import ClinicVisit
        from model.clinic.pool import read_pool
        from model.clinic.records import FILE_NAME

        patients = self.patients or read_pool()
        file = ClinicFile(self.folder / FILE_NAME, self)
        visit = ClinicVisit(file, patients, self.session, self.registry, self.pool, self)
        self.panel = ClinicPanel(visit)
        file.said.connect(self.said)
        visit.admit_wanted.connect(self._admit)
        visit.shown_wanted.connect(self.session.open)
        visit.revealed.connect(self.training.panel.show_config)
        visit.left_wanted.connect(self.training.leave)
        self.panel.list_wanted.connect(self.lessons.show_list)
        if file.note:
            self.said.emit(file.note)
        return self.panel

    @Slot(object)
    def _admit(self, config: Config) -> None:
        self.page_wanted.emit(PageKind.RUN)
        self.training.admit(config)
        self.session.train()

    @Slot()
    def update_text(self) -> None:
        """Look what has become of the patient; twice a second."""
        if self.panel:
            self.panel.visit.look()

    def commands(self) -> list[MenuCommand]:
        """The last lesson."""
        tip = tr("Say what ails runs whose settings are hidden, and cure them")
        return [MenuCommand(Menu.LESSONS, "clinic", tr("The clinic"), self.show, tip=tip, group=1)]
