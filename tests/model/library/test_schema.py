"""Libraries of every earlier schema open, and a migration changes all of a library or nothing."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from model.base.errors import InputError
from model.config.recipe import Recipe
from model.library import schema
from model.library.library import Library
from model.library.schema import APPLICATION_ID, MIGRATIONS, newest
from tests.support.libraries import FOLDER, file_of, run, summary

EARLIER = range(1, newest() + 1)
LATER = ("ALTER TABLE run ADD COLUMN note TEXT NOT NULL DEFAULT 'new'", "CREATE INDEX by_label ON run (label)")


@pytest.fixture(params=EARLIER)
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of the file that the program of an earlier schema has written."""
    return Path(shutil.copy(file_of(request.param), tmp_path))


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next version of the program."""
    monkeypatch.setattr(schema, "MIGRATIONS", (*MIGRATIONS, LATER))


def check(library: Library, path: Path) -> None:
    """See that the library holds what the program that wrote a kept file said was in it.

    A setting that came later has its default; sums of floats may differ in the last digit from machine to machine.
    """
    (listing,) = library.runs()
    found = json.loads(json.dumps(summary(listing, library.load(listing.id))))
    said = json.loads((FOLDER / path.name).with_suffix(".json").read_text("utf-8"))
    said["recipe"] = json.loads(json.dumps(Recipe.from_json(said["recipe"]).to_json()))
    there, expected = _flat(found), _flat(said)
    assert there.keys() == expected.keys()
    for place, value in expected.items():
        assert there[place] == (pytest.approx(value, rel=1e-12, nan_ok=True) if isinstance(value, float) else value), (
            place
        )


def _flat(value: object, place: str = "") -> dict[str, object]:
    """All that is nested in a JSON value, by its place."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    parts = [_flat(part, f"{place}/{key}") for key, part in pairs]
    return {key: each for part in parts for key, each in part.items()} if parts else {place: value}


def version(path: Path) -> int:
    return int.from_bytes(path.read_bytes()[60:64], "big")


def test_that_there_is_a_file_of_every_schema_and_no_other() -> None:
    names = {name for schema in EARLIER for name in (file_of(schema).name, file_of(schema).with_suffix(".json").name)}
    assert {path.name for path in FOLDER.iterdir()} == names


def test_that_a_run_saved_by_an_earlier_program_is_taken_and_left_as_it_is(kept: Path) -> None:
    before = kept.read_bytes()
    with closing(Library.in_memory()) as library:
        library.take(kept)
        check(library, kept)
    assert kept.read_bytes() == before


def test_that_a_library_of_an_earlier_program_opens_and_is_written_on(kept: Path) -> None:
    for _ in range(2):
        with closing(Library.open(kept)) as library:
            check(library, kept)
    listing, run_log = run()
    with closing(Library.open(kept)) as library:
        library.save(listing.id, run_log)
        assert library.load(listing.id).iteration == run_log.iteration
    assert version(kept) == newest()


@pytest.mark.usefixtures("later")
def test_that_the_next_version_of_the_program_opens_and_takes_what_this_one_writes(kept: Path) -> None:
    before = kept.read_bytes()
    with closing(Library.in_memory()) as library:
        library.take(kept)
        check(library, kept)
    assert kept.read_bytes() == before
    with closing(Library.open(kept)) as library:
        check(library, kept)
    assert version(kept) == len(MIGRATIONS) + 1
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT note FROM run").fetchall() == [("new",)]


def test_that_what_the_next_version_writes_is_not_touched_by_this_one(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as context:
        context.setattr(schema, "MIGRATIONS", (*MIGRATIONS, LATER))
        Library.open(kept).close()
    before = kept.read_bytes()
    with closing(Library.in_memory()) as library:
        for attempt in (Library.open, library.take):
            with pytest.raises(InputError, match=rf"newer .* \(version {newest() + 1}\); this one knows {newest()}"):
                attempt(kept)
    assert kept.read_bytes() == before


def test_that_a_migration_which_fails_half_way_leaves_the_library_as_it_is(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept.read_bytes()
    monkeypatch.setattr(schema, "MIGRATIONS", (*MIGRATIONS, (*LATER, "INSERT INTO nowhere VALUES (1)")))
    with pytest.raises(InputError, match="cannot be written: no such table"):
        Library.open(kept)
    assert kept.read_bytes() == before


@pytest.mark.usefixtures("later")
def test_that_a_new_library_has_gone_through_all_migrations(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    Library.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS) + 1,)
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert [row[1] for row in connection.execute("PRAGMA table_info(run)")][-1] == "note"
