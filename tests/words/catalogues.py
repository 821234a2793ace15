"""Catalogues of translations: made from the words of the program, read, checked and written by Babel."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from model.base.files import write_whole
from model.base.language import DOMAIN
from model.base.user_paths import RESOURCES
from tests.words.declared import declared
from tests.words.marked import all_marked

LOCALE = RESOURCES / "locale"
HEADER = "# Layerscope's words. New and changed ones: python3 run.py words --write\n#"
# Headers of catalogues that say nothing.
EMPTY = ("POT-Creation", "PO-Revision", "Generated-By", "Last-Translator", "Language-Team", "Project-Id", "Report-")
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
Key = tuple[str | None, str, str]


def template() -> Catalog:
    """Every word of the program, without translations, in the order of the first files that have them."""
    places: dict[Key, set[str]] = {}
    for words in all_marked():
        if words.text:
            places.setdefault((words.context, words.text, words.many), set()).add(words.file)
    for text, module in declared().items():
        places.setdefault((None, text, ""), set()).add(module.replace(".", "/") + ".py")
    found = Catalog(domain=DOMAIN, header_comment=HEADER, fuzzy=False)
    for (context, text, many), files in sorted(places.items(), key=lambda item: (min(item[1]), item[0][1])):
        found.add((text, many) if many else text, locations=[(file, 0) for file in sorted(files)], context=context)
    return found


def po_files(locale: Path = LOCALE) -> list[Path]:
    """The catalogues that there are."""
    return sorted(locale.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def begin(code: str, words: Catalog, locale: Path = LOCALE) -> Path:
    """Write the catalogue of another language, with nothing translated; one that is there stays as it is."""
    path = locale / code / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not path.exists():
        path.parent.mkdir(parents=True)
        write_whole(path, po_bytes(renewed(Catalog(code, DOMAIN), words, code)))
    return path


def code_of(path: Path) -> str:
    """The language of a catalogue's file."""
    return path.parent.parent.name


def read(path: Path) -> Catalog:
    """The catalogue in a file."""
    with path.open("rb") as file:
        return read_po(file, locale=code_of(path), domain=DOMAIN)


def renewed(catalogue: Catalog, words: Catalog, code: str) -> Catalog:
    """The catalogue with exactly the words of the program, in their order; translations of words that are gone go."""
    made = Catalog(code, DOMAIN, HEADER, fuzzy=False)
    for message in written(words):
        known = catalogue.get(_key(message), message.context)
        made.add(
            message.id,
            known.string if known else None,
            message.locations,
            user_comments=known.user_comments if known else (),
            context=message.context,
        ).flags.discard("python-format")  # which Babel takes "50 % of" for
    return made


def written(catalogue: Catalog) -> Iterator[Message]:
    """The messages of a catalogue, without its head."""
    return (message for message in catalogue if message.id)


def po_bytes(catalogue: Catalog) -> bytes:
    """A catalogue as its text file: no dates, no lines, so that it changes only when words do."""
    kept = BytesIO()
    write_po(kept, catalogue, width=120, include_lineno=False, ignore_obsolete=True)
    lines = kept.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(tuple(f'"{name}' for name in EMPTY))).encode()


def mo_bytes(catalogue: Catalog) -> bytes:
    """A catalogue as the program reads it, the same bytes for the same words."""
    kept = BytesIO()
    catalogue.creation_date = catalogue.revision_date = NO_DATE
    write_mo(kept, catalogue)
    return kept.getvalue()


def complaints(catalogue: Catalog, words: Catalog) -> Iterator[str]:
    """What keeps a catalogue from being complete and right, a line each."""
    for message in written(words):
        known = catalogue.get(_key(message), message.context)
        yield from _wrong(known) if known else (f"new: {message.id}",)
    for message in written(catalogue):
        if words.get(_key(message), message.context) is None:
            yield f"no longer used: {message.id}"


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _wrong(message: Message) -> Iterator[str]:
    sources, strings = (
        (each,) if isinstance(each, str) else tuple(each or [""]) for each in (message.id, message.string)
    )
    if message.fuzzy:
        yield f"not sure (fuzzy): {message.id}"
    if not all(strings):
        yield f"not translated: {message.id}"
        return
    wanted = [placeholders(each) for each in sources]
    found = [placeholders(each) for each in strings]
    every, needed = set.union(*wanted), set.intersection(*wanted)
    # What the English leaves out of one form, such as the number of a single thing, no form but the last must have.
    if found[-1] != every or any(not needed <= each <= every for each in found):
        yield f"other figures than the English: {message.id}"


def placeholders(text: str) -> set[str]:
    """The names in braces of a template; none where its braces are no placeholders."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name and name.isidentifier()}
    except ValueError:
        return set()
