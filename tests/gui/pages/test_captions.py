"""The line above a page's plots, and what the line at the bottom says of the page that shows."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.elided_label import Caption, ElidedLabel
from model.config.views import PageKind
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import SMALL, click

OTHERS = [kind for kind in PageKind if kind is not PageKind.RUN]
LONG_TEXT = "one word after another, " * 12


def written(label: QWidget) -> QRect:
    """Where something is written, in the label's coordinates."""
    image = QImage(label.size(), QImage.Format.Format_ARGB32)
    image.fill(0)
    label.render(image)
    found = QRect()
    for x in range(image.width()):
        if any(image.pixelColor(x, y) != image.pixelColor(image.width() - 1, 0) for y in range(image.height())):
            found = found.united(QRect(x, 0, 1, image.height()))
    return found


def left_of_tabs(window: WindowPage) -> int:
    """Where the tabs begin, in the coordinates of the page's caption."""
    first = window.tab(next(iter(PageKind)))
    return window.page.caption.mapFromGlobal(first.mapToGlobal(QPoint(0, 0))).x()


@pytest.mark.parametrize("kind", PageKind)
def test_that_a_caption_ends_before_the_tabs_and_a_tooltip_has_it_whole(
    open_window: OpenWindow, kind: PageKind
) -> None:
    window = open_window()
    window.resize(960, 620)
    window.show_page(kind)
    caption = window.page.caption
    caption.tell(LONG_TEXT)
    assert 100 < written(caption).right() < left_of_tabs(window)
    assert caption.toolTip() == caption.text() == LONG_TEXT


def test_that_a_picture_has_the_whole_caption(open_window: OpenWindow) -> None:
    window = open_window()
    window.resize(960, 620)
    caption = window.board.caption
    caption.tell(LONG_TEXT)
    with window.board.posing():
        assert written(caption).right() > left_of_tabs(window)
    assert written(caption).right() < left_of_tabs(window)


def test_that_a_text_gives_way_and_comes_back(qtbot: QtBot) -> None:
    for made in (ElidedLabel("some words"), Caption()):
        qtbot.addWidget(made)
        made.setText("some words")
        made.resize(300, 20)
        whole = written(made)
        made.resize(40, 20)
        assert written(made).right() <= 40
        made.resize(300, 20)
        assert written(made) == whole
        assert made.minimumSizeHint().width() <= 300


@pytest.mark.parametrize("kind", OTHERS)
def test_that_on_other_pages_the_line_at_the_bottom_says_what_can_be_done_there(
    open_window: OpenWindow, kind: PageKind
) -> None:
    window = open_window()
    of_run = window.status_text
    window.show_page(kind)
    assert window.status_text == window.page.hint != of_run
    window.show_page(PageKind.RUN)
    assert window.status_text == of_run


def test_that_a_verdict_is_told_on_the_page_of_its_run_alone(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(SMALL.replace(iterations=400))
    click(window.button("train"))
    window.wait_until_ended(qtbot)
    window.show_figures()
    verdict = window.verdict
    assert verdict
    window.show_page(PageKind.COMPARE)
    assert window.verdict is None
    window.show_page(PageKind.RUN)
    assert window.verdict == verdict


def test_that_f4_takes_the_keys_to_what_it_shows(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    click(window.button("train"))
    window.wait_until_ended(qtbot)
    window.trigger("Settings or runs")
    assert window.side_tab().isChecked()
    assert window.runs.view.hasFocus()
