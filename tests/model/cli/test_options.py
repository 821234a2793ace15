"""What `screenshot` can be asked for besides a run: which view is open, and at which iteration."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from main import main
from model.base.errors import InputError
from model.base.user_paths import ROOT
from model.cli.main_parser import parse
from model.cli.options import Picture, parse_iteration
from model.cli.screenshot import Screenshot
from model.config.config import Config
from model.config.views import ViewKind

VIEWS = [view.key for view in ViewKind]
LONGEST = 10_000_000  # as many iterations as a run can have

words = st.text(st.characters(codec="utf-8"), max_size=12).filter(lambda text: not text.startswith("-"))


def request_of(*arguments: str) -> Screenshot:
    """What `screenshot` with these arguments asks for."""
    request = parse(["screenshot", "out.png", *arguments])
    assert isinstance(request, Screenshot)
    return request


def picture_of(*arguments: str) -> Picture:
    """The picture among it."""
    return request_of(*arguments).picture


def complaint(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line that refuses these arguments."""
    assert main(["screenshot", "out.png", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    (line,) = err.splitlines()
    assert line.startswith("layerscope: ")
    assert line.endswith(".")
    return line.removeprefix("layerscope: ")


def test_that_the_first_view_at_the_end_is_drawn_unless_asked_otherwise() -> None:
    assert (picture_of().view, picture_of().at) == (ViewKind.ACTIVATIONS, None)


@pytest.mark.parametrize("view", ViewKind)
@pytest.mark.parametrize("form", [str.upper, str.title, lambda key: f" {key} "], ids=["upper", "title", "spaces"])
def test_that_a_view_is_found_however_its_name_is_written(view: ViewKind, form: object) -> None:
    assert callable(form)
    assert picture_of(f"--view={form(view.key)}").view is view
    assert picture_of("--view", form(view.key)).view is view


@pytest.mark.parametrize("name", ["", "histograms", "gradient", "On the slope", "One digit", "1", "ledger,digit", "-"])
def test_that_a_view_that_does_not_exist_is_answered_with_those_that_do(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert complaint(capsys, f"--view={name}") == f"--view: '{name}' is not one of {', '.join(VIEWS)}."


@given(words)
def test_that_any_word_is_a_view_or_is_answered_with_all_views(name: str) -> None:
    if name.strip().lower() in VIEWS:
        assert picture_of("--view", name).view.key == name.strip().lower()
    else:
        with pytest.raises(InputError) as refused:
            picture_of("--view", name)
        assert str(refused.value).endswith(f"is not one of {', '.join(VIEWS)}.")


@given(iterations=st.integers(0, LONGEST), at=st.integers(0, LONGEST))
def test_that_every_iteration_of_a_run_can_be_drawn_and_none_after_it(iterations: int, at: int) -> None:
    arguments = ["--iterations", str(iterations), "--at", str(at)]
    if at <= iterations:
        request = request_of(*arguments)
        assert (request.picture.at, request.config.iterations) == (at, iterations)
    else:
        with pytest.raises(InputError) as refused:
            request_of(*arguments)
        assert str(refused.value) == f"--at {at:,} is beyond the run's end at iteration {iterations:,}."


@pytest.mark.parametrize("iterations", [0, 1, 340, LONGEST])
def test_that_the_first_and_the_last_iteration_can_be_drawn_but_not_the_next(iterations: int) -> None:
    for at in (0, iterations):
        assert picture_of("--at", str(at), "--iterations", str(iterations)).at == at
    with pytest.raises(InputError, match="beyond the run's end"):
        picture_of("--at", str(iterations + 1), "--iterations", str(iterations))


def test_that_the_end_of_a_run_is_the_presets_where_it_is_not_given(capsys: pytest.CaptureFixture[str]) -> None:
    end = Config().iterations
    assert picture_of("--at", str(end)).at == end
    assert complaint(capsys, "--at", str(end + 1)) == f"--at {end + 1:,} is beyond the run's end at iteration {end:,}."
    assert request_of("--at", "5", "--preset", "zeros", "--iterations", "5").picture.at == 5
    line = complaint(capsys, "--at", "6", "--preset", "zeros", "--iterations", "5")
    assert line == "--at 6 is beyond the run's end at iteration 5."


@pytest.mark.parametrize("text", ["x", "", " ", "-1", "-0", "+3", "3.0", "1e3", "nan", "end", "0x10", "3 4", "٣", "²"])
@pytest.mark.parametrize("apart", [True, False])
def test_that_what_is_no_iteration_is_refused_with_an_example(
    capsys: pytest.CaptureFixture[str], text: str, apart: bool
) -> None:
    arguments = ["--at", text] if apart else [f"--at={text}"]
    assert complaint(capsys, *arguments) == f"--at takes the number of an iteration such as 340, not {text!r}."


@pytest.mark.parametrize("digits", [8, 9, 10, 400, 5000])
def test_that_a_number_of_any_length_is_refused_in_one_line(capsys: pytest.CaptureFixture[str], digits: int) -> None:
    assert complaint(capsys, "--at", "9" * digits).startswith("--at ")


@pytest.mark.parametrize("option", ["--view", "--at"])
def test_that_an_option_without_a_value_is_refused(capsys: pytest.CaptureFixture[str], option: str) -> None:
    assert complaint(capsys, option).startswith(f"{option}: expected one argument")
    assert complaint(capsys, option, "--scale", "1").startswith(f"{option}: expected one argument")


@pytest.mark.parametrize("arguments", [("--view", "ledger"), ("--at", "0")])
def test_that_training_without_a_picture_knows_neither_option(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, str]
) -> None:
    assert main(["train", *arguments]) == 2
    assert f"There is no option '{arguments[0]}'" in capsys.readouterr().err


def test_that_the_last_of_an_option_given_twice_counts() -> None:
    picture = picture_of("--view", "digit", "--at", "3", "--view", "ledger", "--at", "4")
    assert (picture.view, picture.at) == (ViewKind.LEDGER, 4)


def test_that_view_and_iteration_change_nothing_else_of_what_is_asked_for() -> None:
    usual, asked = request_of("--seed", "7"), request_of("--view", "digit", "--seed", "7", "--at", "3")
    assert asked.config == usual.config
    assert asked.picture == replace(usual.picture, view=ViewKind.DIGIT, at=3)


@given(st.integers(0, 10**9 - 1), st.sampled_from(["{}", " {} ", "00{:07d}"]))
def test_that_an_iteration_reads_back_as_the_number_it_is(at: int, form: str) -> None:
    text = form.format(at)
    if len(text.strip()) <= 9:
        assert parse_iteration(text) == at
    assert parse_iteration(at) == Picture(at=at).at == at


@pytest.mark.parametrize("value", [-1, True, False, 3.0, float("nan"), [3], b"3"])
def test_that_a_picture_cannot_be_made_of_what_is_no_iteration(value: object) -> None:
    with pytest.raises(InputError, match="--at takes the number of an iteration"):
        parse_iteration(value)
    with pytest.raises(InputError, match="--at takes the number of an iteration"):
        Picture(at=value)  # type: ignore[arg-type]  # that it is refused is the test


@pytest.mark.parametrize("arguments", [("--at", "-1"), ("--at", "6"), ("--view", "foo")])
def test_that_a_bad_request_is_refused_before_anything_is_trained_or_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: tuple[str, str]
) -> None:
    # The data folder does not exist: whoever read it would complain of that.
    run = ["screenshot", str(tmp_path / "out.png"), "--iterations", "5", "--data", str(tmp_path), *arguments]
    assert main(run) == 2
    assert capsys.readouterr().err.startswith(f"layerscope: {arguments[0]}")
    assert list(tmp_path.iterdir()) == []


def test_that_the_table_of_options_says_which_pictures_take_both() -> None:
    command = [sys.executable, str(ROOT / "main.py"), "options"]
    result = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    assert result.stderr == ""
    rows = {}
    for line in result.stdout.splitlines():
        if line.startswith("| `--"):
            option, default, values, about = (cell.strip() for cell in line.strip("|").split(" | "))
            rows[option.strip("`")] = default, values, about
    default, values, about = rows["--view"]
    assert (default, values) == ("`activations`", ", ".join(VIEWS))
    assert about.startswith("`screenshot` only. ")
    default, values, about = rows["--at"]
    assert (default, values) == ("", "")
    assert about.startswith("`screenshot` and `compare`. ")
    assert "the end when left out" in about


def test_that_the_help_of_screenshot_explains_both(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["screenshot", "--help"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert "--view activations Which tab is open" in text
    assert ", ".join(VIEWS) in text
    assert "--at AT The iteration that is shown" in text
