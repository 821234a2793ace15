"""Labels of running text: lines end between phrases, and whoever reads the label gets the text as it was given."""

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QLabel, QTextBrowser

from gui.widgets.japanese_text import as_given, in_phrases


class PhrasedLabel(QLabel):
    """A plain text of several lines; a screen reader is given it without what keeps phrases together."""

    def __init__(self, text: str = "", role: str = "message") -> None:
        super().__init__()
        self.setObjectName(role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.say(text)

    def say(self, text: str) -> None:
        """Show another text."""
        self.setText(in_phrases(text))
        self.setAccessibleName(text)


class PhrasedBrowser(QTextBrowser):
    """A text with tags, as `set_html` makes it; what is copied or dragged out of it is as it was given."""

    def createMimeDataFromSelection(self) -> QMimeData:
        data = super().createMimeDataFromSelection()
        data.setHtml(as_given(data.html()))
        data.setText(as_given(data.text()))
        return data
