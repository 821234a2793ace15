"""While a library is open it keeps within its budget by itself, and says what went, once."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from model.base.errors import InputError
from model.base.number_format import file_size
from model.history.run_log import RunLog
from model.history.run_summary import RunListing
from model.library import making_room
from model.library.budget_enforcer import BudgetEnforcer
from model.library.connection import UnsavedError
from model.library.library import Library
from tests.support.saved_runs import library_with, noise, trained


@pytest.fixture(scope="module")
def runs() -> list[tuple[RunListing, RunLog]]:
    made = [trained(noise(), seed=seed, hidden=(300,), iterations=12, record_every=3) for seed in range(4)]
    return [(replace(card, shown=False, created=1e9 + seed), run_log) for seed, (card, run_log) in enumerate(made)]


@pytest.fixture
def path(tmp_path: Path, runs: list[tuple[RunListing, RunLog]]) -> Path:
    return library_with(tmp_path / "library.sqlite", *runs)


def settle(enforcer: BudgetEnforcer, library: Library, *tracked: str) -> int:
    """Take steps until there are no more to take; how many that were."""
    for step in range(100):
        enforcer.keep(library, tracked)
        if not enforcer.unfinished:
            return step + 1
    raise AssertionError("it never ends")


def test_that_a_library_within_its_budget_is_left_alone(path: Path) -> None:
    told: list[str] = []
    with closing(Library.open(path)) as library:
        library.verify()
        assert settle(BudgetEnforcer(told.append), library) == 1
        assert not any(listing.freed for listing in library.runs())
    assert told == []


def test_that_what_went_is_told_once_at_the_end_and_the_list_is_to_be_read_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making_room, "STEP_BYTES", 1)
    told: list[str] = []
    with closing(Library.open(path)) as library:
        budget = library.size().bytes // 2
        library.set_budget(budget)
        library.changed_elsewhere()
        enforcer = BudgetEnforcer(told.append)
        assert settle(enforcer, library) > 1
        freed = sum(listing.freed for listing in library.runs())
        assert 0 < freed < 4
        assert library.changed_elsewhere()
        assert not library.too_large()
        settle(enforcer, library)
    (said,) = told
    assert f"budget of {file_size(budget)}: the weights of its {freed} oldest runs went." in said


def test_that_runs_in_use_keep_their_weights_and_that_it_is_too_large_is_told_once(
    path: Path, runs: list[tuple[RunListing, RunLog]]
) -> None:
    told: list[str] = []
    ids = [card.id for card, _ in runs]
    with closing(Library.open(path)) as library:
        library.set_budget(1)
        library.change(ids[0], label="mine")
        enforcer = BudgetEnforcer(told.append)
        enforcer.open_ids = frozenset(ids[1:2])
        for _ in range(3):
            settle(enforcer, library, ids[2])
        assert [listing.freed for listing in library.runs()] == [False, False, False, True]
        assert len(told) == 2
        assert "named, shown, unfinished or branched off" in told[1]
        settle(enforcer, library)  # the run that was trained has ended
        assert [listing.freed for listing in library.runs()] == [False, False, True, True]
        assert len(told) == 3


def test_that_it_does_not_try_again_and_again_what_is_in_vain(
    path: Path, runs: list[tuple[RunListing, RunLog]], monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []
    make_room = Library.make_room

    def counted(library: Library, *arguments: Any, **options: Any) -> making_room.RoomMade:
        tries.append(1)
        return make_room(library, *arguments, **options)

    monkeypatch.setattr(Library, "make_room", counted)
    with closing(Library.open(path)) as library:
        library.set_shown([card.id for card, _ in runs], shown=True)
        library.set_budget(1)
        enforcer = BudgetEnforcer(lambda _: None)
        for _ in range(5):
            settle(enforcer, library)
        assert len(tries) == 1
        settle(enforcer, library, runs[0][0].id)
        assert len(tries) == 2, "another run is in use: one may have ended"


def test_that_a_library_in_memory_is_no_matter_of_disks() -> None:
    with closing(Library.in_memory()) as library:
        library.set_budget(1)
        enforcer = BudgetEnforcer(pytest.fail)
        settle(enforcer, library)


@pytest.mark.parametrize(
    ("error", "told"),
    [(UnsavedError("'library' cannot be written: the disk is full."), 0), (InputError("It is locked."), 0),
     (ZeroDivisionError("a mistake"), 1)],
    ids=["full", "locked", "mistake"],
)  # fmt: skip
def test_that_whatever_goes_wrong_saving_goes_on(
    path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, told: int
) -> None:
    texts: list[str] = []

    def fail(*_: Any, **__: Any) -> None:
        raise error

    with closing(Library.open(path)) as library:
        library.set_budget(1)
        enforcer = BudgetEnforcer(texts.append)
        with monkeypatch.context() as context:
            context.setattr(Library, "make_room", fail)
            for _ in range(3):
                assert settle(enforcer, library) == 1
        assert len(texts) == told
        settle(enforcer, library)
        assert any(listing.freed for listing in library.runs()) == (told == 0), "it is tried again"
