"""Rows of the layer list: one for each hidden layer, one for either end of the network."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QToolButton, QWidget

from gui.style.text_size import follow, scaled
from gui.widgets.card import Swatch, label
from gui.widgets.setting_editors import WheelGuard
from model.base.language import tr
from model.config.hidden_layers import MAX_UNITS

FIELD, BUTTON, GAP, TEXT_MARGIN = (64, 23), (19, 22), 8, 6  # pixels


class HiddenLayerRow(QWidget):
    """Swatch, name, units and a button that removes the layer; the signals say what the user does to it."""

    resized = Signal(int)
    removed = Signal()

    def __init__(self, number: int, guard: WheelGuard) -> None:
        super().__init__()
        self.swatch = Swatch(QColor())
        self.units = QSpinBox()
        self.units.setRange(1, MAX_UNITS)
        self.units.setKeyboardTracking(False)
        self.units.setAccessibleName(tr("Units of layer {number}", number=number))
        self.units.setToolTip(tr("Units of this layer: more of them average out noise in signal and gradient"))
        follow(self.units.setFixedSize, *FIELD)
        self.units.lineEdit().setTextMargins(0, 0, TEXT_MARGIN, 0)
        self.units.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.units.setSingleStep(10)
        guard.protect(self.units)
        self.units.valueChanged.connect(self.resized)
        self.remove = QToolButton()
        self.remove.setObjectName("flat")
        self.remove.setText("×")
        follow(self.remove.setFixedSize, *BUTTON)
        self.remove.setAccessibleName(tr("Remove layer {number}", number=number))
        self.remove.setToolTip(tr("Remove this layer: one factor fewer on the gradient's way back"))
        self.remove.clicked.connect(self.removed)
        line = _line(self)
        line.addWidget(self.swatch)
        line.addWidget(label(tr("Layer {number}", number=number), buddy=self.units))
        line.addStretch()
        line.addWidget(self.units)
        line.addWidget(self.remove)

    def show_layer(self, color: QColor, units: int) -> None:
        """Show the layer's colour and width without emitting a signal."""
        self.swatch.color = color
        self.swatch.update()
        self.units.blockSignals(True)
        self.units.setValue(units)
        self.units.blockSignals(False)


class EndRow(QWidget):
    """Input or output, whose units the data set decides; they stand below those of the layers, which scroll."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.swatch, self.units = Swatch(QColor()), label("", "muted")
        line = self.line = _line(self)
        line.addWidget(self.swatch)
        line.addWidget(label(name, "muted"))
        line.addStretch()
        line.addWidget(self.units)

    def show_end(self, color: QColor, units: int, gutter: int) -> None:
        """Show the units, none for 0; `gutter` is what the layers leave free beside them for a scroll bar."""
        self.swatch.color = color
        self.swatch.update()
        self.units.setText(str(units) if units else "")
        right = gutter + scaled(BUTTON[0]) + GAP + TEXT_MARGIN + 1
        self.line.setContentsMargins(2, 0, right, 0)


def _line(row: QWidget) -> QHBoxLayout:
    line = QHBoxLayout(row)
    line.setContentsMargins(2, 0, 0, 0)
    line.setSpacing(GAP)
    return line
