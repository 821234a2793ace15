"""The command `compare`: what it takes, which runs it finds, and one line for what is wrong, before any training."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from main import main
from model.base.errors import InputError
from model.base.params import params
from model.cli import gather_runs
from model.cli.command import PrintText
from model.cli.compare import MOST_RUNS, Compare
from model.cli.gather_runs import gather
from model.cli.main_parser import parse
from model.cli.options import Comparison
from model.config.presets import LESSON, PRESETS
from model.config.views import Scheme, Size
from model.data.datasets import Dataset
from model.history.run_log import RunLog
from model.history.run_summary import RunListing
from model.library.run_file import write_listing
from tests.support.saved_runs import assert_same, library_with, trained

Saved = tuple[RunListing, RunLog]


@pytest.fixture(autouse=True)
def no_training(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bad input is found before data are read."""
    monkeypatch.setattr(gather_runs, "load_dataset", refuse)


def refuse(folder: str = "") -> Dataset:
    raise AssertionError("data were read")


@pytest.fixture(scope="module")
def runs(tiny: Dataset) -> list[Saved]:
    """Two runs that differ in their seed."""
    return [trained(tiny, seed=seed) for seed in (0, 1)]


def compare_of(*arguments: str) -> Compare:
    found = parse(["compare", *arguments])
    assert isinstance(found, Compare)
    return found


def always() -> bool:
    return True


def test_that_runs_and_options_may_stand_in_any_order(tmp_path: Path) -> None:
    out = tmp_path / "out.svg"
    asked = compare_of(str(out), "zeros", "--theme", "dark", "relu-he", "--at", "7", "--size", "800x600", "3")
    assert (asked.out, asked.runs) == (out, ("zeros", "relu-he", "3"))
    assert asked.options == Comparison(size=Size(800, 600), theme=Scheme.DARK, at=7)
    assert compare_of(str(out), "a", "--library", "b.db").options.library == Path("b.db")


def test_that_lesson_stands_for_the_six(tmp_path: Path) -> None:
    names = tuple(preset.name for preset in LESSON)
    assert len(names) == 6
    assert compare_of(str(tmp_path / "out.png"), "--lesson").runs == names
    assert compare_of(str(tmp_path / "out.png"), "zeros", "--lesson").runs == ("zeros", *names)


def test_that_help_explains_every_option() -> None:
    shown = parse(["compare", "--help"])
    assert isinstance(shown, PrintText)
    for setting in params(Comparison):
        assert setting.option in shown.text


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "OUT"),
        (["out.gif", "zeros"], "must end in .png, .svg or .pdf"),
        (["out.png"], "no runs to compare"),
        (["out.png", *["zeros"] * 13], f"At most {MOST_RUNS} runs"),
        (["out.png", *["zeros"] * 7, "--lesson"], f"At most {MOST_RUNS} runs"),
        (["none/out.png", "zeros"], "no folder"),
        (["out.png", "zeroes"], "There is no preset 'zeroes'"),
        (["out.png", "zeros", "none.layerscope"], "none.layerscope"),
        (["out.png", "zeros", "1", "--library", "none.db"], "no library 'none.db'"),
        (["out.png", "zeros", "--at", "2001"], "--at 2,001 is beyond the end"),
        (["out.png", "zeros", "--at", "-1"], "--at"),
        (["out.png", "zeros", "--size", "10x10"], "--size"),
        (["out.png", "zeros", "--size", "7680x4320", "--scale", "4"], "pixels"),
        (["out.png", "zeros", "--view", "ledger"], "no option '--view'"),
        (["out.png", "zeros", "--theme", "pink"], "--theme"),
    ],
)
def test_that_bad_input_gets_one_line_and_exit_2_before_any_training(
    arguments: list[str],
    complaint: str,
    qapp: QApplication,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["compare", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert complaint in printed.err
    assert not list(tmp_path.glob("*.png"))


def test_that_saved_runs_are_found_by_number_name_id_and_file(tmp_path: Path, runs: list[Saved]) -> None:
    library = library_with(tmp_path / "library.db", *runs)
    path = tmp_path / "one.layerscope"
    write_listing(*runs[1], path)
    names = ("1", "seed 1", runs[0][0].id[:12], str(path))
    found = gather(names, library, always)
    for each, (listing, run_log) in zip(found, (runs[0], runs[1], runs[0], runs[1]), strict=True):
        assert each.listing.recipe == listing.recipe
        assert_same(each.run_log, run_log)
    assert [each.listing.color for each in found] == [0, 1, 2, 3]


def test_that_the_librarys_own_runs_are_unchanged(tmp_path: Path, runs: list[Saved]) -> None:
    library = library_with(tmp_path / "library.db", *runs)
    before = library.read_bytes()
    gather(("1", "2"), library, always)
    assert library.read_bytes() == before


def test_that_a_missing_library_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no library"):
        gather(("1",), tmp_path / "none.db", always)
    assert not (tmp_path / "none.db").exists()


def test_that_presets_are_trained_in_their_places(
    tmp_path: Path, runs: list[Saved], tiny: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gather_runs, "load_dataset", lambda folder="": tiny)
    path = tmp_path / "one.layerscope"
    write_listing(*runs[0], path)
    first, saved, last = gather(("zeros", str(path), "relu-he"), None, always)
    configs = {preset.name: preset.config for preset in PRESETS}
    assert (first.listing.recipe.config, last.listing.recipe.config) == (configs["zeros"], configs["relu-he"])
    assert saved.listing.id == runs[0][0].id
    assert first.run_log.iteration == last.run_log.iteration == 2_000
    assert first.run_log.ended
    assert last.run_log.verdict() is not None


def test_that_ctrl_c_ends_the_training(tiny: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gather_runs, "load_dataset", lambda folder="": tiny)
    left = iter(range(50))
    (found,) = gather(("relu-he",), None, lambda: next(left, None) is not None)
    assert found.run_log.iteration == 50


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_that_the_picture_is_written(
    suffix: str, qapp: QApplication, tmp_path: Path, runs: list[Saved], capfd: pytest.CaptureFixture[str]
) -> None:
    library = library_with(tmp_path / "library.db", *runs)
    out = tmp_path / f"out{suffix}"
    options: list[Any] = ["--library", library, "--size", "800x600", "--scale", 1, "--theme", "dark", "--at", 30]
    assert main(["compare", str(out), "1", "seed 1", *map(str, options)]) == 0
    assert out.stat().st_size > 10_000
    assert capfd.readouterr().err == ""
    if suffix == ".png":
        picture = QImage(str(out))
        assert (picture.width(), picture.height()) == (800, 600)
        assert not picture.textKeys()  # it is of no single run
