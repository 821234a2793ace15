"""Pictures from the command line: exactly the asked size, both themes, a run's end, and no window anywhere."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from gui.export.picture import config_in_picture
from gui.style.style_sheet import apply_theme
from gui.style.theme import DARK, LIGHT
from gui.window.main_window import MainWindow
from gui.window.screenshot import take_screenshot
from model.base.errors import InputError
from model.base.user_paths import ROOT
from model.cli.options import Picture
from model.config.config import Config
from model.config.views import Scheme, Size, ViewKind
from model.diagnosis.remedies import remedies
from model.diagnosis.verdict import Cause, Condition
from model.lessons.lesson_place import LessonPlace
from tests.support import idx_files
from tests.support.windows import SMALL, dispose

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def light_again(qapp: QApplication) -> Iterator[None]:
    """The next test finds the application in light, and no hidden windows that would have to change with it."""
    yield
    dispose(*(each for each in qapp.topLevelWidgets() if isinstance(each, MainWindow)))
    apply_theme(qapp, LIGHT)


@pytest.fixture
def config(folder: str) -> Config:
    """A short run on the small data set."""
    return SMALL.replace(data=folder)


def test_that_the_picture_of_a_run_that_diverged_has_its_verdict_and_a_remedy(tmp_path: Path, config: Config) -> None:
    path = tmp_path / "out.svg"
    explodes = config.replace(activation="identity", learning_rate=1000, record_every=1)
    take_screenshot(path, explodes, Picture(Size(1400, 800)))
    texts = [each.text or "" for each in fromstring(path.read_text("utf-8")).iter(f"{SVG}text")]
    said = [text.strip() for text in texts]
    assert Condition.DIVERGED.label in said
    offered = {remedy.label for cause in Cause for remedy in remedies(cause, explodes)}
    assert offered & set(said), said


@pytest.mark.parametrize(
    ("width", "height", "scale"), [(640, 480, 1), (1024, 700, 1), (1600, 1000, 2), (1200, 1900, 1), (900, 601, 3)]
)
def test_that_a_picture_has_exactly_the_asked_size(
    tmp_path: Path, config: Config, width: int, height: int, scale: int
) -> None:
    path = tmp_path / "out.png"
    take_screenshot(path, config, Picture(Size(width, height), scale))
    picture = QImage(str(path))
    assert (picture.width(), picture.height()) == (width * scale, height * scale)
    assert config_in_picture(path) == config


@pytest.mark.parametrize(("dark", "theme"), [(False, LIGHT), (True, DARK)])
def test_that_both_themes_can_be_had(tmp_path: Path, config: Config, dark: bool, theme: object) -> None:
    path = tmp_path / "out.png"
    take_screenshot(path, config, Picture(Size(1000, 700), 1, Scheme.DARK if dark else Scheme.LIGHT))
    picture = QImage(str(path))
    colors = [picture.pixelColor(x, y).name() for x in range(0, 1000, 2) for y in range(0, 700, 2)]
    wanted, other = (DARK, LIGHT) if dark else (LIGHT, DARK)
    for ground in (wanted.window, wanted.card):
        assert colors.count(ground) > len(colors) / 100
    assert colors.count(other.card) < len(colors) / 100
    assert colors.count(wanted.train) + colors.count(wanted.test) > 3, "curves are drawn"
    bars = {color.name() for color in wanted.layer_colors(2)}
    assert sum(colors.count(bar) for bar in bars) > 20, "histograms are drawn"


@pytest.mark.parametrize("suffix", ["svg", "pdf"])
def test_that_vector_pictures_are_written_too(tmp_path: Path, config: Config, suffix: str) -> None:
    path = tmp_path / f"out.{suffix}"
    take_screenshot(path, config, Picture(Size(1000, 700), 1))
    data = path.read_bytes()
    assert data.startswith(b"%PDF" if suffix == "pdf" else b"<?xml")
    if suffix == "svg":
        text = data.decode()
        assert "60 of 60" in texts(path)
        assert "It learns" in text
        assert "Activations" in text


def test_that_no_window_is_left(tmp_path: Path, config: Config) -> None:
    before = [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow) and each.isVisible()]
    take_screenshot(tmp_path / "out.png", config, Picture(Size(800, 600), 1))
    after = [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow) and each.isVisible()]
    assert after == before


@pytest.mark.parametrize("what", ["missing", "broken"])
def test_that_a_bad_data_folder_is_refused_and_writes_nothing(tmp_path: Path, config: Config, what: str) -> None:
    files = idx_files.contents()
    files[idx_files.NAMES[0]] = b"nonsense"
    folder = idx_files.write(tmp_path / "broken", files) if what == "broken" else str(tmp_path / "missing")
    with pytest.raises(InputError, match=r"no folder|not an IDX file"):
        take_screenshot(tmp_path / "out.png", config.replace(data=folder), Picture(Size(800, 600), 1))
    assert not (tmp_path / "out.png").exists()


def test_that_a_target_that_cannot_be_written_is_refused(tmp_path: Path, config: Config) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        take_screenshot(tmp_path / "none" / "out.png", config, Picture(Size(800, 600), 1))


def test_that_the_command_says_nothing_but_where_the_picture_is(tmp_path: Path, folder: str) -> None:
    command = [sys.executable, "main.py", "screenshot", str(tmp_path / "out.png"), "--iterations", "20",
               "--data", folder, "--size", "800x600", "--scale", "1", "--theme", "dark"]  # fmt: skip
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    assert QImage(str(tmp_path / "out.png")).width() == 800


def texts(path: Path) -> set[str]:
    """All texts of an SVG, which are text there too."""
    return {"".join(each.itertext()).strip() for each in fromstring(path.read_text("utf-8")).iter(f"{SVG}text")}


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("view", ViewKind)
def test_that_every_view_can_be_drawn(view: ViewKind, config: Config, tmp_path: Path) -> None:
    path = tmp_path / "out.svg"
    take_screenshot(path, config, Picture(Size(1024, 700), 1, view=view))
    assert {"Accuracy", "Signal and gradient", view.label} <= texts(path)


@pytest.mark.usefixtures("qapp")
def test_that_a_picture_can_show_an_earlier_iteration(config: Config, tmp_path: Path) -> None:
    pictures = [tmp_path / f"{at}.svg" for at in (None, 0, 7)]
    for path, at in zip(pictures, (None, 0, 7), strict=True):
        take_screenshot(path, config, Picture(Size(1024, 700), 1, view=ViewKind.LEDGER, at=at))
    now, start, seventh = (path.read_text("utf-8") for path in pictures)
    assert now != start != seventh != now
    again = tmp_path / "again.svg"
    take_screenshot(again, config, Picture(Size(1024, 700), 1, view=ViewKind.LEDGER, at=7))
    assert again.read_text("utf-8") == seventh


def test_that_a_step_of_a_lesson_is_drawn_with_a_bet_and_its_run(tmp_path: Path, config: Config) -> None:
    path = tmp_path / "out.svg"
    take_screenshot(path, config, Picture(Size(1280, 820), 1, lesson=LessonPlace("4", 2)))
    found = texts(path)
    assert "Who takes the gradient?" in found
    assert "2 of 7" in found
    assert "1 of 1" in found, "its run, which takes one step"
    assert any(text.startswith("You said: The weights, by far.") for text in found)


def test_that_a_lesson_that_is_not_there_is_refused(tmp_path: Path, config: Config) -> None:
    with pytest.raises(InputError, match="There is no lesson '99'"):
        take_screenshot(tmp_path / "out.png", config, Picture(Size(1000, 700), 1, lesson=LessonPlace("99")))
