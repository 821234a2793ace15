"""The program's typefaces: Inter, and what a language needs beside it."""

from pathlib import Path

from PySide6.QtGui import QFontDatabase

from model.base.user_paths import RESOURCES

FOLDER = RESOURCES / "fonts"
FAMILY = "Inter"
# By a language's code: the family of the letters that Inter has not. `run.py fonts` makes its files.
BESIDE = {"ja": "Layerscope JP"}

_families = [FAMILY]


def font_files(family: str) -> list[Path]:
    """The files of a family, one for each weight."""
    return sorted(FOLDER.glob(f"{family.replace(' ', '')}-*.otf"))


def families() -> list[str]:
    """The families of the language in use; a letter is drawn from the first that has it, then from the system's."""
    return list(_families)


def load_fonts(language: str) -> None:
    """Load what texts in a language (its code, as 'ja') are drawn with, and have `theme.font` use that from now on.

    Pictures look alike on every system, whatever typefaces that has.
    """
    _families[:] = loaded(language)


def loaded(language: str) -> list[str]:
    """The families of a language, whichever is in use, loaded for a name or a word in it."""
    families = [FAMILY, *(family for code, family in BESIDE.items() if code == language)]
    for family in families:
        for path in font_files(family):
            QFontDatabase.addApplicationFont(str(path))
    return families
