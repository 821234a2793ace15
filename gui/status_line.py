"""The line at the bottom: what to look for, what just happened, what went wrong."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from gui.cards import label

NOTE_MS = 10_000


class StatusLine(QFrame):
    """Shows a lasting hint, over which a note may lie for some seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("statusline")
        self.text = label("", "message")
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.text.setAccessibleName("Status")
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 7, 16, 7)
        line.addWidget(self.text)
        self.lasting = ""
        self._note = QTimer(self, interval=NOTE_MS, singleShot=True)
        self._note.timeout.connect(self._show_hint)

    def hint(self, text: str) -> None:
        """What to show whenever there is no note."""
        self.lasting = text
        if not self._note.isActive():
            self._show_hint()

    def note(self, text: str) -> None:
        """Show something for a while."""
        self.text.setText(text)
        self.text.setToolTip(text)
        self._note.start()

    def clear_note(self) -> None:
        """Return to the hint now."""
        self._note.stop()
        self._show_hint()

    def _show_hint(self) -> None:
        self.text.setText(self.lasting)
        self.text.setToolTip(self.lasting)
