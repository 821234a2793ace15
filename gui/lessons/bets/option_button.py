"""An option of a choice: its number, its text with formulas, and afterwards what it turned out to be."""

from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QWidget

from gui.lessons.lesson_document import LessonDocument
from gui.style.text_size import follow, scaled
from gui.style.theme import Theme, widget_font

LEFT, TOP, RIGHT = 34.0, 7.0, 10.0  # pixels around the text, as all here at the normal text size
BADGE = 18.0
ROUND = 5.0
MARK_HEIGHT = 15.0
GAP = 12.0
RIGHT_OF_TEXT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
TINT = 0.1


class OptionButton(QAbstractButton):
    """One of several, chosen by a click, its number, or the arrow keys; as tall as its text.

    `role` is a word such as "measured", '' before the answer, at the right or, where the text leaves no room, below
    it; a `strong` one stands out.
    """

    def __init__(self, number: int, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.number, self.theme = number, theme
        self.lines = LessonDocument(self, theme)
        self.role, self.strong = "", False
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        follow(self.fit)

    def say(self, role: str, *, strong: bool) -> None:
        """Show what it turned out to be."""
        self.role, self.strong = role, strong
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        held = QApplication.focusWidget()
        # An arrow key has led to another, which Qt chooses only where one of them is chosen already.
        if isinstance(held, OptionButton) and held is not self:
            held.setChecked(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self.fit()

    def fit(self) -> None:
        """Become as tall as the text at the present width and text size."""
        self.lines.fit_letters()
        self.lines.fit(max(self.width() - scaled(LEFT + RIGHT), 40.0))
        below = MARK_HEIGHT if self.role and not self._beside else 0.0
        self.setFixedHeight(ceil(self.lines.size().height()) + scaled(2 * TOP + below))
        self.update()

    @property
    def _role_font(self) -> QFont:
        return widget_font(11, QFont.Weight.DemiBold)

    @property
    def _beside(self) -> bool:
        """Whether the role stands at the right of the text, which then has one line."""
        role = QFontMetricsF(self._role_font).horizontalAdvance(self.role)
        return self.lines.idealWidth() + scaled(GAP) + role <= self.lines.textWidth()

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, checked = self.theme, self.isChecked()
        told = bool(self.role)
        edge = theme.accent if self.strong or (checked and not told) else theme.text if checked else theme.edge
        if self.hasFocus() or (self.underMouse() and self.isEnabled()):
            edge = theme.accent if self.hasFocus() else theme.muted
        ground = QColor(theme.accent if self.strong or (checked and not told) else theme.field)
        if self.strong or (checked and not told):
            ground.setAlphaF(TINT)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            wide = 2.0 if self.hasFocus() or self.strong else 1.0
            painter.setPen(QPen(QColor(edge), wide))
            painter.setBrush(ground)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), ROUND, ROUND)
            self._paint_badge(painter, filled=checked)
            painter.translate(scaled(LEFT), scaled(TOP))
            self.lines.drawContents(painter)
            if self.role:
                painter.setPen(QColor(theme.accent if self.strong else theme.muted))
                painter.setFont(self._role_font)
                if self._beside:
                    line = QRectF(0, 0, self.lines.textWidth(), self.height() - scaled(2 * TOP))
                    painter.drawText(line, RIGHT_OF_TEXT, self.role)
                else:
                    painter.drawText(QPointF(0, self.height() - scaled(2 * TOP)), self.role)

    def _paint_badge(self, painter: QPainter, *, filled: bool) -> None:
        theme = self.theme
        badge = QRectF(*map(scaled, (8, TOP, BADGE, BADGE)))
        painter.setPen(QPen(QColor(theme.accent if filled else theme.edge), 1))
        painter.setBrush(QColor(theme.accent if filled else theme.field))
        painter.drawEllipse(badge)
        painter.setPen(QColor(theme.on_accent if filled else theme.muted))
        painter.setFont(widget_font(11))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(self.number))

    def apply_theme(self, theme: Theme) -> None:
        """Take over other colours."""
        self.theme = theme
        self.lines.apply_theme(theme)
        self.update()
