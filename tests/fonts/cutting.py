"""Cuts a font of the program from Noto Sans CJK JP: the same outlines, fewer of them, under a name of its own."""

from io import BytesIO
from pathlib import Path
from unicodedata import name as name_of

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from gui.style.typeface import BESIDE, FAMILY, FOLDER, font_files
from model.base.errors import InputError

SOURCES = Path("/usr/share/fonts/opentype/noto")
PACKAGES = "fonts-noto-cjk fonts-noto-cjk-extra"
# By the weight that Qt asks for: Inter's name for it, and Noto's, whose stems are as thick: in thousandths of the size
# 84, 106 and 129 (of an l) and 81, 103 and 131 (of 十).
WEIGHTS = {400: ("Regular", "Regular"), 500: ("Medium", "Medium"), 600: ("SemiBold", "Bold")}
JAPANESE_FACE = 0  # of those in one file, which differ in the shapes that some characters have
KEPT_NAMES = [0, 8, 9, 13, 14]  # copyright, makers, licence
WINDOWS_ENGLISH = (3, 1, 0x409)
# Vertical text, and letters closer together than their squares: neither is asked for anywhere.
LAYOUT_TABLES = ["BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
REGULAR, BOLD = 1 << 6, 1 << 5  # in OS/2's fsSelection
JAPANESE = 1 << 17  # in OS/2's ulCodePageRange1


def cut(language: str, characters: set[str]) -> dict[Path, bytes]:
    """The font files of a language, by their paths, with just these characters.

    Raises InputError where Noto is not on this machine, or has no glyph for one.
    """
    family = BESIDE[language]
    return {
        FOLDER / f"{family.replace(' ', '')}-{name}.otf": _cut_one(family, weight, characters)
        for weight, (name, _) in WEIGHTS.items()
    }


def source_of(weight: int) -> Path:
    """Where Noto's file for a weight is, if it is on this machine."""
    return SOURCES / f"NotoSansCJK-{WEIGHTS[weight][1]}.ttc"


def _cut_one(family: str, weight: int, characters: set[str]) -> bytes:
    path = source_of(weight)
    if not path.is_file():
        raise InputError(f"'{path}' is not there; 'apt install {PACKAGES}' brings it on Debian or Ubuntu.")
    with TTFont(path, fontNumber=JAPANESE_FACE, recalcTimestamp=False) as font:
        missing = sorted(characters - {chr(code) for code in font.getBestCmap()})
        if missing:
            said = ", ".join(f"'{char}' ({name_of(char, 'without a name')})" for char in missing)
            raise InputError(f"Neither {FAMILY} nor Noto Sans CJK JP has a glyph for {said}.")
        options = Options(hinting=False, layout_features=[], notdef_outline=True, name_IDs=KEPT_NAMES)
        options.drop_tables += LAYOUT_TABLES
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=[*map(ord, characters)])
        subsetter.subset(font)
        _rename(font, family, weight)
        _mark(font, weight)
        made = BytesIO()
        font.save(made)
    return made.getvalue()


def _rename(font: TTFont, family: str, weight: int) -> None:
    """Give the font names of its own, as the licence wants of what is changed."""
    name, _ = WEIGHTS[weight]
    plain, full = f"{family.replace(' ', '')}-{name}", f"{family} {name}"
    # Systems that know of two weights in a family find the lightest and the heaviest.
    outer = {min(WEIGHTS): "Regular", max(WEIGHTS): "Bold"}.get(weight)
    names = {1: family if outer else full, 2: outer or "Regular", 3: plain, 4: full, 5: "Version 2.004", 6: plain}
    if name != outer:
        names |= {16: family, 17: name}
    for number, text in names.items():
        font["name"].setName(text, number, *WINDOWS_ENGLISH)
    outlines = font["CFF "].cff
    outlines.fontNames[0] = plain
    top = outlines.topDictIndex[0]
    top.FullName, top.FamilyName, top.Weight = full, family, name
    for index, part in enumerate(top.FDArray):
        part.FontName = f"{plain}-{index}"


def _mark(font: TTFont, weight: int) -> None:
    """Say which weight it is, that it is for Japanese, and lines as high as Inter's: rows keep their height."""
    inter = TTFont(font_files(FAMILY)[0])
    scale = font["head"].unitsPerEm / inter["head"].unitsPerEm
    ascent, descent = (int(scale * each) for each in (inter["hhea"].ascent, inter["hhea"].descent))  # never higher
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = ascent, descent, 0
    os2 = font["OS/2"]
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = ascent, descent, 0
    os2.usWinAscent, os2.usWinDescent = ascent, -descent
    # Noto's outlines are bold ones: said so, Qt does not smear them where <b> wants more than 600.
    bold = weight == max(WEIGHTS)
    os2.usWeightClass, os2.fsSelection, font["head"].macStyle = weight, BOLD if bold else REGULAR, int(bold)
    os2.ulCodePageRange1, os2.ulCodePageRange2 = JAPANESE, 0
