"""Files made to harm: whatever they hold, a run or one sentence comes of it, and memory stays bounded."""

import json
import random
import shutil
import sqlite3
import tracemalloc
import zlib
from contextlib import closing, suppress
from pathlib import Path

import pytest

from model.base.errors import InputError
from model.config.config import Config
from model.data.datasets import Dataset
from model.library.connection import LARGEST_VALUE
from model.library.library import Library
from model.library.schema import PARTS
from tests.support.saved_runs import library_with, tampered, trained

MEGABYTE = 1 << 20
VALUES: list[object] = [
    None, -1, 0, 1, 2**63 - 1, 0.5, float("inf"), "", "x", "[]", "{}", "null", "[[1, 2, 3]]", '{"config": 1}', "1e999",
    "9" * 5_000, "[" * 50_000, '{"a":' * 50_000, "\ud7ff\0", b"", b"\xff" * 4_096,
    b"\0" * 9, zlib.compress(bytes(MEGABYTE)),
]  # fmt: skip


@pytest.fixture(scope="module")
def good(tiny: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small run as a file that nobody has open."""
    path = tmp_path_factory.mktemp("good") / "one.layerscope"
    return tampered(library_with(path, trained(tiny, hidden=(3,), iterations=12)))


@pytest.fixture
def path(good: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copy(good, tmp_path / "one.layerscope"))


def columns() -> list[tuple[str, str]]:
    """Every column that a run is stored in."""
    with closing(Library.in_memory()) as library, library._reading() as connection:
        return [
            (table, column["name"])
            for table in ("run", *PARTS)
            for column in connection.execute(f"PRAGMA table_info({table})")
        ]


def taken(path: Path) -> int:
    """How many runs are taken from a file and can be shown; InputError is the only way to fail."""
    with closing(Library.in_memory()) as library:
        listings = library.take(path)
        assert [listing.id for listing in library.runs()] == [listing.id for listing in listings]
        for listing in listings:
            run_log = library.load(listing.id)
            run_log.history.timeline.series("delta_rms")
            run_log.history.curve("loss", 0, 1e9, 100)
        return len(listings)


@pytest.mark.parametrize(("table", "column"), columns())
def test_that_any_value_in_any_column_gives_a_run_or_one_sentence(path: Path, table: str, column: str) -> None:
    assert taken(path) == 1
    whole = path.read_bytes()
    for value in VALUES:
        path.write_bytes(whole)
        with suppress(sqlite3.IntegrityError), closing(sqlite3.connect(path)) as connection:
            which = f"rowid = (SELECT max(rowid) FROM {table})"
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE {which}", (value,))
            connection.commit()
        with suppress(InputError):
            taken(path)


def test_that_any_changed_byte_gives_a_run_or_one_sentence(path: Path) -> None:
    whole = path.read_bytes()
    rng = random.Random(4)
    refused = 0
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(rng.choice([1, 1, 1, 10, 100])):
            data[rng.randrange(len(data))] = rng.randrange(256)
        path.write_bytes(data)
        try:
            taken(path)
        except InputError:
            refused += 1
    assert refused > 100


def test_that_any_changed_json_gives_a_run_or_one_sentence(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        texts = {
            name: connection.execute(f"SELECT {name} FROM run").fetchone()[0]
            for name in ("recipe", "digest", "verdicts")
        }
    whole = path.read_bytes()
    rng = random.Random(5)
    for name, text in texts.items():
        for _ in range(40):
            path.write_bytes(whole)
            with closing(sqlite3.connect(path)) as connection:
                spoiled = json.dumps(_spoiled(json.loads(text), rng))
                connection.execute(f"UPDATE run SET {name} = ?", (spoiled,))
                connection.commit()
            with suppress(InputError):
                taken(path)


def _spoiled(value: object, rng: random.Random) -> object:
    """The same with one leaf or branch replaced."""
    if isinstance(value, dict) and value and rng.random() < 0.8:
        key = rng.choice(list(value))
        return {**value, key: _spoiled(value[key], rng)}
    if isinstance(value, list) and value and rng.random() < 0.8:
        place = rng.randrange(len(value))
        return [*value[:place], _spoiled(value[place], rng), *value[place + 1 :]]
    return rng.choice([None, [], {}, "x", -1, 1e300, 10**400, True, [[1]], {"key": 1}, float("nan")])


BOMBS = {
    "large blob": f"UPDATE record SET figures = zeroblob({2 * LARGEST_VALUE}) WHERE iteration = 1",
    "large text": f"UPDATE run SET verdicts = replace(hex(zeroblob({LARGEST_VALUE})), '00', '[[')",
    "long curve": f"UPDATE curve SET points = zeroblob({LARGEST_VALUE - 100} / 20 * 20)",
    "large weights": f"UPDATE weights SET data = zeroblob({LARGEST_VALUE - 100}) WHERE iteration = 1",
    "large pictures": f"UPDATE record SET pictures = zeroblob({LARGEST_VALUE - 100}) WHERE iteration = 1",
    "many records": """WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
        INSERT INTO record SELECT 1, i, 0, (SELECT figures FROM record), NULL FROM n""",
    "many layouts": """WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
        INSERT INTO layout SELECT 1, i, (SELECT text FROM layout) FROM n""",
}


@pytest.mark.parametrize("kind", BOMBS)
def test_that_a_file_made_to_exhaust_memory_is_refused_before_it_does(path: Path, kind: str) -> None:
    tampered(path, BOMBS[kind])
    tracemalloc.start()
    try:
        with pytest.raises(InputError):
            taken(path)
        assert tracemalloc.get_traced_memory()[1] < 128 * MEGABYTE
    finally:
        tracemalloc.stop()


def test_that_records_of_another_network_than_the_settings_say_are_refused(path: Path) -> None:
    recipe = json.dumps({"config": Config(hidden=(3, 3)).to_json()})
    tampered(path, f"UPDATE run SET recipe = '{recipe}'")
    with pytest.raises(InputError, match="another network"):
        taken(path)


def test_that_a_run_which_cannot_be_listed_is_told_and_hides_no_other(tiny: Dataset, tmp_path: Path) -> None:
    runs = [trained(tiny, hidden=(), iterations=3, seed=seed) for seed in range(3)]
    path = library_with(tmp_path / "library", *runs)
    tampered(path, "UPDATE run SET recipe = replace(recipe, 'sgd', 'lion') WHERE number = 2")
    with closing(Library.open(path)) as library:
        assert [listing.id for listing in library.runs()] == [runs[0][0].id, runs[2][0].id]
        (note,) = library.notes
        assert "cannot be shown" in note
        assert "lion" in note
