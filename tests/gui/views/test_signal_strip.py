"""The signal strip: bars as long as the figures on scales that only grow, theory's marks, and one choice for all."""

from itertools import pairwise
from math import isnan, log10

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.export.picture import svg
from gui.pages.dashboard.dashboard import Dashboard
from gui.plots.canvas import Canvas, Text
from gui.style.theme import DARK, LIGHT
from gui.views.moment import RunContext
from gui.views.signal_strip.columns import LEAST_PIXELS, ColumnHalf
from gui.views.signal_strip.signal_card import BEFORE, KEY, SignalCard
from model.base import number_format
from model.config.config import Config
from model.config.recipe import Recipe
from model.data.datasets import Dataset
from model.history.run_log import RunLog
from model.measurement.gains import Gain
from model.measurement.records import LayerRecord, Record
from model.measurement.theory import images_of, predict
from tests.support.records import layer_of, record_of
from tests.support.windows import SMALL, headless, moment_of, settle


def layers(signals: list[float], deltas: list[float]) -> tuple[LayerRecord, ...]:
    """Layers of such spreads and such RMS of δ."""
    pairs = enumerate(zip(signals, deltas, strict=True), 1)
    return tuple(layer_of(f"Layer {k}", signal_std=signal, delta_rms=delta) for k, (signal, delta) in pairs)


def record(signals: list[float], deltas: list[float], **figures: float) -> Record:
    """A record of hidden layers and, last, the output."""
    *hidden, output = layers(signals, deltas)
    return record_of(0, layers=tuple(hidden), output=output, **figures)


@pytest.fixture
def card(qtbot: QtBot) -> SignalCard:
    """A strip of its own, 900 pixels wide."""
    made = SignalCard(LIGHT)
    qtbot.addWidget(made)
    made.resize(900, 190)
    made.show()
    qtbot.waitExposed(made)
    return made


def show(card: SignalCard, now: Record, hidden: int | None = None) -> None:
    """Show a run of as many layers with this record."""
    count = len(now.layers) if hidden is None else hidden
    card.show_run(RunContext(Config(hidden=(5,) * count), None, RunLog()))
    card.draw_plot(0, moment_of(now))
    card.update_text(moment_of(now))


def length(half: ColumnHalf) -> float:
    """How long a bar is; 0 where there is none."""
    return half.bar.rect().height() if half.bar.isVisible() else 0.0


def texts(canvas: Canvas, kinds: list[Text]) -> list[tuple[float, float]]:
    """From where to where the visible ones of some texts reach, left to right."""
    boxes = [text.item.sceneBoundingRect() for text in kinds if text.item.isVisible() and text.text]
    assert all(box.left() >= 0 and box.right() <= canvas.viewport().width() for box in boxes)
    return sorted((box.left(), box.right()) for box in boxes)


def point(card: SignalCard, column: int) -> QPoint:
    """The middle of a column."""
    return card.canvas.mapFromScene(card.picture.columns[column].ground.rect().center())


def test_that_bars_are_as_long_as_the_figures_on_a_logarithmic_scale(card: SignalCard) -> None:
    signals, deltas = [0.1, 3e-3, 2e-4], [4e-7, 5e-5, 3e-3]
    show(card, record(signals, deltas, input_std=0.25))
    columns = card.picture.columns
    room = columns[0].up.room
    # The decades around 0.25 ... 2e-4 and 3e-3 ... 4e-7.
    for column, value in zip(columns, [0.25, *signals], strict=True):
        assert length(column.up) == pytest.approx(room * (log10(value) + 4) / 4)
        assert column.up.bar.rect().bottom() == column.up.base, "it stands on the row of names"
    for column, value in zip(columns[1:], deltas, strict=True):
        assert length(column.down) == pytest.approx(room * (log10(value) + 7) / 5)
        assert column.down.bar.rect().top() == column.down.base, "it hangs from the row of names"
    assert [tick.text for tick in card.picture.ticks] == ["1", "10⁻⁴", "10⁻⁷", "10⁻²"]
    assert length(columns[0].down) == 0, "no gradient is taken of the input"
    assert [column.up.value.text for column in columns] == ["0.25", "0.10", "0.0030", "0.00020"]
    assert [column.down.value.text for column in columns] == ["", "4.0·10⁻⁷", "5.0·10⁻⁵", "0.0030"]
    assert card.subtitle.text() == KEY


def test_that_the_scale_holds_for_the_whole_run_and_only_grows(card: SignalCard) -> None:
    first = record([0.1, 0.2], [1e-3, 3e-3])
    show(card, first)
    before = length(card.picture.columns[1].up)
    card.draw_plot(0, moment_of(record([0.05, 0.3], [2e-3, 2e-3])))
    card.draw_plot(0, moment_of(first))
    assert length(card.picture.columns[1].up) == before
    card.draw_plot(0, moment_of(record([1e-5, 0.3], [2e-3, 2e-3])))
    card.draw_plot(0, moment_of(first))
    assert card.picture.scales.signal.low == -6, "a whole decade below 1e-5"
    assert length(card.picture.columns[1].up) > before, "what has grown stays so, also for earlier moments"


def test_that_exactly_nothing_is_a_zero_without_a_bar_and_hardly_anything_is_a_sliver(card: SignalCard) -> None:
    show(card, record([0.1, 0.0, 0.2], [0.0, 1e-300, 3e-3]))
    _, first, second, _ = card.picture.columns
    assert (length(second.up), second.up.value.text) == (0, "0")
    assert (length(first.down), first.down.value.text) == (0, "0")
    assert length(second.down) >= LEAST_PIXELS
    show(card, record([float("nan"), float("inf")], [float("nan"), 1e-3]))
    assert length(card.picture.columns[1].up) == 0
    assert card.picture.columns[1].up.value.text == "–"
    assert length(card.picture.columns[2].up) == card.picture.columns[2].up.room


def test_that_theory_is_drawn_before_the_run_and_the_measured_bars_land_on_it(card: SignalCard, mnist: Dataset) -> None:
    config = Config(hidden=(100, 100), iterations=1)
    theory = predict(config, images_of(mnist))
    card.show_run(RunContext(config, mnist, RunLog(), theory))
    assert card.subtitle.text() == BEFORE
    columns = card.picture.columns
    assert not any(half.bar.isVisible() for column in columns for half in (column.up, column.down))
    expected = [layer.delta_rms for layer in (*theory.layers, theory.output)]
    scale, room = card.picture.scales.delta, columns[0].down.room
    for column, value in zip(columns[1:], expected, strict=True):
        mark = column.down.mark.line()
        assert column.down.mark.isVisible()
        assert mark.y1() == pytest.approx(column.down.base + room * (log10(value) - scale.low) / scale.extent)
        assert mark.x1() < column.down.left
        assert mark.x2() > column.down.left + column.down.width
    assert not columns[0].down.mark.isVisible()
    card.draw_plot(0, moment_of(headless(config, mnist)[0]))
    for column in columns[1:]:
        end = column.down.bar.rect().bottom()
        assert end == pytest.approx(column.down.mark.line().y1(), abs=2), "within two pixels"


def test_that_arrows_carry_the_gains_where_there_is_room(card: SignalCard) -> None:
    gain = (Gain("weights", 0.5), Gain("slope", 0.25))
    first = layer_of("Layer 1", delta_rms=0.125, gain=gain, signal_gain=(Gain("any", 0.4),))
    output = layer_of("Output", delta_rms=1.0, signal_gain=(Gain("weights", 3.0),))
    show(card, record_of(0, layers=(first,), output=output))
    assert [arrow.text.text for arrow in card.picture.onward] == ["× 0.40", "× 3.0"]
    assert [arrow.text.text for arrow in card.picture.back] == ["× 0.12"], "0.5 x 0.25"
    card.resize(400, card.height())
    assert not card.picture.onward
    assert not any(arrow.text.item.isVisible() for arrow in card.picture.onward_pool.items)


@pytest.mark.parametrize("width", [700, 900, 1320])
@pytest.mark.parametrize("hidden", [0, 1, 2, 5, 10, 20, 50])
def test_that_no_label_lies_over_another(card: SignalCard, hidden: int, width: int) -> None:
    card.resize(width, card.height())
    count = hidden + 1
    show(card, record([1.2e-12] * count, [3.4e-11] * count))
    columns, canvas = card.picture.columns, card.canvas
    for kinds in ([c.name for c in columns], [c.up.value for c in columns], [c.down.value for c in columns]):
        assert all(left[1] <= right[0] for left, right in pairwise(texts(canvas, kinds)))
    shown = [column.name.text for column in columns if column.name.item.isVisible()]
    assert shown[-1] in {"Output", "Out"}
    assert len(shown) == len(columns) or len(columns) > 14
    for column in columns:
        assert column.down.bar.isVisible() or column is columns[0]


@pytest.mark.parametrize("width", [720, 900, 1300])
def test_that_theorys_marks_are_no_sign_before_a_value(card: SignalCard, mnist: Dataset, width: int) -> None:
    card.resize(width, 120)
    config = Config(hidden=(100,) * 5)
    theory = predict(config, images_of(mnist, config.pixels))
    card.show_run(RunContext(config, mnist, RunLog(), theory))
    now = record([0.2] * 6, [7.6e-7] * 6)
    card.draw_plot(0, moment_of(now))
    card.update_text(moment_of(now))
    halves = [half for column in card.picture.columns for half in (column.up, column.down) if half.value.text]
    assert len(halves) == 13
    for half in halves:
        mark, value = half.mark.line(), half.value.item.sceneBoundingRect()
        assert mark.x2() + 4 < value.left() or not value.top() < mark.y1() < value.bottom()


def test_that_the_readout_gives_all_numbers_of_a_layer(card: SignalCard, tiny: Dataset) -> None:
    config = SMALL.replace(iterations=1)
    theory = predict(config, images_of(tiny))
    card.show_run(RunContext(config, tiny, RunLog(), theory))
    (now, *_) = headless(config, tiny)
    card.draw_plot(0, moment_of(now))
    QTest.mouseMove(card.canvas.viewport(), point(card, 1))
    QApplication.processEvents()
    assert card.canvas.readout.isVisible()
    said = card.canvas.readout.text()
    layer, expected = now.layers[0], theory.layers[0]
    assert said.startswith("Layer 1\n")
    for figure in (layer.signal_std, expected.signal_std, layer.delta_rms, expected.delta_rms):
        assert number_format.significant(figure) in said
    assert "RMS of ∂L/∂W" in said
    assert f"log₁₀ update ratio {log10(layer.update_ratio):.2f}" in said
    assert "weights" in said
    assert "slope" in said
    assert card.read(card.picture.columns[0].ground.rect().center()).startswith("Input\nspread over images")
    QTest.mouseMove(card, QPoint(2, 2))
    QApplication.sendEvent(card.canvas, QEvent(QEvent.Type.Leave))
    assert not card.canvas.readout.isVisible()


def test_that_a_click_selects_the_layer_everywhere(board: Dashboard) -> None:
    run_log, card = RunLog(), board.signal
    board.viewed.show_run(Recipe(Config(hidden=(5, 5))), run_log, None)
    run_log.put(record([0.1, 0.2, 0.3], [1e-3] * 3))
    settle(board)
    # The output's number follows the hidden layers'; the input is no layer; a second click takes the choice back.
    for column, chosen in ((2, 1), (3, 2), (0, 2), (3, None)):
        QTest.mouseClick(card.canvas.viewport(), Qt.MouseButton.LeftButton, pos=point(card, column))
        assert (board.detail.layer, card.chosen) == (chosen, chosen)
        marked = [column.ground.brush().color().name() == LIGHT.window for column in card.picture.columns]
        assert marked == [False, *(index == chosen for index in range(3))]
    board.choose_layer(0)
    assert card.chosen == 0, "a layer chosen elsewhere is marked here"


def test_that_layers_have_their_colours_in_both_themes(card: SignalCard) -> None:
    show(card, record([0.1, 0.2, 0.3], [1e-3] * 3))
    for theme in (DARK, LIGHT):
        card.apply_theme(theme)
        colors = [column.up.bar.brush().color().name() for column in card.picture.columns]
        hidden = [color.name() for color in theme.layer_colors(2)]
        assert colors == [theme.muted, *hidden, theme.muted]
        assert card.canvas.backgroundBrush().color().name() == theme.card


def test_that_another_run_forgets_the_last(card: SignalCard) -> None:
    show(card, record([0.1] * 6, [1e-3] * 6))
    card.show_run(RunContext(Config(hidden=(3,)), None, RunLog()))
    card.update_text(None)
    assert len(card.picture.columns) == 3
    visible = [column for column in card.picture.pool.items if column.name.item.isVisible()]
    assert visible == card.picture.columns
    assert not any(half.bar.isVisible() for column in card.picture.pool.items for half in (column.up, column.down))
    card.draw_plot(0, moment_of(record([0.1] * 6, [1e-3] * 6)))
    assert all(isnan(column.up.share) for column in card.picture.columns), "a record of another network is not drawn"


def test_that_the_strip_exports_its_text_as_text_and_has_the_cards_menu(card: SignalCard, qtbot: QtBot) -> None:
    show(card, record([0.1, 0.2], [1e-3, 2e-3]))
    picture = svg(card, 1, Config()).decode()
    for text in ("Layer 1", "Output", "0.20"):
        assert text in picture
    assert "<image" not in picture
    with qtbot.waitSignal(card.menu_wanted):
        where = point(card, 1)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, card.canvas.viewport().mapToGlobal(where))
        QApplication.sendEvent(card.canvas.viewport(), event)
