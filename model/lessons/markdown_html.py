"""The little Markdown that lessons use as HTML: paragraphs, lists, **bold**, *emphasis* and `code`."""

import re
from collections.abc import Callable, Iterator

from model.lessons.texts import LessonText, Piece, Words

INLINE = (
    (re.compile(r"`([^`]+)`"), r"<code>\1</code>"),
    (re.compile(r"\*\*(\S.*?)\*\*", re.DOTALL), r"<strong>\1</strong>"),
    (re.compile(r"(?<!\*)\*(\S[^*]*?)\*(?!\*)", re.DOTALL), r"<em>\1</em>"),
)
ITEM = re.compile(r"(?:[-*]|[0-9]+\.)\s+(.*)", re.DOTALL)
# Stands for a piece that is HTML already, while the words around it are read; no text has these letters.
MARK, MARKED = "\ue000{}\ue001", re.compile("\ue000([0-9]+)\ue001")


def blocks_html(text: LessonText, write: Callable[[Piece], str]) -> str:
    """The paragraphs and lists of a text; `write` makes safe HTML of each piece, Markdown left in words."""
    made: list[str] = []

    def mark(piece: Piece) -> str:
        if isinstance(piece, Words):
            return MARKED.sub("", write(piece))
        made.append(write(piece))
        return MARK.format(len(made) - 1)

    return MARKED.sub(lambda found: made[int(found[1])], "".join(_blocks(text.written(mark))))


def _blocks(text: str) -> Iterator[str]:
    for block in filter(None, (block.strip() for block in re.split(r"\n\s*\n", text))):
        items = re.split(r"\n(?=(?:[-*]|[0-9]+\.)\s)", block)
        found = [ITEM.fullmatch(item) for item in items]
        if all(found):
            rows = "".join(f"<li>{_inline(item[1])}</li>" for item in found if item)
            yield f"<ul>{rows}</ul>"
        else:
            yield f"<p>{_inline(block)}</p>"


def _inline(text: str) -> str:
    for pattern, html in INLINE:
        text = pattern.sub(html, text)
    return text
