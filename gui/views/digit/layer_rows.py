"""Layer rows: one digit's activations and δ in every layer, as cells."""

from functools import partial
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.plots.canvas import ItemPool
from gui.plots.diverging_scale import color_table, layer_table
from gui.plots.walked_canvas import WalkedCanvas
from gui.style.text_size import factor, follow
from gui.style.theme import Theme
from gui.views.digit.color_key import ColorKey, Columns
from gui.views.digit.layer_row import LayerRow
from gui.views.digit.unit_cells import delta_indices, largest_of, lowest
from gui.views.spoken_chain import layers_said
from model.base import number_format
from model.base.language import message, tr
from model.base.layer_names import shown_layer
from model.measurement.gains import rms
from model.measurement.histograms import BinAxis
from model.measurement.saliency import DigitLayer, Saliency
from model.nn.activations import Activation

NAME, FIGURE, GAP_PIXELS = 76.0, 52.0, 12.0  # widths: of the names, of RMS δ, between columns
NARROWEST_PIXELS = 20.0  # of a block
LOWEST, TALLEST = 16.0, 64.0  # heights of a line
SCROLL_BAR = 12.0
LEAST_WIDTH = round(NAME + FIGURE + 2 * (GAP_PIXELS + NARROWEST_PIXELS) + SCROLL_BAR)
PAD_PIXELS = 4.0  # between a line's cells and the next line's
HELP = message(
    "Each cell is a unit. δ = ∂L/∂z of all layers is on one logarithmic scale, four powers of ten deep: orange where "
    "the loss rises with z, blue and hatched where it falls. A layer that stays blank gets less than 1/10 000 of "
    "the largest δ."
)


class LayerRows(QWidget):
    """Rows of all layers on a canvas that scrolls, below their heads."""

    layer_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.units: list[int] = []
        self.activation = Activation.RELU
        self.axis = BinAxis()
        self.explanation: Saliency | None = None
        self.largest = 0.0
        self.chosen: int | None = None
        self.theme: Theme | None = None
        self.table: list[int] = []
        self.height_of_line = LOWEST
        self.heads, self.canvas = ColorKey(), WalkedCanvas(self.read, self._count, self._cells, scrolls=True)
        self.heads.setToolTip(tr(HELP))
        follow(self.canvas.setMinimumSize, LEAST_WIDTH, 40)
        self.canvas.setAccessibleName(tr("Activations and gradients of every layer for this digit"))
        self.canvas.resized.connect(self.lay_out)
        self.canvas.clicked.connect(self._click)
        self.canvas.verticalScrollBar().valueChanged.connect(self._paint)
        self.pool = ItemPool(partial(LayerRow, self.canvas))
        self.lines: list[LayerRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heads)
        column.addWidget(self.canvas, 1)

    @property
    def signed(self) -> bool:
        """Whether the activation function has negative values."""
        low = self.activation.value.low
        return low is None or low < 0

    def show_network(self, names: list[str], units: list[int], activation: Activation) -> None:
        """Show empty rows for another network; `units` per layer, the output's last."""
        self.units, self.activation, self.explanation = units, activation, None
        low, high = activation.value.low, activation.value.high
        self.axis = BinAxis(low, high) if low is not None and high is not None else BinAxis()
        self.lines = self.pool.show(len(names))
        for line, name in zip(self.lines, names, strict=True):
            line.show(shown_layer(name))
        self.lay_out()
        self._apply_colors()
        self.write()

    def lay_out(self) -> None:
        """Place all rows for the present size."""
        width = self.canvas.room.width()
        block = max((width - NAME - FIGURE - 2 * GAP_PIXELS) / 2, NARROWEST_PIXELS)
        needed = max((lowest(units, block) for units in self.units), default=0) + PAD_PIXELS
        least = max(LOWEST, needed)
        self.height_of_line = self.canvas.show_rows(len(self.lines), least, max(TALLEST, least))
        if self.canvas.room.width() != width:
            return  # a scroll bar has come or gone, and all has been laid out for that meanwhile
        columns = Columns(NAME, NAME + block + GAP_PIXELS, block, NAME + 2 * (block + GAP_PIXELS) + FIGURE)
        for index, (line, units) in enumerate(zip(self.lines, self.units, strict=True)):
            area = QRectF(0, index * self.height_of_line, width, self.height_of_line)
            line.place(area, units, columns, PAD_PIXELS)
        self.heads.place(columns)
        self._paint()

    def draw(self, explanation: Saliency) -> None:
        """Draw activations and δ of all visible rows."""
        self.take(explanation)
        self._paint()

    def take(self, explanation: Saliency) -> None:
        """Set the digit or weights to draw next, and grow the scales to hold them."""
        self.explanation = explanation
        self.largest = largest_of([layer.delta for layer in explanation.layers])
        hidden = [layer.activation for layer in explanation.layers[:-1]]
        if hidden and not self.axis.fixed:
            reach = largest_of(hidden)
            self.axis.cover(-reach, reach)

    def _paint(self) -> None:
        self.draw_activations()
        self.draw_deltas()

    def draw_activations(self) -> None:
        """Draw the activations of the visible rows."""
        for line, layer in self._in_sight():
            if line is self.lines[-1]:  # it has no activation function: its logits fill a scale of their own
                line.draw_activations(layer.activation, largest_of([layer.activation]) or 1.0, self.table)
            else:
                line.draw_activations(layer.activation, self.axis.high, self.table if self.signed else line.table)

    def draw_deltas(self) -> None:
        """Draw δ of the visible rows."""
        for line, layer in self._in_sight():
            line.draw_deltas(delta_indices(layer.delta, self.largest), self.table)

    def _in_sight(self) -> list[tuple[LayerRow, DigitLayer]]:
        """Rows within the scrolled view, with their layers; empty before there is a digit."""
        if not self.explanation or not self.theme:
            return []
        top = self.canvas.verticalScrollBar().value() / factor(self.canvas)
        first = int(top / self.height_of_line)
        last = ceil((top + self.canvas.room.height()) / self.height_of_line)
        return list(zip(self.lines, self.explanation.layers, strict=True))[first:last]

    def write(self) -> None:
        """Write RMS δ of every layer and the ends of the scales."""
        found = self.explanation
        for index, line in enumerate(self.lines):
            line.figure.write(number_format.significant(rms(found.layers[index].delta), 2) if found else "")
        reach = self.axis.high if found and len(self.lines) > 1 else 0.0
        self.canvas.describe(layers_said(found) if found else "")
        self.heads.tell(reach, self.largest if found else 0.0, signed=self.signed)
        self.canvas.refresh_readout()

    def read(self, point: QPointF) -> str:
        """Readout: the unit under a point, its activation (z in the output) and δ."""
        index = int(point.y() // self.height_of_line)
        if not self.explanation or not 0 <= index < len(self.lines):
            return ""
        unit = self.lines[index].unit_at(point)
        if unit is None:
            return ""
        layer, last = self.explanation.layers[index], len(self.lines) - 1
        figures = ("z" if index == last else "a", layer.activation), ("δ", layer.delta)
        said = [f"{name}  {number_format.significant(float(values[unit]))}" for name, values in figures]
        which = tr("unit {unit} of {units}", unit=unit + 1, units=len(layer.delta))
        return "\n".join([f"{shown_layer(layer.name)}  ·  {which}", *said])

    def _count(self) -> int:
        """Rows of cells of all layers together; none before there is a digit."""
        return sum(line.cells.rows for line in self.lines) if self.explanation else 0

    def _cells(self, row: int) -> list[QRectF]:
        for line in self.lines:
            if row < line.cells.rows:
                return line.areas(row)
            row -= line.cells.rows
        return []

    def _click(self, point: QPointF) -> None:
        index = int(point.y() // self.height_of_line)
        if 0 <= index < len(self.lines):
            self.layer_chosen.emit(index)

    def choose_layer(self, layer: int | None) -> None:
        """Highlight a layer and scroll to it."""
        self.chosen = layer
        self._apply_colors()
        if layer is not None and layer < len(self.lines):
            self.canvas.ensureVisible(0, layer * self.height_of_line, 1, self.height_of_line, 0, 0)

    def apply_theme(self, theme: Theme) -> None:
        self.theme, self.table = theme, color_table(theme)
        self.canvas.apply_theme(theme)
        self._apply_colors()
        self._paint()

    def _apply_colors(self) -> None:
        if not self.theme:
            return
        output = QColor(self.theme.muted)
        colors = [*self.theme.layer_colors(len(self.lines) - 1), output]
        for index, (line, color) in enumerate(zip(self.lines, colors, strict=False)):
            line.apply_theme(self.theme, color, chosen=index == self.chosen)
        self.heads.apply_theme(self.theme)
        self.heads.color_scales(self.table, layer_table(self.theme, output), signed=self.signed)
