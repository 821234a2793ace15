"""What stands beside an option when a class votes: a field for the count, and then both counts as bars."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSpinBox, QWidget

from gui.style.text_size import factor, follow
from gui.style.theme import Theme, font
from model.base.language import tr
from model.lessons.votes import MOST_VOTES, ROUNDS, Votes

FIELD, BARS = 58, 84  # pixels of width at the normal text size, as all here
BAR, GAP, NUMBER = 11, 3, 26
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CountField(QSpinBox):
    """Takes how many chose an option; `done` says that Enter was pressed. Letters go on to the window's keys."""

    done = Signal()

    def __init__(self, number: int) -> None:
        super().__init__()
        self.setRange(0, MOST_VOTES)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleName(tr("Votes for option {number}", number=number))
        self.setToolTip(tr("How many chose this: type it, Enter goes to the next"))
        follow(self.setFixedWidth, FIELD)

    def event(self, event: QEvent) -> bool:
        # A field would keep V and R for itself, which end a round, though it takes digits alone.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.text().isalpha():
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.done.emit()
            return
        if not self.value() and event.text().isdigit():
            self.selectAll()  # what is typed takes the place of the 0, wherever the cursor is
        super().keyPressEvent(event)


class VoteBars(QWidget):
    """The shares of an option in both rounds, the first above the second, each with its count."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.shares, self.counts = (0.0,) * ROUNDS, (0,) * ROUNDS
        follow(self.setFixedWidth, BARS)
        follow(self.setMinimumHeight, ROUNDS * BAR + (ROUNDS - 1) * GAP)

    def show_votes(self, votes: Votes, option: str) -> None:
        """Show the counts of an option; a second round that nobody counted is left out."""
        rounds = range(1, (ROUNDS if votes.total(ROUNDS) else 1) + 1)
        self.shares = tuple(votes.share(number, option) for number in rounds)
        self.counts = tuple(votes.count(number, option) for number in rounds)
        first, second = self.counts[0], self.counts[1] if len(self.counts) > 1 else None
        if second is None:
            self.setAccessibleName(tr("Votes: {votes} before talking", votes=first))
        else:
            self.setAccessibleName(tr("Votes: {votes} before talking, {later} after", votes=first, later=second))
        self.setToolTip(self.accessibleName())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.theme
        with QPainter(self) as painter:
            painter.scale(factor(), factor())
            painter.setFont(font(10))
            top = (self.height() / factor() - len(self.shares) * (BAR + GAP) + GAP) / 2
            for place, (share, count) in enumerate(zip(self.shares, self.counts, strict=True)):
                row = QRectF(0, top + place * (BAR + GAP), BARS - NUMBER, BAR)
                color = QColor(theme.accent)
                painter.setPen(QPen(color, 1))
                painter.setBrush(color if place else Qt.BrushStyle.NoBrush)  # the first is an outline
                painter.drawRect(QRectF(row.left() + 0.5, row.top() + 0.5, max(share * (row.width() - 1), 1), BAR - 1))
                painter.setPen(QColor(theme.text))
                text = QRectF(row.right() + 4, row.top() - 1, NUMBER - 4, BAR + 2)
                painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, f"{count}")

    def apply_theme(self, theme: Theme) -> None:
        """Take over other colours."""
        self.theme = theme
        self.update()
