"""The map itself: cells, colour scale and the names of both axes in one card."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from gui.pages.background_page import ResultsWidget
from gui.pages.map.color_scale import ColorScale
from gui.pages.map.heat_map import CellPlace, HeatMap
from gui.pages.map.quantity import Quantity
from gui.plots.shared_axis import CELLS, beyond_text
from gui.style.theme import Theme
from gui.widgets.card import Card, label
from model.config.config import Config
from model.sweeps.grid import SweepGrid
from model.sweeps.sweep import Result

OPENS, CROSSED = "Click a cell to train its run", "×: diverged"
SEPARATOR = "  ·  "


class MapResults(ResultsWidget):
    """A card with the heat map of a SweepGrid, and the scale of its colours beside it; `read` is a cell's readout."""

    def __init__(self, read: Callable[[CellPlace], str]) -> None:
        super().__init__()
        self.picture, self.scale = HeatMap(read), ColorScale()
        self.card = Card("map", titled=False)
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
        self.picture.show_results(found, quantity, low, high)
        crossed = any(result.diverged for result in found.values())
        beyond = beyond_text(sum(not low <= value <= high for value in there), CELLS)
        self.card.subtitle.setText(SEPARATOR.join(filter(None, (OPENS, CROSSED * crossed, beyond))))
        self.scale.show_scale(quantity, low, high)

    def apply_theme(self, theme: Theme) -> None:
        self.picture.apply_theme(theme)
        self.scale.apply_theme(theme)
