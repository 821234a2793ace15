"""Sections of the control panel: a heading and rows, which fold away where they are rarely used."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gui.controls.edit_state import WAITING, EditState
from gui.controls.setting_row import SettingRow
from gui.widgets.card import label
from gui.widgets.disclosure_button import DisclosureButton
from model.base.language import tr
from model.base.run_settings import Manner, RunSetting, Section
from model.base.sentences import listed


class SettingsSection(QWidget):
    """The settings of one section, in their order; one that folds tells beside its heading what it hides.

    `unfolded_by_user` says that there is more to see now.
    """

    unfolded_by_user = Signal()

    def __init__(self, section: Section) -> None:
        super().__init__()
        self.section = section
        self.settings: list[RunSetting] = []
        self.state: EditState | None = None
        self.body = QWidget()
        self.grid = QGridLayout(self.body)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(6)
        self.grid.setVerticalSpacing(3)
        self.grid.setColumnStretch(1, 1)
        self.button = DisclosureButton(section.label) if section.manner is Manner.FOLDS else None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.button or label(section.label.upper(), "heading"))
        column.addWidget(self.body)
        if self.button:
            self.button.clicked.connect(self._clicked)
            self.unfold(unfolded=False)

    @property
    def unfolded(self) -> bool:
        """Whether the rows show, as they always do in a section that does not fold."""
        return not self.body.isHidden()

    def unfold(self, *, unfolded: bool = True) -> None:
        """Show the rows, or the heading alone; a section that does not fold stays as it is."""
        if self.button:
            self.body.setVisible(unfolded)
            self._tell()

    def add_row(self, row: SettingRow) -> None:
        """Add a setting with its label."""
        self.settings.append(row.setting)
        row.place(self.grid, self.grid.rowCount())

    def add_wide(self, setting: RunSetting, widget: QWidget) -> None:
        """Add a setting whose editor needs no label."""
        self.settings.append(setting)
        self.grid.addWidget(widget, self.grid.rowCount(), 0, 1, 2)

    def show_state(self, state: EditState) -> None:
        """Keep the heading up to date."""
        self.state = state
        self._tell()

    def _clicked(self) -> None:
        self.unfold(unfolded=not self.unfolded)
        if self.unfolded:
            self.unfolded_by_user.emit()

    def _tell(self) -> None:
        if not self.button:
            return
        changed, waiting = self._hidden()
        summary, explained = [], []
        if changed:
            summary.append(tr("{number} changed", number=len(changed)))
            explained.append(tr("Changed: {settings}", settings=_labels(changed)))
        if waiting:
            summary.append(tr("{number} at Reset", number=len(waiting)))
            explained.append(tr("At Reset: {settings}", settings=_labels(waiting)))
        self.button.tell(unfolded=self.unfolded, summary=listed(*summary), explained="\n".join(explained))

    def _hidden(self) -> tuple[list[RunSetting], list[RunSetting]]:
        """The settings that are folded away and are not as a new run has them, and those that wait for Reset."""
        state = self.state
        if self.unfolded or state is None:
            return [], []
        matter = [setting for setting in self.settings if state.matters(setting)]
        changed = [setting for setting in matter if state.is_changed(setting)]
        return changed, [setting for setting in matter if state.when(setting) == WAITING]


def _labels(settings: Sequence[RunSetting]) -> str:
    return listed(*(setting.label for setting in settings))
