"""Any card fills its page and gives it back: by its button, its title, F10 and Esc; on every page, with larger text."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gui.pages.card_fill import MOST, CardFill
from gui.style import text_size
from gui.widgets.card_frame import CardFrame
from gui.widgets.split import Split
from model.config.views import PageKind, ViewKind
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import TIMEOUT_MS, click, in_sight, rect_in_window

SCREEN = (1366, 768)


@pytest.fixture
def window(open_window: OpenWindow, qtbot: QtBot) -> WindowPage:
    made = open_window()
    made.resize(*SCREEN)
    made.train_to_end(qtbot, seed=1)
    made.train_to_end(qtbot, seed=2)
    made.activate(qtbot)
    made.draw()
    return made


def cards(window: WindowPage) -> list[CardFrame]:
    return [card for card in window.visible(CardFrame) if card.fills and window.page.isAncestorOf(card)]


def pages(window: WindowPage, qtbot: QtBot) -> Iterator[PageKind]:
    for kind in PageKind:
        window.show_page(kind)
        if kind in (PageKind.REPEATS, PageKind.MAP):
            window.page.show_example(2)
            qtbot.waitUntil(lambda: not window.page.busy, timeout=20 * TIMEOUT_MS)
        window.draw()
        yield kind


def test_that_each_card_of_each_page_fills_it_by_button_title_and_key(window: WindowPage, qtbot: QtBot) -> None:
    seen: set[str] = set()
    for kind in pages(window, qtbot):
        before = {card: rect_in_window(card) for card in cards(window)}
        assert before, kind
        for card, place in before.items():
            seen.add(card.name)
            for way in ("button", "title", "key"):
                begin(window, card, way)
                window.draw()
                assert window.fill.card is card, card.name
                assert cards(window) == [card]
                now = rect_in_window(card)
                assert now.width() * now.height() >= place.width() * place.height()
                assert now.width() >= window.page.width() - 24
                assert window.page.bar is None or in_sight(window.page.bar), "one still goes back in time"
                window.press(Qt.Key.Key_Escape)
                window.draw()
                assert not window.fill.active
                assert {card: rect_in_window(card) for card in cards(window)} == before
        assert window.size == SCREEN
    assert seen == {"accuracy", "loss", "signal", "activations", "compare", "repeats-test-accuracy", "repeats-loss",
                    "repeats-final", "map"}  # fmt: skip


def begin(window: WindowPage, card: CardFrame, way: str) -> None:
    """Let a card fill the page in one of the ways that there are."""
    if way == "button":
        click(card.fill)
    elif way == "title":
        QTest.mouseDClick(card, Qt.MouseButton.LeftButton, pos=title_of(card))
    else:
        card.fill.setFocus()
        window.press(Qt.Key.Key_F10)


def title_of(card: CardFrame) -> QPoint:
    """A place in the title of a card that is no button."""
    middle = card.fill.geometry().center()
    place = QPoint(card.fill.geometry().right() + 6, middle.y())
    assert card.is_title(place)
    return place


def test_that_a_double_click_elsewhere_does_not_fill_the_page(window: WindowPage) -> None:
    card = window.board.signal
    QTest.mouseDClick(card, Qt.MouseButton.LeftButton, pos=QPoint(4, card.height() - 4))
    assert not window.fill.active


@pytest.mark.parametrize("name", ["loss", "signal", "activations"])
def test_that_axes_and_texts_grow_with_the_card_and_shrink_again(window: WindowPage, name: str) -> None:
    (card,) = [card for card in cards(window) if card.name == name]

    def sizes() -> list[int]:
        return [each.fontInfo().pixelSize() for each in card.findChildren(QLabel) if each.text() and each.isVisible()]

    def magnified() -> float:
        view = window.board.signal.canvas if name == "signal" else window.board.loss.view
        return float((window.board.activations.layers[0].view if name == "activations" else view).transform().m22())

    before, others = sizes(), window.transport_bar.figures.fontInfo().pixelSize()
    click(card.fill)
    window.draw()
    times = text_size.factor(card)
    assert 1.0 < times <= MOST
    assert magnified() == times
    assert min(sizes()) > min(before)
    assert max(sizes()) == round(times * max(before))
    assert window.transport_bar.figures.fontInfo().pixelSize() == others, "nothing else does"
    click(card.fill)
    window.draw()
    assert (magnified(), sizes(), text_size.factor(card)) == (1.0, before, 1.0)


def test_that_what_is_made_while_a_card_fills_the_page_is_as_large(window: WindowPage) -> None:
    click(window.board.detail.fill)
    window.show_view(ViewKind.LEDGER)
    window.draw()
    QApplication.processEvents()
    (table,) = [view for view in window.board.detail.view.findChildren(type(window.board.signal.canvas))
                if view.accessibleName()]  # fmt: skip
    assert window.fill.card is window.board.detail
    assert table.transform().m22() == text_size.factor(window.board.detail) > 1


def test_that_the_focus_is_kept(window: WindowPage) -> None:
    slider = window.board.timeline.slider
    slider.setFocus()
    window.fill.fill(window.page, window.board.loss)
    assert slider.hasFocus()
    window.press(Qt.Key.Key_Escape)
    assert slider.hasFocus()
    window.board.accuracy.help.setFocus()
    window.fill.fill(window.page, window.board.detail)
    assert window.board.detail.fill.hasFocus(), "not what nobody sees"
    window.press(Qt.Key.Key_Escape)
    assert window.board.accuracy.help.hasFocus()


def test_that_without_a_focus_the_largest_card_is_taken_and_f10_ends_it(window: WindowPage) -> None:
    window.button("train").setFocus()
    window.press(Qt.Key.Key_F10)
    assert window.fill.card is window.board.detail
    assert window.board.detail.fill.accessibleName() == "Show all cards of the page again"
    window.press(Qt.Key.Key_F10)
    assert not window.fill.active
    assert "fill the page" in window.board.detail.fill.accessibleName()


def test_that_what_is_asked_for_elsewhere_comes_into_sight(window: WindowPage) -> None:
    click(window.board.accuracy.fill)
    window.show_view(ViewKind.LEDGER)
    assert window.board.detail.isVisible()
    click(window.board.accuracy.fill)
    window.show_page(PageKind.COMPARE)
    assert not window.fill.active
    window.show_page(PageKind.RUN)
    assert window.board.detail.isVisible()


@pytest.mark.parametrize("name", ["dashboard", "loss", "signal", "ledger"])
def test_that_a_picture_is_the_same_while_a_card_fills_the_page(
    window: WindowPage, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("pictures")
    window.export.write(name, folder / "all.png")
    click(window.board.loss.fill)
    window.draw()
    window.export.write(name, folder / "one.png")
    assert QImage(str(folder / "one.png")) == QImage(str(folder / "all.png"))
    assert window.fill.card is window.board.loss, "it fills the page again"


def test_that_escape_ends_an_animation_then_the_filling_then_presenter_mode(window: WindowPage) -> None:
    window.press(Qt.Key.Key_F11)
    window.press(Qt.Key.Key_F10)
    assert window.presenter.active
    assert window.fill.active
    window.press(Qt.Key.Key_Escape)
    assert (window.presenter.active, window.fill.active) == (True, False)
    window.press(Qt.Key.Key_Escape)
    assert not window.presenter.active


def test_that_another_theme_and_text_size_reach_a_card_that_fills_the_page(window: WindowPage) -> None:
    click(window.board.loss.fill)
    before = text_size.factor(window.board.loss)
    window.choose_theme("dark")
    window.choose_text(1.25)
    window.draw()
    assert text_size.factor(window.board.loss) == before * 1.25
    assert window.board.loss.view.transform().m22() == before * 1.25
    assert window.colors.card in window.board.loss.styleSheet()


def test_that_handles_are_remembered_and_reset_layout_takes_all_back(window: WindowPage, qtbot: QtBot) -> None:
    (rows,) = [split for split in window.board.findChildren(Split) if split.name == "dashboard-rows"]
    at_first = rows.sizes()
    QTest.keyClick(rows.handle(2), Qt.Key.Key_Up)
    moved = rows.sizes()
    assert moved != at_first
    window.close()
    again = WindowPage.started(window.settings_path)
    qtbot.addWidget(again.widget)
    again.show()
    again.complete()
    again.resize(*SCREEN)
    again.draw()
    (rows,) = [split for split in again.board.findChildren(Split) if split.name == "dashboard-rows"]
    assert rows.sizes() == pytest.approx(moved, abs=1)
    again.choose_text(1.25)
    again.draw()
    assert sum(rows.shares) == pytest.approx(1)
    again.choose_text(1.0)
    again.draw()
    click(again.board.loss.fill)
    again.trigger("Reset layout")
    again.draw()
    assert rows.sizes() == at_first
    assert not again.fill.active
    again.close()


def test_that_nothing_is_left_of_a_card_that_filled_a_closed_window(window: WindowPage) -> None:
    click(window.board.loss.fill)
    fill: CardFill = window.fill
    window.close()
    assert fill.card is not None
    fill.leave()
