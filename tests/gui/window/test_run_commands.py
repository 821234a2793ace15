"""What the window does with more than the run on the screen: list, overlays, opening, closing."""

import threading
from multiprocessing import active_children

from pytestqt.qtbot import QtBot

from gui.pages.map.map_page import MapPage
from gui.pages.repeats.repeats_page import RepeatsPage
from gui.style.run_styles import look_of
from gui.style.theme import DARK, LIGHT
from model.config.views import PageKind
from model.data.datasets import Dataset
from model.diagnosis.verdict import Remedy
from model.training.replay import train_recipe
from tests.support.leak_watch import LeakWatch
from tests.support.reference_formulas import contents
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import LONG, SMALL, TIMEOUT_MS, click


def lines_of(window: WindowPage) -> list[tuple[str, tuple[float, ...], bool]]:
    """Colour, dashes and whether there is anything, of each overlay in the accuracy plot."""
    window.draw()
    lines = window.board.accuracy.others.lines
    return [
        (line.item.pen().color().name(), tuple(line.item.pen().dashPattern()), not line.item.path().isEmpty())
        for line in lines
        if line.overlay
    ]


def test_that_training_or_stepping_enlists_a_run_and_reset_alone_does_not(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window()
    assert window.runs.entries == []
    window.reset()
    window.take_config(window.settings.config.replace(seed=5))
    assert window.runs.entries == []
    assert window.runs.empty_text
    click(window.button("train"))
    (first,) = window.runs.entries
    assert first is window.runs.current()
    assert first.recipe == window.run.recipe
    assert first.run_log is window.run.log
    window.wait_until_ended(qtbot)
    click(window.button("reset"))
    assert window.runs.entries == [first]
    assert window.runs.on_screen() is None
    click(window.button("step"))
    assert len(window.runs.entries) == 2
    click(window.button("step"))
    click(window.button("train"))
    assert len(window.runs.entries) == 2, "it is the same run that goes on"
    window.wait_until_ended(qtbot)


def test_that_the_list_tells_how_each_run_ended(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    first, second = window.train_to_end(qtbot), window.train_to_end(qtbot, activation="tanh")
    window.show_figures()
    for entry in (first, second):
        summary = entry.summary()
        assert (summary.iteration, summary.ended) == (60, True)
        assert entry.run_log
        assert entry.run_log.history.newest
        assert summary.test_accuracy == entry.run_log.history.newest.test_accuracy
    assert window.runs.rows == [second, first]


def test_that_the_run_before_a_remedy_stays_as_an_overlay(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(SMALL.replace(activation="sigmoid", init="gauss"))
    before = window.train_to_end(qtbot)
    assert window.runs.overlaid == []
    window.take_remedy(Remedy("He weights", {"init": "he"}))
    assert window.runs.overlaid == window.runs.names
    assert window.runs.entries == [before]
    click(window.button("train"))
    window.wait_until_ended(qtbot)
    assert len(window.runs.entries) == 2
    assert window.runs.overlaid == window.runs.names[:1]
    assert window.board.overlays.all[0].run_log is before.run_log
    ((color, dashes, any_drawn),) = lines_of(window)
    look = look_of(LIGHT, before.listing.color)
    assert (color, dashes, any_drawn) == (look.color, look.dashes, True)


def test_that_hiding_and_showing_a_run_changes_what_is_drawn(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    first, second, _ = (window.train_to_end(qtbot, seed=seed) for seed in range(3))
    assert window.runs.overlaid == ["seed 0", "seed 1"]
    window.runs.choose(first, "toggle")
    assert window.runs.overlaid == ["seed 1"]
    assert len(lines_of(window)) == 1
    window.runs.choose(second, "toggle")
    assert window.runs.overlaid == []
    assert lines_of(window) == []
    window.runs.choose(first, "all")
    assert window.runs.overlaid == ["seed 0", "seed 1"]
    assert all(any_drawn for *_, any_drawn in lines_of(window))


def test_that_renaming_recolouring_and_deleting_reach_the_curves(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    first, _ = (window.train_to_end(qtbot, seed=seed) for seed in range(2))
    window.runs.change(first, label="The old one", color=4)
    assert window.runs.overlaid == ["The old one"]
    assert lines_of(window)[0][:2] == (look_of(LIGHT, 4).color, look_of(LIGHT, 4).dashes)
    window.runs.choose(first, "delete")
    assert window.runs.overlaid == []
    window.runs.do("undo")
    assert window.runs.overlaid == ["The old one"]


def test_that_the_run_on_the_screen_can_be_deleted_and_brought_back(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    entry = window.train_to_end(qtbot)
    window.runs.choose(entry, "delete")
    window.draw()
    assert not window.runs.entries
    assert not window.runs.overlaid
    window.runs.do("undo")
    assert window.runs.entries == [entry]
    assert window.runs.overlaid == []
    assert window.runs.current() is entry


def test_that_opening_a_listed_run_shows_it_in_dashboard_panel_and_transport(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window()
    first = window.train_to_end(qtbot, activation="tanh", learning_rate=0.05)
    second = window.train_to_end(qtbot, activation="relu", learning_rate=0.1, iterations=80)
    window.show_page(PageKind.COMPARE)
    window.runs.double_click(first)
    assert window.shows(PageKind.RUN)
    assert window.settings.config == first.recipe.config == window.run.config
    assert window.runs.current() is first
    assert window.board.run_log is first.run_log
    assert "Tanh" in window.board.caption.text()
    window.draw()
    moment = window.board.moment
    assert moment
    assert moment.figures.iteration == 60
    assert "60 of 60" in window.progress_text
    assert [overlay.run_log for overlay in window.board.overlays.all] == [second.run_log]
    assert not window.run.is_running()
    assert "Ended at iteration 60" in window.hint_text


def test_that_a_run_that_goes_on_behind_can_be_opened_and_paused_again(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    first = window.train_to_end(qtbot)
    window.take_config(LONG.replace(data=window.run.config.data))
    click(window.button("train"))
    window.wait_until_reached(50, qtbot)
    long = window.runs.current()
    window.runs.choose(first, "open")
    assert not window.run.is_running()
    before = long.summary().iteration
    qtbot.waitUntil(lambda: long.summary().iteration > before, timeout=TIMEOUT_MS)
    window.runs.choose(long, "open")
    assert window.run.is_running()
    assert window.runs.current() is long
    click(window.button("train"))
    assert not window.run.is_running()
    assert len(window.runs.entries) == 2


def test_that_a_run_that_another_process_still_trains_is_followed_on_the_dashboard(
    open_window: OpenWindow, qtbot: QtBot, tiny: Dataset
) -> None:
    window = open_window()
    entry = window.runs.train_behind(SMALL.replace(iterations=4_000, record_every=4))
    qtbot.waitUntil(lambda: entry.summary().iteration > 0, timeout=TIMEOUT_MS)
    window.runs.choose(entry, "open")
    assert window.runs.current() is entry
    assert window.settings.config == entry.recipe.config
    window.show_figures()
    going = not window.run.log.ended
    assert ("Ended" in window.hint_text) != going, window.hint_text
    qtbot.waitUntil(lambda: entry.summary().ended, timeout=TIMEOUT_MS)
    window.show_figures()
    window.draw()
    moment = window.board.moment
    assert moment
    assert moment.figures.iteration == 4_000
    assert "Ended at iteration 4" in window.hint_text
    alone = train_recipe(entry.recipe, tiny)
    assert contents(window.run.history.newest) == contents(alone.history.newest)
    assert window.runs.overlaid == []


def test_that_training_after_opening_a_run_of_another_process_begins_one_of_its_own(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window()
    entry = window.runs.train_behind(LONG)
    qtbot.waitUntil(lambda: entry.summary().iteration > 0, timeout=TIMEOUT_MS)
    window.runs.choose(entry, "open")
    click(window.button("train"))
    assert window.run.is_running()
    assert window.runs.current() is not entry
    assert len(window.runs.entries) == 2
    assert [overlay.run_log for overlay in window.board.overlays.all] == [entry.run_log]


def test_that_another_theme_recolours_the_overlays(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    first, second, _ = (window.train_to_end(qtbot, seed=seed) for seed in range(3))
    for theme in (DARK, LIGHT):
        window.choose_theme(theme.name)
        expected = [look_of(theme, entry.listing.color) for entry in (first, second)]
        assert [line[:2] for line in lines_of(window)] == [(look.color, look.dashes) for look in expected]
    assert look_of(DARK, first.listing.color).color != look_of(LIGHT, first.listing.color).color


def test_that_closing_with_everything_running_leaves_no_thread_or_process(
    open_window: OpenWindow, qtbot: QtBot, watch: LeakWatch
) -> None:
    before = set(threading.enumerate())
    window = open_window(LONG)
    click(window.button("train"))
    window.wait_until_reached(120, qtbot)
    parent = window.runs.current()
    window.branch()
    click(window.branch_dialog().button)
    in_background = window.runs.train_behind(LONG)
    begun: list[PageKind] = []
    for kind in PageKind:
        window.show_page(kind)
        window.draw()
        shown = window.page
        if isinstance(shown, RepeatsPage | MapPage):
            click(shown.controls.button)
            assert shown.busy
            begun.append(kind)
    assert begun == [PageKind.REPEATS, PageKind.MAP]
    qtbot.waitUntil(lambda: in_background.summary().iteration > 0, timeout=TIMEOUT_MS)
    assert active_children()
    child = window.runs.current()
    window.close()
    assert watch.left_behind() == []
    assert active_children() == []
    left = [thread.name for thread in threading.enumerate() if thread not in before]
    assert not [name for name in left if not name.startswith("Dummy")], "Dummy is what Python calls Qt's threads"
    assert parent.run_log
    assert child.run_log
    assert parent.run_log.ended
    assert child.run_log.ended
