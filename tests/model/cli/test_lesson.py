"""The command `lesson`: lists, checks, begins and exports."""

import re
from pathlib import Path

import pytest

from main import main
from model.cli.lesson import ACTIONS
from model.lessons.lesson_folder import OWN_LESSONS, lesson_files, read_lesson
from tests.support.lessons import TOML, written


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    """What the command prints; the error where it fails."""
    assert main(["lesson", *arguments]) == code
    captured = capsys.readouterr()
    return captured.err if code == 2 else captured.out


def test_that_help_names_every_action(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys)
    for action in ACTIONS:
        assert f"lesson {action.name} " in text
        assert action.help[:1].upper() + action.help[1:] in " ".join(said(capsys, action.name, "--help").split())


def test_that_the_list_has_every_lesson_of_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    head, *rows = said(capsys, "list").splitlines()
    assert head.split() == ["name", "title", "steps", "bets", "minutes", "languages"]
    assert [row.split()[0] for row in rows] == [path.stem for path in lesson_files(OWN_LESSONS)]


def test_that_a_check_in_worker_processes_tells_what_holds_and_what_does_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = written(tmp_path)
    for which in (tmp_path, one):
        assert said(capsys, "check", str(which), "--jobs", "1").endswith("1 figure, 2 runs. All holds.\n")
    written(tmp_path, TOML.replace('right = "high"', 'right = "low"'))
    text = said(capsys, "check", str(tmp_path), "--jobs", "1", code=1)
    assert "01-short.toml, line 7: The bet 'end' has 'low' right" in text
    assert text.endswith("2 faults.\n")


def test_that_a_check_that_only_warns_ends_well_and_one_of_a_broken_file_does_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # The two accuracies are 50 and 56 %; the margin reaches to 51 %.
    written(tmp_path, TOML.replace("to = 0.2", "to = 0.45").replace("from = 0.3", "from = 0.4501"))
    text = said(capsys, "check", str(tmp_path), "--jobs", "1")
    assert "\nWarning: 01-short.toml, line 7: The bet 'end' is on an edge" in text
    assert re.search(r"All holds, with [12] warnings?\.\n$", text)
    written(tmp_path, TOML.replace("kind", "knid"), name="02-broken")
    text = said(capsys, "check", str(tmp_path), "--jobs", "1", code=1)
    assert "\n02-broken.toml, line 8: " in text
    assert "1 fault, with" in text


def test_that_a_new_lesson_passes_its_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "new", "my-first", "--folder", str(tmp_path))
    assert text.splitlines() == [f"Wrote '{tmp_path / name}'." for name in ("my-first.toml", "en/my-first.md")]
    assert read_lesson(tmp_path / "my-first.toml").title == "A lesson of your own"
    assert said(capsys, "check", str(tmp_path), "--jobs", "2").endswith("All holds.\n")
    assert "is there already" in said(capsys, "new", "my-first", "--folder", str(tmp_path), code=2)


@pytest.mark.parametrize("name", ["../evil", "Über", "a b", "", "/tmp/x"])
def test_that_a_name_that_is_none_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    said(capsys, "new", name, "--folder", str(tmp_path), code=2)
    assert list(tmp_path.iterdir()) == []


def test_that_an_export_is_one_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path)
    out = tmp_path / "page.html"
    text = said(capsys, "export", "1", "--folder", str(tmp_path), "--out", str(out), "--jobs", "1")
    assert text == f"A short run: '{out}'.\n"
    page = out.read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "<polyline" in page


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("chek",), "takes list, check, new or export, not 'chek'"),
        (("list", "/nowhere"), "The folder '/nowhere' cannot be read"),
        (("export", "1"), "needs --out FILE.html"),
        (("export", "1", "--out", "page.pdf"), "needs --out FILE.html"),
        (("export", "77", "--out", "page.html"), "There is no lesson '77'; there are 01-never-learns"),
        (("check", "00-none"), "There is no lesson '00-none'; there are 01-never-learns"),
        (("check", "--jobs", "many"), "--jobs takes a whole number"),
        (("new",), "required"),
    ],
)
def test_that_bad_input_costs_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], fault: str
) -> None:
    text = said(capsys, *arguments, code=2)
    assert fault in text
    assert text.count("\n") == 1
