"""Drawing with the mouse: what is under the brush becomes ink, which the network sees as MNIST's digits lie."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.style.theme import LIGHT
from gui.views.digit.digit_view import DigitView
from gui.views.digit.drawing_pad import DrawingPad, stroke
from gui.views.moment import RunContext
from model.data.datasets import Dataset
from model.history.run_log import RunLog
from model.measurement.saliency import centred, saliency_of
from model.network.network import Network
from model.training.trainer import Trainer
from tests.support.windows import SMALL, click, moment_of

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
ZIGZAG = ((2, 2), (2, 6), (6, 3), (9, 6))


@pytest.fixture
def view(qtbot: QtBot, tiny: Dataset) -> DigitView:
    """The tab at the start of a run."""
    made = DigitView(LIGHT)
    qtbot.addWidget(made)
    made.resize(1000, 300)
    made.show()
    qtbot.waitExposed(made)
    run_log = RunLog()
    with Trainer(SMALL, tiny) as trainer:
        record = trainer.peek()
        run_log.keep(trainer.checkpoint())
    made.show_run(RunContext(SMALL, tiny, run_log))
    for index in range(made.plots):
        made.draw_plot(index, moment_of(record))
    return made


def place(pad: DrawingPad, row: float, column: float) -> QPoint:
    """Where the middle of a pixel is on the screen."""
    return pad.mapFromScene(pad.item.mapToScene((column + 0.5) * pad.enlarged, (row + 0.5) * pad.enlarged))


def draw(pad: DrawingPad, *points: tuple[float, float], button: Qt.MouseButton = LEFT) -> None:
    """A stroke of the mouse through some pixels."""
    surface = pad.viewport()
    QTest.mousePress(surface, button, pos=place(pad, *points[0]))
    for start, stop in pairwise(points):
        for share in np.linspace(0, 1, 5)[1:]:
            row, column = (a + share * (b - a) for a, b in zip(start, stop, strict=True))
            QTest.mouseMove(surface, place(pad, row, column))
    QTest.mouseRelease(surface, button, pos=place(pad, *points[-1]))


def ink(pad: DrawingPad) -> np.ndarray:
    """What has been drawn, (height, width)."""
    return pad.image.reshape(pad.shape)


def test_that_a_stroke_leaves_ink_where_the_mouse_went_and_nowhere_else(view: DigitView) -> None:
    pad = view.pictures.pad
    click(view.tools.draw)
    draw(pad, (5, 2), (5, 7))
    drawn = ink(pad)
    assert (drawn[5, 2:8] == 255).all()
    assert not drawn[:4].any()
    assert not drawn[7:].any()
    assert not drawn[5, 0]
    assert pad.item.pixmap().toImage().pixelColor(5 * pad.enlarged, 5 * pad.enlarged).name() == LIGHT.text


def test_that_the_network_is_shown_the_drawing_as_mnists_digits_lie(view: DigitView, tiny: Dataset) -> None:
    pad = view.pictures.pad
    before = view.explanation
    click(view.tools.draw)
    draw(pad, *ZIGZAG)
    seen = centred(pad.image, tiny.image_shape)
    assert view.image is not None
    assert (view.image == seen).all()
    assert not (seen == pad.image).all()
    network = Network.of(SMALL, tiny)
    assert view.weights.checkpoint is not None
    network.take(view.weights.checkpoint.state)
    expected, found = saliency_of(network, seen, None), view.explanation
    assert found is not None
    assert found is not before
    assert found.label == expected.label == expected.outputs.argmax()
    assert (found.outputs == expected.outputs).all()
    assert (found.pixels == expected.pixels).all()
    assert pad.caption.text in (f"as if it were a {expected.label}", f"as if a {expected.label}")
    assert not any(line.mark.item.isVisible() for line in view.answers.pool.items), "nobody knows what it truly is"


def test_that_every_move_of_the_mouse_counts_at_once(view: DigitView) -> None:
    pad = view.pictures.pad
    click(view.tools.draw)
    QTest.mousePress(pad.viewport(), LEFT, pos=place(pad, 3, 3))
    first = view.explanation
    QTest.mouseMove(pad.viewport(), place(pad, 8, 6))
    assert view.explanation is not first
    QTest.mouseRelease(pad.viewport(), LEFT, pos=place(pad, 8, 6))
    drawn = ink(pad).copy()
    QTest.mouseMove(pad.viewport(), place(pad, 1, 1))
    assert (ink(pad) == drawn).all(), "with no button down nothing is drawn"


def test_that_strokes_add_up_and_a_quick_second_one_counts(view: DigitView) -> None:
    pad = view.pictures.pad
    click(view.tools.draw)
    draw(pad, (2, 1), (2, 4))
    QTest.mouseDClick(pad.viewport(), LEFT, pos=place(pad, 8, 6))
    assert ink(pad)[2, 2] == ink(pad)[8, 6] == 255
    assert not ink(pad)[5, 5], "no line leads from one stroke to the next"


def test_that_the_right_button_erases(view: DigitView) -> None:
    pad = view.pictures.pad
    click(view.tools.draw)
    draw(pad, (5, 1), (5, 7))
    draw(pad, (5, 6), (5, 7), button=RIGHT)
    assert not ink(pad)[5, 6:8].any()
    assert ink(pad)[5, 2] == 255
    assert pad.contextMenuPolicy() == Qt.ContextMenuPolicy.PreventContextMenu
    click(view.tools.draw)
    assert pad.contextMenuPolicy() == Qt.ContextMenuPolicy.NoContextMenu, "the card's menu again"


def test_that_clear_begins_anew_and_an_empty_pad_says_what_to_do(view: DigitView) -> None:
    pad = view.pictures.pad
    assert not view.tools.clear.isVisible()
    assert not pad.hint.item.isVisible()
    click(view.tools.draw)
    assert pad.hint.item.isVisible()
    draw(pad, *ZIGZAG)
    assert not pad.hint.item.isVisible()
    QApplication.processEvents()
    click(view.tools.clear)
    assert not ink(pad).any()
    assert pad.hint.item.isVisible()
    assert view.explanation is not None
    assert view.image is not None
    assert not view.image.any()


def test_that_the_drawing_waits_while_a_test_image_is_looked_at(view: DigitView, tiny: Dataset) -> None:
    pad = view.pictures.pad
    click(view.tools.draw)
    draw(pad, *ZIGZAG)
    drawn = pad.image
    click(view.tools.on)
    assert not view.drawing
    assert view.image is not None
    assert (view.image == tiny.test_images[1]).all()
    draw(pad, (1, 1), (9, 7))
    assert (pad.image == drawn).all(), "test images are not drawn on"
    click(view.tools.draw)
    assert (view.image == centred(drawn, tiny.image_shape)).all()


def test_that_the_pad_is_used_from_the_keyboard_too(view: DigitView) -> None:
    view.tools.draw.setFocus()
    QTest.keyClick(view.tools.draw, Qt.Key.Key_Space)
    assert view.drawing
    QTest.keyClick(view.tools.draw, Qt.Key.Key_Space)
    assert not view.drawing


@pytest.mark.parametrize("shape", [(28, 28), (12, 9), (64, 40)])
def test_that_a_stroke_is_as_wide_as_its_brush_and_soft_at_the_edge(shape: tuple[int, int]) -> None:
    row, radius = shape[0] / 2 + 0.3, 2.0
    laid = stroke(shape, (row, 3.0), (row, shape[1] - 3.0), radius)
    across = laid[:, shape[1] // 2]
    assert across.sum() == pytest.approx(2 * radius, abs=0.01)
    assert ((across > 0) & (across < 1)).any()
    assert laid.max() == 1
    assert (stroke(shape, (row, 4.0), (row, 4.0), radius).sum()) == pytest.approx(np.pi * radius**2, rel=0.05)


def test_that_keys_draw_too(qtbot: QtBot) -> None:
    pad = DrawingPad("Digit", str)
    qtbot.addWidget(pad)
    pad.take_shape((28, 28))
    pad.resize(200, 200)
    pad.fit(4.0, 100)
    pad.show()
    pad.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(pad, key)
    assert not pad.ink.any(), "it is not to be drawn on"
    pad.set_draws(True)
    with qtbot.waitSignal(pad.drawn):
        QTest.keyClick(pad, Qt.Key.Key_Return)
    assert pad.ink[1, 1] > 0
    assert not pad.ink[20:, 20:].any()
