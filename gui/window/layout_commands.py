"""What the user can do with the layout: have a card fill its page, divide pages by handles, go back to how all was."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from gui.pages.page import Page
from gui.pages.page_stack import PageStack
from gui.widgets.command import Menu, MenuCommand
from gui.widgets.side_tabs import TO_READ, SideTabs
from gui.widgets.split import Split
from model.base.language import tr


class LayoutCommands(QObject):
    """Keeps the `shares` of every split, by its name, and takes them to pages that are made later.

    `escape` is the key that shows all cards of a page again, while one fills it.
    """

    def __init__(self, pages: PageStack, side: SideTabs, shares: Mapping[str, Any], window: QWidget) -> None:
        super().__init__(window)
        self.pages, self.side = pages, side
        self.shares: dict[str, list[float]] = {name: found for name, found in shares.items() if isinstance(found, list)}
        self.escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), window)
        self.escape.setEnabled(False)
        self.escape.activated.connect(pages.fill.leave)
        pages.fill.changed.connect(self.escape.setEnabled)
        pages.made.connect(self.adopt)

    @Slot(object)
    def adopt(self, page: Page) -> None:
        """Divide the splits of a page as they were divided last, and hear of it when the user moves one."""
        self._adopt_splits(page)
        page.results_made.connect(lambda: self._adopt_splits(page))

    def _adopt_splits(self, page: Page) -> None:
        for split in page.findChildren(Split):
            split.restore(self.shares.get(split.name, []))
            split.changed.connect(lambda split=split: self._keep(split))

    def _keep(self, split: Split) -> None:
        if split.shares:
            self.shares[split.name] = split.shares
        else:
            self.shares.pop(split.name, None)

    def fill_page(self) -> None:
        """Let the card that is looked at fill the page, or show all again."""
        if self.pages.started:
            self.pages.fill.toggle(self.pages.current)

    def reset(self) -> None:
        """Lay out all pages as at the first start."""
        self.pages.fill.leave()
        self.shares.clear()
        for split in self.pages.findChildren(Split):
            split.reset()
        self.side.set_width_to_read(TO_READ)

    @contextmanager
    def plain(self, normal_size: AbstractContextManager[None]) -> Iterator[None]:
        """Context in which pictures are drawn: of pages with all their cards, and of text of the normal size."""
        with self.pages.fill.suspended(), normal_size:
            yield

    def commands(self) -> list[MenuCommand]:
        """The entries of the menu View."""
        fill = tr("Let the card with the keyboard focus, or under the mouse, fill the page; F10 or Esc shows all again")
        reset = tr("Divide all pages as at the first start, and show all their cards")
        return [
            MenuCommand(Menu.VIEW, "fill-page", tr("Fill the page with a card"), self.fill_page, "F10", fill, group=6),
            MenuCommand(Menu.VIEW, "reset-layout", tr("Reset layout"), self.reset, tip=reset, group=6),
        ]
