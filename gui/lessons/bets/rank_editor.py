"""Putting the options in an order, the largest first."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from gui.lessons.bets.bet_editor import BetEditor
from gui.lessons.plain_text import plain
from gui.style.text_size import follow
from gui.style.theme import Theme
from gui.widgets.wrapped_label import WrappedLabel
from model.base.language import message, tr
from model.lessons.judgement import Guess, Judgement
from model.lessons.lesson import Bet, Lesson

HOW = message("The largest first: drag, or press Shift with ↑ or ↓.")
KEY = Qt.ItemDataRole.UserRole
MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class RankList(QListWidget):
    """Rows that the mouse and Shift with an arrow key move; `moved` says that the order is another."""

    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rank")
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(True)
        self.model().rowsMoved.connect(lambda *_: self.moved.emit())
        self.model().rowsInserted.connect(lambda *_: self.moved.emit())
        follow(self.fit)

    def fit(self) -> None:
        """Be as tall as all rows are at this width and text size."""
        self.ensurePolished()
        self.doItemsLayout()
        rows = sum(self.visualItemRect(self.item(row)).height() for row in range(self.count()))  # lines that wrap too
        self.setFixedHeight(rows + 2 * self.frameWidth() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = MOVES.get(Qt.Key(event.key()))
        if by is None or event.modifiers() != Qt.KeyboardModifier.ShiftModifier:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                event.ignore()
            else:
                super().keyPressEvent(event)
            return
        row = self.currentRow()
        if 0 <= row + by < self.count():
            self.insertItem(row + by, self.takeItem(row))
            self.setCurrentRow(row + by)


class RankEditor(BetEditor):
    """A list in the learner's order; after the answer each row has its measured place and value."""

    def __init__(self, lesson: Lesson, bet: Bet, theme: Theme) -> None:
        super().__init__(lesson, bet, theme)
        self.texts = {option.key: plain(option.text) for option in bet.options}
        self.list = RankList()
        self.list.setAccessibleName(tr("Your order, the largest first"))
        self.list.setToolTip(tr(HOW))
        how = WrappedLabel("muted")
        self.column.addWidget(how)
        self.column.addWidget(self.list)
        how.say(tr(HOW))
        self._fill(sorted(self.texts))  # not in the author's order, which may be the right one
        self.list.moved.connect(self.changed)

    def _fill(self, keys: list[str]) -> None:
        self.list.clear()
        for key in keys:
            item = QListWidgetItem(self.texts[key])
            item.setData(KEY, key)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.fit()

    @property
    def guess(self) -> Guess | None:
        return tuple(str(self.list.item(row).data(KEY)) for row in range(self.list.count()))

    def show_guess(self, guess: Guess) -> None:
        if isinstance(guess, tuple):
            self._fill([str(key) for key in guess])

    def tell(self, judgement: Judgement) -> None:
        values = dict(zip((option.key for option in self.bet.options), judgement.values, strict=False))
        unit = self.bet.unit
        numbers = {key: value for key, value in values.items() if isinstance(value, int | float)}
        places = {key: place for place, key in enumerate(sorted(numbers, key=lambda key: -numbers[key]), 1)}
        for row in range(self.list.count()):
            item = self.list.item(row)
            key = str(item.data(KEY))
            if unit and key in numbers:
                value = tr("{value}, place {place}", value=unit.write(numbers[key]), place=places[key])
                item.setText(f"{self.texts[key]}  ·  {value}")
        self.list.fit()

    def take_focus(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
