"""The command line: what is asked for, and one clear line for everything that cannot be."""

import gc
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from main import main
from model.base.console import complain
from model.base.errors import InputError
from model.base.params import Param, params
from model.base.user_paths import ROOT
from model.cli.command import PrintText
from model.cli.main_parser import COMMANDS, parse
from model.cli.open_window import Open
from model.cli.options import MAX_PIXELS, Output, Picture, parse_size
from model.cli.screenshot import Screenshot
from model.cli.train import Train
from model.config.config import Config
from model.config.every_setting import every_setting
from model.config.option_text import written
from model.config.presets import PRESETS, Preset
from model.config.recipe import Recipe
from model.config.run_options import PresetOption
from model.config.views import LARGEST, SMALLEST, Scheme, Size
from model.nn.optimizers import Optimizer

TAKING_VALUES = [*params(PresetOption), *every_setting(), *params(Picture)]
TEXTS = st.text(max_size=12) | st.from_regex(r"[-+]?[0-9_.,e]{1,400}", fullmatch=True)


def config_of(*arguments: str) -> Config:
    """The run that `train` with these arguments asks for."""
    request = parse(["train", *arguments])
    assert isinstance(request, Train)
    return request.recipe.config


def picture_of(*arguments: str) -> Picture:
    """The picture that `screenshot` with these arguments asks for."""
    request = parse(["screenshot", "out.png", *arguments])
    assert isinstance(request, Screenshot)
    return request.picture


def test_that_train_without_options_is_the_default_run() -> None:
    assert parse(["train"]) == Train(Recipe(Config()), as_json=False)
    assert parse(["train", "--json"]) == Train(Recipe(Config()), as_json=True)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_that_a_preset_is_its_config(preset: Preset) -> None:
    assert config_of("--preset", preset.name) == preset.config


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
@pytest.mark.parametrize("optimizer", Optimizer.kinds)
def test_that_any_run_can_be_written_as_options(preset: Preset, optimizer: str) -> None:
    config = preset.config.replace(optimizer=optimizer, seed=3, clip_norm=0.1234567890123)
    options = [f"{setting.option}={written(config.value(setting.name))}" for setting in config.settings()]
    assert config_of(*options) == config


@pytest.mark.parametrize("arguments", [("--seed", "7", "--preset", "zeros"), ("--preset", "zeros", "--seed", "7")])
def test_that_options_change_the_preset_in_any_order(arguments: tuple[str, ...]) -> None:
    (zeros,) = [preset.config for preset in PRESETS if preset.name == "zeros"]
    assert config_of(*arguments) == zeros.replace(seed=7)


def test_that_the_last_of_an_option_given_twice_counts() -> None:
    assert config_of("--seed", "1", "--seed", "2").seed == 2


def test_that_another_optimiser_brings_its_own_learning_rate() -> None:
    assert config_of("--preset", "relu-he", "--optimizer", "adam").value("learning_rate") == 0.001
    assert config_of("--optimizer", "adam", "--learning-rate", "0.5").value("learning_rate") == 0.5
    assert config_of("--learning-rate", "0.5", "--optimizer", "sgd").value("learning_rate") == 0.5


def test_that_an_empty_list_of_layers_is_a_network_without_hidden_ones() -> None:
    assert config_of("--hidden=").hidden == ()


@pytest.mark.parametrize("setting", TAKING_VALUES, ids=lambda setting: setting.name)
@given(text=TEXTS)
def test_that_any_text_is_a_value_of_a_setting_or_bad_input(setting: Param, text: str) -> None:
    try:
        value = setting.parse(text)
    except InputError as error:
        assert str(error).endswith(".")  # noqa: PT017  most texts raise, some do not
    else:
        assert setting.check(value) == value


@given(setting=st.sampled_from(TAKING_VALUES), text=TEXTS, apart=st.booleans())
def test_that_any_text_after_any_option_is_a_run_or_bad_input(setting: Param, text: str, apart: bool) -> None:
    option = [setting.option, text] if apart else [f"{setting.option}={text}"]
    try:
        request = parse(["screenshot", "out.png", *option])
    except InputError as error:
        assert str(error).endswith(".")  # noqa: PT017  most texts raise, some do not
    else:
        assert isinstance(request, PrintText | Screenshot)


@given(st.lists(st.text(max_size=8) | st.sampled_from(["train", "--hidden", "--json", "--", "-", "-h"]), min_size=1))
def test_that_any_arguments_ask_for_something_or_are_bad_input(arguments: list[str]) -> None:
    try:
        parse(arguments)
    except InputError as error:
        assert str(error).endswith(".")  # noqa: PT017  most texts raise, some do not


@given(st.text(st.characters()))
def test_that_a_complaint_is_one_line_whatever_it_quotes(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        said: list[str] = []
        patch.setattr("model.base.console._mutter", said.append)
        complain(text)
    (line,) = said
    assert line[:-1].isprintable()
    assert line.endswith("\n")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["train", "--preset", "foo"], "'foo'; there are sigmoid-gauss"),
        (["train", "--hidden", "40,abc"], "'40,abc'"),
        (["train", "--hidden", "40,1000000"], "1 to 2,000 units, not 1,000,000"),
        (["train", "--hidden", ",".join(["9"] * 51)], "at most 50 layers"),
        (["train", "--learning-rate", "nan"], "--learning-rate takes a number, not nan"),
        (["train", "--learning-rate=-inf"], "--learning-rate takes a number"),
        (["train", "--learning-rate", "0"], "1e-08 to 1,000"),
        (["train", "--learning-rate"], "--learning-rate: expected one argument"),
        (["train", "--activation", "rleu"], "'rleu' is not one of"),
        (["train", "--optimizer", "sdg"], "'sdg' is not one of"),
        (["train", "--batch-norm", "before", "--batch-size", "1"], "at least 2"),
        (["train", "--seed", "1" * 400], "--seed takes 0 to 2,147,483,647"),
        (["train", "--seed", "1" * 5_000], "--seed takes a whole number"),
        (["train", "--beta1", "0.5"], "--beta1 is a setting of adam, not of sgd; add --optimizer adam"),
        (
            ["train", "--optimizer", "adam", "--momentum", "0.5"],
            "--momentum is a setting of momentum, nesterov",
        ),
        (["train", "--lerning-rate", "1"], "'--lerning-rate'; did you mean --learning-rate?"),
        (["train", "--learn", "1"], "'--learn'"),
        (["train", "--json=1"], "--json"),
        (["train", "stray"], "'stray'"),
        (["train", "--size", "800x600"], "'--size'"),
        (["train", "--data", "/no/such/folder"], "'/no/such/folder'"),
        (["train", "--data", "x" * 5_000], "cannot be opened"),
        (["train", "--data", "~no-such-user/data"], "~no-such-user"),
        (["screenshot"], "OUT"),
        (["screenshot", "out.gif"], "must end in .png, .svg or .pdf"),
        (["screenshot", "out"], "must end in"),
        (["screenshot", "/no/such/folder/out.png"], "there is no folder '/no/such/folder'"),
        (["screenshot", "out.png", "--size", "10x10"], "640x480 to 7680x4320, not 10x10"),
        (["screenshot", "out.png", "--size", "1600"], "such as 1600x1000, not '1600'"),
        (["screenshot", "out.png", "--size", "7680x4320", "--scale", "4"], "at most 150,000,000"),
        (["screenshot", "out.png", "--scale", "5"], "--scale takes 1 to 4"),
        (["screenshot", "out.png", "--theme", "blue"], "'blue' is not one of light, dark"),
        (["screenshot", "out.png", "--json"], "'--json'"),
        (["options", "more"], "'more'"),
        (["fly"], "no command 'fly'; there are train, "),
        (["--preset", "zeros"], "train --preset"),
        (["missing.png"], "no picture 'missing.png'"),
        (["train", "--hidden", "1\n2\x1b[31m"], "1\\n2\\x1b[31m"),
        ([""], "''"),
    ],
)
def test_that_bad_input_gets_one_line_that_names_it_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], named: str
) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    (line,) = err.splitlines()
    assert line.startswith("layerscope: ")
    assert named in line
    assert out == ""


def test_that_bad_input_shows_no_usage_and_no_traceback_in_a_shell() -> None:
    command = [sys.executable, str(ROOT / "main.py"), "train", "--hidden", "40,abc"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert result.stderr == "layerscope: --hidden takes layer sizes such as 40,20, not '40,abc'.\n"
    assert result.stdout == ""


def test_that_the_picture_is_as_asked_for() -> None:
    assert picture_of() == Picture(Size(1600, 1000), 2, Scheme.LIGHT)
    asked = picture_of("--size", "800x600", "--scale", "1", "--theme", "dark")
    assert asked == Picture(Size(800, 600), 1, Scheme.DARK)
    assert asked.dark


@pytest.mark.parametrize("name", ["out.png", "out.PNG", "out.svg", "out.pdf"])
def test_that_the_suffix_of_a_picture_may_be_any_that_can_be_drawn(tmp_path: Path, name: str) -> None:
    request = parse(["screenshot", str(tmp_path / name), "--preset", "zeros"])
    assert isinstance(request, Screenshot)
    assert request.out == tmp_path / name
    assert request.config.init.key == "zeros"


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_that_a_size_within_the_limits_is_read_back_and_any_other_refused(width: int, height: int) -> None:
    size = Size(width, height)
    if SMALLEST.width <= width <= LARGEST.width and SMALLEST.height <= height <= LARGEST.height:
        assert parse_size(str(size)) == size
    else:
        with pytest.raises(InputError):
            parse_size(str(size))


def test_that_the_largest_window_can_be_drawn_at_twice_its_size() -> None:
    assert LARGEST.width * LARGEST.height * 2**2 <= MAX_PIXELS
    assert picture_of("--size", str(LARGEST), "--scale", "2").size == LARGEST


def test_that_a_picture_is_opened_in_the_window(tmp_path: Path) -> None:
    path = tmp_path / "Run.PNG"
    path.touch()
    assert parse([str(path)]) == Open(str(path))


def test_that_a_data_set_is_opened_in_the_window_by_folder_or_file(tmp_path: Path) -> None:
    (tmp_path / "mnist.npz").touch()
    for place in (tmp_path, tmp_path / "mnist.npz"):
        assert parse([str(place)]) == Open(str(place))
        assert parse(["--library", "x.sqlite", str(place)]) == Open(str(place), Path("x.sqlite"))
    with pytest.raises(InputError, match="There is no command"):
        parse([str(tmp_path / "none.npz")])
    with pytest.raises(InputError, match="opens data sets and files that end in"):
        parse(["--library", "x.sqlite", str(tmp_path / "none.npz")])


@pytest.mark.parametrize(
    ("command", "settings"),
    [
        ("train", [*params(PresetOption), *every_setting(), *params(Output)]),
        ("screenshot", [*params(PresetOption), *every_setting(), *params(Picture)]),
    ],
)
def test_that_help_explains_every_option_and_the_exit_codes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str, settings: list[Param]
) -> None:
    monkeypatch.setenv("COLUMNS", "10000")
    assert main([command, "--seed", "wrong", "--help"]) == 0
    text = capsys.readouterr().out
    for setting in settings:
        assert f"  {setting.option} " in text
        assert setting.help in text
        assert setting.range in text
    assert "130 after Ctrl-C" in text


@pytest.mark.parametrize("arguments", [["--help"], ["-h"]])
def test_that_help_names_every_command_and_is_short(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert main(arguments) == 0
    text = capsys.readouterr().out
    for command in COMMANDS:
        assert f"main.py {command.name}" in text
        assert f"  {command.name:<13}{command.help}" in text
    assert len(text.splitlines()) < 28


def test_that_an_unknown_command_is_told_of_all_there_are() -> None:
    with pytest.raises(InputError, match=r"^There is no command 'fly'; there are ") as told:
        parse(["fly"])
    for command in COMMANDS:
        assert re.search(rf"\b{command.name}\b", str(told.value))


def test_that_a_name_in_the_help_is_not_cut_in_two(capsys: pytest.CaptureFixture[str]) -> None:
    main(["train", "--help"])
    text = capsys.readouterr().out
    assert all(preset.name in text for preset in PRESETS)


def test_that_the_version_is_that_of_the_project(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    version = capsys.readouterr().out.removeprefix("Layerscope ").strip()
    assert f'version = "{version}"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_that_too_large_a_run_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(*source: object) -> None:
        raise MemoryError

    monkeypatch.setattr("model.cli.headless.load_dataset", load)
    assert main(["train"]) == 2
    assert "not enough memory" in capsys.readouterr().err


@pytest.mark.parametrize(("given", "used"), [(None, "1"), ("3", "3")])
def test_that_blas_gets_one_thread_unless_told_otherwise(given: str | None, used: str) -> None:
    name = "OPENBLAS_NUM_THREADS"
    env = {key: value for key, value in os.environ.items() if key != name} | ({name: given} if given else {})
    script = f"import main, os, sys; print('numpy' in sys.modules, os.environ['{name}'])"
    command = [sys.executable, "-c", script]
    result = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert result.stdout == f"False {used}\n"


def test_that_the_program_runs_as_the_package_it_is_installed_as(tmp_path: Path) -> None:
    package = tmp_path / "layerscope"
    package.mkdir()
    shutil.copy(ROOT / "main.py", package / "__init__.py")
    for folder in ("model", "gui"):
        shutil.copytree(ROOT / folder, package / folder)
    script = "import sys, layerscope; sys.exit(layerscope.main(['options']))"
    command = [sys.executable, "-c", script]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert result.stdout.startswith("| Option |")


@pytest.mark.parametrize(("arguments", "code"), [(["--version"], 0), (["train", "--no-such-option"], 2)])
@pytest.mark.parametrize("collects", [True, False])
def test_that_garbage_is_collected_again_once_the_command_is_read_if_it_was_before(
    arguments: list[str], code: int, *, collects: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside a window only its own collector may: see make_application."""
    frozen: list[bool] = []
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(gc.isenabled()))
    before = gc.isenabled()
    (gc.enable if collects else gc.disable)()
    try:
        assert main(arguments) == code
        assert gc.isenabled() == collects
    finally:
        (gc.enable if before else gc.disable)()
    assert frozen == [False] * collects, "what was imported, before any of it is looked through"
