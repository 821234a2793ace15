"""The data sets that were opened last, as a menu."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from model.base.language import message, tr

MOST = 10
NONE_YET = message("None has been opened yet")
GONE = message("It is not there any more.")


class RecentData(QObject):
    """Paths of the data sets opened last, the newest first; `chosen` carries the one that is wanted again."""

    chosen = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.paths: list[str] = []

    def add(self, path: str) -> None:
        """Put a path first."""
        self.paths = [path, *(each for each in self.paths if each != path)][:MOST]

    def fill(self, menu: QMenu) -> None:
        """Fill a menu with what there is whenever it is opened."""
        menu.aboutToShow.connect(partial(self._fill, menu))
        self._fill(menu)

    def _fill(self, menu: QMenu) -> None:
        from model.data.reading.opening import is_there

        menu.clear()
        for number, path in enumerate(self.paths, 1):
            key = f"&{number}" if number < MOST else "1&0"
            action = menu.addAction(f"{key}  {_short(path)}")
            there = is_there(path)
            action.setEnabled(there)
            action.setToolTip(path if there else f"{path}\n{tr(GONE)}")
            action.triggered.connect(partial(self._choose, path))
        if not self.paths:
            menu.addAction(tr(NONE_YET)).setEnabled(False)

    def _choose(self, path: str, _checked: bool = False) -> None:
        self.chosen.emit(path)


def _short(path: str) -> str:
    """The end of a path that tells it from others, with no mark of a key."""
    parts = Path(path).parts
    return ("/".join(parts[-2:]) if len(parts) > 2 else path).replace("&", "&&")
