"""Pictures of the pages beside the run's, from the command line: each shows its lesson, trained to the end."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

import main
from gui.export.picture import config_in_picture
from gui.pages.map.controls import MOST_ITERATIONS
from gui.style.style_sheet import apply_theme
from gui.style.theme import DARK, LIGHT
from gui.window.main_window import MainWindow
from gui.window.screenshot import take_screenshot
from model.base.errors import InputError
from model.cli.options import Picture
from model.config.config import Config
from model.config.presets import LESSON
from model.config.recipe import Recipe
from model.config.run_names import names_of
from model.config.views import PageKind, Scheme, Size
from tests.support.windows import SMALL, dispose
from tests.support.worker_pools import workers

BESIDE = [kind for kind in PageKind if kind is not PageKind.RUN]
SIZE = Size(1280, 820)
SHORT = 30
SVG = "{http://www.w3.org/2000/svg}"
# What each page says once all of its lesson is there.
SAID = {PageKind.COMPARE: "30 of 30", PageKind.REPEATS: "20 of 20 runs", PageKind.MAP: "100 of 100"}


@pytest.fixture(autouse=True)
def light_again(qapp: QApplication) -> Iterator[None]:
    """The next test finds the application in light, and neither hidden windows nor workers."""
    yield
    dispose(*(each for each in qapp.topLevelWidgets() if isinstance(each, MainWindow)))
    apply_theme(qapp, LIGHT)
    assert not workers()


@pytest.fixture
def config(folder: str) -> Config:
    """The small data set."""
    return SMALL.replace(data=folder)


def texts(path: Path) -> set[str]:
    """All texts of an SVG, which are text there too."""
    return {"".join(each.itertext()).strip() for each in fromstring(path.read_text("utf-8")).iter(f"{SVG}text")}


@pytest.mark.parametrize("page", BESIDE)
def test_that_a_page_is_drawn_with_its_lesson_complete(page: PageKind, config: Config, tmp_path: Path) -> None:
    path = tmp_path / "out.svg"
    take_screenshot(path, config, Picture(SIZE, 1, page=page), SHORT)
    said = texts(path)
    assert SAID[page] in said
    assert {"Settings", "Runs", *(kind.label for kind in PageKind)} <= said
    assert not said & {"waiting …", "reading …"}


def test_that_the_comparison_names_the_six_and_lists_them(config: Config, tmp_path: Path) -> None:
    path = tmp_path / "out.svg"
    take_screenshot(path, config, Picture(SIZE, 1, page=PageKind.COMPARE), SHORT)
    names = names_of([Recipe(preset.config) for preset in LESSON])
    assert set(names) <= texts(path)


def test_that_the_comparison_can_be_drawn_at_an_earlier_iteration(config: Config, tmp_path: Path) -> None:
    path = tmp_path / "out.svg"
    take_screenshot(path, config, Picture(SIZE, 1, page=PageKind.COMPARE, at=7), SHORT)
    assert "7 of 30" in texts(path)


@pytest.mark.parametrize("page", BESIDE)
def test_that_a_picture_of_a_page_has_the_asked_size_and_theme_and_carries_no_settings(
    page: PageKind, config: Config, tmp_path: Path
) -> None:
    path = tmp_path / "out.png"
    take_screenshot(path, config, Picture(Size(1000, 700), 2, Scheme.DARK, page=page), 1)
    picture = QImage(str(path))
    assert (picture.width(), picture.height()) == (2000, 1400)
    colors = [picture.pixelColor(x, y).name() for x in range(0, 2000, 5) for y in range(0, 1400, 5)]
    assert colors.count(DARK.card) > len(colors) / 10 > 10 * colors.count(LIGHT.card)
    with pytest.raises(InputError, match="carries no Layerscope configuration"):
        config_in_picture(path)


@pytest.mark.parametrize("page", BESIDE)
def test_that_missing_data_is_said_and_nothing_is_written(page: PageKind, tmp_path: Path) -> None:
    config = Config(data=str(tmp_path / "missing"))
    with pytest.raises(InputError, match="missing"):
        take_screenshot(tmp_path / "out.png", config, Picture(SIZE, 1, page=page), SHORT)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("iterations", [0, MOST_ITERATIONS + 1])
def test_that_a_map_of_runs_of_another_length_than_it_offers_is_refused(
    config: Config, tmp_path: Path, iterations: int
) -> None:
    with pytest.raises(InputError, match=f"takes 1 to {MOST_ITERATIONS:,} iterations, not {iterations:,}"):
        take_screenshot(tmp_path / "out.png", config, Picture(SIZE, 1, page=PageKind.MAP), iterations)


def test_that_the_command_line_draws_a_page(folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "out.svg"
    options = ["--page", "repeats", "--data", folder, "--iterations", str(SHORT), "--size", str(SIZE)]
    assert main.main(["screenshot", str(path), *options]) == 0
    assert SAID[PageKind.REPEATS] in texts(path)
    assert capsys.readouterr().out == ""
    assert main.main(["screenshot", str(path), *options, "--hidden", "8"]) == 2
    assert "The page repeats shows its lesson" in capsys.readouterr().err
