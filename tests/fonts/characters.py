"""The characters of all that the program draws in a language, and the typefaces' own."""

import struct
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from fontTools.ttLib import TTFont
from PySide6.QtCore import QLibraryInfo

from gui.style.typeface import FAMILY, font_files
from gui.window.qt_translator import NAME
from model.base.errors import InputError
from model.lessons.lesson_folder import OWN_LESSONS
from tests.words.catalogues import code_of, po_files, read, written

# What may come with the next sentence, and what Qt or a user write themselves: dates, whole names in kana.
BASE = {
    "ja": "".join(
        chr(code)
        for first, last in (
            (0x3000, 0x3003), (0x3005, 0x3007), (0x3008, 0x3015), (0x301C, 0x301D), (0x301F, 0x301F),  # punctuation
            (0x3041, 0x3096), (0x309B, 0x309E), (0x30A0, 0x30FE),  # hiragana, katakana
            (0xFF01, 0xFF60), (0xFFE0, 0xFFE6),  # full-width forms
        )
        for code in range(first, last + 1)
    ) + "年月日時分秒午前後火水木金土曜",
}  # fmt: skip
# Not drawn: what ends or joins lines and letters.
UNDRAWN = {"Cc", "Cf", "Zl", "Zp"}

MAGIC = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
MESSAGES, TRANSLATION = 0x69, 3
FIXED = {1: 0, 5: 4}  # bytes after the tags that have no length: the end of a message, and its hash of old


def used(language: str) -> set[str]:
    """The characters that the program draws in a language: of its lessons, its words and Qt's words, and the base."""
    lessons = [path.read_text("utf-8") for path in OWN_LESSONS.glob(f"{language}/*.md")]
    found = set(BASE[language]).union(*lessons, *_catalogue_texts(language), *qt_texts(language))
    return {char for char in found if unicodedata.category(char) not in UNDRAWN}


def wanted(language: str) -> set[str]:
    """The characters that are used in a language and that Inter has not, in one of its weights at least."""
    first, *others = map(characters_of, font_files(FAMILY))
    return used(language) - first.intersection(*others)


def characters_of(path: Path) -> set[str]:
    """The characters that a font file has glyphs for."""
    with TTFont(path) as font:
        return {chr(code) for code in font.getBestCmap()}


def _catalogue_texts(language: str) -> Iterator[str]:
    """Translations, without the signs that the English has too, ▶ or ▾: they are drawn as in English."""
    for path in po_files():
        if code_of(path) == language:
            for message in written(read(path)):
                signs = set("".join(message.id))
                yield from (char for char in "".join(message.string or "") if char not in signs)


def qt_texts(language: str) -> list[str]:
    """Qt's own texts in a language; raises InputError where PySide6 has none."""
    path = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)) / f"{NAME}_{language}.qm"
    try:
        return list(qm_translations(path.read_bytes()))
    except (OSError, ValueError, struct.error) as error:
        raise InputError(f"Qt's translation '{path}' cannot be read: {error}") from None


def qm_translations(data: bytes) -> Iterator[str]:
    """The translations in a compiled file of Qt (.qm), as QTranslator reads it: blocks of a tag, a length, a content.

    Raises ValueError or struct.error where it is none.
    """
    if not data.startswith(MAGIC):
        raise ValueError("it is no .qm file")
    place = len(MAGIC)
    while place < len(data):
        tag, size = struct.unpack_from(">BI", data, place)
        place += 5
        if tag == MESSAGES:
            yield from _translations(data[place : place + size])
        place += size


def _translations(messages: bytes) -> Iterator[str]:
    place = 0
    while place < len(messages):
        tag = messages[place]
        place += 1
        if tag in FIXED:
            place += FIXED[tag]
            continue
        (size,) = struct.unpack_from(">I", messages, place)
        place += 4
        if size == 0xFFFFFFFF:  # none at all
            continue
        if tag == TRANSLATION:
            yield messages[place : place + size].decode("utf-16-be")
        place += size
