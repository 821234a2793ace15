"""`runs library`: what the library takes, its budget, and freeing, without the window."""

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from main import main
from model.library.library import Library
from tests.support.saved_runs import library_with, noise, trained

Say = Callable[..., str]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Four runs of some 300 kB of weights; the oldest is named, the others are hidden."""
    made = [trained(noise(), seed=seed, hidden=(300,), iterations=12, record_every=3) for seed in range(4)]
    runs = [
        (replace(card, label="" if seed else "Mine", shown=False, created=1e9 + seed), run_log)
        for seed, (card, run_log) in enumerate(made)
    ]
    return library_with(tmp_path / "library.sqlite", *runs)


@pytest.fixture
def say(library: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """What the command prints; it must succeed."""

    def run(*arguments: str) -> str:
        assert main(["runs", "library", *arguments, "--library", str(library)]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        return out

    return run


def freed(path: Path) -> list[bool]:
    with closing(Library.open(path)) as library:
        return [listing.freed for listing in library.runs()]


def test_that_it_prints_size_runs_weights_and_budget(say: Say, library: Path) -> None:
    first, size, runs, weights, budget, *_, last = say().splitlines()
    assert first == str(library)
    assert size.startswith("  size    ")
    assert size.endswith("kB")
    assert runs == "  runs    4"
    assert weights.endswith("of 4 runs")
    assert budget == "  budget  2 GB"
    assert last == "The library is within this budget: nothing needs to be freed."


def test_that_a_budget_says_what_it_would_free_and_stays(say: Say, library: Path) -> None:
    text = say("--budget", "0.0001")
    assert "the weights of the 4 oldest runs go." in text
    assert "Last of all go those that are named, shown, unfinished or branched off: 1 of them." in text
    assert "more are curves and records" in text
    assert say() == text
    assert freed(library) == [False] * 4
    assert "no limit" in say("--budget", "0")


def test_that_freeing_begins_with_what_nobody_named_and_stops_at_the_budget(say: Say, library: Path) -> None:
    told = json.loads(say("--json"))
    budget = told["bytes"] * 0.8
    assert told["freeing"]["runs"] == 0
    text = say("--budget", str(budget / 1e9), "--free")
    assert "0 runs packed without a loss" in text
    assert freed(library)[0] is False
    assert 0 < sum(freed(library)) < 4
    assert json.loads(say("--json"))["bytes"] <= budget
    assert library.stat().st_size <= 1.05 * budget


def test_that_all_that_can_go_goes_if_it_must(say: Say, library: Path) -> None:
    say("--budget", "0.000001", "--free")
    assert freed(library) == [True] * 4


def test_that_a_run_without_weights_says_so_and_a_table_of_it_can_still_be_written(
    say: Say, library: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    say("--budget", "0.000001", "--free")
    assert main(["runs", "show", "1", "--library", str(library)]) == 0
    assert "gone, to keep the library within its budget" in capsys.readouterr().out
    assert main(["runs", "list", "--json", "--library", str(library)]) == 0
    assert all(json.loads(line)["freed"] for line in capsys.readouterr().out.splitlines())
    assert main(["runs", "export", "1", "--library", str(library), "--out", str(tmp_path / "a.csv")]) == 0
    assert main(["runs", "export", "1", "--library", str(library), "--out", str(tmp_path / "a.npz")]) == 2
    assert "went to make room in the library; train it again" in capsys.readouterr().err
