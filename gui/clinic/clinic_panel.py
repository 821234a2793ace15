"""The clinic beside the lessons: the number of a class, the patient, the questions, what came of the answer."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QSpinBox, QVBoxLayout, QWidget

from gui.clinic.question_form import QuestionForm
from gui.clinic.result_text import judged_lines, therapy_lines
from gui.clinic.visit import ClinicVisit, VisitPhase
from gui.widgets.announcing import announce
from gui.widgets.card import label, rule
from gui.widgets.flat_button import flat_button
from gui.widgets.setting_editors import WheelGuard
from gui.widgets.steady_scroll_area import SteadyScrollArea
from gui.widgets.wrapped_label import WrappedLabel
from model.base.language import message, tr
from model.clinic.answer import Score, instruments_used
from model.clinic.draw import HIGHEST_NUMBER

ABOUT = message(
    "Each patient is a run that fails. Its settings and its verdict are hidden. Look with every instrument, say what "
    "ails it and what told you, and pick a remedy: it is trained beside the patient. Some patients have the same curve "
    "and different causes."
)
LOOK = message("Look at it with every card, every tab and the timeline; then answer.")
TRAIN = message("Press Train, and look at it with every card, every tab and the timeline; then answer.")
ELSEWHERE = message("Another run is on the screen. This patient waits for you.")
NUMBER_WIDTH = 76  # pixels
LEFT = Qt.AlignmentFlag.AlignLeft
FIRST, NEXT = message("F&irst patient"), message("&Next patient")


class ClinicPanel(QFrame):
    """Shows a visit; `list_wanted` and `reset_wanted` say that the lessons are to show, all answers to be forgotten."""

    list_wanted = Signal()
    reset_wanted = Signal()

    def __init__(self, visit: ClinicVisit) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.visit = visit
        self.asked: object = None
        self._focused_in = visit.phase
        self.form = QuestionForm()
        self.next = QPushButton(tr(NEXT))
        self.next.setObjectName("primary")
        self.next.setAutoDefault(True)  # Enter presses it, as in a dialog
        self.back = QPushButton(tr("&Back to the patient"))
        self.back.setToolTip(tr("Have the patient on the screen again"))
        self.name, self.score, self.instruments = label("", "title"), WrappedLabel("muted"), WrappedLabel("muted")
        self.what, self.judged = WrappedLabel(""), WrappedLabel("")
        self.sentence, self.treated = WrappedLabel("muted"), WrappedLabel("")
        self.number = QSpinBox()
        self._lay_out()
        self.form.answered.connect(visit.answer)
        self.next.clicked.connect(visit.next)
        self.reset_wanted.connect(visit.reset)
        self.back.clicked.connect(visit.show_patient)
        visit.changed.connect(self.refresh)
        visit.file.changed.connect(self.refresh)
        self.refresh()

    def _lay_out(self) -> None:
        content = QWidget()
        content.setObjectName("panelContent")
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 8, 8, 12)
        column.setSpacing(8)
        for part in (self.name, self.what, self.back, self.form, self.judged, self.sentence, self.treated, self.next):
            column.addWidget(part)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._head())
        whole.addWidget(rule())
        whole.addWidget(SteadyScrollArea(content), 1)
        whole.addWidget(rule())
        whole.addLayout(self._foot())

    def _head(self) -> QVBoxLayout:
        guard = WheelGuard(self)
        guard.protect(self.number)
        self.number.setRange(0, HIGHEST_NUMBER)
        self.number.setAccessibleName(tr("Number of the clinic"))
        self.number.setToolTip(tr("Whoever has the same number sees the same patients: a class agrees on one"))
        self.number.setKeyboardTracking(False)
        self.number.setFixedWidth(NUMBER_WIDTH)
        self.number.setValue(self.visit.file.records.number)
        self.number.valueChanged.connect(self.visit.set_number)
        caption = label(tr("Nu&mber"))
        caption.setBuddy(self.number)
        row = QHBoxLayout()
        row.addWidget(label(tr("The clinic"), "step"), 1)
        row.setSpacing(8)
        row.addWidget(caption)
        row.addWidget(self.number)
        head = QVBoxLayout()
        head.setContentsMargins(16, 8, 12, 8)
        head.addWidget(flat_button(tr("‹ Lessons"), tr("Back to the list of lessons"), self.list_wanted), 0, LEFT)
        head.addLayout(row)
        return head

    def _foot(self) -> QHBoxLayout:
        tip = tr("Forget all answers, and begin at this number's first patient")
        reset = flat_button(tr("Reset score"), tip, self.reset_wanted)
        scores = QVBoxLayout()
        scores.addWidget(self.score)
        scores.addWidget(self.instruments)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 12, 8)
        foot.addLayout(scores, 1)
        foot.addWidget(reset, 0, Qt.AlignmentFlag.AlignBottom)
        return foot

    @Slot()
    def refresh(self) -> None:
        """Show what there is to say and to do now."""
        visit, records = self.visit, self.visit.file.records
        held = QApplication.focusWidget()
        focused = held is self or (held is not None and self.isAncestorOf(held))  # before what has it hides
        looking = visit.phase is VisitPhase.LOOKING
        if looking and self.asked is not visit.patient:
            self.form.ask()
        self.asked = visit.patient
        self.form.let_answer(begun=visit.has_begun)
        there = visit.phase is not VisitPhase.WAITING
        self.name.setText(tr("Patient {place}", place=visit.place) if there else "")
        self.name.setVisible(there)
        self.form.setVisible(looking)
        self.back.setVisible(looking and visit.has_begun and not visit.on_screen)
        self._say(self.what, [self._to_do()])
        self._say(self.judged, judged_lines(visit))
        self._say(self.sentence, [visit.patient_sentence])
        self._say(self.treated, therapy_lines(visit))
        self.next.setVisible(visit.phase in (VisitPhase.WAITING, VisitPhase.TOLD))
        self.next.setText(tr(NEXT if records.place else FIRST))
        self._say(self.score, [Score.of(records.answers).sentence])
        self._say(self.instruments, list(instruments_used(records.answers))[:3])
        before, self._focused_in = self._focused_in, visit.phase
        if focused and before is not visit.phase:
            self.take_focus()

    def _to_do(self) -> str:
        visit = self.visit
        if visit.phase is VisitPhase.WAITING:
            return tr(ABOUT)
        if visit.phase is not VisitPhase.LOOKING:
            return ""
        if not visit.has_begun:
            return tr(TRAIN)
        return tr(LOOK if visit.on_screen else ELSEWHERE)

    def _say(self, where: WrappedLabel, lines: list[str]) -> None:
        text = "\n".join(filter(None, lines))
        if text != where.text():
            where.say(text)
            if where is self.judged or (where is self.treated and self.visit.phase is VisitPhase.TOLD):
                announce(where, text)

    def setFocus(self, *_: object) -> None:
        self.take_focus()

    def take_focus(self) -> None:
        """Give the keyboard to what is to be done next."""
        visit = self.visit
        field = self.form.condition if visit.phase is VisitPhase.LOOKING else self.next
        if visit.phase is VisitPhase.TREATING:
            super().setFocus(Qt.FocusReason.OtherFocusReason)  # until there is something to do again
        else:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
