"""One run in a file of its own: written whole or not at all, taken in by any library once."""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from model.base.errors import InputError
from model.data.datasets import Dataset
from model.history.run_log import RunLog
from model.history.run_summary import RunListing
from model.library import connection
from model.library.library import Library
from model.library.schema import APPLICATION_ID
from tests.support.saved_runs import assert_same, library_with, part_of, tampered, trained, without_digest

Run = tuple[RunListing, RunLog]


@pytest.fixture(scope="module")
def run(tiny: Dataset) -> Run:
    return trained(tiny)


@pytest.fixture
def file(run: Run, tmp_path: Path) -> Path:
    """The run as a file, from a library that has others too."""
    path = tmp_path / "one.layerscope"
    with closing(Library.in_memory()) as library:
        for listing, run_log in (run, (RunListing(run[0].recipe), RunLog())):
            library.add(listing)
            library.save(listing.id, run_log)
        library.write(run[0].id, path)
    return path


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_that_a_saved_run_is_one_file_with_just_that_run(run: Run, file: Path) -> None:
    listing, run_log = run
    assert names(file.parent) == ["one.layerscope"]
    with closing(Library.in_memory()) as library:
        assert [without_digest(each) for each in library.take(file)] == [without_digest(listing)]
        assert [each.id for each in library.runs()] == [listing.id]
        assert_same(library.load(listing.id), run_log)
    assert names(file.parent) == ["one.layerscope"], "reading it leaves nothing beside it"


def test_that_a_saved_run_is_known_by_its_header(file: Path) -> None:
    header = file.read_bytes()[:100]
    assert header.startswith(b"SQLite format 3\0")
    assert header[18:20] == b"\1\1", "no log belongs to it"
    assert header[68:72] == APPLICATION_ID.to_bytes(4, "big") == b"LScp"


def test_that_a_saved_run_can_be_opened_as_a_library(run: Run, file: Path) -> None:
    with closing(Library.open(file)) as library:
        assert_same(library.load(run[0].id), run[1])
    assert names(file.parent) == ["one.layerscope"]


def test_that_a_run_which_goes_on_is_written_as_far_as_it_is(run: Run, tmp_path: Path) -> None:
    listing, run_log = run
    early = part_of(run_log, 30)
    with closing(Library.open(tmp_path / "library")) as library, closing(Library.in_memory()) as other:
        library.add(listing)
        library.save(listing.id, early)
        library.write(listing.id, tmp_path / "early")
        library.save(listing.id, run_log)
        other.take(tmp_path / "early")
        assert_same(other.load(listing.id), early)


def test_that_a_run_taken_twice_is_there_once(run: Run, file: Path) -> None:
    with closing(Library.in_memory()) as library:
        library.take(file)
        library.change(run[0].id, label="mine", color=7)
        (again,) = library.take(file)
        assert (again.id, again.label, again.color) == (run[0].id, "mine", 7)
        assert len(library.runs()) == 1


def test_that_taking_a_deleted_run_brings_it_back(run: Run, file: Path) -> None:
    with closing(Library.in_memory()) as library:
        library.take(file)
        library.delete([run[0].id])
        library.take(file)
        assert [listing.id for listing in library.runs()] == [run[0].id]


def test_that_an_earlier_state_of_a_run_is_another_run(run: Run, file: Path, tmp_path: Path) -> None:
    listing, run_log = run
    path = library_with(tmp_path / "library", (listing, part_of(run_log, 30)))
    with closing(Library.open(path)) as library:
        (taken,) = library.take(file)
        assert taken.id != listing.id
        assert without_digest(replace(taken, id=listing.id)) == without_digest(listing)
        assert len(library.runs()) == 2
        assert_same(library.load(taken.id), run_log)
        assert library.load(listing.id).iteration == 30


def test_that_a_deleted_run_of_a_file_is_not_taken(run: Run, file: Path) -> None:
    tampered(file, "UPDATE run SET deleted = 1")
    with closing(Library.in_memory()) as library:
        assert library.take(file) == []


def test_that_all_runs_of_a_library_that_is_in_use_are_taken(run: Run, tiny: Dataset, tmp_path: Path) -> None:
    others = [run, trained(tiny, seed=5)]
    with closing(Library.open(tmp_path / "library")) as source, closing(Library.in_memory()) as library:
        for listing, run_log in others:
            source.add(listing)
            source.save(listing.id, run_log)
        library.take(tmp_path / "library")
        for listing, run_log in others:
            assert_same(library.load(listing.id), run_log)
        assert len(source.runs()) == 2


def test_that_nothing_is_taken_when_one_run_of_a_file_cannot_be_read(run: Run, tiny: Dataset, tmp_path: Path) -> None:
    path = tampered(
        library_with(tmp_path / "library", run, trained(tiny, seed=5)), "UPDATE curve SET first = 1 WHERE run = 2"
    )
    with closing(Library.in_memory()) as library:
        with pytest.raises(InputError, match="its curves have a gap"):
            library.take(path)
        assert library.runs() == []


@pytest.mark.parametrize("name", [".", "missing/x", "x" * 300, "a\0b"])
def test_that_a_place_where_no_file_can_be_is_named(run: Run, tmp_path: Path, name: str) -> None:
    with closing(Library.in_memory()) as library:
        library.add(run[0])
        with pytest.raises(InputError, match="cannot be written"):
            library.write(run[0].id, tmp_path / name)
    assert names(tmp_path) == []


def test_that_a_run_which_is_gone_leaves_the_file_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("old")
    with closing(Library.in_memory()) as library, pytest.raises(InputError, match="no longer in it"):
        library.write("nobody", tmp_path / "old")
    assert (tmp_path / "old").read_text() == "old"


@pytest.mark.parametrize("old", [None, "old"])
def test_that_a_failure_half_way_leaves_the_old_file_and_nothing_else(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str | None
) -> None:
    path = tmp_path / "one.layerscope"
    if old:
        path.write_text(old)

    def limited(where: Path | None, *options: str) -> sqlite3.Connection:
        made = connection.connect(where, *options)
        made.execute("PRAGMA max_page_count = 20")
        return made

    with closing(Library.in_memory()) as library:
        library.add(run[0])
        library.save(run[0].id, run[1])
        monkeypatch.setattr("model.library.copy_run.connect", limited)
        with pytest.raises(InputError) as raised:
            library.write(run[0].id, path)
    assert str(raised.value) == f"'{path}' cannot be written: the disk is full."
    assert names(tmp_path) == ([path.name] if old else [])
    assert not old or path.read_text() == old


@pytest.mark.skipif(os.name == "nt", reason="permissions as POSIX has them")
def test_that_a_replaced_file_keeps_its_permissions(run: Run, file: Path) -> None:
    file.chmod(0o640)
    with closing(Library.in_memory()) as library:
        library.add(run[0])
        library.write(run[0].id, file)
    assert file.stat().st_mode & 0o777 == 0o640


def test_that_a_file_name_of_any_letters_will_do(run: Run, file: Path, tmp_path: Path) -> None:
    path = tmp_path / "δ ?mode=memory #1 %41 & 'x'.layerscope"
    shutil.move(file, path)
    with closing(Library.in_memory()) as library:
        assert len(library.take(path)) == 1
        library.write(run[0].id, path)
    assert names(tmp_path) == [path.name]
