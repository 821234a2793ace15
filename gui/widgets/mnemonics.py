"""Mnemonics: the underlined letters that choose from an open menu, no letter twice in one menu, in any language."""

import re
import string
from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

LETTERS = string.ascii_lowercase + string.digits
# What an & stands before; two of them are the character itself.
MARK = re.compile(r"&(.)", re.DOTALL)
WATCHED = "mnemonics"
ADDED = re.compile(r"\(&[A-Za-z0-9]\)")


def plain(text: str) -> str:
    """Return the text of a menu's entry as it is read: 'File' for '&File', 'ファイル' for 'ファイル(&F)'."""
    return MARK.sub(r"\1", ADDED.sub("", text))


def letter_of(text: str) -> str:
    """Return the letter that is underlined in `text`, in lower case, or ''."""
    return next((each.lower() for each in MARK.findall(text) if each != "&"), "")


def with_mnemonics(texts: Sequence[str], english: Sequence[str]) -> list[str]:
    """Give each text of one menu a letter of its own, marked with &; a pure function that changes nothing given twice.

    A letter that a text has already is kept where that is possible, then the beginnings of its words are tried, then
    its other letters. A text without Latin letters has one of its `english` word in brackets behind it: 'ファイル(&F)'.
    Where all of these are taken by others that have no more to choose from, any other stands in the brackets. Beyond
    36 entries there are no more letters.
    """
    own = [_own(text, word) for text, word in zip(texts, english, strict=True)]
    taken: dict[str, int] = {}
    for wanted in (own, [[*each, *LETTERS] for each in own]):
        for entry in range(len(texts)):
            if entry not in taken.values():
                _take(entry, wanted, taken, set())
    letters = {entry: letter for letter, entry in taken.items()}
    return [_marked(text, letters.get(entry, "")) for entry, text in enumerate(texts)]


def _take(entry: int, wanted: Sequence[Sequence[str]], taken: dict[str, int], seen: set[str]) -> bool:
    """Give an entry a letter; who has that takes another, if there is one (augmenting paths of a matching)."""
    for letter in wanted[entry]:
        if letter not in taken:
            taken[letter] = entry
            return True
    for letter in wanted[entry]:
        if letter not in seen:
            seen.add(letter)
            if _take(taken[letter], wanted, taken, seen):
                taken[letter] = entry
                return True
    return False


def _own(text: str, english: str) -> list[str]:
    """The letters that an entry should have one of, the best first."""
    kept = [letter_of(text)] if letter_of(text) in LETTERS and letter_of(text) else []
    found = list(_of(plain(text))) or list(_of(plain(english)))
    return list(dict.fromkeys((*kept, *found)))


def _of(text: str) -> Iterator[str]:
    """The Latin letters and digits of a text in lower case: beginnings of words, capitals, then the others."""
    first = [match.start() for match in re.finditer(r"[A-Za-z0-9]+", text)]
    capitals = [place for place, letter in enumerate(text) if letter in string.ascii_uppercase]
    for place in (*first, *capitals, *range(len(text))):
        if text[place].lower() in LETTERS:
            yield text[place].lower()


def _marked(text: str, letter: str) -> str:
    """The text with & before this letter: at the beginning of a word if it can be, in brackets if it has none."""
    read = plain(text)
    if letter and letter_of(text) == letter and not (ADDED.search(text) and letter in read.lower()):
        return text
    places = [place for place, each in enumerate(read) if each.lower() == letter] if letter else []
    begins = [place for place in places if not place or not read[place - 1].isalnum()]
    place = (begins or places or [len(read)])[0]
    before, after = read[:place].replace("&", "&&"), read[place:].replace("&", "&&")
    if not letter or places:
        return f"{before}&{after}" if letter else before + after
    dots = re.search(r"\s*(…|\.\.\.)$", before)  # which say that a dialog opens, and stand last
    end = dots.start() if dots else len(before)
    return f"{before[:end]}(&{letter.upper()}){before[end:]}"


def mark_titles(bar: QMenuBar) -> None:
    """Give the titles of a menu bar their letters."""
    _mark(bar.actions())


def mark_when_opened(menu: QMenu) -> None:
    """Give the entries of a menu, and of those within it, their letters whenever it opens, whatever fills it then."""
    if not menu.property(WATCHED):
        menu.setProperty(WATCHED, True)
        menu.aboutToShow.connect(partial(_mark_entries, menu))


def _mark_entries(menu: QMenu) -> None:
    entries = [action for action in menu.actions() if not action.isSeparator()]
    _mark(entries)
    for action in entries:
        within: object = action.menu()
        if isinstance(within, QMenu):
            mark_when_opened(within)


def _mark(actions: Sequence[QAction]) -> None:
    """An action's object name is a key, so English in every language."""
    marked = with_mnemonics([each.text() for each in actions], [each.objectName() for each in actions])
    for action, text in zip(actions, marked, strict=True):
        if action.text() != text:
            action.setText(text)
