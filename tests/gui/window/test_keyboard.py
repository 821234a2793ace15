"""The window without a mouse and without eyes: shortcuts, focus, names for screen readers."""

from collections import Counter

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QMenu,
    QMenuBar,
    QMessageBox,
    QProgressBar,
    QSlider,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.controls.transport_bar import SPEEDS
from gui.widgets.mnemonics import LETTERS, letter_of, plain
from model.base.run_settings import Section
from model.config.presets import PRESETS
from model.config.views import PageKind
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import LONG

CONTROL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)


@pytest.fixture
def window(open_window: OpenWindow, qtbot: QtBot) -> WindowPage:
    """A window in front, with a run of many iterations and all settings unfolded."""
    made = open_window(LONG, unfolded=[section.key for section in Section])
    made.activate(qtbot)
    return made


def test_that_train_has_the_focus_at_the_start_and_space_presses_it(window: WindowPage) -> None:
    assert window.focus is window.button("train")
    window.press(Qt.Key.Key_Space)
    assert window.run.is_running()


def test_that_f5_trains_and_pauses_and_shift_f5_stops(window: WindowPage, qtbot: QtBot) -> None:
    window.press(Qt.Key.Key_F5)
    assert window.run.is_running()
    assert "Pause" in window.button("train").text()
    window.press(Qt.Key.Key_F5)
    assert not window.run.is_running()
    assert "Train" in window.button("train").text()
    window.press(Qt.Key.Key_F5)
    window.press(Qt.Key.Key_F5, SHIFT)
    window.wait_until_ended(qtbot)


def test_that_f6_and_f7_step_and_f8_resets(window: WindowPage, qtbot: QtBot) -> None:
    window.press(Qt.Key.Key_F6)
    window.wait_until_reached(1, qtbot)
    window.press(Qt.Key.Key_F7)
    window.wait_until_reached(11, qtbot)
    assert window.run.iteration == 11
    window.press(Qt.Key.Key_F8)
    assert window.run.iteration == 0


def test_that_keys_work_from_within_a_field(window: WindowPage, qtbot: QtBot) -> None:
    window.settings.field("learning_rate").setFocus()
    window.press(Qt.Key.Key_F6)
    window.wait_until_reached(1, qtbot)
    window.press(Qt.Key.Key_5, CONTROL)
    assert window.settings.preset_text == PRESETS[4].label


def test_that_control_and_a_digit_choose_a_preset(window: WindowPage) -> None:
    for number, preset in enumerate(PRESETS[:9], 1):
        window.press(Qt.Key(Qt.Key.Key_0 + number), CONTROL)
        assert window.settings.preset_text == preset.label


def test_that_the_other_keys_do_what_their_menus_say(window: WindowPage) -> None:
    window.press(Qt.Key.Key_L, CONTROL)
    assert window.board.loss.log.isChecked()
    window.press(Qt.Key.Key_Down, CONTROL)
    assert window.speed == SPEEDS[-2]
    window.press(Qt.Key.Key_Up, CONTROL)
    assert window.speed == SPEEDS[-1]
    layers = len(window.settings.config.hidden)
    window.press(Qt.Key.Key_A, CONTROL | SHIFT)
    assert len(window.settings.config.hidden) == layers + 1
    window.board.loss.plot.box.setRange(xRange=(10, 20))
    window.press(Qt.Key.Key_R, CONTROL)
    assert window.board.loss.plot.ranges()[0][1] > 1000
    window.press(Qt.Key.Key_C, CONTROL | SHIFT)
    assert QApplication.clipboard().image().width() == 2 * window.board.width()
    window.press(Qt.Key.Key_Q, CONTROL)
    assert not window.is_visible()


def keys_in(window: WindowPage) -> Counter[tuple[str, QObject | None]]:
    """How many commands each key has, in the window or in the one widget where it counts."""
    found: Counter[tuple[str, QObject | None]] = Counter()
    actions = [(each, each.shortcuts(), each.shortcutContext()) for each in window.widget.findChildren(QAction)]
    shortcuts = [(each, each.keys(), each.context()) for each in window.widget.findChildren(QShortcut)]
    for command, keys, context in (*actions, *shortcuts):
        local = context in (Qt.ShortcutContext.WidgetShortcut, Qt.ShortcutContext.WidgetWithChildrenShortcut)
        found.update((key.toString(), command.parent() if local else None) for key in keys)
    return found


@pytest.mark.parametrize("page", PageKind)
def test_that_no_two_commands_share_a_key(window: WindowPage, page: PageKind) -> None:
    window.show_page(page)
    window.lessons.show()
    keys = keys_in(window)
    assert len(keys) > 50
    several = {key: number for (key, _), number in keys.items() if number > 1}
    assert set(several) <= {"Esc"}, "whom Esc ends first is for window/escape_order"


def test_that_every_menu_and_entry_has_a_letter_of_its_own(window: WindowPage) -> None:
    def check(menus: QMenu | QMenuBar) -> None:
        entries = [action for action in menus.actions() if not action.isSeparator()]
        letters = [letter_of(action.text()) for action in entries]
        assert all(letters[: len(LETTERS)]), [action.text() for action in entries]
        assert len(set(letters)) == len(letters), [action.text() for action in entries]
        assert not [action.text() for action in entries if "(&" in action.text()]
        for action in entries:
            if isinstance(below := action.menu(), QMenu):
                below.aboutToShow.emit()
                check(below)

    bar = window.widget.findChild(QMenuBar)
    assert bar
    check(bar)


def test_that_a_menus_letter_chooses_from_it(window: WindowPage, qtbot: QtBot) -> None:
    menu = window.menu("&Run")
    menu.popup(window.widget.mapToGlobal(window.widget.rect().center()))
    qtbot.waitUntil(menu.isVisible)
    letter = letter_of(next(each.text() for each in menu.actions() if plain(each.text()) == "Train or pause"))
    QTest.keyClicks(menu, letter)
    assert window.run.is_running()


def test_that_the_buttons_tooltips_name_the_key_of_their_command(window: WindowPage) -> None:
    buttons = {"train": "Train or pause", "step": "Step", "step10": "Step 10", "reset": "Reset", "stop": "Stop"}
    for name, command in buttons.items():
        key = window.action(command).shortcut().toString(QKeySequence.SequenceFormat.PortableText)
        assert f"({key})" in window.button(name).toolTip()


def name_of(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text


def test_that_everything_that_can_be_used_has_a_name_and_a_tooltip(window: WindowPage) -> None:
    window.resize(1600, 2000)
    kinds = (QAbstractButton, QAbstractSpinBox, QComboBox, QSlider)
    found = [each for kind in kinds for each in window.visible(kind)]
    assert len(found) > 30
    for widget in found:
        if widget.objectName() in ("qt_menubar_ext_button",):
            continue
        where = f"{type(widget).__name__} '{widget.objectName()}' in {type(widget.parentWidget()).__name__}"
        assert any(letter.isalnum() for letter in name_of(widget)), where
        assert widget.toolTip(), f"{where}: {name_of(widget)}"
    for bar in window.visible(QProgressBar):
        assert bar.accessibleName()


def test_that_names_tell_fields_apart(window: WindowPage) -> None:
    names = [name_of(each) for kind in (QAbstractSpinBox, QComboBox, QSlider) for each in window.visible(kind)]
    assert len(names) == len(set(names))


def test_that_tab_reaches_every_button_and_field(window: WindowPage) -> None:
    window.resize(1600, 2000)
    wanted = {
        each
        for kind in (QAbstractSpinBox, QComboBox, QSlider, QAbstractButton)
        for each in window.visible(kind)
        if each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    reached_so_far: set[QWidget] = set()
    for _ in range(3 * len(wanted)):
        QTest.keyClick(window.focus, Qt.Key.Key_Tab)
        reached_so_far.add(window.focus)
        focus = window.focus
        group = focus.group() if isinstance(focus, QAbstractButton) else None
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Left):  # Tab leads to a group, arrows through it and back to the page
            for _ in group.buttons() if group else ():
                QTest.keyClick(window.focus, key)
                reached_so_far.add(window.focus)
        if window.lessons.is_open():  # the first of its group, before the settings
            QTest.keyClick(window.focus, Qt.Key.Key_Right)
    assert len(wanted) > 25
    assert wanted <= reached_so_far


def test_that_the_about_box_names_data_and_typeface(window: WindowPage, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "about", lambda *words: said.append(words[-1]))
    window.trigger("About Layerscope")
    assert "CC BY-SA 3.0" in said[0]
    assert "Inter" in said[0]
