"""What is shown under the mouse, by keys: strip, ledger, curves, plots of layers, digits, columns of runs."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsView
from pytestqt.qtbot import QtBot

from gui.export.picture import image
from gui.pages.compare.compare_page import ComparePage
from gui.plots.live_view import LiveView
from gui.plots.walked_canvas import WalkedCanvas
from gui.views.digit.digit_view import DigitView
from gui.views.gradients_view import GradientsView
from gui.views.ledger.ledger_view import LedgerView
from model.config.config import Config
from model.config.views import PageKind, ViewKind
from tests.support.screen_reader import description_of
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.window_walk import settle
from tests.support.windows import SMALL

Key = Qt.Key


@pytest.fixture
def window(open_window: OpenWindow, qtbot: QtBot) -> WindowPage:
    """A window in front with two runs that have ended."""
    made = open_window()
    made.resize(1600, 1200)
    made.activate(qtbot)
    for seed in (1, 2):
        made.train_to_end(qtbot, seed=seed)
    settle(made)
    return made


def enter(widget: QGraphicsView) -> None:
    """Come to a picture as by the Tab key."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    assert widget.hasFocus()


def readouts(widget: WalkedCanvas, *keys: Qt.Key) -> list[str]:
    """The readout after each key, which the description says too."""
    found = []
    for key in keys:
        QTest.keyClick(widget, key)
        assert widget.readout.isVisible()
        assert description_of(widget) == widget.readout.text().replace("\n", "; ")
        found.append(widget.readout.text())
    return found


def picture(widget: QGraphicsView) -> QImage:
    return widget.grab().toImage()


def test_that_the_strips_columns_are_walked_by_arrow_keys(window: WindowPage) -> None:
    signal = window.board.signal
    unfocused, whole = picture(signal.canvas), description_of(signal.canvas)
    enter(signal.canvas)
    assert picture(signal.canvas) != unfocused
    assert signal.canvas.readout.text().startswith("Input")
    names = [text.splitlines()[0] for text in readouts(signal.canvas, Key.Key_Right, Key.Key_End, Key.Key_Left)]
    assert names == ["Layer 1", "Output", "Layer 2"]
    assert readouts(signal.canvas, Key.Key_Home)[0].startswith("Input")
    assert readouts(signal.canvas, Key.Key_Left)[0].startswith("Input")
    window.button("train").setFocus()
    assert picture(signal.canvas) == unfocused
    assert description_of(signal.canvas) == whole


def test_that_enter_marks_the_layer_as_a_click_does(window: WindowPage) -> None:
    canvas = window.board.signal.canvas
    enter(canvas)
    QTest.keyClick(canvas, Key.Key_Return)  # the input is no layer
    chosen = [window.board.signal.chosen]
    for key in (Key.Key_Right, Key.Key_Return, Key.Key_Enter):
        QTest.keyClick(canvas, key)
        chosen.append(window.board.signal.chosen)
    assert chosen == [None, None, 0, None]


def test_that_a_click_takes_no_focus(window: WindowPage) -> None:
    window.button("train").setFocus()
    for view in (window.board.signal.canvas, window.board.accuracy.view):
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton)
        assert window.button("train").hasFocus()


def test_that_the_ledgers_cells_are_walked_by_arrow_keys(window: WindowPage) -> None:
    window.show_view(ViewKind.LEDGER)
    settle(window)
    ledger = window.board.detail.view
    assert isinstance(ledger, LedgerView)
    enter(ledger.table)
    walked = readouts(ledger.table, Key.Key_Down, Key.Key_Right, Key.Key_End, Key.Key_Home)
    titles = [text.splitlines()[0].split("  ·  ") for text in walked]
    stages = [column.title for column in ledger.picture.columns]
    assert {name for name, _ in titles} <= {row.name.text for row in ledger.picture.rows}
    assert titles[2][1] == stages[-1]
    assert titles[3][1] == stages[0]
    QTest.keyClick(ledger.table, Key.Key_Return)
    assert ledger.chosen is not None


@pytest.mark.parametrize("view", [kind for kind in ViewKind if kind not in (ViewKind.LEDGER, ViewKind.DIGIT)])
def test_that_every_plot_shows_its_readout_to_the_keys(window: WindowPage, view: ViewKind) -> None:
    window.show_view(view)
    settle(window)
    shown = window.board.detail.view
    stops = [
        each
        for each in window.visible(LiveView)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and (shown.isAncestorOf(each) or each is window.board.loss.view)
    ]
    assert len(stops) == 2, "all layers are one stop"
    for plot in stops:
        unfocused, whole = picture(plot), description_of(plot)
        enter(plot)
        assert picture(plot) != unfocused
        said = set()
        for key in (Key.Key_Left, Key.Key_Left, Key.Key_Up, Key.Key_Right, Key.Key_Home, Key.Key_End):
            QTest.keyClick(plot, key)
            said.add(description_of(plot))
        assert len(said - {whole}) > 1
        window.button("train").setFocus()
        assert picture(plot) == unfocused
        assert description_of(plot) == whole


def test_that_page_up_and_down_lead_to_other_layers_and_enter_marks_one(window: WindowPage) -> None:
    window.show_view(ViewKind.GRADIENTS)
    settle(window)
    view = window.board.detail.view
    assert isinstance(view, GradientsView)
    layers = view.layers
    enter(layers[0].view)
    for key, number in ((Key.Key_PageDown, 1), (Key.Key_PageDown, 2), (Key.Key_PageDown, 2), (Key.Key_PageUp, 1)):
        QTest.keyClick(window.focus, key)
        assert layers[number].view.hasFocus()
        stops = [each.view for each in layers if each.view.focusPolicy() & Qt.FocusPolicy.TabFocus]
        assert stops == [layers[number].view]
    QTest.keyClick(window.focus, Key.Key_Return)
    assert window.board.detail.layer == 1


def test_that_units_classes_and_pixels_of_a_digit_are_walked(window: WindowPage) -> None:
    window.show_view(ViewKind.DIGIT)
    settle(window)
    digit = window.board.detail.view
    assert isinstance(digit, DigitView)
    layers = digit.layers.canvas
    enter(layers)
    first, *_ = readouts(layers, Key.Key_Right)
    assert "unit 2 of 8" in first
    assert "Layer 2" in readouts(layers, *[Key.Key_Down] * digit.layers.lines[0].cells.rows)[-1]
    enter(digit.answers.canvas)
    assert "class 1" in readouts(digit.answers.canvas, Key.Key_Down)[0]
    for pixels in (digit.pictures.pad, digit.pictures.gradient):
        enter(pixels)
        assert readouts(pixels, Key.Key_Down, Key.Key_Right)[-1].startswith("row 2, column 2")


def test_that_the_columns_of_compared_runs_are_walked(window: WindowPage) -> None:
    window.show_page(PageKind.COMPARE)
    settle(window)
    page = window.page
    assert isinstance(page, ComparePage)
    view = page.view
    enter(view)
    _, layer, gradient = readouts(view, Key.Key_Right, Key.Key_Down, Key.Key_Down)
    assert "Layer 1" in layer
    assert "mean" in layer
    assert gradient != layer
    assert view.readout.text().splitlines()[0] == readouts(view, Key.Key_End)[0].splitlines()[0]


def test_that_the_frame_is_in_no_picture(window: WindowPage) -> None:
    board = window.board
    window.button("train").setFocus()
    plain = image(board, 1)
    for view in (board.signal.canvas, board.accuracy.view):
        enter(view)
        assert image(board, 1) == plain
        assert view.hasFocus()


def test_that_the_walk_survives_a_smaller_network(window: WindowPage, qtbot: QtBot) -> None:
    canvas = window.board.signal.canvas
    enter(canvas)
    QTest.keyClick(canvas, Key.Key_End)
    window.take_config(SMALL.replace(hidden=(5,)))
    enter(canvas)
    QTest.keyClick(canvas, Key.Key_Right)
    window.train_to_end(qtbot)
    assert canvas.keys.area is not None
    window.take_config(Config(hidden=(), iterations=5, data=window.run.config.data))
    QTest.keyClick(canvas, Key.Key_Left)
    QTest.keyClick(canvas, Key.Key_Down)
