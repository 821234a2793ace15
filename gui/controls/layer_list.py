"""Layer list: add, remove or resize hidden layers, or choose a ready shape."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QSpinBox, QToolButton, QVBoxLayout, QWidget

from gui.style.theme import Theme
from gui.widgets.card import Swatch, label
from gui.widgets.setting_editors import WheelGuard
from model.config.hidden_layers import MAX_LAYERS, MAX_UNITS
from model.config.value_words import shape_name

SHAPES = ((40, 20), (100,) * 5, (50,) * 10)


class LayerList(QWidget):
    """Rows for input, hidden layers and output, top to bottom; `changed` carries the hidden layers' units."""

    changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.hidden: tuple[int, ...] = ()
        self.ends = (0, 0)
        self.guard = WheelGuard(self)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(2)
        self.rows.setContentsMargins(0, 0, 0, 0)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        self.add = self._button(
            "+ Layer", "Add a hidden layer of the last one's size before the output (Ctrl++)", self.add_layer
        )
        buttons.addWidget(self.add)
        for shape in SHAPES:
            tip = f"Hidden layers of {', '.join(map(str, shape))} units"
            buttons.addWidget(self._button(shape_name(shape), tip, partial(self._set, shape)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self.rows)
        column.addLayout(buttons)

    def show_layers(self, hidden: tuple[int, ...], inputs: int, classes: int) -> None:
        """Show the hidden layers' units, and the units of input and output, without emitting `changed`."""
        if (hidden, (inputs, classes)) == (self.hidden, self.ends) and self.rows.count():
            return
        self.hidden, self.ends = hidden, (inputs, classes)
        self._rebuild()

    def apply_theme(self, theme: Theme) -> None:
        self.theme = theme
        self._rebuild()

    def _rebuild(self) -> None:
        while item := self.rows.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.rows.addWidget(self._end("Input", self.ends[0]))
        for index, color in enumerate(self.theme.layer_colors(len(self.hidden))):
            row, line = self._row(Swatch(color), label(f"Layer {index + 1}"))
            line.addWidget(self._units(index))
            line.addWidget(self._remover(index))
            self.rows.addWidget(row)
        self.rows.addWidget(self._end("Output", self.ends[1]))
        self.add.setEnabled(len(self.hidden) < MAX_LAYERS)

    def _end(self, name: str, units: int) -> QWidget:
        row, line = self._row(Swatch(self.palette().mid().color()), label(name, "muted"))
        line.addWidget(label(str(units) if units else "", "muted"))
        line.addSpacing(34)
        return row

    def _row(self, swatch: Swatch, name: QLabel) -> tuple[QWidget, QHBoxLayout]:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(2, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(swatch)
        line.addWidget(name)
        line.addStretch()
        return row, line

    def _units(self, index: int) -> QSpinBox:
        units = QSpinBox()
        units.setRange(1, MAX_UNITS)
        units.setValue(self.hidden[index])
        units.setKeyboardTracking(False)
        units.setAccessibleName(f"Units of layer {index + 1}")
        units.setToolTip("Units of this layer: more of them average out noise in signal and gradient")
        units.setFixedSize(64, 25)
        units.lineEdit().setTextMargins(0, 0, 6, 0)
        units.setAlignment(Qt.AlignmentFlag.AlignRight)
        units.setSingleStep(10)
        self.guard.protect(units)
        units.valueChanged.connect(lambda value: self._resize(index, value))
        return units

    def _remover(self, index: int) -> QToolButton:
        button = QToolButton()
        button.setObjectName("flat")
        button.setText("×")
        button.setFixedSize(QSize(19, 22))
        button.setAccessibleName(f"Remove layer {index + 1}")
        button.setToolTip("Remove this layer: one factor fewer on the gradient's way back")
        button.clicked.connect(lambda: self._set(self.hidden[:index] + self.hidden[index + 1 :]))
        return button

    def _button(self, text: str, tip: str, pressed: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName("compact")
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setToolTip(tip)
        button.clicked.connect(lambda *_: pressed())
        return button

    def add_layer(self) -> None:
        """Append a hidden layer as wide as the last one."""
        self._set((*self.hidden, self.hidden[-1] if self.hidden else SHAPES[0][0]))

    def _resize(self, index: int, units: int) -> None:
        self.hidden = (*self.hidden[:index], units, *self.hidden[index + 1 :])
        self.changed.emit(self.hidden)

    def _set(self, hidden: tuple[int, ...]) -> None:
        self.hidden = hidden
        self._rebuild()
        self.changed.emit(hidden)
