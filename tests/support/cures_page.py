"""The search for a cure in a window, as tests use it: its list, and what stands on the line at the bottom."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.cures.cure_list import CureList
from gui.cures.cure_row_delegate import MARK_X
from gui.cures.cure_rows import CureRow
from gui.widgets.side_tabs import CURED
from model.cures.search import CureSearch
from tests.support.window_parts import WindowParts
from tests.support.windows import TIMEOUT_MS


class CuresPage:
    """What was tried to cure a run."""

    def __init__(self, parts: WindowParts) -> None:
        self._parts = parts

    @property
    def widget(self) -> CureList:
        """The list with its head."""
        return self._parts.window.content.cure_list

    @property
    def search(self) -> CureSearch:
        """The search that goes on, or went on last."""
        found = self.widget.finder.search
        assert found is not None
        return found

    @property
    def rows(self) -> list[CureRow]:
        """What is listed, from the top."""
        self.widget.update_text()
        return self.widget.table.rows

    @property
    def labels(self) -> list[str]:
        """The changes that are listed, from the top."""
        return [row.result.trial.label for row in self.rows]

    def is_visible(self) -> bool:
        """Whether the list shows."""
        return self.widget.isVisible()

    def has_tab(self) -> bool:
        """Whether there is a tab for it."""
        return not self._parts.side.buttons[CURED].isHidden()

    def is_busy(self) -> bool:
        """Whether the search goes on."""
        return self.widget.finder.busy

    def press(self) -> None:
        """Press the button that stops the search, or goes on with it."""
        assert self.widget.button.isVisible()
        self.widget.button.click()

    @property
    def button_text(self) -> str:
        """What that button would do; '' where there is none."""
        self.widget.update_text()
        return self.widget.button.text() if self.widget.button.isVisible() else ""

    @property
    def said(self) -> str:
        """What the search found, in a sentence."""
        self.widget.update_text()
        return self.widget.sentence.text()

    def wait_until_found(self, qtbot: QtBot) -> None:
        """Wait until nothing is left to be tried."""
        qtbot.waitUntil(lambda: self.search.finished, timeout=TIMEOUT_MS)
        self.widget.update_text()

    def wait_for(self, count: int, qtbot: QtBot) -> None:
        """Wait until so many changes have been tried."""
        qtbot.waitUntil(lambda: len(self.search.results) >= count, timeout=TIMEOUT_MS)
        self.widget.update_text()

    def click(self, label: str) -> None:
        """Click the change that is called so, which opens its run."""
        self._click(label, 120)

    def click_mark(self, label: str) -> None:
        """Click the mark before a change, which keeps its run."""
        self._click(label, MARK_X)

    def _click(self, label: str, x: int) -> None:
        view = self.widget.view
        place = view.visualRect(self.widget.table.index(self.labels.index(label)))
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, place.center().y()))

    def choose(self, label: str) -> None:
        """Move the keyboard's cursor to a change."""
        self.widget.view.setFocus()
        self.widget.view.setCurrentIndex(self.widget.table.index(self.labels.index(label)))

    def press_key(self, key: Qt.Key) -> None:
        """Press a key with the list in focus."""
        QTest.keyClick(self.widget.view, key)

    def press_status_button(self) -> None:
        """Press the button beside the verdict."""
        button = self._parts.status.cure
        assert button.isVisible()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
