"""Buttons without a frame, for what is done now and then."""

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QToolButton


def flat_button(text: str, tip: str, wanted: SignalInstance) -> QToolButton:
    """A button that emits `wanted`."""
    made = QToolButton()
    made.setObjectName("flat")
    made.setText(text)
    made.setToolTip(tip)
    made.clicked.connect(lambda *_: wanted.emit())
    return made
