"""One weight of One digit: the numbers of its path, the choice of the weight, and what makes a path longer."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from gui.plots.factor_row import FactorBox
from gui.style.theme import DARK, LIGHT, Theme
from gui.views.digit.digit_view import DigitView
from gui.views.digit.mode_switch import DigitMode
from gui.views.digit.path_drawing import NARROWEST_PIXELS, PathDrawing
from gui.views.digit.path_words import KINK, UnitNames, product_row, term_lines
from model.base.number_format import significant
from model.config.config import Config
from model.data.datasets import Dataset
from model.measurement.weight_path import ImagePass, WeightPath
from model.nn.activations import Activation
from model.nn.loss import Loss
from model.nn.normalization import Norm
from model.nn.residual import Residual
from tests.support.digit_views import alone, network_at, opened
from tests.support.window_page import OpenWindow
from tests.support.windows import SMALL, click, visible

LONGEST = SMALL.replace(hidden=(8, 8, 8), norm=Norm.LAYER_BEFORE, residual=Residual.ON, loss=Loss.SQUARED)


def followed(qtbot: QtBot, config: Config, dataset: Dataset, size: tuple[int, int] = (740, 200)) -> DigitView:
    """The tab by itself with the path of a weight at the start of a run."""
    view, _ = alone(qtbot, config, dataset, size)
    click(view.switch.buttons[DigitMode.WEIGHT])
    return view


def shown(view: DigitView) -> list[FactorBox]:
    """The boxes on the screen, row by row."""
    return [box for box in view.path.drawing.boxes.items if box.ground.isVisible()]


def numbers(view: DigitView) -> list[str]:
    return [box.value.text for box in shown(view)]


def expected(path: WeightPath) -> list[str]:
    """The numbers of the two rows, written as they are."""
    links: list[float] = []
    for link in path.links:
        links += [] if link.added and link.factor == 1 else [link.factor]
        links += [link.added] if link.added else []
    fine = [significant(value, 6) for value in (path.gradient, path.difference)]
    row = [path.arriving, *links, path.delta]
    return [significant(path.incoming), significant(path.delta), *fine, *map(significant, row)]


def path_of(view: DigitView, config: Config, dataset: Dataset, iteration: int = 0) -> WeightPath:
    """The path of the weight that is chosen, through a network that no window knows of."""
    number = view.tools.number.value()
    image, label = dataset.test_images[number], int(dataset.test_labels[number])
    found = ImagePass(network_at(config, dataset, iteration), image, label)
    layer = view.path.layer.currentIndex()
    first = 0 if layer == len(config.hidden) else 1
    return found.path(layer, view.path.source.value() - 1, view.path.target.value() - first)


def test_that_at_first_it_is_the_weight_with_the_largest_gradient(qtbot: QtBot, tiny: Dataset) -> None:
    view = followed(qtbot, SMALL, tiny)
    path = path_of(view, SMALL, tiny)
    assert view.path.layer.currentText() == "Layer 2"
    found = ImagePass(network_at(SMALL, tiny, 0), tiny.test_images[0], int(tiny.test_labels[0]))
    assert (path.source, path.target) == found.largest(1)
    view.tools.number.setValue(9)
    found = ImagePass(network_at(SMALL, tiny, 0), tiny.test_images[9], int(tiny.test_labels[9]))
    assert (view.path.source.value() - 1, view.path.target.value() - 1) == found.largest(1), "of this digit too"


@pytest.mark.parametrize("config", [SMALL, LONGEST, SMALL.replace(hidden=()), SMALL.replace(norm=Norm.BATCH_AFTER)])
def test_that_the_boxes_have_the_numbers_of_the_path(qtbot: QtBot, tiny: Dataset, config: Config) -> None:
    view = followed(qtbot, config, tiny)
    for layer in range(view.path.layer.count()):
        view.path.layer.setCurrentIndex(layer)
        assert numbers(view) == expected(path_of(view, config, tiny))


def test_that_it_follows_the_moment_that_is_shown(open_window: OpenWindow, qtbot: QtBot, tiny: Dataset) -> None:
    window = open_window(SMALL)
    view = opened(window)
    click(view.switch.buttons[DigitMode.WEIGHT])
    window.train()
    window.wait_until_ended(qtbot)
    for iteration in (60, 0, 32):
        window.go_to(iteration)
        window.draw()
        assert view.weights.checkpoint is not None
        assert numbers(view) == expected(path_of(view, SMALL, tiny, view.weights.checkpoint.iteration))


def test_that_another_weight_stays_chosen_until_the_largest_is_wanted(qtbot: QtBot, tiny: Dataset) -> None:
    view = followed(qtbot, SMALL, tiny)
    part = view.path
    part.source.setValue(3)
    part.target.setValue(2)
    assert not part.largest.isChecked()
    view.tools.number.setValue(5)
    assert (part.source.value(), part.target.value()) == (3, 2)
    assert numbers(view) == expected(path_of(view, SMALL, tiny))
    click(part.largest)
    found = ImagePass(network_at(SMALL, tiny, 0), tiny.test_images[5], int(tiny.test_labels[5]))
    assert (part.source.value() - 1, part.target.value() - 1) == found.largest(1)
    part.source.setValue(4)
    part.layer.setCurrentIndex(0)
    assert part.largest.isChecked(), "units of one layer say nothing in another"


def test_that_fields_offer_every_weight_and_no_other(qtbot: QtBot, tiny: Dataset) -> None:
    view = followed(qtbot, SMALL, tiny)
    ranges = []
    for layer in range(3):
        view.path.layer.setCurrentIndex(layer)
        ranges.append([(field.minimum(), field.maximum()) for field in (view.path.source, view.path.target)])
    assert ranges == [[(1, 108), (1, 8)], [(1, 8), (1, 6)], [(1, 6), (0, 2)]], "classes have numbers of their own"


def test_that_a_layer_chosen_elsewhere_is_chosen_here(qtbot: QtBot, tiny: Dataset) -> None:
    view = followed(qtbot, SMALL, tiny)
    for layer in (0, 2, 1):
        view.choose_layer(layer)
        assert view.path.layer.currentIndex() == layer
    view.choose_layer(None)
    assert view.path.layer.currentIndex() == 1


def test_that_the_keyboard_reaches_and_changes_the_weight(qtbot: QtBot, tiny: Dataset) -> None:
    view = followed(qtbot, SMALL, tiny)
    part = view.path
    part.source.setValue(2)
    part.source.setFocus()
    QTest.keyClick(part.source, Qt.Key.Key_Up)
    assert part.source.value() == 3
    part.layer.setFocus()
    QTest.keyClick(part.layer, Qt.Key.Key_Down)
    assert part.layer.currentText() == "Output"
    kinds: tuple[type[QWidget], ...] = (QAbstractButton, QAbstractSpinBox, QComboBox)
    controls = [control for kind in kinds for control in visible(part, kind)]
    assert len(controls) == 4
    for control in controls:
        assert control.accessibleName()
        assert control.toolTip()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
    buddies = [name.buddy() for name in visible(part, QLabel)]
    assert buddies == [part.layer, part.source, part.target]


def test_that_the_path_is_told_in_words(qtbot: QtBot, tiny: Dataset) -> None:
    view = followed(qtbot, SMALL, tiny)
    said = view.path.drawing.accessibleDescription()
    assert said.startswith(f"Layer 2, from unit {view.path.source.value()} to unit {view.path.target.value()}: a, unit")
    assert all(number in said for number in numbers(view))
    assert view.path.drawing.accessibleName() == "Path of one weight"


@pytest.mark.parametrize("size", [(700, 186), (1080, 240), (1330, 330)])
@pytest.mark.parametrize("config", [SMALL, LONGEST])
def test_that_boxes_hold_their_texts_and_none_leaves_the_view(
    qtbot: QtBot, tiny: Dataset, config: Config, size: tuple[int, int]
) -> None:
    view = followed(qtbot, config, tiny, size)
    drawing = view.path.drawing
    for layer in range(view.path.layer.count()):
        view.path.layer.setCurrentIndex(layer)
        right = 0.0
        for box in shown(view):
            area = box.ground.rect()
            right = max(right, area.right())
            for text in (box.caption, box.value):
                metrics = QFontMetricsF(text.item.font())
                assert metrics.horizontalAdvance(text.text) <= area.width()
            assert area.bottom() <= drawing.viewport().height()
        assert right <= drawing.viewport().width()
        lines = [line for line in drawing.lines.items if line.item.isVisible()]
        for line in lines:
            assert line.x + line.item.boundingRect().width() <= drawing.viewport().width()
            assert line.y + 6 <= drawing.viewport().height()
        assert len(lines) >= (2 if layer < view.path.layer.count() - 1 else 0)


def test_that_where_there_is_little_room_the_note_goes_before_a_number_is_cut(qtbot: QtBot, tiny: Dataset) -> None:
    found = ImagePass(network_at(SMALL, tiny, 0), tiny.test_images[0], int(tiny.test_labels[0]))
    drawing, path = PathDrawing(), found.path(0, *found.largest(0))
    qtbot.addWidget(drawing)
    notes = []
    for width in (NARROWEST_PIXELS, 600):
        drawing.resize(width, 120)
        drawing.show()
        drawing.show_path(path, UnitNames((12, 9), 3))
        boxes = [box for box in drawing.boxes.items if box.ground.isVisible()]
        for box in boxes:
            for text in (box.caption, box.value):
                assert QFontMetricsF(text.item.font()).horizontalAdvance(text.text) <= box.ground.rect().width()
        notes.append([box.note.text for box in boxes if box.note.text])
    assert notes[0] == []
    assert len(notes[1]) == 1


def test_that_the_largest_terms_come_first_and_the_rest_is_added_up(tiny: Dataset) -> None:
    config = SMALL.replace(hidden=(8, 6, 30))
    found = ImagePass(network_at(config, tiny, 0), tiny.test_images[0], 1)
    path, names = found.path(1, 0, 2), UnitNames((12, 9), 4)
    order = np.argsort(-np.abs(path.terms))
    lines = term_lines(path, names, 4)
    assert [line.split(":")[0] for line in lines[:3]] == [f"unit {unit + 1}" for unit in order[:3]]
    assert lines[3] == f"27 others:  {significant(path.terms[order[3:]].sum())}"
    assert len(term_lines(path, names, 30)) == 30
    assert term_lines(found.path(2, 0, 0), names, 9)[0].startswith("class ")


def test_that_a_kink_is_named_where_the_difference_is_no_derivative(tiny: Dataset) -> None:
    config = SMALL.replace(activation=Activation.RELU)
    network, image = network_at(config, tiny, 0), tiny.test_images[0]
    z = ImagePass(network, image, 0).signals[1][0]
    network.affines[0].bias.value[:] = (network.affines[0].bias.value - z + 1e-7).astype(np.float32)
    path = ImagePass(network, image, 0).path(0, int(image.argmax()), 0)
    *_, difference = product_row(path, UnitNames((12, 9), 3))
    assert path.bends
    assert (difference.operator, difference.note) == ("≠", KINK)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_that_results_stand_out_in_both_themes(qtbot: QtBot, tiny: Dataset, theme: Theme) -> None:
    view = followed(qtbot, SMALL, tiny)
    view.apply_theme(theme)
    framed = [box.caption.text for box in shown(view) if box.ground.pen().color().name() == theme.accent]
    assert framed == ["∂L/∂w", "central difference", "δ"]
    assert {box.value.item.brush().color().name() for box in shown(view)} == {theme.text}


def test_that_without_weights_there_is_no_path(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(SMALL.replace(hidden=(1100, 1000), iterations=1))
    view = opened(window)
    click(view.switch.buttons[DigitMode.WEIGHT])
    window.train()
    window.wait_until_ended(qtbot)
    window.draw()
    assert shown(view) == []
    assert not view.path.source.isEnabled()
    assert "keep no weights" in view.key.toolTip()
