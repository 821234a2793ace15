"""A diverging scale for signed values: blue below 0, orange above, the card's own colour at 0."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPixmap

from gui.style.theme import Theme
from model.base.arrays import Array

STEPS = 126  # to either side of 0
GROUND, LINE = 2 * STEPS + 1, 2 * STEPS + 2  # beyond the scale: the card and the lines on it

Indices = NDArray[np.uint8]


def color_table(theme: Theme) -> list[int]:
    """The colours by index: STEPS is 0, each side as strong as the other."""
    below, zero, above = (QColor(name) for name in (theme.train, theme.card, theme.test))
    shades = [mixed(zero, below, step / STEPS) for step in range(STEPS, 0, -1)]
    shades += [mixed(zero, above, step / STEPS) for step in range(STEPS + 1)]
    return [shade.rgb() for shade in (*shades, zero, QColor(theme.line))]


def mixed(first: QColor, second: QColor, share: float) -> QColor:
    """A colour that is `share` of the way from the first to the second."""
    ends = ((color.red(), color.green(), color.blue()) for color in (first, second))
    return QColor(*(round(a + share * (b - a)) for a, b in zip(*ends, strict=True)))


def indices(values: Array, reach: float) -> Indices:
    """Places in the table of values on a scale from -reach to reach; what lies beyond has the ends' colour."""
    scaled = (values * (STEPS / reach)).clip(-STEPS, STEPS)
    scaled[np.isnan(scaled)] = 0
    found: Indices = (np.rint(scaled) + STEPS).astype(np.uint8)
    return found


def pixmap(picture: Indices, table: list[int]) -> QPixmap:
    """A picture of indices (height, width), one pixel each."""
    height, width = picture.shape
    image = QImage(np.ascontiguousarray(picture).data, width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable(table)
    return QPixmap.fromImage(image)
