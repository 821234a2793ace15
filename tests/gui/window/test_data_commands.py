"""Copying of what plots show: every plot of every page, from menus and by key, as CSV on the clipboard."""

import csv
from io import StringIO

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from gui.pages.dashboard.dashboard import Dashboard
from gui.plots.overlays import Overlay
from gui.views.digit.digit_view import DigitView
from gui.views.digit.mode_switch import DigitMode
from gui.views.gradients_view import GRADIENTS, GradientsView
from gui.views.ledger.ledger_view import SIGNAL, LedgerView
from gui.views.over_time.over_time_view import WAYS, OverTimeView
from gui.views.signal_strip.columns import DOWN
from gui.widgets.command import MenuCommand
from gui.widgets.mnemonics import plain
from gui.window.data_commands import COPY_DATA, KEY, NOTHING
from model.config.views import PageKind, ViewKind
from model.exports.csv import csv_of
from model.exports.plot_table import PlotTable
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import open_view

# What the tables of each tab of the dashboard have for columns, beside where they are from.
COLUMNS = {
    ViewKind.ACTIVATIONS: {"activation_from", "activation_to", "share"},
    ViewKind.GRADIENTS: {"abs_delta_from", "abs_delta_to", "share"},
    ViewKind.SLOPE: {"z_from", "z_to", "share", "z", "activation", "slope"},
    ViewKind.WEIGHTS: {"weight_from", "weight_to", "share", "unit", "row", "column", "weight"},
    ViewKind.LEDGER: {"gain_weights", "gain_slope", "gain_layer", "gain_running"},
    ViewKind.TIMELINE: {"delta_rms"},
    ViewKind.DIGIT: {"unit", "activation", "delta", "class", "row", "column", "brightness", "abs_pixel_gradient"},
}


@pytest.fixture
def window(open_window: OpenWindow, qtbot: QtBot) -> WindowPage:
    """A window whose run has ended."""
    made = open_window()
    made.train()
    made.wait_until_ended(qtbot)
    made.draw()
    return made


def rows(table: PlotTable) -> list[dict[str, str]]:
    """A table as a spreadsheet reads it."""
    return list(csv.DictReader(StringIO(table.csv(), newline="")))


def command(window: WindowPage, name: str) -> MenuCommand:
    """The entry of the menu bar of this name."""
    return next(each for each in window.menu_entries if isinstance(each, MenuCommand) and each.name == name)


def clipboard() -> str:
    """What has been copied."""
    return QGuiApplication.clipboard().text()


@pytest.mark.parametrize("kind", ViewKind)
def test_that_every_tab_has_its_data(window: WindowPage, kind: ViewKind) -> None:
    view = open_view(window.board, kind)
    window.draw()
    tables = {name: make() for name, make in view.tables().items()}
    assert tables
    assert all(table.rows for table in tables.values())
    found = {column for table in tables.values() for column in table.columns}
    assert COLUMNS[kind] <= found, found
    assert all(rows(table) for table in tables.values())


def test_that_curves_and_strip_have_theirs_as_the_export_has_them(window: WindowPage, qtbot: QtBot) -> None:
    board = window.board
    exported = list(csv.DictReader(StringIO(csv_of(board.run_log).decode())))
    (accuracy,) = board.accuracy.tables().values()
    (loss,) = board.loss.tables().values()
    for table, name in ((accuracy(), "test_accuracy"), (accuracy(), "train_accuracy"), (loss(), "loss")):
        assert {row["iteration"]: row[name] for row in rows(table)} == {row["iteration"]: row[name] for row in exported}
    (strip,) = board.signal.tables().values()
    _, *layers = rows(strip())
    last = [row for row in exported if row["iteration"] == layers[0]["iteration"]]
    assert [row["delta_rms"] for row in layers] == [row["delta_rms"] for row in last]
    assert all(float(row["expected_delta_rms"]) > 0 for row in layers)


def test_that_other_runs_on_the_plot_are_in_its_data(window: WindowPage) -> None:
    board = window.board
    board.show_overlays([Overlay("the same again", "#ff0000", (), board.run_log)])
    (make,) = board.loss.tables().values()
    assert {row["run"] for row in rows(make())} == {"this run", "the same again"}


def test_that_both_ledgers_both_gradients_and_every_way_over_time_have_theirs(window: WindowPage) -> None:
    ledger = open_view(window.board, ViewKind.LEDGER)
    assert isinstance(ledger, LedgerView)
    ledger.choose_way(SIGNAL)
    window.draw()
    (make,) = ledger.tables().values()
    assert "signal_gain_weights" in make().columns
    gradients = open_view(window.board, ViewKind.GRADIENTS)
    assert isinstance(gradients, GradientsView)
    gradients.show_gradient(GRADIENTS[1])
    window.draw()
    (make,) = gradients.tables().values()
    assert "abs_weight_gradient_from" in make().columns
    over_time = open_view(window.board, ViewKind.TIMELINE)
    assert isinstance(over_time, OverTimeView)
    for way in WAYS:
        over_time.choose(way)
        window.draw()
        (make,) = over_time.tables().values()
        assert len({row["iteration"] for row in rows(make())}) > 1


@pytest.mark.parametrize(
    ("mode", "columns"),
    [
        (DigitMode.LAYERS, {"unit", "class"}),
        (DigitMode.CONFUSION, {"answer", "images"}),
        (DigitMode.WEIGHT, {"link", "product"}),
    ],
)
def test_that_every_mode_of_one_digit_has_its_data(window: WindowPage, mode: DigitMode, columns: set[str]) -> None:
    view = open_view(window.board, ViewKind.DIGIT)
    assert isinstance(view, DigitView)
    window.draw()
    view.choose_mode(mode)
    window.draw()
    view.finish()
    tables = [make() for make in view.tables().values()]
    assert columns <= {column for table in tables for column in table.columns}
    assert all(rows(table) for table in tables)


def test_that_one_table_is_copied_with_one_command_and_said(window: WindowPage) -> None:
    board: Dashboard = window.board
    command(window, "loss.data").slot()
    assert clipboard().startswith("iteration,loss\n")
    assert "\r" not in clipboard()
    assert clipboard() == next(iter(board.loss.tables().values()))().csv()
    assert "rows of iteration, loss" in window.status_text


def test_that_the_key_offers_every_plot_of_the_page(window: WindowPage, qtbot: QtBot) -> None:
    found = command(window, "dashboard.data")
    assert (found.key, found.text) == (KEY, COPY_DATA)
    found.slot()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    names = [plain(action.text()) for action in menu.actions()]
    assert names == list(window.board.tables())
    assert len(names) >= 4
    menu.actions()[1].trigger()
    menu.close()
    assert clipboard().startswith("iteration,loss\n")


def test_that_a_context_menu_has_the_command(window: WindowPage) -> None:
    menu = QMenu()
    window.export.data.fill(menu, window.board.loss.tables())
    (action,) = menu.actions()
    assert action.text() == COPY_DATA
    action.trigger()
    assert clipboard().startswith("iteration,loss\n")
    several = QMenu()
    open_view(window.board, ViewKind.SLOPE)
    window.draw()
    window.export.data.fill(several, window.board.detail.tables())
    (action,) = several.actions()
    inner: object = action.menu()
    assert isinstance(inner, QMenu)
    assert [each.text() for each in inner.actions()] == list(window.board.detail.tables())


def test_that_before_a_run_it_is_said_that_there_is_nothing(open_window: OpenWindow) -> None:
    window = open_window()
    window.show_page(PageKind.COMPARE)
    command(window, "dashboard.data").slot()
    assert NOTHING in window.status_text


def test_that_what_a_bet_hides_cannot_be_copied(window: WindowPage) -> None:
    window.board.signal.picture.hold_back(DOWN)
    assert window.board.signal.tables() == {}
