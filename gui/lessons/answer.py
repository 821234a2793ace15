"""What is told after a bet: what was said, what was measured, and why."""

from gui.lessons.lesson_document import WriteFigure
from gui.lessons.plain_text import plain
from model.lessons.judgement import Judgement
from model.lessons.lesson import BetKind, Option
from model.lessons.texts import LessonText, Words


def told(judgement: Judgement, write: WriteFigure) -> str:
    """The sentence that has the guess and the measured value beside each other."""
    bet = judgement.bet
    if bet.kind is BetKind.WORDS:
        return "Kept. Compare it with this:"
    if bet.kind is BetKind.RANK:
        right, pairs = judgement.pairs
        return f"{right} of {pairs} pairs stand as they were measured."
    if bet.kind is BetKind.CHOICE:
        said = _quoted(judgement.chosen, write)
        found = judgement.found or _quoted(judgement.measured, write)
        if not bet.measures:
            return f"You said: {said}" if judgement.right else f"You said: {said} It is: {found}"
        return f"You said: {said} Measured: {found.rstrip('.')}."
    if bet.kind is BetKind.BARS:
        found = ", ".join(bet.unit.write(value) for value in judgement.values) if bet.unit else ""
        return f"You said {judgement.said}. Measured: {found}."
    return f"You said {judgement.said}. Measured: {judgement.found}."


def _quoted(option: Option | None, write: WriteFigure) -> str:
    text = plain(option.text, write).rstrip(".") if option else "none of these"
    return f"{text}."


def reasons(judgement: Judgement) -> LessonText:
    """Why the chosen option is as it is, and where another was measured why that is; then what all are told."""
    whys = [each.why for each in dict.fromkeys((judgement.chosen, judgement.measured)) if each]
    pieces = [piece for why in [*whys, judgement.bet.after] if why for piece in (*why.pieces, Words("\n\n"))]
    return LessonText(tuple(pieces))
