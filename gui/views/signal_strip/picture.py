"""Layout and drawing of the signal strip."""

from functools import partial
from math import ceil, isnan, nan

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPen
from PySide6.QtWidgets import QGraphicsLineItem

from gui.plots.canvas import Canvas, ItemPool
from gui.style.theme import Theme, font
from gui.views.layer_readout import short
from gui.views.signal_strip.columns import DOWN, OVERHANG_PIXELS, UP, Arrow, LayerColumn
from gui.views.signal_strip.scales import StripScales
from model.base import number_format
from model.base.layer_names import shown_layer
from model.measurement.ledger import Chain, layers_of, strengths, total

GUTTER = 36  # for the scales' labels
NAMES = 18  # height of the row of names
VALUES = 14  # height of a row of values, where they do not fit beside the bars
BROADEST, NARROWEST = 46, 24  # bars with values beside them
ARROWS_FROM = 145  # pixels a column
LONGEST_ARROW = 60.0  # arrow
ARROW = 11  # from the names to an arrow
GAP_PIXELS = 7
VALUE_GAP = OVERHANG_PIXELS + 6  # beyond theory's mark, which would look like a minus before the value
WIDEST_VALUE, SHORTER_VALUE = "8.8·10⁻¹²", "8·10⁻¹²"


class StripPicture:
    """Columns of bars on two log scales, of signal and of δ, which hold for the whole run and only grow."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.names: list[str] = []
        self.columns: list[LayerColumn] = []
        self.onward: list[Arrow] = []
        self.back: list[Arrow] = []
        self.pool = ItemPool(partial(LayerColumn, canvas))
        self.onward_pool, self.back_pool = ItemPool(partial(Arrow, canvas, UP)), ItemPool(partial(Arrow, canvas, DOWN))
        self.ticks = [canvas.text() for _ in range(4)]
        self.bases = [QGraphicsLineItem(), QGraphicsLineItem()]
        for base in self.bases:
            base.setZValue(-1)
            canvas.scene().addItem(base)
        self.scales = StripScales()
        self.expected: Chain | None = None
        self.digits, self.every = 2, 1
        self.held: int | None = None  # UP or DOWN

    def show_layers(self, names: list[str], theory: Chain | None) -> None:
        """Show empty columns for another network, with theory's marks."""
        self.names, self.expected = names, theory
        self.scales = StripScales()
        self.columns = self.pool.show(len(names))
        for column in self.columns:
            column.forget()
        self.lay_out()
        for arrow in (*self.onward, *self.back):
            arrow.text.write("")
        if theory:
            self._cover(theory)

    def draw(self, chain: Chain) -> None:
        """Draw the bars of a record."""
        self._cover(chain)
        for column, (signal, delta) in zip(self.columns, self.scales.shares(strengths(chain)), strict=True):
            column.up.draw(signal)
            column.down.draw(delta)

    def write(self, chain: Chain) -> None:
        """Write the values and gains of a record."""
        found = strengths(chain)
        for column, signal, delta in zip(self.columns, found.signal, found.delta, strict=True):
            column.up.value.write(number_format.significant(signal, self.digits))
            column.down.value.write("" if isnan(delta) else number_format.significant(delta, self.digits))
        layers = layers_of(chain)
        for arrow, layer in zip(self.onward, layers, strict=False):
            arrow.text.write(f"× {number_format.significant(total(layer.signal_gain), 2)}")
        # Not the ledger's line: that leads past the δ of residual layers, whose gradient has a way around them.
        for arrow, delta, after in zip(self.back, found.delta[1:], found.delta[2:], strict=False):
            arrow.text.write(f"× {number_format.significant(delta / after if after else nan, 2)}")

    def hold_back(self, direction: int | None) -> None:
        """Keep the halves UP or DOWN to itself, but for the column that this way begins with; None shows all."""
        self.held = direction
        self._hold()

    def _hold(self) -> None:
        first = 0 if self.held == UP else len(self.columns) - 1
        for index, column in enumerate(self.columns):
            for half in (column.up, column.down):
                half.hold_back(held=half.direction == self.held and index != first)
        for arrow in (*self.onward_pool.items, *self.back_pool.items):
            arrow.text.item.setOpacity(0.0 if arrow.direction == self.held else 1.0)

    def _cover(self, chain: Chain) -> None:
        if not self.scales.cover(chain):
            return
        if self.expected:
            theory = self.scales.shares(strengths(self.expected))
            for column, (signal, delta) in zip(self.columns, theory, strict=True):
                column.up.expect(signal)
                column.down.expect(delta)
        for tick, exponent in zip(self.ticks, self.scales.ends, strict=True):
            tick.write(number_format.decade(exponent))

    @property
    def pitch(self) -> float:
        """Pixels from one column to the next."""
        return (self.canvas.room.width() - GUTTER) / max(len(self.columns), 1)

    def column_at(self, x: float) -> int | None:
        """Index of the column at x; None outside."""
        index = int((x - GUTTER) // self.pitch)
        return index if 0 <= index < len(self.columns) else None

    def kept(self, index: int) -> bool:
        """Whether a column keeps its labels when there is no room for all."""
        last = len(self.columns) - 1
        return index == last or (index % self.every == 0 and last - index >= 1.5 * (self.every - 1))

    def lay_out(self) -> None:
        """Place columns, labels and arrows for the present size."""
        width, height = self.canvas.room.width(), self.canvas.room.height()
        self.canvas.set_extent(height)
        pitch, half = self.pitch, (height - NAMES) / 2
        metrics, bold = QFontMetricsF(font(11)), QFontMetricsF(font(11, QFont.Weight.DemiBold))
        widest, shorter = metrics.horizontalAdvance(WIDEST_VALUE), metrics.horizontalAdvance(SHORTER_VALUE)
        beside = pitch >= NARROWEST + VALUE_GAP + GAP_PIXELS + widest
        room = half - 2 if beside else half - VALUES
        bar = (
            max(min(pitch - widest - VALUE_GAP - 2 * GAP_PIXELS, BROADEST), NARROWEST)
            if beside
            else max(0.6 * pitch, 2.0)
        )
        self.digits = 1 if shorter + 2 <= pitch < widest + 2 else 2
        self.every = 1 if pitch >= shorter + 2 else ceil((widest + 2 * GAP_PIXELS) / pitch)
        names_fit = all(bold.horizontalAdvance(shown_layer(name)) + 2 <= pitch for name in self.names)
        aside = max(0.0, bar / 2 + VALUE_GAP + widest + 3 - pitch / 2) if beside else 0.0
        for index, (column, name) in enumerate(zip(self.columns, self.names, strict=True)):
            start = GUTTER + index * pitch
            centre = start + pitch / 2 - aside
            left = round(centre - bar / 2) if bar > 4 else centre - bar / 2
            at, align = self._anchor(index, centre, width)
            column.ground.setRect(QRectF(start, 0, pitch, height))
            column.name.write(shown_layer(name) if names_fit else short(name))
            column.name.place(at, height / 2, align)
            column.name.setVisible(self.kept(index))
            for part, base in ((column.up, half), (column.down, half + NAMES)):
                part.place(left, round(bar) if bar > 4 else bar, base, room)
                part.value.setVisible(self.kept(index))
                if beside:
                    part.value.place(left + bar + VALUE_GAP, base + part.direction * VALUES / 2)
                else:
                    part.value.place(at, base + part.direction * (room + VALUES / 2), align)
        self._place_arrows(bar / 2 + VALUE_GAP + GAP_PIXELS + widest, pitch - bar / 2 - 2 * GAP_PIXELS, half)
        self._hold()
        ends = (max(half - room, VALUES / 2), half, half + NAMES, min(half + NAMES + room, height - VALUES / 2))
        for tick, y in zip(self.ticks, ends, strict=True):
            tick.place(GUTTER - 5, y, 1.0)
        for line, y in zip(self.bases, (half, half + NAMES), strict=True):
            line.setLine(QLineF(GUTTER, y + 0.5, width, y + 0.5))

    def _anchor(self, index: int, centre: float, width: float) -> tuple[float, float]:
        """Place and alignment of a column's labels, which may be wider than a narrow column at either end."""
        if self.every > 1 and index == 0:
            return GUTTER, 0.0
        if self.every > 1 and index == len(self.columns) - 1:
            return width - 2, 1.0
        return centre, 0.5

    def _place_arrows(self, first: float, last: float, half: float) -> None:
        """Place the arrows between columns, from `first` to `last` pixels after a column's middle."""
        shown = self.pitch >= ARROWS_FROM
        self.onward = self.onward_pool.show(len(self.columns) - 1 if shown else 0)
        self.back = self.back_pool.show(len(self.columns) - 2 if shown else 0)
        middle, length = (first + last) / 2, min(last - first, LONGEST_ARROW)
        for arrows, column, y in ((self.onward, 0, half - ARROW), (self.back, 1, half + NAMES + ARROW)):
            for index, arrow in enumerate(arrows, column):
                x = GUTTER + (index + 0.5) * self.pitch + middle
                arrow.place(x, length, y)

    def apply_theme(self, theme: Theme, chosen: int | None) -> None:
        """Set the colours; `chosen` is the index of the column to highlight."""
        self.canvas.apply_theme(theme)
        ends = QColor(theme.muted)
        colors = [ends, *theme.layer_colors(len(self.columns) - 2), ends] if self.columns else []
        for index, (column, color) in enumerate(zip(self.columns, colors, strict=True)):
            column.apply_theme(theme, color, chosen=index == chosen)
        for arrow in (*self.onward_pool.items, *self.back_pool.items):
            arrow.apply_theme(theme)
        for tick in self.ticks:
            tick.color(theme.muted)
        for base in self.bases:
            base.setPen(QPen(QColor(theme.edge), 1))
