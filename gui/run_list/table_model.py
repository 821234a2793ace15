"""The list of runs as Qt's views read it: filtered, sorted, and told of a row only when something in it has changed."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gui.run_list.filter_and_sort import Filter, ListedRun, SortOrder
from gui.run_list.run_row import Row
from gui.runs.run_entry import RunEntry
from gui.runs.run_registry import RunRegistry
from gui.widgets.turn_queue import TurnQueue

ROW = Qt.ItemDataRole.UserRole
WRITTEN_AT_ONCE = 1_000  # texts; takes 2 ms
AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class RunTableModel(QAbstractListModel):
    """A row for each run that the filter takes. Rows keep their places until `update`; `refresh` renews figures."""

    def __init__(self, runs: RunRegistry, parent: QObject) -> None:
        super().__init__(parent)
        self.runs = runs
        self.order = SortOrder.NEWEST
        self.filter = Filter("")
        self.rows: list[Row] = []
        self.known: dict[RunEntry, Row] = {}  # all runs, whether the filter takes them or not
        self.turns = TurnQueue(self)
        self.update()

    def update(self) -> None:
        """Take over which runs there are and how they are called."""
        names, before, self.known = self.runs.names(), self.known, {}
        for entry in self.runs.entries:
            row, listing = before.get(entry), entry.listing
            name, summary = names[listing.id], entry.summary() if entry.run_log else listing.summary
            if row is None or row.listed.name != name or row.listed.summary is not summary:
                row = Row(entry, ListedRun(name, entry.listing, summary))
            self.known[entry] = row
        self.put_in_order()

    def put_in_order(self) -> None:
        """Take over another order."""
        keys = dict(
            zip(self.known.values(), map(self.order.sort_key, [row.listed for row in self.known.values()]), strict=True)
        )
        self.sorted = sorted(keys, key=keys.__getitem__)
        self.taken: tuple[Filter, list[Row]] | None = None
        self.unwritten = iter(self.sorted)
        self.turns.clear()
        self.turns.add(self._write_ahead)
        self.seek()

    def seek(self) -> None:
        """Take over another filter: neither sorts nor puts into words what has been before.

        One that only narrows the last one looks through nothing but what that has taken.
        """
        before = self.taken[1] if self.taken and self.filter.narrows(self.taken[0]) else self.sorted
        rows = self.filter.among(before) if self.filter else self.sorted
        self.taken = self.filter, rows
        self._show(rows)

    def _write_ahead(self) -> None:
        # What runs are sought by, before anyone seeks: the first key would have to wait until it is written for all.
        written = [row.listed.text for row in islice(self.unwritten, WRITTEN_AT_ONCE)]
        if len(written) == WRITTEN_AT_ONCE:
            self.turns.add(self._write_ahead)

    def _show(self, rows: list[Row]) -> None:
        # Few signals for any number of rows. Each keeps the selection and the scroll position, as a reset would not.
        before, now = [row.entry for row in self.rows], [row.entry for row in rows]
        start = _shared(before, now)
        end = _shared(before[start:][::-1], now[start:][::-1])
        gone, come = len(before) - start - end, len(now) - start - end
        if gone and come:
            self._exchange(rows)
        elif gone:
            self.beginRemoveRows(NOWHERE, start, start + gone - 1)
            self.rows = rows
            self.endRemoveRows()
        elif come:
            self.beginInsertRows(NOWHERE, start, start + come - 1)
            self.rows = rows
            self.endInsertRows()
        self._rearrange(rows)

    def _exchange(self, rows: list[Row]) -> None:
        wanted, here = {row.entry for row in rows}, {row.entry for row in self.rows}
        staying = [row for row in rows if row.entry in here]
        self._rearrange([*staying, *(row for row in self.rows if row.entry not in wanted)])
        if len(staying) < len(self.rows):
            self.beginRemoveRows(NOWHERE, len(staying), len(self.rows) - 1)
            self.rows = staying
            self.endRemoveRows()
        if added := [row for row in rows if row.entry not in here]:
            self.beginInsertRows(NOWHERE, len(self.rows), len(rows) - 1)
            self.rows = [*self.rows, *added]
            self.endInsertRows()

    def _rearrange(self, rows: list[Row]) -> None:
        if [row.entry for row in rows] != [row.entry for row in self.rows]:
            places = {row.entry: place for place, row in enumerate(rows)}
            self.layoutAboutToBeChanged.emit()
            before = self.persistentIndexList()  # which views have only now asked for
            after = [self.index(places[self.rows[index.row()].entry]) for index in before]
            self.rows = rows
            self.changePersistentIndexList(before, after)
            self.layoutChanged.emit()
        elif rows:
            self.rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def refresh(self) -> None:
        """Show the newest figures; called twice a second. A run that has just ended takes its place in the order."""
        ended = False
        for entry, row in self.known.items():  # also what the filter leaves out, as it may soon be another
            summary = entry.summary() if entry.run_log else entry.listing.summary
            if summary is not row.listed.summary:
                ended = ended or summary.ended > row.summary.ended
                row.listed = ListedRun(row.name, entry.listing, summary)
                self.taken = None  # the filter may take it now
                if (index := self.index_of(entry)).isValid():
                    self.dataChanged.emit(index, index)
        if ended:
            self.update()

    def entry_of(self, index: AnyIndex) -> RunEntry | None:
        """The run of a row."""
        return self.rows[index.row()].entry if index.isValid() else None

    def index_of(self, entry: RunEntry) -> QModelIndex:
        """The row of a run; an invalid one where the filter leaves it out."""
        place = next((place for place, row in enumerate(self.rows) if row.entry is entry), -1)
        return self.index(place) if place >= 0 else QModelIndex()

    def entries(self, indexes: Iterable[AnyIndex]) -> list[RunEntry]:
        """The runs of some rows, in the order of the list."""
        return [self.rows[place].entry for place in sorted({index.row() for index in indexes if index.isValid()})]

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return row.name
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                return row.explained
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
            case _:
                return row if role == ROW else None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        entry = self.entry_of(index)
        if role != Qt.ItemDataRole.EditRole or entry is None:
            return False
        label = str(value).strip()
        if label != self.rows[index.row()].name:
            self.runs.change(entry, label=label)
        return True


def _shared(one: list[RunEntry], other: list[RunEntry]) -> int:
    """How many both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a is not b), min(len(one), len(other)))
