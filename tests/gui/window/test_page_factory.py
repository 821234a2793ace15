"""The pages beside the run's in the window: the lesson's six, repeats, the map, and the workers that they share."""

from collections.abc import Iterator
from random import Random
from time import monotonic

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.pages.map.map_page import MapPage
from gui.pages.repeats.repeats_page import RepeatsPage
from gui.window.page_factory import NOT_PLAIN
from model.config.recipe import Branch, Change, Recipe
from model.config.views import PageKind
from tests.support.leak_watch import LeakWatch
from tests.support.page_windows import BESIDE, begun, left, shown
from tests.support.patience import AT_ONCE
from tests.support.window_page import OpenWindow
from tests.support.windows import LONG, SMALL, TIMEOUT_MS, click, place_of
from tests.support.worker_pools import workers


@pytest.fixture(autouse=True)
def none_left() -> Iterator[None]:
    """Nothing outlives the windows."""
    yield
    assert left() == []


def test_that_each_page_is_made_when_it_is_first_looked_at(open_window: OpenWindow) -> None:
    window = open_window()
    made = [PageKind.RUN]
    for kind, page in BESIDE.items():
        assert window.pages_made == made
        click(window.tab(kind))
        made.append(kind)
        assert type(window.page) is page
        assert window.page.isVisible()
    assert not workers(), "nothing is begun unasked"
    first = window.page
    click(window.tab(PageKind.RUN))
    click(window.tab(PageKind.MAP))
    assert window.page is first


def test_that_no_page_opens_a_window_of_its_own_even_for_a_moment(
    open_window: OpenWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    window = open_window()
    window.activate(qtbot)
    opened = QSignalSpy(qapp.focusWindowChanged)
    for kind in PageKind:
        window.show_page(kind)
        window.draw()
        QApplication.processEvents()
        assert window.is_active(), kind
    assert opened.count() == 0


def test_that_pages_know_what_the_panel_shows_whenever_they_are_made(open_window: OpenWindow) -> None:
    window = open_window()
    first = shown(window, RepeatsPage)
    assert first.repeats.sides[0].config == window.settings.config
    window.take_config(window.settings.config.replace(hidden=(7,), seed=3))
    second = shown(window, MapPage)
    for config in (window.settings.config, window.settings.config.replace(activation="tanh")):
        window.take_config(config)
        window.show_figures()
        assert first.repeats.sides[0].config == window.settings.config == config
        assert second.base == config
    lesson_of_map, own = (second.controls.network.itemData(place) for place in range(2))
    assert own == window.settings.config
    assert (lesson_of_map.seed, lesson_of_map.data) == (3, window.settings.config.data)


def test_that_a_listed_run_can_be_repeated_with_other_seeds(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    config = window.settings.config.replace(activation="tanh", seed=2)
    entry = begun(window, Recipe(config))
    window.runs.choose(entry, "repeats")
    page = window.page
    assert isinstance(page, RepeatsPage)
    assert [(side.name, side.config) for side in page.repeats.sides] == [(window.runs.name_of(entry), config)]
    page.controls.seeds.setValue(3)
    page.start()
    qtbot.waitUntil(lambda: not page.busy, timeout=TIMEOUT_MS)
    assert sorted(run.seed for run in page.repeats.results) == [2, 3, 4]
    window.draw()
    assert "3 of 3 runs" in page.controls.subtitle.text()


def test_that_a_second_listed_run_is_set_against_the_first(open_window: OpenWindow) -> None:
    window = open_window()
    configs = [window.settings.config.replace(init=init) for init in ("he", "xavier")]
    for config, name in zip(configs, ("repeats", "against"), strict=True):
        window.runs.choose(begun(window, Recipe(config)), name)
    page = shown(window, RepeatsPage)
    assert page.isVisible()
    assert [side.config for side in page.repeats.sides] == configs


def test_that_branches_and_runs_changed_on_their_way_are_not_repeated(open_window: OpenWindow) -> None:
    window = open_window()
    plain = Recipe(window.settings.config)
    odd = [Recipe(plain.config, Branch(plain, 20)), plain.changed([Change(9, "learning_rate", 0.5)])]
    page = shown(window, RepeatsPage)
    before = page.repeats.sides
    for recipe in odd:
        entry = begun(window, recipe)
        assert page.listed == []
        window.show_page(PageKind.RUN)
        for command in ("repeats", "against"):
            window.status_line.clear_note()
            window.runs.choose(entry, command)
            assert not page.isVisible()
            assert window.status_text == NOT_PLAIN
            assert page.repeats.sides == before
    begun(window, plain)
    assert [each.config for each in page.listed] == [plain.config]


def test_that_a_click_on_the_map_trains_that_run_on_the_dashboard(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    page = shown(window, MapPage)
    page.controls.iterations.setValue(40)
    page.take_lesson()
    window.draw()
    page.stop()
    assert page.grid
    place = (2, 3)
    wanted = page.grid.configs[place]
    plot = page.results.picture.plot
    QTest.mouseClick(plot.view.viewport(), Qt.MouseButton.LeftButton, pos=place_of(plot, 2.5, 3.5))
    assert window.shows(PageKind.RUN)
    assert window.settings.config == window.run.config == wanted
    window.wait_until_ended(qtbot)
    assert window.runs.current().recipe == Recipe(wanted)
    assert window.runs.current().summary().iteration == 40


@pytest.mark.parametrize("seed", range(4))
def test_that_closing_ends_repeats_map_and_lesson_at_once(
    open_window: OpenWindow, qtbot: QtBot, watch: LeakWatch, seed: int
) -> None:
    random = Random(seed)
    window = open_window(LONG)
    window.train()
    begin = [shown(window, RepeatsPage).start, shown(window, MapPage).take_lesson, window.train_lesson]
    random.shuffle(begin)
    for each in begin:
        each()
        qtbot.wait(random.randrange(1, 400))
    began = monotonic()
    window.close()
    assert monotonic() - began < AT_ONCE
    assert left() == []
    qtbot.wait(50)
    assert watch.left_behind() == [], "something began after the window was closed"
    assert not any(entry.going for entry in window.runs.entries)


def test_that_pages_can_be_looked_at_while_everything_is_computed(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(SMALL.replace(iterations=200))
    shown(window, RepeatsPage).start()
    page = shown(window, MapPage)
    page.controls.iterations.setValue(20)
    page.take_lesson()
    window.train_lesson()
    for kind in [*PageKind] * 3:
        window.show_page(kind)
        window.draw()
        qtbot.wait(20)
    repeats, map_, compare = (window.page_of(kind) for kind in (PageKind.REPEATS, PageKind.MAP, PageKind.COMPARE))
    assert isinstance(repeats, RepeatsPage)
    assert isinstance(map_, MapPage)
    qtbot.waitUntil(lambda: not (compare.busy or repeats.busy or map_.busy), timeout=TIMEOUT_MS)
    assert len(repeats.repeats.results) == len(repeats.repeats.wanted())
    assert map_.grid
    assert set(map_.found) == set(map_.grid.configs.values())
