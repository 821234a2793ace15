"""The map itself: cells, colour scale and the names of both axes in one card."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from gui.pages.background_page import ResultsWidget
from gui.pages.map.color_scale import ColorScale
from gui.pages.map.heat_map import CellPlace, HeatMap
from gui.pages.map.quantity import Quantity
from gui.pages.map.spoken_map import map_said
from gui.plots.shared_axis import CELLS, beyond_text
from gui.style.theme import Theme
from gui.widgets.card import Card, label
from model.base.language import message, tr
from model.config.config import Config
from model.config.option_text import written
from model.exports.plot_table import PlotTable, Tables
from model.sweeps.grid import SweepGrid
from model.sweeps.results_csv import FIGURES
from model.sweeps.sweep import Result

OPENS, CROSSED = message("Click a cell to train its run"), message("×: diverged")
SEPARATOR = "  ·  "
ENDED = ("updates", "verdict", "cause", "diverged")  # as the table of a sweep calls them


class MapCard(Card):
    """The card of the map, with the results of `grid` that have been `found`."""

    def __init__(self) -> None:
        super().__init__("map", titled=False)
        self.grid: SweepGrid | None = None
        self.found: Mapping[Config, Result] = {}

    def tables(self) -> Tables:
        grid, found = self.grid, self.found
        return {self.accessibleName(): lambda: map_table(grid, found)} if grid else {}


def map_table(grid: SweepGrid, found: Mapping[Config, Result]) -> PlotTable:
    """Both values of every cell and the figures of its run, as a sweep writes them; empty where none has ended."""
    axes = (grid.across, grid.upward)

    def row(place: CellPlace, result: Result | None) -> Sequence[object]:
        values = [written(axis.values[index]) for axis, index in zip(axes, place, strict=True)]
        if result is None:
            return [*values, *(None for _ in (*FIGURES, *ENDED))]
        ended = (result.iterations, result.condition.key, result.cause.key, result.diverged)
        return [*values, *(getattr(result, name) for name in FIGURES), *ended]

    columns = (*(axis.name for axis in axes), *FIGURES, *ENDED)
    return PlotTable.of(columns, (row(place, found.get(grid.configs[place])) for place in sorted(grid.configs)))


class MapResults(ResultsWidget):
    """A card with the heat map of a SweepGrid, and the scale of its colours beside it; `read` is a cell's readout."""

    def __init__(self, read: Callable[[CellPlace], str]) -> None:
        super().__init__()
        self.picture, self.scale = HeatMap(read), ColorScale()
        self.card = MapCard()
        self.cards = [self.card]
        self.up, self.right = label("", "muted"), label("", "muted")
        self.card.header.insertWidget(0, self.up)
        self.card.header.addWidget(self.scale.title)
        for text in (self.right, self.card.subtitle):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        grid = QGridLayout()
        grid.setSpacing(0)
        grid.addWidget(self.picture, 0, 0)
        grid.addWidget(self.scale, 0, 1)
        grid.addWidget(self.right, 1, 0)
        grid.setRowStretch(0, 1)
        self.card.body.addLayout(grid, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
        self.picture.menu_wanted.connect(self.card.menu_from_plot)

    def show_grid(self, grid: SweepGrid, across: str, upward: str) -> None:
        """Show the empty cells of another grid, and what its axes are called."""
        self.picture.show_grid(grid)
        self.scale.leave_room(*self.picture.room)
        self.up.setText(f"↑ {upward}")
        self.right.setText(f"{across} →")

    def show_results(self, found: Mapping[Config, Result], quantity: Quantity) -> None:
        """Colour the cells of finished runs."""
        values = [quantity.value.of(result) for result in found.values() if not result.diverged]
        there = [value for value in values if value is not None]
        low, high = quantity.value.scale(there)
        self.card.grid, self.card.found = self.picture.grid, found
        self.picture.show_results(found, quantity, low, high)
        crossed = any(result.diverged for result in found.values())
        beyond = beyond_text(sum(not low <= value <= high for value in there), CELLS)
        self.card.subtitle.setText(SEPARATOR.join(filter(None, (tr(OPENS), tr(CROSSED) if crossed else "", beyond))))
        self.scale.show_scale(quantity, low, high)
        if self.picture.grid:
            self.picture.describe(map_said(self.picture.grid, found, quantity))

    def apply_theme(self, theme: Theme) -> None:
        self.picture.apply_theme(theme)
        self.scale.apply_theme(theme)
