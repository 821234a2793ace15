"""The window without a mouse and without eyes: shortcuts, focus, names for screen readers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QMessageBox,
    QProgressBar,
    QSlider,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.window.main_window import MainWindow
from model.config.presets import PRESETS
from tests.support.windows import (
    LONG,
    TIMEOUT_MS,
    OpenWindow,
    commands,
    dashboard_of,
    menu_of,
    reached,
    run_log_of,
    running,
    visible,
)

CONTROL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)


def menu_actions(window: MainWindow) -> list[QAction]:
    """Every command in the menu bar."""
    menus = [action.text() for action in window.menuBar().actions()]
    return [action for menu in menus for action in commands(menu_of(window, menu))]


def press(window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press a key wherever the focus is."""
    QTest.keyClick(window.focusWidget(), key, modifiers)
    QApplication.processEvents()


@pytest.fixture
def window(open_window: OpenWindow, qtbot: QtBot) -> MainWindow:
    """A window in front, with a run of many iterations."""
    made = open_window(LONG)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=TIMEOUT_MS)
    return made


def test_that_train_has_the_focus_at_the_start_and_space_presses_it(window: MainWindow) -> None:
    assert window.focusWidget() is window.transport.train
    press(window, Qt.Key.Key_Space)
    assert running(window)


def test_that_f5_trains_and_pauses_and_shift_f5_stops(window: MainWindow, qtbot: QtBot) -> None:
    press(window, Qt.Key.Key_F5)
    assert running(window)
    assert "Pause" in window.transport.train.text()
    press(window, Qt.Key.Key_F5)
    assert not running(window)
    assert "Train" in window.transport.train.text()
    press(window, Qt.Key.Key_F5)
    press(window, Qt.Key.Key_F5, SHIFT)
    qtbot.waitUntil(lambda: window.session.ended, timeout=TIMEOUT_MS)


def test_that_f6_and_f7_step_and_f8_resets(window: MainWindow, qtbot: QtBot) -> None:
    press(window, Qt.Key.Key_F6)
    reached(window, 1, qtbot)
    press(window, Qt.Key.Key_F7)
    reached(window, 11, qtbot)
    assert run_log_of(window).iteration == 11
    press(window, Qt.Key.Key_F8)
    assert run_log_of(window).iteration == 0


def test_that_keys_work_from_within_a_field(window: MainWindow, qtbot: QtBot) -> None:
    window.panel.editors["learning_rate"].widget.setFocus()
    press(window, Qt.Key.Key_F6)
    reached(window, 1, qtbot)
    press(window, Qt.Key.Key_5, CONTROL)
    assert window.panel.presets.currentText() == PRESETS[4].label


def test_that_control_and_a_digit_choose_a_preset(window: MainWindow) -> None:
    for number, preset in enumerate(PRESETS[:9], 1):
        press(window, Qt.Key(Qt.Key.Key_0 + number), CONTROL)
        assert window.panel.presets.currentText() == preset.label


def test_that_the_other_keys_do_what_their_menus_say(window: MainWindow) -> None:
    press(window, Qt.Key.Key_L, CONTROL)
    assert dashboard_of(window).loss.log.isChecked()
    press(window, Qt.Key.Key_Down, CONTROL)
    assert window.transport.speed.value() == window.transport.speed.maximum() - 1
    press(window, Qt.Key.Key_Up, CONTROL)
    assert window.transport.speed.value() == window.transport.speed.maximum()
    layers = len(window.panel.config.hidden)
    press(window, Qt.Key.Key_Plus, CONTROL)
    assert len(window.panel.config.hidden) == layers + 1
    dashboard_of(window).loss.plot.box.setRange(xRange=(10, 20))
    press(window, Qt.Key.Key_0, CONTROL)
    assert dashboard_of(window).loss.plot.ranges()[0][1] > 1000
    press(window, Qt.Key.Key_C, CONTROL | SHIFT)
    assert QApplication.clipboard().image().width() == 2 * dashboard_of(window).width()
    press(window, Qt.Key.Key_Q, CONTROL)
    assert not window.isVisible()


def test_that_no_two_commands_share_a_key(window: MainWindow) -> None:
    keys = [action.shortcut().toString() for action in menu_actions(window) if not action.shortcut().isEmpty()]
    assert len(keys) == len(set(keys)) > 20


def test_that_the_buttons_tooltips_name_the_key_of_their_command(window: MainWindow) -> None:
    buttons = {"train": "Train or pause", "step": "Step", "step10": "Step 10", "reset": "Reset", "stop": "Stop"}
    for name, command in buttons.items():
        (action,) = [action for action in menu_actions(window) if action.text() == command]
        key = action.shortcut().toString(QKeySequence.SequenceFormat.PortableText)
        assert f"({key})" in getattr(window.transport, name).toolTip()


def name_of(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text


def test_that_everything_that_can_be_used_has_a_name_and_a_tooltip(window: MainWindow) -> None:
    window.resize(1600, 2000)
    kinds = (QAbstractButton, QAbstractSpinBox, QComboBox, QSlider)
    found = [each for kind in kinds for each in visible(window, kind)]
    assert len(found) > 30
    for widget in found:
        if widget.objectName() in ("qt_menubar_ext_button",):
            continue
        where = f"{type(widget).__name__} '{widget.objectName()}' in {type(widget.parentWidget()).__name__}"
        assert any(letter.isalnum() for letter in name_of(widget)), where
        assert widget.toolTip(), f"{where}: {name_of(widget)}"
    for bar in visible(window, QProgressBar):
        assert bar.accessibleName()


def test_that_names_tell_fields_apart(window: MainWindow) -> None:
    names = [name_of(each) for kind in (QAbstractSpinBox, QComboBox, QSlider) for each in visible(window, kind)]
    assert len(names) == len(set(names))


def test_that_tab_reaches_every_button_and_field(window: MainWindow) -> None:
    window.resize(1600, 2000)
    wanted = {
        each
        for kind in (QAbstractSpinBox, QComboBox, QSlider, QAbstractButton)
        for each in visible(window, kind)
        if each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    reached_so_far: set[QWidget] = set()
    for _ in range(3 * len(wanted)):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        reached_so_far.add(window.focusWidget())
        focus = window.focusWidget()
        group = focus.group() if isinstance(focus, QAbstractButton) else None
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Left):  # Tab leads to a group, arrows through it and back to the page
            for _ in group.buttons() if group else ():
                QTest.keyClick(window.focusWidget(), key)
                reached_so_far.add(window.focusWidget())
    assert len(wanted) > 25
    assert wanted <= reached_so_far


def test_that_the_about_box_names_data_and_typeface(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "about", lambda *words: said.append(words[-1]))
    (action,) = [action for action in menu_actions(window) if action.text() == "About Layerscope"]
    action.trigger()
    assert "CC BY-SA 3.0" in said[0]
    assert "Inter" in said[0]
