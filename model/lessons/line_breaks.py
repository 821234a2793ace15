"""Line breaks within paragraphs, which are spaces only in a script that has spaces between its words."""

import re

# Kana, Chinese characters, their punctuation and the wide forms of others.
UNSPACED = "\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef"
# A line break beside such a letter, unless an empty line or the next item of a list follows it.
BREAK = re.compile(rf"(?:(?<=[{UNSPACED}])[ \t]*+\n[ \t]*+|(?<!\n)\n[ \t]*+(?=[{UNSPACED}]))(?!\n|(?:[-*]|[0-9]+\.)\s)")


def unwrapped(text: str) -> str:
    """The text with the lines of its paragraphs joined where no space stands between letters; the others stay."""
    return BREAK.sub("", text)
