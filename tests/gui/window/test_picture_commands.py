"""What the user does with pictures: menus, dialogs, drops; full disks and targets that cannot be written."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from gui.export.picture import config_in_picture
from gui.widgets.mnemonics import plain
from gui.window.data_commands import COPY_DATA
from gui.window.picture_commands import PAGE
from model.base import number_format
from model.base.user_paths import ROOT
from model.config.config import Config
from model.config.views import ViewKind
from tests.support.window_page import OpenWindow
from tests.support.windows import SMALL, commands

WAYS = ["PNG, 1× …", "PNG, 2× …", "PNG, 3× …", "SVG …", "PDF …", "Copy picture"]
OTHER = Config(hidden=(7, 5), seed=3, iterations=40, optimizer=SMALL.optimizer)
BUTTON, KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def submenu(menu: QMenu, text: str) -> QMenu:
    (found,) = [action.menu() for action in menu.actions() if action.text() == text]
    assert isinstance(found, QMenu)
    return found


def trigger(menu: QMenu, text: str) -> None:
    (found,) = [action for action in commands(menu) if action.text() == text]
    found.trigger()


def answer(patch: pytest.MonkeyPatch, dialog: str, path: Path | str) -> None:
    """Let a file dialog be answered with a path; '' is Cancel."""
    patch.setattr(QFileDialog, dialog, lambda *_: (str(path), ""))


@pytest.mark.parametrize(
    ("menu", "name"),
    [("&Export page", "dashboard"), ("Accuracy", "accuracy"), ("Loss", "loss"),
     *((view.label, view.key) for view in ViewKind)],
)  # fmt: skip
def test_that_the_file_menu_exports_everything_in_every_format(
    open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, menu: str, name: str
) -> None:
    window = open_window()
    window.draw()
    file = window.menu("&File")
    entries = submenu(file if name == PAGE else submenu(file, "Export &plot"), menu)
    assert [action.text() for action in commands(entries)] == [*WAYS, COPY_DATA]
    with window.export.posed(name) as widget:
        assert widget is not None
        size = widget.size()
    for text in WAYS[:-1]:
        suffix = f".{text[:3].lower()}"
        path = tmp_path / f"{name}-{WAYS.index(text)}"
        answer(monkeypatch, "getSaveFileName", path)
        trigger(entries, text)
        written = path.with_name(path.name + suffix)
        assert written.is_file(), "the ending is added where it was left out"
        assert window.status_text == f"Wrote {written}."
        if suffix == ".png":
            assert QImage(str(written)).size() == size * int(text[5])
    trigger(entries, "Copy picture")
    assert QGuiApplication.clipboard().image().size() == size * 2


def test_that_cancel_writes_nothing(open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    window = open_window()
    answer(monkeypatch, "getSaveFileName", "")
    before = list(tmp_path.rglob("*"))
    trigger(submenu(window.menu("&File"), "&Export page"), "PNG, 2× …")
    assert list(tmp_path.rglob("*")) == before


def test_that_a_picture_shows_the_newest_figures_however_long_ago_they_were_written(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(SMALL.replace(hidden=[3] * 9))
    window.train()
    window.wait_until_ended(qtbot)
    window.export.write("dashboard", tmp_path / "picture.svg", 1)
    newest = window.run.history.newest
    assert newest is not None
    text = (tmp_path / "picture.svg").read_text("utf-8")
    assert f">{number_format.significant(newest.loss)}<" in text.replace(" <", "<").replace("> ", ">")
    for layer, plot in zip(newest.layers, window.board.activations.layers, strict=False):
        assert plot.now is layer


def test_that_a_name_may_choose_another_format(
    open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    answer(monkeypatch, "getSaveFileName", tmp_path / "picture.SVG")
    trigger(submenu(window.menu("&File"), "&Export page"), "PNG, 2× …")
    assert (tmp_path / "picture.SVG").read_bytes().startswith(b"<?xml")


@pytest.mark.parametrize("name", ["accuracy", "loss", "activations"])
def test_that_every_cards_own_menu_exports_it(
    open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    window = open_window()
    (card,) = [card for card in window.board.cards if card.name == name]
    card.customContextMenuRequested.emit(QPoint(20, 20))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [plain(action.text()) for action in commands(menu)] == [*WAYS, "Copy picture", COPY_DATA, "Automatic ranges"]
    answer(monkeypatch, "getSaveFileName", tmp_path / "card.png")
    trigger(menu, "PNG, 3× …")
    assert QImage(str(tmp_path / "card.png")).size() == card.size() * 3
    menu.close()
    QApplication.processEvents()


def test_that_a_right_click_on_a_histogram_opens_the_menu_of_its_card(open_window: OpenWindow) -> None:
    window = open_window()
    card = window.board.activations
    card.layer(0).menu_wanted.emit(QPointF(100, 100))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()
    QApplication.processEvents()


def test_that_the_file_menu_opens_the_settings_of_a_picture(
    open_window: OpenWindow, picture: Path, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    answer(monkeypatch, "getOpenFileName", "")
    trigger(window.menu("&File"), "Open settings from a picture …")
    assert window.settings.config.seed == SMALL.seed
    answer(monkeypatch, "getOpenFileName", picture)
    trigger(window.menu("&File"), "Open settings from a picture …")
    assert window.settings.config == config_in_picture(picture)


@pytest.mark.parametrize("place", ["missing/picture.png", "file/picture.png", "folder.png"])
def test_that_a_target_that_cannot_be_written_is_said_in_one_sentence(
    open_window: OpenWindow, tmp_path: Path, place: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder.png").mkdir()
    window = open_window()
    window.export.write("dashboard", tmp_path / place, 1)
    said = window.status_text
    assert f"'{tmp_path / place}' cannot be written: " in said
    assert said.endswith(".")
    assert not list(tmp_path.glob("**/*.tmp"))


FULL = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from gui.window.application import make_application
from model.config.config import Config
from tests.support.window_page import WindowPage
application = make_application()
folder = Path(sys.argv[2])
window = WindowPage.made(folder / "settings.json", Config())
window.show()
window.complete()
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
for name in ("old.png", "new.png", "old.svg", "old.pdf"):
    window.export.write("dashboard", folder / name, 2)
    print(window.status_text)
window.close()
"""


@pytest.mark.skipif(os.name == "nt", reason="limits as POSIX has them")
def test_that_a_full_disk_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    for name in ("old.png", "old.svg", "old.pdf"):
        (tmp_path / name).write_bytes(b"precious")
    result = subprocess.run(
        [sys.executable, "-c", FULL, str(ROOT), str(tmp_path)],
        env={**os.environ, "HOME": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = result.stdout.splitlines()
    assert result.returncode == 0, result.stderr
    assert len(said) == 4
    assert all("cannot be written: it would be larger than files may be here." in line for line in said)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["old.pdf", "old.png", "old.svg", "settings.json"]
    assert {(tmp_path / name).read_bytes() for name in ("old.png", "old.svg", "old.pdf")} == {b"precious"}


def test_that_the_exported_settings_come_back_from_the_exported_file(
    open_window: OpenWindow, tmp_path: Path, folder: str
) -> None:
    window = open_window(OTHER.replace(data=folder))
    window.export.write("loss", tmp_path / "loss.png", 1)
    assert config_in_picture(tmp_path / "loss.png") == OTHER.replace(data=folder)


def test_that_a_name_without_an_ending_never_replaces_a_picture_unasked(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = open_window()
    there = tmp_path / "run.png"
    there.write_bytes(b"mine")
    answer(monkeypatch, "getSaveFileName", tmp_path / "run")
    window.export.ask("dashboard", ".png")
    assert there.read_bytes() == b"mine"
    assert "run.png is there already" in window.status_text
