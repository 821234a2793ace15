"""Texts on a canvas broken into lines: between words, and in Japanese between letters."""

import re

from PySide6.QtGui import QFontMetricsF

ELLIPSIS = "…"
# What stays on one line, with the space before it: a word, or of Japanese a letter with what may not begin a line.
_JAPANESE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_NEVER_FIRST = "、。，．・：；？！）」』】〜ーぁぃぅぇぉっゃゅょァィゥェォッャュョ"
WORD = re.compile(f" *(?:[（「『]*[{_JAPANESE}]|[^ {_JAPANESE}]+)[{_NEVER_FIRST}]*")


def pieces(text: str) -> list[str]:
    """What of a text each stays on one line, with the spaces before it."""
    return WORD.findall(text)


def wrapped(text: str, width: float, lines: int, metrics: QFontMetricsF) -> list[str]:
    """Break a text between words into at most `lines` lines of `width` pixels; what does not fit becomes …."""
    words, found = pieces(text), [""]
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
