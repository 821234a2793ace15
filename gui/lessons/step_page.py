"""One step of a lesson on the screen: what is asked, answered and told, by mouse and by keys."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from gui.lessons.bets.bet_editor import BetEditor
from gui.lessons.bets.editors import make_editor
from gui.lessons.gadgets.gadget_frame import GadgetFrame
from gui.lessons.gadgets.kinds import make_gadget
from gui.lessons.lesson_outline import outline
from gui.lessons.step_flow import Phase, StepFlow
from gui.lessons.step_frame import StepFrame
from gui.lessons.step_words import aside, button_text, button_tip
from gui.style.theme import Theme
from model.base.errors import InputError
from model.base.language import tr

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
BACK, ON = (Qt.Key.Key_Left, Qt.Key.Key_PageUp), (Qt.Key.Key_Right, Qt.Key.Key_PageDown)


class StepPage(StepFrame):
    """Shows a StepFlow. `bet_changed` says that the guess or what is told of it is another."""

    bet_changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.flow: StepFlow | None = None
        self.editor: BetEditor | None = None
        self.gadget: GadgetFrame | None = None
        self.last = False
        self._focused_in: Phase | None = None
        self._voted = False
        self.primary.clicked.connect(self.act)

    def show_flow(self, flow: StepFlow) -> None:
        """Show another step."""
        self.flow = flow
        lesson, step = flow.lesson, flow.step
        place = lesson.steps.index(step)
        self.last = place == len(lesson.steps) - 1
        self.title.setText(lesson.title)
        self.counter.setText(tr("{step} of {steps}", step=place + 1, steps=len(lesson.steps)))
        self.heading.say(step.title)
        self.setAccessibleName(step.title)
        self.back.setEnabled(place > 0)
        self._remove(self.gadget)
        self.gadget = None
        if step.gadget:
            self.gadget = make_gadget(step.gadget, self.theme)
            self.column.insertWidget(2, self.gadget)
        self._make_editor()
        self._focused_in = flow.phase
        flow.changed.connect(self.show_phase)
        self.show_phase()
        self.area.verticalScrollBar().setValue(0)
        self.take_focus()

    def _make_editor(self) -> None:
        """Ask for the bet, or show the one that was placed; in a vote that would be a hint."""
        flow = self.flow
        assert flow
        self._remove(self.editor)
        self.editor = None
        if flow.step.bet:
            self.editor = make_editor(flow.lesson, flow.step.bet, self.theme)
            if (guess := flow.guess) is not None and not flow.voting:
                self.editor.show_guess(guess)
            self.editor.changed.connect(self._guess_changed)
            self.editor.counted.connect(flow.vote.count)
            self.column.insertWidget(self.column.indexOf(self.answer), self.editor)

    def _remove(self, part: QWidget | None) -> None:
        if part:
            self.column.removeWidget(part)
            part.hide()
            part.deleteLater()

    def take_focus(self) -> None:
        """Give the keyboard to the bet, or to the button where there is none to place."""
        if self.editor and self.flow and self.flow.phase is Phase.ASKED:
            self.editor.take_focus()
        elif self.primary.isEnabled():
            self.primary.setFocus()
        else:
            self.setFocus()

    @Slot()
    def show_phase(self) -> None:
        """Say what can be done now, and what is told."""
        flow, focused = self.flow, self._has_keyboard()  # before what has it is locked
        assert flow
        if self._voted != flow.voting and not flow.asks:
            self._make_editor()
        self._voted = flow.voting
        folder, bet, placed = flow.lesson.path.parent, flow.step.bet, flow.phase is not Phase.ASKED
        self.text.say(flow.step.text, folder, flow.write)
        self.question.setVisible(bet is not None)
        if bet:
            self.question.say(bet.question, folder, flow.write)
        if self.editor and placed:
            self.editor.lock()
        if self.editor:
            self.editor.show_vote(flow.vote.round, flow.vote.votes, revealed=flow.vote.revealed or flow.told)
        if self.gadget:
            self.gadget.hold_back(held=bet is not None and (not flow.told or flow.voting))
        judgement, trouble = flow.answer, "" if flow.voting else flow.trouble
        if judgement and self.editor:
            self.editor.tell(judgement)
        self.answer.tell(judgement, trouble, folder, flow.write)
        shown = not flow.told or flow.voting  # then the answer takes the room
        self.outline.show_rows(outline(flow.lesson, flow.step, flow.file.of(flow.lesson)) if shown else ())
        self._name_button()
        self._follow_focus(focused=focused)
        if judgement:
            QTimer.singleShot(0, self, self._reveal_answer)  # once it has been laid out
        self.bet_changed.emit()

    @Slot()
    def _reveal_answer(self) -> None:
        if self.answer.isVisible():
            self.area.reveal(self.answer)

    def _has_keyboard(self) -> bool:
        held = QApplication.focusWidget()
        return held is None or held is self or self.isAncestorOf(held)

    def _follow_focus(self, *, focused: bool) -> None:
        """Give the keyboard to what is next, if it was in here."""
        assert self.flow
        before, self._focused_in = self._focused_in, self.flow.phase
        if before is not self.flow.phase and focused:
            self.take_focus()

    @property
    def has_guess(self) -> bool:
        """Whether the bet has a guess, placed or not."""
        return self.editor is not None and self.editor.guess is not None

    def _name_button(self) -> None:
        assert self.flow
        flow, phase = self.flow, self.flow.phase
        self.primary.setText(button_text(flow, last=self.last))
        self.primary.setEnabled(self.has_guess if phase is Phase.ASKED else phase in (Phase.READY, Phase.TOLD))
        self.primary.setToolTip(button_tip(flow, enabled=self.primary.isEnabled()))
        self.onward.setVisible(not flow.told and not self.last)
        self.aside.say(aside(flow))

    @Slot()
    def _guess_changed(self) -> None:
        self._name_button()
        self.bet_changed.emit()

    @Slot()
    def act(self) -> None:
        """Do what the button says."""
        flow = self.flow
        assert flow
        if flow.phase is Phase.ASKED and self.editor and (guess := self.editor.guess) is not None:
            try:
                flow.place(guess)
            except InputError as error:
                self.aside.say(str(error))
        elif flow.phase is Phase.READY:
            flow.begin()
        elif flow.voting:
            flow.vote.close()
        elif flow.told:
            self.next_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = Qt.Key(event.key()), event.modifiers() in PLAIN
        number = key.value - Qt.Key.Key_0.value
        if key in ENTER:
            if self.primary.isEnabled():
                self.act()
        elif plain and key == Qt.Key.Key_Escape:
            self.list_wanted.emit()
        elif plain and key in BACK and self.back.isEnabled():
            self.back_wanted.emit()
        elif plain and key in ON and not self.last:
            self.next_wanted.emit()
        elif not (plain and self.editor and 1 <= number <= 9 and self.editor.choose_number(number)):
            super().keyPressEvent(event)

    def apply_theme(self, theme: Theme) -> None:
        """Take over other colours."""
        self.theme = theme
        for browser in self.browsers:
            browser.apply_theme(theme)
        for part in (self.editor, self.gadget, self.outline):
            if part:
                part.apply_theme(theme)
        QTimer.singleShot(0, self, self._reveal_answer)  # the text may have another size
