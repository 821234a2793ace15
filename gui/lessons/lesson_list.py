"""The lessons to choose from, with what has been done of each."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gui.lessons.plain_text import plain
from gui.lessons.progress_file import ProgressFile
from gui.style.text_size import factor, follow, scaled
from gui.style.theme import Theme, font
from gui.widgets.card import label
from gui.widgets.flat_button import flat_button
from gui.widgets.steady_scroll_area import SteadyScrollArea
from gui.widgets.wrapped_label import WrappedLabel
from model.base.language import tr, tr_count
from model.lessons.lesson import Lesson
from model.lessons.progress import LessonProgress

ROW, LEFT = 44, 38  # pixels
DOWN, UP = Qt.Key.Key_Down, Qt.Key.Key_Up


class LessonRow(QAbstractButton):
    """A lesson: its number, title, and how far the learner is."""

    def __init__(self, lesson: Lesson, progress: LessonProgress, theme: Theme) -> None:
        super().__init__()
        self.lesson, self.progress, self.theme = lesson, progress, theme
        self.setAccessibleName(self._name())
        self.setToolTip(plain(lesson.about))
        follow(self.setFixedHeight, ROW)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def _name(self) -> str:
        lesson = self.lesson
        if lesson.number:
            return tr("Lesson {number}: {title}, {state}", number=lesson.number, title=lesson.title, state=self.state)
        return tr("Lesson {title}, {state}", title=lesson.title, state=self.state)

    @property
    def state(self) -> str:
        """How far the learner is, in words."""
        lesson, progress = self.lesson, self.progress
        right, judged = progress.score
        bets = tr("{right} of {judged} bets right", right=right, judged=judged) if judged else ""
        keys = [step.key for step in lesson.steps]
        if progress.done:
            return "  ·  ".join(filter(None, (tr("done"), bets)))
        if progress.step in keys:
            step = tr("step {step} of {steps}", step=keys.index(progress.step) + 1, steps=len(keys))
            return "  ·  ".join(filter(None, (step, bets)))
        return tr_count("{n} minute", "{n} minutes", lesson.minutes)

    def sizeHint(self) -> QSize:
        return QSize(200, scaled(ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(factor(), factor())  # all below is in pixels of the normal text size
            area = QRectF(0, 0, self.width() / factor(), ROW)
            over = self.underMouse() or self.hasFocus()
            painter.setPen(QPen(QColor(theme.accent), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.window if over else theme.panel))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 5, 5)
            badge = QRectF(8, (ROW - 22) / 2, 22, 22)
            done = self.progress.done
            painter.setPen(QPen(QColor(theme.accent if done or self.progress.step else theme.edge), 1))
            painter.setBrush(QColor(theme.accent if done else theme.panel))
            painter.drawEllipse(badge)
            painter.setFont(font(11, painter.font().Weight.DemiBold))
            painter.setPen(QColor(theme.on_accent if done else theme.text))
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, "✓" if done else self.lesson.number or "·")
            wide = area.width() - LEFT - 8
            painter.setPen(QColor(theme.text))
            painter.setFont(font(13))
            title = painter.fontMetrics().elidedText(self.lesson.title, Qt.TextElideMode.ElideRight, int(wide))
            painter.drawText(QRectF(LEFT, 5, wide, 18), Qt.AlignmentFlag.AlignVCenter, title)
            painter.setPen(QColor(theme.muted))
            painter.setFont(font(11))
            painter.drawText(QRectF(LEFT, 23, wide, 16), Qt.AlignmentFlag.AlignVCenter, self.state)


class LessonList(QFrame):
    """Rows of lessons; `chosen` carries a Lesson. The arrow keys go from row to row, Enter opens."""

    chosen = Signal(object)
    folder_wanted = Signal()
    own_wanted = Signal()
    reset_wanted = Signal()
    clinic_wanted = Signal()

    def __init__(self, file: ProgressFile, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.file, self.theme = file, theme
        self.rows: list[LessonRow] = []
        self.lessons: Sequence[Lesson] = ()
        self.trouble = WrappedLabel("note")
        content = QWidget()
        content.setObjectName("panelContent")
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(8, 0, 2, 8)
        self.column.setSpacing(0)
        self.clinic = QPushButton(tr("The clinic"))
        self.clinic.setToolTip(tr("Say what ails runs whose settings are hidden, and cure them"))
        self.clinic.clicked.connect(self.clinic_wanted)
        beside = QHBoxLayout()
        beside.setContentsMargins(8, 8, 8, 0)
        beside.addWidget(self.clinic)
        self.column.addLayout(beside)
        self.column.addStretch(1)
        head = QVBoxLayout()
        head.setContentsMargins(16, 10, 16, 6)
        self.name = label(tr("Lessons"), "step")
        head.addWidget(self.name)
        head.addSpacing(4)
        about = WrappedLabel("muted")
        head.addWidget(about)
        head.addWidget(self.trouble)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 12, 8)
        self.own = flat_button(tr("‹ Own lessons"), tr("Back to the lessons of this program"), self.own_wanted)
        foot.addWidget(self.own)
        tip = tr("Lessons that somebody else has written")
        foot.addWidget(flat_button(tr("Open folder …"), tip, self.folder_wanted))
        foot.addStretch(1)
        foot.addWidget(flat_button(tr("Reset progress"), tr("Forget all steps and bets"), self.reset_wanted))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(SteadyScrollArea(content), 1)
        whole.addLayout(foot)
        about.say(tr("Read two sentences, place a bet, train, and see what was measured."))
        file.changed.connect(self.refresh)

    def list_lessons(self, lessons: Sequence[Lesson], *, trouble: str, name: str, own: bool) -> None:
        """Show other lessons; `trouble` says what is wrong with those that are left out."""
        self.lessons = lessons
        self.name.setText(name)
        self.own.setVisible(not own)
        self.trouble.say(trouble)
        self.refresh()

    def refresh(self) -> None:
        """Make the rows anew, with the present progress."""
        focus = self.window().focusWidget()
        held = next((place for place, row in enumerate(self.rows) if row is focus), None)
        for row in self.rows:
            self.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [LessonRow(lesson, self.file.of(lesson), self.theme) for lesson in self.lessons]
        for place, row in enumerate(self.rows):
            row.clicked.connect(lambda _=False, lesson=row.lesson: self.chosen.emit(lesson))
            self.column.insertWidget(place, row)
            row.show()  # at once: what does not show is given no focus in a window that a dialog lies over
        if held is not None and held < len(self.rows):
            self.rows[held].setFocus()

    def take_focus(self) -> None:
        """Give the keyboard to the first lesson that is not done."""
        row = next((row for row in self.rows if not row.progress.done), self.rows[0] if self.rows else None)
        if row:
            row.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = next((place for place, row in enumerate(self.rows) if row.hasFocus()), None)
        if here is None or event.key() not in (UP, DOWN, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        if event.key() in (UP, DOWN):
            self.rows[(here + (1 if event.key() == DOWN else -1)) % len(self.rows)].setFocus()
        else:
            self.rows[here].click()

    def apply_theme(self, theme: Theme) -> None:
        """Take over other colours."""
        self.theme = theme
        for row in self.rows:
            row.theme = theme
            row.update()
