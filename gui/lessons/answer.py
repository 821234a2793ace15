"""What is told after a bet: what was said, what was measured, and why."""

from gui.lessons.lesson_document import WriteFigure
from gui.lessons.plain_text import plain
from model.base.language import tr
from model.base.sentences import listed
from model.lessons.judgement import Judgement
from model.lessons.lesson import Bet, BetKind, Option
from model.lessons.texts import LessonText, Words


def told(judgement: Judgement, write: WriteFigure) -> str:
    """The sentence that has the guess and the measured value beside each other."""
    bet = judgement.bet
    if bet.kind is BetKind.WORDS:
        return tr("Kept. Compare it with this:")
    if bet.kind is BetKind.RANK:
        right, pairs = judgement.pairs
        return tr("{right} of {pairs} pairs stand as they were measured.", right=right, pairs=pairs)
    if bet.kind is BetKind.CHOICE:
        return _choice_told(judgement, write)
    if bet.kind is BetKind.BARS:
        found = listed(*(bet.unit.write(value) for value in judgement.values)) if bet.unit else ""
    else:
        found = judgement.found
    return tr("You said {guess}. Measured: {found}.", guess=judgement.said, found=found)


def _choice_told(judgement: Judgement, write: WriteFigure) -> str:
    """Quotes the options, or gives their numbers where formulas cannot be said in a line of letters."""
    by_number = any(option.text.formulas for option in judgement.bet.options)
    said, right = (
        _numbered(judgement.bet, option) if by_number else _quoted(option, write)
        for option in (judgement.chosen, judgement.measured)
    )
    if judgement.bet.measures:
        found = judgement.found or right
        if by_number:
            return tr("You said {guess}. Measured: {found}.", guess=said, found=found)
        return tr("You said: {guess}. Measured: {found}.", guess=said, found=found)
    if judgement.right:
        return tr("You said {guess}.", guess=said) if by_number else tr("You said: {guess}.", guess=said)
    if by_number:
        return tr("You said {guess}. It is {right}.", guess=said, right=right)
    return tr("You said: {guess}. It is: {right}.", guess=said, right=right)


def _numbered(bet: Bet, option: Option | None) -> str:
    return f"{bet.options.index(option) + 1}" if option else tr("none of these")


def _quoted(option: Option | None, write: WriteFigure) -> str:
    return plain(option.text, write).rstrip(".。") if option else tr("none of these")


def reasons(judgement: Judgement) -> LessonText:
    """Why the chosen option is as it is, and where another was measured why that is; then what all are told."""
    whys = [each.why for each in dict.fromkeys((judgement.chosen, judgement.measured)) if each]
    pieces = [piece for why in [*whys, judgement.bet.after] if why for piece in (*why.pieces, Words("\n\n"))]
    return LessonText(tuple(pieces))
