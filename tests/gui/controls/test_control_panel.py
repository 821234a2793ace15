"""The control panel: every setting has its field, shows what matters, and says when it takes effect."""

import json
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gui.controls.control_panel import ControlPanel
from gui.style.theme import LIGHT
from model.base.params import Param, params
from model.base.run_settings import Section
from model.config.config import Config
from model.config.every_setting import every_setting
from model.config.presets import PRESETS, Preset, preset_named
from model.nn.optimizers import Optimizer
from tests.support.setting_values import another, needs
from tests.support.window_page import OpenWindow
from tests.support.windows import SMALL, dispose, put

FIELDS = [setting for setting in every_setting() if setting.name not in ("hidden", "data")]
KINDS = list(Optimizer.kinds.values())


@pytest.fixture(scope="module")
def only_panel(qapp: QApplication) -> Iterator[ControlPanel]:
    """A panel without a window around it."""
    made = ControlPanel(Config(), LIGHT)
    made.show()
    yield made
    dispose(made)


@pytest.fixture
def panel(only_panel: ControlPanel) -> ControlPanel:
    """The same panel, as if it were new, with all that folds unfolded."""
    only_panel.show_config(Config())
    only_panel.restore_unfolded([section.key for section in Section])
    return only_panel


def labels(panel: ControlPanel) -> dict[str, QLabel]:
    """The label of each setting's field."""
    of = {label.buddy(): label for label in panel.findChildren(QLabel)}
    return {name: of[each.widget] for name, each in panel.editors.items()}


@pytest.mark.parametrize("setting", FIELDS, ids=lambda setting: setting.name)
def test_that_every_setting_has_a_field_with_a_name_and_a_tooltip(panel: ControlPanel, setting: Param) -> None:
    field = panel.editors[setting.name].widget
    assert field.accessibleName() == setting.label == labels(panel)[setting.name].text()
    when = "at once" if setting.live else "at Reset"
    assert field.toolTip() == f"{setting.help}\nTakes effect {when}."


def test_that_layers_and_data_have_their_places_too(panel: ControlPanel) -> None:
    assert {*panel.editors, "hidden", "data"} == {setting.name for setting in every_setting()}
    assert panel.layers.isVisible()
    assert panel.data.choice.isVisible()
    assert panel.data.choice.toolTip()


@pytest.mark.parametrize("setting", FIELDS, ids=lambda setting: setting.name)
def test_that_editing_a_field_changes_that_setting_and_is_shown_again(
    panel: ControlPanel, qtbot: QtBot, setting: Param
) -> None:
    panel.show_config(Config().replace(**needs(setting)))
    before = panel.config
    value = another(before, setting)
    assert panel.editors[setting.name].widget.isVisible()
    with qtbot.waitSignal(panel.changed) as said:
        put(panel.editors[setting.name], value)
    assert said.args == [panel.config]
    assert panel.config == before.replace(**{setting.name: value})
    written = json.loads(json.dumps(panel.config.to_json()))
    assert written[setting.name] == value
    panel.show_config(Config())
    panel.show_config(Config.from_json(written))
    assert panel.editors[setting.name].value() == value
    assert panel.config.to_json() == written


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
@pytest.mark.parametrize("more", [{}, *(needs(setting) for setting in FIELDS if setting.when)], ids=str)
def test_that_exactly_the_settings_that_matter_are_shown(
    panel: ControlPanel, kind: type[Optimizer], more: dict[str, str]
) -> None:
    panel.show_config(Config().replace(optimizer=kind.key, **more))
    config = panel.config
    matter = {s.name for s in config.settings() if not s.when or getattr(config, s.when)} - {"hidden", "data"}
    assert {name for name, each in panel.editors.items() if each.widget.isVisible()} == matter
    assert {name for name, each in labels(panel).items() if each.isVisible()} == matter
    assert ("init_std" in matter) == (config.init.key == "gauss")
    assert ("bn_momentum" in matter) == ("bn_epsilon" in matter) == (config.norm.key != "none")
    assert {own.name for own in params(kind)} <= matter


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_that_the_fields_of_every_optimiser_take_its_whole_range(panel: ControlPanel, kind: type[Optimizer]) -> None:
    for own in params(kind):
        for end in (own.low, own.high, own.default):
            panel.show_config(Config().replace(optimizer=kind.key, **{own.name: end}))
            assert panel.editors[own.name].value() == end


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_that_presets_are_taken_from_box_and_menu_and_keep_seed_and_data(
    open_window: OpenWindow, folder: str, preset: Preset
) -> None:
    window = open_window(SMALL.replace(seed=5))
    expected = preset.config.replace(seed=5, data=folder)
    assert window.settings.preset_text == ""
    window.settings.choose_in_preset_box(preset.name)
    assert window.settings.config == expected
    assert window.settings.preset_text == preset.label
    window.take_config(SMALL.replace(seed=5, data=folder))
    (action,) = [action for action in window.menu("&Presets").actions() if action.text() == preset.label]
    assert action.toolTip() == preset.look
    action.trigger()
    assert window.settings.config == expected
    assert window.status_text == preset.look


def test_that_own_settings_are_no_preset(panel: ControlPanel) -> None:
    panel.take_preset("relu-he")
    assert panel.presets.currentText() == preset_named("relu-he").label
    put(panel.editors["iterations"], 77)
    assert (panel.presets.currentIndex(), panel.presets.placeholderText()) == (-1, "Own settings")


@pytest.mark.parametrize("first", ["batch_size", "norm"])
def test_that_an_impossible_combination_is_refused_with_a_sentence_and_nothing_is_lost(
    panel: ControlPanel, qtbot: QtBot, first: str
) -> None:
    start = Config().replace(**({"batch_size": 1} if first == "batch_size" else {"norm": "batch-before"}))
    panel.show_config(start)
    with qtbot.waitSignal(panel.refused) as said, qtbot.assertNotEmitted(panel.changed):
        if first == "batch_size":
            put(panel.editors["norm"], "batch-before")
        else:
            put(panel.editors["batch_size"], 1)
    assert said.args is not None
    assert "at least 2 with batch norm" in said.args[0]
    assert panel.config == start
    assert {name: panel.editors[name].value() for name in ("batch_size", "norm")} == {
        name: start.to_json()[name] for name in ("batch_size", "norm")
    }
