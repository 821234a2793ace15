"""Field for a unit by its number, or for one of a data set's classes by its label."""

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QSpinBox


class ClassSpinBox(QSpinBox):
    """Spin box that shows and takes the names of its values, from 0 on, where it has been given any."""

    def __init__(self) -> None:
        super().__init__()
        self.names: tuple[str, ...] = ()

    def textFromValue(self, value: int) -> str:
        return self.names[value] if value < len(self.names) else super().textFromValue(value)

    def valueFromText(self, text: str) -> int:
        return self.names.index(text.strip()) if text.strip() in self.names else super().valueFromText(text)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        if not self.names:
            found: tuple[QValidator.State, str, int] = super().validate(text, position)
            return found
        typed = text.strip()
        if typed in self.names:
            state = QValidator.State.Acceptable
        elif any(name.startswith(typed) for name in self.names):
            state = QValidator.State.Intermediate
        else:
            state = QValidator.State.Invalid
        return state, text, position
