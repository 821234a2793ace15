"""The pages of the window: one shows, each is made when it is first looked at."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from gui.pages.page import Page
from gui.pages.page_stack import PageStack
from gui.runs.viewed import Viewed
from gui.style.theme import DARK, LIGHT, Theme
from gui.widgets.side_tabs import SideTabs
from model.config.views import PageKind
from tests.support.windows import click


class Plain(Page):
    """A page that notes what it is asked."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.name = "plain"
        self.themes, self.texts = [theme], 0

    def update_text(self) -> None:
        self.texts += 1

    def apply_theme(self, theme: Theme) -> None:
        self.themes.append(theme)


@pytest.fixture
def pages(qtbot: QtBot) -> PageStack:
    made = PageStack(dict.fromkeys(PageKind, Plain), Viewed(), LIGHT)
    qtbot.addWidget(made)
    made.start()
    made.resize(740, 500)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_that_only_pages_that_were_looked_at_are_made(pages: PageStack, qtbot: QtBot) -> None:
    assert list(pages.pages) == [PageKind.RUN]
    with qtbot.waitSignals([pages.made, pages.viewed.page_changed]):
        pages.choose(PageKind.MAP)
    pages.choose(PageKind.RUN)
    pages.choose(PageKind.MAP)
    assert list(pages.pages) == [PageKind.RUN, PageKind.MAP]


@pytest.mark.parametrize("kind", PageKind)
def test_that_a_tab_shows_its_page_with_figures_of_now(pages: PageStack, kind: PageKind, qtbot: QtBot) -> None:
    click(pages.buttons[kind])
    qtbot.waitUntil(pages.current.isVisible)
    assert pages.viewed.page is kind
    assert pages.current is pages.stack.currentWidget() is pages.pages[kind]
    assert isinstance(pages.current, Plain)
    assert pages.current.texts == 1
    assert [each for each, button in pages.buttons.items() if button.isChecked()] == [kind]


def test_that_a_page_is_made_in_one_turn_of_the_event_loop_and_shown_in_another(pages: PageStack, qtbot: QtBot) -> None:
    before = pages.current
    click(pages.buttons[PageKind.MAP])
    assert PageKind.MAP in pages.pages
    assert before.isVisible(), "nothing else may show until the new page can be"
    qtbot.waitUntil(pages.pages[PageKind.MAP].isVisible)
    assert not before.isVisible()
    click(pages.buttons[PageKind.RUN])
    click(pages.buttons[PageKind.MAP])
    assert pages.current.isVisible(), "the second time there is nothing to wait for"


def test_that_a_picture_waits_for_the_page_that_is_to_show(pages: PageStack) -> None:
    pages.choose(PageKind.MAP)
    pages.finish()
    assert pages.pages[PageKind.MAP].isVisible()


def test_that_tabs_lie_in_the_top_right_corner_of_every_page(pages: PageStack) -> None:
    for kind in PageKind:
        pages.choose(kind)
        places = [
            QRect(button.mapTo(pages, button.rect().topLeft()), button.size()) for button in pages.buttons.values()
        ]
        assert all(place.top() >= 0 and place.bottom() < 40 for place in places)
        assert pages.width() - places[-1].right() < 20
        assert places[0].left() > 350, "the page needs room for its caption"


def test_that_all_pages_take_over_another_theme(pages: PageStack) -> None:
    pages.choose(PageKind.COMPARE)
    pages.apply_theme(DARK)
    pages.choose(PageKind.MAP)
    found = [page.themes[-1] for page in pages.pages.values() if isinstance(page, Plain)]
    assert found == [DARK] * 3


def test_that_every_tab_says_what_it_shows_and_has_a_name_to_be_read(pages: PageStack) -> None:
    for kind, button in pages.buttons.items():
        assert kind.help in button.toolTip()
        assert kind.label in button.accessibleName()


def test_that_the_side_shows_one_content_at_a_time(qtbot: QtBot) -> None:
    first, second = QLabel("first"), QLabel("second")
    side = SideTabs({"One": (first, "the first"), "Two": (second, "the second")})
    qtbot.addWidget(side)
    side.show()
    assert (first.isVisible(), second.isVisible()) == (True, False)
    click(side.buttons["Two"])
    assert (first.isVisible(), second.isVisible()) == (False, True)
    assert side.buttons["Two"].toolTip() == "the second"


def test_that_a_tab_for_later_shows_when_it_is_first_chosen(qtbot: QtBot) -> None:
    widgets: dict[str, tuple[QWidget, str]] = {name: (QLabel(name), name) for name in ("One", "Two", "Three")}
    side = SideTabs(widgets, later=["Three"])
    qtbot.addWidget(side)
    side.turn()
    side.turn()
    assert side.stack.currentWidget() is widgets["One"][0]
    assert side.buttons["Three"].isHidden()
    side.choose("Three")
    assert not side.buttons["Three"].isHidden()
    side.turn()
    assert side.stack.currentWidget() is widgets["One"][0]
