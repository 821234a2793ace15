"""How running text in Japanese is set: in lines that end between phrases, further apart, and without italics.

Qt ends a line within any word, as Japanese has no spaces. A phrase mostly ends in hiragana, such as a particle, and the
next begins with another kind of letter; what these rules leave out breaks anywhere, as it always may.
"""

import re
from html import escape

from model.base.language import language

CODE = "ja"
LINE_HEIGHT = 140  # percent
JOINER = "\u2060"  # WORD JOINER: has no width, and no line ends at it
LONGEST = 16  # letters of a phrase: longer ones break where the kind of letter changes

HIRAGANA = "\u3041-\u309f"
KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff"
KANJI = "\u3005\u4e00-\u9fff"
ASIDE = r"0-9A-Za-z\u0370-\u03ff%.,/×±−"  # figures, names and formulas between them
LETTERS = f"{HIRAGANA}{KATAKANA}{KANJI}{ASIDE}"
# A phrase: a prefix, then letters of other kinds, then hiragana; or hiragana alone, also after a bracket: 」です.
REPEATED = f"[{HIRAGANA}]*くり返[{HIRAGANA}]*"  # the one word of ours that goes on after its hiragana
PHRASE = re.compile(
    f"[おご]?[{KATAKANA}{KANJI}{ASIDE}]+(?:{REPEATED}|[{HIRAGANA}]*)|[」』]?(?:{REPEATED}|[{HIRAGANA}]+)"
)
PART = re.compile(f"(?:[{KATAKANA}]+|[{KANJI}]+|[{ASIDE}]+)[{HIRAGANA}]*|[{HIRAGANA}]+")
ENDING = re.compile(f"[{HIRAGANA}]{{1,5}}$")  # of a part that is too long, so that no letter of it stands alone
JAPANESE = re.compile(f"[{HIRAGANA}{KATAKANA}{KANJI}]")
MARKUP = re.compile(r"(<[^<>]*>|&#?\w+;)")
# The name of a file or a folder, as the disk has it: between brackets, or from its root or drive to the next space.
NAME = re.compile(r"(「[^「」]*(?:[/\\]|\.\w)[^「」]*」|(?<![^\s（：])(?:~|[A-Za-z]:)?[/\\][^\s、。]+)")
EMPHASIS = re.compile(r"<(/?)(?:em|i)>")


def is_spoken() -> bool:
    """Whether texts are Japanese."""
    return language() == CODE


def in_phrases(text: str) -> str:
    """A plain text whose lines end between phrases, where Japanese is spoken; any other text as it is.

    Names of files in it stay what they are: whoever reads one off a widget finds the file.
    """
    if not is_spoken():
        return text
    return "".join(
        part if NAME.fullmatch(part) else PHRASE.sub(_kept_together, part) for part in NAME.split(text) if part
    )


def as_given(text: str) -> str:
    """A text that has been set, without what keeps its phrases together: for a clipboard or a screen reader."""
    return text.replace(JOINER, "")


def set_html(html: str) -> str:
    """The same of a text with tags, whose emphasis is bold: Japanese letters that lean are hard to read."""
    if not is_spoken():
        return html
    return "".join(
        EMPHASIS.sub(r"<\1b>", part) if MARKUP.fullmatch(part) else in_phrases(part) for part in MARKUP.split(html)
    )


def spaced_html(text: str) -> str:
    """A plain text of whole paragraphs as HTML, with its lines as far apart as Japanese letters ask for."""
    lines = escape(in_phrases(text)).replace("\n", "<br>")
    return f'<p style="line-height: {LINE_HEIGHT}%; margin: 0">{lines}</p>'


def _kept_together(found: re.Match[str]) -> str:
    phrase = found[0]
    if not JAPANESE.search(phrase):
        return phrase
    if len(phrase) <= LONGEST:
        return JOINER.join(phrase)
    return "".join(
        JOINER.join(part) if len(part) <= LONGEST else ENDING.sub(_joined, part) for part in PART.findall(phrase)
    )


def _joined(found: re.Match[str]) -> str:
    return JOINER.join(found[0])
