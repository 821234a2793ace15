"""A third language, added as docs/translating.md says: catalogue and lessons in the pseudo-language, beside a copy of
the program's other resources."""

import re
from pathlib import Path
from shutil import copytree, ignore_patterns

from model.base.user_paths import RESOURCES
from tests.support.pseudo_language import CODE, in_other_letters, pseudo, pseudo_in_context
from tests.words.catalogues import begin, mo_bytes, po_files, read, written

LARGE = ("mnist", "screenshots")  # linked, not copied
# In a lesson's Markdown: formulas, figures and keys, where links lead.
KEPT = re.compile(r"(\$\$.*?\$\$|\$[^$\n]*\$|\{[^{}]*\}|(?<=\])\([^()]*\))", re.DOTALL)


def add_third_language(resources: Path) -> None:
    """Make the folder `resources` of a program that has a third language, whose words are all there."""
    copytree(RESOURCES, resources, ignore=ignore_patterns(*LARGE))
    for name in LARGE:
        (resources / name).symlink_to(RESOURCES / name)
    path = begin(CODE, read(po_files()[0]), resources / "locale")
    catalogue = read(path)
    for message in written(catalogue):
        forms = [message.id] if isinstance(message.id, str) else message.id
        said = [*map(pseudo_in_context if message.context else pseudo, forms)]
        message.string = said[0] if isinstance(message.id, str) else tuple(said)
    path.with_suffix(".mo").write_bytes(mo_bytes(catalogue))
    lessons = resources / "lessons"
    (lessons / CODE).mkdir()
    for text in (lessons / "en").glob("*.md"):
        parts = KEPT.split(text.read_text("utf-8"))
        told = (part if place % 2 else in_other_letters(part) for place, part in enumerate(parts))
        (lessons / CODE / text.name).write_text("".join(told), "utf-8")
