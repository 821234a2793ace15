"""A full disk, by a limit on the size of files: a message, what was saved stays, the run goes on in memory."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from model.base.user_paths import ROOT
from model.library.library import Library
from tests.support.libraries import file_of
from tests.support.saved_runs import equal, library_with, noise, tampered, trained

pytestmark = pytest.mark.skipif(os.name == "nt", reason="limits as POSIX has them")

# What all of them begin with: a library with one run, a second run that grows, and a limit that can be lifted.
START = """
import resource, sys, threading
from pathlib import Path
from queue import Queue
from model.history.run_summary import RunListing
from model.base.errors import InputError
from model.library.autosave import Autosaver
from model.library.library import Library
from model.history.run_log import RunLog
from tests.support.libraries import file_of
from tests.support.patience import PATIENCE

path, limit = Path(sys.argv[1]), int(sys.argv[2])
library = Library.in_memory()
(first, saved), (second, whole) = ((card, library.load(card.id)) for card in library.take(sys.argv[3]))

def limited(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

def say(*texts):
    print(*texts, flush=True)

def grow(run_log, iteration):
    for checkpoint in whole.history.weights.kept:
        if len(run_log.history) <= checkpoint.iteration <= iteration:
            run_log.keep(checkpoint)
    for record in whole.history.timeline.moments:
        if len(run_log.history) <= record.iteration <= iteration:
            run_log.put(record)
"""

SAVING = (
    START
    + """
texts = Queue()
autosaver = Autosaver(path, texts.put)
autosaver.track(first, saved)
run_log = RunLog()
autosaver.track(second, run_log)
grow(run_log, 50)
answers = Queue()
autosaver.ask(lambda library: library.load(second.id), answers.put)
before = len(answers.get(timeout=PATIENCE).history)
limited(path.stat().st_size + limit)
grow(run_log, 150)
autosaver.post(lambda library: library.change(second.id, label="mine"))
say(texts.get(timeout=PATIENCE))
for _ in range(3):  # reading goes on, and so does the run
    autosaver.ask(lambda library: library.load(second.id), answers.put)
    say(before, len(answers.get(timeout=PATIENCE).history), len(run_log.history))
say(texts.qsize())
if "lift" in sys.argv:
    limited(resource.RLIM_INFINITY)
autosaver.close()
say(texts.qsize())
"""
)


Lines = Callable[..., list[str]]


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Lines:
    """What a script says that is given a path, a limit, and a file with two runs."""
    runs = [trained(noise(), seed=seed, hidden=(60,), iterations=150, record_every=1) for seed in range(2)]
    path = tampered(library_with(tmp_path_factory.mktemp("runs") / "two.layerscope", *runs))
    return partial(_lines, path)


def _lines(runs: Path, script: str, path: Path, limit: int, *more: str) -> list[str]:
    command = [sys.executable, "-c", script, str(path), str(limit), str(runs), *more]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.stderr == ""
    assert result.returncode == 0
    return result.stdout.splitlines()


def complete(path: Path) -> dict[str, int]:
    """How many records each run of a library has, by its label; every one can be read."""
    with closing(Library.open(path)) as library:
        return {listing.label: len(library.load(listing.id).history) for listing in library.runs()}


@pytest.mark.parametrize("limit", [0, 50_000, 200_000])
def test_that_a_autosaver_on_a_full_disk_says_so_once_and_what_was_saved_stays(
    lines: Lines, tmp_path: Path, limit: int
) -> None:
    path = tmp_path / "library.sqlite"
    said, *counts, told, told_at_the_end = lines(SAVING, path, limit)
    assert said.startswith(f"'{path}' cannot be written: the disk ")
    assert said.endswith("Runs go on in memory, and are saved as soon as they can be.")
    assert counts == ["51 51 151"] * 3
    assert (told, told_at_the_end) == ("0", "0")
    with closing(Library.open(path)) as library:
        assert [len(library.load(listing.id).history) for listing in library.runs()] == [151, 51]


def test_that_a_autosaver_makes_up_for_it_when_there_is_room_again(lines: Lines, tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    lines(SAVING, path, 50_000, "lift")
    assert complete(path) == {"": 151, "mine": 151}


OPEN = (
    START
    + """
limited(limit)
texts = Queue()
autosaver = Autosaver(path, texts.put)
autosaver.track(first, saved)
answers = Queue()
autosaver.ask(lambda library: (str(library.path), len(library.load(first.id).history)), answers.put)
say(*answers.get(timeout=PATIENCE))
autosaver.close()
say(texts.get(timeout=PATIENCE))
"""
)


@pytest.mark.parametrize("limit", [0, 1, 4096, 10_000])
def test_that_a_library_which_finds_no_room_at_all_leaves_nothing_behind(
    lines: Lines, tmp_path: Path, limit: int
) -> None:
    path = tmp_path / "library.sqlite"
    went_on, said = lines(OPEN, path, limit)
    assert went_on == "None 151"
    assert f"'{path}' cannot be written: the disk " in said
    assert list(tmp_path.iterdir()) == []


WRITE = (
    START
    + """
library = Library.in_memory()
library.add(first)
library.save(first.id, saved)
limited(limit)
try:
    library.write(first.id, path)
except InputError as error:
    say(error)
"""
)


@pytest.mark.parametrize("limit", [0, 4096, 50_000, 200_000])
@pytest.mark.parametrize("old", [True, False])
def test_that_a_run_which_does_not_fit_leaves_the_file_that_was_there(
    lines: Lines, tmp_path: Path, limit: int, old: bool
) -> None:
    path = tmp_path / "one.layerscope"
    before = file_of(1).read_bytes()
    if old:
        path.write_bytes(before)
    (said,) = lines(WRITE, path, limit)
    assert said.startswith(f"'{path}' cannot be written: the disk ")
    assert [file.name for file in tmp_path.iterdir()] == ([path.name] if old else [])
    assert not old or path.read_bytes() == before


TAKE = (
    START
    + """
library = Library.open(path)
library.add(first)
library.save(first.id, saved)
limited(path.stat().st_size + limit)
for _ in range(2):
    try:
        library.take(file_of(1))
    except InputError as error:
        say(error)
say(len(library.runs()), len(library.load(first.id).history))
limited(resource.RLIM_INFINITY)
library.take(file_of(1))
say(len(library.runs()))
"""
)


def test_that_a_run_which_cannot_be_taken_for_want_of_room_is_not_there_in_part(lines: Lines, tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    *said, before, after = lines(TAKE, path, 0)
    assert [text.startswith(f"'{path}' cannot be written: the disk ") for text in said] == [True, True]
    assert (before, after) == ("1 151", "2")


def test_that_what_is_taken_later_is_the_same(lines: Lines, tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    lines(TAKE, path, 0)
    with closing(Library.open(path)) as library, closing(Library.in_memory()) as other:
        (listing,) = other.take(file_of(1))
        assert equal(library.load(listing.id).history.timeline.moments, other.load(listing.id).history.timeline.moments)
