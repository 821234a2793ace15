"""Data sets as people have them, in the window: files, archives, several in one place, the last ten, orientation."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from gui.controls.recent_data import MOST, NONE_YET, RecentData
from gui.views.digit.mode_switch import DigitMode
from gui.widgets.mnemonics import plain
from tests.support.data_layouts import CLASSES, Layout, csv, four, npz, small, write, zipped
from tests.support.digit_views import opened, shown_answers
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import SMALL, TIMEOUT_MS, click, dispose

PARTS = small(train=140, test=70)
LETTERS = PARTS._replace(train_labels=PARTS.train_labels * 3 + 5, test_labels=PARTS.test_labels * 3 + 5)
OWN = ["5", "8", "11", "14"]


def wait_for(window: WindowPage, name: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.settings.data_name == name, timeout=TIMEOUT_MS)


def archive(folder: Path, name: str = "archive.npz") -> str:
    data = npz(x_train=LETTERS[0], y_train=LETTERS[1], x_test=LETTERS[2], y_test=LETTERS[3])
    return write(Layout({name: data}, name), folder)


def test_that_a_file_is_opened_and_its_notes_are_shown(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    window.settings.choose_file(monkeypatch, archive(tmp_path, "emnist.npz"))
    wait_for(window, "emnist", qtbot)
    assert "6 × 6 pixels, 4 classes" in window.settings.data_size
    assert window.settings.data_notes.splitlines() == [
        "Labels 5 to 14, not all of them.",
        "Rows and columns are exchanged, as in all files of EMNIST.",
    ]


def test_that_rows_and_columns_are_exchanged_in_the_panel(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    window.settings.choose_file(monkeypatch, archive(tmp_path))
    wait_for(window, "archive", qtbot)
    np.testing.assert_array_equal(window.run.dataset.test_images[3].reshape(6, 6), PARTS.test_images[3])
    window.settings.edit("orientation", "exchanged")
    qtbot.waitUntil(lambda: "Rows and columns are exchanged." in window.settings.data_notes, timeout=TIMEOUT_MS)
    np.testing.assert_array_equal(window.run.dataset.test_images[3].reshape(6, 6), PARTS.test_images[3].T)
    window.settings.choose_file(monkeypatch, archive(tmp_path, "other.npz"))
    assert window.settings.config.orientation.key == "by-name", "what was chosen for one is not meant for another"


def test_that_classes_have_their_own_labels_on_the_screen(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(SMALL.replace(data=archive(tmp_path), iterations=20))
    view = opened(window)
    window.train()
    window.wait_until_ended(qtbot)
    window.draw()
    assert [line.name.text for line in shown_answers(view)] == OWN
    true = OWN[int(PARTS.test_labels[view.tools.number.value()])]
    assert view.pictures.pad.caption.text == f"a {true}"
    assert view.answers.texts()[0].removeprefix("answers ") in OWN
    record = window.run.log.history.newest
    assert record
    assert str(record.answer) in OWN
    click(view.switch.buttons[DigitMode.CONFUSION])
    window.draw()
    qtbot.waitUntil(lambda: view.count.confusion is not None, timeout=TIMEOUT_MS)
    assert [text.text for text in view.confusion.matrix.rows.items][:CLASSES] == OWN
    assert view.confusion.images.title.text.split(",")[0].removeprefix("true ") in OWN
    click(view.switch.buttons[DigitMode.WEIGHT])
    window.draw()
    view.path.layer.setCurrentIndex(view.path.layer.count() - 1)
    assert view.path.target.text() in OWN
    view.path.target.setValue(2)
    assert view.path.target.text() == "11"
    assert "class 11" in view.path.drawing.accessibleDescription()


@pytest.mark.parametrize("name", ["digits.csv", "archive.zip"])
def test_that_a_dropped_file_is_opened_as_data(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    window = open_window()
    data = csv(PARTS[0], PARTS[1]) if name.endswith("csv") else zipped(four(PARTS))
    path = write(Layout({name: data}, name), tmp_path)
    assert window.drop(QUrl.fromLocalFile(path))
    wait_for(window, Path(name).stem, qtbot)
    assert ("6 : 1" in window.settings.data_notes) == name.endswith("csv")


def test_that_of_several_data_sets_one_is_asked_for(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    files = {f"{name}/{each}": data for name in ("fashion", "kuzushiji") for each, data in four(PARTS).items()}
    place = write(Layout(files), tmp_path / "all")
    window = open_window()
    before = window.settings.config
    assert window.drop(QUrl.fromLocalFile(place))
    window.wait_until_said("lie 2 data sets", qtbot)
    assert window.settings.config == before
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [plain(action.text()) for action in menu.actions()] == [f"{place}/fashion", f"{place}/kuzushiji"]
    menu.actions()[1].trigger()
    menu.close()
    wait_for(window, "kuzushiji", qtbot)


def test_that_the_last_data_sets_are_remembered_and_those_that_are_gone_are_greyed(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    path = archive(tmp_path / "own")
    window.settings.choose_file(monkeypatch, path)
    wait_for(window, "archive", qtbot)
    window.close()
    Path(path).unlink()
    again = WindowPage.started(window.settings_path)
    try:
        qtbot.waitUntil(again.run.is_ready, timeout=TIMEOUT_MS)
        assert again.run.dataset.name == "MNIST", "in place of the one that is gone"
        assert again.settings.recent_data() == [("own/archive.npz", False), ("/".join(Path(folder).parts[-2:]), True)]
        again.settings.choose_recent_data(1)
        wait_for(again, Path(folder).name, qtbot)
        assert again.settings.config.data == folder
        assert [there for _, there in again.settings.recent_data()] == [True, False], "the newest first"
    finally:
        again.show()
        dispose(again.widget)


def test_that_ten_are_kept_and_each_once(qtbot: QtBot) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    recent = RecentData(menu)
    recent.fill(menu)
    assert [(action.text(), action.isEnabled()) for action in menu.actions()] == [(NONE_YET, False)]
    for number in [*range(12), 5]:
        recent.add(f"/data/{number}")
    assert len(recent.paths) == MOST
    assert recent.paths[:3] == ["/data/5", "/data/11", "/data/10"]
    menu.aboutToShow.emit()
    assert len(menu.actions()) == MOST
