"""Which editor asks for which kind of bet."""

from gui.lessons.bets.bars_editor import BarsEditor
from gui.lessons.bets.bet_editor import BetEditor
from gui.lessons.bets.choice_editor import ChoiceEditor
from gui.lessons.bets.level_editor import LevelEditor
from gui.lessons.bets.number_editor import NumberEditor
from gui.lessons.bets.rank_editor import RankEditor
from gui.lessons.bets.words_editor import WordsEditor
from gui.style.theme import Theme
from model.lessons.lesson import Bet, BetKind, Lesson

EDITORS: dict[BetKind, type[BetEditor]] = {
    BetKind.CHOICE: ChoiceEditor,
    BetKind.NUMBER: NumberEditor,
    BetKind.RANK: RankEditor,
    BetKind.CURVE: LevelEditor,
    BetKind.BARS: BarsEditor,
    BetKind.MARK: LevelEditor,
    BetKind.WORDS: WordsEditor,
}


def make_editor(lesson: Lesson, bet: Bet, theme: Theme) -> BetEditor:
    """The editor of a bet."""
    return EDITORS[bet.kind](lesson, bet, theme)
