"""What somebody sees who starts the program for the first time: one sentence and one button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from gui.lessons.primary_button import PrimaryButton
from gui.widgets.flat_button import flat_button
from gui.widgets.wrapped_label import WrappedLabel
from model.base.language import tr
from model.base.number_format import count
from model.lessons.lesson import Lesson


class WelcomePage(QFrame):
    """Offers a lesson: `begun` by Enter, `skipped` by Esc."""

    begun = Signal()
    skipped = Signal()

    def __init__(self, lesson: Lesson) -> None:
        super().__init__()
        self.setObjectName("panel")
        heading, sentence = WrappedLabel("step"), WrappedLabel("message")
        self.primary = PrimaryButton(tr("Begin with lesson 1"))
        self.primary.setToolTip(tr("Enter"))
        self.primary.clicked.connect(self.begun)
        self.skip = flat_button(tr("Skip, I know my way"), tr("Esc; lessons stay in the tab Lesson (F3)"), self.skipped)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 24, 16, 16)
        column.setSpacing(14)
        column.addWidget(heading)
        column.addWidget(sentence)
        column.addWidget(self.primary)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.skip)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        heading.say(lesson.title)
        config = next(iter(lesson.experiments.values())).config
        sentence.say(
            tr(
                "This network will see {images} images and learn nothing from them. "
                "Find out why, in {minutes} minutes.",
                images=count(config.iterations * config.batch_size),
                minutes=lesson.minutes,
            )
        )

    def take_focus(self) -> None:
        """Give the keyboard to the button."""
        self.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.skipped.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.begun.emit()
        else:
            super().keyPressEvent(event)
