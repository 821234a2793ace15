"""What rows of lists are painted with: grounds, conditions, spark lines, thinned colours."""

from functools import lru_cache
from math import isfinite

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle

from gui.style.theme import SELECTED, Theme
from model.diagnosis.verdict import FATAL, HEALTHY, Condition

SPARK = QSize(58, 14)
HOVERED = 0.06  # share of the accent's colour


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


def paint_ground(painter: QPainter, whole: QRectF, state: QStyle.StateFlag, theme: Theme) -> None:
    """Paint what lies below a row that is chosen or under the mouse, and the frame of the one with the focus."""
    for flag, share in ((QStyle.StateFlag.State_Selected, SELECTED), (QStyle.StateFlag.State_MouseOver, HOVERED)):
        if state & flag:
            painter.fillRect(whole, thin(theme.accent, share))
            break
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QColor(theme.accent))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(whole.adjusted(0.5, 0.5, -0.5, -0.5))


def paint_condition(painter: QPainter, middle: QPointF, condition: Condition, theme: Theme) -> None:
    """Paint a condition as the line at the bottom of the window does: filled where it learns or is beyond help."""
    color = QColor(theme.accent if condition in HEALTHY else theme.warning)
    painter.setPen(QPen(color, 1.6))
    painter.setBrush(color if condition in (*HEALTHY, *FATAL) else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(middle, 3.2, 3.2)
