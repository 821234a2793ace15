"""The pages in the window: with as much room as their texts need, scrolled where the window has less."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
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
        self.horizontalScrollBar().valueChanged.connect(self._show_tabs)

    def _show_tabs(self) -> None:
        self.pages.see(self.horizontalScrollBar().value() + self.viewport().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_tabs()

    def reveal(self, part: QWidget) -> None:
        """Scroll up or down to a part of a page, to its end if it is taller than the window; no other card hides it."""
        self.pages.fill.uncover(part)
        top = part.mapTo(self.pages, QPoint()).y()
        for y in (top, top + part.height()):
            self.ensureVisible(self.horizontalScrollBar().value(), y, 0, 0)
