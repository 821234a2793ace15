"""What the digit view shows below its header: a digit, beside it layers, the confusion matrix or a weight's path."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.style.text_size import factor, scaled
from gui.style.theme import Theme
from gui.views.digit.class_bars import ClassBars
from gui.views.digit.confusion_pane import ConfusionPane
from gui.views.digit.images import DigitImages
from gui.views.digit.layer_rows import LayerRows
from gui.views.digit.mode_switch import DigitMode
from gui.views.digit.path_pane import PathPane

PICTURES_SHARE = 0.4  # of the width, for the two pictures together at most
ANSWERS_SHARE = 0.19  # of the width
FEWEST_PIXELS, MOST_PIXELS = 116, 220  # pixels of width of the answers
BOTH_PIXELS = 620  # of width, from which on there is room for both pictures
GAP_PIXELS = 16


class DigitContent(QWidget):
    """The digit and what its mode says; the picture of its gradient is left out where the layers need the room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.mode = DigitMode.LAYERS
        self.pictures, self.layers, self.answers = DigitImages(theme), LayerRows(), ClassBars()
        self.confusion, self.path = ConfusionPane(), PathPane()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_PIXELS)
        row.addWidget(self.pictures)
        row.addWidget(self.layers, 1)
        row.addWidget(self.answers)
        row.addWidget(self.confusion, 1)
        row.addWidget(self.path, 1)

    def choose_mode(self, mode: DigitMode) -> None:
        """Show something else beside the digit."""
        self.mode = mode
        for part in (self.layers, self.answers):
            part.setVisible(mode is DigitMode.LAYERS)
        self.confusion.setVisible(mode is DigitMode.CONFUSION)
        self.path.setVisible(mode is DigitMode.WEIGHT)
        self._fit()

    def _fit(self) -> None:
        roomy = self.width() >= scaled(BOTH_PIXELS, self)
        self.pictures.gradient.setVisible(roomy and self.mode is DigitMode.LAYERS)

    def minimumSizeHint(self) -> QSize:
        """What it needs without the picture that can be left out."""
        left_out = self.pictures.gradient
        spare = 0 if left_out.isHidden() else left_out.width() + GAP_PIXELS
        return super().minimumSizeHint() - QSize(spare, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self.pictures.make_room(PICTURES_SHARE * self.width() / 2 / factor(self))
        share = max(ANSWERS_SHARE * self.width(), scaled(FEWEST_PIXELS, self))
        self.answers.setFixedWidth(round(min(share, scaled(MOST_PIXELS, self))))
