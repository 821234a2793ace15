"""What a step lights up and dims in the window, and that it leaves nothing behind."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from gui.export.picture import image
from gui.style.theme import LIGHT
from gui.widgets.split import Split, SplitHandle
from gui.widgets.spotlight import Film, Look
from model.config.views import ViewKind
from model.lessons.giveaways import giveaways
from model.lessons.places import PLACES, Place
from tests.support.window_page import WindowPage
from tests.support.windows import TIMEOUT_MS


def chosen(window: WindowPage) -> int | None:
    """The layer that is highlighted."""
    return window.board.detail.layer


def test_that_a_step_dims_all_but_what_it_is_about(window: WindowPage, kinds: Path) -> None:
    window.lessons.open("1", folder=kinds)
    board, spotlight = window.board, window.lessons.stage.spotlight
    assert spotlight.lit == [board.accuracy]
    assert spotlight.dimmed == [board.loss, board.signal, board.detail, board.timeline]
    window.lessons.leave()
    assert not spotlight.lit
    assert not spotlight.dimmed
    window.lessons.show()
    assert spotlight.lit == [board.accuracy]
    window.lessons.pages.show_list()
    assert not spotlight.lit


def test_that_the_handles_between_what_is_dimmed_step_back_too(window: WindowPage, kinds: Path) -> None:
    window.lessons.open("1", folder=kinds)
    handles = [handle for handle in window.board.findChildren(SplitHandle) if handle.isVisible()]
    assert [window.lessons.stage.spotlight.lit] == [[window.board.accuracy]]
    names = [handle.accessibleName() for handle in handles if handle.faint]
    assert names == [handle.accessibleName() for handle in handles if "Accuracy" not in beside(handle)]
    assert 0 < len(names) < len(handles)
    window.lessons.leave()
    assert not any(handle.faint for handle in handles)


def beside(handle: SplitHandle) -> list[str]:
    """The names of the parts that a handle is between; of a split, those of its own parts."""
    index = handle.split.indexOf(handle)
    parts = [handle.split.part(place) for place in (index - 1, index)]
    return [each.accessibleName() for part in parts for each in (part.parts() if isinstance(part, Split) else [part])]


def test_that_a_layer_and_the_line_of_guessing_light_up_and_go_out(window: WindowPage, kinds: Path) -> None:
    window.lessons.open("1", 2, kinds)
    board = window.board
    assert board.detail.view.view is ViewKind.LEDGER
    assert window.lessons.stage.spotlight.lit == [board.loss, board.detail]
    assert chosen(window) == 0
    assert [card.plot.guide_text.brush().color().name() for card in board.curves] == [LIGHT.accent] * 2
    window.lessons.pages.go_by(1)
    assert chosen(window) is None
    assert [card.plot.guide_text.brush().color().name() for card in board.curves] == [LIGHT.muted] * 2


def test_that_words_of_the_text_light_their_place_up(window: WindowPage, kinds: Path) -> None:
    window.lessons.open("1", folder=kinds)
    window.lessons.page.text.anchorClicked.emit(QUrl("mark:loss"))
    assert window.lessons.stage.spotlight.lit == [window.board.accuracy, window.board.loss]
    assert window.board.loss not in window.lessons.stage.spotlight.dimmed
    window.lessons.pages.go_by(1)
    assert window.board.accuracy not in window.lessons.stage.spotlight.lit


@pytest.mark.parametrize("key", sorted(PLACES))
def test_that_every_place_is_somewhere_in_the_window(window: WindowPage, kinds: Path, key: str) -> None:
    window.lessons.open("1", folder=kinds)
    window.lessons.stage.point(Place(key))
    guides = [card.plot.guide_lit for card in window.board.curves]
    assert len(window.lessons.stage.spotlight.lit) > 1 or key == "accuracy" or all(guides)


def test_that_nothing_can_be_read_aside_before_the_bet_is_placed(window: WindowPage, kinds: Path, qtbot: QtBot) -> None:
    window.lessons.open("1", folder=kinds)

    def look() -> Look:
        (film,) = [film for film in window.widget.findChildren(Film) if film.part is window.board.loss]
        return film.look

    assert look() is Look.VEILED
    qtbot.waitUntil(window.run.is_ready, timeout=TIMEOUT_MS)
    window.lessons.pull(0.5)
    window.lessons.act()
    window.lessons.wait_until_told(qtbot)
    assert look() is Look.DIMMED


@pytest.mark.parametrize(("number", "step"), [(3, 1), (3, 2), (3, 6), (4, 1), (4, 4), (12, 5)])
def test_that_what_a_bet_asks_is_covered_wherever_it_can_be_read(window: WindowPage, number: int, step: int) -> None:
    window.lessons.open(str(number), step)
    flow, stage = window.lessons.flow, window.lessons.stage
    assert flow.asks
    places = giveaways(flow.lesson, flow.step)
    assert places
    for place in places:
        for part in stage.scene.parts(place.key):
            (film,) = [
                film for film in window.widget.findChildren(Film) if film.part is part and film.look.value == 1.0
            ]
            assert film.isVisible()
            assert part not in stage.spotlight.dimmed


def test_that_what_was_covered_shows_once_the_bet_is_placed(window: WindowPage, kinds: Path, qtbot: QtBot) -> None:
    window.lessons.open("1", 5, kinds)
    assert window.lessons.stage.spotlight.covered == [window.board.detail]
    qtbot.waitUntil(window.run.is_ready, timeout=TIMEOUT_MS)
    window.lessons.editor.show_guess((0.5, 0.5))
    window.lessons.act()
    window.lessons.wait_until_told(qtbot)
    assert window.lessons.stage.spotlight.covered == []


def test_that_pictures_are_neither_dimmed_nor_lit(window: WindowPage, kinds: Path) -> None:
    window.lessons.open("1", folder=kinds)
    window.board.finish()
    dimmed = [film for film in window.widget.findChildren(Film) if film.look is not Look.LIT]
    plain = image(window.board.signal, 1)
    assert dimmed
    assert all(film.isVisible() for film in dimmed)
    window.lessons.stage.spotlight.clear()
    assert image(window.board.signal, 1) == plain


def test_that_a_film_follows_its_part_and_takes_no_mouse(window: WindowPage, kinds: Path, qtbot: QtBot) -> None:
    window.lessons.open("1", folder=kinds)
    window.resize(1500, 900)
    films = window.widget.findChildren(Film)
    qtbot.waitUntil(lambda: all(film.size() == film.part.size() for film in films))
    window.board.signal.layer_chosen.emit(1)
    assert chosen(window) == 1
