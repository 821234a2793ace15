"""Several windows on one library: nothing that one of them does is lost to another."""

import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from model.base.user_paths import ROOT
from model.config.recipe import Recipe
from model.history.run_summary import RunListing
from model.library.library import Library
from tests.support.saved_runs import assert_same, noise, part_of, trained

RUNS = 8  # of each window

WINDOW = """
import sys
from pathlib import Path
from model.library.autosave import Autosaver
from model.library.library import Library
from tests.support.saved_runs import noise, part_of, trained

path, name, runs = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
made = [trained(noise(), seed=seed, hidden=(5,)) for seed in range(runs)]
print("ready", flush=True)
sys.stdin.readline()
if name == "autosaver":
    autosaver = Autosaver(path, print)
    for number, (card, run_log) in enumerate(made):
        autosaver.track(card, run_log)
        autosaver.post(lambda library, card=card, number=number: library.change(card.id, label=f"{name} {number}"))
    autosaver.close()
else:
    library = Library.open(path)
    for number, (card, run_log) in enumerate(made):
        library.add(card)
        for iteration in range(0, 60, 6):
            library.save(card.id, part_of(run_log, iteration))
        library.save(card.id, run_log)
        library.change(card.id, label=f"{name} {number}")
        if number % 2:
            library.delete([card.id])
    library.close()
"""


@pytest.mark.parametrize("there", [True, False], ids=["there", "made by both at once"])
def test_that_windows_which_write_at_the_same_time_lose_nothing(tmp_path: Path, there: bool) -> None:
    path = tmp_path / "library.sqlite"
    if there:
        Library.open(path).close()
    names = ["one", "two", "autosaver"]
    command = [sys.executable, "-c", WINDOW, str(path)]
    windows = [
        subprocess.Popen(
            [*command, name, str(RUNS)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in names
    ]
    for window in windows:
        assert window.stdout
        assert window.stdout.readline() == "ready\n"
    for window in windows:
        assert window.stdin
        window.stdin.write("go\n")
        window.stdin.flush()
    for window in windows:
        assert window.communicate() == ("", "")
        assert window.returncode == 0
    right = [trained(noise(), seed=seed, hidden=(5,))[1] for seed in range(RUNS)]
    with closing(Library.open(path)) as library:
        found = {listing.label: listing for listing in library.runs()}
        kept = {f"{name} {number}" for name in names for number in range(RUNS) if name == "autosaver" or not number % 2}
        assert set(found) == kept
        for label, listing in found.items():
            assert_same(library.load(listing.id), right[int(label.split()[1])])


def test_that_a_window_notices_what_another_has_changed_and_only_that(tmp_path: Path) -> None:
    listing = RunListing(Recipe(trained(noise())[0].recipe.config))
    with closing(Library.open(tmp_path / "library")) as mine, closing(Library.open(tmp_path / "library")) as other:
        assert not mine.changed_elsewhere()
        mine.add(listing)
        assert not mine.changed_elsewhere()
        assert other.changed_elsewhere()
        assert not other.changed_elsewhere()
        other.change(listing.id, label="theirs")
        assert mine.changed_elsewhere()
        assert mine.runs() == other.runs()


def test_that_a_run_which_another_window_removes_for_good_is_simply_no_longer_saved(tmp_path: Path) -> None:
    listing, run_log = trained(noise())
    with closing(Library.open(tmp_path / "library")) as mine, closing(Library.open(tmp_path / "library")) as other:
        mine.add(listing)
        mine.save(listing.id, part_of(run_log, 10))
        with other._writing() as connection:
            connection.execute("DELETE FROM run")
        mine.save(listing.id, run_log)
        assert mine.runs() == []
        mine.add(listing)
        mine.save(listing.id, run_log)
        assert_same(other.load(listing.id), run_log)


def test_that_threads_share_a_library(tmp_path: Path) -> None:
    runs = [trained(noise(), seed=seed, hidden=(5,)) for seed in range(4)]
    with closing(Library.open(tmp_path / "library")) as library:

        def work(number: int) -> None:
            listing, run_log = runs[number]
            library.add(listing)
            for iteration in range(0, 60, 3):
                library.save(listing.id, part_of(run_log, iteration))
                library.runs()
            library.save(listing.id, run_log)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(len(runs))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for listing, run_log in runs:
            assert_same(library.load(listing.id), run_log)
