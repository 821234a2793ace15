"""The parts of a step and where they are: heading, text, answer, and one button that Enter presses."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gui.lessons.answer_frame import AnswerFrame
from gui.lessons.lesson_browser import LessonBrowser
from gui.lessons.lesson_outline import LessonOutline
from gui.lessons.primary_button import PrimaryButton
from gui.style.theme import Theme
from gui.widgets.card import label
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.flat_button import flat_button
from gui.widgets.steady_scroll_area import SteadyScrollArea
from gui.widgets.wrapped_label import WrappedLabel
from model.base.language import tr

MARGIN, GUTTER = 16, 10  # pixels; a scroll bar takes the latter from the right


class StepFrame(QFrame):
    """Base of the page of a step: what is always there. Bet and gadget go into `column`, above the answer.

    Its signals say where to go: `lesson_wanted` carries a LessonPlace, `place_pointed` a Place; `link_wanted` that a
    link to this step shall be copied.
    """

    list_wanted = Signal()
    back_wanted = Signal()
    next_wanted = Signal()
    place_pointed = Signal(object)
    lesson_wanted = Signal(object)
    link_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a click on a blank part leaves the keyboard with the bet
        self.theme = theme
        self.lessons = flat_button(tr("‹ Lessons"), tr("All lessons (Esc)"), self.list_wanted)
        self.title, self.counter = ElidedLabel(), label("", "muted")
        self.link = flat_button(tr("Link"), tr("Copy the command that opens this step"), self.link_wanted)
        self.link.setAccessibleName(tr("Copy link to this step"))
        self.heading = WrappedLabel("step")
        self.text = LessonBrowser(theme, tr("Text of the step"))
        self.question = LessonBrowser(theme, tr("Question"), bold=True)
        self.answer = AnswerFrame(theme)
        self.outline = LessonOutline(theme)
        self.aside = WrappedLabel("muted")
        self.primary = PrimaryButton()
        self.back = flat_button(tr("‹ Back"), tr("The step before (←)"), self.back_wanted)
        tip = tr("The next step, without this one's answer (→)")
        self.onward = flat_button(tr("Skip ›"), tip, self.next_wanted)
        for browser in self.browsers:
            browser.place_pointed.connect(self.place_pointed)
            browser.lesson_wanted.connect(self.lesson_wanted)
        self._lay_out()

    @property
    def browsers(self) -> tuple[LessonBrowser, ...]:
        """The texts of the lesson that are always there."""
        return self.text, self.question, self.answer.why

    def _lay_out(self) -> None:
        content = QWidget()
        content.setObjectName("panelContent")
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(MARGIN, 4, MARGIN - GUTTER, 4)
        self.column.setSpacing(8)
        for part in (self.heading, self.text, self.question, self.answer):
            self.column.addWidget(part)
        self.column.addWidget(self.outline, 1)
        self.area = SteadyScrollArea(content)
        head = QHBoxLayout()
        head.setContentsMargins(MARGIN - 6, 6, MARGIN, 2)
        head.addWidget(self.lessons)
        head.addWidget(self.title, 1)
        head.addWidget(self.link)
        head.addWidget(self.counter)
        foot = QVBoxLayout()
        foot.setContentsMargins(MARGIN, 6, MARGIN, 6)
        foot.setSpacing(4)
        foot.addWidget(self.aside)
        ways = QHBoxLayout()
        ways.addWidget(self.back)
        ways.addWidget(self.primary, 1)
        ways.addWidget(self.onward)
        foot.addLayout(ways)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self.area, 1)
        whole.addLayout(foot)
