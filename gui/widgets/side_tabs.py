"""The left side of the window: the settings, the list of runs, or that of cures."""

from collections.abc import Collection

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from gui.style.text_size import follow
from gui.widgets.tab_row import TabRow

LISTED, CURED = "Runs", "Cures"
WIDTH = 276  # pixels


class SideTabs(QFrame):
    """A row of tabs above a stack of widgets; `contents` maps each tab's title to its widget and tooltip.

    The tabs called `later` are hidden until they are chosen for the first time.
    """

    def __init__(self, contents: dict[str, tuple[QWidget, str]], later: Collection[str] = ()) -> None:
        super().__init__()
        self.setObjectName("side")
        follow(self.setFixedWidth, WIDTH)
        self.stack = QStackedWidget()
        for content, _ in contents.values():
            self.stack.addWidget(content)
        self.tabs = TabRow([(title, title, tip) for title, (_, tip) in contents.items()])
        self.tabs.setContentsMargins(12, 8, 12, 0)
        self.tabs.chosen.connect(self.choose)
        self.buttons = self.tabs.buttons
        for title in later:
            self.buttons[title].hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)
        self.choose(next(iter(contents)))

    def choose(self, title: str) -> None:
        """Show the widget under this title; raises KeyError for an unknown one."""
        self.tabs.check(title)
        self.buttons[title].show()
        self.stack.setCurrentIndex(list(self.buttons).index(title))

    def turn(self) -> None:
        """Show the next widget, in a circle, and give it the keyboard focus."""
        titles = list(self.buttons)
        present = titles[self.stack.currentIndex()]
        there = [title for title in titles if not self.buttons[title].isHidden()]
        self.choose(there[(there.index(present) + 1) % len(there)])
        if content := self.stack.currentWidget():
            content.setFocus(Qt.FocusReason.ShortcutFocusReason)
