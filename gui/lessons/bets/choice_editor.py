"""Choosing one of some options."""

from PySide6.QtCore import Qt

from gui.lessons.bets.bet_editor import BetEditor
from gui.lessons.bets.option_button import OptionButton
from gui.lessons.plain_text import plain
from gui.style.theme import Theme
from model.lessons.judgement import Guess, Judgement
from model.lessons.lesson import Bet, Lesson

YOURS, MEASURED, BOTH = "your bet", "measured", "your bet, and measured"
RIGHT, YOURS_RIGHT = "this one", "your bet: this one"  # where nothing is measured


class ChoiceEditor(BetEditor):
    """A button for each option; the arrow keys, its number or a click choose it."""

    def __init__(self, lesson: Lesson, bet: Bet, theme: Theme) -> None:
        super().__init__(lesson, bet, theme)
        self.options: dict[str, OptionButton] = {}
        for number, option in enumerate(bet.options, 1):
            button = OptionButton(number, theme, self)
            button.lines.say(option.text, lesson.path.parent)
            button.setAccessibleName(plain(option.text))
            button.setToolTip(f"Press {number} to choose this")
            button.toggled.connect(self.changed)
            self.column.addWidget(button)
            self.options[option.key] = button

    @property
    def guess(self) -> Guess | None:
        return next((key for key, button in self.options.items() if button.isChecked()), None)

    def show_guess(self, guess: Guess) -> None:
        self.options[str(guess)].setChecked(True)

    def choose_number(self, number: int) -> bool:
        buttons = list(self.options.values())
        if not self.isEnabled() or number > len(buttons):
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
            button.say(both if yours and here else found if here else YOURS if yours else "", strong=here)

    def take_focus(self) -> None:
        chosen = [button for button in self.options.values() if button.isChecked()]
        (chosen or list(self.options.values()))[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        for button in self.options.values():
            button.apply_theme(theme)
