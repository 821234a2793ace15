"""The window on its library: what was there is there again, and a bad library does no harm."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from gui.style.run_styles import look_of
from gui.style.theme import LIGHT
from model.config.views import PageKind
from model.data.datasets import Dataset
from model.library.library import Library
from model.library.schema import newest
from tests.support.finished_runs import small, train
from tests.support.saved_runs import assert_same, assert_same_history, library_with, tampered
from tests.support.window_page import OpenWindow
from tests.support.windows import LONG, TIMEOUT_MS


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the library is, or will be."""
    return tmp_path / "library" / "runs.layerscope-library"


@pytest.fixture
def filled(path: Path, folder: str, tiny: Dataset) -> Path:
    """A library with three runs that nobody has open."""
    path.parent.mkdir()
    runs = [train(small(folder, seed=seed, iterations=20), tiny) for seed in range(3)]
    return tampered(library_with(path, *runs))


def files(folder: Path) -> dict[str, bytes]:
    """All that is in a folder."""
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def test_that_the_runs_of_the_last_window_are_back(open_window: OpenWindow, qtbot: QtBot, path: Path) -> None:
    window = open_window(library=path)
    before = [window.train_to_end(qtbot, seed=seed) for seed in range(4)]
    window.runs.change(before[0], label="The first", color=5)
    window.runs.change(before[2], shown=False)
    expected, digests = window.runs.names, [entry.summary() for entry in before]
    assert expected == ["The first", "seed 1", "seed 2", "seed 3"]
    assert all(summary.verdict for summary in digests)
    window.close()
    again = open_window(library=path)
    after = again.runs.wait_for(4, qtbot)
    assert again.runs.names == expected
    assert [entry.id for entry in after] == [entry.id for entry in before]
    assert [(entry.listing.color, entry.listing.shown) for entry in after] == [
        (entry.listing.color, entry.listing.shown) for entry in before
    ]
    assert [entry.summary() for entry in after] == digests
    assert again.runs.on_screen() is None
    qtbot.waitUntil(lambda: len(again.runs.overlaid) == 3, timeout=TIMEOUT_MS)
    assert again.runs.overlaid == ["The first", "seed 1", "seed 3"]
    again.draw()
    lines = [line for line in again.board.accuracy.others.lines if line.overlay]
    assert [line.item.pen().color().name() for line in lines] == [
        look_of(LIGHT, before[place].listing.color).color for place in (0, 1, 3)
    ]
    assert not any(line.item.path().isEmpty() for line in lines)


def test_that_a_run_of_the_last_window_opens_with_all_it_had(open_window: OpenWindow, qtbot: QtBot, path: Path) -> None:
    window = open_window(library=path)
    entry = window.train_to_end(qtbot, activation="tanh")
    run_log = window.run.log
    window.close()
    again = open_window(library=path)
    (found,) = again.runs.wait_for(1, qtbot)
    again.runs.open(found)
    qtbot.waitUntil(lambda: again.runs.on_screen() is found, timeout=TIMEOUT_MS)
    assert again.settings.config == entry.recipe.config
    assert_same_history(again.run.history, run_log.history)
    again.draw()
    again.show_page(PageKind.COMPARE)
    again.draw()


def test_that_a_run_that_was_closed_in_mid_training_is_kept_so_far(
    open_window: OpenWindow, qtbot: QtBot, path: Path
) -> None:
    window = open_window(LONG, library=path)
    window.train()
    window.wait_until_reached(200, qtbot)
    window.close()
    run_log = window.run.log
    with closing(Library.open(path)) as library:
        (card,) = library.runs()
        assert_same(library.load(card.id), run_log)
    again = open_window(library=path)
    (entry,) = again.runs.wait_for(1, qtbot)
    assert entry.summary().iteration == run_log.iteration


def test_that_deleted_runs_stay_away_and_those_brought_back_stay(
    open_window: OpenWindow, qtbot: QtBot, filled: Path
) -> None:
    window = open_window(library=filled)
    first, second, third = window.runs.wait_for(3, qtbot)
    window.runs.delete(first, second)
    window.runs.undo()
    window.runs.delete(third)
    assert [entry.id for entry in window.runs.entries] == [first.id, second.id]
    window.close()
    again = open_window(library=filled)
    assert [entry.id for entry in again.runs.wait_for(2, qtbot)] == [first.id, second.id]
    again.runs.load(again.runs.entries[0])
    qtbot.waitUntil(lambda: again.runs.entries[0].run_log is not None, timeout=TIMEOUT_MS)


def test_that_deleting_the_run_on_the_screen_and_undoing_it_survives_too(
    open_window: OpenWindow, qtbot: QtBot, path: Path
) -> None:
    window = open_window(LONG, library=path)
    window.train()
    window.wait_until_reached(100, qtbot)
    entry = window.runs.on_screen()
    assert entry
    window.runs.delete(entry)
    window.wait_until_reached(window.run.iteration + 100, qtbot)
    window.runs.undo()
    window.stop()
    window.wait_until_ended(qtbot)
    window.close()
    with closing(Library.open(path)) as library:
        (card,) = library.runs()
        assert card.id == entry.id
        assert_same(library.load(card.id), window.run.log)


@contextmanager
def damaged(path: Path) -> Iterator[None]:
    data = bytearray(path.read_bytes())
    data[2_000:-2_000] = b"\xa5" * (len(data) - 4_000)
    path.write_bytes(data)
    yield


@contextmanager
def foreign(path: Path) -> Iterator[None]:
    path.write_text("a letter to my aunt\n" * 500)
    yield


@contextmanager
def newer(path: Path) -> Iterator[None]:
    tampered(path, f"PRAGMA user_version = {newest() + 1}")
    yield


@contextmanager
def locked(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield


@contextmanager
def read_only(path: Path) -> Iterator[None]:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    path.chmod(0o400)
    path.parent.chmod(0o500)
    yield
    path.parent.chmod(0o700)


@contextmanager
def a_folder(path: Path) -> Iterator[None]:
    path.unlink()
    path.mkdir()
    (path / "precious").write_text("precious")
    yield


@pytest.mark.parametrize("harm", [damaged, foreign, newer, locked, read_only, a_folder])
def test_that_a_bad_library_is_named_and_left_alone_while_the_window_works_in_memory(
    open_window: OpenWindow, qtbot: QtBot, filled: Path, harm: Callable[[Path], Any]
) -> None:
    with harm(filled):
        before = files(filled.parent if filled.is_file() else filled)
        window = open_window(library=filled)
        sentence = window.wait_until_said(filled.name, qtbot)
        assert sentence.startswith("Runs are kept only until the program ends. ")
        first, second = (window.train_to_end(qtbot, seed=seed) for seed in range(2))
        assert window.runs.entries == [first, second]
        window.runs.open(first)
        assert window.runs.on_screen() is first
        window.runs.delete(second)
        window.runs.undo()
        window.runs.reread(qtbot)
        assert window.runs.entries == [first, second]
        window.close()
        assert files(filled.parent if filled.is_file() else filled) == before


def test_that_a_window_without_a_library_writes_none(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window()
    window.train_to_end(qtbot)
    window.close()
    assert [each.name for each in tmp_path.iterdir()] == ["settings-0.json"]


def test_that_a_new_library_is_made_with_its_folder(open_window: OpenWindow, path: Path) -> None:
    open_window(library=path).close()
    with closing(Library.open(path)) as library:
        assert library.runs() == []


def test_that_a_file_dropped_on_one_window_reaches_the_library(
    open_window: OpenWindow, qtbot: QtBot, path: Path, filled: Path, tmp_path: Path
) -> None:
    file = tmp_path / "three.layerscope"
    file.write_bytes(filled.read_bytes())
    window = open_window(library=tmp_path / "mine.sqlite")
    assert window.drop(QUrl.fromLocalFile(str(file)))
    expected = [entry.id for entry in window.runs.wait_for(3, qtbot)]
    window.close()
    with closing(Library.open(tmp_path / "mine.sqlite")) as library:
        assert [card.id for card in library.runs()] == expected
