"""Where lines of Japanese end: between phrases and not, as Qt breaks them, within any word.

Japanese has no spaces. A phrase mostly ends in hiragana, such as a particle, and the next begins with another kind of
letter; what is left out of these rules breaks anywhere, as it always may.
"""

import re

from model.base.language import language

JOINER = "\u2060"  # WORD JOINER: has no width, and no line ends at it
LONGEST = 16  # letters of a phrase: longer ones break where the kind of letter changes

HIRAGANA = "\u3041-\u309f"
KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff"
KANJI = "\u3005\u4e00-\u9fff"
ASIDE = r"0-9A-Za-z\u0370-\u03ff%.,/×±−"  # figures, names and formulas between them
LETTERS = f"{HIRAGANA}{KATAKANA}{KANJI}{ASIDE}"
# A phrase: a prefix, then letters of other kinds, then hiragana; or hiragana alone.
PHRASE = re.compile(f"[おご]?[{KATAKANA}{KANJI}{ASIDE}]+[{HIRAGANA}]*|[{HIRAGANA}]+")
PART = re.compile(f"(?:[{KATAKANA}]+|[{KANJI}]+|[{ASIDE}]+)[{HIRAGANA}]*|[{HIRAGANA}]+")
JAPANESE = re.compile(f"[{HIRAGANA}{KATAKANA}{KANJI}]")
MARKUP = re.compile(r"(<[^<>]*>|&#?\w+;)")


def in_phrases(text: str) -> str:
    """A plain text whose lines end between phrases, where Japanese is spoken; any other text as it is."""
    return PHRASE.sub(_kept_together, text) if language() == "ja" else text


def html_in_phrases(html: str) -> str:
    """The same of a text with tags."""
    return "".join(part if MARKUP.fullmatch(part) else in_phrases(part) for part in MARKUP.split(html))


def _kept_together(found: re.Match[str]) -> str:
    phrase = found[0]
    if not JAPANESE.search(phrase):
        return phrase
    if len(phrase) <= LONGEST:
        return JOINER.join(phrase)
    return "".join(JOINER.join(part) if len(part) <= LONGEST else part for part in PART.findall(phrase))
