"""What a branch may change, each setting in a row of its own, made from the declarations."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QGridLayout, QLabel, QSpinBox, QWidget

from gui.widgets.card import label
from gui.widgets.setting_editors import Editor, WheelGuard, editor, title
from model.base import number_format
from model.base.choices import Choice
from model.base.errors import InputError
from model.base.params import Param, param, params
from model.config.config import Config
from model.config.every_setting import every_setting
from model.config.option_text import written
from model.config.recipe import LARGEST_FACTOR, LayerScale
from model.nn.optimizers import Optimizer

# What is worth a try in the middle of a run; the command line has the rest.
OFFERED = [
    setting
    for setting in every_setting()
    if not setting.shared_with_branch
    and (setting.live or setting.name == "iterations" or setting.type is Optimizer or issubclass(setting.type, Choice))
]
NO_LAYER = "no layer"


@dataclass(frozen=True)
class Rescaling:
    """One layer's weights times a factor."""

    factor: float = param(
        1.0, "Factor", "The layer's weights are multiplied by it; its biases are not.",
        low=1 / LARGEST_FACTOR, high=LARGEST_FACTOR, log=True,
    )  # fmt: skip


class BranchForm(QWidget):
    """Edits a Config and the rescaling of one layer; `changed` says that either is another, `refused` why not."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self, before: Config, config: Config, first: int) -> None:
        super().__init__()
        self.before, self.config = before, config
        self.guard = WheelGuard(self)
        self.editors: dict[str, Editor] = {}
        self.notes: dict[str, QLabel] = {}
        self._rows: dict[str, tuple[QWidget, ...]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnMinimumWidth(1, 148)
        self._grid.setColumnMinimumWidth(2, 112)
        for setting in OFFERED:
            self._add(setting)
        self._add_rescaling()
        self._show()
        count = self.editors["iterations"].widget
        assert isinstance(count, QSpinBox)
        count.setMinimum(first)

    @property
    def scales(self) -> tuple[LayerScale, ...]:
        """The rescaling that is asked for, if any."""
        layer, factor = self.layer.currentIndex(), self.factor.value()
        return (LayerScale(layer, factor),) if layer and factor != 1 else ()

    def _add(self, setting: Param) -> None:
        made, name, note = editor(setting), label(setting.label), label("", "note")
        made.widget.setAccessibleName(setting.label)
        made.widget.setToolTip(setting.help)
        made.connect(lambda *_: self._edit(setting.name, made.value()))
        self.guard.protect(made.widget)
        name.setBuddy(made.widget)
        self._place(name, made.widget, note)
        self.editors[setting.name], self.notes[setting.name] = made, note
        self._rows[setting.name] = (name, made.widget, note)

    def _add_rescaling(self) -> None:
        (setting,) = params(Rescaling)
        self.layer, self.factor = QComboBox(), editor(setting)
        number = self.factor.widget
        assert isinstance(number, QDoubleSpinBox)
        self.layer.addItems([NO_LAYER, *self.config.layer_names])
        self.layer.setAccessibleName("Layer to rescale")
        self.layer.setToolTip("The weights of this layer are multiplied by a factor where the branch begins.")
        self.layer.currentIndexChanged.connect(self._rescale)
        self.factor.show(setting.default)
        number.setAccessibleName(setting.label)
        number.setToolTip(setting.help)
        number.setPrefix("× ")
        self.factor.connect(lambda *_: self.changed.emit())
        for widget in (self.layer, number):
            self.guard.protect(widget)
        name = label("Rescale weights of")
        name.setBuddy(self.layer)
        self._place(name, self.layer, number)
        self._rescale()

    def _place(self, *row: QWidget) -> None:
        line = self._grid.rowCount()
        for column, widget in enumerate(row):
            self._grid.addWidget(widget, line, column)

    def _rescale(self) -> None:
        self.factor.widget.setEnabled(self.layer.currentIndex() > 0)
        self.changed.emit()

    def _edit(self, name: str, value: object) -> None:
        try:
            self.config = self.config.replace(**{name: value})
        except InputError as error:
            self._show()
            self.refused.emit(str(error))
        else:
            self._show()
            self.changed.emit()

    def _show(self) -> None:
        """Show the settings that matter now, and what those that differ were before."""
        now, before = self.config.to_json(), self.before.to_json()
        for setting in OFFERED:
            for widget in self._rows[setting.name]:
                widget.setVisible(setting.name in now)
            if setting.name in now:
                self.editors[setting.name].show(now[setting.name])
            differs = setting.name in before and now.get(setting.name) != before[setting.name]
            self.notes[setting.name].setText(f"was {_named(self.before.value(setting.name))}" if differs else "")


def _named(value: object) -> str:
    if isinstance(value, Choice):
        return title(value)
    if isinstance(value, int):
        return number_format.count(value)
    return value.label if isinstance(value, Optimizer) else written(value)
