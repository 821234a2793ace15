"""The typefaces of a language: Inter's letters with Japanese of the same weight beside them, wherever text is drawn."""

from collections import Counter
from collections.abc import Iterator

import pyqtgraph as pg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QFontInfo,
    QFontMetricsF,
    QGlyphRun,
    QImage,
    QPainter,
    QTextDocument,
    QTextLayout,
)
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gui.style.style_sheet import apply_theme
from gui.style.theme import LIGHT, font
from gui.style.typeface import BESIDE, FAMILY, families, font_files, load_fonts

JAPANESE = BESIDE["ja"]
WORDS = "第1層 ReLU、0.95"
NOT_LATIN = 3  # 第, 層 and the comma
WEIGHTS = pytest.mark.parametrize("weight", [400, 500, 600])


@pytest.fixture
def japanese(qapp: QApplication) -> Iterator[QApplication]:
    """The application in Japanese; afterwards in English again."""
    load_fonts("ja")
    apply_theme(qapp, LIGHT)
    yield qapp
    load_fonts("en")
    apply_theme(qapp, LIGHT)


def runs(text: str, used: QFont) -> list[QGlyphRun]:
    """What Qt draws a line of text with."""
    layout = QTextLayout(text, used)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return layout.glyphRuns()


def drawn(found: list[QGlyphRun]) -> dict[tuple[str, int], int]:
    """How many glyphs are drawn of each family and weight; fails where one is the empty box."""
    assert all(0 not in run.glyphIndexes() for run in found)
    counts = Counter[tuple[str, int]]()
    for run in found:
        counts[run.rawFont().familyName(), run.rawFont().weight()] += len(run.glyphIndexes())
    return counts


def both(weight: int) -> dict[tuple[str, int], int]:
    """Inter's letters and digits, and Japanese, in one weight."""
    return {(FAMILY, weight): len(WORDS) - NOT_LATIN, (JAPANESE, weight): NOT_LATIN}


def document_runs(document: QTextDocument) -> list[QGlyphRun]:
    """What Qt draws the first line of a document with."""
    assert document.size().isValid()  # which lays it out
    return document.begin().layout().lineAt(0).glyphRuns()


@WEIGHTS
def test_that_japanese_stands_beside_inter_in_its_weight(japanese: QApplication, weight: int) -> None:
    assert drawn(runs(WORDS, font(13, QFont.Weight(weight)))) == both(weight)


@WEIGHTS
def test_that_a_widget_draws_it_whatever_sets_its_weight(japanese: QApplication, qtbot: QtBot, weight: int) -> None:
    label = QLabel(WORDS)
    qtbot.addWidget(label)
    label.setStyleSheet(f"font-weight: {weight}")
    label.ensurePolished()
    assert QFontInfo(label.font()).family() == FAMILY
    assert drawn(runs(label.text(), label.font())) == both(weight)


@WEIGHTS
def test_that_rich_text_draws_it(japanese: QApplication, weight: int) -> None:
    document = QTextDocument()
    document.setDefaultFont(font())
    document.setHtml(f"<p style='font-weight: {weight}'>{WORDS}</p>")
    assert drawn(document_runs(document)) == both(weight)


def test_that_a_plot_draws_it(japanese: QApplication) -> None:
    title = pg.LabelItem(WORDS)
    assert drawn(document_runs(title.item.document())) == both(400)


def picture(used: QFont) -> QImage:
    """Japanese as a canvas draws it."""
    image = QImage(60, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setFont(used)
    painter.drawText(2, 15, "第層")
    painter.end()
    return image


@WEIGHTS
def test_that_a_canvas_draws_it(japanese: QApplication, weight: int) -> None:
    alone = QFont(JAPANESE, weight=weight)
    alone.setPixelSize(13)
    assert picture(font(13, QFont.Weight(weight))) == picture(alone)


def test_that_each_weight_looks_different_but_bold_which_is_not_smeared(japanese: QApplication) -> None:
    regular, medium, semibold, bold = (picture(font(13, QFont.Weight(weight))) for weight in (400, 500, 600, 700))
    assert regular != medium != semibold != regular
    assert bold == semibold


@WEIGHTS
@pytest.mark.parametrize("pixels", [10, 11, 13, 17, 26])
def test_that_lines_of_japanese_are_as_high_as_english_ones(japanese: QApplication, pixels: int, weight: int) -> None:
    used = font(pixels, QFont.Weight(weight))
    heights = set()
    for text in (WORDS, "Layer 1", "層"):
        layout = QTextLayout(text, used)
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        heights.add((line.ascent(), line.descent()))
    assert heights == {(QFontMetricsF(used).ascent(), QFontMetricsF(used).descent())}


def test_that_what_a_user_types_is_drawn_from_the_system(japanese: QApplication) -> None:
    if not {*QFontDatabase.families(QFontDatabase.WritingSystem.Japanese)} - {JAPANESE}:
        pytest.skip("needs a Japanese typeface; Debian's fonts-vlgothic")
    by_family = {family for family, _ in drawn(runs("第鬱", font()))}
    assert JAPANESE in by_family
    assert len(by_family) == 2


def test_that_english_is_drawn_with_inter_alone(qapp: QApplication) -> None:
    assert families() == [FAMILY]
    assert drawn(runs("Layer 1", font())) == {(FAMILY, 400): 7}


def test_that_a_language_that_inter_has_all_letters_of_needs_nothing_else(japanese: QApplication) -> None:
    assert families() == [FAMILY, JAPANESE]
    load_fonts("de")
    assert families() == [FAMILY]


@pytest.mark.parametrize("family", [FAMILY, *BESIDE.values()])
def test_that_every_family_has_its_files(family: str) -> None:
    assert len(font_files(family)) == 3
