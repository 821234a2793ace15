"""The list of layers: add, remove, resize, take a shape; what it shows is what the config says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QSpinBox
from pytestqt.qtbot import QtBot

from gui.controls.layer_list import SHAPES, LayerList
from gui.style.theme import DARK, LIGHT
from gui.widgets.card import Swatch
from model.config.hidden_layers import MAX_LAYERS, MAX_UNITS
from model.config.value_words import shape_name
from tests.support.window_page import OpenWindow
from tests.support.windows import SMALL, TIMEOUT_MS, click, in_sight, visible


def shown(layers: LayerList) -> tuple[int, ...]:
    """The widths that the list shows, from the input side."""
    return tuple(
        spin.value() for spin in sorted(visible(layers, QSpinBox), key=lambda spin: spin.mapTo(layers, spin.pos()).y())
    )


def button(layers: LayerList, name: str) -> QAbstractButton:
    """The visible button with some text or accessible name."""
    (found,) = [each for each in visible(layers, QAbstractButton) if name in (each.text(), each.accessibleName())]
    return found


@pytest.fixture
def layers(qtbot: QtBot) -> LayerList:
    """A list of two layers, 40 and 20."""
    made = LayerList(LIGHT)
    qtbot.addWidget(made)
    made.show_layers((40, 20), 784, 10)
    made.show()
    return made


def test_that_the_list_shows_the_network_from_input_to_output(layers: LayerList) -> None:
    assert shown(layers) == (40, 20)
    texts = [label.text() for label in visible(layers, QLabel)]
    assert {"Input", "784", "Layer 1", "Layer 2", "Output", "10"} <= set(texts)
    colors = [swatch.color for swatch in visible(layers, Swatch)]
    assert set(map(QColor.name, LIGHT.layer_colors(2))) <= set(map(QColor.name, colors))


def test_that_a_layer_is_added_before_the_output_with_the_width_of_the_last(layers: LayerList, qtbot: QtBot) -> None:
    with qtbot.waitSignal(layers.changed) as said:
        click(layers.add)
    assert said.args == [(40, 20, 20)]
    assert shown(layers) == (40, 20, 20)


@pytest.mark.parametrize("index", [0, 1, 2])
def test_that_any_layer_can_be_removed(layers: LayerList, qtbot: QtBot, index: int) -> None:
    layers.show_layers((5, 6, 7), 784, 10)
    with qtbot.waitSignal(layers.changed) as said:
        click(button(layers, f"Remove layer {index + 1}"))
    left = tuple(width for place, width in enumerate((5, 6, 7)) if place != index)
    assert said.args == [left]
    assert shown(layers) == left


def test_that_a_layer_is_resized_where_it_stands_when_typing_ends(layers: LayerList, qtbot: QtBot) -> None:
    (spin,) = [each for each in visible(layers, QSpinBox) if each.accessibleName() == "Units of layer 2"]
    said: list[tuple[int, ...]] = []
    layers.changed.connect(said.append)
    spin.setFocus()
    spin.selectAll()
    QTest.keyClicks(spin, "150")
    assert said == [], "half a number is not a change"
    QTest.keyClicks(spin, "\r")
    assert said == [(40, 150)]
    assert shown(layers) == (40, 150)
    assert (spin.minimum(), spin.maximum()) == (1, MAX_UNITS)


@pytest.mark.parametrize("shape", SHAPES, ids=shape_name)
def test_that_one_press_gives_a_shape(layers: LayerList, qtbot: QtBot, shape: tuple[int, ...]) -> None:
    layers.show_layers((3,), 784, 10)
    with qtbot.waitSignal(layers.changed) as said:
        click(button(layers, shape_name(shape)))
    assert said.args == [shape]
    assert shown(layers) == shape


def test_that_there_can_be_fifty_layers_and_no_more(layers: LayerList) -> None:
    while layers.add.isEnabled():
        layers.add.click()
    assert len(layers.hidden) == MAX_LAYERS == 50
    QApplication.processEvents()
    assert len(shown(layers)) == 50


@given(st.lists(st.integers(1, MAX_UNITS), max_size=50))
def test_that_a_shapes_name_tells_its_layers(hidden: list[int]) -> None:
    name = shape_name(tuple(hidden))
    times, _, width = name.partition(" × ")
    told = [int(width)] * int(times) if width else [int(part) for part in name.split("-") if part]
    assert told == hidden


@pytest.mark.parametrize("count", [7, 10, 50])
def test_that_many_layers_take_no_more_room_than_six(layers: LayerList, count: int) -> None:
    layers.show_layers((5,) * 6, 784, 10)
    most = layers.sizeHint().height()
    layers.show_layers((5,) * count, 784, 10)
    assert layers.sizeHint().height() <= most
    layers.show_layers((5,) * 2, 784, 10)
    assert layers.sizeHint().height() < most, "few take less"


def test_that_input_and_output_stay_in_sight_beside_many_layers(layers: LayerList) -> None:
    layers.show_layers((5,) * 50, 784, 10)
    layers.adjustSize()
    QApplication.processEvents()
    assert {"Input", "784", "Output", "10"} <= {label.text() for label in visible(layers, QLabel) if in_sight(label)}


def test_that_the_newest_layer_comes_into_view(layers: LayerList) -> None:
    layers.show_layers((5,) * 20, 784, 10)
    layers.adjustSize()
    assert not in_sight(button(layers, "Remove layer 20"))
    layers.add.click()
    assert in_sight(button(layers, "Remove layer 21"))


def test_that_tab_goes_through_the_layers_in_their_order_and_brings_each_into_view(
    layers: LayerList, qtbot: QtBot
) -> None:
    layers.show_layers((5,) * 12, 784, 10)
    layers.adjustSize()
    layers.activateWindow()
    qtbot.waitUntil(layers.isActiveWindow, timeout=TIMEOUT_MS)
    layers.rows[0].units.setFocus()
    names = []
    for _ in range(2 * 12):
        focus = layers.focusWidget()
        names.append(focus.accessibleName())
        assert in_sight(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert names == [f"{what} layer {number}" for number in range(1, 13) for what in ("Units of", "Remove")]
    assert layers.focusWidget() is layers.add


def test_that_a_key_can_remove_one_layer_after_the_other(layers: LayerList, qtbot: QtBot) -> None:
    layers.show_layers((5, 6, 7), 784, 10)
    layers.activateWindow()
    qtbot.waitUntil(layers.isActiveWindow, timeout=TIMEOUT_MS)
    layers.rows[0].remove.setFocus()
    for left in ((6, 7), (7,)):
        QTest.keyClick(layers.focusWidget(), Qt.Key.Key_Space)
        assert layers.hidden == shown(layers) == left


def test_that_the_list_keeps_to_the_theme(layers: LayerList) -> None:
    layers.apply_theme(DARK)
    colors = {swatch.color.name() for swatch in visible(layers, Swatch)}
    assert {color.name() for color in DARK.layer_colors(2)} <= colors
    assert shown(layers) == (40, 20)


def test_that_config_list_and_histograms_agree_whatever_is_done(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(SMALL.replace(iterations=2))
    layers = window.settings.layers
    for _ in range(3):
        click(layers.add)
    click(button(layers, "Remove layer 1"))
    (spin,) = [each for each in visible(layers, QSpinBox) if each.accessibleName() == "Units of layer 1"]
    spin.setValue(11)
    window.settings.edit("seed", 4)
    expected = (11, 6, 6, 6)
    assert shown(layers) == layers.hidden == window.settings.config.hidden == expected
    qtbot.waitUntil(lambda: window.run.config.hidden == expected, timeout=TIMEOUT_MS)
    window.step(1)
    qtbot.waitUntil(lambda: window.run.iteration == 1, timeout=TIMEOUT_MS)
    window.draw()
    card = window.board.activations
    assert card.shown == 4
    assert [plot.units.text() for plot in card.layers[:4]] == [f"{units} units" for units in expected]


def test_that_without_a_hidden_layer_a_hint_stands_in_for_the_histograms(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    hint = window.board.activations.hint
    assert not hint.isVisible()
    for _ in range(2):
        click(button(window.settings.layers, "Remove layer 1"))
    click(window.button("train"))
    window.wait_until_ended(qtbot)
    window.draw()
    assert window.run.config.hidden == ()
    assert hint.isVisible()
    assert "no hidden layer" in hint.text()
    assert "no hidden layer" in window.board.caption.text()
    click(window.settings.layers.add)
    assert window.settings.config.hidden == SHAPES[0][:1]
    window.reset()
    assert not hint.isVisible()


def test_that_the_add_button_says_what_it_will_add(layers: LayerList) -> None:
    assert "last one's size" in layers.add.toolTip()
