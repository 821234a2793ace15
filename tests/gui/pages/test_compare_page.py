"""The compare page: the shown runs on the same axes, live or at one moment, drawn a few plots a frame."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from gui.pages.compare.compare_page import MOST_RUNS, ComparePage
from gui.style.run_styles import look_of
from gui.style.theme import DARK, LIGHT
from model.base import number_format
from model.nn.activations import Activation
from tests.support.compare_pages import columns, entry_of, opened, record, settle, three
from tests.support.windows import click, points


def curve(page: ComparePage, column: int) -> list[tuple[float, float]]:
    """The drawn points of a run's test accuracy."""
    return [(x, y) for x, y in points(page.view.columns[column].accuracy.test.path())]


def test_that_with_fewer_than_two_runs_it_offers_the_lesson(qtbot: QtBot) -> None:
    page = opened(qtbot, entry_of(record(0)))
    wanted = QSignalSpy(page.lesson_wanted)
    click(page.lesson)
    assert wanted.count() == 1
    assert not page.view.isVisible()
    page.runs.entries.append(entry_of(record(0)))
    page.runs.changed.emit()
    assert page.view.isVisible()
    assert not page.lesson.isVisible()


def test_that_each_run_has_a_column_with_its_name_accuracy_and_verdict_place(qtbot: QtBot) -> None:
    page = opened(qtbot, *three())
    assert [column.hidden for column in columns(page)] == [1, 2, 3]
    names = page.runs.names()
    for index, column in enumerate(page.view.columns):
        assert column.entry is page.runs.entries[index]
        written = " ".join(text.text for text in column.head.names).strip()
        assert written == names[page.runs.entries[index].id]
        assert column.head.accuracy.text == number_format.percent(0.1 * (index + 1) + 0.5)
        assert column.note.text == ""


def test_that_all_columns_share_their_axes(qtbot: QtBot) -> None:
    long = entry_of(*(record(at, test=0.5) for at in (0, 100)), iterations=400)
    page = opened(qtbot, *three(), long)
    columns(page)
    ends = [curve(page, index)[-1][0] for index in range(4)]
    assert ends == pytest.approx([ends[0]] * 4)
    assert ends[0] == pytest.approx(page.view.columns[0].accuracy.rect.width() / 4)
    outputs = [points(column.gradient.line.path())[-1] for column in page.view.columns]
    assert {round(y, 6) for _, y in outputs} == {round(outputs[0][1], 6)}  # one δ, one height
    assert outputs[0][0] < outputs[1][0] < outputs[2][0]  # the output comes after the last layer


def test_that_runs_with_fewer_layers_leave_their_places_empty(qtbot: QtBot) -> None:
    page = opened(qtbot, *three())
    for column in columns(page):
        shown = [cell for cell in column.layers.items if cell.bars.isVisible()]
        assert len(shown) == column.hidden


def test_that_of_more_than_twelve_the_first_are_shown_and_it_says_so(qtbot: QtBot) -> None:
    page = opened(qtbot, *(entry_of(record(0)) for _ in range(MOST_RUNS + 2)))
    assert len(columns(page)) == MOST_RUNS
    assert page.caption.text().startswith(f"The first {MOST_RUNS} of {MOST_RUNS + 2} shown runs")
    page.runs.show(page.runs.entries[:3])
    assert len(columns(page)) == 3
    assert "first" not in page.caption.text()


def test_that_a_hidden_run_goes_and_leaves_nothing_behind(qtbot: QtBot) -> None:
    page = opened(qtbot, *three())
    last = columns(page)[2]
    page.runs.change(page.runs.entries[0], shown=False)
    assert [column.hidden for column in columns(page)] == [2, 3]
    items = (last.head.line, last.accuracy.test, last.gradient.line, *(cell.bars for cell in last.layers.items))
    assert not any(item.isVisible() for item in items)


def test_that_names_and_colours_follow_the_list(qtbot: QtBot) -> None:
    page = opened(qtbot, *three())
    page.runs.change(page.runs.entries[0], label="Mine", color=4)
    column = columns(page)[0]
    assert column.head.names[0].text == "Mine"
    assert column.accuracy.test.pen().color().name() == look_of(LIGHT, 4).color
    page.apply_theme(DARK)
    assert column.accuracy.test.pen().color().name() == look_of(DARK, 4).color
    assert page.view.backgroundBrush().color().name() == DARK.card


def test_that_the_readout_names_run_and_layer(qtbot: QtBot) -> None:
    page = opened(qtbot, *three())
    view = page.view
    columns(page)
    assert view.layout_
    cell = view.layout_.layer(2, 1).center()
    read = view.read
    assert read
    text = read(QPointF(cell))
    assert page.runs.names()[page.runs.entries[2].id] in text
    assert "Layer 2" in text
    assert "test 80" in text
    assert "Output" in read(view.layout_.gradient(2).center())
    assert read(QPointF(5, 5)) == ""


@pytest.mark.parametrize(("width", "height"), [(740, 560), (1320, 880)])
@pytest.mark.parametrize("count", [2, 6, 12])
def test_that_texts_of_neighbours_do_not_touch(qtbot: QtBot, count: int, width: int, height: int) -> None:
    entries = [entry_of(record(0, 10, test=1.0), hidden=(40,) * 10, seed=seed) for seed in range(count)]
    page = opened(qtbot, *entries, width=width, height=height)
    shown = columns(page)
    for column, after in pairwise(shown):
        left = after.accuracy.rect.left()
        for text in (*column.head.names, column.head.accuracy, column.head.verdict, column.ratio):
            assert text.item.sceneBoundingRect().right() <= left + 1
    assert page.view.verticalScrollBar().maximum() == 0


def test_that_the_data_of_all_columns_can_be_copied(qtbot: QtBot) -> None:
    page = opened(qtbot, *three())
    settle(page)
    tables = {name: make() for name, make in page.tables().items()}
    assert list(tables) == ["Accuracy", "Gradient of every layer", "Activations"]
    assert all(table.columns[0] == "run" for table in tables.values())
    names = {str(row[0]) for row in tables["Accuracy"].rows}
    assert len(names) == 3
    assert all({str(row[0]) for row in table.rows} == names for table in tables.values())
    assert {"iteration", "train_accuracy", "test_accuracy"} <= set(tables["Accuracy"].columns)
    assert "delta_rms" in tables["Gradient of every layer"].columns
    assert {"activation_from", "activation_to", "share"} <= set(tables["Activations"].columns)


def test_that_a_run_that_explodes_is_counted_in_the_caption(qtbot: QtBot) -> None:
    usual = [entry_of(record(0), activation=Activation.RELU) for _ in range(2)]
    page = opened(qtbot, *usual, entry_of(record(0, delta=1e30, high=1e12), activation=Activation.RELU))
    settle(page)
    page.update_text()
    assert page.caption.text().startswith("1 run goes beyond the axis")
    assert page.view.scales.of(usual[0].recipe.config).high == 1.0
