"""The questions about a patient, each with what can be answered."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gui.widgets.card import label
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.setting_editors import WheelGuard
from model.base.language import message, tr
from model.clinic.answer import INSTRUMENTS, Answer
from model.clinic.patient import named_causes, named_conditions
from model.clinic.therapies import Therapy

READY_TIP = message("Say this, see what it is, and have your remedy trained beside it")
WAITING_TIP = message("Train it first, and answer all four questions")
QUESTIONS = (message("&Condition"), message("C&ause"), message("What &told you"), message("Remed&y"))
NAMES = (message("Condition"), message("Cause"), message("What told you"), message("Remedy"))
TIPS = (
    message("What is the run doing?"),
    message("Why does it fail?"),
    message("The card or view that settled it"),
    message("It is trained beside the patient once you have answered"),
)


class QuestionForm(QWidget):
    """Four boxes and a button; `answered` carries an Answer."""

    answered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        guard = WheelGuard(self)
        self.condition = ChoiceBox([(each.key, each.label, each.help) for each in named_conditions()])
        self.cause = ChoiceBox([(each.key, each.label, each.help) for each in named_causes()])
        self.instrument = ChoiceBox([(each.key, each.label, each.help) for each in INSTRUMENTS])
        self.therapy = ChoiceBox([(each.key, each.label, each.help) for each in Therapy])
        self.boxes = (self.condition, self.cause, self.instrument, self.therapy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for box, question, name, tip in zip(self.boxes, QUESTIONS, NAMES, TIPS, strict=True):
            text = label(tr(question))
            text.setBuddy(box)
            box.setAccessibleName(tr(name))
            box.setToolTip(tr(tip))
            box.setPlaceholderText(tr("Choose …"))
            guard.protect(box)
            box.setCurrentIndex(-1)
            box.currentIndexChanged.connect(self._show_ready)
            column.addWidget(text)
            column.addWidget(box)
            column.addSpacing(6)
        self.say = QPushButton(tr("An&swer"))
        self.say.setObjectName("primary")
        self.say.setAutoDefault(True)  # Enter presses it, as in a dialog
        self.say.clicked.connect(self._say)
        column.addWidget(self.say)
        self._begun = False
        self._show_ready()

    def ask(self) -> None:
        """Ask about another patient; nothing is answered yet."""
        for box in self.boxes:
            box.setCurrentIndex(-1)

    def let_answer(self, *, begun: bool) -> None:
        """Take an answer only of a run that has begun."""
        if begun != self._begun:
            self._begun = begun
            self._show_ready()

    def _show_ready(self) -> None:
        ready = self._begun and all(box.currentIndex() >= 0 for box in self.boxes)
        self.say.setEnabled(ready)
        self.say.setToolTip(tr(READY_TIP if ready else WAITING_TIP))

    def _say(self) -> None:
        found = Answer(
            named_conditions()[self.condition.currentIndex()],
            named_causes()[self.cause.currentIndex()],
            INSTRUMENTS[self.instrument.currentIndex()],
            Therapy.named(self.therapy.currentData()),
        )
        self.answered.emit(found)
