"""Rows of the control panel: a setting's label, its field, and what there is to say of it."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gui.controls.edit_state import EditState
from gui.widgets.card import label
from gui.widgets.setting_editors import WheelGuard, editor
from gui.widgets.wrapped_label import WrappedLabel
from model.base.language import tr, tr_in
from model.base.run_settings import RunSetting


class SettingCaption(QWidget):
    """A setting's label, and below it a word on when an edit counts; no taller with that word than without."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.name, self.when = label(text), label("", "note")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch()
        column.addWidget(self.name)
        column.addWidget(self.when)
        column.addStretch()

    def sizeHint(self) -> QSize:
        both = self.name.fontMetrics().height() + self.when.fontMetrics().height()
        return QSize(super().sizeHint().width(), both)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class SettingRow:
    """A setting's caption, its field, and below both the note that it declares.

    `edited` is called with the name and the new value, as Config's JSON has it, after every edit by the user.
    """

    def __init__(self, setting: RunSetting, guard: WheelGuard, edited: Callable[[str, object], None]) -> None:
        self.setting, self.editor = setting, editor(setting)
        self.field = self.editor.widget
        self.field.setAccessibleName(setting.label)
        live = tr("Takes effect at once.") if setting.live else tr("Takes effect at Reset.")
        self.field.setToolTip(f"{setting.help}\n{live}")
        guard.protect(self.field)
        self.editor.connect(lambda *_: edited(setting.name, self.editor.value()))
        self.caption, self.note = SettingCaption(setting.label), WrappedLabel("small")
        self.caption.name.setBuddy(self.field)

    def place(self, grid: QGridLayout, line: int) -> None:
        """Take this line of a grid, and the next for the note."""
        grid.addWidget(self.caption, line, 0)
        grid.addWidget(self.field, line, 1)
        grid.addWidget(self.note, line + 1, 0, 1, 2)

    def show_state(self, state: EditState) -> None:
        """Show the row if the setting matters, and what there is to say of it."""
        matters = state.matters(self.setting)
        when = state.when(self.setting) if matters else ""
        note = self.setting.note(state.config) if self.setting.note and matters else ""
        self.caption.setVisible(matters)
        self.field.setVisible(matters)
        said = filter(None, (tr(when) if when else "", note))
        self.field.setAccessibleDescription(tr_in("between sentences", ". ").join(said))
        self.caption.when.setText(tr(when) if when else "")
        self.caption.when.setVisible(bool(when))
        self.note.say(note)
