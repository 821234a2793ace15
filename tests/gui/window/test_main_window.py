"""The window as a whole: there before its plots, at home on a small screen, telling how far the run is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from model.base.user_paths import ROOT
from model.config.presets import PRESETS, Preset
from tests.support.window_page import OpenWindow
from tests.support.windows import LONG, SMALL, TIMEOUT_MS

SMALL_SCREEN = (1024, 700)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_that_the_window_fits_a_small_screen_whatever_it_shows(
    open_window: OpenWindow, qtbot: QtBot, preset: Preset, folder: str
) -> None:
    window = open_window(preset.config.replace(data=folder, iterations=30))
    window.resize(*SMALL_SCREEN)
    window.train()
    window.wait_until_ended(qtbot)
    window.settings.edit("seed", 2**31 - 1)
    window.status_line.note("A note as long as any that there could be, about a file in a folder in a folder. " * 5)
    window.draw()
    assert window.size == SMALL_SCREEN
    width, height = window.smallest_size
    assert not window.scrolls
    assert width <= SMALL_SCREEN[0]
    assert height <= SMALL_SCREEN[1]
    for plot in window.plots():
        assert plot.view.width() >= 50
        assert plot.view.height() >= 60


SCALED = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from gui.window.application import make_application
from tests.support.window_page import WindowPage
application = make_application()
window = WindowPage.started(Path(sys.argv[2]) / "settings.json")
window.resize(1900, 1000)
window.show()
window.complete()
application.processEvents()
picture = window.grab()
print(picture.width(), picture.height(), picture.devicePixelRatio(), window.smallest_size[0] <= 1920)
window.close()
"""


def test_that_the_window_is_drawn_at_200_percent(tmp_path: Path) -> None:
    environment = {**os.environ, "HOME": str(tmp_path), "QT_SCALE_FACTOR": "2"}
    result = subprocess.run(
        [sys.executable, "-c", SCALED, str(ROOT), str(tmp_path)],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.stdout.split() == ["3800", "2000", "2.0", "True"], result.stderr


def test_that_plots_and_data_arrive_without_being_asked_for(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(ready=False)
    assert not window.has_plots()
    qtbot.waitUntil(lambda: window.has_plots() and window.run.is_ready(), timeout=TIMEOUT_MS)
    assert "tiny" in window.settings.data_name
    qtbot.waitUntil(lambda: window.run.log.shown is not None, timeout=TIMEOUT_MS)
    layers = window.board.activations.layers
    qtbot.waitUntil(lambda: bool(layers) and not layers[0].start.path().isEmpty(), timeout=TIMEOUT_MS)
    assert window.run.iteration == 0, "the initial weights are shown, and nothing is trained"


def test_that_the_progress_tells_iterations_rate_and_time_left(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(LONG.replace(iterations=20_000))
    assert window.progress_text.startswith("0 of 20\u202f000")
    window.set_speed(300.0)
    window.train()
    window.wait_until_reached(100, qtbot)
    qtbot.waitUntil(lambda: "left" in window.progress_text, timeout=TIMEOUT_MS)
    told = window.progress_text
    assert " of 20\u202f000" in told
    assert "it/s" in told
    assert "left" in told
    done, total = window.progress
    assert 0 < done < 20_000 == total
    window.pause()
    assert "left" not in window.progress_text


def test_that_the_hint_says_what_to_look_for_and_how_it_ended(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    assert "Train" in window.status_text
    window.choose_preset("zeros")
    (zeros,) = [preset for preset in PRESETS if preset.name == "zeros"]
    assert window.status_text == zeros.look
    window.take_config(SMALL.replace(data=window.settings.config.data))
    window.train()
    window.wait_until_ended(qtbot)
    accuracy = 100 * window.run.history.at(60)["test_accuracy"]  # type: ignore[index]  # there is a record
    assert window.hint_text == f"Ended at iteration 60: test accuracy {accuracy:.1f}\u202f%."


def test_that_a_note_lies_over_the_hint_until_the_next_command(open_window: OpenWindow) -> None:
    window = open_window(note="Something to know.")
    assert window.status_text == "Something to know."
    window.status_line.hint("Later.")
    assert window.status_text == "Something to know."
    window.status_line.clear_note()
    assert window.status_text == "Later."


@pytest.mark.parametrize("iterations", [0, 1])
def test_that_the_shortest_runs_end_with_a_record(open_window: OpenWindow, qtbot: QtBot, iterations: int) -> None:
    window = open_window(SMALL.replace(iterations=iterations))
    window.train()
    window.wait_until_ended(qtbot)
    window.draw()
    assert window.run.history.iterations.rows[-1, 0] == iterations
    done, total = window.progress
    assert done == total
