"""What repeats are good for: in place of plots before there is anything to draw, and in the line at the bottom."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gui.cards import Card, label

TEXT_WIDTH = 560
TITLE = "Is it better, or was it luck?"
WHY = (
    "A run depends on its seed: on the random numbers that its first weights and its batches are made of. In one pair "
    "of runs ReLU + He and ReLU + Xavier end 0.25 points apart, but chance alone spreads the seeds of either by 0.43: "
    "one pair cannot tell them apart.\n\nRepeats train the same settings with several seeds and draw the mean and the "
    "spread. Two settings share their seeds, so that each pair differs in the settings alone: what counts is the mean "
    "difference of the pairs, and whether its 95\u2009% interval leaves out zero."
)
# For the line at the bottom: before there is anything to draw, while it comes, and later.
CHOOSE = "Choose one experiment or two, and how many seeds: each seed is a run with other random numbers."
GOING = "What is complete is drawn at once. The runs go on while you look at other pages."
READ = "Each dot is a run, and a line joins the two runs of one seed. Point at one to see its curves."


class EmptyCard(Card):
    """The reason for repeats, and a button that runs the lesson's own question."""

    def __init__(self, lesson: str) -> None:
        super().__init__("repeats-empty", title=TITLE, titled=False)
        text = label(WHY)
        text.setWordWrap(True)
        text.setFixedSize(TEXT_WIDTH, text.heightForWidth(TEXT_WIDTH))
        self.lesson = QPushButton(lesson)
        self.lesson.setToolTip("Choose both, and train all their runs in the background")
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setSpacing(12)
        for widget in (label(TITLE, "title"), text, self.lesson):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        self.body.addWidget(middle, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addStretch(2)
