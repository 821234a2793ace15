"""The learner's progress: kept whole or not at all, reset, and lost alone where its file is damaged."""

import json
from math import inf
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.lessons.progress import (
    MOST_BYTES,
    LearnerProgress,
    LessonProgress,
    PlacedBet,
    read_progress,
    write_progress,
)

GUESSES = st.one_of(
    st.text(max_size=20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.just(inf),
    st.lists(st.text(max_size=5), min_size=1, max_size=4).map(tuple),
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=4).map(tuple),
)
BETS = st.dictionaries(st.text(max_size=8), st.builds(PlacedBet, GUESSES, st.none() | st.booleans()), max_size=4)
LESSONS = st.builds(LessonProgress, st.text(max_size=8), BETS, st.booleans())
LEARNERS = st.builds(LearnerProgress, st.dictionaries(st.text(max_size=8), LESSONS, max_size=4), st.booleans())


@given(LEARNERS)
def test_that_what_is_kept_is_what_is_read(tmp_path_factory: pytest.TempPathFactory, learner: LearnerProgress) -> None:
    path = tmp_path_factory.mktemp("progress") / "deep" / "lessons.json"
    assert write_progress(path, learner) == ""
    assert read_progress(path) == (learner, "")


def test_that_a_first_start_has_no_file_and_no_note(tmp_path: Path) -> None:
    learner, note = read_progress(tmp_path / "lessons.json")
    assert (learner, note) == (LearnerProgress(), "")
    assert not learner.started


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b'{"lessons": 3, "started": true}', b'{"lessons": {}}', b"\xff", b"[" * 100_000,
     b'{"started": true, "lessons": {"a": {"step": 1, "done": true, "bets": {}}}}',
     b'{"started": true, "lessons": {}}' + b" " * MOST_BYTES,
     b'{"started": true, "lessons": {"a": {"step": "s", "done": true, "bets": {"b": {"guess": NaN, "right": null}}}}}',
     b'{"started": true, "lessons": {"a": {"step": "s", "done": true, "bets": {"b": {"guess": [[]], "right": 1}}}}}'],
)  # fmt: skip
def test_that_a_damaged_file_costs_one_note(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "lessons.json"
    path.write_bytes(damage)
    learner, note = read_progress(path)
    assert learner == LearnerProgress(started=True)
    assert "begin anew" in note


def test_that_a_file_that_cannot_be_written_costs_one_note(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert "not remembered" in write_progress(blocked / "lessons.json", LearnerProgress())


def test_that_the_place_and_the_bets_can_be_reset_one_lesson_or_all() -> None:
    one = LessonProgress().at("loss").with_bet("end", 0.8, right=False).with_bet("answers", "one", right=True)
    learner = LearnerProgress().with_lesson("01", one).with_lesson("02", one)
    assert learner.of("01").score == (1, 2)
    assert learner.of("03") == LessonProgress()
    assert learner.started
    assert learner.reset("01").lessons == {"02": one}
    assert learner.reset() == LearnerProgress(started=True)


def test_that_the_file_can_be_read_by_people(tmp_path: Path) -> None:
    path = tmp_path / "lessons.json"
    write_progress(path, LearnerProgress().with_lesson("01", LessonProgress("loss").with_bet("rank", ("a", "b"))))
    bets = {"rank": {"guess": ["a", "b"], "right": None}}
    found = {"started": True, "lessons": {"01": {"step": "loss", "done": False, "bets": bets}}}
    assert json.loads(path.read_text("utf-8")) == found
