"""Whoever uses a window without a mouse: presses keys, which go where Qt has them go, and reads what has the focus."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.mnemonics import letter_of
from tests.support.focus_walk import MOST_STOPS, described
from tests.support.window_page import WindowPage
from tests.support.windows import TIMEOUT_MS

Key = Qt.Key
NONE, ALT, CONTROL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
ANSWER_MS = 20  # between two looks for a dialog that is awaited


def name_of(widget: QWidget) -> str:
    """What a screen reader calls a widget."""
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


class Keyboard:
    """The keys of one window. Nothing here knows a slot, a signal or a mouse."""

    def __init__(self, window: WindowPage, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot
        window.activate(qtbot)

    @property
    def focus(self) -> QWidget:
        """What the next key goes to, which can be seen."""
        popup = QApplication.activePopupWidget()
        widget: QWidget | None = popup.focusWidget() if popup is not None else QApplication.focusWidget()
        found = popup if widget is None else widget
        assert found is not None, "the keyboard is nowhere"
        assert found.isVisible(), f"the keyboard is in what does not show: {described(found)}"
        assert found.isEnabled(), f"the keyboard is in what takes no keys: {described(found)}"
        return found

    def is_at(self, widget: QWidget) -> bool:
        """Whether the next key goes to a widget."""
        return self.focus is widget

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, *, times: int = 1) -> QWidget:
        """Press a key as the platform reports it; returns what has the focus then."""
        for _ in range(times):
            self.send(key, modifiers)
        return self.focus

    def send(self, key: Qt.Key | str, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """The same for a key that may close what has the focus."""
        assert self.focus is not None  # no more: Python may have lost what holds the list of a box by now
        QTest.keyClick(QGuiApplication.focusWindow(), key, modifiers)  # type: ignore[arg-type]  # it takes letters too
        QApplication.processEvents()

    def write(self, text: str) -> None:
        """Type a text."""
        for letter in text:
            self.send(letter)

    def wait(self, done: Callable[[], object]) -> None:
        """Look at the window until something is to be seen."""
        self.qtbot.waitUntil(lambda: bool(done()), timeout=TIMEOUT_MS)
        QApplication.processEvents()

    def tab_to(self, wanted: str | QWidget, *, back: bool = False) -> QWidget:
        """Press Tab, or Shift and Tab, until it has come to a widget, or to one with this name."""
        passed = []
        for _ in range(MOST_STOPS):
            focus = self.press(Key.Key_Backtab, SHIFT) if back else self.press(Key.Key_Tab)
            if focus is wanted or name_of(focus) == wanted:
                assert self.in_sight(focus), f"{described(focus)} has the focus out of sight"
                return focus
            passed.append(described(focus))
        raise AssertionError(f"Tab does not lead to {wanted}, but to {list(dict.fromkeys(passed))}")

    def in_sight(self, widget: QWidget) -> bool:
        """Whether some of a widget is to be seen, and not scrolled away."""
        QApplication.processEvents()
        place, part = widget.rect(), widget
        while not part.isWindow() and (around := part.parentWidget()):
            place = place.translated(part.pos()).intersected(around.rect())
            part = around
        return not place.isEmpty()

    def open_menu(self, name: str) -> QMenu:
        """Open a menu of the menu bar by its letter."""
        (title,) = [action for action in self.window.widget.menuBar().actions() if action.objectName() == name]  # type: ignore[attr-defined]
        self.press(self._letter(title), ALT)
        menu = QApplication.activePopupWidget()
        assert menu is title.menu()
        assert isinstance(menu, QMenu)
        return menu

    def choose_by_letter(self, menu: QMenu, name: str) -> None:
        """Choose an entry of an open menu by its letter."""
        (action,) = [action for action in menu.actions() if action.objectName() == name]
        self.send(self._letter(action))

    def _letter(self, action: QAction) -> Qt.Key:
        return Key(Key.Key_A.value + ord(letter_of(action.text())) - ord("a"))

    def choose(self, *path: str) -> None:
        """Open a menu by its letter, go through it by arrow keys, and choose; entries by their names, not their texts.

        The first is a menu of the menu bar.
        """
        self.open_menu(path[0])
        for depth, name in enumerate(path[1:], 1):
            action = self._go_to(name)
            if depth < len(path) - 1:
                self.press(Key.Key_Right)
                assert QApplication.activePopupWidget() is action.menu()
        self.send(Key.Key_Return)

    def choose_here(self, name: str) -> None:
        """Choose an entry of the menu that is open."""
        self._go_to(name)
        self.send(Key.Key_Return)

    def _go_to(self, name: str) -> QAction:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu), "no menu is open"
        for _ in menu.actions():
            action: QAction | None = menu.activeAction()  # none is active in a menu that has just opened
            if action is not None and action.objectName() == name:
                return action
            self.press(Key.Key_Down)
        raise AssertionError(f"no arrow key leads to {name}")

    def answer(self, type_in: Callable[[QDialog], None], opener: Callable[[], None]) -> None:
        """Do what opens a dialog that stops all else, and use the keys in it: `type_in` has to close it."""
        done, failed = list[QDialog](), list[BaseException]()

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, QDialog) or not dialog.isActiveWindow() or done:
                return
            done.append(dialog)
            try:
                type_in(dialog)
            except BaseException as error:
                failed.append(error)
            finally:
                if dialog.isVisible():
                    dialog.reject()

        timer = QTimer(interval=ANSWER_MS)
        timer.timeout.connect(look)
        timer.start()
        opener()
        self.qtbot.waitUntil(lambda: bool(done), timeout=TIMEOUT_MS)
        timer.stop()
        if failed:
            raise failed[0]
        self.window.activate(self.qtbot)  # as a window manager does when what lay over it has gone

    def type_path(self, path: Path, opener: Callable[[], None]) -> None:
        """Do what asks for a file or a folder, and type its path in the place of what is proposed."""

        def type_in(dialog: QDialog) -> None:
            assert isinstance(dialog, QFileDialog)
            self.press(Key.Key_A, CONTROL)
            self.write(str(path))
            self.send(Key.Key_Return)
            self.qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=TIMEOUT_MS)

        self.answer(type_in, opener)
