"""A language that nobody speaks: English with other letters and 30 % more of them, so that what no catalogue was asked
for shows by its plain letters."""

import re

CODE = "qps"
PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
OTHERS = "àƀćďèƒĝĥìĵķĺḿñòṕʠŕšţùṽŵẋýžÀɃĆĎÈƑĜĤÌĴĶĹḾÑÒṔɊŔŠŢÙṼŴẊÝŽ"
LETTERS = str.maketrans(PLAIN, OTHERS)
# What stays as it is: names of figures, tags, entities, mnemonics' marks are no letters.
KEPT = re.compile(r"(\{[^{}]*\}|<[^<>]*>|&[a-z]+;)")
LONGER = 0.3


def in_other_letters(text: str) -> str:
    """A text in the letters of the pseudo-language, as long as it was."""
    parts = KEPT.split(text)
    return "".join(part if place % 2 else part.translate(LETTERS) for place, part in enumerate(parts))


def pseudo(text: str) -> str:
    """A message in the pseudo-language."""
    return f"⟦{in_other_letters(text)}{'~' * round(LONGER * len(text))}⟧"


def pseudo_in_context(text: str) -> str:
    """A message in its context in the pseudo-language; what only separates figures stays."""
    return pseudo(text) if any(letter in PLAIN for letter in KEPT.sub("", text)) else text


class PseudoCatalogue:
    """Says everything in the pseudo-language; numbers as English does."""

    def gettext(self, message: str, /) -> str:
        """The message in other letters."""
        return pseudo(message) if message else ""

    def ngettext(self, msgid1: str, msgid2: str, n: int, /) -> str:
        """The form for a number in other letters."""
        return pseudo(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str, /) -> str:
        """The message in other letters; what only separates figures stays."""
        return pseudo_in_context(message)
