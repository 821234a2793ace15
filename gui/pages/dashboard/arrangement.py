"""Where the cards of the dashboard are: curves, signal strip and views in rows that handles divide."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from gui.widgets.split import GAP_PIXELS, Split

if TYPE_CHECKING:
    from gui.pages.dashboard.dashboard import Dashboard

MARGINS = 12, 8, 12, 12  # pixels around the page
CURVES, SIGNAL, VIEWS = 7, 4, 10  # weights of the rows
HIGHEST_SIGNAL = 190  # pixels; from there on longer bars say no more, but the user may want them


def arranged(board: "Dashboard") -> QVBoxLayout:
    """Lay out the parts of a dashboard, and return its layout."""
    curves = Split("dashboard-curves", Qt.Orientation.Horizontal)
    curves.setAccessibleName("curves")
    for card in board.curves:
        curves.add(card, 1)
    rows = Split("dashboard-rows", Qt.Orientation.Vertical)
    rows.add(curves, CURVES)
    rows.add(board.signal, SIGNAL, HIGHEST_SIGNAL)
    rows.add(board.detail, VIEWS)
    for split in (curves, rows):
        split.name_handles()
    column = QVBoxLayout(board)
    column.setContentsMargins(*MARGINS)
    column.setSpacing(GAP_PIXELS)
    column.addWidget(board.caption)
    column.addWidget(board.legend)
    column.addWidget(rows, 1)
    column.addWidget(board.timeline)
    return column
