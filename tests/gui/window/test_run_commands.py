"""What the window does with more than the run on the screen: list, overlays, opening, closing."""

import threading
from multiprocessing import active_children

from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.runs.run_entry import RunEntry
from gui.style.run_styles import look_of
from gui.style.theme import DARK, LIGHT
from gui.widgets.side_tabs import LISTED
from gui.window.main_window import MainWindow
from model.config.views import PageKind
from model.data.datasets import Dataset
from model.diagnosis.verdict import Remedy
from model.training.replay import train_recipe
from tests.support.leak_watch import LeakWatch
from tests.support.reference_formulas import contents
from tests.support.window_runs import asked, background, choose, current, entries, names, overlaid, trained
from tests.support.windows import (
    LONG,
    SMALL,
    TIMEOUT_MS,
    OpenWindow,
    click,
    dashboard_of,
    drawn,
    ended,
    reached,
    run_log_of,
    running,
)  # fmt: skip


def place_in_list(window: MainWindow, entry: RunEntry) -> QRect:
    """Where the list shows a run."""
    window.side.choose(LISTED)
    view = window.commands.list.view
    place: QRect = view.visualRect(window.commands.list.table.index_of(entry))
    assert view.viewport().rect().intersects(place)
    return place


def double_click(window: MainWindow, entry: RunEntry) -> None:
    """Open a run of the list as a user does."""
    viewport, place = window.commands.list.view.viewport(), place_in_list(window, entry).center()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=place)


def lines_of(window: MainWindow) -> list[tuple[str, tuple[float, ...], bool]]:
    """Colour, dashes and whether there is anything, of each overlay in the accuracy plot."""
    drawn(window)
    lines = dashboard_of(window).accuracy.others.lines
    return [
        (line.item.pen().color().name(), tuple(line.item.pen().dashPattern()), not line.item.path().isEmpty())
        for line in lines
        if line.overlay
    ]


def test_that_training_or_stepping_enlists_a_run_and_reset_alone_does_not(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window()
    assert entries(window) == []
    window.reset()
    window.take_config(window.panel.config.replace(seed=5))
    assert entries(window) == []
    assert window.commands.list.empty.text()
    click(window.transport.train)
    (first,) = entries(window)
    assert first is current(window)
    assert first.recipe == window.session.recipe
    assert first.run_log is run_log_of(window)
    ended(window, qtbot)
    click(window.transport.reset)
    assert entries(window) == [first]
    assert window.commands.runs.current is None
    click(window.transport.step)
    assert len(entries(window)) == 2
    click(window.transport.step)
    click(window.transport.train)
    assert len(entries(window)) == 2, "it is the same run that goes on"
    ended(window, qtbot)


def test_that_the_list_tells_how_each_run_ended(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    first, second = trained(window, qtbot), trained(window, qtbot, activation="tanh")
    window.show_figures()
    for entry in (first, second):
        summary = entry.summary()
        assert (summary.iteration, summary.ended) == (60, True)
        assert entry.run_log
        assert entry.run_log.history.newest
        assert summary.test_accuracy == entry.run_log.history.newest.test_accuracy
    assert [row.entry for row in window.commands.list.table.rows] == [second, first]


def test_that_the_run_before_a_remedy_stays_as_an_overlay(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(SMALL.replace(activation="sigmoid", init="gauss"))
    before = trained(window, qtbot)
    assert overlaid(window) == []
    window.commentary.take_remedy(Remedy("He weights", {"init": "he"}))
    assert overlaid(window) == names(window)
    assert entries(window) == [before]
    click(window.transport.train)
    ended(window, qtbot)
    assert len(entries(window)) == 2
    assert overlaid(window) == names(window)[:1]
    assert dashboard_of(window).overlays.all[0].run_log is before.run_log
    ((color, dashes, any_drawn),) = lines_of(window)
    look = look_of(LIGHT, before.listing.color)
    assert (color, dashes, any_drawn) == (look.color, look.dashes, True)


def test_that_hiding_and_showing_a_run_changes_what_is_drawn(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    first, second, _ = (trained(window, qtbot, seed=seed) for seed in range(3))
    assert overlaid(window) == ["seed 0", "seed 1"]
    choose(window, first, "toggle")
    assert overlaid(window) == ["seed 1"]
    assert len(lines_of(window)) == 1
    choose(window, second, "toggle")
    assert overlaid(window) == []
    assert lines_of(window) == []
    choose(window, first, "all")
    assert overlaid(window) == ["seed 0", "seed 1"]
    assert all(any_drawn for *_, any_drawn in lines_of(window))


def test_that_renaming_recolouring_and_deleting_reach_the_curves(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    first, _ = (trained(window, qtbot, seed=seed) for seed in range(2))
    window.commands.runs.change(first, label="The old one", color=4)
    assert overlaid(window) == ["The old one"]
    assert lines_of(window)[0][:2] == (look_of(LIGHT, 4).color, look_of(LIGHT, 4).dashes)
    choose(window, first, "delete")
    assert overlaid(window) == []
    window.commands.list.commands.made["undo"].trigger()
    assert overlaid(window) == ["The old one"]


def test_that_the_run_on_the_screen_can_be_deleted_and_brought_back(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    entry = trained(window, qtbot)
    choose(window, entry, "delete")
    drawn(window)
    assert not entries(window)
    assert not overlaid(window)
    window.commands.list.commands.made["undo"].trigger()
    assert entries(window) == [entry]
    assert overlaid(window) == []
    assert current(window) is entry


def test_that_opening_a_listed_run_shows_it_in_dashboard_panel_and_transport(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window()
    first = trained(window, qtbot, activation="tanh", learning_rate=0.05)
    second = trained(window, qtbot, activation="relu", learning_rate=0.1, iterations=80)
    window.show_page(PageKind.COMPARE)
    double_click(window, first)
    assert window.pages
    assert window.pages.kind is PageKind.RUN
    assert window.panel.config == first.recipe.config == window.session.config
    assert current(window) is first
    assert dashboard_of(window).run_log is first.run_log
    assert "Tanh" in dashboard_of(window).caption.text()
    drawn(window)
    moment = dashboard_of(window).moment
    assert moment
    assert moment.figures.iteration == 60
    assert "60 of 60" in window.transport.figures.text()
    assert [overlay.run_log for overlay in dashboard_of(window).overlays.all] == [second.run_log]
    assert not window.session.running
    assert "Ended at iteration 60" in window.status.lasting


def test_that_a_run_that_goes_on_behind_can_be_opened_and_paused_again(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    first = trained(window, qtbot)
    window.take_config(LONG.replace(data=window.session.config.data))
    click(window.transport.train)
    reached(window, 50, qtbot)
    long = current(window)
    choose(window, first, "open")
    assert not running(window)
    before = long.summary().iteration
    qtbot.waitUntil(lambda: long.summary().iteration > before, timeout=TIMEOUT_MS)
    choose(window, long, "open")
    assert running(window)
    assert current(window) is long
    click(window.transport.train)
    assert not running(window)
    assert len(entries(window)) == 2


def test_that_a_run_that_another_process_still_trains_is_followed_on_the_dashboard(
    open_window: OpenWindow, qtbot: QtBot, tiny: Dataset
) -> None:
    window = open_window()
    entry = background(window, SMALL.replace(iterations=4_000, record_every=4))
    qtbot.waitUntil(lambda: entry.summary().iteration > 0, timeout=TIMEOUT_MS)
    choose(window, entry, "open")
    assert current(window) is entry
    assert window.panel.config == entry.recipe.config
    window.show_figures()
    going = not run_log_of(window).ended
    assert ("Ended" in window.status.lasting) != going, window.status.lasting
    qtbot.waitUntil(lambda: entry.summary().ended, timeout=TIMEOUT_MS)
    window.show_figures()
    drawn(window)
    moment = dashboard_of(window).moment
    assert moment
    assert moment.figures.iteration == 4_000
    assert "Ended at iteration 4" in window.status.lasting
    alone = train_recipe(entry.recipe, tiny)
    assert contents(run_log_of(window).history.newest) == contents(alone.history.newest)
    assert overlaid(window) == []


def test_that_training_after_opening_a_run_of_another_process_begins_one_of_its_own(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window()
    entry = background(window, LONG)
    qtbot.waitUntil(lambda: entry.summary().iteration > 0, timeout=TIMEOUT_MS)
    choose(window, entry, "open")
    click(window.transport.train)
    assert window.session.running
    assert current(window) is not entry
    assert len(entries(window)) == 2
    assert [overlay.run_log for overlay in dashboard_of(window).overlays.all] == [entry.run_log]


def test_that_another_theme_recolours_the_overlays(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    first, second, _ = (trained(window, qtbot, seed=seed) for seed in range(3))
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
    click(window.transport.train)
    reached(window, 120, qtbot)
    parent = current(window)
    window.commands.branch()
    click(asked(window).button)
    in_background = background(window, LONG)
    pages = window.commands.pages
    for kind in PageKind:
        window.show_page(kind)
        drawn(window)
        shown = {PageKind.REPEATS: pages.repeats, PageKind.MAP: pages.map}.get(kind)
        if shown:
            click(shown.controls.button)
            assert shown.busy
    qtbot.waitUntil(lambda: in_background.summary().iteration > 0, timeout=TIMEOUT_MS)
    assert active_children()
    child = current(window)
    window.close()
    assert watch.left_behind() == []
    assert active_children() == []
    left = [thread.name for thread in threading.enumerate() if thread not in before]
    assert not [name for name in left if not name.startswith("Dummy")], "Dummy is what Python calls Qt's threads"
    assert parent.run_log
    assert child.run_log
    assert parent.run_log.ended
    assert child.run_log.ended
