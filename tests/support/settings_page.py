"""The settings on the left of a window, as tests use them."""

from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QMenu, QScrollArea, QWidget

from gui.controls.layer_list import LayerList
from gui.widgets.disclosure_button import DisclosureButton
from model.base.run_settings import Manner, Section
from model.config.config import Config
from tests.support.window_parts import WindowParts
from tests.support.windows import AnyWidget, click, put, visible


class SettingsPage:
    """A field for each setting, the presets, the layers and the data set."""

    def __init__(self, parts: WindowParts) -> None:
        self._parts = parts

    @property
    def config(self) -> Config:
        """What the fields say."""
        return self._parts.panel.config

    @property
    def layers(self) -> LayerList:
        """The list of layers."""
        return self._parts.panel.layers

    def is_visible(self) -> bool:
        """Whether they show, and not the list of runs."""
        return self._parts.panel.isVisible()

    def visible(self, kind: type[AnyWidget]) -> list[AnyWidget]:
        """The widgets of some kind that the user sees."""
        return visible(self._parts.panel, kind)

    def field(self, name: str) -> QWidget:
        """The field of a setting."""
        return self._parts.panel.editors[name].widget

    def fields(self) -> list[QWidget]:
        """Every setting's field, also those that do not show now."""
        return [editor.widget for editor in self._parts.panel.editors.values()]

    def edit(self, name: str, value: Any) -> None:
        """Give a setting another value in its field."""
        put(self._parts.panel.editors[name], value)

    def notes(self) -> dict[str, str]:
        """The words beside the fields that show on when an edit counts, by setting."""
        words = {name: row.caption.when for name, row in self._parts.panel.form.rows.items()}
        return {name: word.text() for name, word in words.items() if word.isVisible()}

    def area(self, section: Section) -> QScrollArea:
        """What a section scrolls with."""
        form = self._parts.panel.form
        return form.staying if section.manner is Manner.STAYS else form.scrolling

    def heading(self, section: Section) -> DisclosureButton:
        """The heading of a section that folds."""
        button = self._parts.panel.form.sections[section].button
        assert button
        return button

    def is_unfolded(self, section: Section) -> bool:
        """Whether its settings can be seen, as far as they are scrolled into view."""
        return self._parts.panel.form.sections[section].body.isVisible()

    def unfold(self, *sections: Section) -> None:
        """Press the headings of sections that are folded away; of all, if none is named."""
        for section in sections or Section:
            if not self.is_unfolded(section):
                click(self.heading(section))

    def offers_reset(self) -> bool:
        """Whether something waits for the button at the bottom."""
        return self._parts.panel.apply.isVisible()

    def apply(self) -> None:
        """Press that button."""
        click(self._parts.panel.apply)

    @property
    def preset_text(self) -> str:
        """The preset that the settings are; '' for the user's own."""
        return self._parts.panel.presets.currentText()

    def choose_in_preset_box(self, name: str) -> None:
        """Choose a preset as from the open box."""
        box = self._parts.panel.presets
        box.activated.emit(box.findData(name))

    @property
    def data_name(self) -> str:
        """What the data set is called."""
        return self._parts.panel.data.name.text()

    @property
    def data_size(self) -> str:
        """How large it is."""
        return self._parts.panel.data.size_text.text()

    def choose_folder(self, patch: pytest.MonkeyPatch, folder: str) -> None:
        """Open a folder as the data set; `patch` answers the dialog."""
        patch.setattr(QFileDialog, "getExistingDirectory", lambda *_: folder)
        self.unfold(Section.DATA)
        click(self._parts.panel.data.choice)

    def choose_file(self, patch: pytest.MonkeyPatch, path: str) -> None:
        """Open an archive or a file as the data set; `patch` answers the dialog."""
        patch.setattr(QFileDialog, "getOpenFileName", lambda *_: (path, ""))
        self.unfold(Section.DATA)
        click(self._parts.panel.data.file)

    @property
    def data_notes(self) -> str:
        """What was done to it."""
        return self._parts.panel.data.notes.text()

    def recent_data(self) -> list[tuple[str, bool]]:
        """The entries of the menu of data sets opened last, and whether each can be chosen."""
        return [(action.text().partition("  ")[2], action.isEnabled()) for action in self._recent_menu().actions()]

    def choose_recent_data(self, number: int) -> None:
        """Choose one of them, counted from 0."""
        self._recent_menu().actions()[number].trigger()

    def _recent_menu(self) -> QMenu:
        menu = QMenu(self._parts.panel)
        self._parts.panel.data.recent.fill(menu)
        return menu

    def offers_mnist(self) -> bool:
        """Whether the button shows that returns to MNIST, in the section that it is in."""
        self.unfold(Section.DATA)
        return self._parts.panel.data.mnist.isVisible()

    def return_to_mnist(self) -> None:
        """Press it."""
        self.unfold(Section.DATA)
        click(self._parts.panel.data.mnist)
