"""Texts on a canvas broken into lines: between words, and in Japanese between phrases or letters."""

import re

from PySide6.QtGui import QFontMetricsF

from gui.widgets.japanese_text import PHRASE

ELLIPSIS = "…"
# What stays on one line, with the space before it: a word, or of Japanese a letter with what may not begin a line.
_JAPANESE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_NEVER_FIRST = "、。，．・：；？！）」』】〜ーぁぃぅぇぉっゃゅょァィゥェォッャュョ"
WORD = re.compile(f" *(?:[（「『]*[{_JAPANESE}]|[^ {_JAPANESE}]+)[{_NEVER_FIRST}]*")


def pieces(text: str) -> list[str]:
    """What of a text each stays on one line, with the spaces before it."""
    return WORD.findall(text)


def phrases(text: str) -> list[str]:
    """The same in longer pieces, where Japanese words and what follows them stay together."""
    spans = [found.span() for found in PHRASE.finditer(text)]
    bound: list[str] = []
    for found in WORD.finditer(text):
        if any(first < found.start() < last for first, last in spans):
            bound[-1] += found[0]
        else:
            bound.append(found[0])
    return bound


def wrapped(text: str, width: float, lines: int, metrics: QFontMetricsF) -> list[str]:
    """Break a text into at most `lines` lines of `width` pixels; what does not fit becomes ….

    It is broken between phrases where all of it fits so, else between words.
    """
    found = _broken(phrases(text), width, lines, metrics)
    whole = "".join(found).replace(" ", "") == text.replace(" ", "")
    return found if whole else _broken(pieces(text), width, lines, metrics)


def _broken(words: list[str], width: float, lines: int, metrics: QFontMetricsF) -> list[str]:
    found = [""]
    while words:
        longer = f"{found[-1]}{words[0]}".strip()
        if not found[-1] or metrics.horizontalAdvance(longer) <= width:
            found[-1] = longer
            words.pop(0)
        elif len(found) < lines:
            found.append("")
        else:
            found[-1] = ending("".join([found[-1], *words]), width, metrics)  # such as the seed, which tells most
            break
    return [shortened(line, width, metrics) for line in found]


def shortened(text: str, width: float, metrics: QFontMetricsF) -> str:
    """Cut a text at its end to `width` pixels; … marks the cut."""
    if metrics.horizontalAdvance(text) <= width:
        return text
    kept = text.removesuffix(ELLIPSIS)
    while kept and metrics.horizontalAdvance(kept.rstrip(" ,") + ELLIPSIS) > width:
        kept = kept[:-1]
    return kept.rstrip(" ,") + ELLIPSIS


def ending(text: str, width: float, metrics: QFontMetricsF) -> str:
    """Last words of a text that fit into `width` pixels, at least one; … marks the cut."""
    words = pieces(text)
    while len(words) > 1 and metrics.horizontalAdvance(f"{ELLIPSIS} {''.join(words).strip()}") > width:
        words.pop(0)
    return f"{ELLIPSIS} {''.join(words).strip()}"
