"""Dialogs that are no larger than the screen."""

from PySide6.QtCore import QMargins
from PySide6.QtWidgets import QWidget

FRAME = QMargins(4, 34, 4, 4)  # pixels of a title bar and borders, as long as the system has told no other


def fit_dialog(dialog: QWidget) -> None:
    """Make a dialog that has not been shown yet no larger than the screen of its parent."""
    parent = dialog.parentWidget()
    room = (parent or dialog).screen().availableGeometry().marginsRemoved(FRAME).size()
    dialog.setMinimumSize(dialog.minimumSize().boundedTo(room))
    dialog.resize(dialog.size().boundedTo(room))
