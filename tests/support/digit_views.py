"""What the tests of one digit share: the tab by itself, eyes for its cells and bars, a network to compare with."""

from math import log10

import numpy as np
import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QGraphicsPixmapItem
from pytestqt.qtbot import QtBot

from gui.plots.diverging_scale import HATCH, STEPS, color_table
from gui.style.theme import LIGHT
from gui.views.digit.class_bars import ClassBar
from gui.views.digit.digit_view import DigitView
from gui.views.digit.layer_row import LayerRow
from gui.views.digit.unit_cells import DECADES, UnitCells
from gui.views.moment import RunContext
from model.config.config import Config
from model.config.views import ViewKind
from model.data.datasets import Dataset
from model.history.run_log import RunLog
from model.measurement.records import Record
from model.measurement.saliency import Saliency
from model.network.network import Network
from model.nn.activations import Activation
from model.nn.initializers import Initializer
from model.training.trainer import Trainer
from tests.support.window_page import WindowPage
from tests.support.windows import SMALL, moment_of, open_view

SIGMOID = SMALL.replace(activation=Activation.SIGMOID, init=Initializer.GAUSS)


def opened(window: WindowPage) -> DigitView:
    """The tab of a window."""
    open_view(window.board, ViewKind.DIGIT)
    window.draw()
    view = window.board.detail.view
    assert isinstance(view, DigitView)
    return view


def network_at(config: Config, dataset: Dataset, iteration: int) -> Network:
    """The network of a run that no window knows of, after so many updates."""
    with Trainer(config, dataset) as trainer:
        while trainer.updates < iteration:
            trainer.step()
            list(trainer.collect(wait=True))
        network = Network.of(config, dataset)
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
    run_log = RunLog()
    with Trainer(config, dataset) as trainer:
        record = trainer.peek()
        run_log.show(record)
        run_log.keep(trainer.checkpoint())
    view.show_run(RunContext(config, dataset, run_log))
    draw(view, record)
    return view, record


def draw(view: DigitView, record: Record) -> None:
    """Draw all pieces and write the figures."""
    for index in range(view.plots):
        view.draw_plot(index, moment_of(record))
    view.update_text(moment_of(record))
    QApplication.processEvents()


def colors(item: QGraphicsPixmapItem, cells: UnitCells) -> list[str]:
    """The colour of each unit's cell, beside the lines of its hatching."""
    assert item.isVisible()
    image = item.pixmap().toImage()
    places = [divmod(unit, cells.columns) for unit in range(cells.units)]
    found = []
    for row, column in places:
        x, y = 1 + column * cells.width + cells.width // 2 - 1, 1 + row * cells.height
        found.append(image.pixelColor(x + ((x + y) % HATCH == 0), y).name())
    return found


def shown_cells(view: DigitView) -> list[LayerRow]:
    """The lines that show."""
    return [line for line in view.layers.pool.items if line.ground.isVisible()]


def shown_answers(view: DigitView) -> list[ClassBar]:
    """The classes that show."""
    return [line for line in view.answers.pool.items if line.track.isVisible()]


def shares(view: DigitView) -> list[float]:
    """How long each class's bar is, as a share of its track."""
    return [line.bar.rect().width() / line.track.rect().width() for line in shown_answers(view)]


def assert_draws(view: DigitView, expected: Saliency, *, signed: bool, reach: float) -> None:
    """See that everything on the screen is that explanation."""
    assert shares(view) == pytest.approx(expected.outputs.tolist(), abs=1e-6)
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
