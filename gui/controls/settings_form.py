"""The form of the control panel: every setting in its section, of which some stay in sight and others scroll."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gui.controls.edit_state import EditState
from gui.controls.setting_row import SettingRow
from gui.controls.settings_section import SettingsSection
from gui.style.text_size import follow
from gui.widgets.card import rule
from gui.widgets.setting_editors import Editor, WheelGuard
from gui.widgets.steady_scroll_area import GreedyScrollArea, SteadyScrollArea
from model.base.run_settings import Manner, Section
from model.config.config import Config
from model.config.every_setting import every_setting

ROWS_IN_SIGHT = 2  # of the sections that scroll, below a heading, however tall the others are
LEFT, RIGHT, TOP, BOTTOM, BETWEEN = 16, 6, 10, 12, 12  # pixels


class SettingsForm(QWidget):
    """A row for each setting of any run, in its section; which rows show depends on the Config.

    `first` stands above all sections. `wide` has the editors that need no label, by setting; for all others `edited`
    is called with the name and the new value after every edit by the user.
    """

    def __init__(
        self, first: QWidget, wide: Mapping[str, QWidget], guard: WheelGuard, edited: Callable[[str, object], None]
    ) -> None:
        super().__init__()
        self.sections = {section: SettingsSection(section) for section in Section}
        self.rows: dict[str, SettingRow] = {}
        self.homes: dict[str, SettingsSection] = {}
        for setting in every_setting():
            home = self.homes[setting.name] = self.sections[setting.section]
            if setting.name in wide:
                home.add_wide(setting, wide[setting.name])
            else:
                self.rows[setting.name] = SettingRow(setting, guard, edited)
                home.add_row(self.rows[setting.name])
        for section in self.sections.values():
            section.unfolded_by_user.connect(partial(self._come_into_view, section))
        staying = [part for section, part in self.sections.items() if section.manner is Manner.STAYS]
        self.staying = GreedyScrollArea(_column([first, *staying]))
        self.scrolling = SteadyScrollArea(_column(part for part in self.sections.values() if part not in staying))
        self.scrolling.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)  # the room that is left
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.staying)
        whole.addWidget(rule())
        whole.addWidget(self.scrolling, 1)
        follow(self.fit_captions)

    def fit_captions(self) -> None:
        """Make the captions' column as wide in all sections as the widest of them."""
        widest = max(row.caption.sizeHint().width() for row in self.rows.values())
        for section in self.sections.values():
            section.grid.setColumnMinimumWidth(0, widest)
        self.scrolling.setMinimumHeight(self._least_height())

    @property
    def editors(self) -> dict[str, Editor]:
        """The fields by setting."""
        return {name: row.editor for name, row in self.rows.items()}

    def show_config(self, config: Config) -> None:
        """Show the values of a Config."""
        for name, value in config.to_json().items():
            if name in self.rows:
                self.rows[name].editor.show(value)

    def show_state(self, state: EditState) -> None:
        """Show which settings matter, when edits of them count, and what is folded away."""
        for row in self.rows.values():
            row.show_state(state)
        for section in self.sections.values():
            section.show_state(state)

    def _least_height(self) -> int:
        caption = next(iter(self.rows.values())).caption
        return TOP + (1 + ROWS_IN_SIGHT) * caption.sizeHint().height()

    def reveal(self, name: str) -> None:
        """Bring a setting into view, wherever it is folded away."""
        home = self.homes[name]
        home.unfold()
        self._come_into_view(self.rows[name].field if name in self.rows else home)

    def _come_into_view(self, part: QWidget) -> None:
        QTimer.singleShot(0, self, partial(self._scroll_to, part))  # when the layout knows where it is

    def _scroll_to(self, part: QWidget) -> None:
        for area in (self.staying, self.scrolling):
            if area.isAncestorOf(part):
                area.reveal(part)


def _column(parts: Iterable[QWidget]) -> QWidget:
    content = QWidget()
    content.setObjectName("panelContent")
    column = QVBoxLayout(content)
    column.setContentsMargins(LEFT, TOP, RIGHT, BOTTOM)
    column.setSpacing(BETWEEN)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)  # on a tall screen rows stay together
    return content
