"""Labels beside and below the columns: names of rows and layers, and all axes' ticks."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtGui import QColor, QFont

from gui.pages.compare.column import RunColumn
from gui.pages.compare.layout import GUTTER, RATIO, TICKS, CompareLayout
from gui.pages.compare.shared_scales import SharedScales, Values
from gui.plots.canvas import Canvas, ItemPool
from gui.plots.log_scale import LogScale
from gui.plots.ticks import Tick, round_ticks
from gui.style.theme import Theme
from gui.views.layer_readout import short
from model.base import number_format
from model.base.language import tr
from model.base.layer_names import layer_name, shown_layer

NAME_AT = 12  # pixels from the left
TICK_GAP = 6
NEAREST_PIXELS = 17.0  # between the labels of two decades
DOT = 7.0
CLOSE = 1.25
END_SHARE = 0.02


def decades_shown(scale: LogScale, height: float) -> list[int]:
    """Exponents that get a label and a grid line on a log scale of this height in pixels."""
    step = next((step for step in (1, 2, 3, 5, 10) if step * height >= NEAREST_PIXELS * max(scale.extent, 1)), 20)
    return [exponent for exponent in range(scale.low, scale.high + 1) if exponent % step == 0]


def value_ticks(axis: Values, width: float) -> list[Tick]:
    """Ticks below a histogram of this width, as (x in pixels, label)."""
    margin = axis.margin(width)
    pixels = (width - margin) / axis.extent
    if axis.high <= axis.low:
        return []
    # The outermost labels are moved inwards, where they need the room of two.
    ticks = round_ticks(axis.low, axis.high, pixels / CLOSE)
    return [(margin + (value - axis.low) * pixels, text) for value, text in ticks]


def end_aligned(x: float, width: float) -> float:
    """Alignment of a tick label (see Text.place): inward at either end of an axis, else centred."""
    return 0.0 if x < END_SHARE * width else 1.0 if x > (1 - END_SHARE) * width else 0.5


class RowLabels:
    """The label items; they change only with sizes, runs and ranges."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        bold = QFont.Weight.DemiBold
        self.accuracy, self.gradient = canvas.text(11, bold), canvas.text(11, bold)
        self.direction, self.arriving = canvas.text(10), canvas.text(10)
        self.layers = ItemPool(partial(canvas.text, 11))
        self.marks = ItemPool(partial(canvas.bar, 1))
        self.ticks = ItemPool(partial(canvas.text, 10))

    def place(self, layout: CompareLayout, scales: SharedScales, columns: Sequence[RunColumn]) -> None:
        """Write and place all labels, and rule the gradient plots."""
        accuracy, gradient = layout.accuracy(0), layout.gradient(0)
        labels: list[tuple[str, float, float, float]] = []
        for share in (0.0, 0.5, 1.0):
            text = number_format.with_percent(f"{round(100 * share)}")
            labels.append((text, GUTTER - TICK_GAP, accuracy.bottom() - share * accuracy.height(), 1.0))
        below = accuracy.bottom() + TICKS / 2 + 1
        labels.append(("0", accuracy.left(), below, 0.0))
        labels.append((number_format.count(scales.iterations), accuracy.right(), below, 1.0))
        labels += self._value_labels(layout, scales, columns)
        shown = decades_shown(scales.delta, gradient.height())
        shares = [scales.delta.share(10.0**exponent) for exponent in shown]
        for exponent, share in zip(shown, shares, strict=True):
            y = gradient.bottom() - share * gradient.height()
            labels.append((number_format.decade(exponent), GUTTER - TICK_GAP, y, 1.0))
        for column in columns:
            column.gradient.rule(0.0, *shares)
        for item, (text, x, y, align) in zip(self.ticks.show(len(labels)), labels, strict=True):
            item.write(text)
            item.place(x, y, align)
        self._name(layout)

    @staticmethod
    def _value_labels(
        layout: CompareLayout, scales: SharedScales, columns: Sequence[RunColumn]
    ) -> list[tuple[str, float, float, float]]:
        """Labels below the last layer, in the first column and wherever the axis differs from the column before."""
        labels = []
        before: Values | None = None
        for index, column in enumerate(columns):
            if not (layout.layers and column.entry):
                continue
            axis = scales.of(column.entry.recipe.config)
            if axis is not before:
                rect = layout.layer(index, layout.layers - 1)
                for x, text in value_ticks(axis, rect.width()):
                    align = end_aligned(x, rect.width())
                    labels.append((text, rect.left() + x, rect.bottom() + TICKS / 2 + 1, align))
            before = axis
        return labels

    def _name(self, layout: CompareLayout) -> None:
        gradient = layout.gradient(0)
        for title, name, top in (
            (self.accuracy, tr("Accuracy"), layout.accuracy(0).top()),
            (self.gradient, tr("RMS of δ"), gradient.top()),
        ):
            title.write(name)
            title.place(NAME_AT, top + 24)
        for text, words, y in (
            (self.direction, tr("1 → out"), gradient.top() + 39),
            (self.arriving, tr("reaches layer 1"), gradient.bottom() + RATIO / 2 + 2),
        ):
            text.write(words if layout.layers else "")
            text.place(NAME_AT, y)
        every = layout.named_every
        named = [index for index in range(layout.layers) if index % every == 0]
        marks = self.marks.show(len(named))
        for index, text, mark in zip(named, self.layers.show(len(named)), marks, strict=True):
            rect = layout.layer(0, index)
            middle = rect.center().y() if every == 1 else rect.bottom() - 5
            name = layer_name(index + 1)
            text.write(shown_layer(name) if layout.layer_pitch > 11 or every > 1 else short(name))
            text.place(NAME_AT + DOT + 6, middle)
            mark.setRect(NAME_AT, round(middle - DOT / 2), DOT, DOT)

    def apply_theme(self, theme: Theme, colors: list[QColor], layout: CompareLayout | None) -> None:
        """Set the theme's colours and the layers' `colors`."""
        for text in (self.accuracy, self.gradient, *self.layers.items):
            text.color(theme.text)
        for text in (self.direction, self.arriving, *self.ticks.items):
            text.color(theme.muted)
        every = layout.named_every if layout else 1
        for mark, color in zip(self.marks.items, colors[::every], strict=False):
            mark.setBrush(color)
