"""The left side of the window: the settings, or the list of runs."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

LISTED = "Runs"
WIDTH = 276  # pixels


class SideTabs(QFrame):
    """Tabs above one of several widgets, each under its title."""

    def __init__(self, contents: dict[str, tuple[QWidget, str]]) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setFixedWidth(WIDTH)
        self.stack = QStackedWidget()
        self.buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 12, 0)
        row.setSpacing(2)
        group = QButtonGroup(self)
        for title, (content, tip) in contents.items():
            button = QToolButton()
            button.setObjectName("tab")
            button.setText(title)
            button.setToolTip(tip)
            button.setCheckable(True)
            button.clicked.connect(lambda *_, title=title: self.choose(title))
            group.addButton(button)
            row.addWidget(button)
            self.stack.addWidget(content)
            self.buttons[title] = button
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.stack, 1)
        self.choose(next(iter(contents)))

    def choose(self, title: str) -> None:
        """Show the content under this title."""
        self.buttons[title].setChecked(True)
        self.stack.setCurrentIndex(list(self.buttons).index(title))

    def turn(self) -> None:
        """Show the next content, and let the keys go there."""
        titles = list(self.buttons)
        self.choose(titles[(self.stack.currentIndex() + 1) % len(titles)])
        if content := self.stack.currentWidget():
            content.setFocus(Qt.FocusReason.ShortcutFocusReason)
