"""The one button of a step."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton

ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class PrimaryButton(QPushButton):
    """Leaves the arrow keys to the step, which goes back and on by them; Qt would go to the next button."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setObjectName("primary")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)
