"""The menu bar, made from the commands that the parts of the window declare."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtGui import QAction, QActionGroup, QFont, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from gui.style.typeface import loaded
from gui.widgets.command import LazyMenu, Menu, MenuCommand
from gui.widgets.mnemonics import mark_titles, mark_when_opened
from model.base.language import language, tr

Entry = MenuCommand | LazyMenu


def build_menus(bar: QMenuBar, entries: Sequence[Entry]) -> None:
    """Fill the menu bar: in each menu by group, within a group in the order of declaration."""
    builder = _Builder(bar)
    for entry in sorted(entries, key=lambda entry: entry.group):
        builder.add(entry)
    builder.mark()


class _Builder:
    def __init__(self, bar: QMenuBar) -> None:
        self.menus = {str(menu): bar.addMenu(tr(menu)) for menu in Menu}
        self.groups: dict[str, int] = {}  # of the last entry of each menu
        self.choices: dict[str, QActionGroup] = {}
        for menu, made in zip(Menu, self.menus.values(), strict=True):
            made.menuAction().setObjectName(menu.name)
            made.setToolTipsVisible(True)
        self.bar = bar

    def mark(self) -> None:
        """Let the keyboard choose menus and entries by a letter."""
        mark_titles(self.bar)
        for menu in self.menus.values():
            mark_when_opened(menu)

    def add(self, entry: Entry) -> None:
        menu = self._menu(entry.menu, entry.group)
        if isinstance(entry, LazyMenu):
            menu.aboutToShow.connect(partial(_fill_once, menu, entry))
            return
        self._part(entry.menu, entry.group)
        action = QAction(entry.text, menu)
        action.setObjectName(entry.name)
        action.setToolTip(entry.tip)
        action.setShortcuts([QKeySequence(key) for key in (entry.key, entry.also) if key])
        action.triggered.connect(partial(_call, entry))
        if entry.possible is not None:
            action.setEnabled(False)
            entry.possible.connect(action.setEnabled)
        if entry.worded is not None:
            entry.worded.connect(action.setText)
        if entry.exclusive or entry.ticked is not None:
            action.setCheckable(True)
            action.setChecked(entry.checked)
        if entry.ticked is not None:
            entry.ticked.connect(action.setChecked)
        if entry.language not in ("", language()):
            menu.aboutToShow.connect(partial(_dress, action, entry.language))
        if entry.exclusive:
            self.choices.setdefault(entry.menu, QActionGroup(menu)).addAction(action)
        menu.addAction(action)

    def _menu(self, path: str, group: int) -> QMenu:
        """The menu of this path, made with those above it where it is not there yet."""
        if path not in self.menus:
            above, _, text = path.rpartition("/")
            parent = self._menu(above, group)
            self._part(above, group)
            self.menus[path] = parent.addMenu(tr(text))
            self.menus[path].menuAction().setObjectName(text)
            self.menus[path].setToolTipsVisible(True)
        return self.menus[path]

    def _part(self, path: str, group: int) -> None:
        if self.groups.setdefault(path, group) != group:
            self.menus[path].addSeparator()
            self.groups[path] = group


def _call(command: MenuCommand, _checked: bool = False) -> None:
    command.slot()


def _dress(action: QAction, language: str) -> None:
    """Give an entry in another language that language's typefaces, which are loaded only now."""
    font = QFont()
    font.setFamilies(loaded(language))
    action.setFont(font)


def _fill_once(menu: QMenu, entry: LazyMenu) -> None:
    if menu.isEmpty():
        entry.fill(menu)
