"""Labels that break into lines, in columns that something else gives their width."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from gui.style.text_size import follow
from gui.widgets.japanese_text import is_spoken, spaced_html


class WrappedLabel(QLabel):
    """A label as tall as its lines, and hidden without a text.

    It tells its layout a height and not, as Qt's own labels do, that this depends on the width: with such a label in
    it a column gives up none of its height, not even where other parts could do with less.
    """

    def __init__(self, role: str) -> None:
        super().__init__()
        self.setObjectName(role)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()
        follow(self.fit)

    def hasHeightForWidth(self) -> bool:
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def say(self, text: str) -> None:
        """Show a text, or nothing for ''."""
        self.setTextFormat(Qt.TextFormat.RichText if is_spoken() else Qt.TextFormat.PlainText)
        self.setText(spaced_html(text) if text and is_spoken() else text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.fit()

    def fit(self) -> None:
        """Be as tall as the text is at this width and text size."""
        self.setMinimumHeight(0)  # below which Qt's height for a width never is
        self.setFixedHeight(max(self.heightForWidth(self.width()), 0))
