"""The window's looks: a theme of one's own choice, or the system's, followed as it changes; and its text size."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from gui.style.style_sheet import apply_theme
from gui.style.text_size import NORMAL, STEPS, allowed, set_factor
from gui.style.theme import THEMES, Theme, theme_named
from gui.widgets.command import Menu, MenuCommand
from gui.widgets.settled_layouts import settle_layouts

SYSTEM = "As the system"
LARGER, SMALLER, NORMAL_SIZE = "Larger text", "Smaller text", "Normal text size"


class Appearance(QObject):
    """The theme, the name it was chosen by, '' for the system's, and `text`, one of STEPS.

    `changed(theme)` tells of another theme or text size.
    """

    changed = Signal(object)

    def __init__(self, name: str, text: float = NORMAL) -> None:
        super().__init__()
        self.name = name
        self.theme: Theme = theme_named(name)
        self.text = allowed(text)
        self._times, self._poses = 1.0, 0
        set_factor(self.text)
        QApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def choose(self, name: str) -> None:
        """Take light, dark, or with '' the system's."""
        self.name = name
        self._apply(theme_named(name))

    def choose_text(self, size: float) -> None:
        """Take another of STEPS."""
        self.text = size
        self._apply(self.theme)

    def step_text(self, steps: int) -> None:
        """Make the text larger by so many steps, or smaller, as far as they go."""
        place = STEPS.index(self.text) + steps
        self.choose_text(STEPS[min(max(place, 0), len(STEPS) - 1)])

    def magnify(self, times: float) -> None:
        """Show all text so many times as large as is chosen, until told otherwise."""
        self._times = times
        self._apply(self.theme)

    @contextmanager
    def at_normal_size(self) -> Iterator[None]:
        """Context in which the window has the normal text size, for pictures, which do not depend on the chosen one."""
        self._pose(1)
        try:
            yield
        finally:
            self._pose(-1)

    def _pose(self, more: int) -> None:
        self._poses += more
        if self.text * self._times == NORMAL:
            return
        self._apply(self.theme)
        settle_layouts()

    @Slot()
    def _follow_system(self) -> None:
        if not self.name:
            self._apply(theme_named(""))

    def _apply(self, theme: Theme) -> None:
        self.theme = theme
        set_factor(NORMAL if self._poses else self.text * self._times)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        apply_theme(application, theme)
        self.changed.emit(theme)

    def commands(self) -> list[MenuCommand]:
        """A choice for each theme, in the menu View, and the text sizes."""
        texts = {"": SYSTEM, **{name: name.capitalize() for name in THEMES}}
        present = self.name if self.name in texts else ""
        themes = [
            MenuCommand(Menu.VIEW, f"theme-{name or 'system'}", text, partial(self.choose, name), group=2,
                        exclusive=True, checked=name == present)
            for name, text in texts.items()
        ]  # fmt: skip
        return [
            *themes,
            MenuCommand(
                Menu.VIEW, "larger", "Larger text", partial(self.step_text, 1), "Ctrl++", group=4, also="Ctrl+="
            ),
            MenuCommand(Menu.VIEW, "smaller", "Smaller text", partial(self.step_text, -1), "Ctrl+-", group=4),
            MenuCommand(Menu.VIEW, "normal", "Normal text size", partial(self.choose_text, NORMAL), "Ctrl+0", group=4),
        ]
