"""One digit: what is drawn is what saliency_of() says of a network with the same weights, live and back in time."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from gui.style.theme import DARK, LIGHT
from gui.views.digit.key_line import READING
from gui.views.digit.mode_switch import DigitMode
from gui.views.digit.pixmaps import heat
from model.data.datasets import Dataset
from model.history.checkpoints import Checkpoint
from model.measurement.saliency import saliency_of
from model.nn.activations import Activation
from tests.support.digit_views import (
    SIGMOID,
    alone,
    assert_draws,
    colors,
    draw,
    network_at,
    opened,
    shares,
    shown_answers,
    shown_cells,
)
from tests.support.window_page import OpenWindow
from tests.support.windows import LONG, SMALL, TIMEOUT_MS, visible


@pytest.mark.parametrize(
    ("activation", "signed"), [(Activation.SIGMOID, False), (Activation.TANH, True), (Activation.RELU, False)]
)
def test_that_what_is_drawn_is_what_the_network_makes_of_the_digit(
    open_window: OpenWindow, qtbot: QtBot, tiny: Dataset, activation: Activation, signed: bool
) -> None:
    config = SMALL.replace(activation=activation)
    window = open_window(config)
    view = opened(window)
    window.train()
    window.wait_until_ended(qtbot)
    window.draw()
    view.tools.number.setValue(5)
    expected = saliency_of(network_at(config, tiny, 60), tiny.test_images[5], int(tiny.test_labels[5]))
    reach = view.layers.axis.high
    assert (
        reach == 1
        if activation.value.high == 1
        else reach >= max(layer.activation.max() for layer in expected.layers[:-1])
    )
    assert_draws(view, expected, signed=signed, reach=reach)
    assert view.key.text().startswith("weights of iteration 60")


def test_that_it_goes_back_in_time(open_window: OpenWindow, qtbot: QtBot, tiny: Dataset) -> None:
    window = open_window(SMALL)
    view = opened(window)
    window.train()
    window.wait_until_ended(qtbot)
    window.draw()
    late = shares(view)
    for iteration in (0, 7, 33):
        window.go_to(iteration)
        window.draw()
        checkpoint = view.weights.checkpoint
        assert checkpoint is not None
        assert checkpoint.iteration <= iteration
        assert view.key.text().startswith(f"weights of iteration {checkpoint.iteration}")
        network = network_at(SMALL, tiny, checkpoint.iteration)
        expected = saliency_of(network, tiny.test_images[0], int(tiny.test_labels[0]))
        assert shares(view) == pytest.approx(expected.outputs.tolist(), abs=1e-6)
    assert shares(view) != pytest.approx(late, abs=1e-6)
    window.go_to(None)
    window.draw()
    assert shares(view) == pytest.approx(late, abs=1e-9)


def test_that_it_follows_the_run_live(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(LONG)
    view = opened(window)
    seen: set[int] = set()

    def followed() -> bool:
        window.draw()
        if view.weights.checkpoint:
            seen.add(view.weights.checkpoint.iteration)
        return len(seen) > 5

    window.train()
    qtbot.waitUntil(followed, timeout=TIMEOUT_MS)
    window.pause()

    def settled() -> bool:
        window.draw()
        return view.weights.checkpoint is not None and view.weights.checkpoint.iteration == window.run.iteration

    qtbot.waitUntil(settled, timeout=TIMEOUT_MS)
    window.draw()
    assert view.explanation is not None
    assert shares(view) == pytest.approx(view.explanation.outputs.tolist(), abs=1e-6)


def test_that_before_the_run_the_initial_network_shows(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    view = opened(window)

    def there() -> bool:
        window.draw()
        return view.explanation is not None

    qtbot.waitUntil(there, timeout=TIMEOUT_MS)
    assert view.key.text().startswith("weights of iteration 0")


def test_that_the_digit_is_drawn_pixel_by_pixel(qtbot: QtBot, tiny: Dataset) -> None:
    view, _ = alone(qtbot, SMALL, tiny, (1200, 400))
    pad, (height, width) = view.pictures.pad, tiny.image_shape
    pixels = round(pad.pixels)
    assert pixels == pad.pixels, "pixels are squares of one size"
    image = pad.item.pixmap().toImage()
    assert (image.height(), image.width()) == (height * pixels, width * pixels)
    text, card = QColor(LIGHT.text).red(), QColor(LIGHT.card).red()
    for place, value in enumerate(tiny.test_images[0].tolist()):
        row, column = divmod(place, width)
        for corner in (0, pixels - 1):
            red = image.pixelColor(column * pixels + corner, row * pixels + corner).red()
            assert red == pytest.approx(card + (text - card) * value / 255, abs=0.6)


def test_that_heat_is_the_share_of_the_largest_gradient(qtbot: QtBot, tiny: Dataset) -> None:
    view, record = alone(qtbot, SIGMOID, tiny)
    assert view.explanation is not None
    gradient = view.explanation.pixels
    shares = heat(gradient)
    assert shares.max() == 1
    assert (np.argsort(shares, kind="stable") == np.argsort(gradient, kind="stable")).all()
    image = view.pictures.gradient.item.pixmap().toImage()
    scale, place = view.pictures.gradient.enlarged, int(gradient.argmax())
    row, column = divmod(place, tiny.image_shape[1])
    assert image.pixelColor(column * scale, row * scale).name() == LIGHT.accent
    assert view.pictures.gradient.caption.text.startswith(("largest", "max"))
    assert (heat(np.zeros(4)) == 0).all()
    assert (heat(np.full(4, np.nan)) == 0).all()
    draw(view, record)


def test_that_a_layer_the_gradient_does_not_reach_stays_blank(qtbot: QtBot, tiny: Dataset) -> None:
    config = SIGMOID.replace(hidden=(8, 6, 6, 6, 6), init_std=0.01)
    view, _ = alone(qtbot, config, tiny)
    blank = QColor(LIGHT.card).name()
    first, *_, output = shown_cells(view)
    assert set(colors(first.deltas, first.cells)) == {blank}
    assert blank not in colors(output.deltas, output.cells)


def test_that_the_true_class_and_the_answer_are_marked(qtbot: QtBot, tiny: Dataset) -> None:
    view, _ = alone(qtbot, SMALL, tiny)
    assert view.explanation is not None
    for index, line in enumerate(shown_answers(view)):
        assert line.mark.item.isVisible() == (index == tiny.test_labels[0])
        accented = line.bar.brush().color().name() == LIGHT.accent
        assert accented == (index == view.explanation.outputs.argmax())
    answer, loss = view.answers.texts()
    assert answer == f"answers {view.explanation.outputs.argmax()}"
    assert float(loss.split()[1]) == pytest.approx(view.explanation.loss, rel=0.01)


def test_that_a_network_that_has_diverged_gives_no_answer(qtbot: QtBot, tiny: Dataset) -> None:
    view, record = alone(qtbot, SMALL, tiny)
    assert view.run is not None
    run_log, checkpoint = view.run.run_log, view.weights.checkpoint
    assert checkpoint is not None
    run_log.show_weights(Checkpoint(3, tuple(np.full_like(array, np.nan) for array in checkpoint.state)))
    draw(view, record)
    assert view.answers.texts()[0] == "no answer"
    assert shares(view) == [0, 0, 0]
    assert {line.figure.text for line in shown_answers(view)} == {"–"}
    assert view.pictures.gradient.caption.text.endswith("–")


def test_that_the_pictures_follow_the_theme(open_window: OpenWindow, qtbot: QtBot, tiny: Dataset) -> None:
    window = open_window(SMALL, theme="light")
    view = opened(window)
    window.train()
    window.wait_until_ended(qtbot)
    window.choose_theme("dark")
    window.draw()
    pad = view.pictures.pad
    row, column = divmod(int(tiny.test_images[0].argmax()), tiny.image_shape[1])
    image = pad.item.pixmap().toImage()
    brightest = tiny.test_images[0].max() / 255
    light = image.pixelColor(column * pad.enlarged, row * pad.enlarged).lightness()
    dark, ink = QColor(DARK.card).lightness(), QColor(DARK.text).lightness()
    assert light == pytest.approx(dark + (ink - dark) * brightest, abs=2), "light ink on a dark card"
    network = network_at(SMALL, tiny, 60)
    expected = saliency_of(network, tiny.test_images[0], int(tiny.test_labels[0]))
    assert_draws(view, expected, signed=False, reach=view.layers.axis.high)
    assert view.layers.canvas.backgroundBrush().color().name() == DARK.card


def test_that_every_control_has_a_name_and_says_what_it_does(qtbot: QtBot, tiny: Dataset) -> None:
    view, _ = alone(qtbot, SMALL, tiny)
    controls = [*visible(view, QToolButton), view.tools.number]
    assert len(controls) == 5 + len(DigitMode)
    for control in controls:
        assert control.accessibleName()
        assert control.toolTip()
        # Of the buttons that exclude each other Qt gives the tab key the checked one; arrow keys reach the others.
        reached = control.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert reached or control in view.switch.buttons.values()
    assert view.switch.buttons[DigitMode.LAYERS].focusPolicy() & Qt.FocusPolicy.TabFocus


def test_that_the_colours_are_explained_where_there_is_room(qtbot: QtBot, tiny: Dataset) -> None:
    wide, _ = alone(qtbot, SMALL, tiny, (1280, 330))
    assert READING in wide.key.text()
    heads = wide.layers.heads
    assert heads.with_bars
    assert [high.text for high in heads.highs] == [f"{wide.layers.axis.high:g}", heads.lows[1].text[1:]]
    narrow, _ = alone(qtbot, SMALL, tiny, (720, 140))
    assert not narrow.layers.heads.with_bars
    assert narrow.layers.heads.highs[0].text.startswith("0–")
    assert narrow.layers.heads.highs[1].text.startswith("±")
    narrowest, _ = alone(qtbot, SMALL, tiny, (640, 140))
    assert [high.text for high in narrowest.layers.heads.highs] == ["", ""]  # they would lie on the titles
