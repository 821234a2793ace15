"""The lesson's figure and columns as files: in order, whole, with text that is text, without any display."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.export.picture import FORMATS, export
from gui.pages.compare.lesson_figure import LessonFigure, arranged, shared_settings
from gui.runs.run_entry import RunEntry
from gui.style.theme import DARK, LIGHT, Theme
from gui.window.comparison_picture import ColumnsSheet, figure, is_lesson
from model.base import number_format
from model.base.errors import InputError
from model.config.config import Config
from model.config.presets import LESSON, preset_named
from model.config.recipe import Recipe
from model.config.views import LARGEST, SMALLEST, Size
from model.history.run_summary import RunListing
from tests.support.compare_pages import entry_of, record
from tests.support.windows import points

SIZE = Size(1600, 1000)


def six(**settings: int) -> list[RunEntry]:
    """The lesson's six with records made by hand, in another order than the figure's."""
    entries = []
    for color, preset in enumerate(reversed(LESSON)):
        made = entry_of(*(record(at, 2, test=at / 2_500) for at in (0, 1_000, 2_000)))
        entries.append(RunEntry(RunListing(Recipe(preset.config.replace(**settings)), color), made.run_log))
    return entries


def drawn(
    qtbot: QtBot, entries: list[RunEntry], theme: Theme = LIGHT, size: Size = SIZE, at: int | None = None
) -> QWidget:
    made = figure(entries, theme, size, at)
    qtbot.addWidget(made)
    return made


def written(svg: Path) -> list[str]:
    """The texts of an SVG."""
    return [text.strip() for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg.read_text(encoding="utf-8"))]


def test_that_exactly_the_six_make_the_lessons_figure_whatever_their_seed(qtbot: QtBot) -> None:
    assert is_lesson(six())
    assert is_lesson(six(seed=3))
    assert not is_lesson(six()[:5])
    assert not is_lesson([*six(), six()[0]])
    assert not is_lesson([six()[0]] * 6)
    assert isinstance(drawn(qtbot, six()), LessonFigure)
    assert isinstance(drawn(qtbot, six()[:2]), ColumnsSheet)


def test_that_panels_stand_in_a_row_for_each_activation_from_small_weights_to_large(qtbot: QtBot) -> None:
    assert [entry.recipe.config for entry in arranged(six())] == [preset.config for preset in LESSON]
    made = drawn(qtbot, six())
    assert isinstance(made, LessonFigure)
    assert [panel.title.text for panel in made.panels] == [preset.label for preset in LESSON]
    places = [panel.accuracy.rect for panel in made.panels]
    assert places[0].top() == places[2].top() < places[3].top() == places[5].top()
    assert places[0].left() == places[3].left() < places[1].left() < places[2].left()


def test_that_all_panels_share_their_axes(qtbot: QtBot) -> None:
    entries = six()
    assert entries[0].run_log
    entries[0].run_log.put(record(2_010, 2, delta=1e-9))  # of which the others' axes must know too
    made = drawn(qtbot, entries)
    assert isinstance(made, LessonFigure)
    first = made.panels[0]
    for panel in made.panels[:-1]:
        assert points(panel.gradient.line.path()).tolist() == points(first.gradient.line.path()).tolist()
        assert points(panel.accuracy.test.path()).tolist() == points(first.accuracy.test.path()).tolist()


@pytest.mark.parametrize("size", [SMALLEST, SIZE, Size(7680, 480), Size(640, 4320), LARGEST], ids=str)
def test_that_it_fills_every_size_and_nothing_lies_outside(qtbot: QtBot, size: Size) -> None:
    made = drawn(qtbot, six(), size=size)
    assert isinstance(made, LessonFigure)
    ground = made.canvas.sceneRect()
    shown = made.canvas.mapFromScene(ground).boundingRect()
    assert abs(shown.width() - size.width) <= 2
    assert abs(shown.height() - size.height) <= 2
    for item in made.canvas.scene().items():
        if item.isVisible() and not item.boundingRect().isEmpty():
            assert ground.contains(item.sceneBoundingRect())


def test_that_no_two_texts_overlap(qtbot: QtBot) -> None:
    made = drawn(qtbot, six())
    assert isinstance(made, LessonFigure)
    texts = [item for item in made.canvas.scene().items() if item.type() == 9 and item.isVisible()]  # simple texts
    boxes = [item.sceneBoundingRect().adjusted(1, 3, -1, -3) for item in texts]
    assert len(boxes) > 50
    for place, box in enumerate(boxes):
        assert not any(box.intersects(other) for other in boxes[place + 1 :] if not box.isEmpty())


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_that_an_svg_has_text_as_text_and_reads_back(qtbot: QtBot, tmp_path: Path, theme: Theme) -> None:
    path = tmp_path / "out.svg"
    export(drawn(qtbot, six(), theme), path, 1, None)
    texts = written(path)
    for preset in LESSON:
        assert preset.label in texts
    assert number_format.percent(0.8) in texts
    assert "<image" not in path.read_text(encoding="utf-8")
    picture = QImage(800, 500, QImage.Format.Format_RGB32)
    with QPainter(picture) as painter:
        QSvgRenderer(str(path)).render(painter, QRectF(picture.rect()))  # a warning would fail the test
    assert picture.pixelColor(2, 2).name() == theme.card


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("count", [2, 6])
def test_that_every_format_is_written(qtbot: QtBot, tmp_path: Path, suffix: str, count: int) -> None:
    path = tmp_path / f"out{suffix}"
    export(drawn(qtbot, six()[:count]), path, 1, None)
    assert path.stat().st_size > 10_000
    if suffix == ".png":
        assert (QImage(str(path)).width(), QImage(str(path)).height()) == SIZE


def test_that_the_moment_is_the_one_asked_for(qtbot: QtBot, tmp_path: Path) -> None:
    for entries in (six(), six()[:3]):
        path = tmp_path / f"out-{len(entries)}.svg"
        export(drawn(qtbot, entries, at=1_500), path, 1, None)
        texts = written(path)
        assert number_format.percent(0.4) in texts
        assert any(f"iteration 1{number_format.THIN}" in text for text in texts)


def test_that_the_subtitle_tells_what_all_runs_share() -> None:
    configs = [preset.config for preset in LESSON]
    assert shared_settings(configs) == "hidden layers 40-20  ·  SGD  ·  rate 0.1  ·  batch 100  ·  seed 0"
    changed = [config.replace(seed=number) for number, config in enumerate(configs)]
    assert "seed" not in shared_settings(changed)
    adam = [configs[0], configs[1].replace(optimizer="adam")]
    assert shared_settings(adam) == "hidden layers 40-20  ·  batch 100  ·  seed 0"


def test_that_columns_have_the_names_of_the_list(qtbot: QtBot, tmp_path: Path) -> None:
    entries = six()[:2]
    entries[0].listing = replace(entries[0].listing, label="Mine & yours")
    path = tmp_path / "out.svg"
    export(drawn(qtbot, entries), path, 1, None)
    assert "Mine &amp; yours" in written(path)


def test_that_more_layers_than_have_room_are_refused_with_the_size_that_would_do(qtbot: QtBot) -> None:
    entries = [entry_of(record(0, 50), hidden=(3,) * 50) for _ in range(2)]
    with pytest.raises(InputError, match=r"a taller picture: --size 800x(\d+)\.") as caught:
        figure(entries, LIGHT, Size(800, 480), None)
    height = int(re.findall(r"x(\d+)", str(caught.value))[0])
    drawn(qtbot, entries, size=Size(800, height))


def test_that_other_configs_have_a_title_too(qtbot: QtBot) -> None:
    made = LessonFigure(
        [entry_of(record(0)), entry_of(record(0), activation=preset_named("relu-he").config.activation)], LIGHT
    )
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.draw()
    assert made.title.text.startswith("Sigmoid and ReLU")
    assert Config().activation.label in made.title.text
