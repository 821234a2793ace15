"""Tiles: many small images in a grid, drawn as one picture."""

from math import ceil
from typing import NamedTuple

import numpy as np

from gui.plots.diverging_scale import GROUND, LINE, STEPS, Indices, indices
from model.base.arrays import Array

ENOUGH_TILES = 20  # better so many small tiles than a few large ones
MOST_TILES = 40
FRAME_PIXELS = 1  # pixels around each tile
GAP_PIXELS = 2  # between frames
EDGE_PIXELS = 2 * FRAME_PIXELS + GAP_PIXELS


class TileGrid(NamedTuple):
    """A grid of `tiles` in rows of `columns`; each shows every `every`th value each way at `scale` × `scale` pixels."""

    tiles: int
    columns: int
    scale: int
    every: int

    @property
    def rows(self) -> int:
        """Number of rows."""
        return ceil(self.tiles / self.columns)

    def size(self, shape: tuple[int, int]) -> tuple[int, int]:
        """Height and width of the whole grid in pixels, for tiles of `shape` (height, width) in values."""
        high, wide = (EDGE_PIXELS + ceil(side / self.every) * self.scale for side in shape)
        return self.rows * high - GAP_PIXELS, self.columns * wide - GAP_PIXELS


def best_grid(units: int, shape: tuple[int, int], height: int, width: int) -> TileGrid:
    """Choose the largest integer scale at which min(units, ENOUGH_TILES) tiles fit into height × width pixels.

    Where not even scale 1 is small enough, values are skipped; `shape` is a tile's (height, width) in values.
    """
    enough = min(units, ENOUGH_TILES)
    tallest = max(min(height // shape[0], width // shape[1]), 1)
    for scale in range(tallest, 0, -1):
        grid = _grid(units, shape, height, width, scale, 1)
        if grid.tiles >= enough:
            return grid
    every = 1
    while _grid(units, shape, height, width, 1, every).tiles < min(enough, 2) and every < max(shape):
        every += 1
    return _grid(units, shape, height, width, 1, every)


def _grid(units: int, shape: tuple[int, int], height: int, width: int, scale: int, every: int) -> TileGrid:
    high, wide = (EDGE_PIXELS + ceil(side / every) * scale for side in shape)
    rows, columns = (height + GAP_PIXELS) // high, (width + GAP_PIXELS) // wide
    count = min(units, MOST_TILES, rows * columns)
    # As square as the room allows, rows filled evenly.
    columns = max(ceil(count / rows), 1) if rows else 1
    return TileGrid(count, columns, scale, every)


def tiled(weights: Array, shape: tuple[int, int], grid: TileGrid, reach: float) -> Indices:
    """Draw the first units' weights, of shape (inputs, units), as one picture of colour-table indices.

    Colours span -reach..reach.
    """
    values = indices(weights[:, : grid.tiles], reach).T.reshape(grid.tiles, *shape)
    values = values[:, :: grid.every, :: grid.every].repeat(grid.scale, axis=1).repeat(grid.scale, axis=2)
    _, high, wide = values.shape
    cells = np.full((grid.rows * grid.columns, high + EDGE_PIXELS, wide + EDGE_PIXELS), GROUND, np.uint8)
    cells[: grid.tiles, : high + 2 * FRAME_PIXELS, : wide + 2 * FRAME_PIXELS] = LINE
    cells[: grid.tiles, FRAME_PIXELS : high + FRAME_PIXELS, FRAME_PIXELS : wide + FRAME_PIXELS] = values
    rows = cells.reshape(grid.rows, grid.columns, high + EDGE_PIXELS, wide + EDGE_PIXELS).swapaxes(1, 2)
    return rows.reshape(grid.rows * (high + EDGE_PIXELS), -1)[:-GAP_PIXELS, :-GAP_PIXELS]


def scale_bar(width: int, height: int) -> Indices:
    """Picture of the whole colour scale from its lower end, left, to its upper end: indices (height, width)."""
    return np.linspace(0, 2 * STEPS, width).round().astype(np.uint8)[None].repeat(height, axis=0)
