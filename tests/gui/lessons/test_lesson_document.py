"""Texts of lessons as documents: formulas in the theme's colours, figures, links, and what is not drawn."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.lessons.lesson_browser import LessonBrowser
from gui.lessons.lesson_document import FIGURE, LessonDocument
from gui.lessons.plain_text import plain
from gui.style.theme import DARK, LIGHT, Theme
from model.lessons.formulas import formula_path, texts_of
from model.lessons.lesson_folder import OWN_LESSONS, read_lessons
from model.lessons.places import Place
from model.lessons.text_syntax import parse_text
from model.lessons.texts import Formula

WIDTH = 320
held: list[QWidget] = []  # what the documents belong to
INLINE = next(f for lesson in read_lessons() for t in texts_of(lesson) for f in t.formulas if not f.display)
DISPLAY = next(f for lesson in read_lessons() for t in texts_of(lesson) for f in t.formulas if f.display)


def document(text: str, theme: Theme, qtbot: QtBot, folder: Path = OWN_LESSONS) -> LessonDocument:
    """A text laid out as in the tab."""
    holder = QWidget()
    qtbot.addWidget(holder)
    made = LessonDocument(holder, theme)
    made.setTextWidth(WIDTH)
    made.say(parse_text(text), folder)
    held.append(holder)
    return made


def darkest(image: QImage) -> str:
    """The colour of the letters in a picture."""
    colors = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return max(colors, key=lambda color: color.alpha()).name()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_that_a_formula_is_drawn_in_the_color_of_the_text(qtbot: QtBot, theme: Theme) -> None:
    made = document(f"A slope ${INLINE.latex}$.", theme, qtbot)
    image = made.loadResource(2, QUrl(f"{FIGURE}0"))
    assert darkest(image) == theme.text
    made.apply_theme(DARK if theme is LIGHT else LIGHT)
    assert darkest(made.loadResource(2, QUrl(f"{FIGURE}0"))) == (DARK if theme is LIGHT else LIGHT).text


def test_that_a_formula_in_a_line_makes_that_no_higher_than_it_must(qtbot: QtBot) -> None:
    words, formula = (document(f"A line {each}.", LIGHT, qtbot) for each in ("of words", f"${INLINE.latex}$"))
    assert formula.size().height() <= 1.35 * words.size().height()


def test_that_a_formula_of_its_own_fits_the_width(qtbot: QtBot) -> None:
    made = document(f"One:\n\n$$ {DISPLAY.latex} $$", LIGHT, qtbot)
    made.fit(90)
    assert made.formulas[0].width <= 90
    assert made.idealWidth() <= 90


def test_that_every_formula_of_the_programs_lessons_is_drawn(qtbot: QtBot) -> None:
    for lesson in read_lessons():
        for text in texts_of(lesson):
            browser = LessonBrowser(LIGHT, "text")
            qtbot.addWidget(browser)
            browser.say(text, lesson.path.parent)
            assert len(browser.lines.formulas) == len(text.formulas)


def test_that_a_formula_without_a_picture_or_with_a_broken_one_is_shown_as_it_is_written(
    qtbot: QtBot, tmp_path: Path
) -> None:
    assert "\\beta" in document("$\\beta$", LIGHT, qtbot, tmp_path).toPlainText()
    path = formula_path(tmp_path, Formula("\\beta", display=False))
    path.parent.mkdir()
    path.write_text("<svg/>")
    assert "\\beta" in document("$\\beta$", LIGHT, qtbot, tmp_path).toPlainText()


def test_that_nothing_but_its_own_formulas_is_loaded(qtbot: QtBot) -> None:
    made = document("<img src='/etc/passwd'> words", LIGHT, qtbot)
    assert made.loadResource(2, QUrl("/etc/passwd")) is None
    assert made.loadResource(2, QUrl(f"{FIGURE}7")) is None
    assert "<img" in made.toPlainText()


def test_that_blocks_stand_apart_but_for_the_last(qtbot: QtBot) -> None:
    made = document("One.\n\nTwo.", LIGHT, qtbot)
    first, last = made.begin(), made.lastBlock()
    assert (first.blockFormat().bottomMargin(), last.blockFormat().bottomMargin()) == (8, 0)


def test_that_words_with_a_mark_tell_their_place(qtbot: QtBot) -> None:
    browser = LessonBrowser(LIGHT, "text")
    qtbot.addWidget(browser)
    browser.say(parse_text("Look at [layer 1](mark:ledger_layer_1)."), OWN_LESSONS)
    told: list[Place] = []
    browser.place_pointed.connect(told.append)
    browser.anchorClicked.emit(QUrl("mark:ledger_layer_1"))
    assert told == [Place("ledger", 1)]


def test_that_plain_letters_have_no_marks_of_markdown_or_latex() -> None:
    figure = "{~ 9.7 % ± 1 = class_share(digit=8)}"
    text = parse_text(f"**Two** of `x` and $\\sqrt{{n}}\\,\\delta$, [the loss](mark:loss) {figure}")
    assert plain(text) == "Two of x and √nδ, the loss 9.7 %"


def test_that_no_line_ends_within_a_number(qtbot: QtBot) -> None:
    made = document("It is at most 1/1,024 and no more.", LIGHT, qtbot)
    for width in range(60, 240, 4):
        made.fit(width)
        assert made.size().height() > 0  # which lays it out
        layout = made.begin().layout()
        lines = (layout.lineAt(number) for number in range(layout.lineCount()))
        texts = [made.begin().text()[line.textStart() : line.textStart() + line.textLength()] for line in lines]
        assert any("1\u00a0024" in text for text in texts), width
