"""The Markdown file of a lesson: title, steps, bets and options with their ids, as raw texts with their lines."""

import re
from dataclasses import dataclass, field

from model.base.errors import InputError
from model.lessons.lesson_table import at_line

HEADING = re.compile(r"(?P<level>#{1,6})\s(?P<text>.*)")
OPTION = re.compile(r"[-*]\s(?P<text>.*)")
TITLE, STEP, BET = 1, 2, 3


@dataclass
class RawText:
    """Lines of a text, and the line of the first in the file."""

    line: int
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines).strip()


@dataclass
class RawOption:
    """An option: what it says, and why."""

    text: RawText
    why: RawText


@dataclass
class RawBet:
    """A bet: its question, its options by id, and what is said after it."""

    question: RawText
    options: dict[str, RawOption] = field(default_factory=dict)
    after: RawText = field(default_factory=lambda: RawText(0))


@dataclass
class RawStep:
    """A step: its title and its text."""

    title: RawText
    text: RawText


@dataclass
class RawLesson:
    """All texts of a lesson in one language, steps and bets by id."""

    title: RawText
    about: RawText
    steps: dict[str, RawStep] = field(default_factory=dict)
    bets: dict[str, RawBet] = field(default_factory=dict)


class TextFile:
    """Reads a Markdown file called `file`; raises InputError with its line."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.found = RawLesson(RawText(0), RawText(1))
        self._into: RawText = self.found.about
        self._bet: RawBet | None = None
        fenced = False
        for number, line in enumerate(text.splitlines(), 1):
            fenced ^= line.startswith("```")
            with at_line(file, number):
                self._take(number, line, fenced)
        if not self.found.title.text:
            with at_line(file, 1):
                raise InputError("A lesson begins with its title, '# A title'.")

    def _take(self, number: int, line: str, fenced: bool) -> None:
        heading, option = HEADING.fullmatch(line), OPTION.fullmatch(line)
        text, key = _with_id((heading or option or {"text": ""})["text"])
        if not fenced and heading:
            self._begin(number, len(heading["level"]), text, key)
        elif not fenced and self._bet and option and key is not None:
            self._option(number, text, key)
        elif self._bet and self._bet.options and line.strip() and not line.startswith((" ", "\t")):
            self._into = self._bet.after
            self._add(number, line)
        else:
            self._add(number, line.strip() if self._bet and self._bet.options else line)

    def _add(self, number: int, line: str) -> None:
        if not self._into.lines:
            if not line.strip():
                return
            self._into.line = number
        self._into.lines.append(line)

    def _begin(self, number: int, level: int, text: str, key: str | None) -> None:
        self._bet = None
        if level == TITLE:
            if self.found.title.text:
                raise InputError("A lesson has one title; steps begin with '##'.")
            self.found.title = RawText(number, [text])
            self._into = self.found.about
            return
        if level not in (STEP, BET):
            raise InputError("There are titles with '#', steps with '##' and bets with '###'.")
        if not key:
            what = "step" if level == STEP else "bet"
            raise InputError(f"A {what} has its id at the end of the line, as in '{'#' * level} {text:.40} {{#name}}'.")
        known = self.found.steps if level == STEP else self.found.bets
        if key in known:
            raise InputError(f"'{key:.40}' is there twice.")
        if level == STEP:
            step = RawStep(RawText(number, [text]), RawText(number))
            self.found.steps[key], self._into = step, step.text
        else:
            self._bet = RawBet(RawText(number, [text]))
            self.found.bets[key], self._into = self._bet, self._bet.question

    def _option(self, number: int, text: str, key: str) -> None:
        assert self._bet
        if key in self._bet.options:
            raise InputError(f"'{key:.40}' is there twice.")
        option = RawOption(RawText(number, [text]), RawText(number))
        self._bet.options[key], self._into = option, option.why


def _with_id(text: str) -> tuple[str, str | None]:
    """The text before an id at its end, and the id, None where there is none: "Place your bet {#predict}"."""
    before, sign, key = text.strip().rpartition("{#")
    return (before.strip(), key[:-1]) if sign and key.endswith("}") else (text.strip(), None)
