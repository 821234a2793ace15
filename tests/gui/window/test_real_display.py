"""One window on a real display server, driven with the mouse and the keyboard from Train to its end in mid-training."""

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from gui.export.picture import config_in_picture
from model.base.language import ENGLISH
from model.base.user_paths import ROOT
from model.library.library import Library
from model.nn.activations import Activation
from tests.support.patience import PATIENCE

SCRIPT = """
import sys
from pathlib import Path

sys.path.insert(0, sys.argv[1])
folder = Path(sys.argv[2])

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

import gui.window.open_window
from gui.window.application import make_application
from gui.window.preferences import preferences_path
from model.config.views import PageKind, ViewKind
from model.lessons.progress import FILE_NAME, LearnerProgress, write_progress
from tests.support.window_page import WindowPage

application = make_application()
preferences_path().parent.mkdir(parents=True)
write_progress(preferences_path().parent / FILE_NAME, LearnerProgress(started=True))  # not the first start
left = Qt.MouseButton.LeftButton
told = []


def window_of():
    (window,) = WindowPage.alive()
    return window


def retype(field, text):
    QTest.mouseClick(field.lineEdit(), left)
    field.lineEdit().selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def steps():
    while not WindowPage.alive():
        yield
    window = window_of()
    while not window.run.is_ready() or not window.has_plots():
        yield
    window.resize(1300, 900)
    window.widget.activateWindow()
    while not window.is_active():
        yield
    assert application.platformName() == "xcb", application.platformName()
    assert window.board.isVisible()
    window.take_config(window.settings.config.replace(iterations=100_000))
    QTest.mouseClick(window.button("train"), left)
    assert window.run.is_running()
    run_log = window.run.log
    while run_log.iteration < 300:
        yield
    retype(window.settings.field("learning_rate"), "0.05")
    while not run_log.changes:
        yield
    assert run_log.changes[0][1:] == ("learning_rate", 0.05), run_log.changes
    QTest.mouseClick(window.button("train"), left)
    assert not window.run.is_running()
    for _ in range(5):
        yield
    stopped = run_log.iteration
    QFileDialog.getSaveFileName = lambda *_: (str(folder / "picture.png"), "")
    QTest.keyClick(window.widget, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert (folder / "picture.png").exists(), window.status_text
    assert run_log.iteration == stopped
    QTest.mouseClick(window.button("train"), left)
    while run_log.iteration < stopped + 300:
        yield
    assert window.run.is_running()
    alt = Qt.KeyboardModifier.AltModifier
    for number, view in enumerate(ViewKind, 1):
        QTest.keyClick(window.widget, Qt.Key(Qt.Key.Key_0.value + number), alt)
        for _ in range(5):
            yield
        assert window.board.detail.view.view is view, view
    QTest.keyClick(window.widget, Qt.Key.Key_Left, alt)
    for _ in range(5):
        yield
    assert window.board.viewed.at is not None
    assert window.board.moment.figures.iteration <= window.board.viewed.at
    QTest.keyClick(window.widget, Qt.Key.Key_End, alt)
    assert window.board.viewed.at is None
    QTest.mouseClick(window.button("reset"), left)
    window.take_config(window.settings.config.replace(activation="tanh", iterations=300))
    QTest.mouseClick(window.button("train"), left)
    while not window.run.has_ended():
        yield
    first, second = window.runs.entries
    assert (window.runs.on_screen(), len(window.board.overlays.all)) == (second, 1)
    QTest.mouseClick(window.side_tab(), left)
    while not window.runs.is_visible() or len(window.runs.rows) != 2:
        yield
    window.runs.click(first)
    QTest.keyClick(window.runs.view, Qt.Key.Key_Space)
    assert window.runs.shown == [second]
    assert not window.board.overlays.all
    QTest.keyClick(window.runs.view, Qt.Key.Key_Space)
    assert window.runs.shown == [first, second]
    QTest.mouseClick(window.tab(PageKind.COMPARE), left)
    for _ in range(10):
        yield
    page = window.page
    assert page.isVisible() and page.entries == [first, second]
    assert page.stack.currentIndex() == 0 and page.caption.text()
    QTest.mouseClick(window.tab(PageKind.RUN), left)
    file = folder / "second.layerscope"
    QFileDialog.getSaveFileName = lambda *_: (str(file), "")
    QTest.keyClick(window.widget, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    while "Wrote" not in window.status_text:
        yield
    QTest.mouseClick(window.button("reset"), left)
    window.take_config(window.settings.config.replace(iterations=100_000))
    QTest.mouseClick(window.button("train"), left)
    while window.run.iteration < 100:
        yield
    told.append(window.size)
    window.close()


walk = steps()


def go_on():
    try:
        if next(walk, "end") == "end":
            timer.stop()
    except BaseException:
        timer.stop()
        window_of().close()
        raise


timer = QTimer(interval=20)
timer.timeout.connect(go_on)
timer.start()
code = gui.window.open_window.open_window()
assert told == [(1300, 900)], told
assert not window_of().run.has_thread()
again = WindowPage.started(preferences_path())
assert again.size == (1300, 900), again.size
again.close()
print("done")
sys.exit(code)
"""


def run_on_display(display: str, home: Path, *command: str) -> None:
    """Run a Python program on a display, which must complain of nothing and say at its end that it is done."""
    environment = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
    environment |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "HOME": str(home)}
    environment |= {"XDG_CONFIG_HOME": str(home / "config"), "XDG_DATA_HOME": str(home / "data")}
    result = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert (result.returncode, result.stdout, result.stderr) == (0, "done\n", "")


@pytest.mark.parametrize("spoken", [ENGLISH, "ja"])
def test_that_a_real_window_is_used_from_a_lesson_to_a_picture_by_keys_alone(
    display: str, tmp_path: Path, spoken: str
) -> None:
    run_on_display(display, tmp_path, "-m", "tests.support.x_journey", str(tmp_path), spoken)
    image = QImage(str(tmp_path / "picture.png"))
    assert image.width() > 1500
    (kept,) = tmp_path.glob("*.db")
    with closing(Library.open(kept)) as library:
        assert len(library.runs()) == 2


def test_that_a_real_window_trains_exports_and_closes_in_mid_training(display: str, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    run_on_display(display, tmp_path, "-c", SCRIPT, str(ROOT), str(tmp_path))
    data = picture.read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert data.endswith(b"IEND\xaeB`\x82")
    image = QImage(str(picture))
    assert image.width() > 1500
    assert config_in_picture(picture).iterations == 100_000
    with closing(Library.in_memory()) as library:
        (card,) = library.take(tmp_path / "second.layerscope")
        assert (card.recipe.config.activation, card.summary.iteration) == (Activation.TANH, 300)
    (kept,) = tmp_path.glob("data/*/*.sqlite")
    with closing(Library.open(kept)) as library:
        assert [each.recipe.config.iterations for each in library.runs()] == [100_000, 300, 100_000]
    (kept,) = tmp_path.glob("config/*/settings.json")
    assert json.loads(kept.read_text("utf-8"))["config"]["learning_rate"] == 0.05
