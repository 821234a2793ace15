"""What a screen reader is given: labels, sentences with figures, and what is new; names are for test_every_place.py."""

import re
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGraphicsView, QWidget
from pytestqt.qtbot import QtBot

from gui.plots.live_view import LiveView
from gui.views.digit.digit_view import DigitView
from gui.views.digit.mode_switch import DigitMode
from gui.views.gradients_view import GradientsView
from gui.views.over_time.over_time_view import WAYS, OverTimeView
from gui.views.spoken_layers import MOST, few
from model.base import number_format
from model.config.config import Config
from model.config.views import PageKind, ViewKind
from model.diagnosis.verdict import Condition
from tests.support.screen_reader import Speech, description_of, name_of, nameless_entries, unlabelled
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.window_walk import settle
from tests.support.windows import LONG, SMALL, TIMEOUT_MS

LONGEST = 600  # letters of a sentence about any number of layers


@pytest.fixture
def window(open_window: OpenWindow, qtbot: QtBot) -> WindowPage:
    """A window in front with a run that has ended."""
    made = open_window()
    made.resize(1600, 1200)
    made.activate(qtbot)
    made.train_to_end(qtbot)
    settle(made)
    return made


def test_that_every_entry_of_a_menu_has_a_text(window: WindowPage) -> None:
    assert not [*nameless_entries([*window.actions()])]


def test_that_every_list_of_choices_has_a_label(window: WindowPage) -> None:
    found: set[str] = set()
    for kind in PageKind:
        window.show_page(kind)
        settle(window)
        found |= {*unlabelled(window.widget)}
    for title in ("Runs", "Settings"):
        window.side_tab(title).click()
        settle(window)
        found |= {*unlabelled(window.widget)}
    assert not found, "\n".join(sorted(found))


def test_that_the_curves_say_their_figures(window: WindowPage) -> None:
    newest = window.run.history.newest
    assert newest
    said = description_of(window.board.accuracy.view)
    assert number_format.percent(newest.test_accuracy) in said
    assert number_format.percent(newest.train_accuracy) in said
    assert number_format.count(newest.iteration) in said
    assert number_format.significant(newest.loss) in description_of(window.board.loss.view)
    window.go_to(4)
    settle(window)
    assert f"Iteration {number_format.count(4)}" in description_of(window.board.accuracy.view)


def test_that_every_plot_says_its_own_figures(window: WindowPage) -> None:
    for view in ViewKind:
        window.show_view(view)
        settle(window)
        window.show_figures()
        shown = window.board.detail.view
        if isinstance(shown, DigitView):
            for mode in DigitMode:
                shown.choose_mode(mode)
                settle(window)
        pictures = [each for each in window.visible(QGraphicsView) if shown.isAncestorOf(each)]
        stops = [each for each in pictures if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        assert stops, view.label
        names = [name_of(each) for each in pictures]
        assert len(names) == len(set(names)), names
        for each in stops:
            assert re.search(r"\d", description_of(each)), f"{view.label}: {name_of(each)}"
        if isinstance(shown, OverTimeView):
            for way in WAYS:
                shown.choose(way)
                settle(window)
                window.show_figures()
                plots = [each for each in window.visible(LiveView) if shown.isAncestorOf(each)]
                told = [each for each in plots if re.search(r"\d", description_of(each))]
                assert told, way.text


def test_that_each_layers_plot_names_quantity_and_layer(window: WindowPage) -> None:
    window.show_view(ViewKind.GRADIENTS)
    settle(window)
    window.show_figures()
    shown = window.board.detail.view
    names = [name_of(each) for each in window.visible(LiveView) if shown.isAncestorOf(each)]
    assert sorted(names) == ["δ, Layer 1", "δ, Layer 2", "δ, Output"]


def test_that_sentences_are_renewed_with_the_text(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(LONG)
    window.train()
    said: set[str] = set()

    def renewed() -> bool:
        said.add(description_of(window.board.signal.canvas))
        return len(said) > 3

    qtbot.waitUntil(renewed, timeout=TIMEOUT_MS)
    window.pause()


@pytest.mark.parametrize("layers", [1, 10, 50])
def test_that_sentences_stay_short_with_many_layers(open_window: OpenWindow, qtbot: QtBot, layers: int) -> None:
    window = open_window(Config(hidden=(5,) * layers, batch_size=10, iterations=2))
    window.train_to_end(qtbot)
    for view in (ViewKind.LEDGER, ViewKind.TIMELINE, ViewKind.DIGIT):
        window.show_view(view)
        settle(window)
        window.show_figures()
        for each in window.visible(QGraphicsView):
            assert len(description_of(each)) <= LONGEST, name_of(each)
    chosen = few(layers)
    assert chosen[0] == 0
    assert chosen[-1] == layers - 1
    assert len(chosen) == min(layers, MOST)


def test_that_a_patients_bars_are_not_told_before_the_bet(window: WindowPage) -> None:
    strip = window.board.signal
    assert description_of(strip.canvas)
    strip.picture.hold_back(1)
    strip.update_text(None)
    assert "0." not in description_of(strip.canvas)


def test_that_making_all_sentences_costs_next_to_nothing(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(Config(hidden=(5,) * 10, batch_size=10, iterations=20))
    window.train_to_end(qtbot)
    window.show_view(ViewKind.GRADIENTS)
    settle(window)
    signal, view = window.board.signal, window.board.detail.view
    assert isinstance(view, GradientsView)
    times = []
    for _ in range(20):
        begun = perf_counter()
        signal._describe()
        for curve in window.board.curves:
            curve.describe("", None)
        for plot in view.layers:
            plot.plot.keys.describe("", plot.said())
        times.append(perf_counter() - begun)
    assert min(times) < 0.005  # of the half second between two texts


def test_that_another_condition_is_spoken_once(
    window: WindowPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    speech = Speech(monkeypatch)
    window.take_config(LONG)
    window.train()
    labels = [condition.label for condition in Condition]

    def conditions() -> list[str]:
        return [label for each in speech.texts if (label := each.partition(": ")[0]) in labels]

    qtbot.waitUntil(lambda: bool(conditions()), timeout=TIMEOUT_MS)
    reached = window.run.iteration
    qtbot.waitUntil(lambda: window.run.iteration > reached + 500, timeout=TIMEOUT_MS)
    for _ in range(3):
        window.show_figures()
    told = conditions()
    assert window.verdict
    assert told[-1] == window.verdict.condition.label
    assert all(before != after for before, after in pairwise(told))
    assert speech.polite
    window.pause()


def test_that_the_end_of_a_run_is_spoken(window: WindowPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    speech = Speech(monkeypatch)
    window.take_config(SMALL.replace(seed=2))
    window.train_to_end(qtbot)
    newest = window.run.history.newest
    assert newest
    told = [each for each in speech.texts if "has ended" in each]
    assert len(told) == 1
    assert number_format.percent(newest.test_accuracy) in told[0]


def test_that_an_error_is_spoken(window: WindowPage, monkeypatch: pytest.MonkeyPatch) -> None:
    speech = Speech(monkeypatch)
    window.status_line.note("No such file: nothing.json.")
    assert speech.texts == ["No such file: nothing.json."]
    assert "No such file" in name_of(window.status_line.text)


def test_that_what_came_of_a_bet_is_spoken(
    open_window: OpenWindow, qtbot: QtBot, kinds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    speech = Speech(monkeypatch)
    lessons = window.lessons
    lessons.open("1", 2, kinds)
    lessons.press(Qt.Key.Key_1)
    lessons.act()
    lessons.wait_until_told(qtbot)
    assert lessons.told in speech.texts
    assert speech.texts.count(lessons.told) == 1


def test_that_pages_of_results_say_their_figures(window: WindowPage, qtbot: QtBot) -> None:
    for kind in (PageKind.REPEATS, PageKind.MAP):
        window.show_page(kind)
        window.page.show_example(2)
        qtbot.waitUntil(lambda: not window.page.busy, timeout=20 * TIMEOUT_MS)
        settle(window)
        stops: list[QWidget] = [
            each for each in window.visible(QWidget) if hasattr(each, "figures") or isinstance(each, LiveView)
        ]
        told = [each for each in stops if re.search(r"\d", description_of(each))]
        assert told, kind.label
