"""All runs there are: the one on the screen, those before it, those in the background. Every list draws from here."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Self

from PySide6.QtCore import QObject, Signal

from gui.runs.autosave_signals import KeeperLine
from gui.runs.run_entry import Entry
from model.config.recipe import Recipe
from model.config.run_names import names_of
from model.history.run_log import Logbook
from model.history.run_summary import Digest, RunCard
from model.library.autosave import Keeper
from model.library.library import Library

__all__ = ["Entry", "Runs"]

# A new run lets the oldest go from the plots when there would be more: one for each colour.
MOST_SHOWN = 8
# Logbooks of hidden runs that stay in memory, so that showing them again takes no reading.
KEPT_READ = 8
LOOK_EVERY = 3.0  # seconds between two looks at what other windows have done


class Runs(QObject):
    """The list, in the order of creation. What changes it here is passed on to the keeper, which saves it."""

    changed = Signal()  # which runs there are, their names, colours and visibility
    loaded = Signal(object)  # an Entry whose logbook has arrived
    said = Signal(str)

    def __init__(self, keeper: Keeper, line: KeeperLine | None = None) -> None:
        super().__init__()
        self.keeper = keeper
        self.line = line or KeeperLine()
        self.line.keeper = keeper
        self.line.said.connect(self.said)
        self.entries: list[Entry] = []
        self.deleted: list[list[Entry]] = []  # for undo, the last deletion last
        self.current: Entry | None = None  # the one on the screen
        self._edits = 0
        self._looked = 0.0
        self._looking = self._unsure = False
        self._waiting: dict[str, list[Callable[[Logbook], None]]] = {}
        self._recent: list[Entry] = []  # whose logbook is here, the one wanted last at the end
        self.refresh()

    @classmethod
    def open(cls, path: Path | None) -> Self:
        """The runs of the library at `path`, None for one in memory; `keeper.close()` ends it."""
        line = KeeperLine()
        return cls(Keeper(path, line.tell), line)

    def begin(self, recipe: Recipe, logbook: Logbook) -> Entry:
        """A run that begins now; it is shown, in a colour that no other shown run has."""
        self._edits += 1
        too_many = max(len(self.shown) + 1 - MOST_SHOWN, 0)
        self._turn([entry for entry in self.shown if entry is not self.current][:too_many], shown=False)
        entry = Entry(RunCard(recipe, self._free_color()), logbook)
        self.entries.append(entry)
        self._recent.append(entry)
        self.keeper.follow(entry.card, logbook)
        self.changed.emit()
        return entry

    def add(self, cards: Sequence[RunCard]) -> list[Entry]:
        """Runs that the library has taken in; returns their entries, also of those that were here already."""
        self._edits += 1
        known = {entry.id: entry for entry in self.entries}
        added = [known.get(card.id) or Entry(card, stored=card.digest) for card in cards]
        self._put_in_order([*self.entries, *(entry for entry in added if entry.id not in known)])
        self.changed.emit()
        return added

    def _free_color(self) -> int:
        taken = {entry.card.color for entry in self.entries if entry.card.shown}
        return next(color for color in range(len(taken) + 1) if color not in taken)

    def put_on_screen(self, entry: Entry | None) -> None:
        """Note which run the dashboard shows."""
        if entry is not self.current:
            self.current = entry
            self.changed.emit()

    @property
    def shown(self) -> list[Entry]:
        """Those whose curves are drawn."""
        return [entry for entry in self.entries if entry.card.shown]

    def names(self) -> dict[str, str]:
        """What each run is called, by id: as the user named it, or after what sets it apart from the others."""
        made = names_of([entry.recipe for entry in self.entries])
        return {entry.id: entry.card.label or name for entry, name in zip(self.entries, made, strict=True)}

    def digest(self, entry: Entry) -> Digest:
        """What there is to tell of it now."""
        return entry.digest()

    def change(
        self, entry: Entry, *, label: str | None = None, color: int | None = None, shown: bool | None = None
    ) -> None:
        """Rename, recolour, show or hide; what is None stays."""
        self._edits += 1
        card = entry.card
        entry.card = replace(
            card,
            label=card.label if label is None else label,
            color=card.color if color is None else color,
            shown=card.shown if shown is None else shown,
        )
        self.keeper.post(lambda library: library.change(entry.id, label=label, color=color, shown=shown))
        self._after_change()

    def show(self, entries: Collection[Entry]) -> None:
        """Show these and hide all others."""
        self._edits += 1
        self._turn([entry for entry in self.entries if entry in entries], shown=True)
        self._turn([entry for entry in self.entries if entry not in entries], shown=False)
        self._after_change()

    def _turn(self, entries: Sequence[Entry], *, shown: bool) -> None:
        turned = [entry for entry in entries if entry.card.shown != shown]
        for entry in turned:
            entry.card = replace(entry.card, shown=shown)
        if turned:
            self.keeper.post(partial(_turn, ids=[entry.id for entry in turned], shown=shown))

    def _after_change(self) -> None:
        self.changed.emit()
        self._forget_idle()

    def delete(self, entries: Collection[Entry]) -> None:
        """Take runs off the list; `undo` brings them back."""
        gone = [entry for entry in self.entries if entry in entries]
        if not gone:
            return
        self._edits += 1
        self.entries = [entry for entry in self.entries if entry not in entries]
        self.deleted.append(gone)
        self.keeper.post(lambda library: library.delete([entry.id for entry in gone]))
        self.changed.emit()

    def undo(self) -> list[Entry]:
        """Bring back what was deleted last; returns it."""
        if not self.deleted:
            return []
        self._edits += 1
        here = {entry.id for entry in self.entries}  # also what another window or a file has brought back since
        back = [entry for entry in self.deleted.pop() if entry.id not in here]
        self._put_in_order([*self.entries, *back])
        self.keeper.post(lambda library: library.restore([entry.id for entry in back]))
        self.changed.emit()
        return back

    def load(self, entry: Entry, then: Callable[[Logbook], None] | None = None) -> None:
        """Have its logbook read, if it is not here yet; `loaded` tells when it is, and `then` is given it."""
        if entry.logbook:
            self._use(entry)
            if then:
                then(entry.logbook)
            return
        if entry.id not in self._waiting:
            self._waiting[entry.id] = []
            take, give_up = partial(self._take, entry), partial(self._give_up, entry)
            self.line.ask(lambda library: library.load(entry.id), take, give_up)
        if then:
            self._waiting[entry.id].append(then)

    def _take(self, entry: Entry, logbook: Logbook) -> None:
        entry.take(logbook)
        self._use(entry)
        self.loaded.emit(entry)
        for then in self._waiting.pop(entry.id, []):
            then(logbook)

    def _give_up(self, entry: Entry) -> None:
        del self._waiting[entry.id]
        entry.card = replace(entry.card, shown=False)  # or it would be asked for, and refused, at every change
        self.changed.emit()

    def _use(self, entry: Entry) -> None:
        self._recent = [other for other in self._recent if other is not entry] + [entry]
        self._forget_idle()

    def refresh(self) -> None:
        """Have the list read from the library."""
        self._read_list(_cards)

    def look(self) -> None:
        """Take over what another window has done; to be called every now and then."""
        if not self._looking and monotonic() - self._looked >= LOOK_EVERY:
            self._read_list(_cards if self._unsure else _cards_of_others)

    def _read_list(self, question: Callable[[Library], list[RunCard] | None]) -> None:
        self._looking = True
        take = partial(self._merge, self._edits)
        self.line.ask(question, take, partial(take, None))

    def _merge(self, edits: int, cards: Sequence[RunCard] | None) -> None:
        """Take over the library's list, unless it is older than what was done here."""
        self._looking, self._looked = False, monotonic()
        if cards is None:
            return
        if edits != self._edits:
            self.refresh()
            return
        before = [(entry, entry.card) for entry in self.entries]
        known = {entry.id: entry for entry in self.entries}
        found = {card.id for card in cards}
        kept = [entry for entry in self.entries if entry.id in found or not entry.stored or entry is self.current]
        for card in cards:
            if card.id not in known:
                kept.append(Entry(card))
            (known.get(card.id) or kept[-1]).update(card)
        self._put_in_order(kept)
        self._recent = [entry for entry in self._recent if entry.logbook]
        if before != [(entry, entry.card) for entry in self.entries]:
            self.changed.emit()
        self._forget_idle()

    def _put_in_order(self, entries: list[Entry]) -> None:
        self.entries = sorted(entries, key=lambda entry: entry.card.created)

    def _forget_idle(self) -> None:
        """Let go of the logbooks that nobody looks at and that the library has to the last record."""
        idle = [entry for entry in self._recent if not entry.card.shown and entry is not self.current]
        idle = [entry for entry in idle if not entry.going][:-KEPT_READ]
        for entry in idle:
            if entry.spare:
                entry.forget()
        self._recent = [entry for entry in self._recent if entry.logbook]
        self._unsure = any(entry.logbook for entry in idle)


def _turn(library: Library, *, ids: Sequence[str], shown: bool) -> None:
    for id_ in ids:
        library.change(id_, shown=shown)


def _cards(library: Library) -> list[RunCard]:
    return library.runs()


def _cards_of_others(library: Library) -> list[RunCard] | None:
    return library.runs() if library.changed_elsewhere() else None
