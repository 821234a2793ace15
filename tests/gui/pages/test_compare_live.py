"""The compare page over time: runs that go on, that are read later, and moments that are gone back to."""

import pytest
from pytestqt.qtbot import QtBot

from gui.pages.compare.column import READING, WAITING
from gui.pages.compare.compare_view import PIECES_A_FRAME, PIECES_OF_A_MOMENT
from model.base import number_format
from model.nn.activations import Activation
from tests.support.compare_pages import NoLibrary, columns, entry_of, opened, record, settle, three


def test_that_the_timeline_has_the_moments_of_all_and_moves_all(qtbot: QtBot) -> None:
    page = opened(qtbot, *three(), entry_of(record(0, test=0.2), record(30, test=0.4)))
    page.update_text()
    assert page.timeline.iterations == [0, 30, 50, 100]
    page.timeline.slider.setValue(2)
    settle(page)
    assert [column.seen.iteration for column in page.view.columns if column.seen] == [50, 50, 50, 30]
    assert page.view.columns[0].head.accuracy.text == number_format.percent(0.35)
    assert not page.view.columns[0].accuracy.cursor.path().isEmpty()
    page.timeline.slider.setValue(3)
    settle(page)
    assert page.at is None
    assert page.view.columns[0].seen
    assert page.view.columns[0].seen.iteration == 100
    assert page.view.columns[0].accuracy.cursor.path().isEmpty()


def test_that_a_run_that_goes_on_is_drawn_on_and_the_others_are_left_alone(qtbot: QtBot) -> None:
    page = opened(qtbot, *three())
    columns(page)
    before = [column.seen for column in page.view.columns]
    run_log = page.runs.entries[1].run_log
    assert run_log
    run_log.put(record(110, 2, test=0.9))
    settle(page)
    after = [column.seen for column in page.view.columns]
    assert (after[0], after[2]) == (before[0], before[2])
    assert after[1] is not before[1]
    assert page.view.columns[1].head.accuracy.text == number_format.percent(0.9)


def test_that_at_a_moment_gone_by_a_growing_run_stays_there(qtbot: QtBot) -> None:
    page = opened(qtbot, *three())
    page.go_to(50)
    run_log = page.runs.entries[0].run_log
    assert run_log
    run_log.put(record(110, 1, test=0.9))
    settle(page)
    assert page.view.columns[0].seen
    assert page.view.columns[0].seen.iteration == 50


def test_that_a_frame_draws_a_few_plots_only(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(qtbot, *(entry_of(record(0, 10)) for _ in range(12)))
    drawn: list[int] = []
    kind = type(page.view.columns[0])
    draw = kind.draw

    def counted(self: object, *args: object, **named: object) -> None:
        drawn[-1] += 1
        draw(self, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(kind, "draw", counted)
    for _ in range(60):
        drawn.append(0)
        page.frame()
    assert max(drawn) == PIECES_A_FRAME
    assert sum(drawn) == 12 * 12
    page.go_to(0)  # which all columns shall follow at once
    drawn.append(0)
    page.frame()
    assert drawn[-1] == PIECES_OF_A_MOMENT


def test_that_a_scale_that_grows_has_all_drawn_anew(qtbot: QtBot) -> None:
    page = opened(
        qtbot, entry_of(record(0), activation=Activation.RELU), entry_of(record(0), activation=Activation.RELU)
    )
    columns(page)
    wide = page.view.columns[0].layers.items[0].bars.path().boundingRect().width()
    run_log = page.runs.entries[1].run_log
    assert run_log
    run_log.put(record(10, high=10.0))
    settle(page)
    assert page.view.columns[0].layers.items[0].bars.path().boundingRect().width() < wide / 5


def test_that_a_run_that_is_not_read_yet_says_so_and_is_read_once(qtbot: QtBot) -> None:
    unread = entry_of()
    run_log, unread.run_log = unread.run_log, None
    page = opened(qtbot, unread, *three())
    autosaver = page.runs.autosaver
    assert isinstance(autosaver, NoLibrary)
    asked = len(autosaver.asked)
    assert columns(page)[0].note.text == READING
    page.runs.changed.emit()
    assert len(autosaver.asked) == asked
    assert run_log
    run_log.put(record(0, test=0.7))
    unread.run_log = run_log
    page.runs.loaded.emit(unread)
    settle(page)
    assert page.view.columns[0].note.text == ""
    assert page.view.columns[0].head.accuracy.text == number_format.percent(0.7)


def test_that_a_run_that_has_not_begun_waits(qtbot: QtBot) -> None:
    page = opened(qtbot, entry_of(), *three())
    column = columns(page)[0]
    assert column.note.text == WAITING
    assert (column.head.accuracy.text, column.ratio.text) == ("–", "")
