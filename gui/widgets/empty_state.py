"""Empty state of a page: the card shown in place of results before there are any."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.widgets.card import Card, label

TEXT_WIDTH = 560


class EmptyState(Card):
    """A card with title, explanation and a row of buttons; `buttons` maps their texts to tooltips."""

    def __init__(self, name: str, title: str, text: str, buttons: Mapping[str, str]) -> None:
        super().__init__(name, title=title, titled=False)
        why = label(text)
        why.setWordWrap(True)
        why.setFixedSize(TEXT_WIDTH, why.heightForWidth(TEXT_WIDTH))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.buttons = [QPushButton(written) for written in buttons]
        for button, tip in zip(self.buttons, buttons.values(), strict=True):
            button.setToolTip(tip)
            row.addWidget(button)
        row.addStretch(1)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setSpacing(12)
        column.addWidget(label(title, "title"))
        column.addWidget(why)
        column.addLayout(row)
        self.body.addStretch(1)
        self.body.addWidget(middle, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addStretch(2)
