"""The Markdown pages of this checkout, and the blocks between the lines `<!-- name -->` and `<!-- /name -->`."""

import re
from pathlib import Path

from model.base.user_paths import ROOT

BLOCK = re.compile(r"^<!-- (?P<name>[\w-]+) -->\n(?P<text>.*?)^<!-- /(?P=name) -->$", re.DOTALL | re.MULTILINE)
MARKER = re.compile(r"^<!-- /?([\w-]+) -->$", re.MULTILINE)


def pages() -> list[Path]:
    """Every page: those at the top, and all below docs/."""
    return sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def markers() -> list[str]:
    """The names in all markers of all pages, opening and closing ones, as often as they stand there."""
    return [name for page in pages() for name in MARKER.findall(page.read_text("utf-8"))]


def page_with(name: str) -> Path:
    """The page that has the block `name`; raises LookupError where none or several have it."""
    found = [page for page in pages() if any(block["name"] == name for block in _blocks(page))]
    if len(found) != 1:
        where = " and ".join(page.name for page in found) or "no page"
        raise LookupError(f"The block '{name}' is in {where}; it must be in one.")
    return found[0]


def held(name: str) -> str:
    """The text that the block has now, without the line end before its last marker; raises LookupError."""
    return next(block["text"] for block in _blocks(page_with(name)) if block["name"] == name).removesuffix("\n")


def write(name: str, text: str) -> Path:
    """Put `text` into the block and return its page, which is not written where nothing is new; raises LookupError."""
    page = page_with(name)
    before = page.read_text("utf-8")
    after = BLOCK.sub(lambda block: _block(name, text) if block["name"] == name else block[0], before)
    if after != before:
        page.write_text(after, "utf-8")
    return page


def _blocks(page: Path) -> list[re.Match[str]]:
    return list(BLOCK.finditer(page.read_text("utf-8")))


def _block(name: str, text: str) -> str:
    return f"<!-- {name} -->\n{text}\n<!-- /{name} -->"
