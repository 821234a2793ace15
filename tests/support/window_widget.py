"""A window as Qt sees it: size, focus, keys, menus, what is dropped on it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.mnemonics import plain
from gui.window.main_window import MainWindow
from gui.window.open_window import make_window
from gui.window.preferences import Preferences
from model.base.language import tr
from model.config.config import Config
from tests.support.window_parts import WindowParts
from tests.support.windows import TIMEOUT_MS, AnyWidget, commands, visible

NO_KEY = Qt.KeyboardModifier.NoModifier


class WindowWidget:
    """One window; `widget` is for what only Qt does with it."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._parts = WindowParts(window)

    @classmethod
    def made(cls, path: Path, config: Config, *, note: str = "", library: Path | None = None, **settings: Any) -> Self:
        """A window that begins with this config, and keeps its settings at `path`."""
        window = MainWindow(Preferences(config=config.to_json(), **settings), note, path, library)
        window.build()
        return cls(window)

    @classmethod
    def started(cls, path: Path, prepare: Callable[[MainWindow], object] = lambda window: None) -> Self:
        """A window as the program makes it from the settings at `path`, filled before its frame is painted."""
        window = make_window(path, prepare=prepare)
        window.framed.emit()
        return cls(window)

    @classmethod
    def alive(cls) -> list[Self]:
        """The windows of this process that are more than a frame, also those that are closed but not deleted."""
        windows = (each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))
        return [cls(each) for each in windows if each.filled]

    @property
    def widget(self) -> QWidget:
        """The window itself."""
        return self._window

    def show(self) -> None:
        """Show it, and wait for nothing."""
        self._window.show()

    def close(self) -> None:
        """Close it as a user does."""
        self._window.close()

    def is_visible(self) -> bool:
        """Whether it is on the screen."""
        return self._window.isVisible()

    def activate(self, qtbot: QtBot) -> None:
        """Bring it to the front, where keys go to it."""
        self._window.activateWindow()
        qtbot.waitUntil(self._window.isActiveWindow, timeout=TIMEOUT_MS)

    def is_active(self) -> bool:
        """Whether keys go to it."""
        return self._window.isActiveWindow()

    @property
    def size(self) -> tuple[int, int]:
        """Its width and height in pixels."""
        return self._window.width(), self._window.height()

    @property
    def place(self) -> tuple[QRect, Qt.WindowState]:
        """Where it is on the screen, and whether it is maximised or fills the screen."""
        return self._window.geometry(), self._window.windowState()

    def maximise(self) -> None:
        """Have it fill the screen but for the bars of the desktop."""
        self._window.showMaximized()

    def restore(self) -> None:
        """Have it fill the screen no longer."""
        self._window.showNormal()

    @property
    def smallest_size(self) -> tuple[int, int]:
        """What its content needs at least, in pixels."""
        hint = self._window.minimumSizeHint()
        return hint.width(), hint.height()

    def resize(self, width: int, height: int) -> None:
        """Give it another size in pixels."""
        self._window.resize(width, height)

    def grab(self) -> QPixmap:
        """A picture of it."""
        return self._window.grab()

    def visible(self, kind: type[AnyWidget]) -> list[AnyWidget]:
        """The widgets of some kind that the user sees."""
        return visible(self._window, kind)

    @property
    def focus(self) -> QWidget:
        """The widget that keys go to."""
        return self._window.focusWidget()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEY) -> None:
        """Press a key wherever the focus is."""
        QTest.keyClick(self.focus, key, modifiers)
        QApplication.processEvents()

    def menu(self, title: str) -> QMenu:
        """A menu of the menu bar."""
        (found,) = [action.menu() for action in self._window.menuBar().actions() if action.text() == title]
        assert isinstance(found, QMenu)
        return found

    def actions(self) -> Iterator[QAction]:
        """Every command of the menu bar."""
        for action in self._window.menuBar().actions():
            yield from commands(self.menu(action.text()))

    def action(self, text: str) -> QAction:
        """The one command of the menu bar with this text, in English or as it is shown, whatever its capitals."""
        wanted = {text.lower(), tr(text).lower()}
        (found,) = [action for action in self.actions() if plain(action.text()).lower() in wanted]
        return found

    def action_named(self, name: str) -> QAction:
        """The entry of a menu whose text changes, by its name."""
        return next(each for each in self.actions() if each.objectName() == name)

    def trigger(self, text: str) -> None:
        """Choose a command of the menu bar."""
        self.action(text).trigger()

    def drop(self, *urls: QUrl) -> bool:
        """Drag something over the window and let it go; whether the window would take it."""
        data = QMimeData()
        data.setUrls(list(urls))
        copy, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        enter = QDragEnterEvent(QPoint(50, 50), copy, data, button, NO_KEY)
        enter.ignore()
        QApplication.sendEvent(self._window, enter)
        if enter.isAccepted():
            QApplication.sendEvent(self._window, QDropEvent(QPointF(50, 50), copy, data, button, NO_KEY))
        return enter.isAccepted()
