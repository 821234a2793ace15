"""Status line at the bottom: the verdict with its remedies, or a hint; temporary notes and errors."""

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton

from gui.style.text_size import NORMAL, factor, follow
from gui.style.theme import Theme, widget_font
from gui.widgets.announcing import announce
from gui.widgets.card import Dot, label
from gui.widgets.japanese_text import in_phrases
from gui.widgets.mnemonics import mark_when_opened, plain
from model.base.language import message, tr
from model.base.number_format import THIN, count
from model.diagnosis.verdict import FATAL, HEALTHY, MOST_REMEDIES, Condition, Remedy, Verdict

NOTE_MS = 10_000
NO_BREAK = "\u202f"
ROOM_FOR_REMEDIES = 0.4
LINES, SMALL_PIXELS = 2, 11
MORE, ALL = message("More ▾"), message("Remedies ▾")
TIPS = {MORE: message("Other remedies for the same cause"), ALL: message("Remedies for this cause")}


class StatusLine(QFrame):
    """Shows the verdict or, before there is one, a hint; a note covers either for NOTE_MS milliseconds."""

    remedy_wanted = Signal(object)
    cure_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setObjectName("statusline")
        self.dot, self.condition = Dot(), label("", "title")
        self.text = label("", "message")
        self.text.setWordWrap(True)
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.remedies = [self._button() for _ in range(MOST_REMEDIES)]
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 4, 16, 4)
        line.setSpacing(8)
        line.addWidget(self.dot)
        line.addWidget(self.condition)
        line.addWidget(self.text, 1)
        for button in self.remedies:
            line.addWidget(button)
        self.more = QToolButton()
        self.more.setObjectName("remedy")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(QMenu(self.more))
        mark_when_opened(self.more.menu())
        line.addWidget(self.more)
        self.cure = QToolButton()
        self.cure.setObjectName("compact")
        self.cure.setText(tr("Find a cure"))
        self.cure.setToolTip(
            tr("Try the remedies, other single changes and pairs of them, and list what each gives (Ctrl+K)")
        )
        self.cure.clicked.connect(lambda *_: self.cure_wanted.emit())
        line.addWidget(self.cure)
        self.gains: dict[str, str] = {}
        self.lasting = ""
        self.offered: tuple[Remedy, ...] = ()
        self.sick = False  # whether the verdict that shows is on a run that needs a cure
        self.verdict: Verdict | None = None
        self._note = QTimer(self, interval=NOTE_MS, singleShot=True)
        self._note.timeout.connect(self._show_lasting)
        self._show_lasting()
        follow(self.fit_text)

    def fit_text(self) -> None:
        """Be as tall as LINES lines of the present text size: one sentence in a narrow window."""
        self._offer()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._offer()

    def _button(self) -> QPushButton:
        button = QPushButton()
        button.setObjectName("remedy")
        button.clicked.connect(partial(self._chosen, button))
        return button

    def _chosen(self, button: QPushButton) -> None:
        if self.verdict:
            self.remedy_wanted.emit(self.verdict.remedies[self.remedies.index(button)])

    def hint(self, text: str) -> None:
        """Set the text shown where there is neither note nor verdict."""
        if text != self.lasting:
            self.lasting = text
            self._refresh()

    def judge(self, verdict: Verdict | None, *, live: bool = True) -> None:
        """Show a verdict with its remedies; None, or EARLY for a live run, shows the hint instead."""
        if verdict and verdict.condition is Condition.EARLY and live:
            verdict = None
        if verdict != self.verdict:
            self.verdict = verdict
            self._refresh()

    def note(self, text: str) -> None:
        """Show a text for NOTE_MS milliseconds."""
        self._show(text, None)
        self._note.start()
        announce(self.text, text)

    def clear_note(self) -> None:
        """Remove the note before its time is over."""
        self._note.stop()
        self._show_lasting()

    def show_gains(self, gains: dict[str, str]) -> None:
        """Say on the button of each remedy what it gave where it was tried, by its label: {"He weights": "92 %"}."""
        if gains != self.gains:
            self.gains = gains
            self._refresh()

    def apply_theme(self, theme: Theme) -> None:
        """Colour the dot: accent where the run learns, else the warning colour, as a ring unless the run is lost."""
        self.theme = theme
        self._paint_dot()

    def _refresh(self) -> None:
        if not self._note.isActive():
            self._show_lasting()

    def _show_lasting(self) -> None:
        self._show(self.verdict.sentence if self.verdict else self.lasting, self.verdict)

    def _show(self, text: str, verdict: Verdict | None) -> None:
        self.text.setText(in_phrases(text.replace(THIN, NO_BREAK)))
        self.text.setAccessibleName(tr("Status: {text}", text=text))
        self.text.setToolTip(_explained(verdict) if verdict else text)
        self.dot.setVisible(bool(verdict))
        self.condition.setVisible(bool(verdict))
        self.offered = verdict.remedies if verdict else ()
        self.sick = verdict is not None and verdict.condition not in (*HEALTHY, Condition.EARLY)
        for button, remedy in zip(self.remedies, self.offered, strict=False):
            gain = self.gains.get(remedy.label)
            button.setText(tr("{remedy}: {gain}", remedy=remedy.label, gain=gain) if gain else remedy.label)
            tip = tr("Set up this run again with this changed: {remedy}. The present curves stay.", remedy=remedy.label)
            button.setToolTip(tip)
        self._offer()
        if verdict:
            self.condition.setText(verdict.condition.label)
            self._paint_dot()

    def _offer(self) -> None:
        """Show a button per remedy or, where they would crowd out the sentence, fewer and a menu, or that alone."""
        self.cure.setVisible(self.sick)
        self.text.setFixedHeight(LINES * QFontMetrics(widget_font()).lineSpacing())
        wanted = sum(button.sizeHint().width() for button in self.remedies[: len(self.offered)])
        most = 1 if wanted > self.width() * ROOM_FOR_REMEDIES else len(self.offered)
        for shown in dict.fromkeys((most, min(most, 1), 0)):
            self._show_buttons(shown)
            if self._fit_sentence():
                return
        if factor() > NORMAL:  # a window may be too narrow for large text, and this line is not the place to save
            tallest = (LINES + 1.5) * self.text.fontMetrics().lineSpacing()
            self.text.setFixedHeight(round(min(self.text.heightForWidth(self.text.width()), tallest)))

    def _show_buttons(self, shown: int) -> None:
        """Give the first remedies a button each, and the others a menu."""
        others = self.remedies[shown : len(self.offered)]
        for index, button in enumerate(self.remedies):
            button.setVisible(index < min(shown, len(self.offered)))
        self.more.setVisible(bool(others))
        text = MORE if shown else ALL
        self.more.setText(tr(text))
        self.more.setToolTip(tr(TIPS[text]))
        if [plain(action.text()) for action in self.more.menu().actions()] != [button.text() for button in others]:
            self.more.menu().clear()
            for button in others:
                self.more.menu().addAction(button.text()).triggered.connect(button.click)

    def _fit_sentence(self) -> bool:
        """Write smaller what would take more lines than there are beside the present buttons; returns if it fits."""
        if layout := self.layout():
            layout.activate()
        for made in (widget_font(), widget_font(SMALL_PIXELS)):
            self.text.setFont(made)
            if self.text.heightForWidth(self.text.width()) <= self.text.height():
                return True
        return False

    def _paint_dot(self) -> None:
        if self.verdict:
            condition = self.verdict.condition
            self.dot.color = QColor(self.theme.accent if condition in HEALTHY else self.theme.warning)
            self.dot.hollow = condition not in (*HEALTHY, *FATAL)
            self.dot.update()


def _explained(verdict: Verdict) -> str:
    condition, iteration = verdict.condition.label, count(verdict.since)
    since = tr("{condition} since iteration {iteration}.", condition=condition, iteration=iteration)
    return "\n".join((since, verdict.condition.help, verdict.cause.help))
