"""The learner's progress while the window is open; each change is written at once."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from model.lessons.lesson import Lesson
from model.lessons.lesson_folder import OWN_LESSONS
from model.lessons.progress import LearnerProgress, LessonProgress, read_progress, write_progress


class ProgressFile(QObject):
    """Progress at `path`. `said` tells why it could not be read or kept, `changed` that it is another."""

    said = Signal(str)
    changed = Signal()

    def __init__(self, path: Path, parent: QObject) -> None:
        super().__init__(parent)
        self.path = path
        self.progress, self.note = read_progress(path)

    def of(self, lesson: Lesson) -> LessonProgress:
        """The progress in a lesson."""
        return self.progress.of(_name(lesson))

    def keep(self, lesson: Lesson, progress: LessonProgress) -> None:
        """Note the progress in a lesson."""
        if progress != self.of(lesson):
            self._keep(self.progress.with_lesson(_name(lesson), progress))

    def begin(self) -> None:
        """Note that the first start has been."""
        self._keep(replace(self.progress, started=True))

    def reset(self) -> None:
        """Forget what was done in all lessons."""
        self._keep(self.progress.reset())

    def _keep(self, progress: LearnerProgress) -> None:
        self.progress = progress
        if trouble := write_progress(self.path, progress):
            self.said.emit(trouble)
        self.changed.emit()


def _name(lesson: Lesson) -> str:
    """The lesson's name, with its folder where that is not this program's."""
    folder = lesson.path.parent
    return lesson.key if folder == OWN_LESSONS else f"{folder.resolve()}/{lesson.key}"
