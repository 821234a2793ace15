"""Copies what plots show as CSV to the clipboard: from their context menu, from the menu bar, and by key."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from gui.pages.page_stack import PageStack
from gui.widgets.command import MenuCommand
from gui.widgets.mnemonics import mark_when_opened
from model.base import number_format
from model.base.language import english, message, tr

if TYPE_CHECKING:
    from gui.widgets.card import Card
    from model.exports.plot_table import PlotTable, Tables

COPY_DATA = message("Copy data")
KEY = "Ctrl+Shift+D"
TIP = message("Put the numbers that are shown on the clipboard as CSV, for a spreadsheet, pandas or R")
NOTHING = message("There is no data to copy yet; press Train.")


class DataCommands(QObject):
    """Copies tables; `said` tells what is on the clipboard. A choice among several lies over `parent`."""

    said = Signal(str)

    def __init__(self, pages: PageStack, parent: QWidget) -> None:
        super().__init__(parent)
        self.pages, self.over = pages, parent

    def copy(self, make: "Callable[[], PlotTable]") -> None:
        """Put a table on the clipboard."""
        with english():
            table = make()
            text, columns = table.csv(), ", ".join(table.columns)
        QGuiApplication.clipboard().setText(text)
        rows = number_format.count(len(table.rows))
        self.said.emit(tr("On the clipboard as CSV: {rows} rows of {columns}.", rows=rows, columns=columns))

    def fill(self, menu: QMenu, tables: "Tables") -> None:
        """Add the command to a menu; several tables are in a menu of their own."""
        several = len(tables) > 1
        if several:
            menu = menu.addMenu(tr(COPY_DATA))
        for name, make in tables.items():
            action = menu.addAction(name if several else tr(COPY_DATA))
            action.setToolTip(tr(TIP))
            action.triggered.connect(partial(self._copy, make))
        if not tables:
            menu.addAction(tr(COPY_DATA)).triggered.connect(partial(self.said.emit, tr(NOTHING)))

    def _copy(self, make: "Callable[[], PlotTable]", _checked: bool = False) -> None:
        self.copy(make)

    def copy_page(self) -> None:
        """Copy the table of the page that shows, or offer its tables."""
        if self.pages.started:
            self._offer(self.pages.current.tables(), self.pages.current)

    def copy_card(self, card: "Card") -> None:
        """Copy the table of a card, or offer its tables."""
        self._offer(card.tables(), card)

    def _offer(self, tables: "Tables", over: QWidget) -> None:
        if not tables:
            self.said.emit(tr(NOTHING))
        elif len(tables) == 1:
            self.copy(*tables.values())
        else:
            menu = QMenu(self.over)
            for name, make in tables.items():
                menu.addAction(name).triggered.connect(partial(self._copy, make))
            menu.setActiveAction(menu.actions()[0])
            mark_when_opened(menu)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(over.mapToGlobal(QPoint(over.width() // 3, over.height() // 3)))

    def command(self, menu: str, name: str, slot: Callable[[], object], *, key: str = "") -> MenuCommand:
        """The entry of a menu that copies the data of the picture called `name`."""
        return MenuCommand(menu, f"{name}.data", tr(COPY_DATA), slot, key, tr(TIP), group=2)
