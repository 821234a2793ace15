"""Languages to try words with: of a few words, and others that tell what has not been looked up."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from gettext import translation

from model.base import language
from model.base.user_paths import RESOURCES

FIGURE = re.compile(r"\{(\w+)\}")
LATIN = re.compile(r"\{\w+\}|[A-Za-z]+")


class OfWords:
    """A catalogue of the given words; all others come back as they are."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self.words = words

    def gettext(self, message: str, /) -> str:
        return self.words.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int, /) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str, /) -> str:
        return self.gettext(message)


class Figures(OfWords):
    """A catalogue that has every word: what is left of a message are its figures, between corner brackets."""

    def __init__(self) -> None:
        super().__init__({})

    def gettext(self, message: str, /) -> str:
        return "「" + "、".join("{" + name + "}" for name in FIGURE.findall(message)) + "」"


class NoLatin(OfWords):
    """A catalogue that has every word, in which all Latin words are 語; figures and numbers stand where they stood."""

    def __init__(self) -> None:
        super().__init__({})

    def gettext(self, message: str, /) -> str:
        return LATIN.sub(lambda found: found[0] if found[0].startswith("{") else "語", message)


@contextmanager
def speaking(catalogue: language.Catalogue, code: str = "ja") -> Iterator[None]:
    """Look words up in a catalogue meanwhile."""
    language.use_catalogue(code, catalogue)
    try:
        yield
    finally:
        language.use_catalogue(language.ENGLISH, None)


def kept_catalogue(code: str) -> language.Catalogue:
    """The catalogue of a language that the program has."""
    return translation(language.DOMAIN, RESOURCES / "locale", [code])
