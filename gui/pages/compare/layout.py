"""Layout of the compare view: a gutter with names and ticks, a column per run, a row per quantity."""

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRectF

GUTTER = 100
MARGIN_PIXELS = 14
TOP = 12
TICKS = 18  # below a plot
RATIO = 20  # the line of figures below the gradients
BETWEEN_PIXELS = 12  # from a plot's ticks to the next plot
RULE = 9  # from the run's line to its name
LINE = 16
ROOMY_PIXELS = 132  # of a column that has room for accuracy and verdict on one line
LEAST_PLOT, LEAST_LAYER, LARGEST_LAYER = 62.0, 9.0, 124.0


@dataclass(frozen=True)
class CompareLayout:
    """Positions in pixels for `columns` runs of at most `layers` hidden layers; taller than `room` if need be."""

    width: float
    room: float
    columns: int
    layers: int
    name_lines: int = 1

    @property
    def gap(self) -> float:
        """Space between two columns."""
        return 22.0 if self.width / self.columns > 160 else 12.0 if self.width / self.columns > 90 else 7.0

    @property
    def pitch(self) -> float:
        """Distance from one column to the next."""
        return (self.width - GUTTER - MARGIN_PIXELS + self.gap) / self.columns

    @property
    def column_width(self) -> float:
        """Width of a column."""
        return self.pitch - self.gap

    def left(self, column: int) -> float:
        """Left edge of a column."""
        return GUTTER + column * self.pitch

    def column_at(self, x: float) -> int | None:
        """Index of the column at x; None outside."""
        index = int((x - GUTTER + self.gap / 2) // self.pitch)
        return index if x > GUTTER - self.gap / 2 and 0 <= index < self.columns else None

    @property
    def roomy(self) -> bool:
        """Whether accuracy and verdict fit on one line."""
        return self.column_width >= ROOMY_PIXELS

    @property
    def head(self) -> float:
        """Height of the columns' heads."""
        return RULE + self.name_lines * LINE + (24 if self.roomy else 40) + 6

    @property
    def fixed(self) -> float:
        """Height of everything but the plots."""
        layers = TICKS + BETWEEN_PIXELS if self.layers else 0
        return TOP + self.head + TICKS + BETWEEN_PIXELS + layers + RATIO + 4

    @property
    def layer_pitch(self) -> float:
        """Distance from one layer's row to the next; 0 without hidden layers."""
        if not self.layers:
            return 0.0
        share = min(0.36 + 0.05 * self.layers, 0.62)
        free = self.room - self.fixed
        fair = min(share * free, free - 2 * LEAST_PLOT) / self.layers
        return min(max(fair, LEAST_LAYER), LARGEST_LAYER)

    @property
    def layer_gap(self) -> float:
        """Space between two layers' rows."""
        return 8.0 if self.layer_pitch > 40 else 4.0 if self.layer_pitch > 16 else min(self.layer_pitch, 1.0)

    def _plots(self) -> float:
        return max(self.room - self.fixed - self.layers * self.layer_pitch, 2 * LEAST_PLOT)

    def accuracy(self, column: int) -> QRectF:
        """Area of a column's accuracy plot."""
        height = max(0.54 * self._plots(), LEAST_PLOT)
        return QRectF(self.left(column), TOP + self.head, self.column_width, height)

    def layer(self, column: int, index: int) -> QRectF:
        """Area of a layer's histogram; `index` from 0."""
        top = self.accuracy(column).bottom() + TICKS + BETWEEN_PIXELS + index * self.layer_pitch
        return QRectF(self.left(column), top, self.column_width, self.layer_pitch - self.layer_gap)

    def gradient(self, column: int) -> QRectF:
        """Area of a column's plot of δ."""
        above = self.accuracy(column).bottom() + TICKS + BETWEEN_PIXELS
        if self.layers:
            above = self.layer(column, self.layers - 1).bottom() + TICKS + BETWEEN_PIXELS
        height = self._plots() - self.accuracy(column).height() + self.layer_gap
        return QRectF(self.left(column), above, self.column_width, height)

    @property
    def height(self) -> float:
        """Total height."""
        return self.gradient(0).bottom() + RATIO + 4

    @property
    def named_every(self) -> int:
        """Number of layers per label: 1 where every layer's name fits."""
        return ceil(14 / self.layer_pitch) if self.layers else 1

    def layer_at(self, y: float) -> int | None:
        """Index of the layer's row at y; None outside."""
        if not self.layers:
            return None
        index = int((y - self.layer(0, 0).top()) // self.layer_pitch)
        return index if y >= self.layer(0, 0).top() and index < self.layers else None
