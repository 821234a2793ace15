"""Control panel: an editor for every setting, built from the declarations."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.controls.data_row import DataRow
from gui.controls.layer_list import LayerList
from gui.style.theme import Theme
from gui.widgets.card import label
from gui.widgets.command import Menu, MenuCommand
from gui.widgets.setting_editors import Editor, WheelGuard, editor
from gui.widgets.side_tabs import WIDTH
from model.base.errors import InputError
from model.base.params import Param, params
from model.config.config import Config
from model.config.every_setting import every_setting
from model.config.presets import PRESETS, preset_of
from model.data.datasets import Dataset

PRESET_KEYS = 9


class ControlPanel(QFrame):
    """A form that shows and edits a Config.

    `shown` carries every Config that comes to be shown, `changed` one that the user has edited, `refused` why an edit
    was not valid.
    """

    changed = Signal(object)
    shown = Signal(object)
    refused = Signal(str)
    reset_wanted = Signal()

    def __init__(self, config: Config, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setFixedWidth(WIDTH)
        self.config = config
        self.running: Config | None = None
        self.ended = False
        self.guard = WheelGuard(self)
        self.editors: dict[str, Editor] = {}
        self.rows: dict[str, tuple[QWidget, QWidget]] = {}
        self.notes: dict[str, QLabel] = {}
        self.layers = LayerList(theme)
        self.layers.changed.connect(lambda hidden: self._edit("hidden", list(hidden)))
        content = QWidget()
        content.setObjectName("panelContent")
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(16, 12, 14, 12)
        self.column.setSpacing(8)
        self.presets = self._preset_box()
        self.apply = QPushButton("Reset to apply changes")
        self.apply.setToolTip("Start again from initial weights with the settings as they are now (F8)")
        self.apply.setObjectName("apply")
        self.apply.clicked.connect(self.reset_wanted)
        self.form = self._form()
        self._fill()
        self.column.addStretch()
        area = QScrollArea()
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(area, 1)
        whole.addWidget(self.apply)
        self.show_config(config)

    def _preset_box(self) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName("Preset")
        box.setToolTip("A ready experiment to start from (Ctrl+1 to Ctrl+9)")
        for preset in PRESETS:
            box.addItem(preset.label, preset.name)
            box.setItemData(box.count() - 1, preset.look, Qt.ItemDataRole.ToolTipRole)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setPlaceholderText("Own settings")
        self.guard.protect(box)
        box.activated.connect(lambda index: self.take_preset(PRESETS[index].name))
        self.column.addWidget(label("PRESET", "heading"))
        self.column.addWidget(box)
        return box

    def take_preset(self, name: str) -> None:
        """Apply the preset of this name, keeping seed and data set."""
        preset = next(preset for preset in PRESETS if preset.name == name)
        self._take(preset.config.replace(seed=self.config.seed, data=self.config.data))

    def _form(self) -> QGridLayout:
        form = QGridLayout()
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(6)
        form.setColumnMinimumWidth(0, 96)
        form.setColumnStretch(1, 1)
        self.column.addLayout(form)
        return form

    def _fill(self) -> None:
        """Add a row for every setting of any run; which rows show depends on the Config."""
        line, section = 0, None
        for setting in every_setting():
            if setting.section is not section:
                section = setting.section
                line += 1
                self.form.addWidget(label(section.value.upper(), "heading"), line, 0, 1, 2)
                self.form.setRowMinimumHeight(line, 26)
            line += 1
            if setting.name == "hidden":
                self.form.addWidget(self.layers, line, 0, 1, 2)
            elif setting.name == "data":
                self.data = DataRow(setting.help)
                self.data.folder_chosen.connect(partial(self._edit, "data"))
                self.form.addWidget(self.data, line, 0, 1, 2)
            else:
                self._add_row(setting, line)

    def _add_row(self, setting: Param, line: int) -> None:
        made = editor(setting)
        made.widget.setAccessibleName(setting.label)
        live = "Takes effect at once." if setting.live else "Takes effect at Reset."
        made.widget.setToolTip(f"{setting.help}\n{live}")
        self.guard.protect(made.widget)
        made.connect(lambda *_: self._edit(setting.name, made.value()))
        text = QWidget()
        column = QVBoxLayout(text)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        name, note = label(setting.label), label("", "note")
        name.setBuddy(made.widget)
        column.addWidget(name)
        column.addWidget(note)
        self.form.addWidget(text, line, 0)
        self.form.addWidget(made.widget, line, 1)
        self.editors[setting.name], self.rows[setting.name] = made, (text, made.widget)
        self.notes[setting.name] = note

    def show_dataset(self, dataset: Dataset) -> None:
        """Show the name and size of the data set that was loaded."""
        self.data.show_dataset(dataset)
        self.layers.show_layers(self.config.hidden, dataset.inputs, dataset.classes)

    def show_config(self, config: Config) -> None:
        """Show another Config without emitting `changed`."""
        self.config = config
        for name, value in config.to_json().items():
            if name in self.editors:
                self.editors[name].show(value)
        self.layers.show_layers(config.hidden, *self.layers.ends)
        preset = preset_of(config)
        self.presets.setCurrentIndex(self.presets.findData(preset.name) if preset else -1)
        self.data.mnist.setVisible(bool(config.data))
        self._show_state()
        self.shown.emit(config)

    def show_running(self, running: Config | None, *, ended: bool) -> None:
        """Mark the settings that differ from those of the run that has begun; None if none has."""
        self.running, self.ended = running, ended
        self._show_state()

    def apply_theme(self, theme: Theme) -> None:
        self.layers.apply_theme(theme)

    def _show_state(self) -> None:
        now = self.config.to_json()
        before = self.running.to_json() if self.running else now
        for setting in every_setting():
            if setting.name in self.editors:
                matters = setting.name in now and (not setting.when or bool(getattr(self.config, setting.when)))
                for widget in self.rows[setting.name]:
                    widget.setVisible(matters)
                changed = now.get(setting.name) != before.get(setting.name)
                live = setting.live and self._same_optimizer() and not self.ended
                self.notes[setting.name].setText("live" if live else "at Reset")
                self.notes[setting.name].setVisible(live or changed)
        self.apply.setVisible(self.pending())

    def pending(self) -> bool:
        """Whether there are edits that only Reset applies."""
        if self.running is None:
            return False
        if self.ended:
            return self.running != self.config
        live = {
            setting.name: self.config.value(setting.name) for setting in params(self.config.optimizer) if setting.live
        }
        return not self._same_optimizer() or self.running.replace(**live) != self.config

    def _same_optimizer(self) -> bool:
        """Whether the optimiser shown is of the kind of the run that has begun."""
        return self.running is not None and type(self.running.optimizer) is type(self.config.optimizer)

    def _edit(self, name: str, value: object) -> None:
        try:
            self._take(self.config.replace(**{name: value}))
        except InputError as error:
            self.refused.emit(str(error))
            self.show_config(self.config)

    def _take(self, config: Config) -> None:
        self.show_config(config)
        self.changed.emit(config)

    def commands(self) -> list[MenuCommand]:
        """The data set, the presets, another layer."""
        presets = [
            MenuCommand(Menu.PRESETS, f"preset-{preset.name}", preset.label, partial(self.take_preset, preset.name),
                    f"Ctrl+{number}" if number <= PRESET_KEYS else "", preset.look)
            for number, preset in enumerate(PRESETS, 1)
        ]  # fmt: skip
        return [
            MenuCommand(Menu.FILE, "open-data", "Open data set …", self.data.choose, "Ctrl+O"),
            *presets,
            MenuCommand(Menu.RUN, "add-layer", "Add a layer", self.layers.add_layer, "Ctrl++", group=3),
        ]
