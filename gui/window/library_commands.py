"""Runs > Library: measures it, sets its budget and frees, a step at a time in the library's thread."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from gui.run_list.run_list import RunList
from gui.widgets.command import Menu, MenuCommand
from model.base.language import message, tr
from model.library.budget import LibrarySize, goal_of
from model.library.library import Library
from model.library.making_room import RoomMade

if TYPE_CHECKING:
    from gui.run_list.library_dialog import LibraryDialog

NOWHERE = message("Runs are kept only until the program ends.")


class LibraryCommands(QObject):
    """Shows the dialog over the window of `run_list`; the weights of the run on the screen are in use meanwhile."""

    def __init__(self, run_list: RunList) -> None:
        super().__init__(run_list)
        self.run_list, self.registry = run_list, run_list.runs
        self.dialog: LibraryDialog | None = None
        self._size: LibrarySize | None = None
        self._goal = self._freed = self._total = 0
        self._stopped, self._said = False, ""
        self.registry.client.said.connect(self._hear)
        for changed in (self.registry.viewed.run_changed, self.registry.changed):
            changed.connect(self._note_open)

    @Slot()
    def _note_open(self) -> None:
        self.registry.autosaver.enforcer.open_ids = self.open_ids

    @property
    def open_ids(self) -> frozenset[str]:
        """The run on the screen."""
        entry = self.registry.viewed.entry
        return frozenset([entry.id] if entry else [])

    def show(self) -> None:
        """Measure the library and show what it takes."""
        from gui.run_list.library_dialog import LibraryDialog

        if self.dialog:
            self.dialog.raise_()
            self.dialog.activateWindow()
            return
        self.dialog = LibraryDialog(tr(NOWHERE), self.run_list.theme, self.run_list.window())
        self.dialog.keep_wanted.connect(self._keep)
        self.dialog.stop_wanted.connect(self._stop)
        self.dialog.finished.connect(self._closed)
        self.dialog.show()
        self.registry.client.ask(lambda library: str(library.path or tr(NOWHERE)), self._show_path)
        self._measure()

    def _show_path(self, path: str) -> None:
        if self.dialog:
            self.dialog.path.setText(path)

    @Slot()
    def _closed(self) -> None:
        dialog, self.dialog = self.dialog, None
        self._stopped = True
        if dialog:
            dialog.deleteLater()

    @Slot(str)
    def _hear(self, text: str) -> None:
        self._said = text

    def _refused(self) -> None:
        """Show in the dialog too what the library has just said."""
        if self.dialog:
            self.dialog.show_trouble(self._said)

    def _measure(self) -> None:
        ids = self.open_ids
        self.registry.client.ask(lambda library: library.size(ids), self._measured, self._refused)

    def _measured(self, size: LibrarySize) -> None:
        self._size = size
        if self.dialog:
            self.dialog.show_size(size)

    @Slot(object)
    def _keep(self, budget: int) -> None:
        if self._size is None or self.dialog is None:
            return
        self._goal, self._stopped, self._freed = goal_of(budget), False, 0
        self._total = self._size.freeing(budget).bytes

        def set_budget(library: Library) -> bool:
            library.set_budget(budget)
            return library.too_large()

        self.dialog.show_progress(0, self._total)
        self.registry.client.ask(set_budget, self._go_on, self._refused)

    def _go_on(self, more: bool) -> None:
        if not more or self._stopped:
            self.registry.refresh()
            self._measure()
            return
        goal, ids = self._goal, self.open_ids
        self.registry.client.ask(
            lambda library: library.make_room(goal, ids, claimed=True), self._stepped, self._refused
        )

    def _stepped(self, made: RoomMade) -> None:
        self._freed += made.freed
        if self.dialog:
            self.dialog.show_progress(self._freed, self._total)
        self._go_on(not made.done)

    @Slot()
    def _stop(self) -> None:
        self._stopped = True

    def commands(self) -> list[MenuCommand]:
        """Its entry in the menu Runs."""
        return [MenuCommand(Menu.RUNS, "library", tr("Library …"), self.show, group=2)]
