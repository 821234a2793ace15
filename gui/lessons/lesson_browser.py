"""A text of a lesson as a widget: as tall as its lines, with links to places of the window and to other lessons."""

from math import ceil
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy

from gui.lessons.lesson_document import LESSON, MARK, LessonDocument, WriteFigure, unmeasured
from gui.style.text_size import follow
from gui.style.theme import Theme
from gui.widgets.phrased_label import PhrasedBrowser
from model.lessons.lesson_place import parse_lesson_place
from model.lessons.places import Place
from model.lessons.texts import LessonText

KEYS_OF_THE_STEP = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class LessonBrowser(PhrasedBrowser):
    """Shows a LessonText; hidden without one.

    `place_pointed` carries a Place whose words were chosen, `lesson_wanted` a LessonPlace.
    """

    place_pointed = Signal(object)
    lesson_wanted = Signal(object)

    def __init__(self, theme: Theme, name: str, *, bold: bool = False) -> None:
        super().__init__()
        self.setObjectName("lesson")
        self.setAccessibleName(name)
        self.lines = LessonDocument(self, theme, bold=bold)
        self.setDocument(self.lines)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.anchorClicked.connect(self._chosen)
        self.hide()
        follow(self.fit_letters)

    def say(self, text: LessonText, folder: Path, write: WriteFigure = unmeasured, *, before: str = "") -> None:
        """Show a text, or nothing for an empty one; `before` is plain text ahead of it."""
        self.lines.say(text, folder, write, before=before)
        self.setVisible(bool(text) or bool(before))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if self.lines.linked else Qt.FocusPolicy.NoFocus)
        self._fit()

    def _chosen(self, link: QUrl) -> None:
        address = link.toString()
        if address.startswith(LESSON):
            self.lesson_wanted.emit(parse_lesson_place(address.removeprefix(LESSON)))
        else:
            self.place_pointed.emit(Place.named(address.removeprefix(MARK).replace("_", " ")))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.textCursor().hasSelection():  # which can be copied
            self.setFocus(Qt.FocusReason.MouseFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        linked = self.textCursor().hasSelection()  # the keyboard has gone to a link
        if event.key() in KEYS_OF_THE_STEP or (event.key() == Qt.Key.Key_Return and not linked):
            event.ignore()  # there is nothing to scroll
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.lines.fit(self.viewport().width())
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if isinstance(lines := self.document(), LessonDocument):
            lines.fit_letters()

    def fit_letters(self) -> None:
        """Be as tall as the text is at the present text size."""
        self.lines.fit_letters()
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(ceil(self.lines.size().height()) + 1)

    def apply_theme(self, theme: Theme) -> None:
        """Take over other colours."""
        self.lines.apply_theme(theme)
        self._fit()
