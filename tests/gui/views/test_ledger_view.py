"""The ledger: a line a layer, a column a stage, bars on one logarithmic scale whose numbers multiply out."""

from itertools import pairwise
from math import inf, log10, nan, prod

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.pages.dashboard.dashboard import Dashboard
from gui.style.theme import DARK, LIGHT
from gui.views.ledger.cells import LedgerCell
from gui.views.ledger.ledger_view import BEFORE, GRADIENT, NO_DATA, NO_LAYER, SIGNAL, LedgerView
from gui.views.ledger.table import GAP_PIXELS, factor_label, share_text
from gui.views.moment import RunContext
from model.config.config import Config
from model.config.recipe import Recipe
from model.config.views import ViewKind
from model.data.datasets import Dataset
from model.history.run_log import RunLog
from model.measurement.gains import Gain
from model.measurement.records import Record
from model.measurement.theory import images_of, predict
from model.nn.normalization import Norm
from tests.support.records import layer_of, record_of
from tests.support.windows import SMALL, click, headless, moment_of, open_view, settle

NORMALISED = SMALL.replace(norm=Norm.BATCH_BEFORE, iterations=1)


def record(*factors: dict[str, float]) -> Record:
    """A record of hidden layers with these gains, layer 1 first."""
    gains = [tuple(Gain(*pair) for pair in each.items()) for each in factors]
    layers = [layer_of(f"Layer {number}", gain=gain, signal_gain=gain) for number, gain in enumerate(gains, 1)]
    return record_of(0, layers=tuple(layers), output=layer_of("Output", signal_gain=(Gain("weights", 0.5),)))


@pytest.fixture
def view(qtbot: QtBot) -> LedgerView:
    """A ledger of its own."""
    made = LedgerView(LIGHT)
    qtbot.addWidget(made)
    made.resize(740, 260)
    made.show()
    qtbot.waitExposed(made)
    return made


def show(view: LedgerView, now: Record) -> None:
    """Show a run with this record."""
    view.show_run(RunContext(Config(hidden=(5,) * len(now.layers)), None, RunLog()))
    view.draw_plot(0, moment_of(now))
    view.update_text(moment_of(now))


def titles(view: LedgerView) -> list[str]:
    """The columns' titles from left to right, as they are shown."""
    shown = [title for title in view.picture.titles.items if title.item.isVisible()]
    assert all(left.item.sceneBoundingRect().right() < right.x for left, right in pairwise(shown))
    return [title.text for title in shown]


def names(view: LedgerView) -> list[str]:
    """The lines' names from top to bottom, as they are shown."""
    rows = [row for row in view.picture.pool.items if row.name.item.isVisible()]
    tops = [row.ground.rect().top() for row in rows]
    assert tops == sorted(tops)
    return [row.name.text for row in rows]


def decades(view: LedgerView, cell: LedgerCell) -> float:
    """How long a cell's bar is, to the right of ×1 or, negative, to the left."""
    bar, column = cell.bar.rect(), cell.column
    assert cell.bar.isVisible()
    length = bar.width() / column.per_decade
    if abs(bar.left() - column.unit) < 1e-6:
        return length
    assert bar.right() == pytest.approx(column.unit), "bars begin at ×1"
    return -length


def point(view: LedgerView, row: int, column: int) -> QPoint:
    """The middle of a cell in the table's viewport."""
    found = view.picture.columns[column]
    x = (found.left + found.right) / 2
    return view.table.mapFromScene(x, view.picture.rows[row].ground.rect().center().y())


def test_that_bars_lie_on_one_logarithmic_scale_left_of_the_line_where_they_shrink(view: LedgerView) -> None:
    show(view, record({"weights": 0.05, "slope": 0.25, "batch norm": 40.0}, {"weights": 2.0, "slope": 0.2}))
    assert titles(view) == ["weights", "slope", "batch norm", "layer", "from the output"]
    assert names(view) == ["Output", "Layer 2", "Layer 1"]
    assert len({column.per_decade for column in view.picture.columns}) == 1, "one scale for the whole table"
    expected: list[list[float | None]] = [
        [None, None, None, None, 1.0],
        [2.0, 0.2, None, 0.4, 0.4],
        [0.05, 0.25, 40.0, 0.5, 0.2],
    ]
    for row, values in zip(view.picture.rows, expected, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            if value is None:
                assert not cell.bar.isVisible()
                assert cell.number.text == "", "a layer without that stage has no factor"
            else:
                assert decades(view, cell) == pytest.approx(log10(value), abs=1e-9)
            assert cell.number.item.sceneBoundingRect().right() <= cell.column.x(0.0) + 3, "no bar covers a number"
    shown = [[cell.number.text for cell in row.cells] for row in view.picture.rows]
    assert shown[1] == ["2.00", "0.200", "", "0.400", "1/2.5"]
    assert shown[2] == ["0.0500", "0.250", "40.0", "0.500", "1/5"]
    assert view.key.text().startswith("Layer 1 receives 20\u202f% of the output's gradient")


@pytest.mark.parametrize("config", [NORMALISED, SMALL.replace(hidden=(7, 6, 5), iterations=1)])
def test_that_the_columns_multiply_to_the_layer_and_the_layers_to_what_arrives(
    view: LedgerView, tiny: Dataset, config: Config
) -> None:
    (now, *_) = headless(config, tiny)
    view.show_run(RunContext(config, tiny, RunLog(), predict(config, images_of(tiny))))
    view.draw_plot(0, moment_of(now))
    layers = now.all_layers
    for way, ends in ((GRADIENT, [each.delta_rms for each in layers[::-1]]),
                         (SIGNAL, [now.input_std, *(each.signal_std for each in layers)])):  # fmt: skip
        click(view.switch[way.kind])
        for (entering, leaving), row in zip(pairwise(ends), view.picture.rows[1:], strict=True):
            *stages, whole, running = (cell.factor for cell in row.cells)
            factors = [factor for factor in stages if factor is not None]
            assert whole == pytest.approx(prod(factors), rel=1e-12)
            assert whole == pytest.approx(leaving / entering, rel=1e-6)
            assert running == pytest.approx(leaving / ends[0], rel=1e-6)


def test_that_a_stage_nobody_has_heard_of_gets_its_own_column(view: LedgerView) -> None:
    show(view, record({"weights": 0.5, "slope": 0.25}))
    assert "gate" not in titles(view)
    later = record({"weights": 0.5, "gate": 0.01, "slope": 0.25})
    view.draw_plot(0, moment_of(later))
    view.update_text(moment_of(later))
    assert sorted(titles(view)) == sorted(["weights", "slope", "gate", "layer", "from the output"])
    cell = view.picture.rows[1].cells[titles(view).index("gate")]
    assert decades(view, cell) == pytest.approx(-2)
    assert cell.number.text == "0.0100"
    assert view.picture.rows[1].cells[-1].number.text == "1/800"


def test_that_theory_stands_there_before_the_run_and_the_scale_shows_all_of_it(view: LedgerView, tiny: Dataset) -> None:
    theory = predict(NORMALISED, images_of(tiny))
    view.show_run(RunContext(NORMALISED, tiny, RunLog(), theory))
    assert view.key.text() == BEFORE
    columns, (_, second, first) = view.picture.columns, view.picture.rows
    for row, expected in ((second, theory.layers[1]), (first, theory.layers[0])):
        reach = expected.delta_rms / theory.output.delta_rms
        factors = {**dict(expected.gain), "from the output": reach}
        for column, cell in zip(columns, row.cells, strict=True):
            assert not cell.bar.isVisible()
            if column.title in factors:
                x = column.unit + log10(factors.pop(column.title)) * column.per_decade
                assert cell.tick.line().x1() == pytest.approx(x, abs=0.03 * column.per_decade)
        assert not factors, "every stage has its column"


def test_that_zero_reaches_the_end_of_its_scale_and_what_is_not_a_number_is_a_dash(view: LedgerView) -> None:
    show(view, record({"weights": nan, "slope": nan}, {"weights": 0.0, "slope": nan}, {"weights": inf, "slope": 0.1}))
    _, third, second, first = view.picture.rows
    assert [cell.number.text for cell in first.cells] == ["–", "–", "–", "0"]
    assert [cell.number.text for cell in second.cells] == ["0", "–", "0", "0"]
    assert third.cells[0].number.text == "∞"
    zero = second.cells[0]
    assert decades(view, zero) == zero.column.scale.low
    assert not first.cells[0].bar.isVisible()
    assert view.key.text().startswith("Layer 1 receives nothing of the output's gradient")


def test_that_the_scale_only_grows(view: LedgerView) -> None:
    usual = record({"weights": 0.5, "slope": 0.25})
    show(view, usual)
    column = view.picture.columns[0]
    assert (column.scale.low, column.scale.high) == (-1, 0)
    view.draw_plot(0, moment_of(record({"weights": 1e-3, "slope": 0.25})))
    view.draw_plot(0, moment_of(record({"weights": 30.0, "slope": 0.25})))
    view.draw_plot(0, moment_of(usual))
    assert (column.scale.low, column.scale.high) == (-3, 2)
    assert decades(view, view.picture.rows[1].cells[0]) == pytest.approx(log10(0.5))
    right = view.picture.columns[-1].right
    assert right <= view.table.viewport().width() + 1, "the columns share what room there is"


@pytest.mark.parametrize("hidden", [0, 1, 10, 50])
def test_that_any_number_of_layers_can_be_seen_below_fixed_titles(view: LedgerView, hidden: int) -> None:
    show(view, record(*[{"weights": 1.0, "slope": 0.2}] * hidden))
    assert names(view) == ["Output", *(f"Layer {number}" for number in range(hidden, 0, -1))]
    bar = view.table.verticalScrollBar()
    assert (bar.maximum() > 0) == (hidden >= 10)
    bar.setValue(bar.maximum())
    lowest = view.table.mapFromScene(0, view.picture.rows[-1].ground.rect().bottom()).y()
    assert lowest <= view.table.viewport().height() + 1, "the last line comes into view"
    assert view.heads.isVisible()
    if not hidden:
        assert view.key.text() == NO_LAYER
    click(view.switch[SIGNAL.kind])
    assert names(view) == ["Input", *(f"Layer {number}" for number in range(1, hidden + 1)), "Output"]
    assert view.picture.rows[-1].cells[-1].factor == pytest.approx(0.5 * 0.2**hidden)
    assert view.key.text().startswith("The output keeps")


@pytest.mark.parametrize("width", [480, 740, 1300])
def test_that_a_line_below_each_title_ties_its_scale_to_it_and_ends_before_the_next(
    view: LedgerView, width: int
) -> None:
    view.resize(width, 260)
    show(view, record({"weights": 1.2, "slope": 0.8}, {"weights": 0.9, "slope": 0.9}))
    path = view.picture.rules.path()
    ends = [path.elementAt(index) for index in range(path.elementCount())]
    rules = [(start.x, end.x) for start, end in zip(ends[::2], ends[1::2], strict=True)]
    columns = [column for column in view.picture.columns if not column.left_out]
    assert len(rules) == len(columns) > 1
    for (left, right), column in zip(rules, columns, strict=True):
        title = next(each for each in view.picture.titles.items if each.text == column.title)
        assert left == column.left == title.x
        assert title.item.sceneBoundingRect().right() <= right + 1
        assert column.unit <= right + 1
    for (_, before), (after, _) in pairwise(rules):
        assert after - before >= GAP_PIXELS - 1


def test_that_a_click_selects_the_layer_everywhere(board: Dashboard) -> None:
    view = open_view(board, ViewKind.LEDGER)
    assert isinstance(view, LedgerView)
    run_log = RunLog()
    board.viewed.show_run(Recipe(Config(hidden=(5, 5))), run_log, None)
    assert view.key.text() == NO_DATA
    run_log.put(record({"weights": 0.5}, {"weights": 0.25}))
    settle(board)
    for row, chosen in ((0, 2), (2, 0), (1, 1), (1, None)):
        QTest.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=point(view, row, 0))
        assert (board.signal.chosen, view.chosen) == (chosen, chosen)
        marked = [each.ground.brush().color().name() == LIGHT.window for each in view.picture.rows]
        assert marked == [layer == chosen for layer in (2, 1, 0)]
    click(view.switch[SIGNAL.kind])
    QTest.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=point(view, 0, 0))
    assert view.chosen is None, "the input is no layer"
    board.choose_layer(0)
    assert view.picture.rows[1].ground.brush().color().name() == LIGHT.window


def test_that_the_readout_says_whose_factor_it_is_and_what_was_expected(view: LedgerView, tiny: Dataset) -> None:
    theory = predict(NORMALISED, images_of(tiny))
    (now, *_) = headless(NORMALISED, tiny)
    view.show_run(RunContext(NORMALISED, tiny, RunLog(), theory))
    view.draw_plot(0, moment_of(now))
    slope = titles(view).index("slope")
    QTest.mouseMove(view.table.viewport(), point(view, 1, slope))
    QApplication.processEvents()
    measured, expected = (dict(layer.gain)["slope"] for layer in (now.layers[1], theory.layers[1]))
    assert view.table.readout.text() == f"Layer 2  ·  slope\n× {measured:.3f} (theory {expected:.3f})"
    assert view.table.readout.isVisible()
    view.hide()
    assert not view.table.readout.isVisible()


def test_that_everything_follows_the_theme_also_what_is_made_later(view: LedgerView) -> None:
    show(view, record({"weights": 0.5}, {"weights": 0.5}))
    view.apply_theme(DARK)
    view.draw_plot(0, moment_of(record({"weights": 1e-9}, {"weights": 1e5})))
    for label in view.picture.labels.items:
        assert label.item.brush().color().name() == DARK.muted
    bars = [row.cells[-1].bar.brush().color().name() for row in view.picture.rows]
    assert bars == [DARK.muted, *(color.name() for color in reversed(DARK.layer_colors(2)))]
    assert view.table.backgroundBrush().color().name() == view.heads.backgroundBrush().color().name() == DARK.card


def test_that_scales_and_shares_are_written_shortly() -> None:
    assert [factor_label(exponent) for exponent in (-4, -2, 0, 1, 3)] == ["×10⁻⁴", "×10⁻²", "×1", "×10", "×10³"]
    shares = (1 / 4900, 0.5, 1.0, 3.2, 0.0, 1e-9, nan)
    assert [share_text(share) for share in shares] == ["1/4\u202f900", "1/2", "1", "3.20", "0", "1.00·10⁻⁹", "–"]
