"""Cells of a layer's units, wrapped into rows, and their colour indices."""

from math import ceil, log10
from typing import NamedTuple

import numpy as np

from gui.plots.diverging_scale import GROUND, LINE, Indices, indices
from model.base.arrays import Array

ENOUGH_PIXELS = 10  # a cell's shorter side: beyond it fewer rows count for more
LARGEST_PIXELS = 18
GAPLESS_PIXELS = 4  # cells narrower or lower than this touch each other
FRAME_PIXELS = 1
DECADES = 4.0  # of δ that keep a shade: what is smaller yet looks like 0


class UnitCells(NamedTuple):
    """A grid of `units` cells in rows of `columns`; each takes `width` × `height` pixels with its gap."""

    units: int
    columns: int
    width: int
    height: int

    @property
    def rows(self) -> int:
        """Number of rows."""
        return ceil(self.units / self.columns)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, with the frame."""
        return self.columns * self.width + 2 * FRAME_PIXELS, self.rows * self.height + 2 * FRAME_PIXELS

    def at(self, x: float, y: float) -> int | None:
        """Index of the unit at (x, y) in pixels; None outside the cells."""
        column, row = int((x - FRAME_PIXELS) // self.width), int((y - FRAME_PIXELS) // self.height)
        unit = row * self.columns + column
        return unit if 0 <= column < self.columns and row >= 0 and unit < self.units else None


def fit_cells(units: int, width: float, height: float) -> UnitCells:
    """Choose the grid with the largest cells for an area in pixels; a cell has at least one pixel."""
    across, down = max(int(width) - 2 * FRAME_PIXELS, 1), max(int(height) - 2 * FRAME_PIXELS, 1)
    best, largest = UnitCells(units, min(units, across), 1, 1), 0
    for rows in range(1, min(units, down) + 1):
        columns = ceil(units / rows)
        cell = min(across // columns, LARGEST_PIXELS), min(down // rows, LARGEST_PIXELS)
        if min(*cell, ENOUGH_PIXELS) > largest:
            best, largest = UnitCells(units, columns, *cell), min(*cell, ENOUGH_PIXELS)
    return best


def lowest(units: int, width: float) -> int:
    """Least height in pixels of a block in which each unit has one pixel."""
    return ceil(units / max(int(width) - 2 * FRAME_PIXELS, 1)) + 2 * FRAME_PIXELS


def block(shades: Indices, cells: UnitCells) -> Indices:
    """Picture of all cells, of shape (height, width), from colour indices (units,); gaps and frame are LINE."""
    grid = np.full((cells.rows * cells.columns), GROUND, np.uint8)
    grid[: cells.units] = shades
    grid = grid.reshape(cells.rows, cells.columns).repeat(cells.height, axis=0).repeat(cells.width, axis=1)
    if min(cells.width, cells.height) >= GAPLESS_PIXELS:
        grid[cells.height - 1 :: cells.height] = grid[:, cells.width - 1 :: cells.width] = LINE
    width, height = cells.size
    picture = np.full((height, width), LINE, np.uint8)
    picture[FRAME_PIXELS:-FRAME_PIXELS, FRAME_PIXELS:-FRAME_PIXELS] = grid
    return picture


def delta_indices(delta: Array, largest: float) -> Indices:
    """Map δ to the diverging colour table: hue by sign, shade by log |δ| from `largest` down over DECADES."""
    if not largest > 0:
        return indices(np.zeros_like(delta), 1.0)
    with np.errstate(divide="ignore"):
        shares = 1 + (np.log10(np.abs(delta)) - log10(largest)) / DECADES
    return indices(np.sign(delta) * shares.clip(0, 1), 1.0)


def largest_of(arrays: list[Array]) -> float:
    """Largest finite magnitude in all arrays; 0 if there is none."""
    magnitudes = np.abs(np.concatenate(arrays))
    return float(magnitudes[np.isfinite(magnitudes)].max(initial=0.0))
