"""What the window does with more than the run on the screen: list, overlays, opening, branching."""

import threading
from collections.abc import Callable
from multiprocessing import active_children
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.entry import Entry
from gui.fork_dialog import ForkDialog
from gui.lesson import begin_in_background
from gui.run_colors import look_of
from gui.run_commands import NO_WEIGHTS
from gui.side import LISTED
from gui.theme import DARK, LIGHT
from gui.window import MainWindow
from model.config import Config
from model.datasets import Dataset
from model.recipe import Recipe
from model.remedies import Remedy
from model.replay import train_recipe
from model.request import PageKind
from tests.gui_support import LONG, SMALL, TIMEOUT_MS, OpenWindow, click, dashboard_of, drawn, edit, ended, mailbox_of
from tests.gui_support import put, reached, visible
from tests.gui_watch import Watch
from tests.plain import contents


def entries(window: MainWindow) -> list[Entry]:
    return window.commands.runs.entries


def current(window: MainWindow) -> Entry:
    """The run on the screen, which is in the list."""
    found = window.commands.runs.current
    assert found is not None
    return found


def overlaid(window: MainWindow) -> list[str]:
    """The names of the runs whose curves lie behind those of the run on the screen."""
    return [overlay.name for overlay in dashboard_of(window).overlays.all]


def names(window: MainWindow) -> list[str]:
    return list(window.commands.runs.names().values())


def trained(window: MainWindow, qtbot: QtBot, **settings: Any) -> Entry:
    """A run with these settings, trained from the panel to its end."""
    window.panel.show_config(window.panel.config.replace(**settings))
    window.reset()
    window.train_or_pause()
    qtbot.waitUntil(lambda: not window.session.loading, timeout=TIMEOUT_MS)
    ended(window, qtbot)
    return current(window)


def place_in_list(window: MainWindow, entry: Entry) -> QRect:
    """Where the list shows a run."""
    window.side.choose(LISTED)
    view = window.commands.list.view
    place: QRect = view.visualRect(window.commands.list.table.index_of(entry))
    assert view.viewport().rect().intersects(place)
    return place


def double_click(window: MainWindow, entry: Entry) -> None:
    """Open a run of the list as a user does."""
    viewport, place = window.commands.list.view.viewport(), place_in_list(window, entry).center()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=place)


def choose(window: MainWindow, entry: Entry, deed: str) -> None:
    """Choose a run of the list and a command for it."""
    place_in_list(window, entry)
    window.commands.list.select(entry)
    action = window.commands.list.commands.made[deed]
    assert action.isEnabled()
    action.trigger()


def asked(window: MainWindow) -> ForkDialog:
    """The dialog that asks what a branch shall be."""
    (dialog,) = visible(window, ForkDialog)
    return dialog


def newest_weights(window: MainWindow) -> int:
    """The iteration that a branch of now would begin at."""
    weights = mailbox_of(window).weights
    return weights.iteration if weights else -1


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
    assert first.logbook is mailbox_of(window)
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
        digest = entry.digest()
        assert (digest.iteration, digest.ended) == (60, True)
        assert entry.logbook
        assert entry.logbook.history.newest
        assert digest.test_accuracy == entry.logbook.history.newest.test_accuracy
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
    assert dashboard_of(window).overlays.all[0].logbook is before.logbook
    ((color, dashes, any_drawn),) = lines_of(window)
    look = look_of(LIGHT, before.card.color)
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
    assert entries(window) == overlaid(window) == []
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
    assert dashboard_of(window).mailbox is first.logbook
    assert "Tanh" in dashboard_of(window).caption.text()
    drawn(window)
    moment = dashboard_of(window).moment
    assert moment
    assert moment.figures.iteration == 60
    assert "60 of 60" in window.transport.figures.text()
    assert [overlay.logbook for overlay in dashboard_of(window).overlays.all] == [second.logbook]
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
    assert not window.session.running
    before = long.digest().iteration
    qtbot.waitUntil(lambda: long.digest().iteration > before, timeout=TIMEOUT_MS)
    choose(window, long, "open")
    assert window.session.running
    assert current(window) is long
    click(window.transport.train)
    assert not window.session.running
    assert len(entries(window)) == 2


def background(window: MainWindow, config: Config) -> Entry:
    """A run that a worker process trains."""
    recipe = Recipe(config.replace(data=window.session.config.data))
    return begin_in_background(window.commands.runs, window.commands.pages.crew, recipe)


def test_that_a_run_that_another_process_still_trains_is_followed_on_the_dashboard(
    open_window: OpenWindow, qtbot: QtBot, tiny: Dataset
) -> None:
    window = open_window()
    entry = background(window, SMALL.replace(iterations=4_000, record_every=4))
    qtbot.waitUntil(lambda: entry.digest().iteration > 0, timeout=TIMEOUT_MS)
    choose(window, entry, "open")
    assert current(window) is entry
    assert window.panel.config == entry.recipe.config
    window.show_figures()
    going = not mailbox_of(window).ended
    assert ("Ended" in window.status.lasting) != going, window.status.lasting
    qtbot.waitUntil(lambda: entry.digest().ended, timeout=TIMEOUT_MS)
    window.show_figures()
    drawn(window)
    moment = dashboard_of(window).moment
    assert moment
    assert moment.figures.iteration == 4_000
    assert "Ended at iteration 4" in window.status.lasting
    alone = train_recipe(entry.recipe, tiny)
    assert contents(mailbox_of(window).history.newest) == contents(alone.history.newest)
    assert overlaid(window) == []


def test_that_training_after_opening_a_run_of_another_process_begins_one_of_its_own(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window()
    entry = background(window, LONG)
    qtbot.waitUntil(lambda: entry.digest().iteration > 0, timeout=TIMEOUT_MS)
    choose(window, entry, "open")
    click(window.transport.train)
    assert window.session.running
    assert current(window) is not entry
    assert len(entries(window)) == 2
    assert [overlay.logbook for overlay in dashboard_of(window).overlays.all] == [entry.logbook]


def test_that_a_branch_begins_at_the_kept_iteration_while_its_parent_goes_on(
    open_window: OpenWindow, qtbot: QtBot, tiny: Dataset
) -> None:
    window = open_window(LONG)
    click(window.transport.train)
    reached(window, 300, qtbot)
    parent, at = current(window), 120
    window.go_to(at)
    window.commands.branch()
    dialog = asked(window)
    kept = dialog.snapshot.iteration
    assert 0 < kept <= at
    put(dialog.form.editors["activation"], "tanh")
    put(dialog.form.editors["learning_rate"], 0.05)
    put(dialog.form.editors["iterations"], kept + 200)
    dialog.form.layer.setCurrentIndex(1)
    put(dialog.form.factor, 0.5)
    click(dialog.button)
    child = current(window)
    assert entries(window) == [parent, child]
    assert child.recipe.branch
    assert (child.recipe.branch.iteration, child.recipe.branch.parent) == (kept, parent.recipe)
    assert window.panel.config == window.session.config == child.recipe.config
    assert dashboard_of(window).at is None
    before = parent.digest().iteration
    qtbot.waitUntil(lambda: parent.digest().iteration > before, timeout=TIMEOUT_MS)
    ended(window, qtbot)
    assert mailbox_of(window).history.timeline.moments[0].iteration == kept
    assert contents(mailbox_of(window).history.newest) == contents(train_recipe(child.recipe, tiny).history.newest)
    assert names(window) == ["ReLU, He", f"Tanh, rate 0.05, × 0.5 at {kept}"]
    assert overlaid(window) == ["ReLU, He"]
    assert parent.logbook
    assert parent.logbook.changes == [], "the branch's settings are not those of its parent"
    assert not parent.logbook.ended


def test_that_a_branch_from_the_menu_begins_now_and_lets_a_paused_parent_go_on(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(LONG)
    window.session.step(70)
    reached(window, 70, qtbot)
    qtbot.waitUntil(lambda: newest_weights(window) == 70, timeout=TIMEOUT_MS)
    parent = current(window)
    QTest.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    click(asked(window).cancel)
    assert entries(window) == [parent]
    window.commands.branch()
    click(asked(window).button)
    assert window.session.running
    qtbot.waitUntil(lambda: parent.digest().iteration > 70, timeout=TIMEOUT_MS)
    assert current(window).recipe.start == 70
    window.session.pause()


def test_that_live_changes_made_before_the_moment_are_part_of_the_branch(
    open_window: OpenWindow, qtbot: QtBot, tiny: Dataset
) -> None:
    window = open_window(LONG.replace(record_every=10))
    window.session.step(40)
    reached(window, 40, qtbot)
    edit(window, "learning_rate", 0.02)
    window.session.step(40)
    qtbot.waitUntil(lambda: newest_weights(window) == 80, timeout=TIMEOUT_MS)
    window.commands.branch()
    dialog = asked(window)
    assert dialog.form.editors["learning_rate"].value() == 0.02
    put(dialog.form.editors["iterations"], 120)
    click(dialog.button)
    ended(window, qtbot)
    child = current(window).recipe
    assert child.branch
    assert [tuple(change) for change in child.branch.parent.changes] == [(40, "learning_rate", 0.02)]
    assert contents(mailbox_of(window).history.newest) == contents(train_recipe(child, tiny).history.newest)


def test_that_a_branch_of_another_run_of_the_list_opens_that_first(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    first, second = trained(window, qtbot, seed=1), trained(window, qtbot, seed=2)
    choose(window, first, "branch")
    dialog = asked(window)
    assert current(window) is first
    assert dialog.snapshot.iteration == 60
    assert dialog.form.config.iterations == 120, "a branch off the end goes on from there"
    click(dialog.button)
    ended(window, qtbot)
    assert names(window) == ["seed 1", "seed 2", "seed 1, branch at 60"]
    assert overlaid(window) == ["seed 1", "seed 2"]
    assert second.digest().iteration == first.digest().iteration == 60


def test_that_a_branch_of_a_run_on_other_data_waits_for_that(
    open_window: OpenWindow, qtbot: QtBot, other: str
) -> None:
    window = open_window()
    first = trained(window, qtbot)
    trained(window, qtbot, data=other)
    choose(window, first, "branch")
    qtbot.waitUntil(lambda: bool(visible(window, ForkDialog)), timeout=TIMEOUT_MS)
    assert asked(window).origin == first.recipe
    assert current(window) is first
    click(asked(window).button)
    ended(window, qtbot)
    branch = current(window).recipe.branch
    assert branch
    assert branch.parent == first.recipe


def test_that_the_dialog_goes_when_another_run_comes_on_the_screen(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    first, _ = trained(window, qtbot, seed=1), trained(window, qtbot, seed=2)
    window.commands.branch()
    assert visible(window, ForkDialog)
    choose(window, first, "open")
    assert not visible(window, ForkDialog)


@pytest.mark.parametrize("begins", [False, True])
def test_that_a_run_without_kept_weights_says_why_it_cannot_be_branched_off(
    open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, begins: bool
) -> None:
    window = open_window()
    if begins:
        monkeypatch.setattr("model.weights.BUDGET", 1)  # no network fits
        window.reset()
        window.session.step(1)
        reached(window, 1, qtbot)
    listed = len(entries(window))
    window.commands.branch()
    assert window.status.text.text() == NO_WEIGHTS
    assert not visible(window, ForkDialog)
    assert len(entries(window)) == listed


def test_that_another_theme_recolours_the_overlays(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    first, second, _ = (trained(window, qtbot, seed=seed) for seed in range(3))
    for theme in (DARK, LIGHT):
        window.choose_theme(theme.name)
        expected = [look_of(theme, entry.card.color) for entry in (first, second)]
        assert [line[:2] for line in lines_of(window)] == [(look.color, look.dashes) for look in expected]
    assert look_of(DARK, first.card.color).color != look_of(LIGHT, first.card.color).color


def test_that_closing_with_everything_running_leaves_no_thread_or_process(
    open_window: OpenWindow, qtbot: QtBot, watch: Watch
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
    qtbot.waitUntil(lambda: in_background.digest().iteration > 0, timeout=TIMEOUT_MS)
    assert active_children()
    child = current(window)
    window.close()
    assert watch.left_behind() == []
    assert active_children() == []
    left: Callable[[], list[threading.Thread]] = lambda: [t for t in threading.enumerate() if t not in before]
    assert not [t for t in left() if t.is_alive() and not t.name.startswith("Dummy")], left()
    assert parent.logbook
    assert child.logbook
    assert parent.logbook.ended
    assert child.logbook.ended
