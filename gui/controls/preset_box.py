"""The box of presets: ready experiments to start from."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox

from gui.widgets.setting_editors import WheelGuard
from model.base.language import tr
from model.config.config import Config
from model.config.presets import PRESETS, preset_of


class PresetBox(QComboBox):
    """Shows which preset the settings are, if any; `chosen` carries the name of one that the user picks."""

    chosen = Signal(str)

    def __init__(self, guard: WheelGuard) -> None:
        super().__init__()
        self.setAccessibleName(tr("Preset"))
        self.setToolTip(tr("A ready experiment to start from (Ctrl+1 to Ctrl+9)"))
        for preset in PRESETS:
            self.addItem(preset.label, preset.name)
            self.setItemData(self.count() - 1, preset.look, Qt.ItemDataRole.ToolTipRole)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setPlaceholderText(tr("Own settings"))
        guard.protect(self)
        self.activated.connect(lambda index: self.chosen.emit(PRESETS[index].name))

    def show_config(self, config: Config) -> None:
        """Show the preset that a Config is, or that it is none."""
        preset = preset_of(config)
        self.setCurrentIndex(self.findData(preset.name) if preset else -1)
