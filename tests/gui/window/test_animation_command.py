"""Playing a run back into a file: a GIF or numbered PNGs, whole or not at all, while the window stays alive."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageSequence
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from gui.export.animation_file import FRAME_MS, LAST_MS, GifFile, animation_file_for
from gui.export.picture import config_in_picture, image
from gui.pages.dashboard.dashboard import Dashboard
from gui.style.theme import LIGHT
from gui.window.animation_command import AnimationCommand
from gui.window.animation_frames import MOST_FRAMES, animate
from model.base.errors import InputError
from model.config.config import Config
from model.config.recipe import Recipe
from model.history.run_log import RunLog
from tests.support.records import record_of
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import SMALL, TIMEOUT_MS, commands, settle

SHORT = SMALL.replace(iterations=7)
FRAMES = SHORT.iterations + 1


@pytest.fixture
def window(open_window: OpenWindow, qtbot: QtBot) -> WindowPage:
    """A window whose short run has ended."""
    made = open_window(SHORT)
    made.train()
    made.wait_until_ended(qtbot)
    return made


def command(window: WindowPage) -> AnimationCommand:
    return window.export.animation


def finished(window: WindowPage, qtbot: QtBot) -> str:
    """Wait until the animation is there or given up; returns what the window says."""
    qtbot.waitUntil(lambda: command(window).steps is None, timeout=TIMEOUT_MS)
    return window.status_text


def under_way(window: WindowPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "of" in window.status_text and window.board.viewed.at is not None)


def pixels(picture: QImage) -> NDArray[np.int32]:
    rgb = picture.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return rows[:, : 3 * rgb.width()].reshape(rgb.height(), rgb.width(), 3).astype(np.int32)


def frames(path: Path) -> list[NDArray[np.int32]]:
    with Image.open(path) as opened:
        return [np.asarray(frame.convert("RGB"), np.int32) for frame in ImageSequence.Iterator(opened)]


def durations(path: Path) -> list[int]:
    with Image.open(path) as opened:
        return [int(frame.info["duration"]) for frame in ImageSequence.Iterator(opened)]


def test_that_a_gif_shows_every_moment_and_plays_for_ever(window: WindowPage, qtbot: QtBot, tmp_path: Path) -> None:
    path, board = tmp_path / "run.gif", window.board
    command(window).start(path)
    assert finished(window, qtbot) == f"Wrote {path}."
    with Image.open(path) as opened:
        assert opened.info["loop"] == 0, "for ever"
        assert opened.size == board.size().toTuple()
    assert durations(path) == [FRAME_MS] * (FRAMES - 1) + [LAST_MS]
    shown = frames(path)
    assert len(shown) == FRAMES
    for iteration, frame in enumerate(shown):
        board.go_to(iteration)
        settle(board)
        difference = np.abs(frame - pixels(image(board, 1))).max(axis=2)
        assert difference.mean() < 1, "the colours of one palette for all frames come close"
        assert (difference > 60).mean() < 1e-3
    assert not np.array_equal(shown[0], shown[-1])


def test_that_a_png_series_is_numbered_from_1_and_carries_the_settings(
    window: WindowPage, qtbot: QtBot, tmp_path: Path
) -> None:
    command(window).start(tmp_path / "run.png")
    assert "run-0001.png" in finished(window, qtbot)
    names = sorted(path.name for path in tmp_path.glob("*.png"))
    assert names == [f"run-{number:04}.png" for number in range(1, FRAMES + 1)]
    board = window.board
    for number in range(1, FRAMES + 1):  # one after the other: scales change no more than they must
        picture = tmp_path / f"run-{number:04}.png"
        assert config_in_picture(picture) == window.run.config
        board.go_to(number - 1)
        settle(board)
        assert np.array_equal(pixels(QImage(str(picture))), pixels(image(board, 1)))


@pytest.mark.parametrize("before", [None, 3])
def test_that_the_board_returns_to_where_it_was(
    window: WindowPage, qtbot: QtBot, tmp_path: Path, before: int | None
) -> None:
    board = window.board
    board.go_to(before)
    command(window).start(tmp_path / "run.gif")
    finished(window, qtbot)
    assert board.viewed.at == before
    settle(board)
    assert board.moment is not None
    assert board.moment.figures.iteration == (SHORT.iterations if before is None else before)


@pytest.mark.parametrize("way", ["escape", "entry", "reset", "size"])
def test_that_an_animation_given_up_leaves_no_file(window: WindowPage, qtbot: QtBot, tmp_path: Path, way: str) -> None:
    before = sorted(tmp_path.rglob("*"))
    board = window.board
    command(window).start(tmp_path / "run.gif")
    under_way(window, qtbot)
    match way:
        case "escape":
            window.widget.activateWindow()
            QTest.keyClick(window.widget, Qt.Key.Key_Escape)
        case "entry":
            command(window).choose()
        case "reset":
            window.reset()
        case _:
            width, height = window.size
            window.resize(width + 40, height)
    assert "given up" in finished(window, qtbot)
    assert board.viewed.at is None
    assert not command(window).timer.isActive()
    assert sorted(tmp_path.rglob("*")) == before


def test_that_closing_the_window_ends_it(window: WindowPage, qtbot: QtBot, tmp_path: Path) -> None:
    command(window).start(tmp_path / "run.gif")
    under_way(window, qtbot)
    window.close()
    assert command(window).steps is None
    assert not (tmp_path / "run.gif").exists()


def test_that_the_window_says_how_far_it_is(window: WindowPage, qtbot: QtBot, tmp_path: Path) -> None:
    said: set[str] = set()
    command(window).timer.timeout.connect(lambda: said.add(window.status_text))
    command(window).start(tmp_path / "run.gif")
    finished(window, qtbot)
    for done in range(FRAMES + 1):
        assert f"Drawing the animation: {done} of {FRAMES} frames. Esc gives up." in said


@pytest.mark.parametrize(
    ("answered", "wanted", "written"),
    [("film.gif", "", "film.gif"), ("film.PNG", "", "film-0001.png"), ("film", "Animated GIF (*.gif)", "film.gif"),
     ("film", "Numbered PNG series (*.png)", "film-0001.png")],
)  # fmt: skip
def test_that_the_file_menu_asks_where_to(
    window: WindowPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    answered: str, wanted: str, written: str,
) -> None:  # fmt: skip
    (entry,) = [each for each in commands(window.menu("&File")) if each.text() == "Export animation …"]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    entry.trigger()
    assert command(window).steps is None, "Cancel does nothing"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / answered), wanted))
    entry.trigger()
    finished(window, qtbot)
    assert (tmp_path / written).is_file()


def test_that_nothing_is_replaced_unasked(window: WindowPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("film.gif", "film-0007.png"):
        (tmp_path / name).write_bytes(b"mine")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "film"), ""))
    command(window).choose()
    assert "film.gif is there already" in window.status_text
    command(window).start(tmp_path / "film.png")
    assert "film-0001.png" in window.status_text
    assert command(window).steps is None
    assert all((tmp_path / name).read_bytes() == b"mine" for name in ("film.gif", "film-0007.png"))


@pytest.mark.parametrize("place", ["missing/run.gif", "missing/run.png", "folder.gif", "run.avi"])
def test_that_a_place_that_cannot_be_written_is_said_at_once(window: WindowPage, tmp_path: Path, place: str) -> None:
    (tmp_path / "folder.gif").mkdir()
    command(window).start(tmp_path / place)
    assert command(window).steps is None
    assert window.status_text.endswith(".")
    assert Path(place).name.split(".", maxsplit=1)[0] in window.status_text


def test_that_a_run_not_begun_has_nothing_to_play(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(SHORT)
    command(window).start(tmp_path / "run.gif")
    assert finished(window, qtbot) == "There is nothing to play back yet; press Train."


def test_that_the_playback_ends_when_the_export_begins(window: WindowPage, qtbot: QtBot, tmp_path: Path) -> None:
    bar = window.board.timeline
    bar.play_or_pause()
    command(window).start(tmp_path / "run.gif")
    assert not bar.playing
    finished(window, qtbot)


def test_that_a_long_run_is_a_film_of_few_frames_written_without_a_window(board: Dashboard, tmp_path: Path) -> None:
    run_log, config = RunLog(), Config(iterations=4_000)
    board.resize(500, 400)
    board.viewed.show_run(Recipe(config), run_log, None)
    for iteration in [*range(101), *range(110, 4_001, 10)]:
        record = record_of(iteration, 1 + np.sin(iteration))
        run_log.put(record)
        run_log.show(record)
    list(animate(board, animation_file_for(tmp_path / "run.gif", config)))
    count = len(durations(tmp_path / "run.gif"))
    assert MOST_FRAMES / 2 < count <= MOST_FRAMES
    assert board.viewed.at is None
    with pytest.raises(InputError, match=r"run\.mp4"):
        list(animate(board, animation_file_for(tmp_path / "run.mp4", config)))


def test_that_a_frame_that_shows_nothing_new_takes_its_time_and_white_stays_white(tmp_path: Path) -> None:
    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill(QColor(LIGHT.card))
    other = picture.copy()
    with QPainter(other) as painter:
        painter.fillRect(10, 5, 20, 8, QColor(LIGHT.accent))
    film = animation_file_for(tmp_path / "film.gif", Config())
    assert isinstance(film, GifFile)
    film.prepare([picture, other])
    for index, each in enumerate((picture, picture, other, other, picture)):
        film.add(each, last=index == 4)
    assert list(film.write()) == [tmp_path / "film.gif"]
    assert sum(durations(tmp_path / "film.gif")) == 4 * FRAME_MS + LAST_MS
    shown = frames(tmp_path / "film.gif")
    for frame, expected in zip(shown, (picture, picture, other, other, picture), strict=True):
        assert np.array_equal(frame, pixels(expected))
