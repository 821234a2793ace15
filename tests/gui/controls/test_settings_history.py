"""Undo and redo of settings: every step goes back and comes again, and typing is one step."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSpinBox
from pytestqt.qtbot import QtBot

from gui.controls.control_panel import LIVE_TAKEN_BACK
from gui.controls.settings_history import MERGE_SECONDS, SettingsHistory, change_words, differing
from gui.widgets.side_tabs import LISTED
from model.config.config import Config
from model.config.every_setting import every_setting
from model.config.presets import PRESETS
from tests.support.hypothesis_strategies import settings_of_a_run
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import LONG, TIMEOUT_MS

CONTROL = Qt.KeyboardModifier.ControlModifier
BOTH = CONTROL | Qt.KeyboardModifier.ShiftModifier


class Shown:
    """A panel that takes whatever it is asked to show, with a clock of its own."""

    def __init__(self) -> None:
        self.time = 0.0
        self.config = Config()
        self.history = SettingsHistory(self.config, self.take, lambda: self.time)

    def take(self, config: Config, names: list[str]) -> bool:
        assert names == differing(self.config, config)
        self.show(config)
        return True

    def show(self, config: Config) -> None:
        self.config = config
        self.history.note(config)

    def edit(self, pause: float = 2 * MERGE_SECONDS, **changes: object) -> None:
        self.time += pause
        self.show(self.config.replace(**changes))


@given(st.lists(settings_of_a_run().map(Config.from_json), min_size=1, max_size=6))
def test_that_all_steps_go_back_to_the_first_settings_and_come_again(steps: list[Config]) -> None:
    shown, seen = Shown(), [Config()]
    for config in steps:
        shown.time += 2 * MERGE_SECONDS
        shown.show(config)
        if config != seen[-1]:
            seen.append(config)
    last = shown.config
    for _ in steps:
        shown.history.undo()
    assert shown.config == Config() or [step for step in steps if differing(Config(), step) == ["data"]]
    for _ in steps:
        shown.history.redo()
    assert shown.config == last


def test_that_quick_edits_of_one_setting_are_one_step_and_slow_ones_are_not() -> None:
    shown = Shown()
    for rate in (0.2, 0.5, 1.0):
        shown.edit(MERGE_SECONDS / 2, learning_rate=rate)
    shown.edit(learning_rate=2.0)
    shown.history.undo()
    assert shown.config.value("learning_rate") == 1.0
    shown.history.undo()
    assert shown.config == Config()
    shown.history.undo()
    assert shown.config == Config(), "there is nothing more"


def test_that_quick_edits_of_two_settings_or_with_a_run_between_are_two_steps() -> None:
    shown = Shown()
    shown.edit(learning_rate=0.2)
    shown.edit(0, seed=5)
    shown.edit(0, seed=6)
    shown.history.settle()
    shown.edit(0, seed=7)
    assert [step.words for step in shown.history.steps] == ["learning rate", "seed", "seed"]


def test_that_an_edit_that_leads_back_at_once_is_none() -> None:
    shown = Shown()
    shown.edit(learning_rate=0.2)
    shown.edit(data="/nowhere")
    shown.edit(60, data="")  # as after a folder that was refused
    assert [step.words for step in shown.history.steps] == ["learning rate"]


def test_that_an_edit_after_an_undo_forgets_what_was_undone() -> None:
    shown = Shown()
    shown.edit(seed=1)
    shown.history.undo()
    shown.edit(seed=2)
    shown.history.redo()
    assert shown.config.seed == 2
    shown.history.undo()
    assert shown.config == Config()


def test_that_settings_that_cannot_be_taken_back_stay() -> None:
    history = SettingsHistory(Config(), lambda config, names: False)
    history.note(Config(seed=3))
    history.undo()
    assert (history.config.seed, history.place) == (3, 1)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"learning_rate": 0.5}, "learning rate"),
        ({"hidden": [5]}, "hidden layers"),
        ({"optimizer": "adam"}, "optimiser"),
        ({"seed": 3, "batch_size": 7}, "2 settings"),
    ],
)
def test_that_the_menu_names_what_changes(changes: dict[str, object], words: str) -> None:
    assert change_words(Config(), Config().replace(**changes)) == words


def test_that_a_preset_is_called_by_its_name() -> None:
    for preset in PRESETS:
        if len(differing(Config(seed=3, iterations=9), preset.config.replace(seed=3))) > 1:
            assert preset.label in change_words(Config(seed=3, iterations=9), preset.config.replace(seed=3))


def test_that_each_setting_has_words_of_its_own() -> None:
    assert all(each.label for each in every_setting())


def text(window: WindowPage, name: str) -> str:
    return window.action_named(name).text()


def test_that_ctrl_z_takes_back_an_edit_and_ctrl_y_makes_it_again(open_window: OpenWindow) -> None:
    window = open_window()
    assert not window.action_named("undo").isEnabled()
    window.settings.edit("activation", "tanh")
    assert text(window, "undo") == "Undo activation"
    before = window.settings.config
    QTest.keyClick(window.widget, Qt.Key.Key_Z, CONTROL)
    assert window.settings.config.activation.key == "relu"
    assert text(window, "redo") == "Redo activation"
    for key, modifier in ((Qt.Key.Key_Y, CONTROL), (Qt.Key.Key_Z, BOTH)):
        QTest.keyClick(window.widget, key, modifier)
        assert window.settings.config == before
        QTest.keyClick(window.widget, Qt.Key.Key_Z, CONTROL)
        assert window.settings.config != before
    assert not window.action_named("undo").isEnabled()


def test_that_presets_layers_and_remedies_are_steps(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    first = window.settings.config
    window.choose_preset("sigmoid-gauss")
    assert text(window, "undo") == "Undo preset Sigmoid + Gaussian 0.01"
    window.trigger("Add a layer")
    assert text(window, "undo") == "Undo hidden layers"
    window.take_config(window.settings.config.replace(activation="tanh"))
    for _ in range(3):
        window.action_named("undo").trigger()
    assert window.settings.config == first
    qtbot.waitUntil(lambda: window.run.config == first, timeout=TIMEOUT_MS)


def test_that_a_live_setting_goes_back_in_the_run_that_goes_on(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(LONG)
    window.train()
    window.wait_until_reached(5, qtbot)
    window.settings.edit("learning_rate", 0.5)
    qtbot.waitUntil(lambda: len(window.run.log.changes) == 1, timeout=TIMEOUT_MS)
    window.action_named("undo").trigger()
    assert window.status_text == LIVE_TAKEN_BACK
    qtbot.waitUntil(lambda: len(window.run.log.changes) == 2, timeout=TIMEOUT_MS)
    assert window.run.log.changes[1].value == LONG.value("learning_rate")
    assert window.run.is_running()
    window.settings.edit("seed", 4)
    assert window.settings.offers_reset()
    window.action_named("undo").trigger()
    assert not window.settings.offers_reset()


def test_that_a_number_being_typed_has_its_own_undo_and_one_that_was_taken_has_the_windows(
    open_window: OpenWindow,
) -> None:
    window = open_window()
    window.widget.activateWindow()
    field = window.settings.field("batch_size")
    assert isinstance(field, QSpinBox)
    field.setFocus()
    before = field.value()
    field.selectAll()
    QTest.keyClicks(field, "70")
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert window.settings.config.batch_size == before
    assert not window.action_named("undo").isEnabled()
    field.selectAll()
    QTest.keyClicks(field, "70")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.settings.config.batch_size == 70
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert window.settings.config.batch_size == before
    assert field.value() == before


def test_that_in_the_list_ctrl_z_brings_back_runs_and_settings_only_after_them(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window()
    window.train_to_end(qtbot, seed=3)
    assert len(window.runs.entries) == 1
    config = window.settings.config
    QTest.mouseClick(window.side_tab(LISTED), Qt.MouseButton.LeftButton)
    window.widget.activateWindow()
    window.runs.click(window.runs.entries[0])
    window.runs.view.setFocus()
    QApplication.processEvents()
    QTest.keyClick(window.runs.view, Qt.Key.Key_Delete)
    assert not window.runs.entries
    QTest.keyClick(window.runs.view, Qt.Key.Key_Z, CONTROL)
    assert len(window.runs.entries) == 1
    assert window.settings.config == config
    QTest.keyClick(window.runs.view, Qt.Key.Key_Z, CONTROL)
    assert window.settings.config.seed == 0
