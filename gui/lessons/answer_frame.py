"""What is told after a bet, on the screen."""

from pathlib import Path

from PySide6.QtWidgets import QFrame, QVBoxLayout

from gui.lessons.answer import reasons, told
from gui.lessons.lesson_browser import LessonBrowser
from gui.lessons.lesson_document import WriteFigure
from gui.style.theme import Theme
from gui.widgets.announcing import announce
from gui.widgets.wrapped_label import WrappedLabel
from model.base.language import tr
from model.lessons.judgement import Judgement


class AnswerFrame(QFrame):
    """A sentence with the guess and what was measured, above the reasons; hidden where there is nothing to tell."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("answer")
        self.told, self.why = WrappedLabel("title"), LessonBrowser(theme, tr("Why"))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 4, 6)
        column.setSpacing(6)
        column.addWidget(self.told)
        column.addWidget(self.why)

    def tell(self, judgement: Judgement | None, trouble: str, folder: Path, write: WriteFigure) -> None:
        """Tell what came of a bet, or why nothing did."""
        self.setVisible(judgement is not None or bool(trouble))
        text = told(judgement, write) if judgement else trouble
        if text != self.told.text():
            announce(self, text)
        self.told.say(text)
        self.why.setVisible(judgement is not None)
        if judgement:
            self.why.say(reasons(judgement), folder, write)
