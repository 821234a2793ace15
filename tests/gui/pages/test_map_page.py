"""The page of the map: what it runs, in which colours it shows it, what it says of a cell, what a click asks for."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.pages.map.map_page import LESSON, MapPage
from gui.pages.map.quantity import Quantity, color_at
from gui.style.theme import DARK, LIGHT
from model.base.errors import InputError
from model.config.config import Config
from model.diagnosis.verdict import Cause, Condition
from model.nn.activations import Activation
from model.nn.initializers import Initializer
from model.sweeps.grid import Span
from model.sweeps.sweep import Result, SweepCell, run_cell
from model.workers.pool import WorkerPool
from tests.support.windows import TIMEOUT_MS, click, dispose, place_of, put

Making = Callable[[Config], Result]


def result_of(config: Config, accuracy: float | None = 0.5, gradient: float | None = -4.0, **others: Any) -> Result:
    usual: dict[str, Any] = {"condition": Condition.LEARNING, "cause": Cause.NONE}
    loss = None if accuracy is None else 1.0
    return Result(SweepCell(0, config), config.iterations, accuracy, accuracy, loss, gradient, **{**usual, **others})


class Ready(Executor):
    """An executor whose futures the test fulfils one by one."""

    def __init__(self) -> None:
        self.asked: list[tuple[SweepCell, Future[Result]]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        assert fn is run_cell
        self.asked.append((args[0], Future()))
        return self.asked[-1][1]

    @property
    def waiting(self) -> list[tuple[SweepCell, Future[Result]]]:
        """What nobody has cancelled nor answered."""
        return [(cell, future) for cell, future in self.asked if not future.done()]

    def answer(self, make: Making = result_of, most: int = 1_000) -> None:
        """Let some runs come to their end."""
        for cell, future in self.waiting[:most]:
            future.set_running_or_notify_cancel()
            future.set_result(make(cell.config))
        QApplication.processEvents()


@pytest.fixture
def ready() -> Ready:
    return Ready()


@pytest.fixture
def page(ready: Ready, qapp: QApplication, qtbot: QtBot) -> Iterator[MapPage]:
    made = MapPage(ready, LIGHT)
    made.resize(900, 640)
    made.show()
    qtbot.waitExposed(made)
    made.frame()
    yield made
    made.close_down()
    dispose(made)


def colors(page: MapPage) -> dict[Config, QColor]:
    """What colour each run's cell has, of those that have one."""
    assert page.grid
    found = {config: page.results.picture.cells[place].brush().color() for place, config in page.grid.configs.items()}
    return {config: color for config, color in found.items() if color.alpha()}


def cell_at(page: MapPage, column: int, row: int) -> QPoint:
    return place_of(page.results.picture.plot, column + 0.5, row + 0.5)


def config_at(page: MapPage, column: int, row: int) -> Config:
    assert page.grid
    return page.grid.configs[column, row]


def test_that_an_empty_map_says_what_it_will_show_and_begins_with_one_click(page: MapPage, ready: Ready) -> None:
    assert page.stack.currentIndex() == 0
    click(page.lessons["init_std"])
    assert len(ready.asked) == 100
    assert {cell.config.activation for cell, _ in ready.asked} == {Activation.SIGMOID}
    assert {len(cell.config.hidden) for cell, _ in ready.asked} == set(range(1, 11))
    page.frame()
    assert page.stack.currentIndex() == 1


def test_that_the_other_map_is_of_the_initialisers(page: MapPage, ready: Ready) -> None:
    click(page.lessons["init"])
    assert {cell.config.init for cell, _ in ready.asked} == set(Initializer)


def test_that_cells_are_coloured_as_their_runs_end(page: MapPage, ready: Ready) -> None:
    page.take_lesson()
    ready.answer(lambda config: result_of(config, 0.25), most=30)
    page.frame()
    first = [cell.config for cell, _ in ready.asked[:30]]
    assert colors(page) == dict.fromkeys(first, color_at(0.25))
    assert "30 of 100" in page.controls.subtitle.text()
    ready.answer(lambda config: result_of(config, 0.75))
    page.frame()
    assert len(colors(page)) == 100
    assert page.controls.button.text() == "Complete"
    assert not page.controls.button.isEnabled()


def test_that_a_picture_of_the_page_shows_all_there_is(page: MapPage, ready: Ready) -> None:
    page.take_lesson()
    ready.answer()
    page.finish()
    assert len(colors(page)) == 100


def test_that_the_gradient_is_shown_at_once_on_whole_decades(page: MapPage, ready: Ready) -> None:
    page.take_lesson()
    ready.answer(lambda config: result_of(config, gradient=-1.0 - len(config.hidden) * 0.85))
    click(page.controls.toggles[Quantity.GRADIENT])
    page.frame()
    assert page.results.scale.title.text() == "RMS(δ), layer 1"
    assert page.results.scale.plot.automatic[1] == (-10.0, -1.0)
    assert colors(page)[config_at(page, 3, 9)] == color_at((-9.5 + 10) / 9)
    click(page.controls.toggles[Quantity.ACCURACY])
    page.frame()
    assert page.results.scale.plot.automatic[1] == (0.0, 1.0)
    assert colors(page)[config_at(page, 3, 9)] == color_at(0.5)


def test_that_a_cell_that_explodes_does_not_decide_the_colours_of_the_others(page: MapPage, ready: Ready) -> None:
    page.take_lesson()
    gone = config_at(page, 4, 2)
    ready.answer(
        lambda config: result_of(config, gradient=30.0 if config == gone else -1.0 - len(config.hidden) * 0.85)
    )
    click(page.controls.toggles[Quantity.GRADIENT])
    page.frame()
    assert page.results.scale.plot.automatic[1] == (-10.0, -1.0)
    assert colors(page)[gone] == color_at(1.0)
    assert "1 cell lies beyond the scale" in page.results.card.subtitle.text()


def test_that_the_data_of_the_map_is_that_of_its_cells(page: MapPage, ready: Ready) -> None:
    page.take_lesson()
    ready.answer()
    page.frame()
    (make,) = page.results.card.tables().values()
    table = make()
    assert page.grid is not None
    assert tuple(table.columns[:2]) == (page.grid.across.name, page.grid.upward.name)
    assert len(table.rows) == len(page.grid.configs)
    column = table.columns.index("final_test_accuracy")
    assert {row[column] for row in table.rows} == {0.5}


def test_that_a_gradient_of_nothing_has_the_lowest_colour_and_is_called_0(page: MapPage, ready: Ready) -> None:
    page.take_lesson()
    ready.answer(lambda config: result_of(config, gradient=None if len(config.hidden) > 5 else -2.0))
    click(page.controls.toggles[Quantity.GRADIENT])
    page.frame()
    assert colors(page)[config_at(page, 0, 9)] == color_at(0)
    assert "Gradient at layer 1: 0" in page.read((0, 9))


def test_that_a_run_that_diverged_is_crossed_out(page: MapPage, ready: Ready) -> None:
    page.take_lesson()
    gone = config_at(page, 4, 2)
    broken: dict[str, Any] = {"condition": Condition.DIVERGED, "cause": Cause.LARGE_WEIGHTS}
    ready.answer(lambda config: result_of(config, None, None, **broken) if config == gone else result_of(config))
    page.frame()
    assert gone not in colors(page)
    box = page.results.picture.crosses.path().boundingRect()
    assert QPointF(4.5, 2.5) == box.center()
    assert max(box.width(), box.height()) < 1
    assert "diverged" in page.results.card.subtitle.text()
    assert "Diverged" in page.read((4, 2))


def test_that_the_cursor_reads_both_settings_and_what_came_of_the_run(page: MapPage, ready: Ready) -> None:
    page.take_lesson()
    ready.answer(lambda config: result_of(config, 0.6131, -5.0), most=1)
    page.frame()
    assert page.read((0, 0)).splitlines() == [
        "Depth: 1",
        "Std. dev. σ: 0.001",
        "Test accuracy: 61.3\u202f%",
        "Gradient at layer 1: 1.0·10⁻⁵",
        "Learning after 1\u202f000 iterations",
    ]
    assert page.read((1, 0)).splitlines()[-1] == "Not run yet"
    QTest.mouseMove(page.results.picture.view.viewport(), cell_at(page, 0, 0))
    QApplication.processEvents()
    assert page.results.picture.plot.label.isVisible()
    assert "61.3" in page.results.picture.plot.label.text()
    assert page.results.picture.marks.inner.path().boundingRect().center() == QPointF(0.5, 0.5)


def test_that_a_click_opens_the_run_of_its_cell(page: MapPage, qtbot: QtBot) -> None:
    page.take_lesson()
    page.frame()
    with qtbot.waitSignal(page.open_wanted, timeout=TIMEOUT_MS) as opened:
        QTest.mouseClick(page.results.picture.view.viewport(), Qt.MouseButton.LeftButton, pos=cell_at(page, 7, 3))
    assert opened.args == [config_at(page, 7, 3)]


def test_that_the_keyboard_goes_from_cell_to_cell_and_opens_one(page: MapPage, qtbot: QtBot) -> None:
    page.take_lesson()
    page.frame()
    page.results.picture.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Left):
        QTest.keyClick(page.results.picture, key)
    assert page.results.picture.at == (0, 1)
    assert "Depth: 2" in page.results.picture.plot.label.text()
    assert "Depth: 2" in page.results.picture.accessibleDescription()
    for key, column in ((Qt.Key.Key_End, 9), (Qt.Key.Key_Home, 0)):
        QTest.keyClick(page.results.picture, key)
        assert page.results.picture.at == (column, 1)
    with qtbot.waitSignal(page.open_wanted, timeout=TIMEOUT_MS) as opened:
        QTest.keyClick(page.results.picture, Qt.Key.Key_Return)
    assert opened.args == [config_at(page, 0, 1)]


def test_that_stop_begins_no_more_runs_and_start_goes_on_with_those_missing(page: MapPage, ready: Ready) -> None:
    page.take_lesson()
    ready.answer(most=40)
    page.update_text()
    click(page.controls.button)
    assert not ready.waiting
    assert page.controls.button.text() == "Train 60 runs"
    click(page.controls.button)
    assert len(ready.waiting) == 60


def test_that_results_stay_when_the_settings_return(page: MapPage, ready: Ready) -> None:
    page.take_lesson("init")
    ready.answer()
    page.take_lesson("init_std")
    ready.answer()
    asked = len(ready.asked)
    page.take_lesson("init")
    page.frame()
    assert len(ready.asked) == asked
    assert len(colors(page)) == 10 * len(Initializer)


def test_that_other_settings_amid_the_runs_replace_what_has_not_begun(page: MapPage, ready: Ready) -> None:
    page.take_lesson()
    ready.answer(most=10)
    page.controls.upward.count.setValue(4)
    assert page.grid
    assert page.grid.rows == 4
    assert {cell.config for cell, _ in ready.waiting} == set(page.grid.configs.values()) - set(page.found)


def test_that_named_values_need_no_range_and_numbers_have_one(page: MapPage) -> None:
    across = page.controls.across
    across.box.setCurrentIndex(across.box.findData("activation"))
    across.box.activated.emit(across.box.currentIndex())
    assert not across.count.isVisible()
    assert page.grid
    assert page.grid.across.values == tuple(Activation)
    assert page.results.right.text() == "Activation →"
    across.choose("learning_rate", Span(0.01, 1, 3))
    across.changed.emit()
    assert across.count.isVisible()
    assert [field.value() for field in across.fields] == [0.01, 1]
    assert page.grid.across.values == (0.01, 0.1, 1)
    put(across.fields[1], 100)
    assert page.grid.across.values == (0.01, 1, 100)


def test_that_one_setting_twice_is_explained_and_the_map_stays(page: MapPage) -> None:
    said: list[str] = []
    page.said.connect(said.append)
    before = page.grid
    page.controls.across.choose("depth")
    page.controls.across.changed.emit()
    assert said == ["A map needs two different settings."]
    assert page.grid is before


def test_that_the_panels_settings_are_offered_with_their_seed_and_data(page: MapPage, folder: str) -> None:
    page.base = Config(hidden=(7, 7), batch_size=20, seed=5, data=folder, optimizer="momentum")  # type: ignore[arg-type]
    assert config_at(page, 0, 0).activation is LESSON.activation
    assert config_at(page, 0, 0).seed == 5
    assert config_at(page, 0, 0).data == folder
    page.controls.network.setCurrentIndex(1)
    page.controls.network.activated.emit(1)
    assert config_at(page, 0, 0).batch_size == 20
    assert config_at(page, 0, 2).hidden == (7, 7, 7)
    assert page.controls.across.box.findData("momentum") >= 0
    page.base = page.base.replace(batch_size=30)
    assert config_at(page, 0, 0).batch_size == 30


def test_that_what_keeps_a_run_from_beginning_is_said_once(page: MapPage, ready: Ready) -> None:
    said: list[str] = []
    page.said.connect(said.append)
    page.take_lesson()
    for _, future in ready.waiting[:3]:
        future.set_running_or_notify_cancel()
        future.set_exception(InputError("There is no folder."))
    QApplication.processEvents()
    assert said == ["There is no folder."]
    assert not ready.waiting


def test_that_xavier_and_he_are_named_on_the_axis_of_standard_deviations(page: MapPage, ready: Ready) -> None:
    page.take_lesson()
    page.frame()
    assert [name.text() for name in page.results.picture.marks.names] == ["Xavier", "He"]
    assert page.results.picture.marks.lines.path().elementCount() == 2 * 2 * 10
    page.take_lesson("init")
    assert not any(name.isVisible() and name.text() for name in page.results.picture.marks.names)
    assert page.results.picture.marks.lines.path().isEmpty()


def test_that_themes_change_what_is_around_the_cells_and_not_their_colours(page: MapPage, ready: Ready) -> None:
    page.take_lesson()
    ready.answer()
    page.frame()
    before = colors(page)
    page.apply_theme(DARK)
    page.frame()
    assert colors(page) == before
    assert page.results.picture.plot.axes[0].color == QColor(DARK.muted)


def test_that_a_pool_fills_the_map_with_the_same_results_as_here(qapp: QApplication, qtbot: QtBot, folder: str) -> None:
    pool = WorkerPool(2)
    page = MapPage(pool.executor, LIGHT)
    page.base = page.base.replace(data=folder)
    page.controls.iterations.setValue(20)
    for row, name in ((page.controls.across, "init_std"), (page.controls.upward, "depth")):
        row.choose(name, Span(1, 3, 3))
    page.controls.upward.changed.emit()
    page.start()
    qtbot.waitUntil(lambda: len(page.found) == 9, timeout=TIMEOUT_MS)
    assert all(replaced(page.found[config]) == replaced(run_cell(SweepCell(0, config))) for config in page.found)
    page.close_down()
    pool.close()
    dispose(page)


def replaced(result: Result) -> tuple[object, ...]:
    """All of a result but its place in the order."""
    return result.final_test_accuracy, result.log_gradient, result.condition, result.curve
