"""What of a lesson lies behind a step, and how much is ahead, in the room that the step leaves below it."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.lessons.plain_text import plain
from gui.style.text_size import factor
from gui.style.theme import Theme, font
from gui.widgets.japanese_text import in_phrases
from model.base.language import tr
from model.base.sentences import in_parts
from model.lessons.lesson import Lesson, Step
from model.lessons.progress import LessonProgress

TOP, GAP, LEFT = 10.0, 6.0, 20.0  # pixels, as all here at the normal text size
SEEN, RIGHT, OTHER, AHEAD = "·", "✓", "≠", "○"
WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)


def outline(lesson: Lesson, step: Step, progress: LessonProgress) -> list[tuple[str, str]]:
    """Rows of a sign and a text: steps before this one, and how many come. Titles of those would give answers away."""
    place = lesson.steps.index(step)
    rows = [] if place else [("", f"{plain(lesson.about)}"), ("", _size(lesson))]
    for each in lesson.steps[:place]:
        bet = progress.bets.get(each.bet.key) if each.bet else None
        sign = SEEN if not bet or bet.right is None else RIGHT if bet.right else OTHER
        rows.append((sign, each.title))
    ahead = len(lesson.steps) - place - 1
    if place and ahead:
        rows.append((AHEAD, tr("One more step") if ahead == 1 else tr("{steps} more steps", steps=ahead)))
    return rows


def _size(lesson: Lesson) -> str:
    return tr(
        "{steps} steps, {bets} bets, about {minutes} minutes.",
        steps=len(lesson.steps),
        bets=len(lesson.bets),
        minutes=lesson.minutes,
    )


class LessonOutline(QWidget):
    """Paints those rows that fit into its height, of which it asks for none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.rows: Sequence[tuple[str, str]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show other rows; () none."""
        self.rows = rows
        self.setAccessibleName(tr("This lesson"))
        self.setAccessibleDescription(in_parts((f"{sign} {text}".strip() for sign, text in rows)))
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def sizeHint(self) -> QSize:
        return QSize(0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, wide, high = self.theme, self.width() / factor(), self.height() / factor()
        with QPainter(self) as painter:
            painter.scale(factor(), factor())
            painter.setFont(font(12))
            y = TOP
            for place, (sign, text) in enumerate(self.rows):
                left = LEFT if sign else 0.0
                room = QRectF(left, 0, max(wide - left, 1), high)
                area = painter.boundingRect(room.translated(0, y), WRAPPED, in_phrases(text))
                if area.bottom() > high:
                    return
                if not place:
                    painter.setPen(QPen(QColor(theme.line), 1))
                    painter.drawLine(0, 1, int(wide), 1)
                painter.setPen(QColor(theme.accent if sign == RIGHT else theme.muted))
                painter.drawText(QRectF(2, y, LEFT, area.height()), WRAPPED, sign)
                painter.setPen(QColor(theme.muted))
                painter.drawText(room.translated(0, y), WRAPPED, in_phrases(text))
                y = area.bottom() + GAP

    def apply_theme(self, theme: Theme) -> None:
        """Take over other colours."""
        self.theme = theme
        self.update()
