"""What a window tells in passing: what is drawn, spoken by itself, tooltips that are shown, choices of files, boxes."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QFileDialog, QToolTip, QWidget

from gui.export.picture import svg
from model.exports.plot_table import PlotTable
from tests.support.pseudo_language import pseudo
from tests.support.screen_reader import Speech

DRAWN = re.compile(r"<text\b[^>]*>(.*?)</text>", re.DOTALL)
AT_ONCE_MS = 50  # until a box that waits for an answer is there
KEYS = "QShortcut"  # where Qt keeps names of keys


def drawn_texts(widget: QWidget) -> set[str]:
    """Every text that is painted in a widget, by whatever paints it."""
    return {unescape(text).strip() for text in DRAWN.findall(svg(widget, 1, None).decode())}


class PseudoTranslator(QTranslator):
    """Has Qt's own texts in the pseudo-language, but for the names of keys."""

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        return text if context == KEYS or not text else pseudo(text)

    def isEmpty(self) -> bool:  # noqa: N802  Qt's name
        return False


class Asides:
    """Hears in `texts` what else is told; whoever asks for a file is given one in `folder`, or none to open."""

    def __init__(self, patch: pytest.MonkeyPatch, folder: Path) -> None:
        self.speech, self.told, self.folder = Speech(patch), list[str](), folder
        self._columns, self._csv = set[str](), PlotTable.csv
        patch.setattr(PlotTable, "csv", lambda table: self._copied(table))  # noqa: PLW0108  a bound method is bound no more
        patch.setattr(QToolTip, "showText", self._tooltip)
        patch.setattr(QFileDialog, "getSaveFileName", self._saved)
        patch.setattr(QFileDialog, "getOpenFileName", self._opened)
        patch.setattr(QFileDialog, "getExistingDirectory", self._folder)

    @property
    def texts(self) -> list[str]:
        """All that has been told so far."""
        return self.speech.texts + self.told

    def without_columns(self, text: str) -> str:
        """A text without the names of the columns that a copied table has, which are of the file."""
        for columns in self._columns:
            text = text.replace(columns, "")
        return text

    def _copied(self, table: PlotTable) -> str:
        self._columns.add(", ".join(table.columns))
        return self._csv(table)

    def _tooltip(self, place: QPoint, text: str, *_: object) -> None:
        self.told.append(text)

    def _saved(self, over: QWidget, title: str, proposal: str = "", kinds: str = "") -> tuple[str, str]:
        self.told += [title, *kinds.split(";;")]
        return str(self.folder / Path(proposal).name), kinds.partition(";;")[0]

    def _opened(self, over: QWidget, title: str, folder: str = "", kinds: str = "") -> tuple[str, str]:
        self.told += [title, *kinds.split(";;")]
        return "", ""

    def _folder(self, over: QWidget, title: str, *_: object) -> str:
        self.told.append(title)
        return ""

    def close_boxes(self, read: Callable[[], set[str]]) -> None:
        """A little later, when a box waits for an answer or a menu is open, read all that it says and close it."""
        QTimer.singleShot(AT_ONCE_MS, lambda: self._close(read))

    def _close(self, read: Callable[[], set[str]]) -> None:
        for box in (QApplication.activeModalWidget(), QApplication.activePopupWidget()):
            if box:
                self.told += read()
                box.close()
