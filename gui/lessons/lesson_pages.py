"""The content of the Lesson tab: the list of lessons, or a step of one."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from gui.lessons.experiment_runs import ExperimentRuns
from gui.lessons.lesson_list import LessonList
from gui.lessons.measurer import Measurer
from gui.lessons.progress_file import ProgressFile
from gui.lessons.step_flow import StepFlow
from gui.lessons.step_page import StepPage
from gui.lessons.welcome_page import WelcomePage
from gui.style.theme import Theme
from model.base.errors import InputError
from model.base.language import tr
from model.lessons.lesson import Lesson
from model.lessons.lesson_folder import OWN_LESSONS, lesson_files, linked_lesson, read_lesson
from model.lessons.lesson_place import LessonPlace
from model.lessons.step_link import step_command


class LessonPages(QStackedWidget):
    """Goes from lesson to lesson and from step to step.

    `entered` says that another step shows, `left` that none does; `said` has a sentence for the user. `skipped`: who is
    here for the first time wants no lesson.
    """

    entered = Signal()
    left = Signal()
    said = Signal(str)
    skipped = Signal()

    def __init__(self, runs: ExperimentRuns, file: ProgressFile, theme: Theme) -> None:
        super().__init__()
        self.runs, self.file, self.theme = runs, file, theme
        self.measurer = Measurer(self)
        self.folder = OWN_LESSONS
        self.list, self.page = LessonList(file, theme), StepPage(theme)
        self.flow: StepFlow | None = None
        self.addWidget(self.list)
        self.addWidget(self.page)
        self.first: WelcomePage | None = None
        self.list.chosen.connect(self.open)
        self.list.folder_wanted.connect(self.choose_folder)
        self.list.own_wanted.connect(self.open_own)
        self.list.reset_wanted.connect(file.reset)
        self.page.list_wanted.connect(self.show_list)
        self.page.back_wanted.connect(lambda: self.go_by(-1))
        self.page.next_wanted.connect(lambda: self.go_by(1))
        self.page.lesson_wanted.connect(self.follow)
        self.page.link_wanted.connect(self.copy_link)
        self.open_folder(OWN_LESSONS)
        if file.note:
            self.said.emit(file.note)

    def open_own(self) -> None:
        """List this program's lessons."""
        self.open_folder(OWN_LESSONS)

    def open_folder(self, folder: Path) -> None:
        """List the lessons in a folder; those that are broken are left out, and one sentence says why."""
        lessons, troubles = [], []
        try:
            files = lesson_files(folder)
        except InputError as error:
            self.said.emit(str(error))
            return
        for path in files:
            try:
                lessons.append(read_lesson(path))
            except InputError as error:
                troubles.append(str(error))
        own = folder == OWN_LESSONS
        self.folder = folder
        trouble = troubles[0] if troubles else ""
        told = trouble
        if len(troubles) > 1:
            told = tr("{trouble} {number} more cannot be read.", trouble=trouble, number=len(troubles) - 1)
        self.list.list_lessons(lessons, trouble=told, name=tr("Lessons") if own else folder.name, own=own)
        if trouble:
            self.said.emit(trouble)
        self.show_list()

    def welcome(self, lesson: Lesson) -> None:
        """Offer a lesson to somebody who is here for the first time."""
        self._leave()
        self.file.begin()
        self.first = WelcomePage(lesson)
        self.first.begun.connect(lambda: self.go_to(lesson, 0))
        self.first.skipped.connect(self._skip)
        self.addWidget(self.first)
        self.setCurrentWidget(self.first)
        self.first.take_focus()

    @property
    def welcomes(self) -> bool:
        """Whether that offer shows."""
        return self.first is not None and self.currentWidget() is self.first

    def _skip(self) -> None:
        self.show_list()
        self.skipped.emit()

    def choose_folder(self) -> None:
        """Ask for a folder of lessons."""
        title = tr("Open a folder of lessons")
        if chosen := QFileDialog.getExistingDirectory(self.window(), title, str(self.folder)):
            self.open_folder(Path(chosen))

    @property
    def lessons(self) -> list[Lesson]:
        """Those that are listed."""
        return list(self.list.lessons)

    @Slot(object)
    def open(self, lesson: Lesson) -> None:
        """Open a lesson where the learner left it, from the start if that was its end."""
        progress = self.file.of(lesson)
        keys = [step.key for step in lesson.steps]
        self.go_to(lesson, keys.index(progress.step) if progress.step in keys else 0)

    def go_to(self, lesson: Lesson, place: int) -> None:
        """Show a step of a lesson by its place, from 0; one beyond the last is the last."""
        self._leave()
        step = lesson.steps[min(max(place, 0), len(lesson.steps) - 1)]
        self.file.keep(lesson, self.file.of(lesson).at(step.key))
        self.flow = StepFlow(lesson, step, self.runs, self.measurer, self.file, self)
        self.setCurrentWidget(self.page)
        self.page.show_flow(self.flow)
        self.entered.emit()

    @Slot(object)
    def follow(self, to: LessonPlace) -> None:
        """Show the step that a link in a text leads to; says so where there is none."""
        folder = self.flow.lesson.path.parent if self.flow else self.folder
        try:
            lesson = linked_lesson(to, folder)
        except InputError as error:
            self.said.emit(str(error))
            return
        self.go_to(lesson, to.step - 1)

    @Slot()
    def copy_link(self) -> None:
        """Put the command that opens this step on the clipboard."""
        if self.flow:
            command = step_command(self.flow.lesson, self.flow.step)
            QGuiApplication.clipboard().setText(command)
            self.said.emit(tr("On the clipboard is what opens this step: {command}", command=command))

    def go_by(self, steps: int) -> None:
        """Go on by so many steps, or back; past the last one the lesson is done."""
        if not self.flow:
            return
        lesson = self.flow.lesson
        place = lesson.steps.index(self.flow.step) + steps
        if place < len(lesson.steps):
            self.go_to(lesson, place)
            return
        self.file.keep(lesson, replace(self.file.of(lesson), step="", done=True))
        self.show_list()

    def show_list(self) -> None:
        """Show the list of lessons."""
        self._leave()
        self.setCurrentWidget(self.list)
        self.list.refresh()
        if self.isVisible():
            self.list.take_focus()

    def show_guest(self, guest: QWidget) -> None:
        """Show what stands beside the lessons."""
        self._leave()
        if self.indexOf(guest) < 0:
            self.addWidget(guest)
        self.setCurrentWidget(guest)

    def _leave(self) -> None:
        flow, self.flow = self.flow, None
        if flow:
            flow.deleteLater()
            self.left.emit()

    def take_focus(self) -> None:
        """Give the keyboard to what shows."""
        if self.first and self.welcomes:
            self.first.take_focus()
        elif self.flow:
            self.page.take_focus()
        elif (shown := self.currentWidget()) and shown is not self.list:
            shown.setFocus()
        else:
            self.list.take_focus()

    def setFocus(self, *_: object) -> None:
        self.take_focus()

    @Slot()
    def look(self) -> None:
        """See what has become of the runs; called twice a second, and when one has ended."""
        if self.flow:
            self.flow.update()

    def apply_theme(self, theme: Theme) -> None:
        """Take over other colours."""
        self.theme = theme
        self.list.apply_theme(theme)
        self.page.apply_theme(theme)

    def close_down(self) -> None:
        """End what is being measured."""
        self.measurer.close()
