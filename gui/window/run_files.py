"""Runs as files and text: open, save, export for other programs, copy what makes them again."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from gui.export.export_path import target
from gui.runs.run_entry import RunEntry
from gui.runs.run_registry import RunRegistry
from gui.runs.viewed import HIDDEN, Viewed
from gui.widgets.command import LazyMenu, Menu, MenuCommand
from gui.widgets.mnemonics import mark_when_opened
from model.base import number_format
from model.base.errors import InputError
from model.base.language import english, message, tr
from model.base.user_paths import RUN_SUFFIX
from model.history.run_log import RunLog
from model.history.run_summary import RunListing

if TYPE_CHECKING:
    from model.exports.formats import Export
    from model.library.library import Library

LONGEST_NAME = 50  # characters, which are at most 200 bytes of the 255 that a file's name may have


class RunFiles(QObject):
    """Opening, saving, exporting and copying runs; dialogs lie over `parent`."""

    said = Signal(str)
    run_wanted = Signal(object)
    picture_dropped = Signal(object)

    def __init__(self, registry: RunRegistry, viewed: Viewed, parent: QWidget) -> None:
        super().__init__(parent)
        self.registry, self.viewed, self.over = registry, viewed, parent
        self._written = 0  # files of the export under way

    def choose(self) -> None:
        """Ask for a saved run and show it."""
        kind = f"{tr('Layerscope runs')} (*{RUN_SUFFIX})"
        chosen, _ = QFileDialog.getOpenFileName(self.over, tr("Open a run"), "", kind)
        if chosen:
            self.open(Path(chosen))

    def open(self, path: Path) -> None:
        """Take in what a file holds, and show its first run; a picture gives its settings."""
        if path.suffix.lower() != RUN_SUFFIX:
            self.picture_dropped.emit(path)
            return
        self.registry.client.ask(lambda library: library.take(path), self._take)

    def _take(self, cards: Sequence[RunListing]) -> None:
        entries = self.registry.add(cards)
        if entries:
            self.run_wanted.emit(entries[0])

    def choose_format(self, entries: Sequence[RunEntry]) -> None:
        """Ask in which form to export runs, where the cursor is."""
        menu = QMenu(self.over)
        self.fill_menu(menu, lambda: entries)
        mark_when_opened(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(QCursor.pos())

    def fill_menu(self, menu: QMenu, which: Callable[[], Sequence[RunEntry]]) -> None:
        """Add every form there is."""
        from model.exports.formats import Export

        menu.setToolTipsVisible(True)
        for form in Export:
            action = menu.addAction(tr("{format} …", format=form.label))
            action.setObjectName(form.key)
            action.setToolTip(form.help)
            action.triggered.connect(partial(self._export, form, which))

    def save(self) -> None:
        """Ask where to save the run on the screen."""
        from model.exports.formats import Export

        self.export(Export.LAYERSCOPE, self.viewed_run())

    def viewed_run(self) -> list[RunEntry]:
        """The run on the screen, if it is in the list."""
        if self.viewed.covered:
            self.said.emit(tr(HIDDEN))
            return []
        if self.viewed.entry is None:
            self.said.emit(tr("This run has not begun; press Train or Step first."))
        return [self.viewed.entry] if self.viewed.entry else []

    def _export(self, form: "Export", which: Callable[[], Sequence[RunEntry]], _checked: bool = False) -> None:
        self.export(form, which())

    def export(self, form: "Export", entries: Sequence[RunEntry]) -> None:
        """Ask where to, then write: one run to a file, several into a folder."""
        if not entries:
            return
        suffix: str = form.value.suffix
        names = self.registry.names()
        if len(entries) > 1 or not suffix:
            title = tr("A folder for the export: {format}", format=form.label)
            folder = QFileDialog.getExistingDirectory(self.over, title)
            if folder:
                self._written = 0
                for path, entry in _apart([names[entry.id] for entry in entries], entries, Path(folder), suffix):
                    self._write(form, entry, path)
            return
        proposal = f"{_file_name(names[entries[0].id])}{suffix}"
        chosen, _ = QFileDialog.getSaveFileName(self.over, tr("Export"), proposal, f"{form.label} (*{suffix})")
        if not chosen:
            return
        try:
            path = target(chosen, (suffix,), suffix)
        except InputError as error:
            self.said.emit(str(error))
        else:
            self._written = 0
            self._write(form, entries[0], path)

    def _write(self, form: "Export", entry: RunEntry, path: Path) -> None:
        def write(run_log: RunLog) -> None:
            # In the library's thread: a long run takes a while to be written.
            self.registry.client.ask(partial(_export, form, listing, run_log, path), self._wrote)

        listing = entry.listing
        self.registry.load(entry, write)

    def _wrote(self, path: Path) -> None:
        self._written += 1
        if self._written > 1:
            self.said.emit(
                tr("Wrote {path}, the last of {number}.", path=path, number=number_format.count(self._written))
            )
        else:
            self.said.emit(tr("Wrote {path}.", path=path))

    def copy_viewed(self, kind: str) -> None:
        """Put what makes the run on the screen again on the clipboard."""
        for entry in self.viewed_run():
            self.copy(entry, kind)

    def fill_viewed_menu(self, menu: QMenu) -> None:
        """Add every form in which the run on the screen can be exported."""
        self.fill_menu(menu, self.viewed_run)

    def commands(self) -> list[MenuCommand | LazyMenu]:
        """Entries of the menu File."""
        return [
            MenuCommand(Menu.FILE, "open-run", tr("Open run …"), self.choose, "Ctrl+Shift+R"),
            MenuCommand(Menu.FILE, "save-run", tr("Save run as …"), self.save, "Ctrl+S"),
            LazyMenu(f"{Menu.FILE}/{message('Export &run')}", self.fill_viewed_menu),
        ]

    def copy(self, entry: RunEntry, kind: str) -> None:
        """Put what makes this run again on the clipboard: a command line or Python."""
        from model.exports.reproduce import COPIES

        def copy(run_log: RunLog) -> None:
            with english():
                text = COPIES[kind].write(entry.recipe)
            QGuiApplication.clipboard().setText(text)
            self.said.emit(tr(COPIES[kind].copied))

        self.registry.load(entry, copy)  # which knows what was changed on the way


def _export(form: "Export", listing: RunListing, run_log: RunLog, path: Path, _: "Library") -> Path:
    """Write a run in English, whatever language the window speaks; raises InputError."""
    with english():
        return form.write(listing, run_log, path)


def _file_name(name: str) -> str:
    return re.sub(r"[^\w.+-]+", "-", name)[:LONGEST_NAME].strip("-.") or "run"


def _apart(names: Sequence[str], entries: Sequence[RunEntry], folder: Path, suffix: str) -> list[tuple[Path, RunEntry]]:
    """Paths for runs, no two alike and none of them there already: nobody is asked whether to replace it."""
    taken: set[str] = set()  # in lower case, which some disks do not tell from upper case
    made = []
    for name, entry in zip(map(_file_name, names), entries, strict=True):
        numbered = chain([name], (f"{name}-{number}" for number in count(2)))
        path = next(
            path
            for path in (folder / f"{each}{suffix}" for each in numbered)
            if path.name.lower() not in taken and not path.exists()
        )
        taken.add(path.name.lower())
        made.append((path, entry))
    return made
