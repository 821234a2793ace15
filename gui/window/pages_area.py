"""The pages in the window: with as much room as their texts need, scrolled where the window has less."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from gui.pages.page_stack import PageStack


class PagesArea(QScrollArea):
    """Scrolls the pages; `reveal` brings a part of one into sight."""

    def __init__(self, pages: PageStack) -> None:
        super().__init__()
        self.pages = pages
        self.setWidget(pages)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        pages.stack.currentChanged.connect(lambda *_: self.verticalScrollBar().setValue(0))

    def reveal(self, part: QWidget) -> None:
        """Scroll up or down to a part of a page, to its end if it is taller than the window; no other card hides it."""
        self.pages.fill.uncover(part)
        top = part.mapTo(self.pages, QPoint()).y()
        for y in (top, top + part.height()):
            self.ensureVisible(self.horizontalScrollBar().value(), y, 0, 0)
