"""The slate: sliders for x and y, and how z = (x + y)² depends on x through t = x + y."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSlider, QVBoxLayout, QWidget

from gui.lessons.chain_drawing import ChainDrawing
from gui.style.theme import Theme
from gui.widgets.card import figure, label
from model.base.language import tr
from model.measurement.chain_rule import ChainRule

STEPS_OF_ONE = 10  # steps of a slider from 0 to 1
REACH = 5  # a slider goes from −REACH to REACH
START = (1.0, 2.0)
VALUE_WIDTH, SLIDER_WIDTH = 44, 420


class Slate(QWidget):
    """Sliders above a drawing of the chain; `changed` carries the ChainRule at a place that was chosen.

    The numbers of the derivatives can be held back until a bet is made.
    """

    changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.revealed = True
        self.drawing = ChainDrawing()
        self.sliders: dict[str, QSlider] = {}
        self.values = {name: figure(VALUE_WIDTH) for name in ("x", "y")}
        rows = QGridLayout()
        rows.setHorizontalSpacing(8)
        rows.setVerticalSpacing(6)
        rows.setColumnStretch(1, 100)  # as far as it may become wide
        rows.setColumnStretch(3, 1)
        for line, (name, start) in enumerate(zip(self.values, START, strict=True)):
            slider = self.sliders[name] = self._slider(name, start)
            text = label(name, "title")
            text.setBuddy(slider)
            for column, widget in enumerate((text, slider, self.values[name])):
                rows.addWidget(widget, line, column)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(rows)
        whole.addWidget(self.drawing, 1)
        for slider in self.sliders.values():
            slider.valueChanged.connect(self._change)
        self._show()
        self.apply_theme(theme)

    def _slider(self, name: str, start: float) -> QSlider:
        made = QSlider(Qt.Orientation.Horizontal)
        made.setObjectName("timeline")  # its style shows where the focus is
        made.setRange(-REACH * STEPS_OF_ONE, REACH * STEPS_OF_ONE)
        made.setSingleStep(1)
        made.setPageStep(STEPS_OF_ONE)
        made.setValue(round(start * STEPS_OF_ONE))
        made.setMaximumWidth(SLIDER_WIDTH)
        made.setMinimumWidth(120)
        made.setAccessibleName(name)
        made.setToolTip(
            tr(
                "Move {variable} with the mouse or the arrow keys: 0.1 a step, Page up and Page down move it by 1",
                variable=name,
            )
        )
        return made

    @property
    def chain(self) -> ChainRule:
        """The chain rule at the place that the sliders choose."""
        return ChainRule(*(slider.value() / STEPS_OF_ONE for slider in self.sliders.values()))

    def go_to(self, x: float, y: float) -> None:
        """Move the sliders to a place, rounded to their steps and kept within their ends."""
        for slider, value in zip(self.sliders.values(), (x, y), strict=True):
            slider.setValue(round(value * STEPS_OF_ONE))

    def reveal(self, *, revealed: bool) -> None:
        """Show the derivatives, or hold them back."""
        self.revealed = revealed
        self._show()

    def _change(self) -> None:
        self._show()
        self.changed.emit(self.chain)

    def _show(self) -> None:
        chain = self.chain
        for value, text in zip((chain.x, chain.y), self.values.values(), strict=True):
            text.setText(f"{value:.1f}".replace("-", "−"))
        self.drawing.show_chain(chain, revealed=self.revealed)

    def apply_theme(self, theme: Theme) -> None:
        """Set the theme's colours."""
        self.drawing.apply_theme(theme)
