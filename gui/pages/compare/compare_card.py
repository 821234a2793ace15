"""The card around the compare view; its buttons are in the corner that columns and names of rows leave free."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QVBoxLayout

from gui.pages.compare.compare_view import CompareView
from gui.style.text_size import follow
from gui.widgets.card_button import SIDE
from gui.widgets.card_frame import CardFrame
from gui.widgets.card_texts import CARD_TEXTS

MARGIN = 4
CORNER, GAP_PIXELS = 14, 4


class CompareCard(CardFrame):
    """Its title is the strip with the names of the runs."""

    def __init__(self, view: CompareView) -> None:
        super().__init__("compare", CARD_TEXTS["compare"].title)
        self.view = view
        inside = QVBoxLayout(self)
        inside.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        inside.addWidget(view)
        for button in (self.help, self.fill):
            button.setParent(self)
        self.help.move(CORNER, CORNER)
        follow(self.place_fill, CORNER + SIDE + GAP_PIXELS)
        view.title_double_clicked.connect(lambda: self.fill_wanted.emit(self))

    def place_fill(self, left: int) -> None:
        """Put the button that fills the page beside the "?"."""
        self.fill.move(left, CORNER)

    def is_title(self, place: QPoint) -> bool:
        return self.view.is_title(self.view.mapFrom(self, place))
