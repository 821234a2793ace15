"""The library's thread: it saves what runs, does what it is asked, and tells what goes wrong, once."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from queue import Queue
from typing import Any

import pytest

from model.base.errors import InputError
from model.data.datasets import Dataset
from model.diagnosis.verdict import Cause, Condition, Verdict
from model.history.run_log import Logbook
from model.history.run_summary import RunCard
from model.library import autosave as keeper_module
from model.library import connection
from model.library.autosave import Keeper
from model.library.library import Library
from tests.support.saved_runs import assert_same, part_of, trained

PATIENCE = 20  # seconds after which what has not come will not
Make = Callable[..., Keeper]


class Told:
    """What a keeper has told, as it comes."""

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
    """Makes keepers that look twenty times as often, and closes them."""
    monkeypatch.setattr(keeper_module, "EVERY", 0.025)
    monkeypatch.setattr(connection, "PATIENCE", 0.05)
    made: list[Keeper] = []

    def make_one(where: Path | None = path) -> Keeper:
        made.append(Keeper(where, told))
        return made[-1]

    yield make_one
    for keeper in made:
        keeper.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "library"]


def answer(keeper: Keeper, action: Callable[[Library], Any]) -> Any:
    """What the keeper's library says, once everything before is done."""
    answers: Queue[Any] = Queue()
    keeper.ask(action, answers.put)
    return answers.get(timeout=PATIENCE)


def wait_for(keeper: Keeper, condition: Callable[[Library], bool]) -> None:
    """Until the library is so."""
    waiting = threading.Event()
    for _ in range(int(PATIENCE / 0.01)):
        if answer(keeper, condition):
            return
        waiting.wait(0.01)
    raise AssertionError("it never came to be so")


@pytest.mark.parametrize("in_memory", [False, True])
def test_that_a_followed_run_is_saved_as_it_goes_and_once_more_at_its_end(
    make: Make, path: Path, tiny: Dataset, in_memory: bool
) -> None:
    card, whole = trained(tiny)
    keeper = make(None if in_memory else path)
    logbook = part_of(whole, 20)
    keeper.follow(card, logbook)
    wait_for(keeper, lambda library: [run.id for run in library.runs()] == [card.id])
    assert_same(answer(keeper, lambda library: library.load(card.id)), part_of(whole, 20))
    for snapshot in whole.history.weights.kept:
        if snapshot.iteration > 20:
            logbook.keep(snapshot)
    for record in whole.history.timeline.moments:
        if record.iteration > 20:
            logbook.put(record)
    wait_for(keeper, lambda library: library.load(card.id).history.newest is not None)
    with logbook.lock:
        logbook.verdicts, logbook.iteration = whole.verdicts, whole.iteration
    logbook.end()
    wait_for(keeper, lambda library: bool(library.runs()[0].digest.ended))
    assert_same(answer(keeper, lambda library: library.load(card.id)), whole)


def test_that_a_run_is_no_longer_looked_after_once_it_has_ended(make: Make, tiny: Dataset) -> None:
    card, logbook = trained(tiny)
    keeper = make()
    keeper.follow(card, logbook)
    wait_for(keeper, lambda library: bool(library.runs()))
    assert answer(keeper, lambda library: keeper._followed) == []


def test_that_closing_saves_everything_a_last_time(make: Make, path: Path, tiny: Dataset) -> None:
    runs = [trained(tiny, seed=seed) for seed in range(3)]
    keeper = make()
    for run in runs:
        keeper.follow(*run)
    keeper.post(lambda library: library.change(runs[1][0].id, label="mine"))
    keeper.close()
    with closing(Library.open(path)) as library:
        assert [card.label for card in library.runs()] == ["", "mine", ""]
        for card, logbook in runs:
            assert_same(library.load(card.id), logbook)


def test_that_the_saved_runs_can_be_asked_for_at_once(make: Make, path: Path, tiny: Dataset) -> None:
    card, logbook = trained(tiny)
    with closing(Library.open(path)) as library:
        library.add(card)
        library.save(card.id, logbook)
    assert [run.id for run in answer(make(), Library.runs)] == [card.id]


def test_that_what_is_asked_is_answered_in_the_keepers_thread_and_in_order(make: Make) -> None:
    keeper = make()
    done: list[object] = []
    for number in range(20):
        keeper.post(lambda library, number=number: done.append(number))  # type: ignore[misc]
    keeper.ask(lambda library: threading.current_thread().name, done.append)
    answer(keeper, lambda library: None)
    assert done == [*range(20), "library"]


def test_that_a_library_that_cannot_be_opened_is_told_and_one_in_memory_takes_its_place(
    make: Make, path: Path, told: Told, tiny: Dataset
) -> None:
    path.write_text("Dear diary")
    card, logbook = trained(tiny)
    keeper = make()
    keeper.follow(card, logbook)
    assert_same(answer(keeper, lambda library: library.load(card.id)), logbook)
    said = told.next()
    assert f"'{path}' cannot be read: it is not a library" in said
    assert said.startswith("Runs are kept only until the program ends.")
    keeper.close()
    assert told.nothing_more
    assert path.read_text() == "Dear diary"
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_that_a_library_which_cannot_be_written_is_told_once_and_made_up_for_later(
    make: Make, path: Path, told: Told, tiny: Dataset
) -> None:
    card, whole = trained(tiny)
    logbook = part_of(whole, 20)
    keeper = make()
    keeper.follow(card, logbook)
    wait_for(keeper, lambda library: bool(library.runs()))
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        logbook.put(whole.history.timeline.moments[-1])
        keeper.post(lambda library: library.change(card.id, label="first"))
        keeper.post(lambda library: library.change(card.id, label="second"))
        said = told.next()
        assert "another program keeps it locked" in said
        assert "Runs go on in memory" in said
        for _ in range(3):
            assert answer(keeper, lambda library: library.runs()[0].label) == "", "reading goes on"
        assert told.nothing_more
        other.execute("ROLLBACK")
    wait_for(keeper, lambda library: library.runs()[0].label == "second")
    wait_for(keeper, lambda library: len(library.load(card.id).history) == len(logbook.history))
    assert told.nothing_more
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        keeper.post(lambda library: library.delete([card.id]))
        assert "locked" in told.next(), "after a success it is told again"
        other.execute("ROLLBACK")


def test_that_what_is_asked_for_in_vain_is_told_each_time_and_not_tried_again(
    make: Make, told: Told, tmp_path: Path
) -> None:
    keeper = make()
    tried: list[int] = []
    answers: list[object] = []

    def take(library: Library) -> list[RunCard]:
        tried.append(1)
        return library.take(tmp_path / "missing.layerscope")

    for _ in range(2):
        keeper.ask(take, answers.append)
        assert "missing.layerscope' cannot be read: there is no such file" in told.next()
    keeper.post(take)
    assert "no such file" in told.next()
    answer(keeper, lambda library: None)
    assert len(tried) == 3
    assert answers == []


def test_that_a_mistake_in_one_thing_ends_nothing_else(make: Make, path: Path, told: Told, tiny: Dataset) -> None:
    good, bad = trained(tiny), trained(tiny, seed=1)
    bad[1].verdicts = [(0, "no verdict")]  # type: ignore[list-item]
    keeper = make()
    keeper.follow(*bad)
    keeper.follow(*good)
    keeper.post(lambda library: 1 / 0)
    keeper.ask(lambda library: 1, lambda one: one / 0)
    said = [told.next() for _ in range(3)]
    assert "AttributeError" in said[0]
    assert all("ZeroDivisionError" in text for text in said[1:])
    assert_same(answer(keeper, lambda library: library.load(good[0].id)), good[1])
    bad[1].verdicts = [(0, Verdict(Condition.EARLY, 0, Cause.NONE, "Too early."))]
    wait_for(keeper, lambda library: library.load(bad[0].id).verdicts == bad[1].verdicts)
    assert told.nothing_more


def test_that_runs_which_cannot_be_shown_are_told(make: Make, path: Path, told: Told, tiny: Dataset) -> None:
    card, logbook = trained(tiny)
    with closing(Library.open(path)) as library:
        library.add(card)
        library.save(card.id, logbook)
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE run SET recipe = '{}}'")
        other.commit()
    assert answer(make(), Library.runs) == []
    assert "cannot be shown" in told.next()


def test_that_nothing_is_written_while_a_run_stands_still(make: Make, path: Path, tiny: Dataset) -> None:
    card, whole = trained(tiny)
    logbook = part_of(whole, 20)
    keeper = make()
    keeper.follow(card, logbook)
    wait_for(keeper, lambda library: bool(library.runs()))
    log = connection.log_of(path)
    answer(keeper, lambda library: None)
    size = log.stat().st_size
    for _ in range(5):
        with logbook.lock:
            logbook.version += 1  # as a window's frames do
        answer(keeper, lambda library: None)
    assert log.stat().st_size == size


def test_that_a_keeper_without_runs_sleeps_until_it_is_asked(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = make()
    answer(keeper, lambda library: None)
    rounds: list[int] = []
    work = keeper._work

    def count(library: Library) -> bool:
        rounds.append(1)
        return work(library)

    monkeypatch.setattr(keeper, "_work", count)
    answer(keeper, lambda library: None)
    threading.Event().wait(0.2)
    assert len(rounds) <= 2


def test_that_a_failure_to_open_is_an_input_error_of_one_sentence(path: Path) -> None:
    path.mkdir()
    with pytest.raises(InputError) as raised:
        Library.open(path)
    assert str(raised.value).count(". ") == 0


def test_that_the_logbook_is_let_go_of_once_it_is_saved(make: Make, tiny: Dataset) -> None:
    keeper = make()
    keeper.follow(RunCard(trained(tiny)[0].recipe), Logbook())
    keeper.follow(*trained(tiny))
    wait_for(keeper, lambda library: len(library.runs()) == 2)
    assert len(answer(keeper, lambda library: list(keeper._followed))) == 1


def test_that_a_locked_library_is_waited_for_once_a_round_however_many_runs_there_are(
    make: Make, path: Path, told: Told, tiny: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = [(card, part_of(logbook, 20)) for card, logbook in (trained(tiny, seed=seed) for seed in range(4))]
    keeper = make()
    for run in runs:
        keeper.follow(*run)
    wait_for(keeper, lambda library: len(library.runs()) == len(runs))
    tries: list[int] = []
    save = Library.save

    def count(library: Library, id_: str, logbook: Logbook) -> None:
        tries.append(1)
        save(library, id_, logbook)

    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr(Library, "save", count)
        monkeypatch.setattr(keeper_module, "EVERY", 60.0)
        answer(keeper, lambda library: None)
        tries.clear()
        for _, logbook in runs:
            with logbook.lock:
                logbook.iteration += 1
                logbook.version += 1
        keeper.post(lambda library: tries.append(2))
        assert "locked" in told.next()
        answer(keeper, lambda library: None)
        assert set(tries) == {1}
        assert len(tries) <= 2, "one for each round"
        other.execute("ROLLBACK")
    answer(keeper, lambda library: None)
    assert tries[-1] == 2
    wait_for(keeper, lambda library: all(run.digest.iteration == 21 for run in library.runs()))
