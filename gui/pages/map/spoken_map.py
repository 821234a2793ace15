"""What the map shows, as a sentence for a screen reader."""

from collections.abc import Mapping

from gui.pages.map.heat_map import word
from gui.pages.map.quantity import Quantity
from model.base.language import tr
from model.config.config import Config
from model.sweeps.grid import SweepGrid
from model.sweeps.sweep import Result


def map_said(grid: SweepGrid, found: Mapping[Config, Result], quantity: Quantity) -> str:
    """How many cells have been trained, and between which values, with the place of the largest."""
    values = {
        place: value
        for place, config in grid.configs.items()
        if (result := found.get(config)) and (value := quantity.value.of(result)) is not None
    }
    cells = len(grid.configs)
    if not values:
        return tr("None of {cells} cells has been trained yet.", cells=cells)
    best = max(values, key=lambda place: values[place])
    return tr(
        "{trained} of {cells} cells have been trained. {quantity}: from {low} to {high}, the largest at {across} "
        "across and {upward} upward. Arrow keys go from cell to cell.",
        trained=len(values),
        cells=cells,
        quantity=quantity.label,
        low=quantity.value.write(min(values.values())),
        high=quantity.value.write(values[best]),
        across=word(grid.across.values[best[0]]),
        upward=word(grid.upward.values[best[1]]),
    )
