"""Where everything lies in the compare view: a gutter with names and ticks, a column a run, a row a quantity."""

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRectF

GUTTER = 92
MARGIN_PIXELS = 14
TOP = 12
TICKS = 18  # below a plot
RATIO = 20  # the line of figures below the gradients
BETWEEN_PIXELS = 12  # from a plot's ticks to the next plot
RULE = 9  # from the run's line to its name
LINE = 16
ROOMY_PIXELS = 132  # pixels that a column needs for accuracy and verdict on one line
LEAST_PLOT, LEAST_LAYER, LARGEST_LAYER = 62.0, 9.0, 124.0


@dataclass(frozen=True)
class CompareLayout:
    """The places, in pixels, for so many columns of at most so many hidden layers; taller than `room` if need be."""

    width: float
    room: float
    columns: int
    layers: int
    name_lines: int = 1

    @property
    def gap(self) -> float:
        """Between two columns."""
        return 22.0 if self.width / self.columns > 160 else 12.0 if self.width / self.columns > 90 else 7.0

    @property
    def pitch(self) -> float:
        """From one column to the next."""
        return (self.width - GUTTER - MARGIN_PIXELS + self.gap) / self.columns

    @property
    def column_width(self) -> float:
        """How wide one is."""
        return self.pitch - self.gap

    def left(self, column: int) -> float:
        """Where one begins."""
        return GUTTER + column * self.pitch

    def column_at(self, x: float) -> int | None:
        """Which one lies there."""
        index = int((x - GUTTER + self.gap / 2) // self.pitch)
        return index if x > GUTTER - self.gap / 2 and 0 <= index < self.columns else None

    @property
    def roomy(self) -> bool:
        """Whether accuracy and verdict stand side by side."""
        return self.column_width >= ROOMY_PIXELS

    @property
    def head(self) -> float:
        """How tall the columns' heads are."""
        return RULE + self.name_lines * LINE + (24 if self.roomy else 40) + 6

    @property
    def fixed(self) -> float:
        """What is no plot."""
        layers = TICKS + BETWEEN_PIXELS if self.layers else 0
        return TOP + self.head + TICKS + BETWEEN_PIXELS + layers + RATIO + 4

    @property
    def layer_pitch(self) -> float:
        """From one layer's row to the next."""
        if not self.layers:
            return 0.0
        share = min(0.36 + 0.05 * self.layers, 0.62)
        free = self.room - self.fixed
        fair = min(share * free, free - 2 * LEAST_PLOT) / self.layers
        return min(max(fair, LEAST_LAYER), LARGEST_LAYER)

    @property
    def layer_gap(self) -> float:
        """Between two layers' rows."""
        return 8.0 if self.layer_pitch > 40 else 4.0 if self.layer_pitch > 16 else min(self.layer_pitch, 1.0)

    def _plots(self) -> float:
        return max(self.room - self.fixed - self.layers * self.layer_pitch, 2 * LEAST_PLOT)

    def accuracy(self, column: int) -> QRectF:
        """The plot of the curves."""
        height = max(0.54 * self._plots(), LEAST_PLOT)
        return QRectF(self.left(column), TOP + self.head, self.column_width, height)

    def layer(self, column: int, index: int) -> QRectF:
        """The histogram of a layer; `index` counts from 0."""
        top = self.accuracy(column).bottom() + TICKS + BETWEEN_PIXELS + index * self.layer_pitch
        return QRectF(self.left(column), top, self.column_width, self.layer_pitch - self.layer_gap)

    def gradient(self, column: int) -> QRectF:
        """The plot of δ."""
        above = self.accuracy(column).bottom() + TICKS + BETWEEN_PIXELS
        if self.layers:
            above = self.layer(column, self.layers - 1).bottom() + TICKS + BETWEEN_PIXELS
        height = self._plots() - self.accuracy(column).height() + self.layer_gap
        return QRectF(self.left(column), above, self.column_width, height)

    @property
    def height(self) -> float:
        """How tall it all is."""
        return self.gradient(0).bottom() + RATIO + 4

    @property
    def named_every(self) -> int:
        """Of how many layers one has room for its name."""
        return ceil(14 / self.layer_pitch) if self.layers else 1

    def layer_at(self, y: float) -> int | None:
        """Which layer's row lies there."""
        if not self.layers:
            return None
        index = int((y - self.layer(0, 0).top()) // self.layer_pitch)
        return index if y >= self.layer(0, 0).top() and index < self.layers else None
