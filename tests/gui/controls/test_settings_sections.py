"""The sections of the panel: what stays in sight, what folds away, and that nothing that matters is hidden there."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.choice_box import ChoiceBox
from gui.window.preferences import read_preferences
from model.base.run_settings import Manner, Section
from model.config.every_setting import every_setting
from model.diagnosis.verdict import Remedy
from tests.support.window_page import OpenWindow
from tests.support.windows import LONG, SMALL, click, in_sight, rect_in_window

FOLDING = [section for section in Section if section.manner is Manner.FOLDS]
TEN = SMALL.replace(hidden=(100,) * 10)


def key_at(widget: QWidget, key: Qt.Key) -> None:
    """Press a key in a widget."""
    widget.setFocus()
    QTest.keyClick(widget, key)
    QApplication.processEvents()


@pytest.mark.parametrize("size", [(1366, 768), (1024, 700)], ids=str)
@pytest.mark.parametrize("more", [{}, {"init": "gauss", "optimizer": "adam"}], ids=str)
def test_that_the_network_stays_in_sight_however_many_layers_it_has_and_whatever_is_scrolled(
    open_window: OpenWindow, size: tuple[int, int], more: dict[str, Any]
) -> None:
    window = open_window(TEN.replace(**more))
    window.resize(*size)
    window.settings.unfold()
    network = [each for each in every_setting() if each.section is Section.NETWORK and each.name != "hidden"]
    fields = [window.settings.field(each.name) for each in network if not each.when or getattr(TEN, each.when)]
    for place in (0, 10_000):
        window.settings.area(Section.TRAINING).verticalScrollBar().setValue(place)
        assert in_sight(window.settings.layers)
        assert all(in_sight(field) for field in fields)
    assert len(fields) >= 3


def test_that_in_a_small_window_the_layers_give_way_before_the_network_scrolls(open_window: OpenWindow) -> None:
    window = open_window(TEN)
    window.resize(1366, 900)
    QApplication.processEvents()
    roomy = window.settings.layers.height()
    window.resize(1024, 640)
    QApplication.processEvents()
    assert window.settings.layers.height() < roomy
    assert window.settings.area(Section.NETWORK).verticalScrollBar().maximum() == 0
    assert window.settings.area(Section.TRAINING).viewport().height() > 60


def test_that_every_setting_stands_under_the_heading_of_its_section(open_window: OpenWindow) -> None:
    window = open_window()
    window.resize(1366, 1600)
    window.settings.unfold()
    headings = {label.text(): label for label in window.settings.visible(QLabel) if label.objectName() == "heading"}
    tops = [rect_in_window(headings[section.label.upper()]).top() for section in Section]
    assert tops == sorted(tops)
    for number, section in enumerate(Section):
        end = [*tops, 10_000][number + 1]
        of_it = [each.name for each in every_setting() if each.section is section]
        shown = [window.settings.field(name) for name in of_it if name not in ("hidden", "data")]
        assert all(tops[number] < rect_in_window(field).top() < end for field in shown if field.isVisible())


@pytest.mark.parametrize("section", FOLDING)
def test_that_what_is_rarely_used_is_folded_away_until_its_heading_is_pressed(
    open_window: OpenWindow, section: Section
) -> None:
    window = open_window()
    assert not window.settings.is_unfolded(section)
    click(window.settings.heading(section))
    assert window.settings.is_unfolded(section)
    click(window.settings.heading(section))
    assert not window.settings.is_unfolded(section)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return], ids=str)
def test_that_a_section_is_unfolded_by_key_and_comes_into_view(
    open_window: OpenWindow, qtbot: QtBot, key: Qt.Key
) -> None:
    window = open_window(TEN)
    window.activate(qtbot)
    window.resize(1024, 700)
    key_at(window.settings.heading(Section.MORE), key)
    assert window.settings.is_unfolded(Section.MORE)
    assert in_sight(window.settings.field("record_every"))


def test_that_a_heading_tells_screen_readers_whether_it_is_unfolded(open_window: OpenWindow) -> None:
    window = open_window(SMALL.replace(record_every=10))
    heading = window.settings.heading(Section.MORE)
    assert heading.accessibleName() == "More, folded"
    click(heading)
    assert heading.accessibleName() == "More, unfolded"


def test_that_a_folded_heading_counts_what_is_not_as_usual(open_window: OpenWindow) -> None:
    window = open_window(SMALL.replace(record_every=10))
    heading = window.settings.heading(Section.MORE)
    assert heading.summary.text() == ""
    window.settings.edit("clip_norm", 1)
    window.settings.edit("record_every", 7)
    assert heading.summary.text() == "· 2 changed"
    assert heading.accessibleName() == "More, folded, 2 changed"
    assert "Changed: Record every, Clip gradient" in heading.toolTip()
    click(heading)
    assert heading.summary.text() == "", "what can be seen need not be told"


def test_that_a_folded_heading_counts_what_waits_for_reset(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(LONG.replace(record_every=10, clip_norm=1))
    window.step(1)
    window.wait_until_reached(1, qtbot)
    heading = window.settings.heading(Section.MORE)
    assert heading.summary.text() == "· 1 changed"
    window.settings.edit("clip_norm", 0)
    assert heading.summary.text() == "· 1 at Reset"
    assert "At Reset: Clip gradient" in heading.toolTip()
    window.settings.apply()
    assert heading.summary.text() == ""


def test_that_another_data_set_is_told_beside_the_folded_heading(open_window: OpenWindow) -> None:
    assert open_window().settings.heading(Section.DATA).summary.text() == "· 1 changed"


def test_that_the_window_remembers_what_was_unfolded(open_window: OpenWindow) -> None:
    window = open_window()
    window.settings.unfold(Section.DATA)
    window.close()
    kept, note = read_preferences(window.settings_path)
    assert (kept.unfolded, note) == (["data"], "")
    again = open_window(unfolded=kept.unfolded)
    assert {section for section in FOLDING if again.settings.is_unfolded(section)} == {Section.DATA}


def test_that_an_error_brings_the_settings_that_it_names_into_view(open_window: OpenWindow) -> None:
    window = open_window(TEN.replace(batch_norm="before", optimizer="adam"))
    window.resize(1024, 640)
    bar = window.settings.area(Section.TRAINING).verticalScrollBar()
    assert bar.maximum() > 0
    window.settings.edit("batch_size", 1)
    assert "--batch-size" in window.status_text
    assert in_sight(window.settings.field("batch_size"))


def test_that_a_command_unfolds_the_section_that_it_refers_to(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    window.trigger("Open data folder …")
    assert window.settings.is_unfolded(Section.DATA)
    assert not window.settings.is_unfolded(Section.MORE)


def test_that_a_broken_data_set_unfolds_the_section_of_data(
    open_window: OpenWindow, qtbot: QtBot, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    window.settings.choose_folder(monkeypatch, broken)
    click(window.settings.heading(Section.DATA))
    window.wait_until_said("ends after", qtbot)
    assert window.settings.is_unfolded(Section.DATA)


def test_that_a_remedy_unfolds_what_it_changes(open_window: OpenWindow) -> None:
    window = open_window()
    window.resize(1024, 700)
    window.take_remedy(Remedy("Clip the gradient", {"clip_norm": 1}))
    assert window.settings.is_unfolded(Section.MORE)
    assert in_sight(window.settings.field("clip_norm"))


def test_that_tab_brings_a_field_into_view(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(TEN.replace(optimizer="adam"))
    window.activate(qtbot)
    window.resize(1024, 700)
    window.settings.unfold()
    area = window.settings.area(Section.TRAINING)
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert not in_sight(window.settings.field("optimizer"))
    for _ in range(100):
        if window.focus is window.settings.field("optimizer"):
            break
        window.press(Qt.Key.Key_Tab)
    assert in_sight(window.settings.field("optimizer"))


def test_that_fields_keep_their_width_and_line_up_when_a_scroll_bar_comes(open_window: OpenWindow) -> None:
    window = open_window()
    window.resize(1366, 1600)
    QApplication.processEvents()
    names = ("activation", "optimizer", "seed")

    def ends() -> set[tuple[int, int]]:
        rects = [rect_in_window(window.settings.field(name)) for name in names]
        return {(rect.left(), rect.right()) for rect in rects}

    roomy = ends()
    window.resize(1024, 640)
    QApplication.processEvents()
    assert window.settings.area(Section.TRAINING).verticalScrollBar().maximum() > 0
    assert ends() == roomy
    assert len(roomy) == 1


def test_that_no_row_moves_when_a_word_comes_on_when_it_counts(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(LONG)
    place = window.settings.field("seed").mapTo(window.widget, QPoint())
    window.step(1)
    window.wait_until_reached(1, qtbot)
    assert "learning_rate" in window.settings.notes()
    QApplication.processEvents()
    assert window.settings.field("seed").mapTo(window.widget, QPoint()) == place


@pytest.mark.usefixtures("spoken")
def test_that_every_choice_is_shown_whole(open_window: OpenWindow) -> None:
    window = open_window(SMALL.replace(init="gauss", optimizer="adam", norm="batch-before"))
    window.resize(1366, 768)
    window.settings.unfold()
    window.draw()
    boxes = window.settings.visible(ChoiceBox)
    assert len(boxes) >= 8
    cut = []
    for box in boxes:
        box.blockSignals(True)
        for place in range(box.count()):
            box.setCurrentIndex(place)
            if box.shown_text != box.currentText():
                cut.append(box.currentText())
    assert not cut
