"""Every text, line and bar that plots and canvases draw stands out, wherever the window can go, in both themes."""

from collections.abc import Iterator

import pytest
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
from pytestqt.qtbot import QtBot

from gui.pages.map.color_scale import ColorScale
from gui.pages.map.heat_map import HeatMap
from gui.style.contrast import GRAPHICS, TEXT, contrast, mixed
from gui.style.theme import DARK, LIGHT, Theme
from gui.views.digit.confusion_matrix import ConfusionMatrix
from tests.support.patience import PATIENCE
from tests.support.window_page import OpenWindow
from tests.support.window_walk import every_place
from tests.support.windows import SMALL

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


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_that_all_that_is_drawn_stands_out_wherever_the_window_goes(
    open_window: OpenWindow, qtbot: QtBot, theme: Theme
) -> None:
    window = open_window(SMALL)
    window.resize(1366, 900)
    window.choose_theme(theme.name)
    window.train()
    window.wait_until_ended(qtbot)
    found: dict[str, str] = {}
    for place, top in every_place(window, lambda done: qtbot.waitUntil(done, timeout=60_000 * PATIENCE)):
        found.update(dict.fromkeys(faint(theme, top), place))
    assert not found
