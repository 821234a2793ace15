"""The list of all runs, on the left of the window: what they are called, what came of them, what to do with them."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from gui.run_list.actions import RunActions
from gui.run_list.filter_and_sort import Filter, SortOrder
from gui.run_list.list_view import RunListView
from gui.run_list.row_delegate import RunRowDelegate
from gui.run_list.table_model import RunTableModel
from gui.run_list.undo_bar import UndoBar
from gui.runs.run_entry import RunEntry
from gui.runs.run_registry import RunRegistry
from gui.style.text_size import follow
from gui.style.theme import Theme
from gui.widgets.card import label
from gui.widgets.phrased_label import PhrasedLabel
from model.base.language import message, tr, tr_count

EMPTY = message(
    "Every run that you train is kept here, also when Layerscope is closed: with its curves, weights and verdict.\n\n"
    "A click on the box before its name shows or hides its curves, behind those of the next run and under Compare. "
    "A double click opens it."
)
NO_MATCH = message("No run matches this filter.")


class RunList(QWidget):
    """All runs, with a filter and an order; tells what is wanted of them."""

    open_wanted = Signal(object)
    branch_wanted = Signal(object)
    repeats_wanted = Signal(object)
    against_wanted = Signal(object)
    export_wanted = Signal(object)
    copy_wanted = Signal(object, str)

    def __init__(self, runs: RunRegistry, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panelContent")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.runs, self.theme = runs, theme
        self.table = RunTableModel(runs, self)
        self.delegate = RunRowDelegate(runs, theme, self)
        self.view = RunListView()
        self.view.setModel(self.table)
        self.view.setItemDelegate(self.delegate)
        self.commands = RunActions(self.view, self._deeds(), self._recolor)
        undo = self.commands.made["undo"]
        self.undo_bar = UndoBar(undo)
        self.empty = PhrasedLabel(role="muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(self.view)
        self._lay_out()
        self.view.opened.connect(self._open)
        self.view.toggled.connect(self._toggle_at)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self.view.selectionModel().selectionChanged.connect(self._choice_changed)
        runs.changed.connect(self.update_list)
        self.update_list()

    def event(self, event: QEvent) -> bool:
        # In the window Ctrl+Z is for settings; in the list it brings back runs, as long as any can be.
        if isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo) and self.runs.deleted:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._undo()
                return True
        return super().event(event)

    def _lay_out(self) -> None:
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._search())
        column.addWidget(self.empty, 1)
        column.addWidget(self.view, 1)
        column.addWidget(self.undo_bar)
        column.addWidget(self._buttons())
        self.empty.setContentsMargins(16, 8, 16, 8)

    def _search(self) -> QHBoxLayout:
        self.search, self.order = QLineEdit(), QComboBox()
        self.search.setPlaceholderText(tr("Filter: relu, >0.9"))
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(tr("Filter the runs"))
        self.search.setToolTip(tr("Words of a run's name, settings or verdict; >0.9 and <50 % bound its test accuracy"))
        self.search.textChanged.connect(self._seek)
        self.order.setAccessibleName(tr("Sort the runs"))
        # On Linux Qt calls a box by what is chosen in it, so that a screen reader knows from a label only what for.
        caption = label(tr("Sort the runs"), buddy=self.order)
        caption.hide()
        for order in SortOrder:
            self.order.addItem(order.label, order)
            self.order.setItemData(self.order.count() - 1, order.help, Qt.ItemDataRole.ToolTipRole)
        follow(self.order.setFixedWidth, 96)
        self.order.currentIndexChanged.connect(self._sort)
        line = QHBoxLayout()
        line.setContentsMargins(12, 0, 12, 0)
        line.setSpacing(6)
        line.addWidget(self.search, 1)
        line.addWidget(caption)
        line.addWidget(self.order)
        return line

    def _buttons(self) -> QWidget:
        self.buttons = QFrame()
        line = QHBoxLayout(self.buttons)
        line.setContentsMargins(12, 2, 12, 10)
        line.setSpacing(4)
        for name in ("open", "branch", "delete"):
            button = QToolButton()
            button.setObjectName("compact")
            button.setDefaultAction(self.commands.made[name])
            line.addWidget(button, 1)
        self.more = QToolButton()
        self.more.setObjectName("compact")
        self.more.setText(tr("More ▾"))
        self.more.setToolTip(tr("Everything that can be done with the chosen runs"))
        self.more.clicked.connect(lambda *_: self._pop_up(self.more.mapToGlobal(QPoint())))
        line.addWidget(self.more, 1)
        return self.buttons

    def _deeds(self) -> dict[str, Callable[[], None]]:
        return {
            "open": partial(self._tell, self.open_wanted),
            "rename": lambda: self.view.edit(self.view.currentIndex()),
            "toggle": self._toggle,
            "only": lambda: self.runs.show(self.chosen),
            "all": lambda: self.runs.show({row.entry for row in self.table.rows} | set(self.runs.shown)),
            "none": lambda: self.runs.show([]),
            "branch": partial(self._tell, self.branch_wanted),
            "repeats": partial(self._tell, self.repeats_wanted),
            "against": partial(self._tell, self.against_wanted),
            "export": lambda: self.export_wanted.emit(self.chosen),
            "command": lambda: self.copy_wanted.emit(self.chosen[0], "command"),
            "python": lambda: self.copy_wanted.emit(self.chosen[0], "python"),
            "delete": self._delete,
            "undo": self._undo,
        }

    @property
    def chosen(self) -> list[RunEntry]:
        """The selected runs, in the order of the list."""
        return self.table.entries(self.view.selectionModel().selectedIndexes())

    def select(self, entry: RunEntry) -> None:
        """Choose this run and bring it into sight."""
        self._choose(self.table.index_of(entry))

    def _choose(self, index: QModelIndex) -> None:
        # The view's own setCurrentIndex would add to the chosen ones while the Ctrl of Ctrl+Z is down.
        if index.isValid():
            self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.column.activate()
            self.view.scrollTo(index)

    def update_list(self) -> None:
        """Take over which runs there are and how they are shown."""
        self.table.update()
        self._rows_changed()

    def _rows_changed(self) -> None:
        listed = bool(self.table.rows)
        self.empty.say(tr(NO_MATCH if self.runs.entries else EMPTY))
        self.empty.setVisible(not listed)
        self.view.setVisible(listed)
        self.buttons.setVisible(bool(self.runs.entries))
        self._choice_changed()

    def update_text(self) -> None:
        """Show the newest figures; called twice a second."""
        self.table.refresh()

    def apply_theme(self, theme: Theme) -> None:
        """Take over other colours."""
        self.theme = self.delegate.theme = theme
        self.view.viewport().update()

    def _seek(self, text: str) -> None:
        self.table.filter = Filter(text)
        self.table.seek()
        self._rows_changed()

    def _sort(self) -> None:
        self.table.order = self.order.currentData()
        self.table.put_in_order()
        self._rows_changed()
        self.view.scrollTo(self.view.currentIndex())

    def _choice_changed(self) -> None:
        self.commands.enable(len(self.chosen), len(self.table.rows), len(self.runs.deleted))

    def _tell(self, signal: SignalInstance) -> None:
        signal.emit(self.chosen[0])

    def _open(self, index: QModelIndex) -> None:
        self.open_wanted.emit(self.table.entry_of(index))

    def _toggle_at(self, index: QModelIndex) -> None:
        entry = self.table.entry_of(index)
        if entry:
            self.runs.change(entry, shown=not entry.listing.shown)

    def _toggle(self) -> None:
        """Show the chosen runs, or hide them where all are shown."""
        chosen = set(self.chosen)
        shown = set(self.runs.shown)
        self.runs.show(shown - chosen if chosen <= shown else shown | chosen)

    def _recolor(self, color: int) -> None:
        for entry in self.chosen:
            self.runs.change(entry, color=color)

    def _delete(self) -> None:
        gone, place = self.chosen, self.view.currentIndex().row()
        names = [self.table.index_of(entry).data() for entry in gone]
        self.runs.delete(gone)
        one = len(names) == 1
        told = (
            tr("Deleted {run}.", run=names[0]) if one else tr_count("Deleted {n} run.", "Deleted {n} runs.", len(names))
        )
        self.undo_bar.tell(told)
        self._choose(self.table.index(min(place, len(self.table.rows) - 1)))

    def _undo(self) -> None:
        back = self.runs.undo()
        self.undo_bar.hide()
        if back:
            self.select(back[0])

    def _show_menu(self, position: QPoint) -> None:
        self._pop_up(self.view.viewport().mapToGlobal(position))

    def _pop_up(self, position: QPoint) -> None:
        self.commands.menu(self.theme, [entry.listing.color for entry in self.chosen]).popup(position)
