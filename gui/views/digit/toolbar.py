"""Toolbar of the digit view: a test image by number, the next mistake, or a drawing."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QToolButton, QWidget

from gui.style.text_size import follow
from gui.widgets.card import label
from gui.widgets.fitting_row import FittingRow
from model.base.language import message, tr

FIELD = (58, 24)
MISTAKE = message(
    "The next test image that the weights shown here get wrong: there the loss, and with it the gradient, is large"
)


class DigitToolbar(QWidget):
    """Controls that only emit what the user asks for; `image_chosen` carries the test image's index."""

    image_chosen = Signal(int)
    mistake_wanted = Signal()
    drawing_changed = Signal(bool)
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.number = QSpinBox()
        self.number.setObjectName("compact")
        follow(self.number.setFixedSize, *FIELD)
        self.number.setWrapping(True)
        self.number.setKeyboardTracking(False)
        self.number.setAccessibleName(tr("Test image"))
        self.number.setToolTip(tr("The number of a test image, which the network has not been trained on"))
        self.number.valueChanged.connect(self._choose)
        self.back = self._button("‹", tr("The test image before"), name=tr("Previous test image"))
        self.on = self._button("›", tr("The next test image"), name=tr("Next test image"))
        self.mistake = self._button(tr("Next mistake"), tr(MISTAKE))
        self.draw = self._button(tr("Draw"), tr("Draw a digit with the mouse: left button draws, right button erases"))
        self.clear = self._button(tr("Clear"), tr("Begin the drawing anew"))
        self.draw.setCheckable(True)
        self.clear.setVisible(False)
        self.back.clicked.connect(lambda: self.number.stepBy(-1))
        self.on.clicked.connect(lambda: self.number.stepBy(1))
        self.mistake.clicked.connect(self.mistake_wanted)
        self.draw.toggled.connect(self._toggle)
        self.clear.clicked.connect(self.cleared)
        self.name = label(tr("Test image"), "muted")
        self.name.setBuddy(self.number)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        named = FittingRow()
        named.add(self.name, rank=1)
        named.add(self.number, rank=0)
        for widget in (named, self.back, self.on, self.mistake, self.clear, self.draw):
            row.addWidget(widget)

    def _button(self, text: str, tip: str, name: str = "") -> QToolButton:
        made = QToolButton()
        made.setObjectName("flat")
        made.setText(text)
        made.setToolTip(tip)
        made.setAccessibleName(name or text)
        return made

    def set_images(self, count: int) -> None:
        """Set the number of test images, without emitting a signal."""
        blocked = self.number.blockSignals(True)
        self.number.setRange(0, max(count - 1, 0))
        self.number.blockSignals(blocked)

    def show_image(self, index: int) -> None:
        """Select a test image by its index and leave drawing mode."""
        self.draw.setChecked(False)
        self.number.setValue(index)

    def _choose(self, index: int) -> None:
        self.draw.setChecked(False)
        self.image_chosen.emit(index)

    def _toggle(self, drawing: bool) -> None:
        self.clear.setVisible(drawing)
        self.drawing_changed.emit(drawing)
