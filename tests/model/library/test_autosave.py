"""The library's thread: it saves what runs, does what it is asked, and tells what goes wrong, once."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from queue import Queue
from typing import Any

import pytest

from model.base.errors import InputError
from model.data.datasets import Dataset
from model.diagnosis.verdict import Cause, Condition, Verdict
from model.history.run_log import RunLog
from model.history.run_summary import RunListing
from model.library import autosave as autosave_module
from model.library import connection
from model.library.autosave import Autosaver
from model.library.library import Library
from tests.support.patience import PATIENCE
from tests.support.saved_runs import assert_same, part_of, trained

Make = Callable[..., Autosaver]


class Told:
    """What a autosaver has told, as it comes."""

    def __init__(self) -> None:
        self.texts: Queue[str] = Queue()

    def __call__(self, text: str) -> None:
        self.texts.put(text)

    def next(self) -> str:
        return self.texts.get(timeout=PATIENCE)

    @property
    def nothing_more(self) -> bool:
        return self.texts.empty()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite"


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def make(path: Path, told: Told, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Makes autosavers that look twenty times as often, and closes them."""
    monkeypatch.setattr(autosave_module, "SAVE_SECONDS", 0.025)
    monkeypatch.setattr(connection, "LOCK_SECONDS", 0.05)
    made: list[Autosaver] = []

    def make_one(where: Path | None = path) -> Autosaver:
        made.append(Autosaver(where, told))
        return made[-1]

    yield make_one
    for autosaver in made:
        autosaver.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "library"]


def answer(autosaver: Autosaver, action: Callable[[Library], Any]) -> Any:
    """What the autosaver's library says, once everything before is done."""
    answers: Queue[Any] = Queue()
    autosaver.ask(action, answers.put)
    return answers.get(timeout=PATIENCE)


def wait_for(autosaver: Autosaver, condition: Callable[[Library], bool]) -> None:
    """Until the library is so."""
    waiting = threading.Event()
    for _ in range(int(PATIENCE / 0.01)):
        if answer(autosaver, condition):
            return
        waiting.wait(0.01)
    raise AssertionError("it never came to be so")


@pytest.mark.parametrize("in_memory", [False, True])
def test_that_a_followed_run_is_saved_as_it_goes_and_once_more_at_its_end(
    make: Make, path: Path, tiny: Dataset, in_memory: bool
) -> None:
    listing, whole = trained(tiny)
    autosaver = make(None if in_memory else path)
    run_log = part_of(whole, 20)
    autosaver.track(listing, run_log)
    wait_for(autosaver, lambda library: [run.id for run in library.runs()] == [listing.id])
    assert_same(answer(autosaver, lambda library: library.load(listing.id)), part_of(whole, 20))
    for checkpoint in whole.history.weights.kept:
        if checkpoint.iteration > 20:
            run_log.keep(checkpoint)
    for record in whole.history.timeline.moments:
        if record.iteration > 20:
            run_log.put(record)
    wait_for(autosaver, lambda library: library.load(listing.id).history.newest is not None)
    with run_log.lock:
        run_log.verdicts, run_log.iteration = whole.verdicts, whole.iteration
    run_log.end()
    wait_for(autosaver, lambda library: bool(library.runs()[0].summary.ended))
    assert_same(answer(autosaver, lambda library: library.load(listing.id)), whole)


def test_that_a_run_is_no_longer_looked_after_once_it_has_ended(make: Make, tiny: Dataset) -> None:
    listing, run_log = trained(tiny)
    autosaver = make()
    autosaver.track(listing, run_log)
    wait_for(autosaver, lambda library: bool(library.runs()))
    assert answer(autosaver, lambda library: autosaver._tracked) == []


def test_that_closing_saves_everything_a_last_time(make: Make, path: Path, tiny: Dataset) -> None:
    runs = [trained(tiny, seed=seed) for seed in range(3)]
    autosaver = make()
    for run in runs:
        autosaver.track(*run)
    autosaver.post(lambda library: library.change(runs[1][0].id, label="mine"))
    autosaver.close()
    with closing(Library.open(path)) as library:
        assert [listing.label for listing in library.runs()] == ["", "mine", ""]
        for listing, run_log in runs:
            assert_same(library.load(listing.id), run_log)


def test_that_the_saved_runs_can_be_asked_for_at_once(make: Make, path: Path, tiny: Dataset) -> None:
    listing, run_log = trained(tiny)
    with closing(Library.open(path)) as library:
        library.add(listing)
        library.save(listing.id, run_log)
    assert [run.id for run in answer(make(), Library.runs)] == [listing.id]


def test_that_what_is_asked_is_answered_in_the_autosavers_thread_and_in_order(make: Make) -> None:
    autosaver = make()
    done: list[object] = []
    for number in range(20):
        autosaver.post(lambda library, number=number: done.append(number))  # type: ignore[misc]
    autosaver.ask(lambda library: threading.current_thread().name, done.append)
    answer(autosaver, lambda library: None)
    assert done == [*range(20), "library"]


def test_that_a_library_that_cannot_be_opened_is_told_and_one_in_memory_takes_its_place(
    make: Make, path: Path, told: Told, tiny: Dataset
) -> None:
    path.write_text("Dear diary")
    listing, run_log = trained(tiny)
    autosaver = make()
    autosaver.track(listing, run_log)
    assert_same(answer(autosaver, lambda library: library.load(listing.id)), run_log)
    said = told.next()
    assert f"'{path}' cannot be read: it is not a library" in said
    assert said.startswith("Runs are kept only until the program ends.")
    autosaver.close()
    assert told.nothing_more
    assert path.read_text() == "Dear diary"
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_that_a_library_which_cannot_be_written_is_told_once_and_made_up_for_later(
    make: Make, path: Path, told: Told, tiny: Dataset
) -> None:
    listing, whole = trained(tiny)
    run_log = part_of(whole, 20)
    autosaver = make()
    autosaver.track(listing, run_log)
    wait_for(autosaver, lambda library: bool(library.runs()))
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        run_log.put(whole.history.timeline.moments[-1])
        autosaver.post(lambda library: library.change(listing.id, label="first"))
        autosaver.post(lambda library: library.change(listing.id, label="second"))
        said = told.next()
        assert "another program keeps it locked" in said
        assert "Runs go on in memory" in said
        for _ in range(3):
            assert answer(autosaver, lambda library: library.runs()[0].label) == "", "reading goes on"
        assert told.nothing_more
        other.execute("ROLLBACK")
    wait_for(autosaver, lambda library: library.runs()[0].label == "second")
    wait_for(autosaver, lambda library: len(library.load(listing.id).history) == len(run_log.history))
    assert told.nothing_more
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        autosaver.post(lambda library: library.delete([listing.id]))
        assert "locked" in told.next(), "after a success it is told again"
        other.execute("ROLLBACK")


def test_that_what_is_asked_for_in_vain_is_told_each_time_and_not_tried_again(
    make: Make, told: Told, tmp_path: Path
) -> None:
    autosaver = make()
    tried: list[int] = []
    answers: list[object] = []

    def take(library: Library) -> list[RunListing]:
        tried.append(1)
        return library.take(tmp_path / "missing.layerscope")

    for _ in range(2):
        autosaver.ask(take, answers.append)
        assert "missing.layerscope' cannot be read: there is no such file" in told.next()
    autosaver.post(take)
    assert "no such file" in told.next()
    answer(autosaver, lambda library: None)
    assert len(tried) == 3
    assert answers == []


def test_that_a_mistake_in_one_thing_ends_nothing_else(make: Make, path: Path, told: Told, tiny: Dataset) -> None:
    good, bad = trained(tiny), trained(tiny, seed=1)
    bad[1].verdicts = [(0, "no verdict")]  # type: ignore[list-item]
    autosaver = make()
    autosaver.track(*bad)
    autosaver.track(*good)
    autosaver.post(lambda library: 1 / 0)
    autosaver.ask(lambda library: 1, lambda one: one / 0)
    said = [told.next() for _ in range(3)]
    assert "AttributeError" in said[0]
    assert all("ZeroDivisionError" in text for text in said[1:])
    assert_same(answer(autosaver, lambda library: library.load(good[0].id)), good[1])
    bad[1].verdicts = [(0, Verdict(Condition.EARLY, 0, Cause.NONE))]
    wait_for(autosaver, lambda library: library.load(bad[0].id).verdicts == bad[1].verdicts)
    assert told.nothing_more


def test_that_runs_which_cannot_be_shown_are_told(make: Make, path: Path, told: Told, tiny: Dataset) -> None:
    listing, run_log = trained(tiny)
    with closing(Library.open(path)) as library:
        library.add(listing)
        library.save(listing.id, run_log)
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE run SET recipe = '{}}'")
        other.commit()
    assert answer(make(), Library.runs) == []
    assert "cannot be shown" in told.next()


def test_that_nothing_is_written_while_a_run_stands_still(make: Make, path: Path, tiny: Dataset) -> None:
    listing, whole = trained(tiny)
    run_log = part_of(whole, 20)
    autosaver = make()
    autosaver.track(listing, run_log)
    wait_for(autosaver, lambda library: bool(library.runs()))
    log = connection.log_of(path)
    answer(autosaver, lambda library: None)
    size = log.stat().st_size
    for _ in range(5):
        with run_log.lock:
            run_log.version += 1  # as a window's frames do
        answer(autosaver, lambda library: None)
    assert log.stat().st_size == size


def test_that_a_autosaver_without_runs_sleeps_until_it_is_asked(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    autosaver = make()
    answer(autosaver, lambda library: None)
    rounds: list[int] = []
    work = autosaver._work

    def count() -> bool:
        rounds.append(1)
        return work()

    monkeypatch.setattr(autosaver, "_work", count)
    answer(autosaver, lambda library: None)
    threading.Event().wait(0.2)
    assert len(rounds) <= 2


@pytest.fixture
def unverified(make: Make, path: Path, tiny: Dataset, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """A library with a run in it, of which the whole file is read only once the event is set."""
    run, go_on, verify = trained(tiny), threading.Event(), Library.verify
    autosaver = make()
    autosaver.track(*run)
    autosaver.close()

    def wait(library: Library) -> None:
        assert go_on.wait(PATIENCE)
        verify(library)

    monkeypatch.setattr(Library, "verify", wait)
    return go_on


@pytest.mark.parametrize("small", [True, False])
def test_that_the_list_waits_for_no_look_through_the_file(
    make: Make, unverified: threading.Event, tiny: Dataset, monkeypatch: pytest.MonkeyPatch, small: bool
) -> None:
    monkeypatch.setattr("model.library.library.VERIFIED_AT_ONCE_BYTES", 1 << 40 if small else 0)
    autosaver = make()
    assert len(answer(autosaver, Library.runs)) == 1
    autosaver.track(*trained(tiny, seed=1))
    autosaver.post(lambda library: library.change(library.runs()[0].id, label="mine"))
    unverified.set()
    listings = answer(autosaver, Library.runs)
    assert [listing.label for listing in listings] == ["mine", ""]


def test_that_a_large_library_that_is_only_looked_at_is_not_read_whole(
    make: Make, unverified: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.library.library.VERIFIED_AT_ONCE_BYTES", 0)
    autosaver = make()
    (listing,) = answer(autosaver, Library.runs)
    assert answer(autosaver, lambda library: library.load(listing.id)).ended
    autosaver.close()
    assert not unverified.is_set()


@pytest.mark.parametrize("small", [True, False])
def test_that_a_file_that_turns_out_to_be_damaged_is_told_and_never_written(
    make: Make, path: Path, told: Told, tiny: Dataset, monkeypatch: pytest.MonkeyPatch, small: bool
) -> None:
    monkeypatch.setattr("model.library.library.VERIFIED_AT_ONCE_BYTES", 1 << 40 if small else 0)
    first, second = trained(tiny), trained(tiny, seed=1)
    autosaver = make()
    autosaver.track(*first)
    autosaver.close()
    data = bytearray(path.read_bytes())
    data[-3 * 4096 :] = bytes(range(256)) * 48
    path.write_bytes(data)
    autosaver = make()
    answer(autosaver, lambda library: None)
    autosaver.track(*second)
    text = told.next()
    assert text.startswith(f"Runs are kept only until the program ends. '{path}' cannot be read: it is damaged")
    assert [listing.id for listing in answer(autosaver, Library.runs)] == [second[0].id]
    assert answer(autosaver, Library.changed_elsewhere), "so that lists take over what is left"
    assert_same(answer(autosaver, lambda library: library.load(second[0].id)), second[1])
    autosaver.close()
    assert path.read_bytes() == bytes(data)
    assert told.nothing_more


def test_that_a_failure_to_open_is_an_input_error_of_one_sentence(path: Path) -> None:
    path.mkdir()
    with pytest.raises(InputError) as raised:
        Library.open(path)
    assert str(raised.value).count(". ") == 0


def test_that_the_run_log_is_let_go_of_once_it_is_saved(make: Make, tiny: Dataset) -> None:
    autosaver = make()
    autosaver.track(RunListing(trained(tiny)[0].recipe), RunLog())
    autosaver.track(*trained(tiny))
    wait_for(autosaver, lambda library: len(library.runs()) == 2)
    assert len(answer(autosaver, lambda library: list(autosaver._tracked))) == 1


def test_that_a_locked_library_is_waited_for_once_a_round_however_many_runs_there_are(
    make: Make, path: Path, told: Told, tiny: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = [(listing, part_of(run_log, 20)) for listing, run_log in (trained(tiny, seed=seed) for seed in range(4))]
    autosaver = make()
    for run in runs:
        autosaver.track(*run)
    wait_for(autosaver, lambda library: len(library.runs()) == len(runs))
    tries: list[int] = []
    save = Library.save

    def count(library: Library, id_: str, run_log: RunLog) -> None:
        tries.append(1)
        save(library, id_, run_log)

    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr(Library, "save", count)
        monkeypatch.setattr(autosave_module, "SAVE_SECONDS", 60.0)
        answer(autosaver, lambda library: None)
        tries.clear()
        for _, run_log in runs:
            with run_log.lock:
                run_log.iteration += 1
                run_log.version += 1
        autosaver.post(lambda library: tries.append(2))
        assert "locked" in told.next()
        answer(autosaver, lambda library: None)
        assert set(tries) == {1}
        assert len(tries) <= 2, "one for each round"
        other.execute("ROLLBACK")
    answer(autosaver, lambda library: None)
    assert tries[-1] == 2
    wait_for(autosaver, lambda library: all(run.summary.iteration == 21 for run in library.runs()))


def test_that_a_library_which_outgrows_its_budget_frees_by_itself_what_nobody_needs(
    make: Make, path: Path, told: Told, tiny: Dataset
) -> None:
    runs = [trained(tiny, seed=seed, hidden=(100,)) for seed in range(4)]
    autosaver = make()
    for place, (listing, run_log) in enumerate(runs):
        autosaver.track(replace(listing, shown=False, created=1e9 + place), run_log)
    wait_for(autosaver, lambda library: sum(run.summary.ended for run in library.runs()) == 4)
    size = answer(autosaver, lambda library: library.size())
    autosaver.enforcer.open_ids = frozenset([runs[0][0].id])
    autosaver.post(lambda library: library.set_budget(size.bytes - 1))
    assert "the weights of its" in told.next()
    freed = answer(autosaver, lambda library: [run.freed for run in library.runs()])
    assert freed == [False, True, False, False], "the oldest is on the screen"
    loaded = answer(autosaver, lambda library: library.load(runs[1][0].id))
    assert len(loaded.history) == len(runs[1][1].history)
    assert path.stat().st_size <= size.bytes
    assert told.nothing_more
