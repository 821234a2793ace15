"""Diverging colour scale for signed values: blue below 0, orange above, the card's own colour at 0."""

from functools import lru_cache

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPixmap

from gui.style.theme import Theme
from model.base.arrays import Array

STEPS = 126  # to either side of 0
HATCH, FAINT = 4, 4  # pixels from line to line of a hatching, and by how much its lines are nearer to 0
GROUND, LINE = 2 * STEPS + 1, 2 * STEPS + 2  # beyond the scale: the card and the lines on it

Indices = NDArray[np.uint8]


def color_table(theme: Theme) -> list[int]:
    """Colour table, as 0xAARRGGBB: indices 0 to 2·STEPS are the scale, STEPS its 0; then GROUND and LINE."""
    return _table(theme, theme.train, theme.test)


def layer_table(theme: Theme, color: QColor) -> list[int]:
    """Colour table for values from 0 up, ending in the layer's colour; negative values have the card's colour."""
    return _table(theme, theme.card, color)


def indices(values: Array, reach: float) -> Indices:
    """Map values from -reach..reach to colour-table indices 0..2·STEPS; values beyond are clipped, NaN counts as 0."""
    with np.errstate(over="ignore", invalid="ignore"):  # what is not finite is clipped or 0
        scaled = (values * (STEPS / reach)).clip(-STEPS, STEPS)
    scaled[np.isnan(scaled)] = 0
    found: Indices = (np.rint(scaled) + STEPS).astype(np.uint8)
    return found


def hatched(picture: Indices) -> Indices:
    """The picture (height, width) with negative values hatched: their sign can be told without telling colours."""
    rows, columns = np.indices(picture.shape)
    on_line = (rows + columns) % HATCH == 0
    return np.where((picture < STEPS) & on_line, STEPS - (STEPS - picture) // FAINT, picture).astype(np.uint8)


def pixmap(picture: Indices, table: list[int]) -> QPixmap:
    """Convert colour-table indices (height, width) to a pixmap, one pixel each."""
    height, width = picture.shape
    image = QImage(np.ascontiguousarray(picture).data, width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable(table)
    return QPixmap.fromImage(image)


@lru_cache(256)  # one for each of fifty layers, asked for at each change of their looks
def _mixed(card: str, line: str, below: str, above: str) -> tuple[int, ...]:
    scale = pg.ColorMap(None, [below, card, above])
    # The mode "byte" cuts off what it should round.
    shades = np.rint(255 * scale.getLookupTable(nPts=2 * STEPS + 1, alpha=False, mode="float")).astype(int)
    packed = shades[:, :3] @ (1 << 16, 1 << 8, 1) + (255 << 24)
    return (*packed.tolist(), QColor(card).rgb(), QColor(line).rgb())


def _table(theme: Theme, below: str | QColor, above: str | QColor) -> list[int]:
    return list(_mixed(theme.card, theme.line, QColor(below).name(), QColor(above).name()))
