"""The typefaces beside Inter: just the characters that are drawn, in its weights, under names of their own."""

import struct
from functools import cache
from pathlib import Path

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLibraryInfo, QTranslator

from gui.style.typeface import BESIDE, FAMILY, FOLDER, font_files
from gui.window.qt_translator import NAME
from model.base.errors import InputError
from tests.fonts import __main__ as command
from tests.fonts import characters, cutting
from tests.fonts.characters import characters_of, qm_translations, qt_texts, used, wanted
from tests.fonts.cutting import PACKAGES, WEIGHTS, cut, source_of

MOST_BYTES = 1_000_000
LANGUAGES = pytest.mark.parametrize("language", BESIDE)
FILES = pytest.mark.parametrize(
    ("family", "path"),
    [pytest.param(family, path, id=path.stem) for family in BESIDE.values() for path in font_files(family)],
)
WITH_NOTO = pytest.mark.skipif(
    not all(source_of(weight).is_file() for weight in WEIGHTS), reason=f"needs Debian's {PACKAGES}"
)
BY_WRITE = "`python3 run.py fonts --write` writes them"
RARE = "彁"  # a character that nobody knows the meaning of
NOWHERE = "\U00012000"  # of cuneiform

CATALOGUE = """
# 注
msgctxt "文"
msgid "one"
msgid_plural "外"
msgstr[0] ""
"鬱\\"彁"
"麒\\n"

#~ msgid "two"
#~ msgstr "麟"

msgid "three"
msgstr "鸞"
"""


@cache
def opened(path: Path) -> TTFont:
    """A font file, for all tests that look into it."""
    return TTFont(path)


@LANGUAGES
def test_that_a_typeface_has_just_the_characters_in_use_that_inter_has_not(language: str) -> None:
    needed = wanted(language)
    for path in font_files(BESIDE[language]):
        there = characters_of(path)
        lacking, spare = sorted(needed - there), sorted(there - needed)
        assert (lacking, spare) == ([], []), f"{path.name} is out of date: {BY_WRITE}"


@LANGUAGES
def test_that_every_character_in_use_has_an_outline_in_every_weight(language: str) -> None:
    texts = {char for char in used(language) if not char.isspace()}
    for ours, inter in zip(font_files(BESIDE[language]), font_files(FAMILY), strict=True):
        for char in texts:
            font = opened(inter if char in characters_of_opened(inter) else ours)
            glyphs, pen = font.getGlyphSet(), BoundsPen(None)
            glyphs[font.getBestCmap()[ord(char)]].draw(pen)
            assert pen.bounds, f"'{char}' is blank in {ours.name}"


@cache
def characters_of_opened(path: Path) -> set[str]:
    """The characters of a font file, read once."""
    return characters_of(path)


@LANGUAGES
def test_that_all_weights_of_a_language_have_at_most_a_megabyte(language: str) -> None:
    assert 0 < sum(path.stat().st_size for path in font_files(BESIDE[language])) <= MOST_BYTES


@LANGUAGES
def test_that_a_typeface_has_the_weights_of_inter(language: str) -> None:
    weights = [[opened(path)["OS/2"].usWeightClass for path in font_files(name)] for name in (FAMILY, BESIDE[language])]
    assert weights[0] == weights[1]
    assert sorted(weights[0]) == sorted(WEIGHTS)


@FILES
def test_that_no_name_is_one_that_its_makers_keep_for_themselves(family: str, path: Path) -> None:
    font = opened(path)
    outlines = font["CFF "].cff
    top = outlines.topDictIndex[0]
    names = [str(font["name"].getDebugName(number)) for number in (1, 3, 4, 6, 16, 17)]
    names += [*outlines.fontNames, top.FamilyName, top.FullName, *(part.FontName for part in top.FDArray)]
    assert not [name for name in names if "noto" in name.lower() or "source" in name.lower()]
    assert font["name"].getBestFamilyName() == top.FamilyName == family


@FILES
def test_that_the_licence_lies_beside_a_typeface_and_in_it(family: str, path: Path) -> None:
    licence = (FOLDER / f"OFL-{path.stem.partition('-')[0]}.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert licence.startswith(opened(path)["name"].getDebugName(0))
    assert f'"{family}" is a modified version' in licence
    assert "SIL Open Font License, Version 1.1" in opened(path)["name"].getDebugName(13)


@FILES
def test_that_lines_are_no_higher_than_those_of_inter(family: str, path: Path) -> None:
    inter, ours = opened(font_files(FAMILY)[0]), opened(path)
    for side in ("ascent", "descent"):
        theirs, own = (abs(getattr(font["hhea"], side)) / font["head"].unitsPerEm for font in (inter, ours))
        assert theirs - 0.001 < own <= theirs


@WITH_NOTO
@LANGUAGES
def test_that_the_files_are_what_is_cut_from_noto(language: str) -> None:
    made = cut(language, wanted(language))
    assert len(made) == len(WEIGHTS)
    assert {path: path.read_bytes() for path in made} == made, BY_WRITE


@pytest.fixture
def new_lesson(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A lesson in Japanese that says nothing yet."""
    (tmp_path / "ja").mkdir()
    monkeypatch.setattr(characters, "OWN_LESSONS", tmp_path)
    monkeypatch.setattr("sys.argv", ["fonts"])
    return tmp_path / "ja" / "01-new.md"


def test_that_a_lesson_with_a_new_character_makes_the_typeface_out_of_date(
    new_lesson: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new_lesson.write_text(f"# {RARE}\n", "utf-8")
    assert command.main() == 1
    said = capsys.readouterr().out.splitlines()
    assert len(said) == len(WEIGHTS)
    assert all(f"is out of date: it lacks '{RARE}'" in line for line in said)


def test_that_the_typefaces_are_up_to_date(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["fonts"])
    assert command.main() == 0
    assert capsys.readouterr().out == "The typefaces have just the characters that are used.\n"


def test_that_where_noto_is_missing_one_sentence_says_what_brings_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cutting, "SOURCES", tmp_path)
    monkeypatch.setattr("sys.argv", ["fonts", "--write"])
    before = [path.stat().st_mtime_ns for path in FOLDER.iterdir()]
    assert command.main() == 2
    assert capsys.readouterr().err.endswith(f"'apt install {PACKAGES}' brings it on Debian or Ubuntu.\n")
    assert [path.stat().st_mtime_ns for path in FOLDER.iterdir()] == before


@WITH_NOTO
def test_that_a_character_that_no_typeface_has_is_named() -> None:
    with pytest.raises(InputError, match=r"has a glyph for '.' \(CUNEIFORM SIGN A\)\."):
        cut("ja", {NOWHERE})


def test_that_what_the_catalogue_says_counts_and_nothing_else_of_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(characters, "po_files", list)
    without = used("ja")
    path = tmp_path / "ja" / "LC_MESSAGES" / "layerscope.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOGUE, "utf-8")
    monkeypatch.setattr(characters, "po_files", lambda: [path])
    assert used("ja") - without - {*'"'} == {*"鬱彁麒鸞"}


@given(st.lists(st.text(st.characters(codec="utf-8"))))
def test_that_texts_of_qt_are_read_as_they_were_written(texts: list[str]) -> None:
    parts = [(tag, part) for text in texts for tag, part in ((3, text.encode("utf-16-be")), (6, b"source"), (8, b""))]
    messages = b"".join(struct.pack(">BI", tag, len(part)) + part for tag, part in parts) + b"\x01"
    blocks = [(0x42, b"hashes"), (0x69, messages), (0x88, b"rules")]
    data = characters.MAGIC + b"".join(struct.pack(">BI", tag, len(block)) + block for tag, block in blocks)
    assert list(qm_translations(data)) == texts


def test_that_the_texts_of_qt_are_those_that_it_shows() -> None:
    translator, texts = QTranslator(), qt_texts("ja")
    assert translator.load(f"{NAME}_ja", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    for context, text in (("QPlatformTheme", "Cancel"), ("QFileDialog", "Look in:"), ("QWidgetTextControl", "&Undo")):
        assert translator.translate(context, text) in texts
    assert len(texts) > 500


@pytest.mark.parametrize("data", [b"", b"no .qm", characters.MAGIC + b"\x69\xff", characters.MAGIC + b"\x69\0\0\0\1\3"])
def test_that_a_broken_file_of_qt_is_refused(data: bytes) -> None:
    with pytest.raises((ValueError, struct.error)):
        list(qm_translations(data))


def test_that_a_language_which_qt_does_not_speak_costs_one_sentence() -> None:
    with pytest.raises(InputError, match="cannot be read"):
        qt_texts("xx")
