"""Splits: rooms by weight at first, by what the user chose after that, at every size; by mouse and by keys."""

import json
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame
from pytestqt.qtbot import QtBot

from gui.export.picture import image
from gui.widgets.split import GAP_PIXELS, STEP_PIXELS, Split, SplitHandle, divided

ROOM = 600


@st.composite
def parts(draw: st.DrawFn) -> tuple[list[float], list[int], list[float]]:
    count = draw(st.integers(1, 6))
    shares = draw(st.lists(st.floats(0.01, 100), min_size=count, max_size=count))
    least = draw(st.lists(st.integers(1, 300), min_size=count, max_size=count))
    most = [each + draw(st.integers(0, 300)) if draw(st.booleans()) else inf for each in least]
    return shares, least, most


@given(room=st.integers(0, 4_000), of=parts())
def test_that_all_room_is_divided_and_no_part_has_too_little_or_too_much(
    room: int, of: tuple[list[float], list[int], list[float]]
) -> None:
    shares, least, most = of
    found = divided(room, shares, least, most)
    assert all(low <= size <= high for low, size, high in zip(least, found, most, strict=True))
    assert sum(found) == min(max(room, sum(least)), sum(most))


@given(room=st.integers(400, 4_000), shares=st.lists(st.floats(0.2, 1.0), min_size=2, max_size=5))
def test_that_parts_without_limits_have_room_by_their_shares(room: int, shares: list[float]) -> None:
    found = divided(room, shares, [1] * len(shares), [inf] * len(shares))
    for size, share in zip(found, shares, strict=True):
        assert size == pytest.approx(room * share / sum(shares), abs=1)


@pytest.fixture
def split(qtbot: QtBot) -> Split:
    """Three parts below each other, of which the second takes at most 100 pixels by itself."""
    made = Split("test", Qt.Orientation.Vertical)
    qtbot.addWidget(made)
    for number, (weight, most) in enumerate(((1, inf), (1, 100), (2, inf)), 1):
        part = QFrame()
        part.setAccessibleName(f"part {number}")
        part.setMinimumHeight(40)
        made.add(part, weight, most)
    made.name_handles()
    made.resize(300, ROOM + 2 * GAP_PIXELS)
    made.show()
    qtbot.waitExposed(made)
    return made


def drag(split: Split, index: int, pixels: int) -> None:
    handle = split.handle(index)
    middle = handle.rect().center()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(handle, middle + QPoint(0, pixels))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=middle + QPoint(0, pixels))


def test_that_the_mouse_moves_a_handle_and_the_shares_are_kept_at_another_size(split: Split, qtbot: QtBot) -> None:
    assert split.sizes() == [167, 100, 333]
    with qtbot.waitSignal(split.changed):
        drag(split, 1, 60)
    assert split.sizes() == [227, 40, 333]
    assert sum(split.shares) == pytest.approx(1)
    split.resize(300, 2 * ROOM + 2 * GAP_PIXELS)
    assert split.sizes() == [454, 80, 666]
    split.resize(300, ROOM + 2 * GAP_PIXELS)
    assert split.sizes() == [227, 40, 333]


def test_that_keys_move_a_handle_that_can_be_focused_and_is_named(split: Split, qtbot: QtBot) -> None:
    handle = split.handle(2)
    assert handle.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert handle.accessibleName() == "Divider between part 2 and part 3"
    assert handle.toolTip()
    with qtbot.waitSignal(split.changed):
        QTest.keyClick(handle, Qt.Key.Key_Up)
    assert split.sizes() == [167, 100 - STEP_PIXELS, 333 + STEP_PIXELS]
    QTest.keyClick(handle, Qt.Key.Key_Down)
    assert split.sizes() == [167, 100, 333]
    QTest.keyClick(handle, Qt.Key.Key_Up)
    with qtbot.waitSignal(split.changed):
        QTest.keyClick(handle, Qt.Key.Key_Home)
    assert (split.sizes(), split.shares) == ([167, 100, 333], [])


def test_that_a_double_click_divides_as_at_first(split: Split) -> None:
    drag(split, 2, 80)
    QTest.mouseDClick(split.handle(2), Qt.MouseButton.LeftButton)
    assert (split.sizes(), split.shares) == ([167, 100, 333], [])


def test_that_no_part_becomes_smaller_than_it_can_be(split: Split) -> None:
    drag(split, 1, -500)
    assert split.sizes()[0] == 40


def test_that_shares_of_an_earlier_session_are_taken_and_hostile_ones_are_not(split: Split) -> None:
    split.restore(json.loads("[1, 1, 2]"))
    assert split.sizes() == [150, 150, 300], "what the user chose may be more than a part takes by itself"
    for hostile in ([], [1, 2], [1, 1, 0], [1, 1, -1], [1, nan, 1], [1, inf, 1], ["1", 1, 1], [None, 1, 1], [[], 1, 1]):
        split.restore(hostile)
        assert split.sizes() == [150, 150, 300]


def test_that_what_shows_has_all_the_room_and_the_shares_come_back(split: Split) -> None:
    split.restore([0.5, 0.2, 0.3])
    for index in (0, 1):
        split.part(index).hide()
    QApplication.processEvents()
    assert split.part(2).height() == split.height()
    for index in (0, 1):
        split.part(index).show()
    QApplication.processEvents()
    assert split.sizes() == [300, 120, 180]


def test_that_handles_are_marked_on_the_screen_and_not_in_pictures(split: Split) -> None:
    handle = split.handle(1)
    ground = split.palette().window().color()

    def marks(picture: object) -> bool:
        at = handle.geometry().center()
        assert hasattr(picture, "pixelColor")
        return bool(picture.pixelColor(at.x(), at.y()) != ground)

    assert marks(split.grab().toImage())
    assert not marks(image(split, 1))
    assert marks(split.grab().toImage())
    assert all(isinstance(split.handle(index), SplitHandle) for index in (1, 2))
