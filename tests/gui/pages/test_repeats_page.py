"""The page of repeats: what it runs, when, what it keeps, and what the user can choose."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.pages.repeats.repeats_page import RepeatsPage
from gui.style.theme import LIGHT
from model.config.config import Config
from model.config.presets import PRESETS
from model.sweeps.repeats import MOST_SEEDS, RepeatedConfig
from model.sweeps.sweep import Result, run_cell
from tests.support.repeat_results import result_of
from tests.support.windows import SMALL, TIMEOUT_MS, click

XAVIER = SMALL.replace(init="xavier")


class ByHand(Executor):
    """An executor that works when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[Any], Callable[..., Any], Any]] = []
        self.given: list[Config] = []

    def submit(self, call: Callable[..., Any], /, *arguments: Any, **_: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.waiting.append((future, call, arguments[0]))
        self.given.append(arguments[0].config)
        return future

    def work(self, runs: int = 1, fail: str = "") -> None:
        """Do the next runs, or fail at them."""
        while runs and self.waiting:
            future, _, cell = self.waiting.pop(0)
            if not future.set_running_or_notify_cancel():
                continue
            runs -= 1
            if fail:
                future.set_exception(RuntimeError(fail))
            else:
                future.set_result(result_of(cell.config, 0.9 + cell.config.seed / 1_000))


@pytest.fixture
def hand() -> ByHand:
    return ByHand()


@pytest.fixture
def page(qtbot: QtBot, hand: ByHand) -> Iterator[RepeatsPage]:
    """A page that has been offered a small run."""
    made = RepeatsPage(hand, LIGHT)
    qtbot.addWidget(made)
    made.resize(740, 560)
    made.offer(SMALL, "ReLU")
    made.show()
    qtbot.waitExposed(made)
    made.frame()
    yield made
    made.close_down()


def worked(page: RepeatsPage, hand: ByHand, runs: int = MOST_SEEDS) -> None:
    """Have some runs done and their results drawn."""
    hand.work(runs)
    QApplication.processEvents()
    page.finish()
    QApplication.processEvents()


def seeds(page: RepeatsPage, side: int = 0) -> list[int]:
    """Which seeds have a result."""
    return list(page.repeats.samples()[side].results)


def test_that_an_empty_page_says_what_repeats_are_good_for_and_offers_the_lesson(
    page: RepeatsPage, hand: ByHand
) -> None:  # fmt: skip
    assert page.empty.lesson.isVisible()
    assert "ReLU + Xavier vs ReLU + He, 10 seeds" in page.empty.lesson.text()
    assert not page.results.isVisible()
    click(page.empty.lesson)
    page.finish()
    assert [side.name for side in page.controls.sides] == ["ReLU + Xavier", "ReLU + He"]
    assert len(hand.given) == 20
    assert not page.empty.lesson.isVisible()


def test_that_start_runs_the_offered_config_over_the_seeds_from_its_own(page: RepeatsPage, hand: ByHand) -> None:
    page.offer(SMALL.replace(seed=5), "ReLU")
    page.controls.seeds.setValue(3)
    assert page.controls.button.text() == "Train 3 runs"
    click(page.controls.button)
    assert hand.given == [SMALL.replace(seed=seed) for seed in (5, 6, 7)]


def test_that_results_are_drawn_as_they_come(page: RepeatsPage, hand: ByHand) -> None:
    page.compare_with(XAVIER, "Xavier")
    page.start()
    page.finish()
    assert "under way" in page.results.sentence.text()
    worked(page, hand, 4)
    assert (seeds(page), seeds(page, 1)) == ([0, 1], [0, 1])
    assert "4 of 20 runs" in page.controls.subtitle.text()
    assert "left" in page.controls.subtitle.text()
    assert page.controls.progress.value() == 4
    assert not page.results.accuracy.sides[1].mean.path().isEmpty()
    worked(page, hand)
    assert "20 of 20 runs" in page.controls.subtitle.text()
    assert not page.controls.button.isEnabled()


def test_that_stop_begins_no_more_runs_and_start_goes_on(page: RepeatsPage, hand: ByHand) -> None:
    click(page.controls.button)
    worked(page, hand, 3)
    assert page.controls.button.text() == "Stop"
    click(page.controls.button)
    worked(page, hand)
    assert seeds(page) == [0, 1, 2]
    assert page.controls.button.text() == "Train 7 runs"
    click(page.controls.button)
    worked(page, hand)
    assert seeds(page) == list(range(10))
    assert len(set(hand.given)) == 10


def test_that_a_run_under_way_when_stopped_is_kept_all_the_same(page: RepeatsPage, hand: ByHand) -> None:
    page.start()
    future, _, cell = hand.waiting.pop(0)
    assert future.set_running_or_notify_cancel()
    page.stop()
    future.set_result(result_of(cell.config))
    QApplication.processEvents()
    assert seeds(page) == [0]


def test_that_more_seeds_and_a_second_config_never_recompute(page: RepeatsPage, hand: ByHand) -> None:
    page.controls.seeds.setValue(2)
    page.start()
    worked(page, hand)
    page.controls.seeds.setValue(3)
    page.compare_with(XAVIER, "Xavier")
    page.start()
    worked(page, hand)
    assert len(hand.given) == len(set(hand.given)) == 6
    page.controls.seeds.setValue(2)
    page.finish()
    assert seeds(page) == [0, 1]
    assert not page.runner.pending


def test_that_another_choice_while_it_runs_takes_the_place_of_what_has_not_begun(
    page: RepeatsPage, hand: ByHand
) -> None:  # fmt: skip
    page.controls.seeds.setValue(3)
    page.start()
    worked(page, hand, 1)
    page.repeat(XAVIER, "Xavier")
    assert list(page.runner.pending) == [XAVIER.replace(seed=seed) for seed in range(3)]
    worked(page, hand)
    assert seeds(page) == [0, 1, 2]
    assert len(page.repeats.results) == 4


def test_that_what_cannot_be_run_is_said_once_and_ends_it(page: RepeatsPage, hand: ByHand, qtbot: QtBot) -> None:
    said: list[str] = []
    page.said.connect(said.append)
    page.start()
    hand.work(2, fail="There is no data set.")
    QApplication.processEvents()
    assert said == ["There is no data set."]
    assert not page.runner.pending
    assert page.controls.button.text() == "Train 10 runs"


def test_that_nothing_arrives_after_the_page_is_closed_down(page: RepeatsPage, hand: ByHand) -> None:
    page.start()
    future, _, cell = hand.waiting.pop(0)
    assert future.set_running_or_notify_cancel()
    page.close_down()
    future.set_result(result_of(cell.config))
    QApplication.processEvents()
    assert not page.repeats.results
    assert all(waiting.cancelled() for waiting, _, _ in hand.waiting)


def test_that_the_offered_config_is_followed_until_there_are_results(page: RepeatsPage, hand: ByHand) -> None:
    page.offer(XAVIER, "Xavier")
    assert [side.name for side in page.controls.sides] == ["Xavier"]
    page.start()
    worked(page, hand, 1)
    page.offer(SMALL, "ReLU")
    assert [side.name for side in page.controls.sides] == ["Xavier"]


def test_that_an_offer_does_not_replace_what_was_chosen(page: RepeatsPage) -> None:
    page.repeat(XAVIER, "Xavier")
    page.offer(SMALL.replace(batch_size=7), "ReLU, batch 7")
    assert [side.name for side in page.controls.sides] == ["Xavier"]


def test_that_presets_and_listed_runs_can_be_chosen_on_the_page_alone(page: RepeatsPage) -> None:
    page.list_runs([RepeatedConfig("my run", XAVIER)])
    for box in page.controls.boxes:
        texts = [box.itemText(index) for index in range(box.count())]
        assert {"ReLU", "my run", *(preset.label for preset in PRESETS)} <= set(texts)
    second = page.controls.boxes[1]
    assert second.itemText(0) == "nothing"
    second.setCurrentIndex(second.findText("my run"))
    second.activated.emit(second.currentIndex())
    assert [side.name for side in page.repeats.sides] == ["ReLU", "my run"]
    second.setCurrentIndex(0)
    second.activated.emit(0)
    assert [side.name for side in page.repeats.sides] == ["ReLU"]


def test_that_titles_in_the_lists_cannot_be_chosen(page: RepeatsPage) -> None:
    box = page.controls.boxes[0]
    model = box.model()
    titles = [box.itemText(row) for row in range(box.count())
              if not model.flags(model.index(row, 0)) & Qt.ItemFlag.ItemIsEnabled]  # fmt: skip
    assert titles == ["Settings", "Presets"]


def test_that_presets_take_the_seed_and_the_data_of_the_panel(page: RepeatsPage, folder: str) -> None:
    page.offer(SMALL.replace(seed=4, data=folder), "ReLU")
    page.show_example()
    assert {(side.config.seed, side.config.data) for side in page.repeats.sides} == {(4, folder)}


def test_that_a_choice_stays_when_its_run_leaves_the_list(page: RepeatsPage) -> None:
    page.list_runs([RepeatedConfig("my run", XAVIER)])
    page.compare_with(XAVIER, "my run")
    page.list_runs([])
    assert [side.name for side in page.controls.sides] == ["ReLU", "my run"]


def test_that_two_configs_of_one_name_are_told_apart(page: RepeatsPage, hand: ByHand) -> None:
    page.compare_with(XAVIER, "ReLU")
    first, second = (side.name for side in page.repeats.sides)
    assert first != second
    assert "Xavier" in second


def test_that_the_menu_of_the_page_is_asked_for_with_a_click_on_any_card(page: RepeatsPage, hand: ByHand) -> None:
    page.show_example()
    worked(page, hand)
    asked: list[object] = []
    page.menu_wanted.connect(lambda what, where: asked.append(what))
    for card in (page.controls, page.results.accuracy, page.results.loss, page.results.final):
        card.customContextMenuRequested.emit(QPoint(5, 5))
    assert asked == [page] * 4


def test_that_it_fits_into_the_smallest_window(page: RepeatsPage, hand: ByHand) -> None:
    page.show_example()
    worked(page, hand)
    assert page.minimumSizeHint().width() <= 740
    assert page.minimumSizeHint().height() <= 560


def test_that_it_shows_what_real_workers_found(qtbot: QtBot, folder: str) -> None:
    config = SMALL.replace(data=folder)
    with ThreadPoolExecutor(2) as executor:
        page = RepeatsPage(executor, LIGHT)
        qtbot.addWidget(page)
        page.offer(config, "ReLU")
        page.compare_with(config.replace(init="xavier"), "Xavier")
        page.controls.seeds.setValue(2)
        page.start()
        qtbot.waitUntil(lambda: not page.runner.pending, timeout=TIMEOUT_MS)
        page.close_down()
    found: dict[Config, Result] = page.repeats.results
    assert len(found) == 4
    for run, result in found.items():
        assert result.curve == run_cell(result.cell).curve
        assert result.cell.config == run
    page.finish()
    assert "Xavier" in page.results.sentence.text()


def test_that_plots_take_turns_a_frame(page: RepeatsPage, hand: ByHand) -> None:
    page.start()
    page.finish()
    hand.work(2)
    QApplication.processEvents()
    drawn = (page.results.accuracy.sides[0].mean, page.results.loss.sides[0].mean, page.results.strip.dots[0])
    for index in range(len(drawn)):
        page.frame()
        assert [not item.path().isEmpty() for item in drawn] == [place <= index for place in range(len(drawn))]
    page.frame()
    assert "ReLU" in page.results.sentence.text()


def test_that_results_that_come_back_show_nothing_of_another_choice(page: RepeatsPage, hand: ByHand) -> None:
    page.show_example()
    worked(page, hand)
    page.finish()
    assert not page.results.loss.sides[1].mean.path().isEmpty()
    page.repeat(Config(seed=50), "another")
    page.compare_with(Config(seed=90), "and one more")
    page.finish()
    assert not page.results.isVisible()
    page.start()
    page.frame()
    assert page.results.loss.sides[1].mean.path().isEmpty()


def test_that_all_zooming_can_be_undone(page: RepeatsPage, hand: ByHand) -> None:
    page.show_example()
    worked(page, hand)
    for curves in page.results.curves:
        before = curves.plot.ranges()
        curves.plot.box.setRange(xRange=(3, 5), yRange=(0.1, 0.2))
        page.show_automatic()
        assert curves.plot.ranges() == before
