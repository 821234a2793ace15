"""All runs of a window: begun, shown, saved, read again, shared with another window."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from threading import current_thread, main_thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.runs import run_registry as runs_module
from gui.runs.recent_logs import KEPT
from gui.runs.run_entry import RunEntry
from gui.runs.run_registry import MOST_SHOWN, RunRegistry
from gui.runs.viewed import Viewed
from model.base.errors import InputError
from model.config.config import Config
from model.config.recipe import Change, Recipe
from model.history.run_log import RunLog
from model.history.run_summary import RunSummary, summarise
from model.library.library import Library
from tests.support.run_lists import begin, extend, prompt_runs, run_log_of, seeds
from tests.support.windows import TIMEOUT_MS


@pytest.fixture
def two_windows(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[RunRegistry, RunRegistry]]:
    """The runs of two windows on one library."""
    monkeypatch.setattr(runs_module, "LOOK_EVERY", 0.0)
    opened = [RunRegistry.open(tmp_path / "library.db", Viewed()) for _ in range(2)]
    yield opened[0], opened[1]
    for runs in opened:
        runs.autosaver.close()


def seen(runs: RunRegistry, qtbot: QtBot, wanted: object, look: Callable[[], Any]) -> None:
    """Wait until what `look` reads of these runs is as wanted."""

    def found() -> bool:
        runs.look()
        return bool(look() == wanted)

    qtbot.waitUntil(found, timeout=TIMEOUT_MS)


def test_that_a_run_that_begins_is_shown_in_a_colour_of_its_own_and_saved(qapp: QApplication) -> None:
    runs, autosaver = prompt_runs()
    entries = begin(runs, *seeds(5))
    assert runs.entries == runs.shown == entries
    assert len({entry.listing.color for entry in entries}) == 5
    assert [card.id for card in autosaver.library.runs()] == [entry.id for entry in entries]
    runs.change(entries[1], shown=False)
    (new,) = begin(runs, Config(seed=9))
    assert new.listing.color == entries[1].listing.color, "the colour of a hidden run is free again"


def test_that_a_new_run_lets_the_oldest_go_from_the_plots_when_colours_run_out(qapp: QApplication) -> None:
    runs, autosaver = prompt_runs()
    first, *_ = begin(runs, *seeds(MOST_SHOWN))
    runs.viewed.entry = first
    entries = begin(runs, *seeds(3))
    assert len(runs.shown) == MOST_SHOWN
    assert set(runs.shown) >= {first, *entries}, "the run on the screen stays"
    hidden = {card.id for card in autosaver.library.runs() if not card.shown}
    assert hidden == {entry.id for entry in runs.entries if not entry.listing.shown}


def test_that_a_run_is_called_after_what_differs_or_as_the_user_says(qapp: QApplication) -> None:
    runs, _ = prompt_runs()
    first, second = begin(runs, *seeds(2))
    assert runs.names() == {first.id: "seed 0", second.id: "seed 1"}
    runs.change(first, label="Mine")
    assert runs.names()[first.id] == "Mine"
    runs.change(first, label="")
    assert runs.names()[first.id] == "seed 0"


def test_that_what_was_changed_on_the_way_belongs_to_the_recipe(qapp: QApplication) -> None:
    runs, _ = prompt_runs()
    (entry,) = begin(runs, Config())
    assert entry.run_log
    entry.run_log.mark(Change(50, "learning_rate", 0.01))
    assert entry.recipe == Recipe(Config(), changes=(Change(50, "learning_rate", 0.01),))


def test_that_runs_from_a_file_join_the_list(qapp: QApplication, tmp_path: Path) -> None:
    runs, autosaver = prompt_runs()
    (entry,) = begin(runs, Config())
    autosaver.library.write(entry.id, tmp_path / "run.layerscope")
    other, its_autosaver = prompt_runs()
    begin(other, Config(seed=1))
    (added,) = other.add(its_autosaver.library.take(tmp_path / "run.layerscope"))
    assert other.entries[0] is added
    assert other.add([added.listing]) == [added]
    assert len(other.entries) == 2
    other.load(added)
    assert added.run_log
    assert added.summary().test_accuracy == entry.summary().test_accuracy


def test_that_the_summary_is_made_anew_only_when_the_run_has_gone_on(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs, _ = prompt_runs()
    run_log = run_log_of([0.1, 0.5], ended=False)
    entry = runs.begin(Recipe(Config()), run_log)
    made: list[RunLog] = []

    def counted(book: RunLog) -> RunSummary:
        made.append(book)
        return summarise(book)

    monkeypatch.setattr("gui.runs.run_entry.summarise", counted)
    assert entry.summary().test_accuracy == pytest.approx(0.5)
    assert entry.summary() is entry.summary()
    assert len(made) == 1
    extend(run_log, [0.7])
    assert entry.summary().test_accuracy == pytest.approx(0.7)
    assert len(made) == 2


def test_that_deleting_can_be_undone_again_and_again(qapp: QApplication) -> None:
    runs, autosaver = prompt_runs()
    entries = begin(runs, *seeds(4))
    runs.delete([entries[1]])
    runs.delete([entries[3], entries[0]])
    assert runs.entries == [entries[2]]
    assert [card.id for card in autosaver.library.runs()] == [entries[2].id]
    assert runs.undo() == [entries[0], entries[3]]
    assert runs.undo() == [entries[1]]
    assert runs.undo() == []
    assert runs.entries == entries
    assert [card.id for card in autosaver.library.runs()] == [entry.id for entry in entries]


@given(st.lists(st.tuples(st.sampled_from(["begin", "delete", "undo", "show", "hide", "look"]), st.integers(0, 9))))
def test_that_list_and_library_agree_after_any_actions(qapp: QApplication, actions: list[tuple[str, int]]) -> None:
    runs, autosaver = prompt_runs()
    for what, place in actions:
        chosen = runs.entries[place : place + 2]
        match what:
            case "begin":
                begin(runs, Config(seed=place))
            case "delete":
                runs.delete(chosen)
            case "undo":
                runs.undo()
            case "show":
                runs.show(chosen)
            case "hide":
                for entry in chosen:
                    runs.change(entry, shown=False)
            case _:
                runs.refresh()
        saved = {card.id: card for card in autosaver.library.runs()}
        assert list(saved) == [entry.id for entry in runs.entries]
        for entry in runs.entries:
            assert (entry.listing.shown, entry.listing.color) == (saved[entry.id].shown, saved[entry.id].color)
    created = [entry.listing.created for entry in runs.entries]
    assert all(before <= after for before, after in pairwise(created))
    assert len(set(runs.names().values())) == len(runs.entries)


def test_that_an_answer_older_than_what_was_done_here_is_asked_for_again(qapp: QApplication) -> None:
    runs, autosaver = prompt_runs()
    first, second = begin(runs, *seeds(2))
    runs.refresh()
    autosaver.patient = True
    runs.refresh()
    runs.change(first, label="Mine")
    runs.delete([second])
    (third,) = begin(runs, Config(seed=7))
    autosaver.patient = False
    autosaver.answer()
    assert runs.entries == [first, third]
    assert runs.names()[first.id] == "Mine"


def test_that_a_run_log_is_read_once_for_all_that_wait_for_it(qapp: QApplication) -> None:
    before, autosaver = prompt_runs()
    begin(before, Config())
    runs = RunRegistry(before.autosaver, Viewed())
    (entry,) = runs.entries
    assert entry.run_log is None
    assert entry.summary().test_accuracy == pytest.approx(0.9, abs=1e-3), "the list needs no log"
    autosaver.patient, asked = True, autosaver.asked
    arrived: list[object] = []
    runs.loaded.connect(arrived.append)
    for _ in range(3):
        runs.load(entry, arrived.append)
    assert autosaver.asked == asked + 1
    autosaver.answer()
    assert arrived == [entry, *[entry.run_log] * 3]
    runs.load(entry, arrived.append)
    assert arrived[-1] is entry.run_log
    assert autosaver.asked == asked + 1
    assert not entry.going


def test_that_a_run_log_that_cannot_be_read_is_told_and_asked_for_no_more(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, _ = prompt_runs()
    begin(before, Config())
    runs = RunRegistry(before.autosaver, Viewed())
    (entry,) = runs.entries

    def fail(library: Library, id_: str) -> RunLog:
        raise InputError("'library.db' is damaged.")

    said: list[str] = []
    runs.said.connect(said.append)
    with monkeypatch.context() as patch:
        patch.setattr(Library, "load", fail)
        runs.load(entry)
    assert said == ["'library.db' is damaged."]
    assert not entry.listing.shown
    runs.load(entry)
    assert entry.run_log, "it may be tried again"


def test_that_run_logs_nobody_looks_at_are_let_go_once_they_are_saved(qapp: QApplication) -> None:
    runs, _ = prompt_runs()
    going = runs.begin(Recipe(Config()), run_log_of([0.1], ended=False))
    entries = begin(runs, *seeds(KEPT + 6))
    unsaved = runs.begin(Recipe(Config()), book := run_log_of([0.1], ended=False))
    extend(book, [0.2])
    book.end()
    runs.viewed.entry = entries[0]
    runs.show(entries[1:2])
    runs.refresh()
    here = [entry for entry in runs.entries if entry.run_log]
    assert set(here) >= {going, entries[0], entries[1], unsaved}
    assert len([entry for entry in here if not entry.listing.shown]) <= KEPT + 3
    gone = [entry for entry in entries if entry.run_log is None]
    assert len(gone) >= 3
    for entry in gone:
        assert entry.summary().test_accuracy == pytest.approx(0.9, abs=1e-3)
    runs.load(gone[0])
    assert gone[0].run_log
    assert len(gone[0].run_log.history) == 20


def test_that_two_windows_have_the_same_list(two_windows: tuple[RunRegistry, RunRegistry], qtbot: QtBot) -> None:
    one, other = two_windows
    (entry,) = begin(one, Config(seed=1))
    seen(other, qtbot, [entry.id], lambda: [each.id for each in other.entries])
    (copy,) = other.entries
    other.change(copy, label="Seen", color=5, shown=False)
    seen(one, qtbot, ("Seen", 5, False), lambda: (entry.listing.label, entry.listing.color, entry.listing.shown))
    assert entry.run_log, "what trains here stays here"
    begin(other, Config(seed=2))
    seen(one, qtbot, 2, lambda: len(one.entries))
    one.delete([entry])
    seen(other, qtbot, 1, lambda: len(other.entries))
    one.undo()
    seen(other, qtbot, 2, lambda: len(other.entries))


def test_that_a_run_that_goes_on_in_another_window_is_read_anew(
    two_windows: tuple[RunRegistry, RunRegistry], qtbot: QtBot
) -> None:
    one, other = two_windows
    run_log = run_log_of([0.1, 0.2], ended=False)
    entry = one.begin(Recipe(Config()), run_log)
    seen(
        other, qtbot, 10, lambda: [each.summary().iteration for each in other.entries][:1][0] if other.entries else None
    )
    (copy,) = other.entries
    with qtbot.waitSignal(other.loaded, timeout=TIMEOUT_MS):
        other.load(copy)
    assert copy.run_log
    extend(run_log, [0.3, 0.4])
    seen(other, qtbot, None, lambda: copy.run_log)
    assert copy.summary().iteration == 30
    assert entry.run_log is run_log


def test_that_answers_come_in_the_windows_thread(two_windows: tuple[RunRegistry, RunRegistry], qtbot: QtBot) -> None:
    one, other = two_windows
    begin(one, Config())
    seen(other, qtbot, 1, lambda: len(other.entries))
    threads: list[object] = []
    other.loaded.connect(lambda _: threads.append(current_thread()))
    other.load(other.entries[0], lambda _: threads.append(current_thread()))
    qtbot.waitUntil(lambda: len(threads) == 2, timeout=TIMEOUT_MS)
    assert threads == [main_thread()] * 2


def test_that_the_autosavers_troubles_are_said(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "library.db").write_bytes(b"no library at all" * 100)
    runs = RunRegistry.open(tmp_path / "library.db", Viewed())
    said: list[tuple[str, object]] = []
    runs.said.connect(lambda text: said.append((text, current_thread())))
    qtbot.waitUntil(lambda: bool(said), timeout=TIMEOUT_MS)
    runs.autosaver.close()
    assert "library.db" in said[0][0]
    assert said[0][1] is main_thread()


def test_that_the_runs_of_the_last_session_are_there_again(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    runs = RunRegistry.open(tmp_path / "library.db", Viewed())
    entries: list[RunEntry] = begin(runs, *seeds(3))
    runs.change(entries[0], label="First")
    runs.autosaver.close()
    again = RunRegistry.open(tmp_path / "library.db", Viewed())
    qtbot.waitUntil(lambda: len(again.entries) == 3, timeout=TIMEOUT_MS)
    again.autosaver.close()
    assert list(again.names().values()) == ["First", "seed 1", "seed 2"]
    assert [entry.summary() for entry in again.entries] == [entry.summary() for entry in entries]
