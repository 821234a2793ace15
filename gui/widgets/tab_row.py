"""Rows of tab buttons, of which one is checked; what a tab shows is up to the owner of the row."""

from collections.abc import Iterable
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton

from gui.widgets.breaking_row import BreakingRow

SPACING_PIXELS = 2
PADDING = 4  # of a tab, in characters

Key = TypeVar("Key")


class TabRow(BreakingRow, Generic[Key]):
    """Exclusive tool buttons made from (key, text, tooltip); `chosen` carries the key of a tab that was clicked.

    `role` is the buttons' object name in the style sheet. They break into two lines of about one length.
    """

    chosen = Signal(object)

    def __init__(self, tabs: Iterable[tuple[Key, str, str]], role: str = "tab") -> None:
        super().__init__(SPACING_PIXELS)
        self.buttons: dict[Key, QToolButton] = {}
        group, made = QButtonGroup(self), list(tabs)
        first_line = _even([text for _, text, _ in made])
        for number, (key, text, tip) in enumerate(made):
            button = QToolButton()
            button.setObjectName(role)
            button.setText(text)
            button.setToolTip(tip)
            button.setCheckable(True)
            group.addButton(button, number)
            self.add(button, later=number >= first_line)
            self.buttons[key] = button
        for later in (False, True):
            self.add(None, later=later)
        group.idClicked.connect(self._clicked)

    def _clicked(self, number: int) -> None:
        self.chosen.emit(list(self.buttons)[number])

    def check(self, key: Key) -> None:
        """Check a tab without emitting `chosen`; raises KeyError for one that is not in the row."""
        self.buttons[key].setChecked(True)


def _even(texts: list[str]) -> int:
    """How many tabs the first of two lines has when the longer line is as short as can be; the more of equals."""
    lengths = [len(text) + PADDING for text in texts]
    return min(range(len(texts), 0, -1), key=lambda count: max(sum(lengths[:count]), sum(lengths[count:])), default=0)
