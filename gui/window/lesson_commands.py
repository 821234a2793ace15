"""The Lesson tab in the window: made when it is first looked at, and connected with the run on the screen."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMenu

from gui.runs.run_registry import RunRegistry
from gui.runs.run_state import RunState
from gui.runs.session import Session
from gui.style.theme import Theme
from gui.widgets.command import LazyMenu, Menu, MenuCommand
from gui.widgets.side_tabs import SET, TAUGHT, SideTabs
from gui.window.bet_gate import BetGate
from gui.window.lesson_scene import LessonScene
from gui.window.lesson_tab import LessonTab
from gui.window.run_commands import RunCommands
from gui.window.training_commands import TrainingCommands
from model.base.language import message, tr
from model.config.config import Config

if TYPE_CHECKING:
    from gui.lessons.lesson_pages import LessonPages
    from gui.lessons.stage import LessonStage
    from model.workers.pool import WorkerPool

PROGRESS = "lessons.json"


class LessonCommands(QObject):
    """Opens lessons. Progress is kept in `folder`; `pool` gives the worker processes.

    `step_changed` says that another step of a lesson is open, or that none is.
    """

    said = Signal(str)
    hint_changed = Signal()
    clinic_wanted = Signal()
    step_changed = Signal(bool)

    def __init__(
        self, session: Session, registry: RunRegistry, pool: "Callable[[], WorkerPool]", training: TrainingCommands,
        commands: RunCommands, folder: Path, theme: Theme,
    ) -> None:  # fmt: skip
        super().__init__(training)
        self.session, self.registry, self.pool = session, registry, pool
        self.training, self.commands_ = training, commands
        self.folder, self.theme = folder, theme
        self.tab = LessonTab()
        self.stage: LessonStage | None = None
        self.side: SideTabs | None = None
        self.scene: LessonScene | None = None
        self._hinted = ""
        self.gate = BetGate(self.tab, training)

    def connect_window(self, side: SideTabs, scene: LessonScene) -> None:
        """Take what is made after this, and can be looked at only then."""
        self.side = self.gate.side = side
        self.scene = scene
        side.chosen.connect(self._tab_chosen)

    @property
    def panel(self) -> "LessonPages | None":
        """What is in the tab, None before it is first looked at."""
        return self.tab.panel

    def made(self) -> "LessonPages":
        """What is in the tab, made if need be."""
        if self.tab.panel:
            return self.tab.panel
        from gui.lessons.experiment_runs import ExperimentRuns
        from gui.lessons.lesson_pages import LessonPages
        from gui.lessons.progress_file import ProgressFile
        from gui.lessons.stage import LessonStage

        assert self.scene
        runs = ExperimentRuns(self.registry, self.session, self.pool, self)
        file = ProgressFile(self.folder / PROGRESS, self)
        panel = self.tab.panel = LessonPages(runs, file, self.theme)
        for said in (runs.said, file.said, panel.said):
            said.connect(self.said)
        panel.skipped.connect(self._skip)
        runs.set_up_wanted.connect(self.training.set_up)
        runs.train_wanted.connect(self.training.train)
        runs.open_wanted.connect(self.commands_.open)
        self.session.state_changed.connect(panel.look)
        self.registry.changed.connect(panel.look)
        self.registry.loaded.connect(panel.look)
        self.stage = LessonStage(panel, self.scene, self.theme)
        for changed in (panel.entered, panel.left, panel.page.bet_changed):
            changed.connect(self._look_at_hint)
        panel.list.clinic_wanted.connect(self.clinic_wanted)
        panel.entered.connect(partial(self.step_changed.emit, True))
        panel.left.connect(partial(self.step_changed.emit, False))
        self.tab.column.addWidget(panel)
        if file.note:
            self.said.emit(file.note)
        return panel

    @property
    def hint(self) -> str:
        """What the line at the bottom says while a bet or vote is asked for; '' at other times."""
        return self.gate.hint

    @Slot()
    def _look_at_hint(self) -> None:
        before, self._hinted = self._hinted, self.hint
        if before != self._hinted:
            self.hint_changed.emit()

    @Slot(str)
    def _tab_chosen(self, title: str) -> None:
        if title == TAUGHT:
            self.made()
        if self.stage:
            self.stage.watch(watched=title == TAUGHT)
            self._look_at_hint()

    def show(self) -> None:
        """Open the tab, with the keyboard in it."""
        assert self.side
        self.side.choose(TAUGHT)
        self.made().take_focus()

    def show_list(self) -> None:
        """Open the list of lessons."""
        self.show()
        self.made().show_list()

    def welcome(self) -> None:
        """Ask somebody who is here for the first time to begin with the first lesson; never a second time."""
        if self.session.state is RunState.CLOSED:  # by somebody who did not wait for the plots
            return
        panel = self.made()
        if panel.file.progress.started or not panel.lessons:
            return
        first = panel.lessons[0]
        if experiment := first.steps[0].experiment:
            self.training.set_up(experiment.config)
        self.show()
        panel.welcome(first)
        self._look_at_hint()

    @Slot()
    def _skip(self) -> None:
        assert self.side
        self.training.take_config(Config())
        self.side.choose(SET)
        self.training.transport.train.setFocus()

    def open_lesson(self, name: str, step: int = 1, folder: Path | None = None) -> None:
        """Open a lesson by its name or number, at a step counted from 1; says so where there is none."""
        if self.session.state is RunState.CLOSED:
            return
        from model.base.errors import InputError
        from model.lessons.lesson_folder import OWN_LESSONS, read_named

        self.show()
        try:
            lesson = read_named(name, folder or OWN_LESSONS)
        except InputError as error:
            self.said.emit(str(error))
            return
        if folder:
            self.made().open_folder(folder)
        self.made().go_to(lesson, step - 1)

    def take(self, path: Path) -> bool:
        """Open what was dropped on the window, if it is a folder of lessons, or a file of one; whether it is."""
        from model.lessons.lesson_folder import dropped_lessons

        dropped = dropped_lessons(path)
        if dropped:
            folder, name = dropped
            self.show()
            self.made().open_folder(folder)
            if name:
                self.open_lesson(name, folder=folder)
        return dropped is not None

    def _copy_link(self) -> None:
        self.made().copy_link()

    def _choose_folder(self) -> None:
        self.show()
        self.made().choose_folder()

    def _reset(self) -> None:
        self.made().file.reset()
        self.show_list()

    @Slot()
    def update_text(self) -> None:
        """Look what has become of the runs; twice a second."""
        if self.panel:
            self.panel.look()

    @Slot()
    def plots_made(self) -> None:
        """Show on the plots, which are there now, what a step that was opened before them says."""
        if self.stage:
            self.stage.refresh_all()

    def apply_theme(self, theme: Theme) -> None:
        """Take over other colours."""
        self.theme = theme
        if self.panel:
            self.panel.apply_theme(theme)
        if self.stage:
            self.stage.apply_theme(theme)

    def _fill_menu(self, menu: QMenu) -> None:
        from model.lessons.lesson_folder import read_lessons

        for lesson in read_lessons():
            menu.addAction(f"{lesson.number}  {lesson.title}", partial(self.open_lesson, lesson.key))

    def commands(self) -> list[MenuCommand | LazyMenu]:
        """The menu Lessons."""
        tip = tr("Read, place a bet, train, and see what was measured")
        return [
            MenuCommand(Menu.LESSONS, "lesson-tab", tr("Go on with the lesson"), self.show, "F3", tip),
            MenuCommand(Menu.LESSONS, "lessons", tr("All lessons"), self.show_list, "Shift+F3"),
            LazyMenu(f"{Menu.LESSONS}/{message('Open a lesson')}", self._fill_menu, group=1),
            MenuCommand(Menu.LESSONS, "lesson-link", tr("Copy link to this step"), self._copy_link, group=1,
                        tip=tr("Put the command on the clipboard that opens it"), possible=self.step_changed),
            MenuCommand(Menu.LESSONS, "lessons-folder", tr("Open lesson folder …"), self._choose_folder, group=2,
                        tip=tr("Lessons that somebody else has written")),
            MenuCommand(Menu.LESSONS, "lessons-reset", tr("Reset progress"), self._reset, group=2,
                        tip=tr("Forget all steps and bets")),
        ]  # fmt: skip

    def close(self) -> None:
        """End what is being measured."""
        if self.panel:
            self.panel.close_down()
