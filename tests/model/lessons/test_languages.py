"""Lessons in the language in use: which text is read, and how its numbers, places and settings are written."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from model.base.errors import InputError
from model.lessons.formulas import texts_of
from model.lessons.handout import Handout
from model.lessons.lesson import Lesson
from model.lessons.lesson_folder import (
    OWN_LESSONS,
    languages_of,
    lesson_files,
    linked_lesson,
    read_lesson,
    read_lessons,
)
from model.lessons.lesson_place import LessonPlace
from model.lessons.static_check import check_written
from model.lessons.texts import LessonText, PlaceLink
from tests.support.catalogues import OfWords, speaking
from tests.support.lessons import MARKDOWN, TOML, written

WORDS = {
    "\u202f": ",",
    "{n}\u202f%": "{n}%",
    "Ledger": "勾配の内訳",
    "Layer {number}": "第{number}層",
    "{place}, {layer}": "{place}の{layer}",
    "Learning rate": "学習率",
    "Answers": "答え",
    "{file}, line {line}: {error}": "{file}の{line}行目：{error}",
    "There is no bet '{key}'.": "予想{key}はありません。",
}
JAPANESE = """\
# 短い実験

これについて。

## 始まり {#begin}

[](mark:ledger_layer_1)と{label: learning-rate}。更新2,000回で{= 95 %}、{measured: short.accuracy}。

### どこで終わるでしょうか。 {#end}

- 低い {#low}
  そう思ったかもしれません。
- 高い {#high}
  学習します。
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A lesson in English and in Japanese."""
    found = written(tmp_path)
    (tmp_path / "ja").mkdir()
    (tmp_path / "ja" / "01-short.md").write_text(JAPANESE, "utf-8")
    return found


@pytest.fixture
def japanese() -> Iterator[None]:
    """Japanese is in use."""
    with speaking(OfWords(WORDS)):
        yield


def test_that_english_is_read_where_nothing_is_in_use(path: Path) -> None:
    assert read_lesson(path).language == "en"
    assert read_lesson(path, "ja").title == "短い実験"


@pytest.mark.usefixtures("japanese")
def test_that_a_lesson_is_read_in_the_language_in_use_and_in_english_where_it_has_no_other(path: Path) -> None:
    assert read_lesson(path).language == "ja"
    assert linked_lesson(LessonPlace("1"), path.parent).title == "短い実験"
    (path.parent / "ja" / "01-short.md").unlink()
    assert read_lesson(path).title == "A short run"
    assert {lesson.language for lesson in read_lessons()} == {"ja"}


def _text(lesson: Lesson) -> str:
    return lesson.steps[0].text.plain


@pytest.mark.usefixtures("japanese")
def test_that_numbers_places_and_settings_are_written_as_its_language_does(path: Path) -> None:
    lesson = read_lesson(path)
    assert _text(lesson) == "勾配の内訳の第1層と学習率。更新2,000回で95%、。"
    assert isinstance(lesson.steps[0].text.pieces[0], PlaceLink)
    english = MARKDOWN.replace("A slope", "[](mark:ledger_layer_1) in 2,000 steps, {= 95 %}. A slope")
    written(path.parent, TOML, english)
    assert _text(read_lesson(path, "en")).startswith("Ledger, Layer 1 in 2 000 steps, 95 %.")


@pytest.mark.usefixtures("japanese")
def test_that_what_is_wrong_with_a_lesson_is_said_in_the_language_in_use(path: Path) -> None:
    path.write_text(TOML.replace('bet = "end"', 'bet = "start"'), "utf-8")
    with pytest.raises(InputError) as raised:
        read_lesson(path)
    assert str(raised.value) == "01-short.tomlの21行目：予想startはありません。"


def test_that_a_handout_is_in_the_language_of_its_lesson(path: Path) -> None:
    written(path.parent, TOML, MARKDOWN.replace("{measured: short.accuracy}", "{= 95 %}"))
    (path.parent / "ja" / "01-short.md").write_text(JAPANESE.replace("、{measured: short.accuracy}", ""), "utf-8")
    with speaking(OfWords(WORDS)):
        japanese, english = (Handout(read_lesson(path, language), {}).html() for language in ("ja", "en"))
    assert '<html lang="ja">' in japanese
    assert "<h2>答え</h2>" in japanese
    assert "95%" in japanese
    assert "<h2>Answers</h2>" in english


def test_that_every_lesson_of_the_program_is_there_in_japanese_and_keeps_its_rules() -> None:
    for path in lesson_files(OWN_LESSONS):
        assert languages_of(path) == ("en", "ja")
        assert check_written(read_lesson(path, "ja")) == []


def test_that_both_languages_say_the_same_figures_and_formulas() -> None:
    for path in lesson_files(OWN_LESSONS):
        english, japanese = (texts_of(read_lesson(path, language)) for language in ("en", "ja"))
        for said in (_figures, _formulas):
            assert Counter(said(english)) == Counter(said(japanese)), path.name


def _figures(texts: list[LessonText]) -> list[object]:
    return [(figure.measure, figure.low, figure.high) for text in texts for figure in text.figures]


def _formulas(texts: list[LessonText]) -> list[object]:
    return [formula for text in texts for formula in text.formulas]
