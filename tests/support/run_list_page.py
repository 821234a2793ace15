"""All runs of a window, as its list shows them and tests use them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.runs.background_runner import begin_in_background
from gui.runs.run_entry import RunEntry
from gui.widgets.side_tabs import LISTED
from model.config.config import Config
from model.config.recipe import Recipe
from model.history.run_log import RunLog
from tests.support.window_parts import WindowParts
from tests.support.windows import TIMEOUT_MS

if TYPE_CHECKING:
    from model.exports.formats import Export


class RunListPage:
    """The runs in the order of their beginning, and what can be done with each."""

    def __init__(self, parts: WindowParts) -> None:
        self._parts = parts

    @property
    def entries(self) -> list[RunEntry]:
        """All of them."""
        return self._parts.registry.entries

    @property
    def rows(self) -> list[RunEntry]:
        """Those that are listed, from the top."""
        return [row.entry for row in self._parts.run_list.table.rows]

    @property
    def names(self) -> list[str]:
        """What they are called."""
        return list(self._parts.registry.names().values())

    def name_of(self, entry: RunEntry) -> str:
        """What one is called."""
        return self._parts.registry.names()[entry.id]

    @property
    def shown(self) -> list[RunEntry]:
        """Those whose curves are drawn."""
        return self._parts.registry.shown

    @property
    def overlaid(self) -> list[str]:
        """The names of those whose curves lie behind the ones of the run on the screen."""
        return [overlay.name for overlay in self._parts.board.overlays.all]

    def on_screen(self) -> RunEntry | None:
        """The one on the screen, None for a run that has not begun."""
        return self._parts.viewed.entry

    def current(self) -> RunEntry:
        """The one on the screen, which has begun."""
        found = self._parts.viewed.entry
        assert found is not None
        return found

    def wait_until_opened(self, qtbot: QtBot) -> RunEntry:
        """Wait until one of them is on the screen."""
        qtbot.waitUntil(lambda: self.on_screen() is not None, timeout=TIMEOUT_MS)
        return self.current()

    def wait_for(self, count: int, qtbot: QtBot) -> list[RunEntry]:
        """Wait until there are so many."""
        qtbot.waitUntil(lambda: len(self.entries) == count, timeout=TIMEOUT_MS)
        return self.entries

    def begin(self, recipe: Recipe, log: RunLog) -> RunEntry:
        """Put a run that begins now into the list."""
        return self._parts.registry.begin(recipe, log)

    def train_behind(self, config: Config) -> RunEntry:
        """Have a worker process train a run with these settings, on the data of the run on the screen."""
        recipe = Recipe(config.replace(data=self._parts.viewed.config.data))
        return begin_in_background(self._parts.registry, self._parts.pool, recipe)

    def select(self, entry: RunEntry) -> None:
        """Choose a run of the list."""
        self._parts.side.choose(LISTED)
        self._parts.run_list.select(entry)

    def do(self, command: str) -> None:
        """Trigger a command of the list, by its name, on what is chosen."""
        action = self._parts.run_list.commands.made[command]
        assert action.isEnabled()
        action.trigger()

    def choose(self, entry: RunEntry, command: str) -> None:
        """Choose a run of the list and a command for it."""
        self.select(entry)
        self.do(command)

    def open(self, entry: RunEntry) -> None:
        """Have a run shown on the screen."""
        self._parts.run_list.open_wanted.emit(entry)

    def change(
        self, entry: RunEntry, *, label: str | None = None, color: int | None = None, shown: bool | None = None
    ) -> None:
        """Rename, recolour, show or hide a run."""
        self._parts.registry.change(entry, label=label, color=color, shown=shown)

    def show_only(self, entries: Sequence[RunEntry]) -> None:
        """Draw the curves of these alone."""
        self._parts.registry.show(entries)

    def delete(self, *entries: RunEntry) -> None:
        """Take runs off the list."""
        self._parts.registry.delete(entries)

    def undo(self) -> None:
        """Bring back what was deleted last."""
        self._parts.registry.undo()

    def load(self, entry: RunEntry) -> None:
        """Have the library read a run."""
        self._parts.registry.load(entry)

    def reread(self, qtbot: QtBot) -> None:
        """Have the library read the list, and wait for it."""
        self._parts.registry.refresh()
        qtbot.waitUntil(lambda: not self._parts.registry._looking, timeout=TIMEOUT_MS)

    def leave_screen(self) -> None:
        """Say that none of them is on the screen."""
        self._parts.viewed.entry = None

    def keep_nothing(self) -> None:
        """Save no run that begins from now on."""
        self._parts.registry.autosaver.track = _nothing  # type: ignore[method-assign,assignment]  # in this one library

    def export(self, form: "Export", entries: Sequence[RunEntry]) -> None:
        """Ask where to, and write runs."""
        self._parts.files.export(form, entries)

    @property
    def view(self) -> QWidget:
        """What lists them."""
        return self._parts.run_list.view

    @property
    def empty_text(self) -> str:
        """What stands there when there is none."""
        return self._parts.run_list.empty.text()

    def is_visible(self) -> bool:
        """Whether the list shows, and not the settings."""
        return self._parts.run_list.isVisible()

    def place_of(self, entry: RunEntry) -> QRect:
        """Where a run is in the viewport of the list, which shows it."""
        self._parts.side.choose(LISTED)
        view = self._parts.run_list.view
        place: QRect = view.visualRect(self._parts.run_list.table.index_of(entry))
        assert view.viewport().rect().intersects(place)
        return place

    def click(self, entry: RunEntry) -> None:
        """Click a run of the list."""
        place = self.place_of(entry).center()
        QTest.mouseClick(self._parts.run_list.view.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def double_click(self, entry: RunEntry) -> None:
        """Open a run of the list as a user does."""
        self.click(entry)
        place = self.place_of(entry).center()
        QTest.mouseDClick(self._parts.run_list.view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def _nothing(card: object, run_log: object) -> None:
    """In place of following a run."""
