"""The list of runs: what it tells, how it is searched, and what can be done from it."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from gui.run_list.actions import GROUPS, RUN_ACTIONS
from gui.run_list.filter_and_sort import Filter, ListedRun, SortOrder
from gui.run_list.row_delegate import HEIGHT, SWATCH
from gui.run_list.run_list import EMPTY, NO_MATCH, RunList
from gui.run_list.run_row import Row
from gui.run_list.table_model import ROW
from gui.runs.run_entry import RunEntry
from gui.runs.run_registry import RunRegistry
from gui.style.run_styles import look_of
from gui.style.theme import DARK, LIGHT
from model.base.arithmetic import Arithmetic
from model.base.number_format import THIN
from model.config.config import Config
from model.config.recipe import Branch, Change, Recipe
from model.diagnosis.verdict import Cause, Condition, Verdict
from model.history.run_summary import RunListing, RunSummary, summarise
from model.nn.activations import Activation
from model.nn.initializers import Initializer
from tests.support.run_lists import begin, extend, prompt_runs, run_log_of, seeds


@pytest.fixture
def runs_list(qtbot: QtBot) -> RunList:
    """An empty list in a window of its own."""
    runs, _ = prompt_runs()
    made = RunList(runs, LIGHT)
    qtbot.addWidget(made)
    made.resize(276, 600)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def four(runs_list: RunList) -> RunList:
    """A sigmoid that is dead, two ReLU that learn, and one that goes on."""
    runs = runs_list.runs
    begin(runs, Config(activation=Activation.SIGMOID, init=Initializer.GAUSS), accuracy=0.1, condition=Condition.DEAD)
    begin(runs, Config(), accuracy=0.95)
    begin(runs, Config(init=Initializer.XAVIER), accuracy=0.9, condition=Condition.LATE)
    runs.begin(Recipe(Config(init=Initializer.GAUSS)), run_log_of([0.1, 0.2], ended=False))
    return runs_list


def rows(runs_list: RunList) -> list[Row]:
    table = runs_list.table
    return [table.index(place).data(ROW) for place in range(table.rowCount())]


def names(runs_list: RunList) -> list[str]:
    return [row.name for row in rows(runs_list)]


def place_of(runs_list: RunList, entry: RunEntry, x: int = 150) -> QPoint:
    """Where in the viewport a run's row is."""
    rect = runs_list.view.visualRect(runs_list.table.index_of(entry))
    return QPoint(rect.left() + x, rect.center().y())


def click(
    runs_list: RunList, entry: RunEntry, x: int = 150, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.mouseClick(runs_list.view.viewport(), Qt.MouseButton.LeftButton, keys, place_of(runs_list, entry, x))


def press(runs_list: RunList, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(runs_list.view, key, keys)


def sought(runs: RunRegistry, entry: RunEntry) -> ListedRun:
    """What a run is found and sorted by."""
    return ListedRun(runs.names()[entry.id], entry.listing, entry.summary())


def do(runs_list: RunList, name: str) -> None:
    """What the menu's command does."""
    action = runs_list.commands.made[name]
    assert action.isEnabled()
    action.trigger()


def test_that_an_empty_list_says_what_will_fill_it(runs_list: RunList) -> None:
    assert runs_list.empty.isVisible()
    assert runs_list.empty.text() == EMPTY
    assert not runs_list.buttons.isVisible()
    begin(runs_list.runs, Config())
    assert not runs_list.empty.isVisible()
    assert runs_list.view.isVisible()


def test_that_a_row_tells_name_accuracy_verdict_and_how_it_went(four: RunList) -> None:
    going, late, best, dead = rows(four)
    assert names(four) == ["ReLU, Gaussian", "ReLU, Xavier", "ReLU, He", "Sigmoid, Gaussian"]
    assert [row.accuracy for row in rows(four)] == [f"{each}{THIN}%" for each in ("20.0", "90.0", "95.0", "10.0")]
    assert [row.state for row in rows(four)] == ["Iteration 10", "Late", "Learning", "Dead"]
    assert best.summary.spark == pytest.approx(np.linspace(0.1, 0.95, 20), abs=1e-6)
    assert dead.condition is Condition.DEAD
    assert going.condition is None
    assert late.entry.listing.shown
    book = run_log_of([0.1, 0.5], Condition.LEARNING, ended=False)
    entry = four.runs.begin(Recipe(Config()), book)
    assert Row(entry, ListedRun("it", entry.listing, summarise(book))).state == "Learning …"


@pytest.mark.parametrize(("x", "tip"), [(SWATCH.center().x(), "Hide its curves"), (150, "test accuracy")])
def test_that_the_box_before_a_name_tells_what_a_click_does(four: RunList, x: int, tip: str) -> None:
    place = place_of(four, four.runs.shown[0], x)
    event = QHelpEvent(QEvent.Type.ToolTip, place, four.view.viewport().mapToGlobal(place))
    QApplication.sendEvent(four.view.viewport(), event)
    assert tip in QToolTip.text()
    QToolTip.hideText()


def test_that_the_tooltip_has_all_settings(runs_list: RunList) -> None:
    parent = Recipe(Config(activation=Activation.SIGMOID))
    recipe = Recipe(Config(), Branch(parent, 300), (Change(400, "learning_rate", 0.05),))
    runs_list.runs.begin(recipe, run_log_of([0.5], Condition.SLOW))
    text = runs_list.table.index(0).data(Qt.ItemDataRole.ToolTipRole)
    flat = " ".join(text.split())
    for part in (
        "40-20",
        "ReLU",
        "He",
        "SGD",
        "seed 0",
        "iteration 300",
        "Learning rate → 0.0500 at 400",
        "It is slow.",
    ):
        assert part in flat
    assert max(map(len, text.splitlines())) < 80
    assert "Computed with" not in flat, "it is not known of this one"


def test_that_the_tooltip_says_what_a_run_was_computed_with(runs_list: RunList) -> None:
    run_log = run_log_of([0.5], Condition.SLOW)
    run_log.arithmetic = Arithmetic("2.4.6 X86_V3", "OpenBLAS 0.3.31.188.0 Haswell", 1)
    runs_list.runs.begin(Recipe(Config()), run_log)
    flat = " ".join(runs_list.table.index(0).data(Qt.ItemDataRole.ToolTipRole).split())
    assert "Computed with NumPy 2.4.6 X86_V3, OpenBLAS 0.3.31.188.0 Haswell, 1 thread" in flat


def test_that_screen_readers_are_told_everything(four: RunList) -> None:
    spoken = four.table.index(3).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"Sigmoid, Gaussian, test accuracy 10.0{THIN}%, Dead, curves shown"
    for widget in (four.view, four.search, four.order):
        assert widget.accessibleName()


def test_that_a_click_on_the_swatch_shows_and_hides(four: RunList) -> None:
    entry = four.runs.entries[0]
    assert entry.listing.shown
    for wanted in (False, True):
        click(four, entry, SWATCH.center().x())
        assert entry.listing.shown is wanted
    assert four.chosen == [], "it does not choose the row"


def test_that_space_shows_and_hides_all_chosen_runs(four: RunList) -> None:
    first, second, third, fourth = four.runs.entries
    click(four, first)
    click(four, third, keys=Qt.KeyboardModifier.ControlModifier)
    press(four, Qt.Key.Key_Space)
    assert four.runs.shown == [second, fourth]
    press(four, Qt.Key.Key_Space)
    assert four.runs.shown == [first, second, third, fourth]


def test_that_curves_can_be_shown_alone_or_all_or_none(four: RunList) -> None:
    click(four, four.runs.entries[1])
    do(four, "only")
    assert four.runs.shown == [four.runs.entries[1]]
    do(four, "none")
    assert four.runs.shown == []
    four.search.setText("relu")
    do(four, "all")
    assert four.runs.shown == four.runs.entries[1:], "those that are listed"


def test_that_enter_or_a_double_click_opens_a_run(four: RunList, qtbot: QtBot) -> None:
    entry = four.runs.entries[2]
    click(four, entry)
    with qtbot.waitSignal(four.open_wanted) as opened:
        press(four, Qt.Key.Key_Return)
    assert opened.args == [entry]
    with qtbot.waitSignal(four.open_wanted) as opened:
        QTest.mouseDClick(four.view.viewport(), Qt.MouseButton.LeftButton, pos=place_of(four, four.runs.entries[0]))
    assert opened.args == [four.runs.entries[0]]


def test_that_a_run_is_renamed_in_place(four: RunList) -> None:
    entry = four.runs.entries[1]
    click(four, entry)
    press(four, Qt.Key.Key_F2)
    (editor,) = four.view.viewport().findChildren(QLineEdit)
    assert editor.text() == "ReLU, He"
    editor.setText("The good one")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert entry.listing.label == "The good one"
    assert "The good one" in names(four)
    index = four.table.index_of(entry)
    assert four.table.setData(index, "  ")
    assert four.table.index_of(entry).data() == "ReLU, He", "without a name of its own it has the old one"
    assert four.table.setData(index, "ReLU, He")
    assert entry.listing.label == "", "a name that was only looked at is not fixed"


def test_that_what_was_deleted_comes_back(four: RunList) -> None:
    runs, before = four.runs, list(four.runs.entries)
    click(four, before[1])
    press(four, Qt.Key.Key_Delete)
    assert runs.entries == [before[0], *before[2:]]
    assert four.undo_bar.isVisible()
    assert four.undo_bar.said == "Deleted ReLU, He."
    assert len(four.chosen) == 1, "the next is chosen"
    press(four, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert runs.entries == before
    assert four.chosen == [before[1]]
    assert not four.undo_bar.isVisible()
    four.view.selectAll()
    do(four, "delete")
    assert four.undo_bar.said == "Deleted 4 runs."
    assert four.empty.isVisible()
    QTest.mouseClick(four.undo_bar.undo, Qt.MouseButton.LeftButton)
    assert runs.entries == before


def test_that_every_command_is_in_the_menu_and_says_what_it_does(four: RunList) -> None:
    assert {each.name for each in RUN_ACTIONS} | {"color"} == {name for group in GROUPS for name in group}
    click(four, four.runs.entries[0])
    menu = four.commands.menu(LIGHT, [0])
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert len(texts) == len(RUN_ACTIONS) + 1
    for action in menu.actions():
        assert action.isSeparator() or action.menu() is not None or action.toolTip() != action.text()
    menu.deleteLater()


def test_that_commands_wait_for_a_run_to_be_chosen(four: RunList) -> None:
    made = four.commands.made
    assert not any(made[each.name].isEnabled() for each in RUN_ACTIONS if not each.none)
    click(four, four.runs.entries[0])
    assert all(action.isEnabled() for name, action in made.items() if name != "undo")
    four.view.selectAll()
    assert not made["branch"].isEnabled()
    assert made["export"].isEnabled()


def test_that_what_others_do_is_asked_for_by_signals(four: RunList, qtbot: QtBot) -> None:
    entry = four.runs.entries[0]
    click(four, entry)
    signals = {"open": four.open_wanted, "branch": four.branch_wanted, "repeats": four.repeats_wanted}
    for name, signal in signals.items():
        with qtbot.waitSignal(signal) as told:
            do(four, name)
        assert told.args == [entry]
    for name in ("command", "python"):
        with qtbot.waitSignal(four.copy_wanted) as told:
            do(four, name)
        assert told.args == [entry, name]
    four.view.selectAll()
    with qtbot.waitSignal(four.export_wanted) as told:
        do(four, "export")
    assert told.args is not None
    assert set(told.args[0]) == set(four.runs.entries)


def test_that_a_run_takes_another_colour_or_other_dashes(four: RunList) -> None:
    entry = four.runs.entries[0]
    click(four, entry)
    menu = four.commands.menu(LIGHT, [entry.listing.color])
    (colors,) = [action.menu() for action in menu.actions() if action.menu() is not None]
    assert isinstance(colors, QMenu)
    choices = [action for action in colors.actions() if not action.isSeparator()]
    assert len(choices) == len(LIGHT.runs) + 1
    assert [action.isChecked() for action in choices[:-1]].index(True) == entry.listing.color
    before = look_of(LIGHT, entry.listing.color)
    choices[-1].trigger()
    after = look_of(LIGHT, entry.listing.color)
    assert after.color == before.color
    assert after.dashes != before.dashes
    choices[3].trigger()
    assert look_of(LIGHT, entry.listing.color).color == LIGHT.runs[3]
    menu.deleteLater()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", 4), ("relu", 3), ("RELU xavier", 1), ("relu, he", 1), ("dead", 1), (">0.85", 2), ("> 89 %", 2),
        ("<0.5 relu", 1), ("sgd", 4), ("no batch norm", 4), ("tanh", 0), (">0.1 <0.92 late", 1),
    ],
)  # fmt: skip
def test_that_the_filter_takes_words_and_bounds(four: RunList, text: str, found: int) -> None:
    four.search.setText(text)
    assert len(rows(four)) == found
    assert four.empty.isVisible() == (found == 0)
    assert four.buttons.geometry().bottom() > four.height() - 10, "nothing moves while one types"
    if not found:
        assert four.empty.text() == NO_MATCH


@given(st.text(max_size=40))
def test_that_any_filter_can_be_typed(text: str) -> None:
    verdict = Verdict(Condition.DEAD, 0, Cause.SMALL_WEIGHTS)
    run = ListedRun("ReLU, He", RunListing(Recipe(Config())), RunSummary(10, 0.5, 1.0, verdict))
    rows = [SimpleNamespace(listed=run)]
    assert Filter(text).among(rows) in (rows, [])
    assert Filter("").among(rows) == rows


@given(st.text("relu >0.95,<", max_size=12), st.text("relu >0.95,<", max_size=4), st.floats(0, 1))
def test_that_a_filter_that_narrows_another_takes_nothing_that_the_other_leaves_out(
    text: str, more: str, accuracy: float
) -> None:
    run = ListedRun("ReLU, He", RunListing(Recipe(Config())), RunSummary(10, accuracy, 1.0, None))
    rows = [SimpleNamespace(listed=run)]
    for longer in (text + more, more + text):
        if Filter(longer).narrows(Filter(text)) and Filter(longer).among(rows):
            assert Filter(text).among(rows)
    assert Filter(text).narrows(Filter(text))
    assert Filter(text).narrows(Filter(""))


def test_that_runs_are_sorted_as_wanted(four: RunList) -> None:
    def sorted_by(order: SortOrder) -> list[str]:
        four.order.setCurrentIndex(four.order.findData(order))
        return names(four)

    assert sorted_by(SortOrder.NAME) == ["ReLU, Gaussian", "ReLU, He", "ReLU, Xavier", "Sigmoid, Gaussian"]
    assert sorted_by(SortOrder.ACCURACY) == ["ReLU, He", "ReLU, Xavier", "ReLU, Gaussian", "Sigmoid, Gaussian"]
    assert sorted_by(SortOrder.VERDICT) == ["ReLU, He", "ReLU, Xavier", "Sigmoid, Gaussian", "ReLU, Gaussian"]
    assert sorted_by(SortOrder.NEWEST) == ["ReLU, Gaussian", "ReLU, Xavier", "ReLU, He", "Sigmoid, Gaussian"]


def test_that_the_chosen_runs_stay_chosen_when_rows_move(four: RunList) -> None:
    first, _, third, _ = four.runs.entries
    click(four, first)
    click(four, third, keys=Qt.KeyboardModifier.ControlModifier)
    four.order.setCurrentIndex(four.order.findData(SortOrder.ACCURACY))
    assert set(four.chosen) == {first, third}
    begin(four.runs, Config(seed=5))
    assert set(four.chosen) == {first, third}
    four.search.setText("sigmoid")
    assert four.chosen == [first]


@given(
    st.lists(
        st.tuples(st.sampled_from([*SortOrder, "begin", "delete", "choose", "filter"]), st.integers(0, 7)), max_size=12
    )
)
def test_that_the_rows_are_those_of_the_list_after_any_actions(
    qapp: QApplication, actions: list[tuple[SortOrder | str, int]]
) -> None:
    runs, _ = prompt_runs()
    runs_list = RunList(runs, LIGHT)
    begin(runs, *seeds(3))
    for what, number in actions:
        chosen = runs_list.chosen
        if isinstance(what, SortOrder):
            runs_list.order.setCurrentIndex(runs_list.order.findData(what))
        elif what == "begin":
            begin(runs, Config(seed=number), accuracy=number / 8)
        elif what == "delete":
            runs.delete(runs.entries[number:][:2])
        elif what == "filter":
            runs_list.search.setText(("", "seed 1", ">0.5", "tanh")[number % 4])
        else:
            runs_list.view.selectAll()
            chosen = runs_list.chosen
        listed = [row.entry for row in rows(runs_list)]
        every = [SimpleNamespace(entry=entry, listed=sought(runs, entry)) for entry in runs.entries]
        wanted = [row.entry for row in runs_list.table.filter.among(every)]
        assert set(listed) == set(wanted)
        keys = [runs_list.table.order.sort_key(sought(runs, entry)) for entry in listed]
        assert keys == sorted(keys)
        assert set(runs_list.chosen) <= set(listed)
        assert set(runs_list.chosen) == set(chosen) & set(listed)
    runs_list.deleteLater()


def test_that_only_rows_with_news_are_painted_anew(four: RunList) -> None:
    told: list[int] = []
    four.table.dataChanged.connect(lambda top, bottom: told.extend(range(top.row(), bottom.row() + 1)))
    four.update_text()
    assert told == []
    going = four.runs.entries[-1]
    assert going.run_log
    extend(going.run_log, [0.4])
    four.update_text()
    assert told == [four.table.index_of(going).row()]
    assert rows(four)[0].accuracy == f"40.0{THIN}%"


def test_that_a_run_takes_its_place_in_the_order_when_it_ends(four: RunList) -> None:
    four.order.setCurrentIndex(four.order.findData(SortOrder.ACCURACY))
    going = four.runs.entries[-1]
    assert going.run_log
    extend(going.run_log, [0.99])
    four.update_text()
    assert rows(four)[0].entry is not going, "rows do not jump while it trains"
    going.run_log.end()
    four.update_text()
    assert rows(four)[0].entry is going


@pytest.fixture
def painted(four: RunList) -> RunList:
    """The list with the second run on the screen."""
    four.runs.viewed.entry = four.runs.entries[1]
    four.runs.changed.emit()
    return four


def test_that_the_run_on_the_screen_is_marked(painted: RunList) -> None:
    picture = painted.view.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()
    marked = [
        picture.pixelColor(round(ratio), round((place + 0.5) * HEIGHT * ratio)) == QColor(LIGHT.accent)
        for place in range(4)
    ]
    assert marked == [row.entry is painted.runs.viewed.entry for row in rows(painted)]
    assert sum(marked) == 1


def test_that_rows_are_dressed_in_both_themes(painted: RunList) -> None:
    light = painted.view.viewport().grab().toImage()
    painted.apply_theme(DARK)
    dark = painted.view.viewport().grab().toImage()
    assert light != dark
    place = place_of(painted, painted.runs.entries[0], SWATCH.left() + 6)
    for picture, theme in ((light, LIGHT), (dark, DARK)):
        color = picture.pixelColor(place * picture.devicePixelRatio())
        wanted = QColor(look_of(theme, 0).color)
        assert abs(color.hue() - wanted.hue()) < 25


def test_that_five_hundred_runs_need_no_widgets(runs_list: RunList) -> None:
    widgets = len(runs_list.findChildren(QWidget))
    begin(runs_list.runs, *seeds(20))
    runs_list.runs.add([RunListing(Recipe(config)) for config in seeds(480)])
    assert runs_list.table.rowCount() == 500
    runs_list.view.grab()
    assert len(runs_list.findChildren(QWidget)) <= widgets + 4  # scroll bars
    runs_list.select(runs_list.runs.entries[3])
    QApplication.processEvents()
    assert runs_list.view.visualRect(runs_list.table.index_of(runs_list.runs.entries[3])).intersects(
        runs_list.view.viewport().rect()
    )
    assert runs_list.chosen == [runs_list.runs.entries[3]]
