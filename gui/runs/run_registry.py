"""All runs there are: the one on the screen, those before it, those in the background. Every list draws from here."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Self

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from gui.runs.entry_names import EntryNames
from gui.runs.library_client import LibraryClient, in_words
from gui.runs.recent_logs import RecentLogs
from gui.runs.run_entry import RunEntry
from gui.runs.viewed import Viewed
from model.base.language import english
from model.config.recipe import Recipe
from model.history.run_log import RunLog
from model.history.run_summary import RunListing
from model.library.autosave import Autosaver
from model.library.library import Library

# A new run lets the oldest go from the plots when there would be more: one for each colour.
MOST_SHOWN = 8
LOOK_EVERY = 3.0  # seconds between two looks at what other windows have done


class RunRegistry(QObject):
    """The list, in the order of creation. What changes it here is passed on to the autosaver, which saves it."""

    changed = Signal()  # which runs there are, their names, colours and visibility
    loaded = Signal(object)  # a RunEntry whose run log has arrived
    said = Signal(str)

    def __init__(self, autosaver: Autosaver, viewed: Viewed, client: LibraryClient | None = None) -> None:
        super().__init__()
        self.viewed = viewed
        self.autosaver = autosaver
        self.client = client or LibraryClient()
        self.client.autosaver = autosaver
        self.client.said.connect(self.said)
        self.entries: list[RunEntry] = []
        self.deleted: list[list[RunEntry]] = []  # for undo, the last deletion last
        self._names = EntryNames()
        self.changed.connect(self._forget_names)  # before anybody else hears of it
        self._edits, self._looked = 0, 0.0
        self._looking = False
        self._waiting: dict[str, list[Callable[[RunLog], None]]] = {}
        self._recent = RecentLogs(viewed)
        viewed.run_changed.connect(self.find_viewed)
        self.refresh()

    @classmethod
    def open(cls, path: Path | None, viewed: Viewed) -> Self:
        """The runs of the library at `path`, None for one in memory; `autosaver.close()` ends it."""
        client = LibraryClient()
        return cls(Autosaver(path, client.tell), viewed, client)

    def begin(self, recipe: Recipe, run_log: RunLog) -> RunEntry:
        """A run that begins now; it is shown, in a colour that no other shown run has."""
        self._edits += 1
        too_many = max(len(self.shown) + 1 - MOST_SHOWN, 0)
        self._turn([entry for entry in self.shown if entry is not self.viewed.entry][:too_many], shown=False)
        entry = RunEntry(RunListing(recipe, self._free_color()), run_log)
        self.entries.append(entry)
        self._recent.use(entry)
        if run_log is self.viewed.run_log:
            self.viewed.entry = entry
        self.autosaver.track(entry.listing, run_log)
        self.changed.emit()
        return entry

    def add(self, listings: Sequence[RunListing]) -> list[RunEntry]:
        """Runs that the library has taken in; returns their entries, also of those that were here already."""
        self._edits += 1
        known = {entry.id: entry for entry in self.entries}
        added = [known.get(listing.id) or RunEntry(listing, stored=listing.summary) for listing in listings]
        self._put_in_order([*self.entries, *(entry for entry in added if entry.id not in known)])
        self.changed.emit()
        return added

    def _free_color(self) -> int:
        taken = {entry.listing.color for entry in self.entries if entry.listing.shown}
        return next(color for color in range(len(taken) + 1) if color not in taken)

    @Slot()
    def begin_viewed(self) -> None:
        """List the run that is viewed, which is about to take its first step; not one that is covered."""
        if self.viewed.run_log and not self.viewed.covered:
            self.begin(self.viewed.recipe, self.viewed.run_log)

    @Slot()
    def find_viewed(self) -> None:
        """Note which entry is the run that is viewed now."""
        entry = next((entry for entry in self.entries if entry.run_log and entry.run_log is self.viewed.run_log), None)
        if entry is not self.viewed.entry:
            self.viewed.entry = entry
            self.changed.emit()

    @property
    def shown(self) -> list[RunEntry]:
        """Those whose curves are drawn."""
        return [entry for entry in self.entries if entry.listing.shown]

    def names(self) -> dict[str, str]:
        """What each run is called, by id: as the user named it, or after what sets it apart from the others."""
        return self._names.of(self.entries, [entry.recipe for entry in self._recent.entries])  # changes are not told

    def english_names(self) -> dict[str, str]:
        """The same in English, for what leaves the window."""
        with english():
            return self.names()

    @Slot()
    def _forget_names(self) -> None:
        self._names.forget()

    def change(
        self, entry: RunEntry, *, label: str | None = None, color: int | None = None, shown: bool | None = None
    ) -> None:
        """Rename, recolour, show or hide; what is None stays."""
        self._edits += 1
        listing = entry.listing
        entry.listing = replace(
            listing,
            label=listing.label if label is None else label,
            color=listing.color if color is None else color,
            shown=listing.shown if shown is None else shown,
        )
        self.autosaver.post(lambda library: library.change(entry.id, label=label, color=color, shown=shown))
        self._after_change()

    def show(self, entries: Collection[RunEntry]) -> None:
        """Show these and hide all others."""
        self._edits += 1
        self._turn([entry for entry in self.entries if entry in entries], shown=True)
        self._turn([entry for entry in self.entries if entry not in entries], shown=False)
        self._after_change()

    def _turn(self, entries: Sequence[RunEntry], *, shown: bool) -> None:
        turned = [entry for entry in entries if entry.listing.shown != shown]
        for entry in turned:
            entry.listing = replace(entry.listing, shown=shown)
        if turned:
            self.autosaver.post(lambda library: library.set_shown([entry.id for entry in turned], shown=shown))

    def _after_change(self) -> None:
        self.changed.emit()
        self._recent.forget()

    def delete(self, entries: Collection[RunEntry]) -> None:
        """Take runs off the list; `undo` brings them back."""
        gone = [entry for entry in self.entries if entry in entries]
        if not gone:
            return
        self._edits += 1
        self.entries = [entry for entry in self.entries if entry not in entries]
        self.deleted.append(gone)
        self.autosaver.post(lambda library: library.delete([entry.id for entry in gone]))
        self.changed.emit()

    def undo(self) -> list[RunEntry]:
        """Bring back what was deleted last; returns it."""
        if not self.deleted:
            return []
        self._edits += 1
        here = {entry.id for entry in self.entries}  # also what another window or a file has brought back since
        back = [entry for entry in self.deleted.pop() if entry.id not in here]
        self._put_in_order([*self.entries, *back])
        self.autosaver.post(lambda library: library.restore([entry.id for entry in back]))
        self.changed.emit()
        return back

    def load(self, entry: RunEntry, then: Callable[[RunLog], None] | None = None) -> None:
        """Have its run log read, if it is not here yet; `loaded` tells when it is, and `then` is given it."""
        if entry.run_log:
            self._use(entry)
            if then:
                then(entry.run_log)
            return
        if entry.id not in self._waiting:
            self._waiting[entry.id] = []
            take, give_up = partial(self._take, entry), partial(self._give_up, entry)
            self.client.ask(lambda library: library.load(entry.id), take, give_up)
        if then:
            self._waiting[entry.id].append(then)

    def _take(self, entry: RunEntry, run_log: RunLog) -> None:
        if entry is self.viewed.entry and self.viewed.run_log:  # another window goes on with the run that is viewed
            self.viewed.run_log.take_over(run_log)
            run_log = self.viewed.run_log
        entry.take(run_log)
        self._use(entry)
        self.loaded.emit(entry)
        for then in self._waiting.pop(entry.id, []):
            then(run_log)

    def _give_up(self, entry: RunEntry) -> None:
        del self._waiting[entry.id]
        entry.listing = replace(entry.listing, shown=False)  # or it would be asked for, and refused, at every change
        self.changed.emit()

    def _use(self, entry: RunEntry) -> None:
        self._recent.use(entry)
        self._recent.forget()

    def refresh(self) -> None:
        """Have the list read from the library."""
        self._read_list(Library.runs)

    def look(self) -> None:
        """Take over what another window has done; to be called every now and then."""
        if not self._looking and monotonic() - self._looked >= LOOK_EVERY:
            self._read_list(Library.runs if self._recent.idle else Library.runs_if_changed)

    def _read_list(self, question: Callable[[Library], list[RunListing] | None]) -> None:
        self._looking = True
        take = partial(self._merge, self._edits)
        self.client.ask(partial(in_words, question), take, partial(take, None))

    def _merge(self, edits: int, listings: Sequence[RunListing] | None) -> None:
        """Take over the library's list, unless it is older than what was done here."""
        self._looking, self._looked = False, monotonic()
        if listings is None:
            return
        if edits != self._edits:
            self.refresh()
            return
        before = [(entry, entry.listing) for entry in self.entries]
        known = {entry.id: entry for entry in self.entries}
        found = {listing.id for listing in listings}
        kept = [entry for entry in self.entries if entry.id in found or not entry.stored or entry is self.viewed.entry]
        for listing in listings:
            if listing.id not in known:
                kept.append(RunEntry(listing))
            (known.get(listing.id) or kept[-1]).update(listing)
        self._put_in_order(kept)
        if before != [(entry, entry.listing) for entry in self.entries]:
            self.changed.emit()
        self._recent.forget()

    def close(self) -> None:
        """Save the rest; nothing more is told."""
        self.autosaver.close()
        QCoreApplication.removePostedEvents(self.client)  # what it still has to tell, nobody is there to hear

    def _put_in_order(self, entries: list[RunEntry]) -> None:
        self.entries = sorted(entries, key=lambda entry: entry.listing.created)
