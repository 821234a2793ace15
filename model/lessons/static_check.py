"""Checks of a lesson that need no training: words, bare figures, formulas, options, and what nothing uses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import isclose

from model.base.errors import InputError
from model.lessons.formulas import check_formula, formula_path, texts_of
from model.lessons.lesson import Lesson, Option
from model.lessons.lesson_folder import OWN_LESSONS, file_text, linked_lesson
from model.lessons.line_breaks import UNSPACED
from model.lessons.margins import check_options
from model.lessons.text_syntax import number_in
from model.lessons.texts import Formula, LessonLink, LessonText, Words

MOST_WORDS = 60  # of a step
MOST_LETTERS = 160  # of a step in a script without spaces between words
# A number is looked at once, from its beginning: a file of digits must not take an hour.
BARE = re.compile(r"(?<![0-9.,\u202f])[0-9][0-9.,\u202f]*+\s*+(?:[%％]|times\b)")
PERCENT = re.compile(r"(?<![0-9.,\u202f])[0-9][0-9.,\u202f]*+\s*+[%％]")
JAPANESE = re.compile(f"[{UNSPACED}]")
SLANTED = re.compile(r"(?<!\*)\*(?![*\s])[^*\n]+\*(?!\*)")


@dataclass(frozen=True)
class Complaint:
    """What is wrong at a line of a file."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.text}"


def check_written(lesson: Lesson) -> list[Complaint]:
    """Find what is wrong with a lesson as it is written."""
    texts = f"{lesson.language}/{lesson.key}.md"
    found = [Complaint(texts, line, text) for line, text in _wrong_texts(lesson)]
    return [*found, *(Complaint(lesson.path.name, line, text) for line, text in _wrong_bets(lesson))]


def _wrong_texts(lesson: Lesson) -> Iterator[tuple[int, str]]:
    for step in lesson.steps:
        if why := _too_long(step.text):
            yield step.text.line, why
    for text in texts_of(lesson):
        for link in text.links:
            yield from ((link.line, why) for why in _wrong_link(lesson, link))
    labels = {option.text.line for bet in lesson.bets.values() for option in bet.options}
    for text in texts_of(lesson):
        for formula in text.formulas:
            yield from ((text.line, why) for why in _wrong_formula(lesson, formula))
        words = " ".join(piece.markdown for piece in text.pieces if isinstance(piece, Words))
        if JAPANESE.search(words) and SLANTED.search(words):
            yield text.line, "*…* slants letters that have no slanted form; use **…** or 「…」."
        bare = BARE.search(words)
        if bare and text.line not in labels and text is not lesson.about:
            yield text.line, f"'{bare[0]}' is a bare figure: write {{~ {bare[0]} ± … = …}}, so that it is measured."
    for bet in lesson.bets.values():
        for option in bet.options:
            yield from ((option.text.line, why) for why in _wrong_label(option))
            if bet.right and not option.why:
                yield option.text.line, f"The option '{option.key}' does not say why, in indented lines below it."


def _unannounced(lesson: Lesson) -> Iterator[tuple[int, str]]:
    """Runs that a step shows before any bet was placed on them: nothing is learned from what nobody has predicted."""
    announced: set[str] = set()
    for step in lesson.steps:
        runs = step.bet.runs if step.bet else ()
        announced |= {*runs, *(lesson.experiments[run].of for run in runs)}  # a branch needs the run that it leaves
        if step.experiment and step.experiment.key not in announced:
            yield step.line, f"The step '{step.key}' shows '{step.experiment.key}' before a bet that it decides."


def _wrong_bets(lesson: Lesson) -> Iterator[tuple[int, str]]:
    for bet in lesson.bets.values():
        try:
            check_options(bet)
        except InputError as error:
            yield bet.line, str(error)
    yield from _unannounced(lesson)
    used = {step.experiment.key for step in lesson.steps if step.experiment}
    used |= {run for bet in lesson.bets.values() for run in bet.runs}
    figures = [figure for text in texts_of(lesson) for figure in text.figures]
    used |= {run for figure in figures if figure.measure for run in figure.measure.runs}
    used |= {experiment.of for experiment in lesson.experiments.values()}
    for experiment in lesson.experiments.values():
        if experiment.key not in used:
            yield experiment.line, f"Nothing uses the experiment '{experiment.key}'."


def _wrong_link(lesson: Lesson, link: LessonLink) -> Iterator[str]:
    try:
        linked_lesson(link.to, lesson.path.parent, lesson.language)
    except InputError as error:
        yield f"'{link.label:.40}' leads nowhere: {error}"


def _too_long(text: LessonText) -> str:
    letters = text.written(lambda piece: piece.markdown if isinstance(piece, Words) else "")
    if JAPANESE.search(letters):
        over, most, what = len("".join(letters.split())), MOST_LETTERS, "letters"
    else:
        over, most, what = text.words, MOST_WORDS, "words"
    return f"The step has {over} {what}; {most} can be read without scrolling." if over > most else ""


def _wrong_formula(lesson: Lesson, formula: Formula) -> Iterator[str]:
    folder = lesson.path.parent
    path = formula_path(folder, formula)
    if not path.exists() and folder == OWN_LESSONS:
        yield f"The formula '{formula.latex:.40}' has no picture; `python3 run.py formulas --write` makes it."
    try:
        check_formula(formula, file_text(path, folder) if path.exists() else "")
    except InputError as error:
        yield str(error)


def _wrong_label(option: Option) -> Iterator[str]:
    """Percentages in an option's own text must be its bounds."""
    if not option.bounded or option.words:
        return
    words = "".join(piece.markdown for piece in option.text.pieces if isinstance(piece, Words))
    for said in PERCENT.findall(words):
        if not any(isclose(number_in(said), bound) for bound in (option.low, option.high)):
            yield f"'{said}' is no bound of the option '{option.key}', {option.low:g} to {option.high:g}."
