"""Files that are no library, damaged, newer, locked or read-only: named in one sentence and left as they are."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from model.base.errors import InputError
from model.base.user_paths import ROOT
from model.data.datasets import Dataset
from model.library import connection
from model.library.connection import UnsavedError, log_of
from model.library.library import Library
from model.library.schema import newest
from tests.support.saved_runs import assert_same, library_with, tampered, trained

posix = pytest.mark.skipif(os.name == "nt", reason="permissions as POSIX has them")


@pytest.fixture(scope="module")
def good(tiny: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of two runs that nobody has open."""
    path = tmp_path_factory.mktemp("good") / "library.sqlite"
    return tampered(library_with(path, trained(tiny), trained(tiny, seed=1)))


@pytest.fixture
def path(good: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copy(good, tmp_path / "library.sqlite"))


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits two seconds for a lock that stays."""
    monkeypatch.setattr(connection, "LOCK_SECONDS", 0.05)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def write(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


def overwrite(start: int, data: bytes) -> Callable[[Path], object]:
    def spoil(path: Path) -> None:
        whole = bytearray(path.read_bytes())
        whole[start : start + len(data)] = data
        path.write_bytes(whole)

    return spoil


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def run_sql(*statements: str) -> Callable[[Path], object]:
    return lambda path: tampered(path, *statements)


def other_program(path: Path) -> None:
    path.unlink()
    tampered(path, "CREATE TABLE run (id)", "INSERT INTO run VALUES (1)")


def left_by_a_crash(path: Path) -> None:
    """A damaged library beside a log that has not been taken into it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("UPDATE run SET label = 'new'")
        aside = {file.name: file.read_bytes() for file in (path, log_of(path))}
    for name, data in aside.items():
        path.with_name(name).write_bytes(data)
    overwrite(3 * 4096, os.urandom(40 * 4096))(path)


BAD = {
    "empty": (write(b""), "it is not a library"),
    "text": (write(b"Dear diary"), "it is not a library"),
    "long text": (write(b"SQLite format 2\0" * 1_000), "it is not a library"),
    "header": (write(b"SQLite format 3\0"), "it is not a library"),
    "another program": (other_program, "a database of another program"),
    "newer": (run_sql(f"PRAGMA user_version = {newest() + 1}"), "a newer Layerscope has written it"),
    "negative": (run_sql("PRAGMA user_version = -1"), "newer Layerscope"),
    "cut": (cut, "damaged"),
    "pages": (overwrite(3 * 4096, os.urandom(40 * 4096)), "damaged"),
    "crash": (left_by_a_crash, "damaged"),
    "first page": (overwrite(100, b"\xff" * 3_000), "damaged"),
    "no table": (run_sql("DROP TABLE weights"), "damaged"),
    "view": (run_sql("DROP TABLE record", "CREATE VIEW record AS SELECT * FROM run"), "damaged"),
    "trigger": (run_sql("CREATE TRIGGER t AFTER UPDATE ON run BEGIN DELETE FROM run; END"), "damaged"),
    "column": (run_sql("ALTER TABLE run ADD COLUMN more AS (zeroblob(1000000000))"), "damaged"),
}


def verified(path: Path) -> None:
    """Open a library and read all of it, as before anything is written to it."""
    with closing(Library.open(path)) as library:
        library.verify()


@pytest.mark.parametrize("kind", BAD)
def test_that_a_file_which_is_no_sound_library_is_named_and_left_as_it_is(path: Path, kind: str) -> None:
    spoil, reason = BAD[kind]
    spoil(path)
    before = contents(path.parent)
    with closing(Library.in_memory()) as memory:
        for attempt in (verified, memory.take):
            with pytest.raises(InputError) as raised:
                attempt(path)
            assert str(raised.value).startswith(f"'{path}' cannot be read: ")
            assert reason in str(raised.value)
            assert "\n" not in str(raised.value)
        assert memory.runs() == []
    after = contents(path.parent)
    assert {name: after[name] for name in before} == before
    assert all(name in before or name.endswith("-shm") for name in after), "SQLite's index of a log that was there"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (".", "it is a folder"),
        ("library.sqlite/inside", "part of its path is no folder"),
        ("missing.layerscope", "there is no such file"),
        ("x" * 300, "the name is too long"),
        ("a\0b", "null"),
    ],
)
def test_that_a_path_to_nothing_to_read_is_named(path: Path, name: str, reason: str) -> None:
    before = contents(path.parent)
    with closing(Library.in_memory()) as memory, pytest.raises(InputError) as raised:
        memory.take(path.parent / name)
    assert reason in str(raised.value)
    assert contents(path.parent) == before


@pytest.mark.parametrize("name", [".", "library.sqlite/inside", "x" * 300, "a\0b"])
def test_that_a_path_where_no_library_can_be_is_named(path: Path, name: str) -> None:
    before = contents(path.parent)
    with pytest.raises(InputError, match=r"cannot be written: .*\."):
        Library.open(path.parent / name)
    assert contents(path.parent) == before


@pytest.mark.skipif(os.name == "nt", reason="no pipes with names")
def test_that_a_pipe_is_no_library(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="not an ordinary file"):
        Library.open(tmp_path / "pipe")
    with closing(Library.in_memory()) as memory, pytest.raises(InputError, match="not an ordinary file"):
        memory.take(tmp_path / "pipe")


def test_that_a_library_is_made_with_its_folders_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "my library #1%.sqlite"
    Library.open(path).close()
    assert list(contents(path.parent)) == [path.name]
    with closing(Library.open(path)) as library:
        assert library.runs() == []


def test_that_a_link_to_a_library_stays_one(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(path)
    with closing(Library.open(link)) as library:
        assert len(library.runs()) == 2
        assert log_of(link).exists()
    assert link.is_symlink()


def test_that_what_a_killed_program_has_left_half_written_is_restored(path: Path, tmp_path: Path) -> None:
    crashed = tmp_path / "crashed"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA cache_size = 1")  # so that changes reach the file before they are committed
        other.execute("BEGIN")
        other.execute("UPDATE record SET figures = zeroblob(5000)")
        shutil.copy(path, crashed)
        shutil.copy(f"{path}-journal", f"{crashed}-journal")
        other.execute("ROLLBACK")
    assert crashed.read_bytes() != path.read_bytes()
    with closing(Library.open(crashed)) as library, closing(Library.open(path)) as right:
        for listing in right.runs():
            assert_same(library.load(listing.id), right.load(listing.id))


@pytest.fixture(params=["DELETE", "WAL"])
def locked(request: pytest.FixtureRequest, path: Path) -> Iterator[Path]:
    """A library that another program does not let go of."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(f"PRAGMA journal_mode = {request.param}")
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        yield path


def test_that_a_locked_library_is_named(locked: Path) -> None:
    with pytest.raises(InputError, match="another program keeps it locked"):
        Library.open(locked)


def test_that_a_library_locked_while_it_is_open_is_named_and_later_written(path: Path, tiny: Dataset) -> None:
    listing, run_log = trained(tiny, seed=2)
    with closing(Library.open(path)) as library, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UnsavedError, match="another program keeps it locked"):
            library.add(listing)
        assert len(library.runs()) == 2, "reading goes on"
        other.execute("ROLLBACK")
        library.add(listing)
        library.save(listing.id, run_log)
        assert_same(library.load(listing.id), run_log)


def test_that_a_library_which_a_newer_program_takes_over_is_no_longer_written(path: Path) -> None:
    with closing(Library.open(path)) as library:
        with closing(sqlite3.connect(path)) as newer:
            newer.execute(f"PRAGMA user_version = {newest() + 1}")
        with pytest.raises(UnsavedError, match="a newer Layerscope has taken it over"):
            library.delete([library.runs()[0].id])
        assert len(library.runs()) == 2


ATTEMPT = """
import os, sys
from pathlib import Path
from model.base.errors import InputError
from model.library.library import Library
memory, path = Library.in_memory(), Path(sys.argv[1])
if os.geteuid() == 0:
    os.setuid(65534)  # root may write everywhere
for attempt in (lambda: Library.open(path).runs(), lambda: memory.take(path)):
    try:
        print(len(attempt()))
    except InputError as error:
        print(error)
"""


def as_nobody(path: Path) -> list[str]:
    """How many runs somebody without special rights opens and takes, or what is said."""
    command = [sys.executable, "-c", ATTEMPT, str(path)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.stderr == ""
    return result.stdout.splitlines()


@posix
@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "opening", "taking"),
    [
        (0o444, 0o777, "cannot be written: there is no permission", "2"),
        (0o444, 0o555, "cannot be written: there is no permission", "2"),
        (0o666, 0o555, "cannot be written: there is no permission", "2"),
        (0o000, 0o777, "cannot be written: there is no permission", "cannot be read: there is no permission"),
    ],
)
def test_that_what_may_only_be_read_is_named_and_can_still_be_taken(
    good: Path, file_mode: int, folder_mode: int, opening: str, taking: str
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = Path(shutil.copy(good, folder / "library.sqlite"))
        before = contents(folder)
        path.chmod(file_mode)
        folder.chmod(folder_mode)
        opened, taken = as_nobody(path)
        assert opening in opened
        assert taking in taken
        path.chmod(0o600)
        assert contents(folder) == before
        folder.chmod(0o700)


@posix
def test_that_a_library_which_may_be_written_opens_for_somebody_without_other_rights(good: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(shutil.copy(good, Path(name) / "library.sqlite"))
        path.chmod(0o666)
        Path(name).chmod(0o777)
        assert as_nobody(path) == ["2", "2"]
