"""Layout of the ledger's table: all columns share pixels per decade, and each is as wide as its gains need."""

from functools import partial

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainterPath, QPen

from gui.plots.canvas import Canvas, ItemPool
from gui.style.theme import Theme, font
from gui.views.ledger.cells import LedgerColumn, LedgerRow
from model.base import number_format
from model.base.language import tr_in
from model.base.layer_names import shown_stage
from model.base.number_format import SMALLEST_FRACTION, rounded
from model.measurement.ledger import LedgerLine

HEADS = 32  # height of titles and scales
NAME = 78  # width of the names
NUMBER, SHARE = 58, 68  # width of a factor's number, and of what is left
GAP_PIXELS = 20  # between columns
RULE = 18  # pixels from the top to the line that ties a title to its number and scale
LOWEST, TALLEST = 18.0, 44.0  # heights of a line
LABEL_PIXELS = 38  # for a label of the scale
LINE_PIXELS = 12  # between lines of the grid, at least
PRODUCTS = 2
ALL_OF_IT = 0.995


def share_text(share: float) -> str:
    """Format a running product: 1/4 900, 1, 3.20."""
    if SMALLEST_FRACTION < share < ALL_OF_IT:
        return f"1/{rounded(1 / share, 2)}"
    return "1" if share == 1 else number_format.significant(share)


def factor_label(exponent: int) -> str:
    """Tick label of a decade: ×0.1, ×1, ×10, ×10⁻⁴."""
    return f"×{10.0**exponent:g}" if -2 < exponent < 2 else f"×{number_format.decade(exponent)}"


def cell_values(line: LedgerLine, stages: list[str]) -> list[float | None]:
    """Gains of a row by stage, their product, and the running product over all rows so far; None for absent stages."""
    return [*(line.factors.get(stage) for stage in stages), line.whole, line.running]


class LedgerTable:
    """Titles and scales on one canvas, rows on another one that scrolls below."""

    def __init__(self, heads: Canvas, table: Canvas) -> None:
        self.heads, self.table = heads, table
        self.layers: list[int] = []
        self.stages: list[str] = []
        self.columns: list[LedgerColumn] = []
        self.rows: list[LedgerRow] = []
        self.pool = ItemPool(partial(LedgerRow, table))
        self.titles = ItemPool(partial(heads.text, 12, QFont.Weight.DemiBold))
        self.labels = ItemPool(partial(heads.text, 11))
        self.units, self.grid, self.rules = table.path(1), table.path(-1), heads.path()
        self.height = LOWEST
        self.theme: Theme | None = None

    def show(self, layers: list[int], names: list[str], stages: list[str], running: str) -> None:
        """Show empty rows for these layers and a column for each stage; `running` heads the running product."""
        self.layers, self.stages = layers, stages
        titles = (*map(shown_stage, stages), tr_in("ledger", "layer"))
        self.columns = [*(LedgerColumn(title, NUMBER) for title in titles), LedgerColumn(running, SHARE)]
        self.rows = self.pool.show(len(layers))
        for row, name in zip(self.rows, names, strict=True):
            row.show(name, len(self.columns))
        self.lay_out()

    def cover(self, ledger: list[LedgerLine]) -> None:
        """Grow the columns' scales to hold a ledger."""
        values = [cell_values(line, self.stages) for line in ledger]
        grown = [column.scale.cover(line[index] or 0.0 for line in values) for index, column in enumerate(self.columns)]
        if any(grown):
            self.lay_out()

    def expect(self, ledger: list[LedgerLine]) -> None:
        """Draw the ticks of theory's ledger."""
        for row, line in zip(self.rows, ledger, strict=True):
            for cell, value in zip(row.cells, cell_values(line, self.stages), strict=True):
                cell.expect(value)

    def draw(self, ledger: list[LedgerLine]) -> None:
        """Draw the bars of a measured ledger."""
        for row, line in zip(self.rows, ledger, strict=True):
            for cell, value in zip(row.cells, cell_values(line, self.stages), strict=True):
                cell.draw(value)

    def write(self, ledger: list[LedgerLine]) -> None:
        """Write the numbers of a measured ledger."""
        for row, line in zip(self.rows, ledger, strict=True):
            *factors, running = cell_values(line, self.stages)
            for cell, factor in zip(row.cells, factors, strict=False):
                cell.number.write("" if factor is None else number_format.significant(factor))
            row.cells[-1].number.write("" if running is None else share_text(running))

    def place_of(self, point: QPointF) -> tuple[int, int | None] | None:
        """Row and column at a point: None below the last row, column None outside the columns."""
        row = int(point.y() // self.height)
        if not 0 <= row < len(self.rows):
            return None
        return row, next((k for k, column in enumerate(self.columns) if column.left <= point.x() < column.right), None)

    def lay_out(self) -> None:
        """Place rows, columns and scales for the present size."""
        self.height = self.table.show_rows(len(self.rows), LOWEST, TALLEST)
        self.heads.set_extent(HEADS)
        width = self.table.room.width()
        self._place_columns(width - NAME)
        for index, row in enumerate(self.rows):
            row.place(self.columns, index * self.height, self.height, width)
        self._draw_scales()

    def _place_columns(self, room: float) -> None:
        """Divide `room` pixels: the same pixels per decade for all, but each column at least as wide as its title."""
        bold = QFontMetricsF(font(12, QFont.Weight.DemiBold))
        least = [bold.horizontalAdvance(column.title) + GAP_PIXELS for column in self.columns]
        self._leave_out(room, least)
        free = [index for index, column in enumerate(self.columns) if not column.left_out]
        shown = list(free)
        per_decade = 0.0
        while free:
            taken = sum(least[k] for k in shown if k not in free)
            decades = sum(self.columns[k].scale.extent for k in free)
            numbers_and_gaps = sum(self.columns[k].number + GAP_PIXELS for k in free)
            per_decade = max((room - taken - numbers_and_gaps) / decades, 1.0)
            tight = [k for k in free if self.columns[k].width(per_decade) + GAP_PIXELS < least[k]]
            if not tight:
                break
            free = [k for k in free if k not in tight]
        left = float(NAME)
        for column, title in zip(self.columns, least, strict=True):
            if column.left_out:
                column.left = column.right = left
                continue
            column.per_decade, column.left = per_decade, left
            column.unit = round(left + column.number - column.scale.low * per_decade) + 0.5
            left = column.right = left + max(column.width(per_decade) + GAP_PIXELS, title)

    def _leave_out(self, room: float, titles: list[float]) -> None:
        """Mark columns that there is no room for: stages, then the layers' products, never the running product."""
        for column in self.columns:
            column.left_out = False
        for column in self.columns[:-1]:
            needs = [
                max(title, each.number + GAP_PIXELS + LABEL_PIXELS)
                for each, title in zip(self.columns, titles, strict=True)
                if not each.left_out
            ]
            column.left_out = sum(needs) > room

    def _draw_scales(self) -> None:
        bottom, units, grid, rules = self.height * len(self.rows), QPainterPath(), QPainterPath(), QPainterPath()
        said: list[tuple[float, str]] = []
        for column in [column for column in self.columns if not column.left_out]:
            rules.moveTo(column.left, RULE + 0.5)
            rules.lineTo(column.right - GAP_PIXELS, RULE + 0.5)
            step = max(1, int(-(-LABEL_PIXELS // column.per_decade)))
            for exponent in range(column.scale.low, column.scale.high + 1):
                x = column.unit + exponent * column.per_decade
                if exponent % step == 0:
                    said.append((x, factor_label(exponent)))
                if exponent % step == 0 or column.per_decade >= LINE_PIXELS:
                    line = grid if exponent else units
                    line.moveTo(round(x - 0.5) + 0.5, 0)
                    line.lineTo(round(x - 0.5) + 0.5, bottom)
        self.units.setPath(units)
        self.grid.setPath(grid)
        self.rules.setPath(rules)
        for title, column in zip(self.titles.show(len(self.columns)), self.columns, strict=True):
            title.write("" if column.left_out else column.title)
            title.place(column.left, 9)
        for label, (x, text) in zip(self.labels.show(len(said)), said, strict=True):
            label.write(text)
            label.place(x, 26, 0.5)
        self._color_heads()

    def _color_heads(self) -> None:
        if self.theme:
            for title in self.titles.items:
                title.color(self.theme.text)
            for label in self.labels.items:
                label.color(self.theme.muted)

    def apply_theme(self, theme: Theme, chosen: int | None, hidden: int) -> None:
        """Set the colours, and highlight the chosen layer; `hidden` is the number of hidden layers."""
        self.theme = theme
        self.heads.apply_theme(theme)
        self.table.apply_theme(theme)
        colors = theme.layer_colors(hidden)
        for row, layer in zip(self.rows, self.layers, strict=True):
            color = colors[layer] if 0 <= layer < hidden else QColor(theme.muted)
            row.apply_theme(theme, color, chosen=layer == chosen, products=PRODUCTS)
        self._color_heads()
        self.units.setPen(QPen(QColor(theme.muted), 1))
        for lines in (self.grid, self.rules):
            lines.setPen(QPen(QColor(theme.line), 1))
