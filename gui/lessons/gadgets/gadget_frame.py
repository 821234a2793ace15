"""Base of the gadgets: sliders above lines of figures."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSlider, QVBoxLayout

from gui.style.text_size import follow
from gui.style.theme import Theme
from gui.widgets.card import label

VALUE_WIDTH = 48  # pixels


class GadgetFrame(QFrame):
    """A framed area. While `held_back`, it does not show what the step's bet asks."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("gadget")
        self.theme, self.held_back = theme, False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 6, 12, 6)
        self.column.setSpacing(6)
        self.sliders = QGridLayout()
        self.sliders.setHorizontalSpacing(10)
        self.column.addLayout(self.sliders)

    def add_slider(self, name: str, tip: str, low: int, high: int, start: int) -> tuple[QSlider, QLabel]:
        """Add a row with a name, a slider over whole steps, and room for its value."""
        slider, value = QSlider(Qt.Orientation.Horizontal), label("", "title")
        slider.setObjectName("timeline")
        slider.setRange(low, high)
        slider.setValue(start)
        slider.setAccessibleName(name)
        slider.setToolTip(tip)
        follow(value.setMinimumWidth, VALUE_WIDTH)
        buddy = label(name, "muted")
        buddy.setBuddy(slider)
        row = self.sliders.rowCount()
        for column, part in enumerate((buddy, slider, value)):
            self.sliders.addWidget(part, row, column)
        slider.valueChanged.connect(lambda _: self.show_figures())
        return slider, value

    def hold_back(self, *, held: bool) -> None:
        """Show what the step's bet asks, or not yet."""
        self.held_back = held
        self.show_figures()

    def show_figures(self) -> None:
        """Compute and write all figures."""
        raise NotImplementedError

    def apply_theme(self, theme: Theme) -> None:
        """Take over other colours."""
        self.theme = theme
        self.update()
