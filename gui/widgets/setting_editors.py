"""Setting editors: the input widget for each type of setting, built from the setting's declaration."""

from collections.abc import Callable
from enum import Enum
from math import floor, log10
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QValidator
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QSizePolicy, QSpinBox, QWidget

from gui.widgets.choice_box import ChoiceBox
from gui.widgets.tooltip_lines import columns
from model.base import number_format
from model.base.choices import Choice
from model.base.params import Param
from model.nn.optimizers import Optimizer

FIELD_LETTERS = 14
LONGEST_COUNT = 12


class WheelGuard(QObject):
    """Event filter that lets the wheel scroll the panel instead of changing the field under the cursor.

    Ctrl+Z and Ctrl+Y go past a field to the window, but where a number is being typed that has not been taken yet.
    """

    def protect(self, field: QWidget) -> None:
        """Let the wheel change `field` only while it has the focus, and never give it the focus."""
        field.installEventFilter(self)
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            undoes = event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
            if undoes and isinstance(watched, QSpinBox | QDoubleSpinBox) and not _being_typed(watched):
                event.ignore()
                return True
        return False


def _being_typed(field: QSpinBox | QDoubleSpinBox) -> bool:
    return field.lineEdit().text() != field.textFromValue(field.value())  # type: ignore[arg-type]  # each its own


class NumberSpinBox(QDoubleSpinBox):
    """Spin box that writes a number in its shortest form; `off` is the text of its lowest value, '' for none."""

    DECIMALS = 7

    def __init__(self, low: float, high: float, off: str) -> None:
        super().__init__()
        self.off = off
        self.setDecimals(self.DECIMALS)  # before the range, which it rounds
        self.setRange(low, high)
        self.setSingleStep(0.05)

    def textFromValue(self, value: float) -> str:
        if self.off and value == self.minimum():
            return self.off
        short = f"{value:g}"
        return short if float(short) == value else repr(value)

    def valueFromText(self, text: str) -> float:
        if self.off and text.strip() == self.off:
            return self.minimum()
        try:
            return float(text.replace(",", "."))
        except ValueError:
            return self.value()

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        if self.off and text.strip() == self.off:
            return QValidator.State.Acceptable, text, position
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            typing = set(text.lower()) <= set("0123456789.,e+- ") or (self.off and self.off.startswith(text))
            return (QValidator.State.Intermediate if typing else QValidator.State.Invalid), text, position
        inside = self.minimum() <= value <= self.maximum()
        return (QValidator.State.Acceptable if inside else QValidator.State.Intermediate), text, position


class LogSpinBox(NumberSpinBox):
    """Spin box for values over many powers of ten; its steps are 1-2-5 per decade."""

    DECIMALS = 30  # enough for all digits of 1e-12

    def stepBy(self, steps: int) -> None:
        value = self.value()
        for _ in range(abs(steps)):
            value = self._next(value, up=steps > 0)
        self.setValue(value)

    def _next(self, value: float, *, up: bool) -> float:
        smallest = self.minimum() if self.minimum() > 0 else 1e-6
        if value < smallest:
            return smallest if up else self.minimum()
        if value <= smallest and not up:
            return self.minimum()
        ladder = [float(f"{digit}e{power}") for power in range(floor(log10(value)) - 1, floor(log10(value)) + 2)
                  for digit in (1, 2, 5)]  # fmt: skip
        if up:
            return next(step for step in ladder if step > value * 1.0001)
        return next(step for step in reversed(ladder) if step < value * 0.9999)

    def stepEnabled(self) -> QDoubleSpinBox.StepEnabledFlag:
        flags = QDoubleSpinBox.StepEnabledFlag.StepNone
        if self.value() > self.minimum():
            flags |= QDoubleSpinBox.StepEnabledFlag.StepDownEnabled
        if self.value() < self.maximum():
            flags |= QDoubleSpinBox.StepEnabledFlag.StepUpEnabled
        return flags


class CountSpinBox(QSpinBox):
    """Spin box for integers, with narrow spaces between thousands; a step changes the second digit."""

    def textFromValue(self, value: int) -> str:
        return number_format.count(value)

    def valueFromText(self, text: str) -> int:
        return int(_digits(text) or self.minimum())

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        digits = _digits(text)
        if len(digits) > LONGEST_COUNT or any(c not in f"{digits} {number_format.THIN}," for c in text):
            return QValidator.State.Invalid, text, position
        inside = bool(digits) and self.minimum() <= int(digits) <= self.maximum()
        return (QValidator.State.Acceptable if inside else QValidator.State.Intermediate), text, position

    def stepBy(self, steps: int) -> None:
        size = 10 ** max(len(str(self.value())) - 2, 0) if self.maximum() < 2**31 - 1 else 1
        self.setValue(self.value() + steps * size)


def _digits(text: str) -> str:
    # isdigit() would let through ², which int() refuses.
    return "".join(c for c in text if c.isdecimal())


class Editor:
    """Adapter of a combo or spin box to one setting, with a uniform interface for reading, setting and edits."""

    def __init__(self, widget: QComboBox | QSpinBox | QDoubleSpinBox) -> None:
        self.widget = widget
        # The panel decides how wide a field is, not the longest number it could hold.
        widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if not isinstance(widget, QComboBox):
            widget.lineEdit().setTextMargins(6, 0, 6, 0)

    def value(self) -> Any:
        """The value as Config's JSON has it: a number, or the key of a choice."""
        return self.widget.currentData() if isinstance(self.widget, QComboBox) else self.widget.value()

    def show(self, value: Any) -> None:
        """Set the value, which is as in Config's JSON, without emitting a signal."""
        self.widget.blockSignals(True)
        if isinstance(self.widget, QComboBox):
            self.widget.setCurrentIndex(self.widget.findData(value))
        else:
            self.widget.setValue(value)
        self.widget.blockSignals(False)

    def connect(self, edited: Callable[..., None]) -> None:
        """Call `edited` after every edit by the user; its arguments are those of Qt's signal."""
        if isinstance(self.widget, QComboBox):
            self.widget.currentIndexChanged.connect(edited)
        else:
            self.widget.valueChanged.connect(edited)


def editor(setting: Param) -> Editor:
    """Make the editor for a setting; raises TypeError for a type that has none."""
    if setting.type is Optimizer:
        kinds = Optimizer.kinds.values()
        return Editor(ChoiceBox([(kind.key, kind.label, f"{kind.help}  {kind.formula}") for kind in kinds]))
    if isinstance(setting.type, type) and issubclass(setting.type, Choice):
        return Editor(ChoiceBox([(member.key, title(member), member.help) for member in setting.type]))
    low, high = setting.low or 0, setting.high or 0
    if setting.type is int:
        count = CountSpinBox()
        count.setRange(int(low), int(high))
        count.setKeyboardTracking(False)
        return Editor(count)
    if setting.type is float:
        number = (LogSpinBox if setting.log else NumberSpinBox)(low, high, setting.off)
        number.setKeyboardTracking(False)
        return Editor(number)
    raise TypeError(f"There is no editor for the setting {setting.name}, of type {setting.type}.")


def title(member: Enum) -> str:
    """Text of a choice in its combo box: the label, and the formula if both fit into FIELD_LETTERS letters."""
    text: str = member.value.label
    formula: str = getattr(member.value, "formula", "")
    together = f"{text}  {formula}"
    says_more = bool(formula) and text.lower() not in formula
    return together if says_more and columns(together) <= FIELD_LETTERS else text
