"""Which texts, lines and bars that plots and canvases draw do not stand out from the card that they are on."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractGraphicsShapeItem,
    QGraphicsItem,
    QGraphicsLineItem,
    QGraphicsPathItem,
    QGraphicsSimpleTextItem,
    QGraphicsView,
    QWidget,
)

from gui.pages.map.color_scale import ColorScale
from gui.pages.map.heat_map import HeatMap
from gui.style.contrast import GRAPHICS, TEXT, contrast, mixed
from gui.style.theme import Theme
from gui.views.digit.confusion_matrix import ConfusionMatrix

BAND = 0.2  # areas of at most this opacity lie around a line that is seen
CELLS = (HeatMap, ColorScale, ConfusionMatrix)  # say values by colour; their texts and marks have tests of their own


def drawn(item: QGraphicsItem) -> QColor | None:
    """The colour by which an item is seen, that of its outline if it has one."""
    if isinstance(item, QGraphicsPathItem) and item.path().isEmpty():
        return None
    if isinstance(item, QGraphicsSimpleTextItem):
        return item.brush().color() if item.text() else None
    if isinstance(item, QAbstractGraphicsShapeItem | QGraphicsLineItem) and item.pen().style() != Qt.PenStyle.NoPen:
        return item.pen().color()
    if isinstance(item, QAbstractGraphicsShapeItem) and item.brush().style() != Qt.BrushStyle.NoBrush:
        return item.brush().color()
    return None


def faint(theme: Theme, top: QWidget) -> Iterator[str]:
    """What is drawn in a window without enough contrast to the card."""
    grounds = {theme.card, theme.window, theme.line}
    for view in top.findChildren(QGraphicsView):
        within: QWidget | None = view
        while within is not None and not isinstance(within, CELLS):
            within = within.parentWidget()
        if within is not None or not view.isVisible():
            continue
        for item in view.scene().items():
            color = drawn(item) if item.isVisible() and item.effectiveOpacity() else None
            if color is None or color.name() in grounds:
                continue
            text = isinstance(item, QGraphicsSimpleTextItem)
            seen = contrast(mixed(theme.card, color, color.alphaF()), theme.card)
            if seen < (TEXT if text else GRAPHICS) and (text or color.alphaF() > BAND):
                words = item.text() if isinstance(item, QGraphicsSimpleTextItem) else type(item).__name__
                yield f"{type(view.parentWidget()).__name__}: {words} in {color.name(QColor.NameFormat.HexArgb)}"
