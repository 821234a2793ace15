"""What stands in place of the map before there is anything to draw: what a map is good for."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.cards import Card, label

TEXT_WIDTH = 560
TITLE = "How deep can a network be, and with which weights?"
WHY = (
    "A map trains a short run for each pair of values of two settings and colours its cell by what came of it.\n\n"
    "With a sigmoid every further layer takes at least three quarters of the gradient. So the deeper the network, the "
    "larger its initial weights must be, up to where they saturate it: Xavier's weights are enough for one or two "
    "layers and not for five. Click a cell to train its run where you can watch it."
)
MAPS = {"Train depth × std. dev. of the weights": "init_std", "Train depth × initial weights": "init"}


class MapEmptyCard(Card):
    """The reason for maps, and a button for each of the lesson's, by the setting that goes across."""

    def __init__(self) -> None:
        super().__init__("map-empty", title=TITLE, titled=False)
        text = label(WHY)
        text.setWordWrap(True)
        text.setFixedSize(TEXT_WIDTH, text.heightForWidth(TEXT_WIDTH))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self.lessons: dict[str, QPushButton] = {}
        for title, name in MAPS.items():
            self.lessons[name] = QPushButton(title)
            self.lessons[name].setToolTip("Choose these two settings, and train a run for each cell in the background")
            buttons.addWidget(self.lessons[name])
        buttons.addStretch(1)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setSpacing(12)
        column.addWidget(label(TITLE, "title"))
        column.addWidget(text)
        column.addLayout(buttons)
        self.body.addStretch(1)
        self.body.addWidget(middle, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addStretch(2)
