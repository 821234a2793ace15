"""Layer list: add, remove or resize hidden layers, or choose a ready shape."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gui.controls.layer_row import EndRow, HiddenLayerRow
from gui.style.theme import Theme
from gui.widgets.card import rule
from gui.widgets.setting_editors import WheelGuard
from gui.widgets.steady_scroll_area import SteadyScrollArea
from model.base.language import tr
from model.base.sentences import listed
from model.config.hidden_layers import MAX_LAYERS
from model.config.value_words import shape_name

SHAPES = ((40, 20), (100,) * 5, (50,) * 10)
MOST_ROWS = 6  # that show at once
CUT_ROWS, LEAST_ROWS = 5.5, 2.5  # that show of more, as there is room: half a row tells that the list goes on
SPACING = 2  # pixels
BETWEEN = 4  # pixels between fields, which would look like a ladder if they touched


class LayerList(QWidget):
    """Rows for input, hidden layers and output, top to bottom; `changed` carries the hidden layers' units.

    The hidden layers scroll in a box of their own, so that many of them do not push out of sight what stands below.
    """

    changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.hidden: tuple[int, ...] = ()
        self.ends = (0, 0)
        self.guard = WheelGuard(self)
        self.input, self.output = EndRow(tr("Input")), EndRow(tr("Output"))
        content = QWidget()
        content.setObjectName("panelContent")
        self.column = QVBoxLayout(content)
        self.column.setSpacing(BETWEEN)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.area = SteadyScrollArea(content)
        self.rows: list[HiddenLayerRow] = []
        self._make_row()  # the first for Tab: those made later follow it
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        self.add = self._button(
            tr("+ Layer"),
            tr("Add a hidden layer of the last one's size before the output (Ctrl+Shift+A)"),
            self.add_layer,
        )
        buttons.addWidget(self.add)
        for shape in SHAPES:
            tip = tr("Hidden layers of {units} units", units=listed(*map(str, shape)))
            buttons.addWidget(self._button(shape_name(shape), tip, partial(self._set, shape)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 2 * SPACING)
        column.setSpacing(SPACING)
        column.addWidget(self.input)
        self.rules = [_line_with_room() for _ in range(2)]
        for part in (self.rules[0], self.area, self.rules[1], self.output):
            column.addWidget(part)
        column.addSpacing(6)
        column.addLayout(buttons)
        self.area.verticalScrollBar().rangeChanged.connect(self._show_rules)
        self._show()

    def show_layers(self, hidden: tuple[int, ...], inputs: int, classes: int) -> None:
        """Show the hidden layers' units, and the units of input and output, without emitting `changed`."""
        if (hidden, (inputs, classes)) != (self.hidden, self.ends):
            self.hidden, self.ends = hidden, (inputs, classes)
            self._show()

    def apply_theme(self, theme: Theme) -> None:
        self.theme = theme
        self._show()

    def _show(self) -> None:
        while len(self.rows) < len(self.hidden):
            self._make_row()
        for row in self.rows[len(self.hidden) :]:
            row.hide()
        colors = self.theme.layer_colors(len(self.hidden))
        for row, color, units in zip(self.rows, colors, self.hidden, strict=False):
            row.show_layer(color, units)
            row.show()
        gray, gutter = self.palette().mid().color(), self.area.verticalScrollBar().sizeHint().width()
        for end, units in zip((self.input, self.output), self.ends, strict=True):
            end.show_end(gray, units, gutter)
        layers = len(self.hidden)
        self.area.setVisible(bool(layers))
        self.area.setMinimumHeight(self._height(min(layers, LEAST_ROWS)))
        self.area.setMaximumHeight(self._height(layers if layers <= MOST_ROWS else CUT_ROWS))
        self.add.setEnabled(layers < MAX_LAYERS)

    @Slot(int, int)
    def _show_rules(self, lowest: int, highest: int) -> None:
        for line in self.rules:
            line.setVisible(highest > lowest and bool(self.hidden))

    def _height(self, rows: float) -> int:
        return max(round(rows * (self.rows[0].sizeHint().height() + BETWEEN)) - BETWEEN, 0)

    def _make_row(self) -> None:
        index = len(self.rows)
        row = HiddenLayerRow(index + 1, self.guard)
        row.resized.connect(partial(self._resize, index))
        row.removed.connect(partial(self._remove, index))
        self.column.addWidget(row)
        if self.rows:  # where the list stands by itself; in the window Tab goes by what is read
            self.setTabOrder(self.rows[-1].remove, row.units)
            self.setTabOrder(row.units, row.remove)
        self.rows.append(row)

    def _button(self, text: str, tip: str, pressed: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName("compact")
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setToolTip(tip)
        button.clicked.connect(lambda *_: pressed())
        return button

    def add_layer(self) -> None:
        """Append a hidden layer as wide as the last one, where there may be one more, and bring it into view."""
        if len(self.hidden) < MAX_LAYERS:
            self._set((*self.hidden, self.hidden[-1] if self.hidden else SHAPES[0][0]))
            QTimer.singleShot(0, self, self._reveal_last)  # when the layout knows where it is

    @Slot()
    def _reveal_last(self) -> None:
        if self.hidden:
            self.area.reveal(self.rows[len(self.hidden) - 1])

    def _resize(self, index: int, units: int) -> None:
        self.hidden = (*self.hidden[:index], units, *self.hidden[index + 1 :])
        self.changed.emit(self.hidden)

    def _remove(self, index: int) -> None:
        self._set(self.hidden[:index] + self.hidden[index + 1 :])

    def _set(self, hidden: tuple[int, ...]) -> None:
        self.hidden = hidden
        self._show()
        self.changed.emit(hidden)


def _line_with_room() -> QFrame:
    """A line that marks where the rows are cut off; hidden, it takes its room all the same."""
    made = rule()
    policy = made.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    made.setSizePolicy(policy)
    made.hide()
    return made
