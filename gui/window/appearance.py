"""The window's colours: a theme of one's own choice, or the system's, followed as it changes."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from gui.style.theme import THEMES, Theme, apply_theme, theme_named
from gui.widgets.command import Menu, MenuCommand

SYSTEM = "As the system"


class Appearance(QObject):
    """The theme and the name it was chosen by, '' for the system's; `changed(theme)` tells of another."""

    changed = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.theme: Theme = theme_named(name)
        QApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def choose(self, name: str) -> None:
        """Take light, dark, or with '' the system's."""
        self.name = name
        self._apply(theme_named(name))

    @Slot()
    def _follow_system(self) -> None:
        if not self.name:
            self._apply(theme_named(""))

    def _apply(self, theme: Theme) -> None:
        self.theme = theme
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        apply_theme(application, theme)
        self.changed.emit(theme)

    def commands(self) -> list[MenuCommand]:
        """A choice for each theme, in the menu View."""
        texts = {"": SYSTEM, **{name: name.capitalize() for name in THEMES}}
        present = self.name if self.name in texts else ""
        return [
            MenuCommand(Menu.VIEW, f"theme-{name or 'system'}", text, partial(self.choose, name), group=2,
                        exclusive=True, checked=name == present)
            for name, text in texts.items()
        ]  # fmt: skip
