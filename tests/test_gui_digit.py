"""One digit: what is drawn is what explain() says of a network with the same weights, live and back in time."""

from itertools import pairwise
from math import log10

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGraphicsPixmapItem, QToolButton
from pytestqt.qtbot import QtBot

from gui.cells import DECADES, Cells, block, delta_indices, fit_cells, lowest
from gui.digit_answers import AnswerLine
from gui.digit_line import DigitLine
from gui.digit_view import ALL_RIGHT, READING, DigitView
from gui.diverging import GROUND, LINE, STEPS, color_table
from gui.pixels import heat
from gui.run import Run
from gui.theme import DARK, LIGHT
from gui.training import Mailbox
from gui.window import MainWindow
from model.activations import Activation
from model.config import Config
from model.datasets import Dataset
from model.digit import Explanation, explain
from model.initializers import Initializer
from model.network import Network
from model.records import Record
from model.request import View
from model.trainer import Trainer
from model.weights import Snapshot
from tests.gui_support import (
    LONG,
    SMALL,
    TIMEOUT_MS,
    OpenWindow,
    click,
    dashboard_of,
    drawn,
    ended,
    moment_of,
    visible,
)

SIGMOID = SMALL.replace(activation=Activation.SIGMOID, init=Initializer.GAUSS)


def opened(window: MainWindow) -> DigitView:
    """The tab of a window."""
    dashboard_of(window).detail.choose(View.DIGIT)
    drawn(window)
    view = dashboard_of(window).detail.view
    assert isinstance(view, DigitView)
    return view


def network_at(config: Config, dataset: Dataset, iteration: int) -> Network:
    """The network of a run that no window knows of, after so many updates."""
    with Trainer(config, dataset) as trainer:
        while trainer.updates < iteration:
            trainer.step()
            list(trainer.collect(wait=True))
        network = Network(config, dataset.inputs, dataset.classes)
        network.take(trainer.network.state)
    return network


def alone(
    qtbot: QtBot, config: Config, dataset: Dataset, size: tuple[int, int] = (740, 200)
) -> tuple[DigitView, Record]:
    """The tab by itself, at the start of a run."""
    view = DigitView(LIGHT)
    qtbot.addWidget(view)
    view.resize(*size)
    view.show()
    qtbot.waitExposed(view)
    mailbox = Mailbox()
    with Trainer(config, dataset) as trainer:
        record = trainer.peek()
        mailbox.show(record)
        mailbox.keep(trainer.snapshot())
    view.show_run(Run(config, dataset, mailbox))
    draw(view, record)
    return view, record


def draw(view: DigitView, record: Record) -> None:
    """Draw all pieces and write the figures."""
    for index in range(view.plots):
        view.draw_plot(index, moment_of(record))
    view.update_text(moment_of(record))
    QApplication.processEvents()


def colors(item: QGraphicsPixmapItem, cells: Cells) -> list[str]:
    """The colour of each unit's cell."""
    assert item.isVisible()
    image = item.pixmap().toImage()
    places = [divmod(unit, cells.columns) for unit in range(cells.units)]
    return [
        image.pixelColor(1 + column * cells.width + cells.width // 2 - 1, 1 + row * cells.height).name()
        for row, column in places
    ]


def shown_cells(view: DigitView) -> list[DigitLine]:
    """The lines that show."""
    return [line for line in view.layers.pool.items if line.ground.isVisible()]


def shown_answers(view: DigitView) -> list[AnswerLine]:
    """The classes that show."""
    return [line for line in view.answers.pool.items if line.track.isVisible()]


def shares(view: DigitView) -> list[float]:
    """How long each class's bar is, as a share of its track."""
    return [line.bar.rect().width() / line.track.rect().width() for line in shown_answers(view)]


def assert_draws(view: DigitView, expected: Explanation, *, signed: bool, reach: float) -> None:
    """See that everything on the screen is that explanation."""
    assert shares(view) == pytest.approx(expected.probabilities.tolist(), abs=1e-6)
    lines = shown_cells(view)
    assert [line.name.text for line in lines] == [layer.name for layer in expected.layers]
    largest = max(float(np.abs(layer.delta).max()) for layer in expected.layers)
    table = [QColor(rgb).name() for rgb in color_table(view.theme)]
    for line, layer in zip(lines, expected.layers, strict=True):
        assert line.cells.units == len(layer.delta)
        places = []
        for value in layer.delta.tolist():
            share = max(1 + log10(abs(value) / largest) / DECADES, 0) if value else 0
            places.append(STEPS + round(np.sign(value) * share * STEPS))
        assert colors(line.deltas, line.cells) == [table[place] for place in places]
        rms = float(np.sqrt(np.mean(layer.delta.astype(float) ** 2)))
        assert float(line.figure.text.replace("·10", "e").translate(PLAIN)) == pytest.approx(rms, rel=0.06)
    for line, layer in zip(lines[:-1], expected.layers, strict=False):
        own = table if signed else [QColor(rgb).name() for rgb in line.table]
        places = [STEPS + round(min(value / reach, 1) * STEPS) for value in layer.activation.tolist()]
        assert colors(line.activations, line.cells) == [own[place] for place in places]


PLAIN = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


@pytest.mark.parametrize(
    ("activation", "signed"), [(Activation.SIGMOID, False), (Activation.TANH, True), (Activation.RELU, False)]
)
def test_that_what_is_drawn_is_what_the_network_makes_of_the_digit(
    open_window: OpenWindow, qtbot: QtBot, tiny: Dataset, activation: Activation, signed: bool
) -> None:
    config = SMALL.replace(activation=activation)
    window = open_window(config)
    view = opened(window)
    window.train_or_pause()
    ended(window, qtbot)
    drawn(window)
    view.tools.number.setValue(5)
    expected = explain(network_at(config, tiny, 60), tiny.test_images[5], int(tiny.test_labels[5]))
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
    window.train_or_pause()
    ended(window, qtbot)
    drawn(window)
    late = shares(view)
    for iteration in (0, 7, 33):
        window.go_to(iteration)
        drawn(window)
        snapshot = view.weights.snapshot
        assert snapshot is not None
        assert snapshot.iteration <= iteration
        assert view.key.text().startswith(f"weights of iteration {snapshot.iteration}")
        network = network_at(SMALL, tiny, snapshot.iteration)
        expected = explain(network, tiny.test_images[0], int(tiny.test_labels[0]))
        assert shares(view) == pytest.approx(expected.probabilities.tolist(), abs=1e-6)
    assert shares(view) != pytest.approx(late, abs=1e-6)
    window.go_to(None)
    drawn(window)
    assert shares(view) == pytest.approx(late, abs=1e-9)


def test_that_it_follows_the_run_live(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(LONG)
    view = opened(window)
    seen: set[int] = set()

    def followed() -> bool:
        drawn(window)
        if view.weights.snapshot:
            seen.add(view.weights.snapshot.iteration)
        return len(seen) > 5

    window.train_or_pause()
    qtbot.waitUntil(followed, timeout=TIMEOUT_MS)
    window.train_or_pause()

    def settled() -> bool:
        drawn(window)
        return view.weights.snapshot is not None and view.weights.snapshot.iteration == mailbox_of(window).iteration

    qtbot.waitUntil(settled, timeout=TIMEOUT_MS)
    drawn(window)
    assert view.explanation is not None
    assert shares(view) == pytest.approx(view.explanation.probabilities.tolist(), abs=1e-6)


def test_that_before_the_run_the_initial_network_shows(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    view = opened(window)

    def there() -> bool:
        drawn(window)
        return view.explanation is not None

    qtbot.waitUntil(there, timeout=TIMEOUT_MS)
    assert view.key.text().startswith("weights of iteration 0")


def test_that_images_are_chosen_by_number_and_with_the_arrows(qtbot: QtBot, tiny: Dataset) -> None:
    view, _ = alone(qtbot, SMALL, tiny)
    tools, last = view.tools, len(tiny.test_labels) - 1
    click(tools.on)
    click(tools.on)
    assert tools.number.value() == 2
    assert view.image is not None
    assert (view.image == tiny.test_images[2]).all()
    assert view.pictures.pad.caption.text == f"a {tiny.test_labels[2]}"
    for _ in range(3):
        click(tools.back)
    assert tools.number.value() == last
    assert view.explanation is not None
    assert view.explanation.label == tiny.test_labels[last]
    tools.number.setFocus()
    QTest.keyClick(tools.number, Qt.Key.Key_Up)
    assert tools.number.value() == 0


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


def test_that_the_next_mistake_really_is_one(qtbot: QtBot, tiny: Dataset) -> None:
    view, _ = alone(qtbot, SMALL, tiny)
    network = network_at(SMALL, tiny, 0)
    answers = [int(explain(network, image, None).label) for image in tiny.test_images]
    wrong = np.flatnonzero(np.array(answers) != tiny.test_labels).tolist()
    assert 2 < len(wrong) < len(answers)
    seen = []
    for _ in range(len(wrong) + 1):
        click(view.tools.mistake)
        qtbot.waitUntil(lambda: not view.search.timer.isActive(), timeout=TIMEOUT_MS)
        seen.append(view.tools.number.value())
        assert view.explanation is not None
        assert view.explanation.label == tiny.test_labels[seen[-1]] != view.explanation.probabilities.argmax()
    first = wrong.index(seen[0])
    assert seen == [*wrong[first:], *wrong[:first], wrong[first]], "one after the other, and around"
    assert not view.search.timer.isActive()


def test_that_it_says_when_no_image_is_wrong(qtbot: QtBot, tiny: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    view, _ = alone(qtbot, SMALL, tiny)
    monkeypatch.setattr("gui.mistake_search.mistakes", lambda *_: iter([None, None]))
    click(view.tools.mistake)
    qtbot.waitUntil(lambda: ALL_RIGHT in view.key.text(), timeout=TIMEOUT_MS)
    click(view.tools.on)
    assert ALL_RIGHT not in view.key.text()


def test_that_leaving_the_tab_ends_the_search(qtbot: QtBot, tiny: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    view, _ = alone(qtbot, SMALL, tiny)
    monkeypatch.setattr("gui.mistake_search.mistakes", lambda *_: iter([None] * 1_000_000))
    click(view.tools.mistake)
    assert view.search.timer.isActive()
    view.hide()
    assert not view.search.timer.isActive()


def test_that_networks_too_large_to_keep_weights_of_say_so(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(SMALL.replace(hidden=(1100, 1000), iterations=1))
    view = opened(window)
    window.train_or_pause()
    ended(window, qtbot)
    drawn(window)
    assert "parameters keep no weights" in view.key.text()
    assert "1\u2009048\u2009576" in view.key.text()
    assert view.explanation is None
    assert not view.tools.mistake.isEnabled()
    assert not view.pictures.gradient.item.isVisible()
    click(view.tools.on)
    assert view.explanation is None
    assert view.pictures.pad.caption.text, "the digit itself is there"


def test_that_another_data_set_is_shown_in_its_own_shape(open_window: OpenWindow, qtbot: QtBot, other: str) -> None:
    window = open_window()
    view = opened(window)
    view.tools.number.setValue(60)
    window.take_config(SMALL.replace(data=other))
    qtbot.waitUntil(lambda: len(shown_answers(view)) == 4, timeout=TIMEOUT_MS)

    def there() -> bool:
        drawn(window)
        return view.explanation is not None

    qtbot.waitUntil(there, timeout=TIMEOUT_MS)
    assert view.pictures.pad.shape == (7, 5)
    assert view.tools.number.maximum() == 23
    image = view.pictures.gradient.item.pixmap().toImage()
    assert image.height() * 5 == image.width() * 7
    assert len(shares(view)) == 4


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
    window.train_or_pause()
    ended(window, qtbot)
    drawn(window)
    canvas, line = view.layers.canvas, shown_cells(view)[1]
    at = canvas.mapFromScene(line.name.item.sceneBoundingRect().center())
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert dashboard_of(window).detail.layer == 1
    assert line.name.item.brush().color().name() == window.theme.accent


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


def test_that_the_true_class_and_the_answer_are_marked(qtbot: QtBot, tiny: Dataset) -> None:
    view, _ = alone(qtbot, SMALL, tiny)
    assert view.explanation is not None
    for index, line in enumerate(shown_answers(view)):
        assert line.mark.item.isVisible() == (index == tiny.test_labels[0])
        accented = line.bar.brush().color().name() == LIGHT.accent
        assert accented == (index == view.explanation.probabilities.argmax())
    answer, loss = view.answers.texts()
    assert answer == f"answers {view.explanation.probabilities.argmax()}"
    assert float(loss.split()[1]) == pytest.approx(view.explanation.loss, rel=0.01)


def test_that_a_network_that_has_diverged_gives_no_answer(qtbot: QtBot, tiny: Dataset) -> None:
    view, record = alone(qtbot, SMALL, tiny)
    assert view.run is not None
    mailbox, snapshot = view.run.mailbox, view.weights.snapshot
    assert snapshot is not None
    mailbox.show_weights(Snapshot(3, tuple(np.full_like(array, np.nan) for array in snapshot.state)))
    draw(view, record)
    assert view.answers.texts()[0] == "no answer"
    assert shares(view) == [0, 0, 0]
    assert {line.figure.text for line in shown_answers(view)} == {"–"}
    assert view.pictures.gradient.caption.text.endswith("–")


def test_that_the_pictures_follow_the_theme(open_window: OpenWindow, qtbot: QtBot, tiny: Dataset) -> None:
    window = open_window(SMALL, theme="light")
    view = opened(window)
    window.train_or_pause()
    ended(window, qtbot)
    window.choose_theme("dark")
    drawn(window)
    pad = view.pictures.pad
    row, column = divmod(int(tiny.test_images[0].argmax()), tiny.image_shape[1])
    image = pad.item.pixmap().toImage()
    brightest = tiny.test_images[0].max() / 255
    light = image.pixelColor(column * pad.enlarged, row * pad.enlarged).lightness()
    dark, ink = QColor(DARK.card).lightness(), QColor(DARK.text).lightness()
    assert light == pytest.approx(dark + (ink - dark) * brightest, abs=2), "light ink on a dark card"
    network = network_at(SMALL, tiny, 60)
    expected = explain(network, tiny.test_images[0], int(tiny.test_labels[0]))
    assert_draws(view, expected, signed=False, reach=view.layers.axis.high)
    assert view.layers.canvas.backgroundBrush().color().name() == DARK.card


def test_that_every_control_has_a_name_and_says_what_it_does(qtbot: QtBot, tiny: Dataset) -> None:
    view, _ = alone(qtbot, SMALL, tiny)
    controls = [*visible(view, QToolButton), view.tools.number]
    assert len(controls) == 5
    for control in controls:
        assert control.accessibleName()
        assert control.toolTip()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_that_the_colours_are_explained_where_there_is_room(qtbot: QtBot, tiny: Dataset) -> None:
    wide, _ = alone(qtbot, SMALL, tiny, (1280, 330))
    assert READING in wide.key.text()
    heads = wide.layers.heads
    assert heads.with_bars
    assert [high.text for high in heads.highs] == [f"{wide.layers.axis.high:g}", heads.lows[1].text[1:]]
    narrow, _ = alone(qtbot, SMALL, tiny, (640, 140))
    assert not narrow.layers.heads.with_bars
    assert narrow.layers.heads.highs[0].text.startswith("0–")
    assert narrow.layers.heads.highs[1].text.startswith("±")


@given(st.integers(1, 2000), st.integers(24, 300), st.integers(12, 90))
def test_that_every_unit_has_a_cell_of_its_own(units: int, width: int, height: int) -> None:
    cells = fit_cells(units, width, max(height, lowest(units, width)))
    assert cells.size[0] <= width
    assert cells.size[1] <= max(height, lowest(units, width))
    shades = (np.arange(units) % 250).astype(np.uint8)
    picture = block(shades, cells)
    assert picture.shape == cells.size[::-1]
    assert {LINE} == set(picture[0].tolist()) == set(picture[:, 0].tolist())
    for unit in (0, units // 2, units - 1):
        row, column = divmod(unit, cells.columns)
        x, y = 1 + column * cells.width, 1 + row * cells.height
        assert picture[y, x] == shades[unit]
        assert cells.at(x + 0.5, y + 0.5) == unit
    if cells.columns * cells.rows > units:
        assert picture[1 + (cells.rows - 1) * cells.height, -1 - cells.width] in (GROUND, LINE)


def test_that_shades_of_delta_fall_with_its_decades() -> None:
    delta = np.array([1.0, -1.0, 0.1, -0.01, 1e-3, 1e-4, -1e-9, 0.0, np.inf, np.nan])
    expected = [1, -1, 0.75, -0.5, 0.25, 0, 0, 0, 1, 0]
    found = delta_indices(delta, 1.0).astype(int) - STEPS
    assert found.tolist() == [round(share * STEPS) for share in expected]
    assert (delta_indices(delta[:3], 0.0) == STEPS).all()
