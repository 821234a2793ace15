"""Every format writes a whole file, of a run that is over or goes on, or says in one sentence why not."""

import csv
import json
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import numpy as np
import pytest

from model.base.errors import InputError
from model.config.recipe import Change
from model.data.datasets import Dataset
from model.diagnosis.diagnosis import Diagnosis
from model.exports.formats import Export
from model.history.run_log import RunLog
from model.history.run_summary import RunListing
from model.library.library import Library
from model.training.replay import train_recipe
from tests.support.finished_runs import Left, small, train

FORMATS = pytest.mark.parametrize("kind", Export, ids=lambda kind: kind.key)


@pytest.fixture(scope="module")
def left(folder: str) -> Left:
    """A run that is over."""
    return train(small(folder))


@FORMATS
def test_that_a_file_is_written_and_found_by_its_suffix(left: Left, tmp_path: Path, kind: Export) -> None:
    out = tmp_path / f"run{kind.value.suffix}"
    assert Export.of(out) is kind
    written = kind.write(*left, out)
    assert written.is_file()
    assert written in (out, *out.glob("*"))


@FORMATS
def test_that_the_same_run_is_written_the_same_again(left: Left, tmp_path: Path, kind: Export) -> None:
    out = tmp_path / f"run{kind.value.suffix}"
    first = kind.write(*left, out)
    before = first.read_bytes()
    assert kind.write(*left, out) == first
    if kind is Export.LAYERSCOPE:  # where SQLite puts what is its own affair
        library = Library.in_memory()
        assert [card.id for card in library.take(out)] == [left[0].id]
        library.close()
    else:
        assert first.read_bytes() == before


@FORMATS
def test_that_no_half_file_is_left_where_none_can_be_written(left: Left, tmp_path: Path, kind: Export) -> None:
    (tmp_path / "file").touch()
    for out in (tmp_path / "file" / f"run{kind.value.suffix}", tmp_path / "file" / "deep" / f"run{kind.value.suffix}"):
        with pytest.raises(InputError) as told:
            kind.write(*left, out)
        assert str(told.value).endswith(".")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_that_suffixes_are_told_where_one_is_unknown(tmp_path: Path) -> None:
    with pytest.raises(InputError) as told:
        Export.of(tmp_path / "run.xls")
    for kind in Export:
        assert kind.value.suffix in str(told.value)


def test_that_a_folder_that_is_there_is_for_tensorboard(tmp_path: Path) -> None:
    folder = tmp_path / "runs.v2"
    folder.mkdir()
    assert Export.of(folder) is Export.TENSORBOARD


def test_that_no_two_formats_share_a_suffix() -> None:
    assert len({kind.value.suffix for kind in Export}) == len(Export)


@FORMATS
def test_that_one_iteration_can_be_asked_for_where_one_is_written(left: Left, tmp_path: Path, kind: Export) -> None:
    out = tmp_path / f"run{kind.value.suffix}"
    if kind.value.of_one_moment:
        assert kind.write(*left, out, 5).is_file()
    else:
        with pytest.raises(InputError, match=r"^--at is for npz; "):
            kind.write(*left, out, 5)
        assert not out.exists()


def test_that_two_runs_do_not_mix_in_one_folder(left: Left, tmp_path: Path) -> None:
    card, run_log = left
    Export.TENSORBOARD.write(card, run_log, tmp_path / "board")
    with pytest.raises(InputError, match="give each run a folder"):
        Export.TENSORBOARD.write(replace(card, id="f" * 32), run_log, tmp_path / "board")
    assert Export.TENSORBOARD.write(replace(card, id="f" * 32), run_log, tmp_path / "board" / "other").is_file()


def test_that_changes_made_live_are_told(folder: str, tmp_path: Path) -> None:
    card, run_log = train(small(folder))
    run_log.mark(Change(7, "learning_rate", 0.5))
    path = Export.JSONL.write(card, run_log, tmp_path / "run.jsonl")
    assert json.loads(path.read_text("utf-8").splitlines()[-1])["changes"] == [[7, "learning_rate", 0.5]]


@contextmanager
def going(folder: str, tiny: Dataset) -> Iterator[Left]:
    """A run that goes on in another thread."""
    recipe = small(folder, iterations=1_000_000, record_every=1)
    run_log = RunLog(Diagnosis(recipe.config, tiny.class_shares))
    enough = Event()
    thread = Thread(target=train_recipe, args=(recipe, tiny, run_log, lambda: not enough.is_set()))
    thread.start()
    try:
        while run_log.version < 40:
            enough.wait(0.01)
        yield RunListing(recipe), run_log
    finally:
        enough.set()
        thread.join()


@FORMATS
def test_that_a_run_can_be_written_while_it_goes_on(folder: str, tiny: Dataset, tmp_path: Path, kind: Export) -> None:
    with going(folder, tiny) as (card, run_log):
        paths = [kind.write(card, run_log, tmp_path / f"{number}{kind.value.suffix}") for number in range(5)]
    reached = [iteration_of(kind, path) for path in paths]
    assert reached == sorted(reached)
    assert reached[0] > 0


def iteration_of(kind: Export, path: Path) -> int:
    """How far the run is in a file, which is sound."""
    match kind:
        case Export.CSV:
            rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
            assert {row["layer"] for row in rows[-3:]} == {"1", "2", "3"}
            return int(rows[-1]["iteration"])
        case Export.JSONL:
            *records, last = map(json.loads, path.read_text("utf-8").splitlines())
            assert last["done"]
            return int(records[-1]["iteration"])
        case Export.NPZ:
            with np.load(path, allow_pickle=False) as arrays:
                return int(arrays["iteration"])
        case Export.LAYERSCOPE:
            library = Library.in_memory()
            (card,) = library.take(path)
            reached = library.load(card.id).iteration
            library.close()
            return reached
        case Export.TENSORBOARD:
            data = path.read_bytes()
            place, last = 0, b""
            while place < len(data):
                (length,) = struct.unpack_from("<Q", data, place)
                last = data[place + 12 : place + 12 + length]
                place += 12 + length + 4
            assert place == len(data)
            (time,) = struct.unpack_from("<d", last, 1)  # its first field
            return int(time * 1000)
