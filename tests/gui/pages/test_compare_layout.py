"""Where things lie in the compare view: nothing overlaps, nothing is lost, at any size and for any runs."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from gui.pages.compare.column_head import lines_needed, name_font
from gui.pages.compare.layout import GUTTER, LEAST_PLOT, TOP, CompareLayout
from gui.plots.word_breaks import ELLIPSIS, wrapped

LAYOUTS = st.builds(
    CompareLayout, st.floats(600, 3000), st.floats(200, 2000), st.integers(1, 12), st.integers(0, 50), st.integers(1, 3)
)
WORDS = st.lists(st.text("abcdefgWi,·0", min_size=1, max_size=12), min_size=1, max_size=8).map(" ".join)


def cells(layout: CompareLayout, column: int) -> list[QRectF]:
    """All plots of a column, from top to bottom."""
    layers = [layout.layer(column, index) for index in range(layout.layers)]
    return [layout.accuracy(column), *layers, layout.gradient(column)]


@given(LAYOUTS)
def test_that_plots_lie_below_each_other_without_touching(layout: CompareLayout) -> None:
    for column in (0, layout.columns - 1):
        plots = cells(layout, column)
        assert plots[0].top() >= TOP + layout.head
        assert all(above.bottom() < below.top() for above, below in pairwise(plots))
        assert plots[-1].bottom() < layout.height
        assert min(plots[0].height(), plots[-1].height()) >= LEAST_PLOT * 0.9
        assert all(plot.height() > 0 for plot in plots)


@given(LAYOUTS)
def test_that_columns_are_alike_and_fill_the_width_beside_the_gutter(layout: CompareLayout) -> None:
    lefts = [layout.left(column) for column in range(layout.columns)]
    assert lefts[0] == GUTTER
    assert lefts[-1] + layout.column_width <= layout.width
    assert all(left + layout.column_width < right for left, right in pairwise(lefts))
    for column in range(layout.columns):
        for first, other in zip(cells(layout, 0), cells(layout, column), strict=True):
            assert (first.top(), first.height(), first.width()) == (other.top(), other.height(), other.width())


@given(LAYOUTS)
def test_that_the_cursor_finds_what_it_is_on(layout: CompareLayout) -> None:
    for column in range(layout.columns):
        assert layout.column_at(layout.accuracy(column).center().x()) == column
    for index in range(layout.layers):
        assert layout.layer_at(layout.layer(0, index).center().y()) == index
    assert layout.column_at(GUTTER / 2) is None
    assert layout.layer_at(layout.accuracy(0).center().y()) is None
    assert layout.layer_at(layout.gradient(0).center().y()) is None


@pytest.mark.parametrize("layers", [0, 1, 2, 5, 10])
@pytest.mark.parametrize("columns", [1, 2, 6, 12])
def test_that_ten_layers_fit_into_the_smallest_page(columns: int, layers: int) -> None:
    layout = CompareLayout(716, 450, columns, layers, 3)
    assert layout.height <= 450


@given(WORDS, st.floats(30, 400), st.integers(1, 3))
def test_that_a_wrapped_name_fits_and_is_whole_or_says_that_it_is_not(
    qapp: QApplication, name: str, width: float, lines: int
) -> None:
    metrics = QFontMetricsF(name_font(width))
    found = wrapped(name, width, lines, metrics)
    assert len(found) <= lines
    assert all(metrics.horizontalAdvance(line) <= width for line in found)
    assert " ".join(found) == name or ELLIPSIS in "".join(found)


def test_that_a_long_name_keeps_its_end(qapp: QApplication) -> None:
    metrics = QFontMetricsF(name_font(80))
    found = wrapped("5 × 100, Sigmoid, Xavier, 100 iterations, seed 2", 80, 3, metrics)
    assert found[0].startswith("5 × 100")
    assert found[-1] == f"{ELLIPSIS} seed 2"


def test_that_a_japanese_name_is_broken_between_its_letters(qapp: QApplication) -> None:
    metrics = QFontMetricsF(name_font(80))
    name = "5 × 100、シグモイド関数、Xavierの初期値、更新2,000回"
    found = wrapped(name, metrics.horizontalAdvance(name) / 2.5, 3, metrics)
    assert "".join(found) == name, "whole, with nothing between its parts"
    assert len(found) == 3
    assert not any(line[0] in "、ー" for line in found)


@pytest.mark.parametrize(
    ("lines", "width"),
    [(("シグモイド、", "ガウス分布、", "更新120回"), 80), (("10 × 50、", "シグモイド関数、", "Heの初期値"), 100)],
)
def test_that_a_japanese_name_is_broken_between_phrases_where_it_fits(
    qapp: QApplication, lines: tuple[str, ...], width: float
) -> None:
    assert wrapped("".join(lines), width, 3, QFontMetricsF(name_font(100))) == list(lines)


def test_that_a_name_that_fits_takes_one_line(qapp: QApplication) -> None:
    assert wrapped("ReLU, He", 200, 2, QFontMetricsF(name_font(200))) == ["ReLU, He"]
    assert lines_needed(["ReLU, He", "Sigmoid, Xavier"], 200) == 1
    assert lines_needed(["ReLU, He", "Sigmoid, Gaussian, 2 000 iterations, batch 10"], 150) == 2
    assert lines_needed([], 150) == 1
