"""The size of all text: by keys, at once, remembered, everywhere, and never in a picture."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QImage
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gui.lessons.bets.choice_editor import ChoiceEditor
from gui.lessons.bets.rank_editor import RankEditor
from gui.lessons.bets.words_editor import WordsEditor
from gui.style import text_size
from gui.style.text_size import STEPS
from gui.views.ledger.ledger_view import LedgerView
from model.config.config import Config
from model.config.views import PageKind, ViewKind
from tests.support.clipped_texts import clipped_drawings, clipped_widgets
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import SMALL, TIMEOUT_MS, in_sight

CONTROL = Qt.KeyboardModifier.ControlModifier
SMALL_SCREEN = (1366, 768)
TURNS = 4


def settle(window: WindowPage) -> None:
    """Draw what there is once all layouts are as they shall be."""
    for _ in range(3):
        QApplication.processEvents()
        window.draw()


def places(window: WindowPage, qtbot: QtBot) -> Iterator[str]:
    """Every tab of every page in turn, drawn, with results on it."""
    for view in ViewKind:
        window.show_view(view)
        settle(window)
        yield view.label
    for kind in PageKind:
        window.show_page(kind)
        settle(window)
        yield kind.label
        if kind in (PageKind.REPEATS, PageKind.MAP):
            window.page.show_example(2)
            qtbot.waitUntil(lambda: not window.page.busy, timeout=20 * TIMEOUT_MS)
            settle(window)
            yield f"{kind.label} with results"
    for title in ("Settings", "Runs"):
        window.side_tab(title).click()
        settle(window)
        yield title


def cut_off(window: WindowPage) -> list[str]:
    """What is cut off once the pages have grown by what each part turns out to need."""
    found = [""]
    for _ in range(TURNS):
        found = [*clipped_widgets(window.widget), *clipped_drawings(window.widget)]
        if not found:
            break
        settle(window)
    return found


@pytest.mark.parametrize("size", [1.0, 1.5, 2.0])
def test_that_no_text_is_cut_off_on_a_small_screen(open_window: OpenWindow, qtbot: QtBot, size: float) -> None:
    window = open_window(Config(hidden=(50,) * 3, batch_size=10, iterations=60, data=SMALL.data))
    window.resize(*SMALL_SCREEN)
    window.train_to_end(qtbot, seed=1)
    window.train_to_end(qtbot, seed=2)
    window.choose_text(size)
    for place in places(window, qtbot):
        found = cut_off(window)
        assert not found, f"{place}:\n" + "\n".join(found)
        assert window.size == SMALL_SCREEN, place


def test_that_keys_make_all_text_larger_smaller_and_normal(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window.activate(qtbot)

    def sizes() -> list[int]:
        return [each.fontInfo().pixelSize() for each in window.visible(QLabel)]

    window.resize(3000, 2000)  # where all of it has room
    settle(window)
    before = sizes()
    window.press(Qt.Key.Key_Plus, CONTROL)
    assert window.text_size == STEPS[STEPS.index(1.0) + 1]
    window.press(Qt.Key.Key_Equal, CONTROL)
    assert window.text_size == STEPS[STEPS.index(1.0) + 2]
    for _ in STEPS:
        window.press(Qt.Key.Key_Plus, CONTROL)
    assert window.text_size == max(STEPS)
    assert sizes() == [2 * size for size in before]
    for _ in STEPS:
        window.press(Qt.Key.Key_Minus, CONTROL)
    assert window.text_size == min(STEPS)
    window.press(Qt.Key.Key_0, CONTROL)
    assert window.text_size == text_size.factor() == 1.0
    assert sizes() == before


def test_that_painted_texts_rows_and_axes_grow_too(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window.resize(*SMALL_SCREEN)
    window.train_to_end(qtbot)
    window.side_tab().click()
    window.show_view(ViewKind.LEDGER)

    def heights() -> list[float]:
        window.draw()
        board, ledger = window.board, window.board.detail.view
        assert isinstance(ledger, LedgerView)
        views = (board.signal.canvas, ledger.table, board.loss.view)
        return [*(view.transform().m22() for view in views), window.runs.place_of(window.runs.current()).height()]

    before = heights()
    window.choose_text(1.5)
    assert heights() == [1.5 * height for height in before]


@pytest.mark.parametrize("size", [1.5, 2.0])
def test_that_a_long_sentence_is_told_whole(open_window: OpenWindow, size: float) -> None:
    window = open_window()
    window.resize(*SMALL_SCREEN)
    window.choose_text(size)
    window.status_line.note("At the start layer 1 received 8.7·10⁻¹⁰ of the gradient of the output. " * 4)
    settle(window)
    assert not cut_off(window)


def test_that_a_view_that_is_chosen_comes_into_sight(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window.resize(*SMALL_SCREEN)
    window.choose_text(1.5)
    settle(window)
    assert window.scrolls
    assert not in_sight(window.board.timeline)
    window.show_view(ViewKind.LEDGER)
    settle(window)
    assert window.board.detail.visibleRegion().boundingRect().bottom() == window.board.detail.rect().bottom()
    window.show_page(PageKind.MAP)
    settle(window)
    assert window.page.visibleRegion().boundingRect().top() == 0


def test_that_the_text_size_is_remembered(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window.choose_text(1.25)
    window.close()
    again = WindowPage.started(window.settings_path)
    qtbot.addWidget(again.widget)
    assert again.text_size == text_size.factor() == 1.25
    again.show()
    again.close()


@pytest.mark.parametrize("name", ["dashboard", "loss", "signal", "ledger"])
def test_that_a_picture_does_not_depend_on_the_text_size(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    window = open_window()
    window.resize(*SMALL_SCREEN)
    window.train_to_end(qtbot)
    settle(window)
    window.export.write(name, tmp_path / "normal.png")
    window.choose_text(1.5)
    settle(window)
    window.export.write(name, tmp_path / "large.png")
    normal, large = (QImage(str(tmp_path / f"{each}.png")) for each in ("normal", "large"))
    assert normal.size() != QSize()
    assert large == normal
    assert text_size.factor() == 1.5


def test_that_another_text_size_waits_for_an_animation(
    open_window: OpenWindow, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    window = open_window()
    window.train_to_end(qtbot)
    window.choose_text(1.5)
    window.export.animation.start(tmp_path / "run.gif")
    assert text_size.factor() == 1.0
    window.choose_text(2.0)
    assert text_size.factor() == 1.0
    window.export.animation.give_up()
    assert text_size.factor() == 2.0


@pytest.mark.parametrize("size", [1.0, 1.5])
def test_that_no_text_of_a_lesson_is_cut_off(open_window: OpenWindow, kinds: Path, qtbot: QtBot, size: float) -> None:
    window = open_window()
    window.resize(*SMALL_SCREEN)
    lessons = window.lessons
    lessons.show()
    window.choose_text(size)
    settle(window)
    assert not cut_off(window), "the list"
    for step in range(1, 8):
        lessons.open("1", step, kinds)
        settle(window)
        found = cut_off(window)
        assert not found, f"step {step}:\n" + "\n".join(found)


def test_that_a_lesson_grows_with_the_text(open_window: OpenWindow, kinds: Path, qtbot: QtBot) -> None:
    window = open_window()
    window.resize(*SMALL_SCREEN)
    lessons = window.lessons
    lessons.open("1", 2, kinds)
    question = lessons.page.question.lines

    def options() -> list[int]:
        assert isinstance(lessons.editor, ChoiceEditor)
        return [option.height() for option in lessons.editor.options.values()]

    def heights() -> list[float]:
        settle(window)
        letters = [each.defaultFont().pixelSize() for each in (question, lessons.page.text.lines)]
        lessons.open("3")
        (formula,) = lessons.page.text.lines.formulas
        lessons.open("1", 6, kinds)
        settle(window)
        assert isinstance(lessons.editor, RankEditor)
        ranks = lessons.editor.list
        assert not ranks.verticalScrollBar().maximum()
        lessons.open("1", 7, kinds)
        assert isinstance(lessons.editor, WordsEditor)
        words = lessons.editor.field.height()
        lessons.pages.show_list()
        row = lessons.pages.list.rows[0].height()
        lessons.open("1", 2, kinds)
        settle(window)
        return [*letters, *options(), formula.height, ranks.height(), words, row]

    before = heights()
    window.choose_text(1.5)
    assert question.defaultFont().weight() == QFont.Weight.DemiBold, "a question stays bold"
    ratios = [after / once for after, once in zip(heights(), before, strict=True)]
    assert ratios == pytest.approx([1.5] * len(ratios), rel=0.12)
    window.choose_text(1.0)
    assert heights() == before
