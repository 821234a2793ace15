"""What does not fit is left out whole, the most important last: rows of small widgets, and texts made of parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gui.widgets.card import label
from gui.widgets.elided_label import PARTS, ElidedLabel, fitting
from gui.widgets.fitting_row import FittingRow

WORDS = ["training batch", "test", "88.2 %"]


@pytest.fixture
def row(qtbot: QtBot) -> FittingRow:
    made = FittingRow()
    qtbot.addWidget(made)
    for rank, word in zip((2, 1, 0), WORDS, strict=True):
        made.add(label(word), rank=rank)
    made.resize(made.sizeHint())
    made.show()
    qtbot.waitExposed(made)
    return made


def shown(row: FittingRow) -> list[str]:
    QApplication.processEvents()
    return [each.text() for each in row.findChildren(QLabel) if each.isVisible()]


def test_that_groups_go_one_after_the_other_and_what_stays_is_whole(row: FittingRow) -> None:
    seen = []
    for width in range(row.sizeHint().width(), row.minimumSizeHint().width() - 1, -1):
        row.resize(width, row.height())
        words = shown(row)
        if words not in seen:
            seen.append(words)
        for each in row.findChildren(QLabel):
            if each.isVisible():
                assert row.rect().contains(each.geometry())
                assert each.width() >= each.sizeHint().width()
    assert seen == [WORDS, WORDS[1:], WORDS[2:]]
    row.resize(row.sizeHint())
    assert shown(row) == WORDS


def test_that_the_most_important_stays_however_little_room_there_is(row: FittingRow) -> None:
    row.resize(1, row.height())
    assert shown(row) == WORDS[2:]


def test_that_a_longer_text_makes_room_for_itself(row: FittingRow) -> None:
    last = row.findChildren(QLabel)[-1]
    last.setText("100.0 % of all that there is")
    assert shown(row) == [last.text()]


def test_that_a_shorter_wording_comes_before_nothing_and_goes_again(qtbot: QtBot) -> None:
    row = FittingRow()
    qtbot.addWidget(row)
    for rank, word in zip((2, 1, 0), WORDS, strict=True):
        row.add(label(word), rank=rank, shorter="batch" if rank == 2 else "")
    row.resize(row.sizeHint())
    row.show()
    qtbot.waitExposed(row)
    seen: list[list[str]] = []
    widest = row.width()
    for width in (*range(widest, 0, -1), *range(1, widest + 1)):
        row.resize(width, row.height())
        if (words := shown(row)) not in seen[-1:]:
            seen.append(words)
        assert all(row.rect().contains(each.geometry()) for each in row.findChildren(QLabel) if len(words) > 1)
    short = ["batch", *WORDS[1:]]
    assert seen == [WORDS, short, WORDS[1:], WORDS[2:], WORDS[1:], short, WORDS]


@given(parts=st.lists(st.text("abcdef ", min_size=1, max_size=12), min_size=1, max_size=5), width=st.integers(0, 400))
def test_that_of_a_text_whole_parts_are_left_out(qapp: QApplication, parts: list[str], width: int) -> None:
    metrics, text = ElidedLabel().fontMetrics(), PARTS.join(parts)
    found = fitting(text, width, metrics)
    assert metrics.horizontalAdvance(found) <= max(width, metrics.horizontalAdvance("…"))
    if metrics.horizontalAdvance(text) <= width:
        assert found == text
    if PARTS in found:
        kept = found.split(PARTS)
        assert kept == text.split(PARTS)[: len(kept)], "none of them is cut"


def test_that_a_single_word_is_not_cut(qapp: QApplication) -> None:
    metrics = ElidedLabel().fontMetrics()
    assert fitting("cross-entropy", metrics.horizontalAdvance("cross-entr"), metrics) == ""
    assert fitting("a whole sentence", metrics.horizontalAdvance("a whole sen"), metrics).endswith("…")


def test_that_of_a_sentence_a_piece_of_its_first_word_says_nothing(qapp: QApplication) -> None:
    metrics, text = ElidedLabel().fontMetrics(), "weights of iteration 200"
    shown = {fitting(text, width, metrics) for width in range(metrics.horizontalAdvance(text))}
    assert "" in shown
    assert all(each == "" or each.startswith("weights o") for each in shown)
