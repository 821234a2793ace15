"""The note that a setting declares stands below its field, written from the whole Config."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

import gui.controls.settings_form
from gui.controls.control_panel import ControlPanel
from gui.style.theme import LIGHT
from gui.widgets.wrapped_label import WrappedLabel
from model.base.run_settings import RunSetting
from model.config.config import Config
from model.config.every_setting import every_setting
from tests.support.windows import in_sight, put, visible

PLAIN = "Layers 1 and 3 stay plain, because as many units come in as go out of none of them."


def note_of(config: Config) -> str:
    """A note on some activations, which depends on the layers too."""
    return PLAIN if config.activation.key == "tanh" and len(config.hidden) == 2 else ""


def noted() -> list[RunSetting]:
    """Every setting, of which the activation declares a note."""
    return [replace(each, note=note_of) if each.name == "activation" else each for each in every_setting()]


@pytest.fixture
def panel(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> ControlPanel:
    """A panel with that note."""
    monkeypatch.setattr(gui.controls.settings_form, "every_setting", noted)
    made = ControlPanel(Config(), LIGHT)
    qtbot.addWidget(made)
    made.resize(made.width(), 700)
    made.show()
    return made


def notes(panel: ControlPanel) -> list[WrappedLabel]:
    """The notes that show."""
    return visible(panel, WrappedLabel)


def test_that_a_note_shows_while_there_is_something_to_say(panel: ControlPanel) -> None:
    assert notes(panel) == []
    put(panel.editors["activation"], "tanh")
    assert [note.text() for note in notes(panel)] == [PLAIN]
    panel.layers.add_layer()
    assert notes(panel) == []


def test_that_a_note_has_as_many_lines_as_it_needs_below_its_field(panel: ControlPanel) -> None:
    put(panel.editors["activation"], "tanh")
    (note,) = notes(panel)
    assert in_sight(note)
    assert note.height() >= 2 * note.fontMetrics().height()
    assert note.height() == note.heightForWidth(note.width())
    field, below = panel.editors["activation"].widget, panel.editors["init"].widget
    tops = [each.mapTo(panel, each.rect().topLeft()).y() for each in (field, note, below)]
    assert tops[0] + field.height() <= tops[1]
    assert tops[1] + note.height() <= tops[2]


def test_that_a_note_is_told_to_screen_readers_with_its_field(panel: ControlPanel) -> None:
    put(panel.editors["activation"], "tanh")
    assert panel.editors["activation"].widget.accessibleDescription() == PLAIN
    put(panel.editors["activation"], "relu")
    assert panel.editors["activation"].widget.accessibleDescription() == ""
