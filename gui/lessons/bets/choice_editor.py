"""Choosing one of some options."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from gui.lessons.bets.bet_editor import BetEditor
from gui.lessons.bets.option_button import OptionButton
from gui.lessons.bets.vote_column import CountField, VoteBars
from gui.lessons.plain_text import plain
from gui.style.theme import Theme
from gui.widgets.wrapped_label import WrappedLabel
from model.base.language import message, tr
from model.lessons.judgement import Guess, Judgement
from model.lessons.lesson import Bet, Lesson
from model.lessons.votes import ROUNDS, Votes

YOURS, MEASURED, BOTH = message("your bet"), message("measured"), message("your bet, and measured")
RIGHT, YOURS_RIGHT = message("this one"), message("your bet: this one")  # where nothing is measured


def _counted(first: int, second: int) -> str:
    """What the bars beside the options are: the votes of the first round, and of the second if there was one."""
    if not second:
        return tr("Outlined: {votes} votes before talking.", votes=first)
    return tr("Outlined: {votes} votes before talking. Filled: {later} after.", votes=first, later=second)


class ChoiceEditor(BetEditor):
    """A button for each option; the arrow keys, its number or a click choose it. In a vote, a field for each count."""

    def __init__(self, lesson: Lesson, bet: Bet, theme: Theme) -> None:
        super().__init__(lesson, bet, theme)
        self.options: dict[str, OptionButton] = {}
        self.fields: dict[str, CountField] = {}
        self.bars: dict[str, VoteBars] = {}
        for number, option in enumerate(bet.options, 1):
            button = OptionButton(number, theme, self)
            button.lines.say(option.text, lesson.path.parent)
            button.setAccessibleName(plain(option.text))
            button.setToolTip(tr("Press {number} to choose this", number=number))
            button.toggled.connect(self.changed)
            self.options[option.key] = button
            self._add_row(number, option.key, button)
        self.legend = WrappedLabel("muted")
        self.column.addWidget(self.legend)

    def _add_row(self, number: int, key: str, button: OptionButton) -> None:
        field, bars = CountField(number), VoteBars(self.theme)
        field.valueChanged.connect(partial(self.counted.emit, key))
        field.done.connect(partial(self._go_on, number))
        self.fields[key], self.bars[key] = field, bars
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(button, 1)
        for part in (field, bars):
            part.hide()
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.column.addLayout(row)

    def _go_on(self, number: int) -> None:
        """Give the keyboard to the next option's field, after the last to the first."""
        fields = list(self.fields.values())
        fields[number % len(fields)].setFocus(Qt.FocusReason.TabFocusReason)

    def show_vote(self, number: int, votes: Votes, *, revealed: bool) -> None:
        shown = not number and revealed and bool(votes)
        for key, field in self.fields.items():
            field.blockSignals(True)
            field.setValue(votes.count(number, key) if number else 0)
            field.blockSignals(False)
            field.setVisible(number > 0)
            self.bars[key].setVisible(shown)
            self.bars[key].show_votes(votes, key)
        self.legend.say(_counted(votes.total(1), votes.total(ROUNDS)) if shown else "")

    @property
    def guess(self) -> Guess | None:
        return next((key for key, button in self.options.items() if button.isChecked()), None)

    def show_guess(self, guess: Guess) -> None:
        self.options[str(guess)].setChecked(True)

    def lock(self) -> None:
        for button in self.options.values():  # votes can still be counted
            button.setEnabled(False)

    def choose_number(self, number: int) -> bool:
        buttons = list(self.options.values())
        if not buttons[0].isEnabled() or number > len(buttons):
            return False
        buttons[number - 1].setChecked(True)
        buttons[number - 1].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def tell(self, judgement: Judgement) -> None:
        measured = bool(self.bet.measures)
        for key, button in self.options.items():
            yours = judgement.chosen is not None and judgement.chosen.key == key
            here = judgement.measured is not None and judgement.measured.key == key
            both, found = (BOTH, MEASURED) if measured else (YOURS_RIGHT, RIGHT)
            role = both if yours and here else found if here else YOURS if yours else ""
            button.say(tr(role) if role else "", strong=here)

    def take_focus(self) -> None:
        chosen = [button for button in self.options.values() if button.isChecked()]
        (chosen or list(self.options.values()))[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        for key, button in self.options.items():
            button.apply_theme(theme)
            self.bars[key].apply_theme(theme)
