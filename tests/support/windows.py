"""What the tests of windows and their parts share: a small run, hands to use widgets with, eyes for what is drawn."""

from collections.abc import Iterator
from time import sleep
from typing import Any, TypeVar

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAction, QPainterPath
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QMenu, QWidget

from gui.pages.dashboard.dashboard import Dashboard
from gui.plots.plot import Plot
from gui.views.moment import Moment
from gui.views.view import View
from gui.widgets.deferred_stack import settle_all
from gui.widgets.setting_editors import Editor
from model.config.config import Config
from model.config.recipe import Recipe
from model.config.views import ViewKind
from model.data.datasets import Dataset
from model.history.run_log import RunLog
from model.measurement.records import Record
from model.training.trainer import Trainer
from tests.support.patience import PATIENCE
from tests.support.records import record_of
from tests.support.reference_formulas import contents

SMALL = Config(hidden=(8, 6), batch_size=10, iterations=60, record_every=4)
LONG = SMALL.replace(iterations=10_000_000, record_every=50)
TIMEOUT_MS = 1_000 * PATIENCE
MOUSE_PAUSE = 0.015  # pyqtgraph leaves out moves that come faster than 100 a second

AnyWidget = TypeVar("AnyWidget", bound=QWidget)


def dispose(*windows: QWidget) -> None:
    """Close windows and delete them at once, in an order that does not depend on the garbage collector."""
    for window in windows:
        window.close()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def headless(config: Config, dataset: Dataset) -> list[Record]:
    """The records of a run that no window knows of."""
    return list(Trainer(config, dataset))


def collected(patch: pytest.MonkeyPatch) -> list[Record]:
    """A list that every tested record of every run will be put into."""
    records: list[Record] = []
    put = RunLog.put

    def keep(run_log: RunLog, record: Record) -> None:
        if record.tested:
            records.append(record)
        put(run_log, record)

    patch.setattr(RunLog, "put", keep)
    return records


def same(records: list[Record], others: list[Record]) -> bool:
    """Whether two runs are the same to the last bit, curves and layers."""
    return len(records) == len(others) and contents(records) == contents(others)


def points(path: QPainterPath) -> NDArray[np.float64]:
    """All points of a path, (points, 2)."""
    elements = [path.elementAt(index) for index in range(path.elementCount())]
    return np.array([(element.x, element.y) for element in elements]).reshape(-1, 2)


def rect_in_window(widget: QWidget) -> QRect:
    """Where a widget lies in its window."""
    return QRect(widget.mapTo(widget.window(), QPoint()), widget.size())


def place_of(plot: Plot, x: float, y: float) -> QPoint:
    """Where in a plot's viewport a point of its data lies."""
    place: QPoint = plot.view.mapFromScene(plot.box.mapViewToScene(QPointF(x, y)))
    return place


def hover(plot: Plot, x: float, y: float) -> str:
    """The readout with the cursor at a point of the data; '' when it does not show."""
    sleep(MOUSE_PAUSE)
    QTest.mouseMove(plot.view.viewport(), place_of(plot, x, y))
    QApplication.processEvents()
    return plot.label.text() if plot.label.isVisible() else ""


def in_sight(widget: QWidget) -> bool:
    """Whether no part of a widget is hidden, nor scrolled or folded away."""
    QApplication.processEvents()
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect()


def click(button: QAbstractButton) -> None:
    """Press a button with the mouse, which only works where a user could."""
    assert button.isVisible()
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def visible(widget: QWidget, kind: type[AnyWidget]) -> list[AnyWidget]:
    """The children of some kind that the user sees."""
    QApplication.processEvents()  # a new child shows when its layout is next made
    return [each for each in widget.findChildren(kind) if each.isVisible()]


def put(editor: Editor, value: Any) -> None:
    """Give a field another value as a user does."""
    match editor.widget:
        case QComboBox() as box:
            box.setCurrentIndex(box.findData(value))
        case field:
            field.setValue(value)


def commands(menu: QMenu) -> Iterator[QAction]:
    """The commands of a menu and its submenus."""
    for action in menu.actions():
        below: object = action.menu()
        if isinstance(below, QMenu):
            yield from commands(below)
        elif not action.isSeparator():
            yield action


def moment_of(record: Record) -> Moment:
    """A moment that shows one record, as the first and the newest."""
    return Moment(record, record, record, live=True)


def open_view(board: Dashboard, kind: ViewKind) -> View:
    """Choose a tab, and wait for it to be there."""
    board.detail.choose(kind)
    settle_all(board)
    return board.detail.view


def settle(board: Dashboard) -> None:
    """Draw frames until every plot has had its turn, and write the figures."""
    settle_all(board)
    for _ in range(20):
        board.frame()
    board.update_text()


def filled(board: Dashboard, loss: NDArray[np.float64], *, every: int = 10, iterations: int | None = None) -> RunLog:
    """Show a run whose loss is known, with accuracies made from it."""
    run_log = RunLog()
    config = Config(iterations=iterations or every * (len(loss) - 1), record_every=every)
    board.viewed.show_run(Recipe(config), run_log, None)
    for index, value in enumerate(loss):
        run_log.put(record_of(index * every, float(value), 1 / (1 + float(value)), 0.75))
    run_log.iteration = every * (len(loss) - 1)
    settle(board)
    return run_log
