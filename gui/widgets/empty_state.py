"""Empty state of a page: the card shown in place of results before there are any."""

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gui.style.text_size import follow
from gui.widgets.breaking_row import BreakingRow
from gui.widgets.card import Card
from gui.widgets.wrapped_label import WrappedLabel

TEXT_WIDTH = 584  # pixels, with the margins around it


class EmptyState(Card):
    """A card with title, explanation and a row of buttons; `buttons` maps their texts to tooltips."""

    def __init__(self, name: str, title: str, text: str, buttons: Mapping[str, str]) -> None:
        super().__init__(name, title=title, titled=False)
        why = WrappedLabel("message")
        row = BreakingRow(8)
        self.buttons = [QPushButton(written) for written in buttons]
        for button, tip in zip(self.buttons, buttons.values(), strict=True):
            button.setToolTip(tip)
            row.add(button, later=button is not self.buttons[0])
        row.add(None, stretch=1)
        middle = QWidget()
        middle.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        follow(middle.setMaximumWidth, TEXT_WIDTH)
        column = QVBoxLayout(middle)
        column.setSpacing(12)
        heading = WrappedLabel("title")
        for line, said in ((heading, title), (why, text)):
            column.addWidget(line)
            line.say(said)  # in its column: by itself it would show as a window of its own
        column.addWidget(row)
        self.body.addStretch(1)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(middle, 100)
        across.addStretch(1)
        self.body.addLayout(across)
        self.body.addStretch(2)
