"""Control panel: an editor for every setting, built from the declarations."""

import re
from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from gui.controls.data_row import DataRow
from gui.controls.edit_state import LIVE, EditState
from gui.controls.layer_list import LayerList
from gui.controls.preset_box import PresetBox
from gui.controls.settings_form import SettingsForm
from gui.controls.settings_history import SettingsHistory
from gui.style.text_size import follow
from gui.style.theme import Theme
from gui.widgets.card import label
from gui.widgets.command import LazyMenu, Menu, MenuCommand
from gui.widgets.setting_editors import WheelGuard
from gui.widgets.side_tabs import WIDTH
from gui.widgets.wrapped_label import WrappedLabel
from model.base.errors import InputError
from model.base.language import message, tr
from model.config.config import Config
from model.config.every_setting import every_setting
from model.config.presets import PRESETS, preset_named
from model.data.datasets import Dataset
from model.data.orientation import Orientation

PRESET_KEYS = 9
LIVE_TAKEN_BACK = message("The run goes on with the value of before; what it has learned meanwhile stays.")


class ControlPanel(QFrame):
    """A form that shows and edits a Config.

    `shown` carries every Config that comes to be shown, `changed` one that the user has edited, `refused` why an edit
    was not valid, or not possible because the panel is covered, or what it leaves as it is.
    """

    changed = Signal(object)
    shown = Signal(object)
    refused = Signal(str)
    reset_wanted = Signal()

    def __init__(self, config: Config, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        follow(self.setFixedWidth, WIDTH)
        self.state = EditState(config)
        self.history = SettingsHistory(config, self._take_back)
        self.shown.connect(self.history.note)
        guard = WheelGuard(self)
        self.presets = PresetBox(guard)
        self.presets.chosen.connect(self.take_preset)
        self.layers = LayerList(theme)
        self.layers.changed.connect(lambda hidden: self._edit("hidden", list(hidden)))
        self.data = DataRow(next(setting.help for setting in every_setting() if setting.name == "data"))
        self.data.place_chosen.connect(self.take_data)
        self.data.asking.connect(partial(self.reveal, ["data"]))
        wide = {"hidden": self.layers, "data": self.data}
        self.form = SettingsForm(_titled(tr("Preset").upper(), self.presets), wide, guard, self._edit)
        self.editors = self.form.editors
        self.apply = QPushButton(tr("Reset to apply changes"))
        self.apply.setToolTip(tr("Start again from initial weights with the settings as they are now (F8)"))
        self.apply.setObjectName("apply")
        self.apply.clicked.connect(self.reset_wanted)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self.cover_text = WrappedLabel("covered")
        whole.addWidget(self.cover_text, 0, Qt.AlignmentFlag.AlignTop)
        whole.addWidget(self.form, 1)
        whole.addWidget(self.apply)
        self.show_config(config)

    @property
    def config(self) -> Config:
        """What the fields say."""
        return self.state.config

    def take_preset(self, name: str) -> None:
        """Apply the preset of this name, keeping seed and data set."""
        kept = self.config
        config = preset_named(name).config
        self._take(config.replace(seed=kept.seed, data=kept.data, orientation=kept.orientation))

    def take_data(self, place: str) -> None:
        """Choose the data set at a path, '' for MNIST, with its rows and columns as its name tells."""
        self.reveal(["data"])
        self._take(self.config.replace(data=place, orientation=Orientation.BY_NAME))

    def show_dataset(self, dataset: Dataset) -> None:
        """Show the name and size of the data set that was loaded."""
        self.data.show_dataset(dataset)
        self.layers.show_layers(self.config.hidden, dataset.inputs, dataset.classes)

    def show_config(self, config: Config) -> None:
        """Show another Config without emitting `changed`."""
        self.form.show_config(config)
        self.layers.show_layers(config.hidden, *self.layers.ends)
        self.presets.show_config(config)
        self.data.mnist.setVisible(bool(config.data))
        self._show_state(EditState(config, self.state.running, self.state.ended))
        self.shown.emit(config)

    def show_running(self, running: Config | None, *, ended: bool) -> None:
        """Mark the settings that differ from those of the run that has begun; None if none has."""
        if running != self.state.running:
            self.history.settle()
        self._show_state(EditState(self.config, running, ended))

    def cover(self, why: str) -> None:
        """Say this sentence in place of all settings, which cannot be edited meanwhile; '' shows them again."""
        if why != self.cover_text.text():
            self.cover_text.say(why)
            self.form.setVisible(not why)

    def _show_state(self, state: EditState) -> None:
        self.state = state
        self.form.show_state(state)
        self.apply.setVisible(state.pending and not self.cover_text.text())

    def reveal(self, names: Iterable[str]) -> None:
        """Bring settings into view that something else speaks of."""
        for name in names:
            self.form.reveal(name)

    @property
    def unfolded(self) -> list[str]:
        """The keys of the sections that are unfolded although they fold."""
        return [section.key for section, part in self.form.sections.items() if part.button and part.unfolded]

    def restore_unfolded(self, keys: list[str]) -> None:
        """Unfold the sections of an earlier session, and fold the others."""
        for section, part in self.form.sections.items():
            part.unfold(unfolded=section.key in keys)

    def apply_theme(self, theme: Theme) -> None:
        self.layers.apply_theme(theme)

    def _edit(self, name: str, value: object) -> None:
        try:
            self._take(self.config.replace(**{name: value}))
        except InputError as error:
            self.refused.emit(str(error))
            self.show_config(self.config)
            self.reveal(_settings_in(str(error)))

    def _take(self, config: Config) -> None:
        if why := self.cover_text.text():
            self.refused.emit(why)
            return
        self.show_config(config)
        self.changed.emit(config)

    def _take_back(self, config: Config, names: list[str]) -> bool:
        """Take settings of before, in which these differ, as an edit; say what does not change with them."""
        if why := self.cover_text.text():
            self.refused.emit(why)
            return False
        kinds = {self.state.when(setting) for setting in config.settings() if setting.name in names}
        self._take(config)
        self.reveal(names)
        if LIVE in kinds:
            self.refused.emit(tr(LIVE_TAKEN_BACK))
        return True

    def commands(self) -> list[MenuCommand | LazyMenu]:
        """The data set, the presets, another layer."""
        presets = [
            MenuCommand(Menu.PRESETS, f"preset-{preset.name}", preset.label, partial(self.take_preset, preset.name),
                    f"Ctrl+{number}" if number <= PRESET_KEYS else "", preset.look)
            for number, preset in enumerate(PRESETS, 1)
        ]  # fmt: skip
        return [
            *self.history.commands(),
            *self.data.commands(),
            *presets,
            MenuCommand(Menu.RUN, "add-layer", tr("Add a layer"), self.layers.add_layer, "Ctrl+Shift+A", group=3),
        ]


def _titled(title: str, widget: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    column.addWidget(label(title, "heading", widget))
    column.addWidget(widget)
    return made


def _settings_in(message: str) -> list[str]:
    """The settings whose options an error names."""
    options = re.findall(r"--[a-z0-9-]+", message)
    return [setting.name for setting in every_setting() if setting.option in options]
