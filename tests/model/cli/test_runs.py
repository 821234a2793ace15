"""`runs`: the library without the window."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from main import main
from model.base.user_paths import ROOT, library_path
from model.cli.main_parser import parse
from model.cli.run_lookup import named
from model.cli.runs import ACTIONS
from model.cli.runs_tasks import ExportRun, ListRuns
from model.config.recipe import Recipe
from model.exports.csv import csv_of
from model.exports.formats import Export
from model.exports.jsonl import jsonl_of
from model.exports.npz import npz_of
from model.exports.reproduce import as_command
from model.history.run_summary import RunListing
from model.library.library import Library
from tests.support.finished_runs import Left, eventful, small, train

Say = Callable[..., str]


@pytest.fixture(scope="module")
def runs(folder: str) -> list[Left]:
    """Three runs, the second named by its user, the last a branch with changes."""
    found = [train(small(folder, activation="sigmoid")), train(small(folder)), train(eventful(folder))]
    labels = ["", "Tired net", ""]
    return [
        (replace(card, id=f"{number}abc{number:028}", label=label, created=1.6e9 + number), run_log)
        for number, ((card, run_log), label) in enumerate(zip(found, labels, strict=True), 1)
    ]


@pytest.fixture
def library(runs: list[Left], tmp_path: Path) -> Path:
    """A library that holds them."""
    path = tmp_path / "library.sqlite"
    filled(path, runs)
    return path


def filled(path: Path, runs: list[Left]) -> None:
    """Make a library of these runs."""
    library = Library.open(path)
    for card, run_log in runs:
        library.add(card)
        library.save(card.id, run_log)
    library.close()


def cards_in(path: Path) -> list[RunListing]:
    """What a library lists."""
    library = Library.open(path)
    cards = library.runs()
    library.close()
    return cards


@pytest.fixture
def say(library: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """What a command on the library prints; it must succeed."""

    def run(*arguments: object) -> str:
        assert main(["runs", *map(str, arguments), "--library", str(library)]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        return out

    return run


@pytest.fixture
def refuse(library: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """What a command on the library complains of, in one line."""

    def run(*arguments: object) -> str:
        assert main(["runs", *map(str, arguments), "--library", str(library)]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        (line,) = err.splitlines()
        assert line.startswith("layerscope: ")
        return line.removeprefix("layerscope: ")

    return run


def test_that_the_table_has_a_line_for_each_run(say: Say, runs: list[Left]) -> None:
    head, *lines = say("list").splitlines()
    assert [line.split()[0] for line in lines] == ["1", "2", "3"]
    assert re.split(r"\s{2,}", head.strip()) == ["name", "test accuracy", "verdict", "iterations", "created", "id"]
    for line, (card, run_log), name in zip(lines, runs, named([card for card, _ in runs]), strict=True):
        newest = run_log.history.newest
        assert newest
        assert name[:40] in line
        assert f"{newest.test_accuracy:.4f}" in line
        assert line.endswith(card.id[:8])
        assert "2020-09-1" in line
    assert "Tired net" in lines[1]
    assert max(map(len, lines)) <= 140


def test_that_columns_stand_below_each_other(say: Say) -> None:
    lines = say("list").splitlines()
    assert (
        len({line.index(word) for line, word in zip(lines, ("created", "2020-", "2020-", "2020-"), strict=True)}) == 1
    )


def test_that_json_has_an_object_for_each_run(say: Say, runs: list[Left]) -> None:
    found = [json.loads(line) for line in say("list", "--json").splitlines()]
    for number, (told_of, (card, run_log)) in enumerate(zip(found, runs, strict=True), 1):
        newest = run_log.history.newest
        assert newest
        assert (told_of["number"], told_of["id"]) == (number, card.id)
        assert told_of["test_accuracy"] == newest.test_accuracy
        assert told_of["iterations"] == 60
        assert told_of["ended"] is True
        assert told_of["created"] == f"2020-09-13T12:26:4{number}+00:00"
        assert told_of["verdict"]["class"] == run_log.verdicts[-1][1].condition.key
        assert Recipe.from_json(told_of) == card.recipe


def test_that_an_empty_library_is_an_empty_list(say: Say, library: Path) -> None:
    say("delete", "1", "2", "3")
    assert say("list") == "The library has no runs.\n"
    assert say("list", "--json") == ""


@pytest.mark.parametrize("which", ["2", "Tired net", "tired NET", "2abc", "2ABC00", "2abc" + f"{2:028}"])
def test_that_a_run_is_found_by_number_name_and_id(say: Say, which: str) -> None:
    assert say("show", which).startswith("Tired net\n")


def test_that_all_of_a_run_is_shown(say: Say, runs: list[Left]) -> None:
    card, run_log = runs[2]
    text = say("show", "3")
    for setting in card.recipe.config.settings():
        assert f"  {setting.name.replace('_', ' ')} " in text
    assert run_log.verdicts[-1][1].sentence in text
    assert card.id in text
    assert "off another run at iteration 25, layer 1 × 0.1" in text
    assert "learning_rate 0.03125 from iteration 33 on" in text
    assert text.splitlines()[-1] == as_command(card.recipe)


def test_that_several_runs_are_shown_apart(say: Say) -> None:
    assert say("show", "2", "1").count("\n\n") == 3


@pytest.mark.parametrize("kind", Export, ids=lambda kind: kind.key)
def test_that_a_run_is_exported_as_its_suffix_says(say: Say, runs: list[Left], tmp_path: Path, kind: Export) -> None:
    out = tmp_path / f"run{kind.value.suffix}"
    text = say("export", "2", "--out", out)
    assert text.startswith(f"Tired net: {kind.label} in '{out}")
    (path,) = [out] if out.is_file() else out.iterdir()
    check_export(kind, path, runs[1])
    again = tmp_path / "plain"
    say("export", "2", "--as", kind.key, "--out", again)
    assert again.exists()


def check_export(kind: Export, path: Path, left: Left) -> None:
    """The file holds what the run left before it went into the library."""
    card, run_log = left
    expected = {
        Export.CSV: lambda: csv_of(run_log),
        Export.JSONL: lambda: jsonl_of(card.recipe, run_log),
        Export.NPZ: lambda: npz_of(card.recipe, run_log),
    }
    if kind in expected:
        assert path.read_bytes() == expected[kind]()
    elif kind is Export.LAYERSCOPE:
        assert [found.id for found in cards_in(path)] == [card.id]
    else:
        assert path.stat().st_size > 100_000


def test_that_weights_of_an_iteration_are_exported(say: Say, runs: list[Left], tmp_path: Path) -> None:
    say("export", "1", "--at", "12", "--out", tmp_path / "run.npz")
    assert (tmp_path / "run.npz").read_bytes() == npz_of(runs[0][0].recipe, runs[0][1], 12)


def test_that_a_file_of_one_run_is_shown_and_exported_like_one_of_the_list(
    say: Say, runs: list[Left], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("model.cli.run_lookup.library_path", lambda: tmp_path / "none")
    file = tmp_path / "one.layerscope"
    say("export", "2", "--out", file)
    before = file.read_bytes()
    assert main(["runs", "show", str(file)]) == 0
    assert capsys.readouterr().out.startswith("Tired net\n")
    assert main(["runs", "export", str(file), "--out", str(tmp_path / "one.csv")]) == 0
    assert (tmp_path / "one.csv").read_bytes() == csv_of(runs[1][1])
    assert file.read_bytes() == before


def test_that_a_deleted_run_is_gone_and_comes_back(say: Say, library: Path) -> None:
    text = say("delete", "2", "1abc", "2")
    ids = re.findall(r"\((\w{32})\)", text)
    assert [id_[0] for id_ in ids] == ["2", "1"]
    assert [card.id[0] for card in cards_in(library)] == ["3"]
    assert "Tired net is back." in say("restore", *ids)
    assert [card.id[0] for card in cards_in(library)] == ["1", "2", "3"]
    assert say("restore", ids[0]) == "Tired net is there.\n"


def test_that_nothing_is_deleted_when_one_is_unknown(refuse: Say, library: Path) -> None:
    assert "no run 'nobody'" in refuse("delete", "1", "nobody")
    assert len(cards_in(library)) == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "4"], "There is no run '4' in the library; 'main.py runs list' shows those there are."),
        (["show", "0"], "no run '0'"),
        (["show", "-1"], "'-1'"),
        (["show", "9" * 5_000], "no run"),
        (["show", "zzzz"], "no run 'zzzz'"),
        (["show", "2ab"], "no run '2ab'"),
        (["show", ""], "no run ''"),
        (["show"], "RUN"),
        (["show", "no.layerscope"], "no.layerscope"),
        (["export", "1"], "--out"),
        (["export", "1", "--out", ""], "name of a file"),
        (["export", "1", "--out", "run.xls"], "'run.xls' must end in one of .layerscope, .csv, .jsonl, .npz"),
        (["export", "1", "--as", "xls", "--out", "run"], "--as: 'xls' is not one of layerscope, csv"),
        (["export", "1", "--as", "csv", "--out", "/no/such/folder/run"], "there is no folder"),
        (["export", "1", "--at", "5", "--out", "run.csv"], "--at is for npz"),
        (["export", "1", "--at", "-5", "--out", "run.npz"], "--at"),
        (["export", "1", "2", "--out", "run.csv"], "'2'"),
        (["export", "x", "--out", "run.csv"], "no run 'x'"),
        (["restore", "f" * 32], "no deleted run"),
        (["delete"], "RUN"),
        (["library", "x"], "'x'"),
        (["library", "--budget", "-1"], "--budget takes gigabytes from 0, for no limit, to 100,000, not '-1'."),
        (["library", "--budget", "nan"], "--budget"),
        (["library", "--budget", "many"], "not 'many'"),
        (["list", "1"], "'1'"),
        (["lsit"], "'main.py runs' takes list, show, export, delete, restore or library, not 'lsit'."),
    ],
)
def test_that_bad_input_gets_one_line(refuse: Say, arguments: list[str], said: str) -> None:
    assert said in refuse(*arguments)


@pytest.mark.parametrize(
    "arguments", [["list"], ["library", "--free"], ["show", "1"], ["delete", "1"], ["export", "1", "--out", "x.csv"]]
)
def test_that_a_library_that_is_not_there_is_not_made(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: list[str]
) -> None:
    path = tmp_path / "none.sqlite"
    assert main(["runs", *arguments, "--library", str(path)]) == 2
    assert f"There is no library '{path}'" in capsys.readouterr().err
    assert not path.exists()


def test_that_a_file_of_another_kind_is_refused_and_kept(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear all")
    assert main(["runs", "list", "--library", str(path)]) == 2
    assert "letter.txt" in capsys.readouterr().err
    assert path.read_text() == "Dear all"


def test_that_the_library_of_the_window_is_meant_when_none_is_named(
    capsys: pytest.CaptureFixture[str], runs: list[Left]
) -> None:
    library_path().parent.mkdir(parents=True)
    filled(library_path(), runs)
    assert main(["runs", "list"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 4


@pytest.mark.parametrize("arguments", [["runs"], ["runs", "--help"], ["runs", "-h"]])
def test_that_help_names_every_action(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert main(arguments) == 0
    text = capsys.readouterr().out
    for action in ACTIONS:
        assert action.usage in text
        assert action.help in text
    assert max(map(len, text.splitlines())) <= 120


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_that_help_explains_the_options_of_an_action(capsys: pytest.CaptureFixture[str], action: Any) -> None:
    assert main(["runs", action.name, "--help"]) == 0
    text = capsys.readouterr().out
    assert "--library" in text
    for option in re.findall(r"--\w+", action.options):
        assert option in text


def test_that_an_export_is_asked_for_as_it_is_written() -> None:
    request = parse(["runs", "export", "net", "--as", "npz", "--out", "a.npz", "--at", "7"])
    assert request == ExportRun(which=("net",), as_=Export.NPZ, out=Path("a.npz"), at=7)
    assert parse(["runs", "list"]) == ListRuns()


def test_that_the_list_imports_nothing_that_trains(tmp_path: Path) -> None:
    heavy = ["model.training", "model.network.evaluation_process", "model.cures", "multiprocessing", "model.workers"]
    library = tmp_path / "library.sqlite"
    Library.open(library).close()
    command = ["runs", "list", "--library", str(library)]
    script = f"import sys, main; main.main({command!r}); print(sorted(set({heavy!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
