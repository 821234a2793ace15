"""One digit on the screen: everything has its place at any size, scrolls, is chosen and read."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.style.theme import LIGHT
from model.config.config import Config
from model.data.datasets import Dataset
from tests.support.digit_views import (
    PLAIN,
    alone,
    opened,
    shown_cells,
)
from tests.support.window_page import OpenWindow
from tests.support.windows import SMALL


@pytest.mark.parametrize("hidden", [(), (9,), (50,) * 10, (5,) * 50, (2000,)])
@pytest.mark.parametrize("size", [(700, 140), (1280, 330)])
def test_that_everything_has_its_place(
    qtbot: QtBot, tiny: Dataset, hidden: tuple[int, ...], size: tuple[int, int]
) -> None:
    view, _ = alone(qtbot, Config(hidden=hidden, batch_size=10), tiny, size)
    canvas = view.layers.canvas
    lines = shown_cells(view)
    assert len(lines) == len(hidden) + 1
    for above, below in pairwise(lines):
        assert above.ground.rect().bottom() <= below.ground.rect().top()
    width = canvas.viewport().width()
    for line in lines:
        named = line.name.item.sceneBoundingRect().right()
        left, right = line.activations.sceneBoundingRect(), line.deltas.sceneBoundingRect()
        figure = line.figure.item.sceneBoundingRect()
        if line.activations.isVisible():
            assert named <= left.left() + 1
            assert left.right() <= right.left()
            assert right.right() <= figure.left()
            assert line.ground.rect().contains(left)
        assert figure.right() <= width + 1
    assert lines[-1].ground.rect().bottom() <= canvas.sceneRect().bottom()
    bottom = view.pictures.pad.frame.rect().bottom()
    assert bottom <= view.pictures.pad.height()
    for picture in (view.pictures.pad, view.pictures.gradient):
        assert picture.caption.item.sceneBoundingRect().right() <= picture.width() + 1
    for one, other in pairwise((view.pictures, view.layers, view.answers)):
        assert one.geometry().right() < other.geometry().left()
    assert view.answers.geometry().right() < view.width()
    assert view.key.fontMetrics().horizontalAdvance(view.key.text()) <= view.key.width()


def test_that_lines_scrolled_into_sight_are_drawn(qtbot: QtBot, tiny: Dataset) -> None:
    view, _ = alone(qtbot, Config(hidden=(5,) * 50, batch_size=10), tiny)
    assert not shown_cells(view)[45].deltas.isVisible(), "what is not seen costs nothing"
    view.choose_layer(45)
    QApplication.processEvents()
    line = shown_cells(view)[45]
    assert line.deltas.isVisible()
    top = view.layers.canvas.mapFromScene(line.ground.rect().topLeft()).y()
    assert 0 <= top < view.layers.canvas.viewport().height()
    assert line.name.item.brush().color().name() == LIGHT.accent


def test_that_a_click_on_a_layer_chooses_it(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(SMALL.replace(iterations=4))
    view = opened(window)
    window.train()
    window.wait_until_ended(qtbot)
    window.draw()
    canvas, line = view.layers.canvas, shown_cells(view)[1]
    at = canvas.mapFromScene(line.name.item.sceneBoundingRect().center())
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert window.board.detail.layer == 1
    assert line.name.item.brush().color().name() == window.colors.accent


def test_that_a_cell_tells_its_unit_and_values(qtbot: QtBot, tiny: Dataset) -> None:
    view, _ = alone(qtbot, SMALL, tiny)
    assert view.explanation is not None
    line, layer = shown_cells(view)[0], view.explanation.layers[0]
    for item in (line.activations, line.deltas):
        row, column = divmod(5, line.cells.columns)
        place = item.pos() + QPointF((column + 0.5) * line.cells.width + 1, (row + 0.5) * line.cells.height + 1)
        said = view.layers.read(place)
        assert said.startswith("Layer 1  ·  unit 6 of 8")
        a, delta = (float(text.split()[1].replace("·10", "e").translate(PLAIN)) for text in said.split("\n")[1:])
        assert a == pytest.approx(float(layer.activation[5]), rel=0.01)
        assert delta == pytest.approx(float(layer.delta[5]), rel=0.01)
    QTest.mouseMove(view.layers.canvas.viewport(), view.layers.canvas.mapFromScene(place))
    QApplication.processEvents()
    assert view.layers.canvas.readout.text() == said
    assert view.layers.read(QPointF(2, 2)) == ""
