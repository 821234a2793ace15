"""What rows of lists are painted with: spark lines and thinned colours."""

from functools import lru_cache
from math import isfinite

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QPolygonF

SPARK = QSize(58, 14)


@lru_cache(1024)
def spark_line(spark: tuple[float, ...], reach: float) -> QPolygonF:
    """Shares of 1 as a line to the right and up from (0, 0), `reach` pixels wide."""
    values = [min(max(value, 0.0), 1.0) for value in spark if isfinite(value)]
    step = reach / max(len(values) - 1, 1)
    return QPolygonF([QPointF(k * step, -value * SPARK.height()) for k, value in enumerate(values)])


def thin(color: str, share: float) -> QColor:
    """A colour that lets through all but `share` (0..1) of what is below it."""
    made = QColor(color)
    made.setAlphaF(share)
    return made
