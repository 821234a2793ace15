"""The learner's own words, kept and not judged."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from gui.lessons.bets.bet_editor import BetEditor
from gui.style.text_size import follow
from gui.style.theme import Theme
from model.base.language import tr
from model.lessons.judgement import Guess
from model.lessons.lesson import Bet, Lesson
from model.lessons.progress import LONGEST_WORDS

HEIGHT = 84  # pixels


class WordsField(QPlainTextEdit):
    """A few lines; Enter belongs to the step, with Shift it begins a line."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() != Qt.KeyboardModifier.ShiftModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            event.ignore()
            return
        super().keyPressEvent(event)


class WordsEditor(BetEditor):
    """A field for some sentences."""

    def __init__(self, lesson: Lesson, bet: Bet, theme: Theme) -> None:
        super().__init__(lesson, bet, theme)
        self.field = WordsField()
        self.field.setAccessibleName(tr("Your own words"))
        self.field.setPlaceholderText(tr("In your own words"))
        self.field.setToolTip(tr("Kept on this machine for you alone; Shift+Enter begins a line"))
        self.field.setTabChangesFocus(True)
        follow(self.field.setFixedHeight, HEIGHT)
        self.field.textChanged.connect(self.changed)
        self.column.addWidget(self.field)

    @property
    def guess(self) -> Guess | None:
        return self.field.toPlainText().strip()[:LONGEST_WORDS] or None

    def show_guess(self, guess: Guess) -> None:
        self.field.setPlainText(str(guess))

    def take_focus(self) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
