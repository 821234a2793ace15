"""What the panel says of when a change counts: at once, live, or at Reset; and what a field under the wheel does."""

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import LONG, SMALL, TIMEOUT_MS, click


def begun(window: WindowPage, qtbot: QtBot) -> None:
    """Take one step."""
    click(window.button("step"))
    assert window.run.has_begun(), "pressed is begun, however long the first iteration takes"
    window.wait_until_reached(1, qtbot)
    QApplication.processEvents()


def test_that_before_the_start_changes_count_without_a_word(open_window: OpenWindow, qtbot: QtBot, folder: str) -> None:
    window = open_window()
    assert window.settings.notes() == {}
    window.settings.edit("activation", "tanh")
    window.settings.edit("seed", 3)
    window.settings.edit("learning_rate", 0.25)
    assert window.settings.notes() == {}
    assert not window.settings.offers_reset()
    expected = SMALL.replace(activation="tanh", seed=3, learning_rate=0.25, data=folder)
    qtbot.waitUntil(lambda: window.run.config == expected, timeout=TIMEOUT_MS)
    assert window.run.changes == []


def test_that_train_takes_the_edits_of_the_last_moment(open_window: OpenWindow, qtbot: QtBot, folder: str) -> None:
    window = open_window()
    window.settings.edit("batch_size", 17)
    click(window.button("train"))
    assert window.run.config == SMALL.replace(batch_size=17, data=folder)
    window.wait_until_ended(qtbot)


def test_that_a_run_that_has_begun_marks_what_is_live_and_what_waits_for_reset(
    open_window: OpenWindow, qtbot: QtBot, folder: str
) -> None:
    window = open_window(LONG.replace(optimizer="momentum"))
    begun(window, qtbot)
    live = {"learning_rate": "live", "momentum": "live"}
    assert window.settings.notes() == live
    assert not window.settings.offers_reset()
    window.settings.edit("learning_rate", 0.02)
    assert window.settings.notes() == live
    assert not window.settings.offers_reset(), "a live change does not wait"
    window.settings.edit("batch_size", 11)
    window.settings.edit("init", "gauss")
    assert window.settings.notes() == live | {"batch_size": "at Reset", "init": "at Reset"}
    assert window.settings.offers_reset()
    window.settings.edit("init", "he")
    window.settings.edit("batch_size", 10)
    assert window.settings.notes() == live
    assert not window.settings.offers_reset(), "what is as it was does not wait"
    assert window.run.config.batch_size == 10


def test_that_nothing_is_live_once_another_optimiser_is_chosen(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(LONG)
    begun(window, qtbot)
    window.settings.edit("optimizer", "momentum")
    assert set(window.settings.notes().values()) == {"at Reset"}
    assert set(window.settings.notes()) == {"optimizer", "learning_rate", "momentum"}
    window.settings.edit("learning_rate", 0.5)
    window.step(1)
    window.wait_until_reached(2, qtbot)
    assert window.run.changes == []
    window.settings.edit("optimizer", "sgd")
    assert window.settings.notes() == {"learning_rate": "live"}


def test_that_the_reset_button_of_the_panel_applies_what_waits(
    open_window: OpenWindow, qtbot: QtBot, folder: str
) -> None:
    window = open_window(LONG)
    begun(window, qtbot)
    window.settings.edit("activation", "sigmoid")
    window.settings.edit("iterations", 30)
    window.settings.apply()
    assert window.run.config == LONG.replace(activation="sigmoid", iterations=30, data=folder)
    assert window.settings.notes() == {}
    assert not window.settings.offers_reset()
    assert not window.run.is_running()
    assert window.run.iteration == 0


def test_that_after_the_end_every_change_waits_for_reset(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    click(window.button("train"))
    window.wait_until_ended(qtbot)
    assert window.settings.notes() == {}
    window.settings.edit("learning_rate", 0.3)
    assert window.settings.notes() == {"learning_rate": "at Reset"}
    assert window.settings.offers_reset()
    click(window.button("train"))
    assert window.run.config.value("learning_rate") == 0.3
    window.wait_until_ended(qtbot)


def wheel(field: QWidget, turn: int) -> None:
    """Turn the wheel over a field, as the window system reports it."""
    place = QPointF(field.mapTo(field.window(), field.rect().center()))
    QTest.wheelEvent(field.window().windowHandle(), place, QPoint(0, turn))
    QApplication.processEvents()


def fields(window: WindowPage) -> list[QWidget]:
    """Every field of the panel that can be scrolled into view."""
    return [
        *window.settings.visible(QSpinBox),
        *window.settings.fields(),
        *window.settings.visible(QComboBox),
    ]


def test_that_the_wheel_over_a_field_without_the_focus_changes_nothing(open_window: OpenWindow) -> None:
    window = open_window()
    window.settings.unfold()
    window.resize(1200, 1600)
    QApplication.processEvents()
    before, theme = window.settings.config, window.theme_name
    tried = 0
    for field in fields(window):
        if field.isVisible():
            window.button("train").setFocus()
            wheel(field, 120)
            wheel(field, -240)
            tried += 1
            assert window.settings.config == before, field.accessibleName()
            assert not field.hasFocus()
    assert tried > 15
    assert window.theme_name == theme


@pytest.mark.parametrize("name", ["batch_size", "learning_rate", "activation"])
def test_that_the_wheel_changes_the_field_that_has_the_focus(open_window: OpenWindow, name: str) -> None:
    window = open_window()
    field = window.settings.field(name)
    field.setFocus()
    QApplication.processEvents()
    before = window.settings.config.value(name)
    wheel(field, -120)
    assert window.settings.config.value(name) != before
