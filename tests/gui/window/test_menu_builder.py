"""The menu bar and the keyboard sheet are made from the commands that the parts declare."""

from collections import Counter

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar
from pytestqt.qtbot import QtBot

from gui.run_list.actions import RUN_ACTIONS
from gui.widgets.command import LazyMenu, Menu, MenuCommand
from gui.widgets.mnemonics import plain
from gui.window.help_commands import LIST, HelpSheet, keys_of
from gui.window.menu_builder import build_menus
from tests.support.catalogues import OfWords, speaking
from tests.support.window_page import OpenWindow


def texts(menu: QMenu) -> list[str]:
    return ["-" if action.isSeparator() else plain(action.text()) for action in menu.actions()]


def menu_named(bar: QMenuBar, title: str) -> QMenu:
    return next(menu for menu in bar.findChildren(QMenu) if menu.title() == title)


@pytest.fixture
def bar(qtbot: QtBot) -> QMenuBar:
    made = QMenuBar()
    qtbot.addWidget(made)
    return made


def nothing() -> None:
    """Stand in for what a command does."""


def test_that_groups_stand_in_their_order_and_are_parted(bar: QMenuBar) -> None:
    entries = [
        MenuCommand(Menu.FILE, "c", "Last", nothing, group=2),
        MenuCommand(Menu.FILE, "a", "First", nothing),
        MenuCommand(f"{Menu.FILE}/Within", "d", "Inside", nothing, group=1),
        MenuCommand(Menu.FILE, "b", "Second", nothing),
    ]
    build_menus(bar, entries)
    assert texts(menu_named(bar, Menu.FILE)) == ["First", "Second", "-", "Within", "-", "Last"]
    assert texts(menu_named(bar, "Within")) == ["Inside"]


def test_that_a_command_is_called_without_arguments_and_found_by_its_name(bar: QMenuBar) -> None:
    called: list[str] = []
    build_menus(bar, [MenuCommand(Menu.RUN, "go", "Go", lambda: called.append("go"), "F5", "Tip")])
    action = bar.findChild(QAction, "go")
    assert isinstance(action, QAction)
    action.trigger()
    assert called == ["go"]
    assert (action.shortcut(), action.toolTip()) == (QKeySequence("F5"), "Tip")


def test_that_menus_are_found_by_their_keys_and_called_in_the_language(bar: QMenuBar) -> None:
    entry = MenuCommand(f"{Menu.FILE}/Export &run", "all", "すべて", nothing)
    with speaking(OfWords({"&File": "ファイル(&F)", "Export &run": "実験の書き出し(&R)"})):
        build_menus(bar, [entry])
    assert texts(menu_named(bar, "ファイル(&F)")) == ["実験の書き出し"]
    assert texts(menu_named(bar, "実験の書き出し(&R)")) == ["すべて"]


def test_that_of_exclusive_choices_one_is_checked(bar: QMenuBar) -> None:
    choices = [MenuCommand(Menu.VIEW, name, name, nothing, exclusive=True, checked=name == "b") for name in "abc"]
    build_menus(bar, choices)
    made = {name: bar.findChild(QAction, name) for name in "abc"}
    assert [name for name, action in made.items() if action and action.isChecked()] == ["b"]
    assert made["c"]
    made["c"].trigger()
    assert [name for name, action in made.items() if action and action.isChecked()] == ["c"]


def test_that_a_lazy_menu_is_filled_once_when_it_is_opened(bar: QMenuBar) -> None:
    filled: list[QMenu] = []

    def fill(menu: QMenu) -> None:
        filled.append(menu)
        menu.addAction("One")

    build_menus(bar, [LazyMenu(f"{Menu.FILE}/Late", fill)])
    menu = menu_named(bar, "Late")
    assert not filled
    for _ in range(2):
        menu.aboutToShow.emit()
    assert texts(menu) == ["One"]
    assert len(filled) == 1


def test_that_every_command_of_the_window_has_a_name_and_a_key_of_its_own(open_window: OpenWindow) -> None:
    commands = [entry for entry in open_window().menu_entries if isinstance(entry, MenuCommand)]
    names, keys = Counter(each.name for each in commands), Counter(each.key for each in commands if each.key)
    assert max(names.values()) == 1
    assert max(keys.values()) == 1
    assert all(QKeySequence(key).toString() for key in keys), "Qt knows every key"


def test_that_the_keyboard_sheet_shows_every_key_there_is(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    declared = {each.key for each in window.menu_entries if isinstance(each, MenuCommand) and each.key}
    declared |= {each.key for each in RUN_ACTIONS if each.key}
    shown = keys_of(window.menu_entries)
    assert {key for keys in shown.values() for _, key in keys} == declared
    assert list(shown)[-1] == LIST
    window.trigger("Keyboard")
    (sheet,) = window.visible(HelpSheet)
    text = sheet.text.toPlainText()
    assert all(key in text for key in declared)
    sheet.close()
