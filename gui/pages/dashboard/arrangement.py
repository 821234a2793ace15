"""Where the cards of the dashboard are: curves, signal strip and views in rows that handles divide."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.widgets.card_frame import CardFrame
from gui.widgets.split import GAP_PIXELS, Split
from model.base.language import tr

MARGINS = 12, 8, 12, 12  # pixels around the page
CURVES, SIGNAL, VIEWS = 7, 4, 10  # weights of the rows
HIGHEST_SIGNAL = 190  # pixels; from there on longer bars say no more, but the user may want them


def divided_rows(curves: Sequence[CardFrame], signal: CardFrame, views: CardFrame) -> Split:
    """Put the curves side by side, above the signal strip and the views."""
    first = Split("dashboard-curves", Qt.Orientation.Horizontal)
    first.setAccessibleName(tr("curves"))
    for card in curves:
        first.add(card, 1)
    rows = Split("dashboard-rows", Qt.Orientation.Vertical)
    rows.add(first, CURVES)
    rows.add(signal, SIGNAL, HIGHEST_SIGNAL)
    rows.add(views, VIEWS)
    for split in (first, rows):
        split.name_handles()
    return rows


def stacked(page: QWidget, above: Sequence[QWidget], rows: Split, below: QWidget) -> QVBoxLayout:
    """Lay out a page: its rows have all the room that what is above and below them leaves."""
    column = QVBoxLayout(page)
    column.setContentsMargins(*MARGINS)
    column.setSpacing(GAP_PIXELS)
    for part in above:
        column.addWidget(part)
    column.addWidget(rows, 1)
    column.addWidget(below)
    return column
